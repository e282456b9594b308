// Date order: whether a document writes 1/6/2023 day first or month first, decided once for all of it.
#include "extractors/date_order.h"

#include <algorithm>
#include <cstdlib>

namespace tearsheet {
namespace {

/// The two readings of one numeric date, in days; nothing where no calendar has it.
struct Readings {
  std::optional<std::int32_t> day_first, month_first;
};

std::optional<std::int32_t> days_of(int year, int month, int day) {
  if (!is_valid_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt;
  return days_from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

Readings readings_of(const DateParts& parts) {
  return {days_of(parts.year, parts.order_second, parts.order_first), days_of(parts.year, parts.order_first, parts.order_second)};
}

/// Adds to the score what `holds` says of both readings: + for month first, - for day first, 0 when it cannot tell them apart.
template <class Holds>
int vote(const Readings& readings, Holds holds) {
  const bool day = readings.day_first && holds(*readings.day_first), month = readings.month_first && holds(*readings.month_first);
  return static_cast<int>(month) - static_cast<int>(day);
}

}  // namespace

bool is_month_first(const OrderEvidence& evidence) {
  int over_12 = 0, beside = 0, article = 0, bare = 0;
  char separator = '/';
  for (const DateParts& parts : evidence.numeric) {
    const Readings readings = readings_of(parts);
    separator = parts.separator;
    over_12 += static_cast<int>(parts.order_second > 12) - static_cast<int>(parts.order_first > 12);
    if (parts.weekday != 0) beside += vote(readings, [&](std::int32_t days) { return weekday_of(days) == parts.weekday; });
    if (evidence.article)
      article += vote(readings, [&](std::int32_t days) { return std::abs(days - first_day(*evidence.article)) <= 2; });
    bare += vote(readings, [&](std::int32_t days) {
      return std::find(evidence.weekdays.begin(), evidence.weekdays.end(), weekday_of(days)) != evidence.weekdays.end();
    });
  }
  for (const int score : {over_12, beside, article, bare}) {
    if (score != 0) return score > 0;
  }
  if (separator != '/') return false;
  return evidence.country.empty() || evidence.country == "US";
}

}  // namespace tearsheet
