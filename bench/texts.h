// Texts: distinct news-like articles for the benches, made from corpus/ by a fixed recipe.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

namespace tearsheet::bench {

/// Makes articles: paragraphs of corpus/'s plain texts in a seeded order with their digits changed, so that no two articles are alike and every rule still has hits.
class Texts {
 public:
  /// Reads the plain texts below `corpus`. Throws std::runtime_error when there are none.
  explicit Texts(const std::string& corpus);
  /// Article number `index`: 2 to 3 KB, always the same for the same index.
  std::string article(std::size_t index) const;

 private:
  std::vector<std::string> titles_, paragraphs_;
};

}  // namespace tearsheet::bench
