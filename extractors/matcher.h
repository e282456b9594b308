// Matcher: all rules over an article's lines: which hit, and where.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "extractors/document.h"
#include "extractors/extract.h"
#include "extractors/reader.h"
#include "extractors/rulebook.h"
#include "tearsheet/engine.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Finds the hits of all rules. Two paths give the same hits; gazetteers run at word starts on both. Const and safe from any thread.
class Matcher {
 public:
  /// fast: the automaton says which patterns can match at a place, RE2 finds their span and groups there; patterns it cannot take run as on the plain path.
  /// plain: one RE2::Set says which patterns match a line, then each of them searches the line.
  /// Fails with R030 when the set does not fit its memory. Rules with status `off` are left out.
  static Result<Matcher> build(const Rulebook& rules, Matching how = Matching::fast);

  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  /// All hits whose edges hold, sorted by place, then rule. One pattern's hits do not overlap each other; those of several do.
  /// Rules shut out by `zones` or `lang` are not run, but for `trace`.
  std::vector<Hit> find(const Document& document, std::vector<Trace>* trace = nullptr) const;

  /// Rules with a pattern that the fast path cannot take: it runs on every line.
  std::vector<const Rule*> unplaced() const;

 private:
  struct Parts;
  explicit Matcher(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tearsheet
