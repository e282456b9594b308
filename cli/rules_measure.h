// Rules measure: rules over annotated cases and over the clock, as test, diff and the lock need it.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "extractors/rule_check.h"
#include "pipeline/engine.h"
#include "pipeline/gold.h"
#include "pipeline/rule_lock.h"

namespace tearsheet::cli {

/// Time that this thread's processor has spent, in ns.
std::uint64_t thread_ns();

/// Scores of annotated cases, in all and by document.
struct Measured {
  Scores all;
  std::vector<Scores> documents;
};
tl::expected<Measured, std::vector<Error>> measure_cases(const std::vector<std::string>& folders, const std::vector<std::string>& paths);

/// What a lock holds of examples, and what the cases add to it.
Lock lock_of(const RuleSet& rules, const std::vector<ExampleResult>& results);
void add_cases(const Measured& measured, Lock& lock);

}  // namespace tearsheet::cli
