// Money units: the currency a sign, code or word stands for, as far as it says by itself.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>

#include "extractors/lexicon.h"
#include "tearsheet/error.h"
#include "tearsheet/value.h"

namespace tearsheet {

class Rulebook;

/// What the press writes beside a number: "$", "US$", "USD", "Canadian dollars", "cents".
struct MoneyUnit {
  enum class Source : std::uint8_t { sign, code, word };

  std::string_view surface;     // as written, into the text
  std::string_view currency;    // ISO 4217, or the first candidate
  std::string_view candidates;  // ISO codes parted by blanks; empty when there is only `currency`
  Decimal factor{1};            // 0.01 for cents
  bool ambiguous = false;       // also a word, a name or a letter: needs more than a number beside it
  Source source = Source::sign;

  bool is_minor() const { return factor < Decimal(1); }
  /// True when `code` is the currency or one of the candidates.
  bool may_be(std::string_view code) const;
};

/// Looks units up in the lexicons currency_sign, currency_code, currency_word and country. Const; safe from any thread.
class MoneyUnits {
 public:
  /// Fails with R007 when the rules declare no such lexicon.
  static Result<MoneyUnits> make(const Rulebook& rules);

  /// The unit that the whole of `surface` names; also a country before its currency, "Vietnam dong".
  std::optional<MoneyUnit> find(std::string_view surface) const;
  /// The longest unit at the start of `text`, at most four words.
  std::optional<MoneyUnit> find_at_start(std::string_view text) const;

 private:
  std::optional<MoneyUnit> find_with_country(std::string_view surface) const;

  std::shared_ptr<const Lexicon> sign_, code_, word_, country_;
};

}  // namespace tearsheet
