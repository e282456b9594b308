// Date text: dates as machines, feeds and mastheads write them, to a Date.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "tearsheet/value.h"

namespace tearsheet {

/// A date that was read, and the other reading where the text allows two ("06.01.2023").
struct DateText {
  Date date;                  // day first where both readings are days of the calendar
  std::optional<Date> other;  // month first; nothing where the text has one reading
  int weekday = 0;            // ISO weekday that the text names, 0 = none
};

/// Reads `text`, the whole of which must be one date: ISO 8601 in any cut, RFC 822, "Nov 8, 2023", "8 November 2023", "17:17 GMT
/// 06.01.2023", "2023年11月8日", epoch seconds or milliseconds. Weekday names, "at", "Published:" and the like may stand around
/// it.
///
/// The offset is kept as given; a time without one has none. A weekday name that fits one of two readings decides for it; one
/// that fits none refuses. Nothing when any other word is in it, or no calendar has the day. Never guesses. Cost: linear; text
/// over 120 bytes is refused.
std::optional<DateText> read_date_text(std::string_view text);

}  // namespace tearsheet
