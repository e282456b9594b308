// Date resolve: parts set on a calendar, against the article's date and the date named last.
#include "extractors/date_resolve.h"

#include <array>
#include <cmath>
#include <cstdio>
#include <cstdlib>

namespace tearsheet {
namespace {

std::string two_digits(int value) { return (value < 10 ? "0" : "") + std::to_string(value); }

ResolvedDate closed(CalendarPoint point) {
  if (point.year < 0 || point.year > 9999) return {};
  return {to_value(point), point.grain, point};
}

ResolvedDate open(std::string value, Grain grain) { return {std::move(value), grain, std::nullopt}; }

/// Resolves one date; each method takes the kind of date that its name says.
class Resolver {
 public:
  Resolver(const DateParts& parts, const DateAnchors& anchors) : parts_(parts), anchors_(anchors) {}

  std::optional<ResolvedDate> run() {
    if (!parts_.reference.empty()) return open(parts_.reference, Grain::none);
    if (parts_.order_first != 0 && !settle_order()) return std::nullopt;
    auto out = date();
    if (!out || out->value.empty()) return std::nullopt;
    if (parts_.has_time() && !add_time(*out)) return std::nullopt;
    return out;
  }

 private:
  /// The article's date, or the date named last where the words count from it.
  const std::optional<CalendarPoint>& anchor() const {
    // "the next day", "ended the day"
    const bool follows =
        parts_.definite && parts_.unit == Unit::day && (parts_.which == Which::next || parts_.which == Which::none);
    if ((!parts_.from_article || follows) && anchors_.named) return anchors_.named;
    return anchors_.article;
  }

  bool settle_order() {
    const bool first_is_month = parts_.order_first <= 12 && (parts_.order_second > 12 || anchors_.month_first);
    parts_.month = first_is_month ? parts_.order_first : parts_.order_second;
    parts_.day = first_is_month ? parts_.order_second : parts_.order_first;
    return is_valid_day(parts_.year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.day));
  }

  std::optional<ResolvedDate> date() {
    if (parts_.same_period) return same_period();
    if (parts_.direction != 0) return counted();
    if (!parts_.holiday.empty()) return holiday();
    if (parts_.week_of) return week_of();
    if (parts_.day != 0 && parts_.month != 0) return day_of_month();
    if (parts_.month != 0) return month();
    if (parts_.quarter != 0)
      return period([&](int year) { return point_of_quarter(year, parts_.quarter); }, "-Q" + std::to_string(parts_.quarter));
    if (parts_.half != 0)
      return period([&](int year) { return point_of_half(year, parts_.half); }, "-H" + std::to_string(parts_.half));
    if (!parts_.season.empty())
      return period([&](int year) { return point_of_season(year, parts_.season); }, "-" + parts_.season);
    if (parts_.weekday != 0) return weekday();
    if (parts_.decade != 0) return closed({parts_.decade * 10, 0, 0, Grain::decade});
    if (parts_.century != 0) return closed({parts_.century * 100, 0, 0, Grain::century});
    if (parts_.year != 0) return year();
    if (parts_.unit != Unit::none) return unit();
    return time_alone();
  }

  /// The year that stands beside another part, said or by "last year"; 0 when none does.
  int said_year() const {
    if (parts_.year != 0) return parts_.year;
    if (parts_.year_which == Which::none) return 0;
    const auto& from = parts_.year_which == Which::same && anchors_.named ? anchors_.named : anchors_.article;
    if (!from) return 0;
    return from->year + (parts_.year_which == Which::previous ? -1 : parts_.year_which == Which::next ? 1 : 0);
  }

  ResolvedDate year() const {
    if (parts_.to_year != 0)
      return {to_value(point_of_year(parts_.year)) + "/" + to_value(point_of_year(parts_.to_year)), Grain::year,
              point_of_year(parts_.year)};
    return closed(point_of_year(parts_.year));
  }

  std::optional<ResolvedDate> day_of_month() const {
    const int year = day_year();
    if (year == 0) return open("XXXX-" + two_digits(parts_.month) + "-" + two_digits(parts_.day), Grain::day);
    if (!is_valid_day(year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.day))) return std::nullopt;
    CalendarPoint point{year, parts_.month, parts_.day, Grain::day};
    ResolvedDate out = closed(point);
    if (parts_.to_day == 0) return out;
    point.day = parts_.to_day;
    if (parts_.to_day < parts_.day ||
        !is_valid_day(year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.to_day)))
      return std::nullopt;
    out.value += "/" + to_value(point);
    return out;
  }

  /// The year of "Jan. 14": said; else the one whose weekday agrees; else the nearest that the tense allows.
  int day_year() const {
    if (const int year = said_year()) return year;
    if (!anchors_.article) return 0;
    const std::int32_t today = first_day(*anchors_.article);
    const auto days_of = [&](int year) -> std::optional<std::int32_t> {
      if (!is_valid_day(year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.day))) return std::nullopt;
      return days_from_civil(year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.day));
    };
    const int base = anchors_.article->year;
    if (parts_.weekday != 0) {
      int best = 0;
      for (const int year : {base, base - 1, base + 1}) {
        const auto days = days_of(year);
        if (days && weekday_of(*days) == parts_.weekday && best == 0) best = year;
      }
      if (best != 0) return best;
    }
    if (anchors_.narrated_year && anchors_.tense != Tense::future) return *anchors_.narrated_year;
    const auto this_year = days_of(base);
    if (!this_year) return base;  // 29 February: said of a leap year only
    const bool is_behind = *this_year <= today;
    const std::int32_t back = is_behind ? today - *this_year : today - days_of(base - 1).value_or(*this_year - 365);
    const std::int32_t ahead = is_behind ? days_of(base + 1).value_or(*this_year + 365) - today : *this_year - today;
    const bool future = ahead * 3 < back || (back * 3 >= ahead && anchors_.tense >= Tense::leaning);
    if (back == 0) return base;
    if (anchors_.over) return is_behind ? base : base - 1;
    return future ? (is_behind ? base + 1 : base) : (is_behind ? base : base - 1);
  }

  ResolvedDate month() const {
    if (parts_.to_month != 0) {
      const ResolvedDate first = single_month(parts_.month);
      if (!first.point) return open(first.value + "/XXXX-" + two_digits(parts_.to_month), Grain::month);
      const int year = first.point->year + (parts_.to_month < parts_.month ? 1 : 0);
      return {first.value + "/" + to_value(point_of_month(year, parts_.to_month)), Grain::month, first.point};
    }
    return single_month(parts_.month);
  }

  ResolvedDate single_month(int month) const {
    return *period([&](int year) { return point_of_month(year, month); }, "-" + two_digits(month));
  }

  /// A part of a year without its year: the instance that the words around it mean. `name` is the value behind the year.
  template <class Make>
  std::optional<ResolvedDate> period(Make make, const std::string& name) const {
    const Grain grain = make(2000).grain;
    if (const int year = said_year()) return closed(make(year));
    if (!anchors_.article) return open("XXXX" + name, grain);
    const std::int32_t today = first_day(*anchors_.article);
    int year = anchors_.article->year;
    if (grain == Grain::season && parts_.season == "WI" && anchors_.article->month < 6) --year;  // the winter that January is in
    const CalendarPoint here = make(year);
    const bool ahead = first_day(here) > today, behind = last_day(here) < today;
    switch (parts_.which) {
      case Which::previous:
        return closed(behind ? here : make(year - 1));
      case Which::next:
        return closed(ahead ? here : make(year + 1));
      case Which::current:
        return closed(here);
      case Which::same:
        return closed(anchors_.named ? make(anchors_.named->year) : here);
      case Which::none:
        break;
    }
    if (anchors_.narrated_year && anchors_.tense != Tense::future) return closed(make(*anchors_.narrated_year));
    if (behind && anchors_.tense == Tense::future) return closed(make(year + 1));
    const bool soon = first_day(here) - today <= 150;
    if (ahead && (anchors_.tense == Tense::past || (anchors_.tense != Tense::future && !soon))) return closed(make(year - 1));
    return closed(here);
  }

  ResolvedDate weekday() const {
    const std::string name = "XXXX-WXX-" + std::to_string(parts_.weekday);
    const auto& from = parts_.which == Which::same || !parts_.from_article ? anchor() : anchors_.article;
    if (parts_.repeats || !from || from->year == 0) return open(name, Grain::day);
    const std::int32_t today = first_day(*from);
    const int back = (weekday_of(today) - parts_.weekday + 7) % 7;
    switch (parts_.which) {
      case Which::previous:
        return closed(point_of_day(today - (back == 0 ? 7 : back)));
      case Which::next:
        return closed(point_of_day(today + 7 - back));
      case Which::current:
        return closed(point_of_day(today + parts_.weekday - weekday_of(today)));
      default:
        break;
    }
    const bool ahead = anchors_.tense == Tense::future ? back != 0 : anchors_.tense == Tense::leaning && back > 2;
    if (ahead) return closed(point_of_day(today + 7 - back));
    return closed(point_of_day(today - back));
  }

  std::optional<ResolvedDate> holiday() const {
    const auto point_in = [&](int year) -> std::optional<CalendarPoint> {
      const auto days = holiday_in(year, parts_.holiday);
      if (!days) return std::nullopt;
      return point_of_day(*days);
    };
    int year = said_year();
    if (year == 0) {
      if (!anchors_.article)
        return open(parts_.holiday.size() == 5 && parts_.holiday[2] == '-' ? "XXXX-" + parts_.holiday : "XXXX-XX-XX", Grain::day);
      const auto here = point_in(anchors_.article->year);
      if (!here) return std::nullopt;
      year = nearest_year(first_day(*here) - first_day(*anchors_.article));
    }
    const auto point = point_in(year);
    if (!point) return std::nullopt;
    return closed(*point);
  }

  /// The year of a feast that is `ahead` days from the article's date this year.
  int nearest_year(std::int32_t ahead) const {
    const int year = anchors_.article->year;
    if (parts_.which == Which::previous) return ahead < 0 ? year : year - 1;
    if (parts_.which == Which::next) return ahead > 0 ? year : year + 1;
    if (parts_.which == Which::current) return year;
    if (ahead > 0) return anchors_.tense == Tense::future || ahead <= 90 ? year : year - 1;
    return anchors_.tense == Tense::future && ahead < 0 ? year + 1 : year;
  }

  /// "the week of March 6".
  std::optional<ResolvedDate> week_of() const {
    const auto day = day_of_month();
    if (!day || !day->point) return day;
    return closed(point_of_week(first_day(*day->point)));
  }

  /// "the same month a year ago": the date named last, or the article's month, in another year.
  std::optional<ResolvedDate> same_period() const {
    const auto& from = anchors_.named ? anchors_.named : anchors_.article;
    if (!from) return open("XXXX", Grain::year);
    const int years =
        parts_.direction != 0 ? static_cast<int>(parts_.count.value_or(1)) * parts_.direction : said_year() - from->year;
    if (parts_.direction == 0 && said_year() == 0) return open("XXXX", Grain::year);
    return closed(moved(anchors_.named ? *from : point_at(*from, Unit::month), Unit::year, years));
  }

  /// "three days ago", "a year earlier", "yesterday".
  std::optional<ResolvedDate> counted() const {
    if (!parts_.count) return open(parts_.direction < 0 ? "PAST_REF" : "FUTURE_REF", Grain::none);
    const auto& from = anchor();
    if (!from) return open(unanchored(), grain_of(parts_.unit));
    Unit unit = parts_.unit;
    double count = *parts_.count;
    if (count != std::floor(count) && (unit == Unit::year || unit == Unit::decade)) {
      count *= unit == Unit::year ? 12 : 10;
      unit = unit == Unit::year ? Unit::month : Unit::year;
    }
    const int steps = static_cast<int>(std::lround(count)) * parts_.direction;
    if (std::abs(steps) > 4000 * (unit <= Unit::week ? 10 : 1)) return std::nullopt;
    if (unit < Unit::day) return closed(point_at(*from, Unit::day));
    const bool coarse = from->grain < grain_of(unit);
    if (coarse) return open(to_value(*from) + (unit == Unit::month ? "-XX" : "-XX-XX"), grain_of(unit));
    const bool keeps =
        unit == Unit::year && from->grain <= Grain::month && !parts_.from_article;  // a year before a quarter is a quarter
    if (keeps) return closed(moved(*from, unit, steps));
    if (unit == Unit::decade || unit == Unit::century) return closed(point_at(moved(*from, unit, steps), Unit::year));
    return closed(point_at(moved(*from, unit, steps), unit));
  }

  /// "last month", "this week", "the previous year".
  std::optional<ResolvedDate> unit() const {
    const int step = parts_.which == Which::previous ? -1 : parts_.which == Which::next ? 1 : 0;
    const auto& from = parts_.which == Which::same ? (anchors_.named ? anchors_.named : anchors_.article) : anchor();
    if (parts_.fiscal || !from || from->year == 0) return open(unanchored(), grain_of(parts_.unit));
    if (parts_.unit == Unit::season || parts_.unit < Unit::day) return std::nullopt;
    const bool coarse = from->grain < grain_of(parts_.unit);
    if (coarse) return std::nullopt;
    if (parts_.unit == Unit::weekend && parts_.which == Which::none && anchors_.tense != Tense::future) {
      const int today = weekday_of(first_day(*from));
      return closed(
          point_of_week(first_day(*from) - (today < 6 ? 7 : 0), true));  // "over the weekend" on a Monday is the one just past
    }
    return closed(moved(point_at(*from, parts_.unit), parts_.unit, step));
  }

  /// What stays open without a reference: PREV-YEAR, THIS-FY; XXXX-XX for a month ago.
  std::string unanchored() const {
    if (parts_.direction != 0 || parts_.unit == Unit::day) {
      switch (grain_of(parts_.unit)) {
        case Grain::day:
          return "XXXX-XX-XX";
        case Grain::week:
          return "XXXX-WXX";
        case Grain::month:
          return "XXXX-XX";
        default:
          return "XXXX";
      }
    }
    std::string out = parts_.which == Which::previous ? "PREV-"
                      : parts_.which == Which::next   ? "NEXT-"
                      : parts_.which == Which::same   ? "SAME-"
                                                      : "THIS-";
    if (parts_.fiscal && parts_.unit == Unit::year) return out + "FY";
    constexpr std::array<std::string_view, 14> kNames = {"",      "SECOND",  "MINUTE", "HOUR",   "DAY",  "WEEK",   "WEEKEND",
                                                         "MONTH", "QUARTER", "HALF",   "SEASON", "YEAR", "DECADE", "CENTURY"};
    return (parts_.fiscal ? out + "FISCAL-" : out) + std::string(kNames.at(static_cast<std::size_t>(parts_.unit)));
  }

  /// A time without a day is one of the day named last, else of the article's.
  std::optional<ResolvedDate> time_alone() const {
    if (!parts_.has_time()) return std::nullopt;
    if (anchors_.named && anchors_.named->grain == Grain::day) return closed(*anchors_.named);
    if (anchors_.article) return closed(*anchors_.article);
    return open("XXXX-XX-XX", Grain::day);
  }

  bool add_time(ResolvedDate& out) const {
    if (out.grain != Grain::day) return false;
    if (!parts_.hour) {
      out.value += "T" + parts_.day_part;
      out.grain = Grain::part_of_day;
      return true;
    }
    out.value += "T" + two_digits(*parts_.hour);
    out.grain = Grain::hour;
    if (parts_.minute) out.value += ":" + two_digits(*parts_.minute), out.grain = Grain::minute;
    if (parts_.second) out.value += ":" + two_digits(*parts_.second), out.grain = Grain::second;
    if (!parts_.offset_min) return true;
    const int offset = *parts_.offset_min;
    if (offset == 0) out.value += "Z";
    if (offset != 0)
      out.value += (offset < 0 ? "-" : "+") + two_digits(std::abs(offset) / 60) + ":" + two_digits(std::abs(offset) % 60);
    return true;
  }

  DateParts parts_;
  const DateAnchors& anchors_;
};

}  // namespace

std::optional<ResolvedDate> resolve_date(const DateParts& parts, const DateAnchors& anchors) {
  return Resolver(parts, anchors).run();
}

}  // namespace tearsheet
