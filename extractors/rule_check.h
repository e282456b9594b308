// Rule check: the one validator behind check, test, extract and workbench.
#pragma once

#include <string>
#include <vector>

#include "extractors/extract.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// One finding: an Error with a level. Codes R0xx are errors, W0xx warnings; docs/rules.md lists them.
struct Finding {
  Error error;
  bool warning = false;
};

/// Lints of compiled rules: never matches its own examples, guard with no reject, same pattern as another rule, rank tie, `\b` after a non-word character,
/// duplicate in a class, alternative shadowed by an earlier prefix, wide counted gap. Sorted by place.
std::vector<Finding> check_rules(const Extractor& extractor);

/// What became of one example: `.` right, `F` edge or value, `M` missing, `N` noisy, `w` stopped by another guard than the file says, `t` todo, `T` todo that now passes.
struct ExampleResult {
  const Rule* rule = nullptr;
  const Example* example = nullptr;
  char mark = '.';
  std::string detail;   // what was expected and what came, for --show
};

/// Runs every rule's examples, rejects and todos over the whole extractor. In file order.
std::vector<ExampleResult> test_rules(const Extractor& extractor);

}  // namespace tearsheet
