// UTF-8: validate, repair, walk, count.
#pragma once

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet::utf8 {

/// True when `text` is well-formed UTF-8 (RFC 3629: no overlong forms, no surrogates, nothing above U+10FFFF).
bool is_valid(std::string_view text);

/// Replaces each maximal ill-formed part with U+FFFD (Unicode 15, section 3.9, best practice). Returns how many.
std::size_t repair(std::string& text);

/// Decodes the code point at `at` and moves `at` behind it. U+FFFD and one byte for an ill-formed one. `at` < size.
char32_t next(std::string_view text, std::size_t& at);
/// Decodes the code point that ends before `at` and moves `at` to its start. `at` > 0.
char32_t previous(std::string_view text, std::size_t& at);

/// True when `at` is 0, the end, or the first byte of a code point.
bool is_boundary(std::string_view text, std::size_t at);
/// The largest boundary not after `at`.
std::size_t floor_boundary(std::string_view text, std::size_t at);

/// The first byte not before `at` that is no ASCII, or the end.
std::size_t ascii_until(std::string_view text, std::size_t at);

/// Number of code points of well-formed `text`.
std::size_t count(std::string_view text);
void append(std::string& out, char32_t c);

/// Turns ascending byte offsets into code-point offsets in one walk.
class CodePointOffsets {
 public:
  explicit CodePointOffsets(std::string_view text);
  /// Code points before byte `at`. Cost: at most 64 bytes walked.
  std::uint32_t at(std::size_t at) const;

 private:
  std::string_view text_;
  std::vector<std::uint32_t> before_;  // code points before byte 64*i; empty when all is ASCII
};

// Classes of code points, by ICU's data (general category).
bool is_letter(char32_t c);
bool is_digit(char32_t c);   // Nd
bool is_upper(char32_t c);   // Lu, Lt
bool is_lower(char32_t c);   // Ll
bool is_space(char32_t c);   // White_Space, and U+200B
bool is_word(char32_t c);    // letter, mark, digit, '_'
bool is_control(char32_t c);  // C0, DEL, C1, line and paragraph separators, and what turns the direction of writing: never send it to a terminal
int columns(char32_t c);     // cells on a terminal: 0 for controls and marks, 2 for East Asian wide, else 1

}  // namespace tearsheet::utf8
