// Date: a calendar point with its granularity, to ISO 8601 and back.
#include <array>
#include <cstdio>
#include <cstdlib>

#include "tearsheet/value.h"

namespace tearsheet {
namespace {

constexpr std::array<std::string_view, 14> kGrains = {"none", "century", "decade", "year", "half", "season", "quarter",
                                                      "month", "week", "day", "part_of_day", "hour", "minute", "second"};

bool is_leap(int year) { return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0); }

unsigned days_in(int year, unsigned month) {
  constexpr std::array<unsigned, 12> kDays = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
  return month == 2 && is_leap(year) ? 29 : kDays[month - 1];
}

void append_padded(std::string& out, int value, int width) {
  std::array<char, 16> buffer{};
  const int size = std::snprintf(buffer.data(), buffer.size(), "%0*d", width, value);
  out.append(buffer.data(), static_cast<std::size_t>(size));
}

void append_zone(std::string& out, int offset_min) {
  if (offset_min == 0) {
    out += 'Z';
    return;
  }
  out += offset_min < 0 ? '-' : '+';
  append_padded(out, std::abs(offset_min) / 60, 2);
  out += ':';
  append_padded(out, std::abs(offset_min) % 60, 2);
}

// Eats the text of a date from the left.
struct Eater {
  std::string_view rest;

  bool done() const { return rest.empty(); }
  bool eat(char c) {
    if (rest.empty() || rest[0] != c) return false;
    rest.remove_prefix(1);
    return true;
  }
  // Exactly `width` digits, at most `limit`.
  std::optional<int> digits(std::size_t width, int limit) {
    if (rest.size() < width) return std::nullopt;
    int value = 0;
    for (std::size_t i = 0; i < width; ++i) {
      if (rest[i] < '0' || rest[i] > '9') return std::nullopt;
      value = value * 10 + (rest[i] - '0');
    }
    if (value > limit) return std::nullopt;
    rest.remove_prefix(width);
    return value;
  }
};

// "Z", "+09:00", "+0900", "+09"; nothing left behind it.
bool eat_zone(Eater& eater, Date& date) {
  if (eater.done()) return true;
  date.said |= Date::kZone;
  if (eater.eat('Z') || eater.eat('z')) {
    date.offset_min = std::int16_t{0};
    return eater.done();
  }
  const bool minus = eater.eat('-');
  if (!minus && !eater.eat('+')) return false;
  const auto hours = eater.digits(2, 15);  // Manila kept -15:56 until 1844; none was ever further out
  if (!hours) return false;
  const bool colon = eater.eat(':');
  const auto minutes = eater.digits(2, 59);
  if (!minutes && (colon || !eater.done())) return false;
  const int total = *hours * 60 + minutes.value_or(0);
  date.offset_min = static_cast<std::int16_t>(minus ? -total : total);
  return eater.done();
}

// The time behind 'T' or the blank, with its zone.
bool eat_time(Eater& eater, Date& date) {
  const auto hour = eater.digits(2, 24);
  if (!hour) return false;
  date.hour = static_cast<std::uint8_t>(*hour);
  date.grain = Grain::hour;
  date.said |= Date::kHour;
  if (eater.eat(':')) {
    const auto minute = eater.digits(2, *hour == 24 ? 0 : 59);
    if (!minute) return false;
    date.minute = static_cast<std::uint8_t>(*minute);
    date.grain = Grain::minute;
    date.said |= Date::kMinute;
    if (eater.eat(':')) {
      const auto second = eater.digits(2, *hour == 24 ? 0 : 60);
      if (!second) return false;
      date.second = static_cast<std::uint8_t>(*second);
      date.grain = Grain::second;
      date.said |= Date::kSecond;
      if (eater.eat('.')) {
        if (!eater.digits(1, 9)) return false;
        while (eater.digits(1, 9)) {
        }
      }
    }
  }
  return eat_zone(eater, date);
}

bool eat_month_and_day(Eater& eater, Date& date, bool dashes) {
  const auto month = eater.digits(2, 12);
  if (!month || *month == 0) return false;
  date.month = static_cast<std::uint8_t>(*month);
  date.grain = Grain::month;
  date.said |= Date::kMonth;
  if (dashes ? !eater.eat('-') : eater.done()) return dashes;  // "202301" alone may as well be a number
  const auto day = eater.digits(2, 31);
  if (!day || !is_valid_day(date.year, date.month, static_cast<unsigned>(*day))) return false;
  date.day = static_cast<std::uint8_t>(*day);
  date.grain = Grain::day;
  date.said |= Date::kDay;
  return true;
}

}  // namespace

std::string_view to_string(Grain grain) { return kGrains[static_cast<std::size_t>(grain)]; }

std::string Date::iso() const {
  std::string out;
  switch (grain) {
    case Grain::none: return out;
    case Grain::century: append_padded(out, year / 100, 2); return out;
    case Grain::decade: append_padded(out, year / 10, 3); return out;
    case Grain::year: case Grain::half: case Grain::season: case Grain::quarter: append_padded(out, year, 4); return out;
    default: break;
  }
  append_padded(out, year, 4);
  if (grain == Grain::week && month == 0) return out;
  out += '-';
  append_padded(out, month, 2);
  if (grain <= Grain::week) return out;
  out += '-';
  append_padded(out, day, 2);
  if (grain < Grain::hour) return out;
  out += 'T';
  append_padded(out, hour, 2);
  if (grain >= Grain::minute) {
    out += ':';
    append_padded(out, minute, 2);
  }
  if (grain >= Grain::second) {
    out += ':';
    append_padded(out, second, 2);
  }
  if (offset_min) append_zone(out, *offset_min);
  return out;
}

std::optional<Date> Date::parse_iso(std::string_view text) {
  Eater eater{text};
  Date date;
  const auto year = eater.digits(4, 9999);
  if (!year || *year == 0) return std::nullopt;
  date.year = static_cast<std::int16_t>(*year);
  date.grain = Grain::year;
  date.said = kYear;
  if (eater.done()) return date;
  const bool dashes = eater.eat('-');
  if (!eat_month_and_day(eater, date, dashes)) return std::nullopt;
  if (eater.done()) return date;
  if (date.grain != Grain::day || !dashes) return std::nullopt;
  if (!eater.eat('T') && !eater.eat('t') && !eater.eat(' ')) return std::nullopt;
  if (!eat_time(eater, date)) return std::nullopt;
  return date;
}

bool is_valid_day(int year, unsigned month, unsigned day) {
  return month >= 1 && month <= 12 && day >= 1 && day <= days_in(year, month);
}

std::int32_t days_from_civil(int year, unsigned month, unsigned day) {
  const int y = month <= 2 ? year - 1 : year;
  const int era = (y >= 0 ? y : y - 399) / 400;
  const auto year_of_era = static_cast<unsigned>(y - era * 400);
  const unsigned day_of_year = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1;
  const unsigned day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  return era * 146097 + static_cast<int>(day_of_era) - 719468;
}

Date civil_from_days(std::int32_t days) {
  days += 719468;
  const int era = (days >= 0 ? days : days - 146096) / 146097;
  const auto day_of_era = static_cast<unsigned>(days - era * 146097);
  const unsigned year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 - day_of_era / 146096) / 365;
  const unsigned day_of_year = day_of_era - (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
  const unsigned shifted = (5 * day_of_year + 2) / 153;  // March is 0
  Date date;
  date.day = static_cast<std::uint8_t>(day_of_year - (153 * shifted + 2) / 5 + 1);
  date.month = static_cast<std::uint8_t>(shifted < 10 ? shifted + 3 : shifted - 9);
  date.year = static_cast<std::int16_t>(static_cast<int>(year_of_era) + era * 400 + (date.month <= 2 ? 1 : 0));
  date.grain = Grain::day;
  return date;
}

int weekday_of(std::int32_t days) {
  const int from_monday = (days + 3) % 7;  // 1970-01-01 was a Thursday
  return (from_monday < 0 ? from_monday + 7 : from_monday) + 1;
}

}  // namespace tearsheet
