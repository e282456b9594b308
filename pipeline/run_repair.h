// Run repair: the smallest changes of the rules that make one reading right, each with its effect on a corpus.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/run_diff.h"

namespace tearsheet {

/// What a reader says should come out at a place: a field's value, or no mention at all.
struct Wish {
  Span where;
  std::string field, value;  // both empty: nothing should be found there
};

/// One change of one file, tried out.
struct Repair {
  std::string what;        // "the cue Ottawa for CAD", "the surface MWe in the row MW of units.tsv", "unless followed by 'tickets'"
  std::string file;        // as the rules were loaded from
  std::string text;        // its new text
  std::string line;        // the line that changes, as it will be
  std::optional<RuleSetDiff> effect;  // over the corpus, where one was given
  std::size_t side_effects() const { return effect ? effect->changes.size() : 0; }
};

/// Tries cues of currency.yaml (words of the article that stand near, for `currency`), surfaces in the lexicons that the rule's groups use, and
/// unless-conditions on the words next to it (for nothing), and keeps those that make the wish true and leave all examples as they were. Sorted by
/// side effects on the corpus, then by length. Cost: loads the rules once for each try, at most 24.
Result<std::vector<Repair>> repairs_for(const RuleSet& rules, const Article& article, const std::optional<Date>& reference, const Wish& wish, const Inputs& corpus, const std::function<std::uint64_t()>& now_ns);

}  // namespace tearsheet
