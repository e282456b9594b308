// Dates as front matter, feeds, pages and mastheads write them, and what must be refused.
#include "base/date_text.h"

#include <doctest/doctest.h>

#include <string_view>

namespace {

struct Row {
  std::string_view why, text, want, other;
};
constexpr Row kRows[] = {
    {"ISO, seconds and Z", "2023-11-08T20:23:00Z", "2023-11-08T20:23:00Z", ""},
    {"ISO, fraction and offset", "2023-11-08T20:23:00.512+09:00", "2023-11-08T20:23:00+09:00", ""},
    {"offset without colon, west", "2023-11-08T20:23-0530", "2023-11-08T20:23-05:30", ""},
    {"blank for T, no zone: local time stays local", "2023-11-08 20:23", "2023-11-08T20:23", ""},
    {"day alone", "2023-11-08", "2023-11-08", ""},
    {"month alone", "2023-11", "2023-11", ""},
    {"year alone", "2023", "2023", ""},
    {"slashes, year first", "2023/11/08", "2023-11-08", ""},
    {"compact", "20231108", "2023-11-08", ""},
    {"compact with time", "20231108T202300Z", "2023-11-08T20:23:00Z", ""},
    {"RFC 822", "Wed, 08 Nov 2023 20:23:00 GMT", "2023-11-08T20:23:00Z", ""},
    {"RFC 822, two-digit year, offset", "08 Nov 23 20:23 +0100", "2023-11-08T20:23+01:00", ""},
    {"US order", "Nov 8, 2023", "2023-11-08", ""},
    {"US order, dot and ordinal", "Nov. 8th, 2023", "2023-11-08", ""},
    {"British order", "8 November 2023", "2023-11-08", ""},
    {"weekday before", "Thursday 9 May 2024", "2024-05-09", ""},
    {"masthead with time of day", "Published on May 9, 2024 at 8:05 p.m. EDT", "2024-05-09T20:05-04:00", ""},
    {"a season-bound zone gives no offset", "May 9, 2024 8 pm ET", "2024-05-09T20:00", ""},
    {"time before the date", "17:17 GMT 06.01.2023", "2023-01-06T17:17Z", "2023-06-01T17:17Z"},
    {"both orders possible", "06.01.2023", "2023-01-06", "2023-06-01"},
    {"a day over 12 proves the order", "14.03.2024", "2024-03-14", ""},
    {"month first, proved", "03/14/2024", "2024-03-14", ""},
    {"same day either way", "05/05/2024", "2024-05-05", ""},
    {"weekday proves month first", "Thursday 06.01.2023", "2023-06-01", ""},
    {"weekday proves day first", "Fri 06/01/2023", "2023-01-06", ""},
    {"German", "8. November 2023, 20:23 Uhr", "2023-11-08T20:23", ""},
    {"French", "Publié le 8 août 2023 à 17h30", "2023-08-08T17:30", ""},
    {"Spanish", "8 de noviembre de 2023", "2023-11-08", ""},
    {"Russian", "8 ноября 2023", "2023-11-08", ""},
    {"Japanese", "2023年11月8日 17時17分", "2023-11-08T17:17", ""},
    {"letters between", "08-Nov-2023", "2023-11-08", ""},
    {"epoch seconds", "1699471380", "2023-11-08T19:23:00Z", ""},
    {"epoch milliseconds", "1699471380000", "2023-11-08T19:23:00Z", ""},
    {"no calendar has it", "31.02.2023", "", ""},
    {"weekday that fits no reading", "Monday 06.01.2023", "", ""},
    {"no year is no date", "8 November", "", ""},
    {"false is no date", "false", "", ""},
    {"words of a sentence", "In 2021 sales rose", "", ""},
    {"a version", "1.2.3", "", ""},
    {"two years", "2012-2013", "", ""},
    {"a score", "54", "", ""},
    {"empty", "", "", ""},
    {"a month of nothing", "00/00/2023", "", ""},
};

TEST_CASE("date text: reads the usual spellings, keeps the offset, and refuses the rest") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto got = tearsheet::read_date_text(row.text);
    CHECK((got ? got->date.iso() : "") == row.want);
    CHECK((got && got->other ? got->other->iso() : "") == row.other);
  }
}

}  // namespace
