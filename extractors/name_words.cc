// Name words: the capitalised words around a place in a line, as names are written.
#include "extractors/name_words.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::array<std::string_view, 12> kAbbreviations = {"Co", "St", "Bros", "Cie", "Intl", "Int'l", "Mt", "Dept", "Ft", "Natl", "Assn", "Univ"};

bool is_inner(char32_t c) { return c == '.' || c == '\'' || c == U'\u2019' || c == '&' || c == '-' || c == '+' || c == U'\u2010' || c == U'\u2011'; }

bool is_dash(char32_t c) { return c == '-' || c == U'\u2010' || c == U'\u2011'; }

/// "J", "J.P", "U.S": single letters parted by points.
bool is_initials(std::string_view word) {
  std::size_t letters = 0;
  for (std::size_t i = 0; i < word.size(); ++i) {
    const bool point = i % 2 == 1;
    if (point != (word[i] == '.')) return false;
    if (!point && (word[i] < 'A' || word[i] > 'Z')) return false;
    letters += point ? 0 : 1;
  }
  return letters > 0;
}

bool keeps_point(std::string_view word) { return is_initials(word) || std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end(); }

/// Cuts a possessive 's off the end.
void cut_possessive(std::string_view text, Word& word) {
  const std::string_view said = word.span.of(text);
  for (const std::string_view end : {std::string_view("'s"), std::string_view("\u2019s")}) {
    if (said.size() > end.size() && said.substr(said.size() - end.size()) == end) {
      word.span.end -= static_cast<std::uint32_t>(end.size());
      word.possessive = true;
      return;
    }
  }
}

void finish(std::string_view text, Span line, Word& word) {
  if (word.span.end < line.end && text[word.span.end] == '.' && keeps_point(word.span.of(text))) ++word.span.end;
  cut_possessive(text, word);
  const std::string_view said = word.span.of(text);
  word.digits = !said.empty() && said[0] >= '0' && said[0] <= '9';
  word.capital = is_capitalised(said);
}

/// Reads what parts two words, `between` them.
Gap gap_of(std::string_view between) {
  if (between.empty()) return Gap::none;
  bool blank = false, comma = false, hyphen = false;
  std::size_t at = 0;
  while (at < between.size()) {
    const char32_t c = utf8::next(between, at);
    if (utf8::is_space(c)) {
      blank = true;
    } else if (c == ',' && !comma && !hyphen) {
      comma = true;
    } else if (is_dash(c) && !comma && !hyphen) {
      hyphen = true;
    } else {
      return Gap::other;
    }
  }
  if (comma) return Gap::comma;
  if (hyphen) return blank ? Gap::hyphen : Gap::other;
  return Gap::blank;
}

}  // namespace

bool is_capitalised(std::string_view word) {
  if (word.empty()) return false;
  std::size_t at = 0;
  if (utf8::is_upper(utf8::next(word, at))) return true;
  bool lower = false;
  for (at = 0; at < word.size();) {
    const char32_t c = utf8::next(word, at);
    if (utf8::is_upper(c)) return true;
    lower = lower || utf8::is_lower(c);
    if (!utf8::is_word(c)) return false;  // "t-shirt", "mid-June": the first part decides
  }
  return false;
}

bool is_all_capitals(std::string_view word) {
  int letters = 0;
  for (std::size_t at = 0; at < word.size();) {
    const char32_t c = utf8::next(word, at);
    if (utf8::is_lower(c)) return false;
    letters += utf8::is_upper(c) ? 1 : 0;
  }
  return letters >= 2;
}

std::optional<Word> word_before(std::string_view text, Span line, std::uint32_t at) {
  std::size_t end = at;
  while (end > line.begin) {  // over what parts them
    std::size_t before = end;
    const char32_t c = utf8::previous(text, before);
    if (utf8::is_word(c) || c == '&' || (c == '.' && end < at)) break;
    end = before;
    if (at - end > 8) return std::nullopt;
  }
  std::size_t begin = end;
  while (begin > line.begin && text[begin - 1] == '.') --begin;  // the closing point of "J." and "Co."
  const std::size_t point = begin;
  while (begin > line.begin) {
    std::size_t before = begin;
    const char32_t c = utf8::previous(text, before);
    if (utf8::is_word(c) || c == '&') {
      begin = before;
      continue;
    }
    std::size_t outer = before;
    if (!is_inner(c) || before == line.begin || !utf8::is_word(utf8::previous(text, outer))) break;
    begin = before;
  }
  if (begin == point) return std::nullopt;
  Word word;
  word.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(point)};
  finish(text, {line.begin, at}, word);
  const std::uint32_t behind = word.possessive ? static_cast<std::uint32_t>(point) : word.span.end;
  word.gap = gap_of(text.substr(behind, at - behind));
  return word;
}

std::optional<Word> word_after(std::string_view text, Span line, std::uint32_t at) {
  std::size_t begin = at;
  while (begin < line.end) {
    std::size_t behind = begin;
    const char32_t c = utf8::next(text, behind);
    if (utf8::is_word(c) || c == '&') break;
    begin = behind;
    if (begin - at > 8) return std::nullopt;
  }
  std::size_t end = begin;
  while (end < line.end) {
    std::size_t behind = end;
    const char32_t c = utf8::next(text, behind);
    if (utf8::is_word(c) || c == '&') {
      end = behind;
      continue;
    }
    std::size_t outer = behind;
    if (!is_inner(c) || behind >= line.end || !utf8::is_word(utf8::next(text, outer))) break;
    end = behind;
  }
  if (end == begin) return std::nullopt;
  Word word;
  word.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  word.gap = gap_of(text.substr(at, begin - at));
  finish(text, line, word);
  return word;
}

bool opens_sentence(std::string_view text, Span line, std::uint32_t at) {
  std::size_t before = at;
  while (before > line.begin) {
    const char32_t c = utf8::previous(text, before);
    if (utf8::is_space(c)) continue;
    return c == '.' || c == '!' || c == '?' || c == ':' || c == '"' || c == U'\u201C' || c == U'\u201D' || c == U'\u2018' || c == U'\u2022' || c == '*' || c == '(' || c == '[' ||
           c == '|' || c == '-' || c == U'\u2013' || c == U'\u2014' || c == ';';
  }
  return true;
}

bool is_title_case(std::string_view text, Span line) {
  constexpr std::uint32_t kHeading = 250;
  if (line.size() > kHeading) return false;
  if (!line.empty() && text[line.end - 1] == '.') return false;
  int capital = 0, lower = 0;
  std::uint32_t at = line.begin;
  while (const auto word = word_after(text, line, at)) {
    const bool first = at == line.begin;
    at = word->span.end;
    if (first && !word->capital && !word->digits) return false;
    if (word->span.size() < 4 || word->digits) continue;
    (word->capital ? capital : lower) += 1;
  }
  return capital + lower >= 4 && capital * 10 >= (capital + lower) * 7;
}

bool is_model_name(std::string_view text, Span line, Span span) {
  const auto next = word_after(text, line, span.end);
  if (!next || next->gap != Gap::blank) return false;
  const std::string_view said = next->span.of(text);
  if (said == "Flight") return true;
  if (std::none_of(said.begin(), said.end(), [](char c) { return c >= '0' && c <= '9'; })) return false;
  if (said[0] >= 'A' && said[0] <= 'Z') return said[0] != 'Q' && said.size() <= 6;
  const std::size_t number = said.find_first_not_of("0123456789");
  return next->digits && std::min(number, said.size()) == 3 && (number == std::string_view::npos || said[number] == 's' || said[number] == '-');
}

}  // namespace tearsheet
