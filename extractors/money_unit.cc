// Money units: the currency a sign, code or word stands for, as far as it says by itself.
#include "extractors/money_unit.h"

#include <string>

#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

MoneyUnit unit_of(const Lexicon& lexicon, const Surface& row, std::string_view surface, MoneyUnit::Source source) {
  MoneyUnit unit;
  unit.surface = surface;
  unit.currency = lexicon.value(row);
  unit.ambiguous = row.ambiguous;
  unit.source = source;
  if (source == MoneyUnit::Source::code) return unit;
  unit.candidates = lexicon.cell(row, "candidates");
  if (unit.candidates.find(' ') == std::string_view::npos) unit.candidates = {};
  if (const auto factor = Decimal::parse(lexicon.cell(row, "scale"))) unit.factor = *factor;
  return unit;
}

bool is_gap(char c) { return c == ' ' || c == '-' || c == '\t'; }

}  // namespace

bool MoneyUnit::may_be(std::string_view code) const {
  if (currency == code) return true;
  for (std::size_t at = candidates.find(code); at != std::string_view::npos; at = candidates.find(code, at + 1)) {
    if ((at == 0 || candidates[at - 1] == ' ') && (at + code.size() == candidates.size() || candidates[at + code.size()] == ' '))
      return true;
  }
  return false;
}

Result<MoneyUnits> MoneyUnits::make(const Rulebook& rules) {
  MoneyUnits made;
  made.sign_ = rules.lexicon("currency_sign");
  made.code_ = rules.lexicon("currency_code");
  made.word_ = rules.lexicon("currency_word");
  made.country_ = rules.lexicon("country");
  if (!made.sign_ || !made.code_ || !made.word_ || !made.country_) {
    return fail("R007", "the lexicons currency_sign, currency_code, currency_word and country must be declared",
                "the reader `money` looks currencies up in them");
  }
  return made;
}

std::optional<MoneyUnit> MoneyUnits::find(std::string_view surface) const {
  if (surface.empty()) return std::nullopt;
  if (const Surface* row = code_->find(surface)) return unit_of(*code_, *row, surface, MoneyUnit::Source::code);
  if (const Surface* row = sign_->find(surface)) return unit_of(*sign_, *row, surface, MoneyUnit::Source::sign);
  if (const Surface* row = word_->find(surface)) return unit_of(*word_, *row, surface, MoneyUnit::Source::word);
  return find_with_country(surface);
}

std::optional<MoneyUnit> MoneyUnits::find_with_country(std::string_view surface) const {
  const std::size_t gap = surface.rfind(' ');
  if (gap == std::string_view::npos || gap == 0) return std::nullopt;
  std::string name(surface.substr(0, gap));
  if (name[0] >= 'a' && name[0] <= 'z') name[0] = static_cast<char>(name[0] - 'a' + 'A');
  const Surface* country = country_->find(name);
  const Surface* row = country == nullptr ? nullptr : word_->find(surface.substr(gap + 1));
  if (row == nullptr) return std::nullopt;
  MoneyUnit unit = unit_of(*word_, *row, surface, MoneyUnit::Source::word);
  const std::string_view local = country_->cell(*country, "currency");
  if (!unit.may_be(local)) return std::nullopt;
  unit.currency = local;
  unit.candidates = {};
  unit.ambiguous = false;
  return unit;
}

std::optional<MoneyUnit> MoneyUnits::find_at_start(std::string_view text) const {
  std::optional<MoneyUnit> best;
  std::size_t at = 0;
  for (int words = 0; words < 4 && at < text.size(); ++words) {
    std::size_t end = at;
    while (end < text.size() && !is_gap(text[end]) && std::string_view(",;:()[]").find(text[end]) == std::string_view::npos)
      ++end;
    if (end == at) break;
    if (auto unit = find(text.substr(0, end)))
      best = unit;
    else if (end > at + 1 && text[end - 1] == '.' && (unit = find(text.substr(0, end - 1))))
      best = unit;
    if (end == text.size() || !is_gap(text[end])) break;
    at = end + 1;
  }
  return best;
}

}  // namespace tearsheet
