// Number words: the words and letters that numbers are built of.
#pragma once

#include <cstdint>
#include <string_view>

namespace tearsheet {

/// One word of a number: its value is mantissa * 10^exponent.
struct NumberWord {
  enum class Class : std::uint8_t { article, unit, teen, tens, fraction, mult, scale };

  std::string_view word;
  Class kind;
  std::int64_t mantissa;
  int exponent;
  bool only_after_digits;  // "bn", "m": letters that are no number word by themselves
};

/// The word, any case of ASCII letters, or null. Linear in a short table; never allocates.
const NumberWord* find_number_word(std::string_view word);

/// True when `word` is `low` in any case; `low` is lower case.
bool equals_low(std::string_view word, std::string_view low);

}  // namespace tearsheet
