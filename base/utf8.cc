// UTF-8: eight ASCII bytes at a time, one table of lead bytes for the rest.
#include "base/utf8.h"

#include <unicode/uchar.h>

#include <array>
#include <cstring>

namespace tearsheet::utf8 {
namespace {

constexpr char32_t kReplacement = 0xFFFD;
constexpr std::uint64_t kHighBits = 0x8080808080808080;

unsigned byte_at(std::string_view text, std::size_t at) { return static_cast<unsigned char>(text[at]); }

std::uint64_t load8(const char* from) {
  std::uint64_t word = 0;
  std::memcpy(&word, from, sizeof word);
  return word;
}

// What a lead byte asks for (Unicode 15, table 3-7): how many bytes, and the range of the second.
struct Lead {
  std::uint8_t size = 0;  // 0 = no lead byte
  std::uint8_t low = 0;
  std::uint8_t high = 0;
};

// Whole entries are assigned: g++ 12 writes zeros into the constant for members that keep their default while another is set.
constexpr std::array<Lead, 128> kLeads = [] {
  std::array<Lead, 128> leads{};
  for (unsigned b = 0xC2; b <= 0xDF; ++b) leads[b - 0x80] = {2, 0x80, 0xBF};
  for (unsigned b = 0xE0; b <= 0xEF; ++b) leads[b - 0x80] = {3, 0x80, 0xBF};
  for (unsigned b = 0xF0; b <= 0xF4; ++b) leads[b - 0x80] = {4, 0x80, 0xBF};
  leads[0xE0 - 0x80] = {3, 0xA0, 0xBF};  // overlong
  leads[0xED - 0x80] = {3, 0x80, 0x9F};  // surrogates
  leads[0xF0 - 0x80] = {4, 0x90, 0xBF};  // overlong
  leads[0xF4 - 0x80] = {4, 0x80, 0x8F};  // above U+10FFFF
  return leads;
}();

// The sequence at a byte that is no ASCII: a code point, or the size of its maximal ill-formed part.
struct Sequence {
  char32_t c = kReplacement;
  std::uint8_t size = 1;
  bool well_formed = false;
};

Sequence sequence_at(std::string_view text, std::size_t at) {
  const unsigned first = byte_at(text, at);
  const Lead lead = kLeads[first - 0x80];
  if (lead.size == 0 || at + 1 >= text.size()) return {};
  const unsigned second = byte_at(text, at + 1);
  if (second < lead.low || second > lead.high) return {};
  char32_t c = ((first & (0x7Fu >> lead.size)) << 6) | (second & 0x3F);
  for (std::uint8_t i = 2; i < lead.size; ++i) {
    if (at + i >= text.size() || (byte_at(text, at + i) & 0xC0) != 0x80) return {kReplacement, i, false};
    c = (c << 6) | (byte_at(text, at + i) & 0x3F);
  }
  return {c, lead.size, true};
}

// Where the first ill-formed part begins, or the end.
std::size_t well_formed_until(std::string_view text, std::size_t at) {
  while ((at = ascii_until(text, at)) < text.size()) {
    do {
      const Sequence sequence = sequence_at(text, at);
      if (!sequence.well_formed) return at;
      at += sequence.size;
    } while (at < text.size() && byte_at(text, at) >= 0x80);
  }
  return at;
}

bool is_continuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

std::uint32_t category_mask(char32_t c) { return U_GET_GC_MASK(static_cast<UChar32>(c)); }

enum AsciiClass : std::uint8_t { kLetter = 1, kDigit = 2, kUpper = 4, kLower = 8, kSpace = 16, kWord = 32 };

constexpr std::array<std::uint8_t, 128> kAscii = [] {
  std::array<std::uint8_t, 128> classes{};
  for (unsigned c = '0'; c <= '9'; ++c) classes[c] = kDigit | kWord;
  for (unsigned c = 'A'; c <= 'Z'; ++c) classes[c] = kLetter | kUpper | kWord;
  for (unsigned c = 'a'; c <= 'z'; ++c) classes[c] = kLetter | kLower | kWord;
  for (unsigned c = 9; c <= 13; ++c) classes[c] = kSpace;
  classes[' '] = kSpace;
  classes['_'] = kWord;
  return classes;
}();

bool ascii_is(char32_t c, std::uint8_t mask) { return (kAscii[c] & mask) != 0; }

}  // namespace

std::size_t ascii_until(std::string_view text, std::size_t at) {
  while (at + 16 <= text.size()) {
    if (((load8(text.data() + at) | load8(text.data() + at + 8)) & kHighBits) != 0) break;
    at += 16;
  }
  while (at < text.size() && byte_at(text, at) < 0x80) ++at;
  return at;
}

bool is_valid(std::string_view text) { return well_formed_until(text, 0) == text.size(); }

std::size_t repair(std::string& text) {
  std::size_t at = well_formed_until(text, 0);
  if (at == text.size()) return 0;
  std::string out;
  out.reserve(text.size() + 64);
  std::size_t copied = 0;
  std::size_t repaired = 0;
  while (at < text.size()) {
    out.append(text, copied, at - copied);
    out += "\xEF\xBF\xBD";
    ++repaired;
    copied = at + sequence_at(text, at).size;
    at = well_formed_until(text, copied);
  }
  out.append(text, copied);
  text = std::move(out);
  return repaired;
}

char32_t next(std::string_view text, std::size_t& at) {
  const unsigned first = byte_at(text, at);
  if (first < 0x80) {
    ++at;
    return first;
  }
  const Sequence sequence = sequence_at(text, at);
  at += sequence.well_formed ? sequence.size : 1;
  return sequence.c;
}

char32_t previous(std::string_view text, std::size_t& at) {
  std::size_t start = at - 1;
  if (byte_at(text, start) >= 0x80) {
    for (std::size_t back = 0; back < 3 && start > 0 && is_continuation(text[start]); ++back) --start;
    std::size_t end = start;
    const char32_t c = next(text, end);
    if (end == at) {
      at = start;
      return c;
    }
    --at;
    return kReplacement;
  }
  at = start;
  return byte_at(text, start);
}

bool is_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return at == text.size();
  return !is_continuation(text[at]);
}

std::size_t floor_boundary(std::string_view text, std::size_t at) {
  if (at >= text.size()) return text.size();
  while (at > 0 && is_continuation(text[at])) --at;
  return at;
}

std::size_t count(std::string_view text) {
  std::size_t continuations = 0;
  std::size_t at = 0;
  for (; at + 8 <= text.size(); at += 8) {
    const std::uint64_t word = load8(text.data() + at);
    const std::uint64_t marks = (word >> 7) & ~(word >> 6) & 0x0101010101010101;  // top bits 10
    continuations += (marks * 0x0101010101010101) >> 56;
  }
  for (; at < text.size(); ++at) continuations += is_continuation(text[at]) ? 1 : 0;
  return text.size() - continuations;
}

void append(std::string& out, char32_t c) {
  const auto put = [&out](char32_t byte) { out += static_cast<char>(static_cast<unsigned char>(byte)); };
  if (c > 0x10FFFF || (c >= 0xD800 && c < 0xE000)) c = kReplacement;
  if (c < 0x80) {
    put(c);
  } else if (c < 0x800) {
    put(0xC0 | (c >> 6));
    put(0x80 | (c & 0x3F));
  } else if (c < 0x10000) {
    put(0xE0 | (c >> 12));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  } else {
    put(0xF0 | (c >> 18));
    put(0x80 | ((c >> 12) & 0x3F));
    put(0x80 | ((c >> 6) & 0x3F));
    put(0x80 | (c & 0x3F));
  }
}

CodePointOffsets::CodePointOffsets(std::string_view text) : text_(text) {
  if (ascii_until(text, 0) == text.size()) return;
  before_.reserve(text.size() / 64 + 1);
  std::uint32_t so_far = 0;
  for (std::size_t at = 0; at <= text.size(); at += 64) {
    before_.push_back(so_far);
    so_far += static_cast<std::uint32_t>(count(text.substr(at, 64)));
  }
}

std::uint32_t CodePointOffsets::at(std::size_t at) const {
  if (at > text_.size()) at = text_.size();
  if (before_.empty()) return static_cast<std::uint32_t>(at);
  const std::size_t start = at / 64 * 64;
  return before_[at / 64] + static_cast<std::uint32_t>(count(text_.substr(start, at - start)));
}

bool is_letter(char32_t c) { return c < 0x80 ? ascii_is(c, kLetter) : (category_mask(c) & U_GC_L_MASK) != 0; }
bool is_digit(char32_t c) { return c < 0x80 ? ascii_is(c, kDigit) : (category_mask(c) & U_GC_ND_MASK) != 0; }
bool is_upper(char32_t c) {
  return c < 0x80 ? ascii_is(c, kUpper) : (category_mask(c) & (U_GC_LU_MASK | U_GC_LT_MASK)) != 0;
}
bool is_lower(char32_t c) { return c < 0x80 ? ascii_is(c, kLower) : (category_mask(c) & U_GC_LL_MASK) != 0; }
bool is_space(char32_t c) {
  return c < 0x80 ? ascii_is(c, kSpace) : c == 0x200B || u_isUWhiteSpace(static_cast<UChar32>(c));
}
bool is_word(char32_t c) {
  return c < 0x80 ? ascii_is(c, kWord) : (category_mask(c) & (U_GC_L_MASK | U_GC_M_MASK | U_GC_ND_MASK)) != 0;
}

int columns(char32_t c) {
  if (c < 0x300) return c < 0x20 || (c >= 0x7F && c < 0xA0) ? 0 : 1;
  if ((category_mask(c) & (U_GC_MN_MASK | U_GC_ME_MASK | U_GC_CF_MASK)) != 0) return 0;
  const int width = u_getIntPropertyValue(static_cast<UChar32>(c), UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_FULLWIDTH || width == U_EA_WIDE ? 2 : 1;
}

bool is_control(char32_t c) {
  if (c < 0x20 || (c >= 0x7F && c < 0xA0)) return true;
  return c == 0x2028 || c == 0x2029 || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069);
}

}  // namespace tearsheet::utf8
