// Texts: distinct news-like articles for the benches, made from corpus/ by a fixed recipe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tearsheet::bench {

/// Makes articles in two mixes, no two alike, always the same for the same index. Paragraphs of facts are those of corpus/'s plain texts with their digits
/// changed; plain ones are sentences of bench/prose.txt.
class Texts {
 public:
  /// Reads the plain texts below `corpus`, and `prose`. Throws std::runtime_error when there are none.
  Texts(const std::string& corpus, const std::string& prose);
  /// As newswire is: 2 to 3 KB, about 7 mentions a KB (a sample of 4,000 texts of newswire has 7.9).
  std::string news(std::size_t index) const;
  /// Paragraphs of facts only: 2 to 3 KB, about 24 mentions a KB, every rule with hits.
  std::string dense(std::size_t index) const;

 private:
  std::string make(std::size_t index, std::size_t plain) const;

  std::vector<std::string> titles_, paragraphs_, sentences_;
};

}  // namespace tearsheet::bench
