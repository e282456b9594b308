// Numbers: the one number grammar that money, percent, quantities and node sizes share.
#pragma once

#include <optional>
#include <string_view>

#include "tearsheet/value.h"

namespace tearsheet {

/// Reads a number as news writes it, the whole of `text`, without its unit.
///
/// "1,234.5", "1.234,5" and "1,7" (with `decimal_comma`, or when the grouping proves it), "1'200.20", "2 000" (blank, NBSP or
/// thin space), "16,189", "12,34,567" (Indian grouping), "½", "1 1/2", "seven", "twenty-five", "two hundred", "half a", "a", "a
/// dozen", "-3", "3.5". Returns nothing when it is no number or is ambiguous in a way the text cannot settle ("50/6"). Exact;
/// never throws; no allocation for digits.
std::optional<Decimal> read_number(std::string_view text, bool decimal_comma = false);

/// A number with its scale: "1.23 trillion", "13bn", "600 crore", "half a billion", "3 lakh crore". As read_number, and nothing
/// when the scale is unknown.
std::optional<Decimal> read_scaled(std::string_view text, bool decimal_comma = false);

/// The factor of a scale word ("bn" -> 1e9), any case, or nothing.
std::optional<Decimal> scale_of(std::string_view word);

}  // namespace tearsheet
