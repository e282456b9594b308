// Date parts: what the words of one date say, before they are set on a calendar.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "extractors/lexicon.h"
#include "extractors/reader.h"

namespace tearsheet {

enum class Unit : std::uint8_t {
  none,
  second,
  minute,
  hour,
  day,
  week,
  weekend,
  month,
  quarter,
  half,
  season,
  year,
  decade,
  century
};
/// Which of its kind is meant: the one before, this one, the next; `same` is the one that was named last ("that day", "the same
/// month").
enum class Which : std::uint8_t { none, previous, current, next, same };

/// What was said, and no more. 0 and "" mean "not said". Nothing here depends on the article's date.
struct DateParts {
  int year = 0, decade = 0, century = 0;  // decade 199 = the 1990s; century 19 = the 1900s
  int month = 0, day = 0, weekday = 0;    // 1..12, 1..31, 1 = Monday
  int quarter = 0, half = 0;
  std::string season;    // SP SU FA WI
  std::string day_part;  // MO MI AF EV NI DT
  std::optional<int> hour, minute, second;
  std::optional<int> offset_min;  // a zone with a fixed offset; one with summer time has `zone_name` too
  std::string holiday;            // "12-25" or the rule that moves it
  std::string reference;          // PAST_REF PRESENT_REF FUTURE_REF
  bool fiscal = false, weekend = false, week_of = false;

  Which which = Which::none;  // of `unit`, or of the part that is named when there is no unit
  Unit unit = Unit::none;
  Which year_which = Which::none;  // "October last year": the year beside another part
  std::optional<double> count;     // "three days ago": how many units
  int direction = 0;               // -1 ago, earlier; +1 later, from now
  bool from_article = true;        // ago, next: counted from the article's date; later, the following: from the date named last
  bool definite = false;           // "the next day" follows the day named last, "next week" the article's
  bool repeats = false;            // every Friday
  bool same_period = false;        // "the same month a year ago": the date named last, in another year

  int order_first = 0, order_second = 0;  // a numeric date whose day and month are not yet told apart
  char separator = 0;
  bool two_digit_year = false;

  int to_year = 0, to_month = 0, to_day = 0;  // the other end of an interval
  std::string mod;

  bool has_time() const { return hour.has_value() || !day_part.empty(); }
};

/// The words that dates are made of. Shared by the readers of dates and durations.
struct DateWords {
  std::shared_ptr<const Lexicon> month, weekday, season, day_part, timezone, holiday, number, unit, which, direction, mod,
      reference, tense;

  /// Takes the lexicons from the rules. Fails with R007 when one is not declared.
  static Result<DateWords> from(const Rulebook& rules);
};

/// The unit a word names ("years", "fortnight"), with how many of it ("fortnight" is two weeks, a decade stays a decade).
struct UnitWord {
  Unit unit = Unit::none;
  int times = 1;
};
UnitWord unit_of(const DateWords& words, std::string_view word);

/// "3", "three", "a", "two and a half", "5 1/2"; nothing for "several" and the like.
std::optional<double> count_of(const DateWords& words, std::string_view text);

/// Turns a hit's groups into parts. The groups' names are the language between rules/date.yaml and this room; the .cc lists them.
/// Nothing when they say something that no calendar has (the 31st of April, 25:00); `refused` then says why.
std::optional<DateParts> read_date_parts(const Hit& hit, std::string_view text, const DateWords& words, std::string* refused);

}  // namespace tearsheet
