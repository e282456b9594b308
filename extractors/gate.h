// Gate: what a line must hold before a pattern of many words is tried on it.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "extractors/capture.h"

namespace tearsheet {

/// A necessary condition of a pattern, read off its text.
struct Gate {
  std::vector<std::shared_ptr<const Alternatives>> any_of;  // one of these lists must have a word in the line
  std::size_t weight = 0;                                   // how often they stand in any text, roughly
  bool digit = false;                                       // and there must be an ASCII digit
};

/// The most selective gate of `regex`, or nothing when no list of words is in every match. Sound: a line that fails the gate has no match.
/// `regex` must be well-formed.
std::optional<Gate> gate_of(std::string_view regex, const std::vector<WordsSlot>& slots);

}  // namespace tearsheet
