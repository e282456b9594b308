// Rule propose: a rule made from one marked example.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/rulebook.h"
#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// What stands for a piece of the marked words.
struct Cover {
  std::string words;    // as they stand in the example
  std::string written;  // in the pattern: "%{@scale:scale}", "%{number:num}", "of"
};
struct ProposedRule {
  std::string id, pattern;
  std::vector<Cover> covers;
  std::string yaml;     // the whole entry, from "- id:" on, ready for a file
};

/// Proposes a rule for `entity` whose pattern covers `marked`, a text with << and >> around what must be found, by the macros and lexicons that `pack` sees:
/// at each place the longest lexicon surface or the most used macro that matches, else the words themselves. Groups are named as other rules of the
/// entity name them, and their reader is taken over where all of them have it. `id` empty: made of the entity. Fails with R016 (marks), R021 (no such pack).
Result<ProposedRule> propose_rule(const Rulebook& rules, std::string_view pack, std::string_view entity, std::string_view id, std::string_view marked);

}  // namespace tearsheet
