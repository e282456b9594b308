// Money doubt: why a number beside a unit is no amount: other words, weights, years, adjectives.
#include "extractors/money_doubt.h"

#include <algorithm>
#include <optional>
#include <string>

#include "base/fold.h"
#include "extractors/number.h"

namespace tearsheet {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool has_digit(std::string_view text) { return std::any_of(text.begin(), text.end(), is_digit); }
std::ptrdiff_t letters_in(std::string_view text) { return std::count_if(text.begin(), text.end(), is_letter); }

/// "1,000", "75 000", "1'200": a number that is written as large sums are.
bool is_grouped(std::string_view number) {
  std::size_t run = 0;
  for (std::size_t i = number.size(); i > 0; --i) {
    if (is_digit(number[i - 1])) {
      ++run;
      continue;
    }
    if (number[i - 1] != '.' && run == 3) return true;
    run = 0;
  }
  return false;
}

/// "3.03", "8.50": two decimals are how prices are written.
bool is_price(std::string_view number) {
  const std::size_t n = number.size();
  return n >= 4 && number[n - 3] == '.' && is_digit(number[n - 1]) && is_digit(number[n - 2]) && is_digit(number[n - 4]);
}

bool is_year(std::string_view number) {
  if (number.size() != 4 || !is_digit(number[2]) || !is_digit(number[3])) return false;
  return number.substr(0, 2) == "19" || number.substr(0, 2) == "20";
}

bool has_scale(const MoneySaid& said) {
  if (!said.scale.empty() || !said.scale_b.empty() || !said.some.empty() || !said.part_cur.empty()) return true;
  const auto value = has_digit(said.low) ? std::nullopt : read_scaled(said.low);  // "five million"
  return value && *value >= Decimal(1000);
}

bool word_follows(const MoneyReading& now) {
  const std::string_view right = trim(now.document.text.substr(now.span.end, now.line.end - now.span.end));
  return !right.empty() && (is_letter(right[0]) || is_digit(right[0]));
}

/// "the 5000 mark": an ambiguous word that could be plural and is not.
bool is_lone_singular(const MoneyReading& now, const MoneyUnits& units) {
  const auto value = read_number(now.said.low);
  const std::string plural = std::string(now.unit.surface) + "s";
  const char before_unit = now.document.text[now.span.end - now.unit.surface.size() - 1];
  return value && *value != Decimal(1) && now.unit.surface.back() != 's' && units.find(plural) && before_unit != '-';
}

/// "a million-dollar", "a billion euro": the article belongs to the noun behind.
bool is_adjective(const MoneyReading& now) {
  const MoneySaid& said = now.said;
  if (!said.low.empty() && said.high.empty() && scale_of(said.low)) return true;  // "million-pound"
  if (said.low.size() < 2 || said.cur.empty() || !said.high.empty() || (said.low[0] != 'a' && said.low[0] != 'A')) return false;
  const bool article = said.low[1] == ' ' || (said.low[1] == 'n' && said.low.size() > 2 && said.low[2] == ' ') ||
                       (said.low.size() <= 2 && !said.scale.empty());
  const std::string_view text = now.document.text;
  const auto at = static_cast<std::size_t>(said.cur.data() - text.data());
  const bool half = said.low.find("half") != std::string_view::npos || said.low.find("quarter") != std::string_view::npos;
  return article && !half && at > 0 && text[at - 1] == '-';
}

std::string_view bare_scale_doubt(const MoneyReading& now, const CurrencyEvidence& evidence) {
  const std::string_view text = now.document.text;
  const std::string_view right = trim(text.substr(now.span.end, std::min<std::size_t>(12, now.line.end - now.span.end)));
  if (right.empty() || (right[0] == '(' && right.size() > 1 && !is_letter(right[1]) && !is_digit(right[1]))) return {};
  if (!evidence.speaks_of_money(now.document.sentence_of(now.span.begin).of(text))) return "a count, not an amount";
  if (!is_letter(right[0])) return {};
  for (std::string_view word : {"has", "have", "had", "is", "was",  "were",  "to",    "for",    "from", "in",   "by",  "as",
                                "on",  "and",  "per", "at", "with", "which", "under", "during", "last", "this", "each"}) {
    if (right.size() > word.size() && right.substr(0, word.size()) == word && !is_letter(right[word.size()])) return {};
  }
  return "a count of something";
}

std::string_view weak_unit_doubt(const MoneyReading& now, bool before, const MoneyUnits& units,
                                 const CurrencyEvidence& evidence) {
  const MoneySaid& said = now.said;
  const std::string_view text = now.document.text;
  if (!before && now.unit.surface.size() == 1 && now.unit.is_minor()) {  // "20p", not "4:30 p.m." and not "1080p"
    const auto value = read_number(said.low);
    const bool glued = now.unit.surface.data() == said.low.data() + said.low.size();
    return glued && value && *value < Decimal(480) ? std::string_view{} : "no price in pence";
  }
  if (now.unit.source == MoneyUnit::Source::word) {
    if (is_lone_singular(now, units)) return "one thing of a number";
    if (evidence.is_weight(now.unit.surface) && text.substr(now.span.end, 4) == " of ") return "a weight";
    const Span sentence = now.document.sentence_of(now.span.begin);
    if (evidence.speaks_of_money(sentence.of(text))) return {};
    return is_grouped(said.low) && !evidence.is_weight(now.unit.surface) ? std::string_view{}
                                                                         : "the word may mean something else";
  }
  if (is_grouped(said.low) || is_price(said.low)) return {};
  if (!before && letters_in(now.unit.surface) > 1 && !word_follows(now)) return {};  // "42 RM.", not "10 TOP stories", "3Q."
  return "letters that may mean something else";
}

}  // namespace

std::string_view words_before(std::string_view text, Span line, std::uint32_t at, std::size_t bytes) {
  const std::size_t from = std::max<std::size_t>(line.begin, at > bytes ? at - bytes : 0);
  return trim(text.substr(from, at - from));
}

bool ends_with_word(std::string_view text, std::string_view word) {
  if (text.size() < word.size() || !equals_ignoring_case(text.substr(text.size() - word.size()), word)) return false;
  return text.size() == word.size() || !is_letter(text[text.size() - word.size() - 1]);
}

std::string_view money_doubt(const MoneyReading& now, const MoneyUnits& units, const CurrencyEvidence& evidence) {
  const MoneySaid& said = now.said;
  const std::string_view text = now.document.text;
  const bool before = !said.cur.empty() && !said.low.empty() && said.cur.data() < said.low.data();
  const bool glued_sign =
      now.unit.source == MoneyUnit::Source::sign && !before && now.span.end < text.size() && is_digit(text[now.span.end]);
  if (before && now.unit.source == MoneyUnit::Source::sign && now.unit.is_minor())
    return "a sign of cents stands behind its number";
  if (glued_sign) return "the sign belongs to the next number";
  if (said.cur.empty() && said.cur_b.empty()) return bare_scale_doubt(now, evidence);
  if (said.scale.empty() && said.high.empty() && is_year(said.low)) {
    const std::string_view left = words_before(text, now.line, now.span.begin, 12);
    if (!before && (ends_with_word(left, "in") || ends_with_word(left, "constant"))) return "dollars of a year";
    if (now.unit.ambiguous) return "a year";
  }
  if (!said.some.empty()) {
    const std::string_view left = words_before(text, now.line, now.span.begin, 8);
    if (!left.empty() && is_digit(left.back())) return "its number stands before it";
  }
  if (equals_ignoring_case(said.low, "a") || equals_ignoring_case(said.low, "an")) {
    if (said.scale.empty()) return "one unit of a currency, not an amount";
  }
  if (ends_with_word(words_before(text, now.line, now.span.begin, 12), "one in")) return "a share: one in nine";
  if (is_adjective(now)) return "an adjective: another rule reads it";
  const bool large = has_scale(said) || is_grouped(said.low) || is_price(said.low);
  const bool one_word = now.unit.source == MoneyUnit::Source::word && now.unit.surface.find(' ') == std::string_view::npos;
  if (before && one_word && !large) return "a unit word before a number that is no sum";
  if (!now.unit.ambiguous) return {};
  const bool letters_after = !before && now.unit.source == MoneyUnit::Source::sign;
  if (letters_after && word_follows(now)) return "the letters belong to the next word";  // "4,000 U.S. troops"
  if (has_scale(said)) return {};
  return weak_unit_doubt(now, before, units, evidence);
}

}  // namespace tearsheet
