// Rule probe: every pattern timed alone over a text that is hard for patterns.
#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "extractors/rulebook.h"

namespace tearsheet {

/// How fast one pattern of a rule goes over the probe text.
struct Speed {
  const Rule* rule = nullptr;
  std::uint16_t pattern = 0;     // which of `any:`
  std::uint64_t bytes = 0, ns = 0;
  std::uint64_t hits = 0;

  double mb_per_s() const;
};

/// Slower than this, in MB/s, is slow: `[A-Z]\w+.{0,80}\$\d+` runs at about 1, a pattern of the shipped rules at 30 and more.
inline constexpr double kSlowMbPerS = 4;

/// The probe text: one line of news-like prose, numbers, lists of names and long lines each. About 32 KB, always the same.
const std::string& probe_text();

/// Times every pattern of the rules over the probe, line by line, the best of three. `now_ns` gives the time (of the thread's processor, best): the
/// library has no clock. Patterns that begin with a list of words are run only on lines that hold one, as the engine does. Cost: a second for a slow
/// pattern, a millisecond for others.
std::vector<Speed> probe_rules(const Rulebook& rules, const std::function<std::uint64_t()>& now_ns);

}  // namespace tearsheet
