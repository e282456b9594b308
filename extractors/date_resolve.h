// Date resolve: parts set on a calendar, against the article's date and the date named last.
#pragma once

#include <optional>
#include <string>

#include "extractors/date_calendar.h"
#include "extractors/date_parts.h"

namespace tearsheet {

/// Whether the words around a date say that it lies behind or ahead. `leaning` is a future that only an infinitive speaks for
/// ("to testify Friday").
enum class Tense : std::uint8_t { none, past, leaning, future };

/// What a date may be resolved against. Never today.
struct DateAnchors {
  std::optional<CalendarPoint> article;  // the day the article, or the related item, is of
  std::optional<CalendarPoint> named;    // the date named last in the same paragraph
  std::optional<int> narrated_year;      // a past year that the paragraph tells of
  Tense tense = Tense::none;
  bool over = false;         // "the quarter ended March 31": behind, however near ahead the day would be
  bool month_first = false;  // 1/6/2023 is 6 January
};

struct ResolvedDate {
  std::string value;  // ISO 8601 / TIMEX3; XXXX-04, XXXX-WXX-5, PREV-YEAR where nothing anchors it
  Grain grain = Grain::none;
  std::optional<CalendarPoint> point;  // nothing when it stays open
};

/// Sets parts on the calendar. Nothing when they make no date (29 February 2015). Pure; no allocation but the strings.
std::optional<ResolvedDate> resolve_date(const DateParts& parts, const DateAnchors& anchors);

}  // namespace tearsheet
