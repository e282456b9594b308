// Regex: the syntax tree of an expanded pattern, for the fast path's automaton; RE2 itself keeps its trees to itself.
#pragma once

#include <array>
#include <bitset>
#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "extractors/capture.h"

namespace tearsheet::regex {

/// A set of code points. Never smaller than what RE2 means; `rough` where it may be larger (\pL beyond ASCII, case pairs beyond ASCII).
struct CharClass {
  std::bitset<128> ascii;
  std::vector<std::pair<char32_t, char32_t>> high;  // from U+0080 on, both ends inside
  bool rough = false;                               // `high` holds more than RE2 means

  void add(char32_t low, char32_t last);
  void add(const CharClass& other);
  void fold();    // the other case of each letter, as (?i) means it
  void negate();  // a rough class turns into all of U+0080 and up
};

struct Node {
  enum class Kind : std::uint8_t { empty, chars, slot, sequence, choice, repeat, boundary, no_boundary, end };

  Kind kind = Kind::empty;
  CharClass chars;                           // chars
  std::uint32_t slot = 0;                    // slot: index into the pattern's slots
  std::uint32_t least = 0, most = 0;         // repeat; most 0 = no limit
  std::vector<std::unique_ptr<Node>> parts;  // sequence, choice; repeat has one
};

/// Parses RE2's syntax with each slot as one leaf. Nothing when it meets what it does not know: such a pattern stays on the plain path.
/// `^` counts as always true; so the tree's language is never smaller than the pattern's. Cost: linear.
std::unique_ptr<Node> parse(std::string_view regex, const std::vector<WordsSlot>& slots);

}  // namespace tearsheet::regex
