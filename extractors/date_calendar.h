// Date calendar: points with a grain, counted and named the TIMEX3 way; feasts that move.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "extractors/date_parts.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// A date on the calendar, as fine as its grain. 0 = not known. A week has its Monday, a quarter, half or season its first month.
/// `index` is the number of a quarter (1..4), half (1, 2) or season (1 = spring .. 4 = winter).
struct CalendarPoint {
  int year = 0, month = 0, day = 0;
  Grain grain = Grain::none;
  int index = 0;
  bool weekend = false;

  bool operator==(const CalendarPoint&) const = default;
};

CalendarPoint point_of_day(std::int32_t days);
CalendarPoint point_of_date(const Date& date);
CalendarPoint point_of_year(int year);
CalendarPoint point_of_month(int year, int month);
CalendarPoint point_of_quarter(int year, int quarter);
CalendarPoint point_of_half(int year, int half);
/// `code` is SP, SU, FA or WI. The winter of a year is the one that begins in its December.
CalendarPoint point_of_season(int year, std::string_view code);
/// The ISO week, or its weekend, that holds a day.
CalendarPoint point_of_week(std::int32_t days, bool weekend = false);

/// The value of a point: "2023", "2023-04", "2023-W01-WE", "2023-Q1", "199X", "20XX" for a century.
std::string to_value(const CalendarPoint& point);
/// Days since 1970 of a point's first and last day. The point must have a year.
std::int32_t first_day(const CalendarPoint& point);
std::int32_t last_day(const CalendarPoint& point);

/// The point of the kind `unit` that holds the first day of `point`: the week of a day, the year of a month.
CalendarPoint point_at(const CalendarPoint& point, Unit unit);
/// `point` moved by `count` units, grain kept: 31 January and one month is 28 February.
CalendarPoint moved(const CalendarPoint& point, Unit unit, int count);
/// The grain that counting in `unit` gives: three weeks ago is a week.
Grain grain_of(Unit unit);

/// A feast's day in a year: "12-25", "easter", "thanksgiving", ...; nothing for those that follow another calendar.
std::optional<std::int32_t> holiday_in(int year, std::string_view rule);

}  // namespace tearsheet
