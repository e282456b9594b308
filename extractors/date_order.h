// Date order: whether a document writes 1/6/2023 day first or month first, decided once for all of it.
#pragma once

#include <string_view>
#include <vector>

#include "extractors/date_parts.h"
#include "extractors/date_resolve.h"

namespace tearsheet {

/// What is known beside the numeric dates themselves.
struct OrderEvidence {
  std::vector<DateParts> numeric;        // every numeric date of the document
  std::vector<int> weekdays;             // every bare weekday of the document
  std::optional<CalendarPoint> article;  // its date, where it is known from elsewhere
  std::string_view country;              // ISO 3166 of the publisher
};

/// True when the month comes first. In order of weight: a day over 12; a weekday beside the date; the article's own date, within
/// two days of one reading only; a bare weekday that agrees with one reading only; the separator and the publisher's country
/// (dots mean day first, slashes month first in the United States alone, and where no country is known).
bool is_month_first(const OrderEvidence& evidence);

}  // namespace tearsheet
