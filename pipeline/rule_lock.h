// Rule lock: rules.lock, what rules did when somebody last said it was right.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

/// What is kept of one rule. `found` and `right` are over the annotated cases; `mb_per_s` is noted, never compared.
struct LockedRule {
  std::string version, digest;
  std::uint64_t examples = 0, examples_right = 0, rejects = 0, rejects_right = 0, todo = 0;
  std::uint64_t hits = 0, found = 0, right = 0;
  double mb_per_s = 0;

};

struct Lock {
  std::string cases;  // the annotated cases, from the lock's folder; empty = none
  std::uint64_t documents = 0;
  std::map<std::string, LockedRule> rules;
  std::map<std::string, std::array<double, 4>> f1;  // by type: overlap, strict, value, whole
};

/// Reads a lock. Fails with Y-codes and K001 (not a lock of this program), each with its place.
Result<Lock> read_lock(std::string_view text, std::string_view file);
/// The lock's text: one line a rule, sorted, so that a change is a line in a review. Always the same for the same lock.
std::string to_text(const Lock& lock);

/// What changed since `old`, one sentence each, by rule id; empty when nothing did. Speed is not compared, nor are hits and precision where the
/// cases or their number differ.
std::vector<std::string> changes_since(const Lock& old, const Lock& now);

}  // namespace tearsheet
