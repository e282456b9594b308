// Name words: the capitalised words around a place in a line, as names are written.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "tearsheet/span.h"

namespace tearsheet {

/// What stands between two words of a line.
enum class Gap : std::uint8_t { none, blank, comma, hyphen, other };  // hyphen: " - ", as tokenised text writes "Mercedes - Benz"

/// One word of a line, as names use them: "AT&T", "J.P.", "High-Tech", "3M", "&". Closing points are in it only for initials and "Co.", "St.", "Bros.".
struct Word {
  Span span;
  Gap gap = Gap::none;      // what stands between it and where the walk began
  bool capital = false;     // begins with a capital or holds one behind its first letter (eBay)
  bool digits = false;      // begins with a digit
  bool possessive = false;  // 's was cut off its end
};

/// The word that ends before `at`, or begins behind it, within `line`. Nothing at the line's end, or where no word follows.
/// Cost: the length of the word.
std::optional<Word> word_before(std::string_view text, Span line, std::uint32_t at);
std::optional<Word> word_after(std::string_view text, Span line, std::uint32_t at);

/// True when `at` opens a sentence: the line's begin, or behind . ! ? : and closing quotes, or behind an opening quote or a bullet.
bool opens_sentence(std::string_view text, Span line, std::uint32_t at);
/// True when most longer words of `line` are capitalised: a heading. Only lines of up to 250 bytes are looked at; longer ones are prose.
bool is_title_case(std::string_view text, Span line);
/// "Boeing 737", "BMW X6", "Airbus A330", "Flight": what follows the name at `span` makes it a model or a flight, not the company.
bool is_model_name(std::string_view text, Span line, Span span);
/// True when the word has two letters or more and none is lower case.
bool is_all_capitals(std::string_view word);
/// True for a word whose first letter is upper case, or that has an upper case letter behind a lower case one.
bool is_capitalised(std::string_view word);

}  // namespace tearsheet
