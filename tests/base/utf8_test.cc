// UTF-8: every class of ill-formed bytes, walking both ways, counting and offsets.
#include "base/utf8.h"

#include <doctest/doctest.h>

#include <string>

namespace utf8 = tearsheet::utf8;
using namespace std::string_view_literals;

namespace {

struct Row {
  std::string_view why, bytes, want;
  std::size_t repaired;
};
constexpr Row kRows[] = {
    {"nothing", "", "", 0},
    {"ASCII", "plain words, longer than sixteen bytes", "plain words, longer than sixteen bytes", 0},
    {"two, three and four bytes", "é€😀", "é€😀", 0},
    {"the edges of each length", "\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"sv,
     "\xC2\x80\xDF\xBF\xE0\xA0\x80\xEF\xBF\xBF\xF0\x90\x80\x80\xF4\x8F\xBF\xBF"sv, 0},
    {"a zero byte is a character", "a\0b"sv, "a\0b"sv, 0},
    {"a continuation byte alone", "a\x80z", "a\uFFFDz", 1},
    {"two of them are two", "\x80\xBF", "\uFFFD\uFFFD", 2},
    {"C0 and C1 begin nothing", "\xC0\xAF\xC1\xBF", "\uFFFD\uFFFD\uFFFD\uFFFD", 4},
    {"F5 to FF begin nothing", "\xF5\xFE\xFF", "\uFFFD\uFFFD\uFFFD", 3},
    {"three bytes, overlong", "\xE0\x80\x80", "\uFFFD\uFFFD\uFFFD", 3},
    {"four bytes, overlong", "\xF0\x80\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4},
    {"a surrogate", "\xED\xA0\x80", "\uFFFD\uFFFD\uFFFD", 3},
    {"above U+10FFFF", "\xF4\x90\x80\x80", "\uFFFD\uFFFD\uFFFD\uFFFD", 4},
    {"cut after one byte", "\xE2", "\uFFFD", 1},
    {"cut after two bytes is one part", "\xE2\x82", "\uFFFD", 1},
    {"cut after three bytes is one part", "\xF0\x9F\x98", "\uFFFD", 1},
    {"cut by ASCII", "\xE2\x82z", "\uFFFDz", 1},
    {"cut by a new character", "\xF0\x9F\xC3\xA9", "\uFFFDé", 1},
    {"the standard's own example", "\x61\xF1\x80\x80\xE1\x80\xC2\x62\x80\x63\x80\xBF\x64",
     "a\uFFFD\uFFFD\uFFFDb\uFFFDc\uFFFD\uFFFDd", 6},
    {"behind a long run of ASCII", "0123456789abcdef0123456789abcdef\xFFz", "0123456789abcdef0123456789abcdef\uFFFDz", 1},
    {"windows-1252 quotes", "\x93quoted\x94", "\uFFFDquoted\uFFFD", 2},
};

}  // namespace

TEST_CASE("utf8: finds each ill-formed part and replaces it by one U+FFFD") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(utf8::is_valid(row.bytes) == (row.repaired == 0));
    std::string text(row.bytes);
    CHECK(utf8::repair(text) == row.repaired);
    CHECK(text == row.want);
    CHECK(utf8::is_valid(text));
  }
}

TEST_CASE("utf8: every code point is written, read and stepped back over") {
  bool same = true;
  for (char32_t c = 0; c <= 0x10FFFF; ++c) {
    if (c >= 0xD800 && c < 0xE000) continue;
    std::string text = "x";
    utf8::append(text, c);
    std::size_t at = 1;
    same = same && utf8::next(text, at) == c && at == text.size() && utf8::is_valid(text);
    same = same && utf8::previous(text, at) == c && at == 1;
  }
  CHECK(same);
  std::string text;
  utf8::append(text, 0xD800);
  utf8::append(text, 0x110000);
  CHECK(text == "\uFFFD\uFFFD");
}

TEST_CASE("utf8: walking over broken bytes moves by one and never past the ends") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    std::size_t steps = 0;
    for (std::size_t at = 0; at < row.bytes.size(); ++steps) utf8::next(row.bytes, at);
    std::size_t back = 0;
    for (std::size_t at = row.bytes.size(); at > 0; ++back) utf8::previous(row.bytes, at);
    CHECK(back == steps);
  }
  std::size_t at = 0;
  CHECK(utf8::next("\xE2\x82z", at) == 0xFFFD);
  CHECK(at == 1);
}

TEST_CASE("utf8: boundaries") {
  const std::string_view text = "aé€";
  constexpr bool kWant[] = {true, true, false, true, false, false, true, false};
  for (std::size_t at = 0; at < 8; ++at) {
    CAPTURE(at);
    CHECK(utf8::is_boundary(text, at) == kWant[at]);
  }
  CHECK(utf8::floor_boundary(text, 2) == 1);
  CHECK(utf8::floor_boundary(text, 5) == 3);
  CHECK(utf8::floor_boundary(text, 3) == 3);
  CHECK(utf8::floor_boundary(text, 99) == 6);
  CHECK(utf8::floor_boundary("", 0) == 0);
}

TEST_CASE("utf8: counts code points and turns byte offsets into them") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "aé€😀 plain ";
  CHECK(utf8::count(text) == 1100);
  const utf8::CodePointOffsets offsets(text);
  std::uint32_t points = 0;
  bool same = true;
  for (std::size_t at = 0; at < text.size(); ++points) {
    same = same && offsets.at(at) == points;
    utf8::next(text, at);
  }
  CHECK(same);
  CHECK(offsets.at(text.size()) == 1100);
  CHECK(offsets.at(text.size() + 9) == 1100);
  const utf8::CodePointOffsets ascii("only ASCII");
  CHECK(ascii.at(4) == 4);
  CHECK(ascii.at(99) == 10);
  CHECK(utf8::CodePointOffsets("").at(0) == 0);
}

TEST_CASE("utf8: classes of code points") {
  struct Class {
    std::string_view why;
    char32_t c;
    bool letter, digit, upper, lower, space, word;
  };
  constexpr Class kClasses[] = {
      {"A", U'A', true, false, true, false, false, true},
      {"z", U'z', true, false, false, true, false, true},
      {"7", U'7', false, true, false, false, false, true},
      {"underscore", U'_', false, false, false, false, false, true},
      {"blank", U' ', false, false, false, false, true, false},
      {"line feed", U'\n', false, false, false, false, true, false},
      {"dollar", U'$', false, false, false, false, false, false},
      {"euro", U'€', false, false, false, false, false, false},
      {"É", U'É', true, false, true, false, false, true},
      {"ß", U'ß', true, false, false, true, false, true},
      {"Dž is title case", U'\u01C5', true, false, true, false, false, true},
      {"a kanji has no case", U'日', true, false, false, false, false, true},
      {"a combining accent", U'\u0301', false, false, false, false, false, true},
      {"an Arabic digit", U'\u0663', false, true, false, false, false, true},
      {"a superscript two is no digit", U'²', false, false, false, false, false, false},
      {"no-break space", U'\u00A0', false, false, false, false, true, false},
      {"ideographic space", U'\u3000', false, false, false, false, true, false},
      {"zero-width space", U'\u200B', false, false, false, false, true, false},
      {"zero-width joiner", U'\u200D', false, false, false, false, false, false},
  };
  for (const Class& row : kClasses) {
    CAPTURE(row.why);
    CHECK(utf8::is_letter(row.c) == row.letter);
    CHECK(utf8::is_digit(row.c) == row.digit);
    CHECK(utf8::is_upper(row.c) == row.upper);
    CHECK(utf8::is_lower(row.c) == row.lower);
    CHECK(utf8::is_space(row.c) == row.space);
    CHECK(utf8::is_word(row.c) == row.word);
  }
  CHECK(utf8::columns(U'日') == 2);
  CHECK(utf8::columns(U'a') == 1);
  CHECK(utf8::columns(U'\u0301') == 0);
  CHECK(utf8::is_control(U'\x1B'));
  CHECK(utf8::is_control(U'\u202E'));
  CHECK_FALSE(utf8::is_control(U'é'));
}
