// Rates: how much of a currency a US dollar has bought, roughly, for telling a conversion from a wrong scale word.
#pragma once

#include <string_view>

namespace tearsheet {

/// Units per US dollar, the geometric middle of about the last 25 years; 0 when not in the table. Never used to compute an amount.
double typical_rate(std::string_view currency);

/// True when `left` units of one currency can have been `right` units of the other: within a factor of `slack` of the typical rates.
/// True as well when a currency is not in the table: nothing is known against it.
bool is_plausible(std::string_view left_currency, double left, std::string_view right_currency, double right, double slack);

}  // namespace tearsheet
