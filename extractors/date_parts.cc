// Date parts: what the words of one date say, before they are set on a calendar.
#include "extractors/date_parts.h"

#include <array>
#include <cctype>
#include <charconv>
#include <utility>

#include "base/fold.h"
#include "extractors/number.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits that `text` begins with: "6th" is 6, "st" nothing.
std::optional<int> leading_number(std::string_view text) {
  int value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end == text.data()) return std::nullopt;
  return value;
}

std::optional<int> lexicon_number(const std::shared_ptr<const Lexicon>& lexicon, std::string_view word) {
  const Surface* surface = lexicon->find(word);
  return surface == nullptr ? std::nullopt : leading_number(lexicon->value(*surface));
}

std::string_view lexicon_value(const std::shared_ptr<const Lexicon>& lexicon, std::string_view word) {
  const Surface* surface = lexicon->find(word);
  return surface == nullptr ? std::string_view{} : lexicon->value(*surface);
}

/// "first", "third", "1st", "Q3", "final".
int ordinal_of(const DateWords& words, std::string_view word) {
  while (!word.empty() && (word[0] == 'Q' || word[0] == 'H')) word.remove_prefix(1);
  if (const auto digits = leading_number(word)) return *digits;
  if (equals_ignoring_case(word, "final") || equals_ignoring_case(word, "last") || equals_ignoring_case(word, "latter"))
    return -1;
  return lexicon_number(words.number, word).value_or(0);
}

Unit unit_named(std::string_view name) {
  constexpr std::array<std::pair<std::string_view, Unit>, 13> kNames = {{{"second", Unit::second},
                                                                         {"minute", Unit::minute},
                                                                         {"hour", Unit::hour},
                                                                         {"day", Unit::day},
                                                                         {"week", Unit::week},
                                                                         {"weekend", Unit::weekend},
                                                                         {"month", Unit::month},
                                                                         {"quarter", Unit::quarter},
                                                                         {"half", Unit::half},
                                                                         {"season", Unit::season},
                                                                         {"year", Unit::year},
                                                                         {"decade", Unit::decade},
                                                                         {"century", Unit::century}}};
  for (const auto& [known, unit] : kNames) {
    if (known == name) return unit;
  }
  return Unit::none;
}

Which which_named(std::string_view name) {
  if (name == "previous") return Which::previous;
  if (name == "current") return Which::current;
  if (name == "next") return Which::next;
  return name == "same" ? Which::same : Which::none;
}

/// The year that two digits mean: up to twenty years ahead of 2000's first quarter century is this one's.
int full_year(int digits) { return digits < 50 ? 2000 + digits : 1900 + digits; }

/// One hit's groups on their way into parts.
class PartsReader {
 public:
  PartsReader(const Hit& hit, std::string_view text, const DateWords& words) : hit_(hit), text_(text), words_(words) {}

  std::optional<DateParts> run(std::string* refused) {
    if (!day() || !month() || !numeric() || !iso() || !clock() || !zone() || !year()) {
      if (refused != nullptr) *refused = "no calendar or clock has this";
      return std::nullopt;
    }
    periods();
    relation();
    named();
    if (parts_.unit == Unit::day && parts_.which == Which::current && parts_.day_part.empty()) {
      if (refused != nullptr) *refused = "'to this day' names no day";
      return std::nullopt;
    }
    if (!is_possible()) {
      if (refused != nullptr) *refused = "no calendar has this day";
      return std::nullopt;
    }
    return parts_;
  }

 private:
  std::string_view words(std::string_view group) const { return hit_.text(group, text_); }

  bool day() {
    parts_.weekday = lexicon_number(words_.weekday, words("weekday")).value_or(0);
    if (const auto word = words("part"); !word.empty()) parts_.day_part = lexicon_value(words_.day_part, word);
    if (words("day").empty()) return true;
    parts_.day = leading_number(words("day")).value_or(0);
    if (const auto second = leading_number(words("day2"))) parts_.to_day = *second;
    return parts_.day >= 1 && parts_.day <= 31 && parts_.to_day <= 31;
  }

  bool month() {
    if (words("month").empty()) return true;
    parts_.month = lexicon_number(words_.month, words("month")).value_or(0);
    if (const auto second = lexicon_number(words_.month, words("month2"))) parts_.to_month = *second;
    return parts_.month != 0;
  }

  /// "06.01.2023": which is the day is decided once for the document.
  bool numeric() {
    const auto a = hit_.group("a"), b = hit_.group("b");
    if (!a || !b) return true;
    parts_.order_first = leading_number(text_.substr(a->begin, a->size())).value_or(0);
    parts_.order_second = leading_number(text_.substr(b->begin, b->size())).value_or(0);
    parts_.separator = text_[a->end];
    const int low = std::min(parts_.order_first, parts_.order_second), high = std::max(parts_.order_first, parts_.order_second);
    return low >= 1 && low <= 12 && high <= 31;
  }

  /// "2023-11-08T20:23:00Z" whole: value.h reads it.
  bool iso() {
    std::string written(words("iso"));
    if (written.empty()) return true;
    for (std::size_t i = 0; i < written.size() && i < 10; ++i) {
      if (written[i] == '/' || written[i] == '.') written[i] = '-';
    }
    const auto date = Date::parse_iso(written);
    if (!date || date->grain < Grain::day) return false;
    parts_.year = date->year, parts_.month = date->month, parts_.day = date->day;
    if ((date->said & Date::kHour) != 0) parts_.hour = date->hour;
    if ((date->said & Date::kMinute) != 0) parts_.minute = date->minute;
    if ((date->said & Date::kSecond) != 0) parts_.second = date->second;
    if (date->offset_min) parts_.offset_min = *date->offset_min;
    return true;
  }

  /// "17:17", "5 p.m.", "9.30am", "noon".
  bool clock() {
    const std::string_view written = words("clock");
    if (written.empty()) return true;
    if (const auto named = lexicon_value(words_.day_part, written); named.size() == 5 && named[2] == ':') {
      parts_.hour = leading_number(named), parts_.minute = leading_number(named.substr(3));
      return true;
    }
    std::array<int, 3> numbers = {0, 0, 0};
    std::size_t count = 0, at = 0;
    while (count < 3 && at < written.size() && is_digit(written[at])) {
      numbers.at(count++) = leading_number(written.substr(at)).value_or(0);
      while (at < written.size() && is_digit(written[at])) ++at;
      if (at + 1 < written.size() && (written[at] == ':' || written[at] == '.') && is_digit(written[at + 1])) ++at;
    }
    if (count == 1 && at == 4) {  // "0900 GMT"
      numbers = {numbers[0] / 100, numbers[0] % 100, 0};
      count = 2;
    }
    const std::size_t letter = written.find_first_of("aApP");
    const bool twelve = letter != std::string_view::npos,
               afternoon = twelve && (written[letter] == 'p' || written[letter] == 'P');
    if (count == 0 || numbers[0] > (twelve ? 12 : 24) || numbers[1] > 59 || numbers[2] > 59) return false;
    parts_.hour = twelve ? numbers[0] % 12 + (afternoon ? 12 : 0) : numbers[0];
    if (count > 1 || twelve) parts_.minute = numbers[1];
    if (count > 2) parts_.second = numbers[2];
    return true;
  }

  bool zone() {
    const std::string_view written = words("zone");
    if (written.empty()) return true;
    parts_.offset_min = lexicon_number(words_.timezone, written);
    return parts_.offset_min.has_value();
  }

  bool year() {
    const std::string_view written = words("year");
    parts_.fiscal = !words("fiscal").empty();
    if (const auto value = leading_number(written)) {
      parts_.two_digit_year = written.size() <= 2;
      parts_.year = parts_.two_digit_year ? full_year(*value) : *value;
    }
    const std::string_view to = words("to_year");
    if (const auto value = leading_number(to)) {
      parts_.to_year = to.size() <= 2 ? parts_.year / 100 * 100 + *value : *value;
      if (parts_.to_year + 100 - parts_.year <= 10) parts_.to_year += 100;  // 1999-02
    }
    return parts_.to_year == 0 || parts_.to_year > parts_.year;
  }

  void periods() {
    if (const auto word = words("quarter"); !word.empty()) {
      const int number = ordinal_of(words_, word);
      parts_.quarter = number == -1 ? 4 : number;
    }
    if (const auto word = words("half"); !word.empty()) {
      const int number = ordinal_of(words_, word);
      parts_.half = number == -1 ? 2 : number;
    }
    parts_.season = lexicon_value(words_.season, words("season"));
    decade(words("decade"));
    if (const auto word = words("century"); !word.empty()) parts_.century = ordinal_of(words_, word) - 1;
    parts_.week_of = !words("week_of").empty();
  }

  /// "1990s", "'90s", "nineties".
  void decade(std::string_view word) {
    if (word.empty()) return;
    const std::size_t digit = word.find_first_of("0123456789");
    if (digit != std::string_view::npos) {
      const int number = leading_number(word.substr(digit)).value_or(0);
      parts_.decade = (number < 100 ? (number < 30 ? 2000 + number : 1900 + number) : number) / 10;
      return;
    }
    std::string base = lower_ascii(word);  // "nineties" to "ninety"
    if (base.size() > 3 && base.ends_with("ies")) base.replace(base.size() - 3, 3, "y");
    parts_.decade = 190 + lexicon_number(words_.number, base).value_or(0) / 10;
  }

  void relation() {
    parts_.definite = !words("the").empty();
    parts_.repeats = !words("set_weekday").empty();
    parts_.same_period = !words("same").empty();
    if (const Surface* surface = words("which").empty() ? nullptr : words_.which->find(words("which"))) {
      parts_.which = which_named(words_.which->value(*surface));
      parts_.from_article = words_.which->cell(*surface, "from") == "article";
    }
    parts_.year_which = which_named(lexicon_value(words_.which, words("year_which")));
    const UnitWord unit = unit_of(words_, words("unit"));
    parts_.unit = unit.unit;
    if (unit.unit == Unit::weekend) parts_.weekend = true;
    const bool part_alone = !parts_.day_part.empty() && parts_.weekday == 0 && parts_.unit == Unit::none;
    if (part_alone && parts_.which != Which::none) parts_.unit = Unit::day;  // "the next morning"
    if (const auto word = words("mod"); !word.empty()) parts_.mod = lexicon_value(words_.mod, word);
    if (const auto word = words("dir"); !word.empty()) {
      const Surface* surface = words_.direction->find(word);
      if (surface != nullptr) {
        parts_.direction = words_.direction->value(*surface) == "-1" ? -1 : 1;
        parts_.from_article = words_.direction->cell(*surface, "from") == "article";
      }
      parts_.count = count_of(words_, words("count"));
      const bool plural = words("unit").ends_with('s');
      if (words("count").empty() && words("vague").empty() && !plural) parts_.count = 1;  // "the year before"
      if (parts_.count) *parts_.count *= unit.times;
      if (!words("half_more").empty() && parts_.count) *parts_.count += 0.5;
    }
  }

  void named() {
    parts_.holiday = lexicon_value(words_.holiday, words("holiday"));
    const std::string_view word = words("ref");
    if (word.empty()) return;
    const Surface* surface = words_.reference->find(word);
    if (surface == nullptr) return;
    if (words_.reference->cell(*surface, "class") == "reference") {
      parts_.reference = words_.reference->value(*surface);
      return;
    }
    const std::string_view days = words_.reference->value(*surface);
    parts_.unit = Unit::day;
    parts_.direction = days[0] == '-' ? -1 : 1;
    parts_.count = leading_number(days[0] == '-' ? days.substr(1) : days).value_or(0);
    if (const auto part = words_.reference->cell(*surface, "part"); !part.empty()) parts_.day_part = part;
  }

  bool is_possible() const {
    if (parts_.quarter > 4 || parts_.quarter < 0 || parts_.half > 2 || parts_.century > 30) return false;
    if (parts_.day == 0 || parts_.month == 0) return true;
    const int year = parts_.year == 0 ? 2000 : parts_.year;  // a leap year: 29 February is possible until a year says otherwise
    return is_valid_day(year, static_cast<unsigned>(parts_.month), static_cast<unsigned>(parts_.day));
  }

  const Hit& hit_;
  std::string_view text_;
  const DateWords& words_;
  DateParts parts_;
};

}  // namespace

Result<DateWords> DateWords::from(const Rulebook& rules) {
  DateWords words;
  const std::array<std::pair<std::string_view, std::shared_ptr<const Lexicon>*>, 13> wanted = {
      {{"month_any", &words.month},
       {"weekday_any", &words.weekday},
       {"season", &words.season},
       {"day_part", &words.day_part},
       {"timezone", &words.timezone},
       {"holiday", &words.holiday},
       {"number_word", &words.number},
       {"date_unit", &words.unit},
       {"date_which", &words.which},
       {"date_direction", &words.direction},
       {"date_mod", &words.mod},
       {"date_reference", &words.reference},
       {"tense", &words.tense}}};
  for (const auto& [name, to] : wanted) {
    *to = rules.lexicon(name);
    if (*to == nullptr)
      return fail("R007", "the reader of dates needs a lexicon called " + std::string(name),
                  "declare it under lexicons: in rules/date.yaml");
  }
  return words;
}

UnitWord unit_of(const DateWords& words, std::string_view word) {
  const Surface* surface = word.empty() ? nullptr : words.unit->find(word);
  if (surface == nullptr) return {};
  return {unit_named(words.unit->value(*surface)), leading_number(words.unit->cell(*surface, "times")).value_or(1)};
}

std::optional<double> count_of(const DateWords&, std::string_view text) {
  text = trim(text);
  if (text.empty()) return std::nullopt;
  std::string lower = lower_ascii(text);
  double more = 0;
  for (const std::string_view tail : {" and a half", "-and-a-half"}) {
    if (lower.size() > tail.size() && lower.ends_with(tail)) {
      lower.resize(lower.size() - tail.size());
      more = 0.5;
    }
  }
  if (lower.starts_with("a couple")) return 2 + more;
  const auto number = read_number(lower);
  if (!number) return std::nullopt;
  return number->approximate() + more;
}

std::optional<DateParts> read_date_parts(const Hit& hit, std::string_view text, const DateWords& words, std::string* refused) {
  return PartsReader(hit, text, words).run(refused);
}

}  // namespace tearsheet
