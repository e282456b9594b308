// Extract: the door of this floor. An article goes in, mentions come out.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/document.h"
#include "extractors/rulebook.h"
#include "tearsheet/article.h"
#include "tearsheet/engine.h"
#include "tearsheet/mention.h"

namespace tearsheet {

class Reader;

/// One step in the life of a hit, for `show --why`, `rules test` and `rules explain`.
struct Trace {
  const Rule* rule = nullptr;
  Span span;
  std::string outcome;   // kept | edges | emit | where | unless | requires | zones | lang | max_len | reader | conflict | unproven
  std::string detail;    // the guard's place, the winner's rule
};

/// Rules ready to run: matcher and readers built over one Rulebook. Const; share it among threads.
class Extractor {
 public:
  /// Builds the matcher and the readers. Fails when patterns cannot be compiled in their memory or a reader lacks its lexicon.
  static tl::expected<Extractor, std::vector<Error>> build(std::shared_ptr<const Rulebook> rules, Matching how = Matching::fast);

  Extractor(Extractor&&) noexcept;
  Extractor& operator=(Extractor&&) noexcept;
  ~Extractor();

  /// All mentions of an article, in text order, none overlapping. `trace` collects every hit's fate when given (slow path).
  /// Cost: linear in the text. Same article, same mentions, on any thread.
  std::vector<Mention> extract(const Article& article, const std::optional<Date>& reference, std::vector<Trace>* trace = nullptr) const;

  const Rulebook& rules() const;

 private:
  struct Parts;
  explicit Extractor(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tearsheet
