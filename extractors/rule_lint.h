// Rule lint: what can be told from a pattern as its author wrote it.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/span.h"

namespace tearsheet {

/// One thing that looks wrong in a pattern. Spans count bytes of the pattern as written.
struct Lint {
  std::string code;  // W03 - W06
  std::string what;
  Span where;
  std::string remark;  // behind the caret
  std::string help;
  /// What to write instead of `replaced`, where that is certain.
  std::optional<std::string> fix;
  Span replaced;
};

/// Looks at one pattern or macro, `%{...}` passed over: an alternative hidden by an earlier prefix of it with nothing that must follow (W03), `\b` after a sign (W04), a wide counted
/// gap (W05), a character twice in a class (W06). `pattern` must be well-formed RE2 once expanded. In order of place. Cost: linear, but for alternatives,
/// which are compared with each other.
std::vector<Lint> lint_pattern(std::string_view pattern, bool is_macro = false);

}  // namespace tearsheet
