// Date text: tokens first (numbers, words, signs), then one of a few layouts decides what they mean.
#include "base/date_text.h"

#include <array>
#include <string>
#include <vector>

#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

struct Token {
  enum Type : std::uint8_t { none, number, word, sign } type = none;
  std::string_view text;   // lower case
  std::int64_t value = 0;  // of a number
  bool spaced = false;     // white space stands before it
};

struct Name {
  std::string_view name;
  int value;
};

// Full names of the languages that news mastheads use most; English may be cut to three letters and more.
constexpr Name kMonths[] = {
    {"january", 1},   {"february", 2},   {"march", 3},         {"april", 4},      {"may", 5},        {"june", 6},
    {"july", 7},      {"august", 8},     {"september", 9},     {"october", 10},   {"november", 11},  {"december", 12},
    {"sept", 9},      {"januar", 1},     {"jänner", 1},        {"februar", 2},    {"märz", 3},       {"mai", 5},
    {"juni", 6},      {"juli", 7},       {"oktober", 10},      {"dezember", 12},  {"okt", 10},       {"dez", 12},
    {"mär", 3},       {"janvier", 1},    {"février", 2},       {"mars", 3},       {"avril", 4},      {"juin", 6},
    {"juillet", 7},   {"août", 8},       {"septembre", 9},     {"octobre", 10},   {"novembre", 11},  {"décembre", 12},
    {"janv", 1},      {"févr", 2},       {"avr", 4},           {"juil", 7},       {"déc", 12},       {"enero", 1},
    {"febrero", 2},   {"marzo", 3},      {"abril", 4},         {"mayo", 5},       {"junio", 6},      {"julio", 7},
    {"agosto", 8},    {"septiembre", 9}, {"setiembre", 9},     {"octubre", 10},   {"noviembre", 11}, {"diciembre", 12},
    {"ene", 1},       {"abr", 4},        {"ago", 8},           {"dic", 12},       {"gennaio", 1},    {"febbraio", 2},
    {"aprile", 4},    {"maggio", 5},     {"giugno", 6},        {"luglio", 7},     {"settembre", 9},  {"ottobre", 10},
    {"dicembre", 12}, {"gen", 1},        {"mag", 5},           {"giu", 6},        {"lug", 7},        {"set", 9},
    {"ott", 10},      {"janeiro", 1},    {"fevereiro", 2},     {"março", 3},      {"maio", 5},       {"junho", 6},
    {"julho", 7},     {"setembro", 9},   {"outubro", 10},      {"novembro", 11},  {"dezembro", 12},  {"fev", 2},
    {"mai", 5},       {"out", 10},       {"januari", 1},       {"februari", 2},   {"maart", 3},      {"mei", 5},
    {"augustus", 8},  {"maj", 5},        {"augusti", 8},       {"desember", 12},  {"marts", 3},      {"января", 1},
    {"февраля", 2},   {"марта", 3},      {"апреля", 4},        {"мая", 5},        {"июня", 6},       {"июля", 7},
    {"августа", 8},   {"сентября", 9},   {"октября", 10},      {"ноября", 11},    {"декабря", 12},   {"stycznia", 1},
    {"lutego", 2},    {"marca", 3},      {"kwietnia", 4},      {"maja", 5},       {"czerwca", 6},    {"lipca", 7},
    {"sierpnia", 8},  {"września", 9},   {"października", 10}, {"listopada", 11}, {"grudnia", 12},   {"ocak", 1},
    {"şubat", 2},     {"mart", 3},       {"nisan", 4},         {"mayıs", 5},      {"haziran", 6},    {"temmuz", 7},
    {"ağustos", 8},   {"eylül", 9},      {"ekim", 10},         {"kasım", 11},     {"aralık", 12},
};
constexpr Name kWeekdays[] = {
    {"monday", 1},  {"tuesday", 2},  {"wednesday", 3}, {"thursday", 4}, {"friday", 5},   {"saturday", 6}, {"sunday", 7},
    {"mon", 1},     {"tue", 2},      {"tues", 2},      {"wed", 3},      {"thu", 4},      {"thur", 4},     {"thurs", 4},
    {"fri", 5},     {"sat", 6},      {"sun", 7},       {"montag", 1},   {"dienstag", 2}, {"mittwoch", 3}, {"donnerstag", 4},
    {"freitag", 5}, {"samstag", 6},  {"sonnabend", 6}, {"sonntag", 7},  {"lundi", 1},    {"mardi", 2},    {"mercredi", 3},
    {"jeudi", 4},   {"vendredi", 5}, {"samedi", 6},    {"dimanche", 7}, {"lunes", 1},    {"martes", 2},   {"miércoles", 3},
    {"jueves", 4},  {"viernes", 5},  {"sábado", 6},    {"domingo", 7},  {"lunedì", 1},   {"martedì", 2},  {"mercoledì", 3},
    {"giovedì", 4}, {"venerdì", 5},  {"sabato", 6},    {"domenica", 7},
};
// Minutes east of UTC, as rules/lexicons/timezone.tsv has them.
constexpr Name kZones[] = {
    {"z", 0},      {"gmt", 0},    {"utc", 0},    {"ut", 0},     {"wet", 0},    {"bst", 60},    {"cet", 60},    {"mez", 60},
    {"cest", 120}, {"mesz", 120}, {"eet", 120},  {"sast", 120}, {"eest", 180}, {"msk", 180},   {"gst", 240},   {"pkt", 300},
    {"ist", 330},  {"wib", 420},  {"hkt", 480},  {"sgt", 480},  {"pht", 480},  {"awst", 480},  {"jst", 540},   {"kst", 540},
    {"acst", 570}, {"aest", 600}, {"aedt", 660}, {"nzst", 720}, {"nzdt", 780}, {"est", -300},  {"edt", -240},  {"cst", -360},
    {"cdt", -300}, {"mst", -420}, {"mdt", -360}, {"pst", -480}, {"pdt", -420}, {"akst", -540}, {"akdt", -480}, {"hst", -600},
};
// Words that may stand around a date and say nothing about its value. Zones that shift with the season ("ET") leave the offset
// open.
constexpr std::string_view kPassed[] = {
    "on",   "at",    "of",      "the",     "published", "posted", "updated", "modified", "last",  "first",
    "date", "dated", "created", "release", "released",  "issued", "from",    "de",       "del",   "le",
    "am",   "um",    "uhr",     "à",       "les",       "den",    "vom",     "kl",       "klo",   "alle",
    "ore",  "il",    "el",      "às",      "em",        "publié", "mis",     "jour",     "stand", "veröffentlicht",
    "et",   "ct",    "pt",      "mt",      "local",     "time",   "hrs",     "st",       "nd",    "rd",
    "th",   "er",    "г",       "в",       "edt/est",   "print",   "edition",
};

template <std::size_t N>
std::optional<int> value_of(const Name (&table)[N], std::string_view word) {
  for (const Name& row : table)
    if (row.name == word) return row.value;
  return std::nullopt;
}

std::optional<int> month_of(std::string_view word) {
  if (auto exact = value_of(kMonths, word)) return exact;
  if (word.size() < 3) return std::nullopt;
  for (std::size_t i = 0; i < 12; ++i)  // "aug", "octob": English cut short
    if (kMonths[i].name.starts_with(word)) return kMonths[i].value;
  return std::nullopt;
}

bool is_passed(std::string_view word) {
  for (std::string_view row : kPassed)
    if (row == word) return true;
  return false;
}

bool is_digit_at(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

std::vector<Token> cut(std::string_view text) {
  std::vector<Token> tokens;
  bool spaced = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (is_digit_at(text, at)) {
      std::int64_t value = 0;
      for (; is_digit_at(text, at) && at - begin < 17; ++at) value = value * 10 + (text[at] - '0');
      tokens.push_back({Token::number, text.substr(begin, at - begin), value, spaced});
      spaced = false;
      continue;
    }
    const char32_t c = utf8::next(text, at);
    if (utf8::is_space(c)) {
      spaced = true;
      continue;
    }
    Token::Type type = Token::sign;
    if (utf8::is_letter(c)) {
      type = Token::word;
      while (at < text.size()) {
        std::size_t peek = at;
        if (!utf8::is_letter(utf8::next(text, peek))) break;
        at = peek;
      }
    }
    tokens.push_back({type, text.substr(begin, at - begin), 0, spaced});
    spaced = false;
  }
  return tokens;
}

// What has been read so far. A part said twice refuses the whole.
struct Draft {
  int year = 0, month = 0, day = 0, hour = -1, minute = -1, second = -1, weekday = 0;
  std::optional<int> offset;
  bool swapped_too = false;  // day and month could change places
  bool failed = false;

  void put(int& part, int value, int empty = 0) {
    if (part != empty || value == empty) failed = true;
    part = value;
  }
};

class Parser {
 public:
  explicit Parser(std::vector<Token> tokens) : tokens_(std::move(tokens)) {}

  Draft run() {
    while (at_ < tokens_.size() && !draft_.failed) {
      if (!step()) draft_.failed = true;
    }
    settle_loose();
    return draft_;
  }

 private:
  const Token& peek(std::size_t ahead = 0) const { return at_ + ahead < tokens_.size() ? tokens_[at_ + ahead] : end_; }
  bool is_sign(std::size_t ahead, std::string_view signs) const {
    return peek(ahead).type == Token::sign && signs.find(peek(ahead).text) != std::string_view::npos;
  }
  bool is_number(std::size_t ahead) const { return peek(ahead).type == Token::number; }
  bool is_word(std::size_t ahead, std::string_view word) const { return peek(ahead).text == word; }

  bool step() {
    const Token& token = tokens_[at_];
    if (token.type == Token::number) return clock() || cjk() || triple() || loose();
    if (token.type == Token::word) return word();
    if (draft_.hour >= 0 && is_sign(0, "+-") && is_number(1) && !peek(1).spaced && zone_digits()) return true;
    ++at_;
    return std::string_view(",.:;|/()[]-–—·•").find(token.text) != std::string_view::npos;
  }

  // 17:17, 17:17:05.123, 5:17 pm, 8 pm, 17h30, 17.30 Uhr
  bool clock() {
    const auto hour = tokens_[at_].value;
    if (tokens_[at_].text.size() > 2 || hour > 24) return false;
    std::size_t ahead = 1;
    int minute = 0;
    bool has_minute = false;
    const bool colon = (is_sign(1, ":") && is_number(2)) || (is_word(1, "h") && is_number(2)) ||
                       (is_sign(1, ".") && is_number(2) && is_word(3, "uhr"));
    if (colon && peek(2).text.size() == 2 && peek(2).value < 60) {
      minute = static_cast<int>(peek(2).value);
      has_minute = true;
      ahead = 3;
    }
    int second = -1;
    if (has_minute && is_sign(ahead, ":") && is_number(ahead + 1) && peek(ahead + 1).value <= 60) {
      second = static_cast<int>(peek(ahead + 1).value);
      ahead += 2;
      if (is_sign(ahead, ".,") && is_number(ahead + 1) && !peek(ahead + 1).spaced) ahead += 2;  // fractions of a second
    }
    const auto [half, length] = half_of_day(ahead);
    if (half == 0 && !has_minute && !is_word(1, "uhr")) return false;
    if (half != 0 && (hour < 1 || hour > 12)) return false;
    const int full = static_cast<int>(half == 0 ? hour : hour % 12 + (half == 2 ? 12 : 0));
    if (full == 24 && (minute != 0 || second > 0)) return false;
    draft_.put(draft_.hour, full, -1);
    draft_.put(draft_.minute, minute, -1);
    if (second >= 0) draft_.second = second;
    at_ += ahead + length;
    return true;
  }

  // am = 1, pm = 2, with the tokens they take ("a.m." is four)
  std::pair<int, std::size_t> half_of_day(std::size_t ahead) const {
    if (is_word(ahead, "am")) return {1, 1};
    if (is_word(ahead, "pm")) return {2, 1};
    const bool morning = is_word(ahead, "a");
    if ((morning || is_word(ahead, "p")) && is_sign(ahead + 1, ".") && is_word(ahead + 2, "m"))
      return {morning ? 1 : 2, is_sign(ahead + 3, ".") ? std::size_t{4} : std::size_t{3}};
    return {0, 0};
  }

  // 2023年11月8日 17時17分, and the Korean words
  bool cjk() {
    const Token unit = peek(1);
    if (unit.type != Token::word) return false;
    static constexpr std::array<std::pair<std::string_view, int>, 12> kUnits{{{"年", 1},
                                                                              {"년", 1},
                                                                              {"月", 2},
                                                                              {"월", 2},
                                                                              {"日", 3},
                                                                              {"일", 3},
                                                                              {"時", 4},
                                                                              {"时", 4},
                                                                              {"시", 4},
                                                                              {"分", 5},
                                                                              {"분", 5},
                                                                              {"号", 3}}};
    for (const auto& [name, part] : kUnits) {
      if (unit.text != name) continue;
      int* parts[] = {&draft_.year, &draft_.month, &draft_.day, &draft_.hour, &draft_.minute};
      draft_.put(*parts[part - 1], static_cast<int>(tokens_[at_].value), part >= 4 ? -1 : 0);
      at_ += 2;
      return true;
    }
    return false;
  }

  // 06.01.2023, 6/1/23, 2023-01-06, 2023/01, 8-Nov-2023
  bool triple() {
    if (!is_sign(1, "./-") || peek(1).spaced || peek(2).type == Token::none || peek(2).spaced) return false;
    const Token first = peek();
    const Token second = peek(2);
    const bool whole = is_sign(3, "./-") && is_number(4) && peek(3).text == peek(1).text && !peek(4).spaced;
    if (second.type == Token::word) {
      const auto month = month_of(second.text);
      if (!month || !whole) return false;
      draft_.put(draft_.month, *month);
      put_day_year(first, peek(4));
      at_ += 5;
      return true;
    }
    if (second.type != Token::number) return false;
    if (first.text.size() == 4) {
      draft_.put(draft_.year, static_cast<int>(first.value));
      draft_.put(draft_.month, static_cast<int>(second.value));
      at_ += 3;
      if (!whole) return true;
      draft_.put(draft_.day, static_cast<int>(peek(1).value));
      at_ += 2;
      if (is_word(0, "t") && is_number(1)) ++at_;
      return true;
    }
    if (!whole || first.text.size() > 2 || second.text.size() > 2) return false;
    const Token last = peek(4);
    if (last.text.size() != 4 && last.text.size() != 2) return false;
    draft_.put(draft_.year, year_of(last));
    const int a = static_cast<int>(first.value);
    const int b = static_cast<int>(second.value);
    if (b > 12) {
      draft_.put(draft_.month, a);
      draft_.put(draft_.day, b);
    } else {
      draft_.put(draft_.day, a);
      draft_.put(draft_.month, b);
      draft_.swapped_too = a <= 12 && a != b;
    }
    at_ += 5;
    return true;
  }

  static int year_of(const Token& token) {
    if (token.text.size() != 2) return static_cast<int>(token.value);
    return static_cast<int>(token.value < 70 ? 2000 + token.value : 1900 + token.value);
  }

  void put_day_year(const Token& a, const Token& b) {
    const bool year_first = a.text.size() == 4;
    draft_.put(draft_.day, static_cast<int>(year_first ? b.value : a.value));
    draft_.put(draft_.year, year_of(year_first ? a : b));
  }

  // A number of its own: a day, a year, or 20231108.
  bool loose() {
    const Token token = tokens_[at_++];
    if (token.text.size() == 8 && draft_.year == 0) {
      draft_.year = static_cast<int>(token.value / 10000);
      draft_.month = static_cast<int>(token.value / 100 % 100);
      draft_.day = static_cast<int>(token.value % 100);
      if (is_word(0, "t") && is_number(1)) {
        ++at_;
        return compact_time();
      }
      return true;
    }
    if (token.text.size() == 4) {
      draft_.put(draft_.year, static_cast<int>(token.value));
      return true;
    }
    if (token.text.size() > 2 || loose_count_ == 2) return false;
    loose_[loose_count_++] = token;
    return true;
  }

  bool compact_time() {  // 20230106T171705
    const Token token = tokens_[at_++];
    if (token.text.size() != 6 && token.text.size() != 4) return false;
    const auto value = token.text.size() == 6 ? token.value : token.value * 100;
    draft_.hour = static_cast<int>(value / 10000);
    draft_.minute = static_cast<int>(value / 100 % 100);
    if (token.text.size() == 6) draft_.second = static_cast<int>(value % 100);
    return true;
  }

  // "8 November 23": the second loose number is the year.
  void settle_loose() {
    if (loose_count_ == 0) return;
    if (loose_count_ == 2 && draft_.year == 0 && draft_.month != 0) {
      draft_.year = year_of(loose_[1]);
    } else if (loose_count_ == 2) {
      draft_.failed = true;
    }
    draft_.put(draft_.day, static_cast<int>(loose_[0].value));
  }

  bool word() {
    const std::string_view text = tokens_[at_].text;
    ++at_;
    if (const auto month = month_of(text); month && draft_.month == 0) {
      draft_.month = *month;
      return true;
    }
    if (const auto weekday = value_of(kWeekdays, text)) {
      draft_.put(draft_.weekday, *weekday);
      return true;
    }
    if (draft_.hour < 0 && text == "t" && draft_.day != 0) return true;
    if (const auto zone = value_of(kZones, text)) {
      if (is_sign(0, "+-") && is_number(1) && !peek().spaced && zone == 0) return zone_digits();  // GMT+2
      if (draft_.offset && draft_.offset != zone) return false;
      draft_.offset = *zone;
      return true;
    }
    return is_passed(text);
  }

  // +09:00, -0530, +9
  bool zone_digits() {
    const int sign = is_sign(0, "-") ? -1 : 1;
    const Token digits = peek(1);
    int minutes = 0;
    std::size_t ahead = 2;
    if (digits.text.size() <= 2) {
      minutes = static_cast<int>(digits.value) * 60;
      if (is_sign(2, ":") && is_number(3) && peek(3).text.size() == 2) {
        minutes += static_cast<int>(peek(3).value);
        ahead = 4;
      }
    } else if (digits.text.size() == 4) {
      minutes = static_cast<int>(digits.value / 100 * 60 + digits.value % 100);
    } else {
      return false;
    }
    if (minutes > 15 * 60) return false;
    if (draft_.offset && *draft_.offset != 0 && *draft_.offset != sign * minutes) return false;
    draft_.offset = sign * minutes;
    at_ += ahead;
    return true;
  }

  std::vector<Token> tokens_;
  Token end_;
  std::size_t at_ = 0;
  Draft draft_;
  Token loose_[2];
  std::size_t loose_count_ = 0;
};

std::optional<Date> date_of(const Draft& draft, int month, int day) {
  if (draft.year < 1500 || draft.year > 2200 || month > 12 || draft.hour > 24 || draft.minute > 59 || draft.second > 60)
    return std::nullopt;
  if (month == 0 && (day != 0 || draft.weekday != 0)) return std::nullopt;
  if (day != 0 && !is_valid_day(draft.year, static_cast<unsigned>(month), static_cast<unsigned>(day))) return std::nullopt;
  if (draft.hour >= 0 && day == 0) return std::nullopt;
  Date date;
  date.year = static_cast<std::int16_t>(draft.year);
  date.month = static_cast<std::uint8_t>(month);
  date.day = static_cast<std::uint8_t>(day);
  date.grain = day != 0 ? Grain::day : month != 0 ? Grain::month : Grain::year;
  date.said = static_cast<std::uint8_t>(Date::kYear | (month != 0 ? Date::kMonth : 0) | (day != 0 ? Date::kDay : 0));
  if (draft.hour >= 0) {
    date.hour = static_cast<std::uint8_t>(draft.hour);
    date.minute = static_cast<std::uint8_t>(draft.minute < 0 ? 0 : draft.minute);
    date.grain = draft.second >= 0 ? Grain::second : draft.minute < 0 ? Grain::hour : Grain::minute;
    date.second = static_cast<std::uint8_t>(draft.second < 0 ? 0 : draft.second);
    date.said |= Date::kHour | Date::kMinute;
    if (draft.second >= 0) date.said |= Date::kSecond;
    if (draft.offset) {
      date.offset_min = static_cast<std::int16_t>(*draft.offset);
      date.said |= Date::kZone;
    }
  }
  if (draft.weekday != 0 && day != 0 &&
      weekday_of(days_from_civil(draft.year, static_cast<unsigned>(month), static_cast<unsigned>(day))) != draft.weekday)
    return std::nullopt;
  return date;
}

// 1699471509, 1699471509123: seconds or milliseconds since 1970.
std::optional<Date> epoch(std::string_view text) {
  if (const auto dot = text.find('.'); dot == 10) text = text.substr(0, dot);
  if (text.size() != 10 && text.size() != 13) return std::nullopt;
  std::int64_t value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  if (text.size() == 13) value /= 1000;
  Date date = civil_from_days(static_cast<std::int32_t>(value / 86400));
  const auto rest = static_cast<int>(value % 86400);
  date.hour = static_cast<std::uint8_t>(rest / 3600);
  date.minute = static_cast<std::uint8_t>(rest / 60 % 60);
  date.second = static_cast<std::uint8_t>(rest % 60);
  date.grain = Grain::second;
  date.offset_min = std::int16_t{0};
  date.said = Date::kYear | Date::kMonth | Date::kDay | Date::kHour | Date::kMinute | Date::kSecond | Date::kZone;
  return date;
}

}  // namespace

std::optional<DateText> read_date_text(std::string_view text) {
  text = trim(text);
  if (text.empty() || text.size() > 120) return std::nullopt;
  if (const auto date = epoch(text)) return DateText{*date, std::nullopt, 0};
  std::string lower(text);
  for (char& c : lower)
    if (c >= 'A' && c <= 'Z') c = static_cast<char>(c - 'A' + 'a');
  const Draft draft = Parser(cut(lower)).run();
  if (draft.failed || draft.year == 0) return std::nullopt;
  const auto date = date_of(draft, draft.month, draft.day);
  const auto other = draft.swapped_too ? date_of(draft, draft.day, draft.month) : std::nullopt;
  if (date) return DateText{*date, other, draft.weekday};
  if (other) return DateText{*other, std::nullopt, draft.weekday};
  return std::nullopt;
}

}  // namespace tearsheet
