// Duration: "three months", "two-day", "half a year", "daily" to a TIMEX3 period.
#pragma once

#include <memory>

#include "extractors/reader.h"

namespace tearsheet {

/// Reads groups `count`, `vague`, `unit`, `half_more`, `qualifier` and `set` of rules of type duration. Fields: value (P27Y,
/// PT30M, PXY for a number that is not said, P1W for sets), mod (approx, more_than, less_than), set (true for "every week"). A
/// half is exact: P2.5Y, PT5H30M. Fails with R007 when rules/date.yaml does not declare its lexicons.
Result<std::unique_ptr<Reader>> make_duration_reader(const Rulebook& rules);

}  // namespace tearsheet
