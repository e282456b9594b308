// Rule trigger: what every match of a pattern must hold.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "extractors/capture.h"

namespace tearsheet {

/// A necessary condition of a pattern, read off its text.
struct Needs {
  bool digit = false;    // a digit must be there
  bool words = false;    // a word of a lexicon must be there
  std::string literal;   // the longest text that must be there in these letters; empty = none

  /// True when a search can skip text that holds none of it.
  bool any() const { return digit || words || !literal.empty(); }
};

/// Reads `regex`, an expanded, well-formed pattern; `slots` are where lexicons stand in it. Sound: a text without it has no match; not complete.
/// Letters under (?i) count as literals. Cost: linear.
Needs needs_of(std::string_view regex, const std::vector<WordsSlot>& slots);

}  // namespace tearsheet
