// Date calendar: points with a grain, counted and named the TIMEX3 way; feasts that move.
#include "extractors/date_calendar.h"

#include <algorithm>
#include <array>
#include <cstdio>
#include <utility>

namespace tearsheet {
namespace {

constexpr std::array<std::string_view, 5> kSeasons = {"", "SP", "SU", "FA", "WI"};

std::int32_t day_number(int year, int month, int day) {
  return days_from_civil(year, static_cast<unsigned>(month), static_cast<unsigned>(day));
}

int days_in_month(int year, int month) {
  return static_cast<int>(month == 12 ? day_number(year + 1, 1, 1) - day_number(year, 12, 1)
                                      : day_number(year, month + 1, 1) - day_number(year, month, 1));
}

/// The ISO week-numbering year and week of a day: those of its Thursday.
std::pair<int, int> iso_week(std::int32_t days) {
  const std::int32_t thursday = days - (weekday_of(days) - 1) + 3;
  const int year = civil_from_days(thursday).year;
  return {year, (thursday - day_number(year, 1, 1)) / 7 + 1};
}

template <class... Values>
std::string printed(const char* format, Values... values) {
  std::array<char, 48> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), format, values...);
  return std::string(buffer.data(), static_cast<std::size_t>(size));
}

/// The `nth` weekday of a month, or its last one for nth = 5.
std::int32_t nth_weekday(int year, int month, int weekday, int nth) {
  const std::int32_t first = day_number(year, month, 1);
  std::int32_t day = first + (weekday - weekday_of(first) + 7) % 7 + (nth - 1) * 7;
  while (day >= first + days_in_month(year, month)) day -= 7;
  return day;
}

/// Easter Sunday, Gregorian (the anonymous algorithm that Meeus prints).
std::int32_t easter(int year) {
  const int a = year % 19, b = year / 100, c = year % 100, d = b / 4, e = b % 4, f = (b + 8) / 25, g = (b - f + 1) / 3;
  const int h = (19 * a + b - d - g + 15) % 30, i = c / 4, k = c % 4, l = (32 + 2 * e + 2 * i - h - k) % 7,
            m = (a + 11 * h + 22 * l) / 451;
  return day_number(year, (h + l - 7 * m + 114) / 31, (h + l - 7 * m + 114) % 31 + 1);
}

struct AfterEaster {
  std::string_view rule;
  int days;
};
constexpr AfterEaster kAfterEaster[] = {
    {"mardi_gras", -47}, {"ash_wednesday", -46}, {"palm_sunday", -7}, {"maundy_thursday", -3},
    {"good_friday", -2}, {"holy_saturday", -1},  {"easter", 0},       {"easter_monday", 1},
    {"ascension", 39},   {"pentecost", 49},      {"whit_monday", 50}, {"corpus_christi", 60},
};

struct NthWeekday {
  std::string_view rule;
  int month, weekday, nth, plus;  // plus: days after it
};
constexpr NthWeekday kNthWeekdays[] = {
    {"mlk_day", 1, 1, 3, 0},
    {"super_bowl_sunday", 2, 7, 2, 0},
    {"presidents_day", 2, 1, 3, 0},
    {"mothers_day", 5, 7, 2, 0},
    {"memorial_day", 5, 1, 5, 0},
    {"last_monday_may", 5, 1, 5, 0},
    {"fathers_day", 6, 7, 3, 0},
    {"last_monday_august", 8, 1, 5, 0},
    {"labor_day", 9, 1, 1, 0},
    {"second_monday_october", 10, 1, 2, 0},
    {"thanksgiving", 11, 4, 4, 0},
    {"election_day", 11, 1, 1, 1},
    {"black_friday", 11, 4, 4, 1},
    {"cyber_monday", 11, 4, 4, 4},
    {"small_business_saturday", 11, 4, 4, 2},
};

}  // namespace

CalendarPoint point_of_day(std::int32_t days) {
  const Date date = civil_from_days(days);
  return {date.year, date.month, date.day, Grain::day};
}

CalendarPoint point_of_date(const Date& date) {
  if (date.grain < Grain::month && date.grain >= Grain::year) return point_of_year(date.year);
  if (date.day == 0) return point_of_month(date.year, date.month);
  return {date.year, date.month, date.day, Grain::day};
}

CalendarPoint point_of_year(int year) { return {year, 0, 0, Grain::year}; }
CalendarPoint point_of_month(int year, int month) { return {year, month, 0, Grain::month}; }
CalendarPoint point_of_quarter(int year, int quarter) { return {year, quarter * 3 - 2, 0, Grain::quarter, quarter}; }
CalendarPoint point_of_half(int year, int half) { return {year, half * 6 - 5, 0, Grain::half, half}; }

CalendarPoint point_of_season(int year, std::string_view code) {
  int index = 1;
  while (index < 4 && kSeasons.at(static_cast<std::size_t>(index)) != code) ++index;
  return {year, index * 3, 0, Grain::season, index};
}

CalendarPoint point_of_week(std::int32_t days, bool weekend) {
  CalendarPoint point = point_of_day(days - (weekday_of(days) - 1));
  point.grain = Grain::week;
  point.weekend = weekend;
  return point;
}

std::string to_value(const CalendarPoint& point) {
  switch (point.grain) {
    case Grain::none:
      return {};
    case Grain::century:
      return printed("%02dXX", point.year / 100);
    case Grain::decade:
      return printed("%03dX", point.year / 10);
    case Grain::year:
      return printed("%04d", point.year);
    case Grain::half:
      return printed("%04d-H%d", point.year, point.index);
    case Grain::season:
      return printed("%04d-%s", point.year, kSeasons.at(static_cast<std::size_t>(point.index)).data());
    case Grain::quarter:
      return printed("%04d-Q%d", point.year, point.index);
    case Grain::month:
      return printed("%04d-%02d", point.year, point.month);
    case Grain::week: {
      const auto [year, week] = iso_week(first_day(point));
      return printed(point.weekend ? "%04d-W%02d-WE" : "%04d-W%02d", year, week);
    }
    default:
      return printed("%04d-%02d-%02d", point.year, point.month, point.day);
  }
}

std::int32_t first_day(const CalendarPoint& point) {
  const int year = point.grain == Grain::century  ? point.year / 100 * 100
                   : point.grain == Grain::decade ? point.year / 10 * 10
                                                  : point.year;
  return day_number(year, point.month == 0 ? 1 : point.month, point.day == 0 ? 1 : point.day);
}

std::int32_t last_day(const CalendarPoint& point) {
  switch (point.grain) {
    case Grain::century:
      return day_number(point.year / 100 * 100 + 99, 12, 31);
    case Grain::decade:
      return day_number(point.year / 10 * 10 + 9, 12, 31);
    case Grain::year:
      return day_number(point.year, 12, 31);
    case Grain::half:
      return first_day(moved(point_of_month(point.year, point.month), Unit::month, 6)) - 1;
    case Grain::season:
    case Grain::quarter:
      return first_day(moved(point_of_month(point.year, point.month), Unit::month, 3)) - 1;
    case Grain::month:
      return first_day(point) + days_in_month(point.year, point.month) - 1;
    case Grain::week:
      return first_day(point) + 6;
    default:
      return first_day(point);
  }
}

CalendarPoint point_at(const CalendarPoint& point, Unit unit) {
  const int month = point.month == 0 ? 1 : point.month;
  switch (unit) {
    case Unit::century:
      return {point.year / 100 * 100, 0, 0, Grain::century};
    case Unit::decade:
      return {point.year / 10 * 10, 0, 0, Grain::decade};
    case Unit::year:
      return point_of_year(point.year);
    case Unit::half:
      return point_of_half(point.year, month <= 6 ? 1 : 2);
    case Unit::quarter:
      return point_of_quarter(point.year, (month + 2) / 3);
    case Unit::month:
      return point_of_month(point.year, month);
    case Unit::week:
      return point_of_week(first_day(point));
    case Unit::weekend:
      return point_of_week(first_day(point), true);
    default:
      return point_of_day(first_day(point));
  }
}

CalendarPoint moved(const CalendarPoint& point, Unit unit, int count) {
  CalendarPoint out = point;
  int months = 0;
  switch (unit) {
    case Unit::century:
      out.year += count * 100;
      break;
    case Unit::decade:
      out.year += count * 10;
      break;
    case Unit::year:
      out.year += count;
      break;
    case Unit::half:
      months = count * 6;
      break;
    case Unit::quarter:
    case Unit::season:
      months = count * 3;
      break;
    case Unit::month:
      months = count;
      break;
    case Unit::week:
    case Unit::weekend:
    case Unit::day: {
      const CalendarPoint day = point_of_day(first_day(point) + count * (unit == Unit::day ? 1 : 7));
      out.year = day.year, out.month = day.month, out.day = day.day;
      return out;
    }
    default:
      return out;
  }
  if (months != 0) {
    const int total = out.year * 12 + (out.month == 0 ? 1 : out.month) - 1 + months;
    out.year = total / 12;
    out.month = total % 12 + 1;
    if (out.grain == Grain::quarter) out.index = (out.month + 2) / 3;
    if (out.grain == Grain::half) out.index = out.month <= 6 ? 1 : 2;
    if (out.grain == Grain::season) out.index = out.month / 3;
  }
  if (out.day > 28) out.day = std::min(out.day, days_in_month(out.year, out.month));
  return out;
}

Grain grain_of(Unit unit) {
  switch (unit) {
    case Unit::century:
      return Grain::century;
    case Unit::decade:
      return Grain::decade;
    case Unit::year:
      return Grain::year;
    case Unit::half:
      return Grain::half;
    case Unit::quarter:
      return Grain::quarter;
    case Unit::season:
      return Grain::season;
    case Unit::month:
      return Grain::month;
    case Unit::week:
    case Unit::weekend:
      return Grain::week;
    default:
      return Grain::day;
  }
}

std::optional<std::int32_t> holiday_in(int year, std::string_view rule) {
  if (rule.size() == 5 && rule[2] == '-') {
    const auto two = [&](std::size_t at) { return (rule[at] - '0') * 10 + (rule[at + 1] - '0'); };
    const int month = two(0), day = two(3);
    if (!is_valid_day(year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt;
    return day_number(year, month, day);
  }
  for (const AfterEaster& feast : kAfterEaster) {
    if (feast.rule == rule) return easter(year) + feast.days;
  }
  for (const NthWeekday& feast : kNthWeekdays) {
    if (feast.rule == rule) return nth_weekday(year, feast.month, feast.weekday, feast.nth) + feast.plus;
  }
  if (rule == "victoria_day") {  // the Monday before 25 May
    const std::int32_t day = day_number(year, 5, 24);
    return day - (weekday_of(day) - 1);
  }
  return std::nullopt;
}

}  // namespace tearsheet
