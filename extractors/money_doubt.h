// Money doubt: why a number beside a unit is no amount: other words, weights, years, adjectives.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

#include "extractors/document.h"
#include "extractors/money_currency.h"
#include "extractors/money_unit.h"
#include "extractors/reader.h"

namespace tearsheet {

/// Everything one hit of a money rule says, as words. Views into the article.
struct MoneySaid {
  std::string_view cur, cur_b, low, scale, high, scale_b, part, part_cur, some, join, tail;
};

/// One hit on its way to an amount. `span` shrinks where the pattern took too much.
struct MoneyReading {
  const Hit& hit;
  const Document& document;
  const Candidate& candidate;
  MoneySaid said;
  MoneyUnit unit;
  Span span;
  Span line;
};

/// Why the reading is not believed, or "": an ambiguous unit needs a scale, a price's form or words about money; years, counts,
/// weights and adjectives are no amounts. `now.unit` must be found already.
std::string_view money_doubt(const MoneyReading& now, const MoneyUnits& units, const CurrencyEvidence& evidence);

/// At most `bytes` of what stands before `at` in its line, trimmed.
std::string_view words_before(std::string_view text, Span line, std::uint32_t at, std::size_t bytes);
/// True when `text` ends with the whole of `word`, any case.
bool ends_with_word(std::string_view text, std::string_view word);

}  // namespace tearsheet
