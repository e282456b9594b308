// Dates on the calendar: each kind of date against its anchors, and what stays open without one.
#include "extractors/date_resolve.h"

#include <functional>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/date_order.h"

namespace {

using namespace tearsheet;

CalendarPoint day(int year, int month, int number) { return {year, month, number, Grain::day}; }

struct Row {
  std::string_view why;
  std::function<void(DateParts&, DateAnchors&)> given;
  std::string_view want;  // "" = must be refused
};

const Row kOpen[] = {
    {"a weekday", [](DateParts& p, DateAnchors&) { p.weekday = 5; }, "XXXX-WXX-5"},
    {"a month", [](DateParts& p, DateAnchors&) { p.month = 4; }, "XXXX-04"},
    {"a day of a month", [](DateParts& p, DateAnchors&) { p.month = 7, p.day = 23; }, "XXXX-07-23"},
    {"a quarter", [](DateParts& p, DateAnchors&) { p.quarter = 3; }, "XXXX-Q3"},
    {"last year", [](DateParts& p, DateAnchors&) { p.which = Which::previous, p.unit = Unit::year; }, "PREV-YEAR"},
    {"this fiscal year", [](DateParts& p, DateAnchors&) { p.which = Which::current, p.unit = Unit::year, p.fiscal = true; },
     "THIS-FY"},
    {"next month", [](DateParts& p, DateAnchors&) { p.which = Which::next, p.unit = Unit::month; }, "NEXT-MONTH"},
    {"yesterday", [](DateParts& p, DateAnchors&) { p.direction = -1, p.count = 1, p.unit = Unit::day; }, "XXXX-XX-XX"},
    {"a time", [](DateParts& p, DateAnchors&) { p.hour = 17, p.minute = 5, p.offset_min = 0; }, "XXXX-XX-XXT17:05Z"},
    {"a year needs no anchor", [](DateParts& p, DateAnchors&) { p.year = 2021; }, "2021"},
    {"a decade", [](DateParts& p, DateAnchors&) { p.decade = 199; }, "199X"},
    {"a century", [](DateParts& p, DateAnchors&) { p.century = 18; }, "18XX"},
    {"a leap day in a common year", [](DateParts& p, DateAnchors&) { p.year = 2015, p.month = 2, p.day = 29; }, ""},
    {"some years ago", [](DateParts& p, DateAnchors&) { p.direction = -1, p.unit = Unit::year; }, "PAST_REF"},
};

// Against Friday, 10 November 2023.
const Row kAnchored[] = {
    {"the weekday of the day itself", [](DateParts& p, DateAnchors&) { p.weekday = 5; }, "2023-11-10"},
    {"the latest such weekday", [](DateParts& p, DateAnchors&) { p.weekday = 6; }, "2023-11-04"},
    {"ahead on a cue", [](DateParts& p, DateAnchors& a) { p.weekday = 1, a.tense = Tense::future; }, "2023-11-13"},
    {"an infinitive does not make yesterday next week",
     [](DateParts& p, DateAnchors& a) { p.weekday = 4, a.tense = Tense::leaning; }, "2023-11-09"},
    {"last Friday is not today", [](DateParts& p, DateAnchors&) { p.weekday = 5, p.which = Which::previous; }, "2023-11-03"},
    {"next Friday is not today", [](DateParts& p, DateAnchors&) { p.weekday = 5, p.which = Which::next; }, "2023-11-17"},
    {"a past month", [](DateParts& p, DateAnchors&) { p.month = 4; }, "2023-04"},
    {"a month just ahead", [](DateParts& p, DateAnchors&) { p.month = 12; }, "2023-12"},
    {"a month just ahead, told in the past", [](DateParts& p, DateAnchors& a) { p.month = 12, a.tense = Tense::past; },
     "2022-12"},
    {"a period that has ended on a day just ahead", [](DateParts& p, DateAnchors& a) { p.month = 12, p.day = 31, a.over = true; }, "2022-12-31"},
    {"a past month with a cue", [](DateParts& p, DateAnchors& a) { p.month = 4, a.tense = Tense::future; }, "2024-04"},
    {"last October", [](DateParts& p, DateAnchors&) { p.month = 10, p.which = Which::previous; }, "2023-10"},
    {"last December", [](DateParts& p, DateAnchors&) { p.month = 12, p.which = Which::previous; }, "2022-12"},
    {"a near day ahead", [](DateParts& p, DateAnchors&) { p.month = 11, p.day = 20; }, "2023-11-20"},
    {"a day that the weekday places", [](DateParts& p, DateAnchors&) { p.month = 11, p.day = 20, p.weekday = 7; }, "2022-11-20"},
    {"March in the year that is told of", [](DateParts& p, DateAnchors& a) { p.month = 3, a.narrated_year = 2008; }, "2008-03"},
    {"the third quarter", [](DateParts& p, DateAnchors&) { p.quarter = 3; }, "2023-Q3"},
    {"the fourth quarter is running", [](DateParts& p, DateAnchors&) { p.quarter = 4; }, "2023-Q4"},
    {"the first quarter of last year", [](DateParts& p, DateAnchors&) { p.quarter = 1, p.year_which = Which::previous; },
     "2022-Q1"},
    {"last summer", [](DateParts& p, DateAnchors&) { p.season = "SU", p.which = Which::previous; }, "2023-SU"},
    {"this week", [](DateParts& p, DateAnchors&) { p.which = Which::current, p.unit = Unit::week; }, "2023-W45"},
    {"next year", [](DateParts& p, DateAnchors&) { p.which = Which::next, p.unit = Unit::year; }, "2024"},
    {"last decade", [](DateParts& p, DateAnchors&) { p.which = Which::previous, p.unit = Unit::decade; }, "201X"},
    {"three days ago", [](DateParts& p, DateAnchors&) { p.direction = -1, p.count = 3, p.unit = Unit::day; }, "2023-11-07"},
    {"two months ago", [](DateParts& p, DateAnchors&) { p.direction = -1, p.count = 2, p.unit = Unit::month; }, "2023-09"},
    {"six weeks ago", [](DateParts& p, DateAnchors&) { p.direction = -1, p.count = 6, p.unit = Unit::week; }, "2023-W39"},
    {"half a year ago", [](DateParts& p, DateAnchors&) { p.direction = -1, p.count = 0.5, p.unit = Unit::year; }, "2023-05"},
    {"a year before a quarter",
     [](DateParts& p, DateAnchors& a) {
       p.direction = -1, p.count = 1, p.unit = Unit::year, p.from_article = false;
       a.named = point_of_quarter(2023, 3);
     },
     "2022-Q3"},
    {"two weeks after a day named",
     [](DateParts& p, DateAnchors& a) {
       p.direction = 1, p.count = 14, p.unit = Unit::day, p.from_article = false;
       a.named = day(1999, 2, 20);
     },
     "1999-03-06"},
    {"a count finer than the date it counts from stays open",
     [](DateParts& p, DateAnchors& a) {
       p.direction = 1, p.count = 3, p.unit = Unit::month, p.from_article = false;
       a.named = point_of_year(2008);
     },
     "2008-XX"},
    {"tonight", [](DateParts& p, DateAnchors&) { p.direction = 1, p.count = 0, p.unit = Unit::day, p.day_part = "NI"; },
     "2023-11-10TNI"},
    {"a time with its zone", [](DateParts& p, DateAnchors&) { p.hour = 9, p.minute = 0, p.offset_min = -300; },
     "2023-11-10T09:00-05:00"},
    {"Thanksgiving ahead", [](DateParts& p, DateAnchors&) { p.holiday = "thanksgiving"; }, "2023-11-23"},
    {"Christmas told in the past", [](DateParts& p, DateAnchors&) { p.holiday = "12-25", p.which = Which::previous; },
     "2022-12-25"},
    {"a feast of another calendar", [](DateParts& p, DateAnchors&) { p.holiday = "diwali"; }, ""},
    {"an interval of years", [](DateParts& p, DateAnchors&) { p.year = 2012, p.to_year = 2013; }, "2012/2013"},
    {"an interval of days", [](DateParts& p, DateAnchors&) { p.year = 2023, p.month = 3, p.day = 3, p.to_day = 5; },
     "2023-03-03/2023-03-05"},
};

void check(const Row& row, DateAnchors anchors) {
  CAPTURE(row.why);
  DateParts parts;
  row.given(parts, anchors);
  const auto got = resolve_date(parts, anchors);
  CHECK((got ? got->value : std::string()) == row.want);
}

DateParts numeric(int first, int second, int year, char separator, int weekday = 0) {
  DateParts parts;
  parts.order_first = first, parts.order_second = second, parts.year = year, parts.separator = separator, parts.weekday = weekday;
  return parts;
}

}  // namespace

TEST_CASE("date: what nothing anchors stays open") {
  for (const Row& row : kOpen) check(row, {});
}

TEST_CASE("date: resolves against the article's date and the date named last") {
  DateAnchors anchors;
  anchors.article = day(2023, 11, 10);
  for (const Row& row : kAnchored) check(row, anchors);
}

TEST_CASE("date: the order of day and month is decided by the heaviest evidence") {
  struct OrderRow {
    std::string_view why;
    OrderEvidence evidence;
    bool month_first;
  };
  const OrderRow rows[] = {
      {"slashes alone", {{numeric(1, 6, 2023, '/')}, {}, {}, ""}, true},
      {"dots alone", {{numeric(1, 6, 2023, '.')}, {}, {}, ""}, false},
      {"slashes of a British publisher", {{numeric(1, 6, 2023, '/')}, {}, {}, "GB"}, false},
      {"a day over 12 elsewhere", {{numeric(1, 6, 2023, '/'), numeric(25, 6, 2023, '/')}, {}, {}, "US"}, false},
      {"a weekday beside it", {{numeric(5, 3, 2024, '/', 2)}, {}, {}, "GB"}, false},
      {"a bare weekday", {{numeric(6, 1, 2023, '/')}, {5}, {}, "US"}, false},
      {"a bare weekday that agrees with both readings", {{numeric(6, 6, 2023, '/')}, {2}, {}, "US"}, true},
      {"the article's own date", {{numeric(7, 8, 2007, '/')}, {}, day(2007, 7, 9), "GB"}, true},
  };
  for (const OrderRow& row : rows) {
    CAPTURE(row.why);
    CHECK(is_month_first(row.evidence) == row.month_first);
  }
}

TEST_CASE("date: feasts that move") {
  struct Feast {
    int year;
    std::string_view rule, want;
  };
  for (const auto& [year, rule, want] : {Feast{2024, "easter", "2024-03-31"},
                                         {2023, "good_friday", "2023-04-07"},
                                         {2023, "thanksgiving", "2023-11-23"},
                                         {2024, "memorial_day", "2024-05-27"},
                                         {2023, "victoria_day", "2023-05-22"},
                                         {1998, "election_day", "1998-11-03"}}) {
    CAPTURE(rule);
    const auto days = holiday_in(year, rule);
    REQUIRE(days.has_value());
    CHECK(to_value(point_of_day(*days)) == want);
  }
  CHECK_FALSE(holiday_in(2024, "diwali").has_value());
}
