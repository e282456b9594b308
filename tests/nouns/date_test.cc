// Date: ISO forms in and out, and the calendar's edges.
#include <doctest/doctest.h>

#include <optional>
#include <string_view>

#include "tearsheet/value.h"

using tearsheet::Date;
using tearsheet::Grain;

namespace {

struct Row {
  std::string_view why, text;
  std::optional<std::string_view> want;  // what iso() gives back; nothing: must be refused
};
constexpr Row kRows[] = {
    {"a year", "2023", "2023"},
    {"a month", "2023-01", "2023-01"},
    {"a day", "2023-01-06", "2023-01-06"},
    {"a compact day", "20230106", "2023-01-06"},
    {"an hour", "2023-01-06T17", "2023-01-06T17"},
    {"a minute in UTC", "2023-01-06T17:17Z", "2023-01-06T17:17Z"},
    {"a minute of unknown zone stays so", "2023-01-06T17:17", "2023-01-06T17:17"},
    {"a blank for the T", "2023-01-06 17:17:00", "2023-01-06T17:17:00"},
    {"an offset is kept", "2023-01-06T17:17+09:00", "2023-01-06T17:17+09:00"},
    {"a western offset with half an hour", "2023-01-06T17:17:05-03:30", "2023-01-06T17:17:05-03:30"},
    {"no colon in the offset", "2023-01-06T17:17:05+0900", "2023-01-06T17:17:05+09:00"},
    {"hours only in the offset", "2023-01-06T17:17:05+09", "2023-01-06T17:17:05+09:00"},
    {"an offset of zero is UTC", "2023-01-06T17:17+00:00", "2023-01-06T17:17Z"},
    {"fractions are dropped", "2023-01-06T17:17:05.123456Z", "2023-01-06T17:17:05Z"},
    {"a leap second", "2016-12-31T23:59:60Z", "2016-12-31T23:59:60Z"},
    {"the end of a day", "2023-01-06T24:00", "2023-01-06T24:00"},
    {"a leap day", "2024-02-29", "2024-02-29"},
    {"2000 was a leap year", "2000-02-29", "2000-02-29"},
    {"1900 was none", "1900-02-29", std::nullopt},
    {"2023 is none", "2023-02-29", std::nullopt},
    {"April has 30 days", "2023-04-31", std::nullopt},
    {"no month 13", "2023-13-01", std::nullopt},
    {"no month 0", "2023-00-01", std::nullopt},
    {"no day 0", "2023-01-00", std::nullopt},
    {"no year 0", "0000-01-01", std::nullopt},
    {"no hour 25", "2023-01-06T25:00", std::nullopt},
    {"nothing behind the end of a day", "2023-01-06T24:01", std::nullopt},
    {"no minute 60", "2023-01-06T17:60", std::nullopt},
    {"no second 61", "2023-01-06T17:17:61", std::nullopt},
    {"no offset of a day", "2023-01-06T17:17+24:00", std::nullopt},
    {"half an offset", "2023-01-06T17:17+09:", std::nullopt},
    {"a point without digits", "2023-01-06T17:17:05.Z", std::nullopt},
    {"six digits may be anything", "202301", std::nullopt},
    {"two digits are no year", "23", std::nullopt},
    {"day first", "06.01.2023", std::nullopt},
    {"single digits", "2023-1-6", std::nullopt},
    {"a half dash", "2023-01-", std::nullopt},
    {"words behind", "2023-01-06 at noon", std::nullopt},
    {"a week", "2023-W01", std::nullopt},
    {"a blank in front", " 2023", std::nullopt},
    {"nothing", "", std::nullopt},
};

struct Day {
  std::string_view why;
  int year;
  unsigned month, day;
  std::int32_t days;
  int weekday;
};
constexpr Day kDays[] = {
    {"the epoch", 1970, 1, 1, 0, 4},
    {"the day before", 1969, 12, 31, -1, 3},
    {"a leap day", 2000, 2, 29, 11016, 2},
    {"the day after it", 2000, 3, 1, 11017, 3},
    {"a Friday in the news", 2023, 1, 6, 19363, 5},
    {"the first Gregorian day", 1582, 10, 15, -141427, 5},
    {"the first of all", 1, 1, 1, -719162, 1},
};

}  // namespace

TEST_CASE("date: reads ISO forms, writes them back, and refuses days that no calendar has") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto got = Date::parse_iso(row.text);
    CHECK(got.has_value() == row.want.has_value());
    if (got && row.want) {
      CHECK(got->iso() == *row.want);
      CHECK(Date::parse_iso(got->iso()) == got);
    }
  }
}

TEST_CASE("date: what is said is noted part by part") {
  const auto day = Date::parse_iso("2023-01-06");
  REQUIRE(day.has_value());
  CHECK(day->said == (Date::kYear | Date::kMonth | Date::kDay));
  CHECK(day->implied == 0);
  CHECK(day->grain == Grain::day);
  const auto minute = Date::parse_iso("2023-01-06T17:17-05:00");
  REQUIRE(minute.has_value());
  CHECK(minute->said == (Date::kYear | Date::kMonth | Date::kDay | Date::kHour | Date::kMinute | Date::kZone));
  CHECK(minute->offset_min == std::int16_t{-300});
}

TEST_CASE("date: grains that are no calendar prefix give the coarser one") {
  Date date;
  CHECK(date.iso().empty());
  date.year = 1995;
  date.grain = Grain::century;
  CHECK(date.iso() == "19");
  date.grain = Grain::decade;
  CHECK(date.iso() == "199");
  date.grain = Grain::quarter;
  CHECK(date.iso() == "1995");
  date.month = 4;
  date.grain = Grain::week;
  CHECK(date.iso() == "1995-04");
  date.day = 3;
  date.grain = Grain::part_of_day;
  CHECK(date.iso() == "1995-04-03");
  CHECK(tearsheet::to_string(Grain::part_of_day) == "part_of_day");
  CHECK(tearsheet::to_string(Grain::second) == "second");
}

TEST_CASE("date: days are counted both ways") {
  for (const Day& row : kDays) {
    CAPTURE(row.why);
    CHECK(tearsheet::days_from_civil(row.year, row.month, row.day) == row.days);
    const Date back = tearsheet::civil_from_days(row.days);
    CHECK(back.year == row.year);
    CHECK(back.month == row.month);
    CHECK(back.day == row.day);
    CHECK(back.grain == Grain::day);
    CHECK(tearsheet::weekday_of(row.days) == row.weekday);
  }
}

TEST_CASE("date: four hundred years of days go round without a gap") {
  bool same = true;
  for (std::int32_t days = -146097; days <= 146097; ++days) {
    const Date date = tearsheet::civil_from_days(days);
    same = same && tearsheet::is_valid_day(date.year, date.month, date.day) &&
           tearsheet::days_from_civil(date.year, date.month, date.day) == days;
  }
  CHECK(same);
}
