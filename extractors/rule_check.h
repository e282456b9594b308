// Rule check: the one validator behind check, test, extract and workbench.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/extract.h"
#include "extractors/rule_probe.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// An edit of a file that mends a finding for certain.
struct Fix {
  std::string file;
  Span where;        // bytes of the file
  std::string text;  // what to write there
};

/// One finding: an Error with a level. Codes R0xx are errors, W0xx warnings; docs/rules/lints.md lists them.
struct Finding {
  Error error;
  bool warning = false;
  std::optional<Fix> fix;
};

/// Lints of compiled rules, each with its caret; a rule's `silence:` is minded, and a silence that silences nothing is told (W14). Sorted by place.
/// `speeds`: what probe_rules() measured, for W10; null leaves it out.
std::vector<Finding> check_rules(const Extractor& extractor, const std::vector<Speed>* speeds = nullptr);

/// The edit that mends an error of loading, where it is certain: an unknown key with one near known key (R001), a pattern in double quotes (R015), a
/// missing `schema: 1` (R020). `text` is what the error's file holds.
std::optional<Fix> fix_of(const Error& error, std::string_view text);

/// Applies the fixes that are for `file` to its text; of overlapping ones the last.
std::string apply(const std::vector<Fix>& fixes, std::string_view file, std::string text);

/// What became of one example: `.` right, `F` edge or value, `M` missing, `N` noisy, `w` stopped by another guard than the file says, `t` todo, `T` todo that now passes.
struct ExampleResult {
  const Rule* rule = nullptr;
  const Example* example = nullptr;
  char mark = '.';
  std::string detail;   // what was expected and what came, for --show
  std::string stopped;  // rejects: the guard that stopped the rule here; empty when no pattern of it matched
  std::string at;       // and where that guard stands, "file:line"
};

/// Runs every rule's examples, rejects and todos over the whole extractor. In file order.
std::vector<ExampleResult> test_rules(const Extractor& extractor);

/// How often the examples and rejects of a rule exercise one of its guards.
struct GuardCoverage {
  const Rule* rule = nullptr;
  std::string guard;       // "where", "unless", "requires": as `by:` names it
  Place place;             // of the guard; of the rule for `where` and the rest
  std::size_t stops = 0;   // rejects that it stopped
};

/// Every guard of every rule that is not off: each entry of unless and requires by itself, and where. In file order. `results` are those of test_rules().
std::vector<GuardCoverage> guard_coverage(const Rulebook& rules, const std::vector<ExampleResult>& results);

}  // namespace tearsheet
