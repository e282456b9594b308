// Trace: the whole life of a hit, and of what nearly was one.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "extractors/extract.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// One station of a hit: trigger, pattern, edges, zones, emit, unless, requires, where, reader, conflict.
struct Step {
  enum class State : std::uint8_t { passed, stopped, unreached };
  std::string name;
  State state = State::passed;
  std::string detail;
};

/// What became of one hit of one rule.
struct Life {
  const Rule* rule = nullptr;
  Span span;
  std::string outcome;  // as Trace::outcome
  std::vector<std::pair<std::string, std::string>> groups;  // named groups that took part, and their words
  std::vector<Step> steps;
  std::optional<Mention> mention;  // what came out, when it was kept
};

/// A pattern that began to match and did not go on.
struct NearMiss {
  const Rule* rule = nullptr;
  std::uint16_t pattern = 0;     // which of `any:`
  std::size_t parts = 0, matched = 0;  // parts of the pattern (of its alternative that got farthest), and how many of them stand there
  Span span;                     // what those parts matched
  std::string expected;          // the part as written that should have come next
  Span expected_at;              // its place in the pattern as written
  std::string found;             // what stands there instead
};

struct Explanation {
  std::vector<Life> lives;       // in text order, kept ones before others at one place
  std::vector<NearMiss> near;    // the farthest first
};

/// Explains what the rules `wanted` (all, where empty) did at `where`, or in the whole article without it. Near misses are looked for where `where` is
/// given or where some rules are wanted, and only of rules with no hit there. Cost: an extraction with its trace, and for near misses a pattern for each
/// part of each rule: for people, not for runs.
Explanation explain(const Extractor& extractor, const Article& article, const std::optional<Date>& reference, const std::optional<Span>& where, const std::vector<const Rule*>& wanted);

}  // namespace tearsheet
