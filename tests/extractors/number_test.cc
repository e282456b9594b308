// Numbers: each spelling of the press to an exact decimal, and what is refused.
#include "extractors/number.h"

#include <chrono>
#include <fstream>
#include <string>

#include <doctest/doctest.h>

namespace {

struct Row {
  std::string_view why, text;
  std::string_view want;  // "" = must be refused
  bool decimal_comma = false;
};

constexpr Row kNumbers[] = {
    {"plain", "42", "42"},
    {"decimals", "3.5", "3.5"},
    {"no digit before the point", ".50", "0.5"},
    {"English groups", "1,234,567", "1234567"},
    {"English groups and decimals", "1,234.5", "1234.5"},
    {"one group of three is thousands", "16,189", "16189"},
    {"Indian groups", "12,34,567", "1234567"},
    {"Indian groups and decimals", "12,34,567.89", "1234567.89"},
    {"the grouping proves the comma", "1.234,5", "1234.5"},
    {"two points prove groups", "1.234.567", "1234567"},
    {"one digit after a comma proves a decimal", "1,7", "1.7"},
    {"a leading zero proves a decimal", "0,125", "0.125"},
    {"a document of decimal commas", "1,234", "1.234", true},
    {"a document of decimal commas groups with points", "1.234", "1234", true},
    {"but a short tail is still a decimal point", "16.4", "16.4", true},
    {"a point is a decimal point", "4.800", "4.8"},
    {"Swiss apostrophe", "1'200.20", "1200.2"},
    {"curly apostrophe", "1\u2019200", "1200"},
    {"blank groups", "2 000", "2000"},
    {"NBSP groups", "12\u00A0500\u00A0000", "12500000"},
    {"thin blank groups", "1\u2009234", "1234"},
    {"narrow NBSP and decimal comma", "1\u202F234,50", "1234.5"},
    {"vulgar fraction", "½", "0.5"},
    {"whole and vulgar fraction", "3½", "3.5"},
    {"whole and slashed fraction", "1 1/2", "1.5"},
    {"hyphen before the fraction", "2-3/4", "2.75"},
    {"slashed fraction", "3/8", "0.375"},
    {"minus", "-3", "-3"},
    {"typographic minus", "\u22123.5", "-3.5"},
    {"plus", "+7", "7"},
    {"unit word", "seven", "7"},
    {"hyphen joins", "twenty-five", "25"},
    {"blank joins, any case", "Forty Two", "42"},
    {"hundreds", "two hundred and six", "206"},
    {"hundreds without and", "one hundred sixteen", "116"},
    {"thousands in words", "thirty thousand two hundred and one", "30201"},
    {"millions in words", "one million two hundred thousand", "1200000"},
    {"article", "a", "1"},
    {"a dozen", "a dozen", "12"},
    {"two dozen", "two dozen", "24"},
    {"half", "half", "0.5"},
    {"half a", "half a", "0.5"},
    {"quarters", "three-quarters", "0.75"},
    {"and a half", "two and a half", "2.5"},
    {"and a half, hyphens", "one-and-a-half", "1.5"},
    {"spelled point", "one point three", "1.3"},
    {"digits and a spelled point", "1 point 25", "1.25"},
    {"eighteen digits are exact", "999999999999999999", "999999999999999999"},
    {"nineteen are refused", "9999999999999999999", ""},
    {"a score or date", "50/6", ""},
    {"a day", "50/6/2018", ""},
    {"an address", "192.168.1.2", ""},
    {"uneven groups", "1,23,45", ""},
    {"no grouping and no decimals", "1,2345", ""},
    {"two numbers", "2 20", ""},
    {"two unit words", "two three", ""},
    {"tens after units", "two twenty", ""},
    {"a trailing and", "twenty and", ""},
    {"a third has no exact decimal", "one third", ""},
    {"a scale belongs to read_scaled", "13bn", ""},
    {"a unit", "7nm", ""},
    {"nothing", "", ""},
    {"a blank", " ", ""},
    {"a lone sign", "-", ""},
    {"a word", "yen", ""},
};

constexpr Row kScaled[] = {
    {"word", "1.23 trillion", "1230000000000"},
    {"glued letters", "13bn", "13000000000"},
    {"blank and title case", "13 Bn", "13000000000"},
    {"one letter", "420m", "420000000"},
    {"capital letter", "900M", "900000000"},
    {"thousands", "10k", "10000"},
    {"short with a dot", "5 mln.", "5000000"},
    {"crore", "600 crore", "6000000000"},
    {"lakh crore", "3 lakh crore", "3000000000000"},
    {"hyphen", "16,189-crore", "161890000000"},
    {"half a", "half a billion", "500000000"},
    {"half without article", "half million", "500000"},
    {"a quarter", "a quarter million", "250000"},
    {"three quarters of a", "three quarters of a billion", "750000000"},
    {"article", "a million", "1000000"},
    {"words", "twenty-five thousand", "25000"},
    {"two scales", "two hundred thousand million", "200000000000"},
    {"digits with two scales", "7 thousand crore", "70000000000"},
    {"and a half", "2 and a half million", "2500000"},
    {"fraction", "1 1/2 million", "1500000"},
    {"decimal comma by its tail", "1,7 million", "1700000"},
    {"no scale at all", "1,234", "1234"},
    {"a bare scale is one of it", "billion", "1000000000"},
    {"scale of unknown kind", "13 zillion", ""},
    {"letters alone are no number", "bn", ""},
    {"too large", "9999999999999999 quintillion quintillion quintillion", ""},
};

std::string read(std::optional<tearsheet::Decimal> value) { return value ? value->to_string() : std::string(); }

/// Calls `row` with the surface and value of each alternative in a lexicon.
template <class Row2>
void each_surface(const std::string& file, Row2 row) {
  std::ifstream in(std::string(TEARSHEET_SOURCE_DIR) + "/rules/lexicons/" + file);
  REQUIRE(in.good());
  std::string line;
  bool header = true;
  while (std::getline(in, line)) {
    if (line.empty() || line[0] == '#') continue;
    if (header) {
      header = false;
      continue;
    }
    const auto tab = line.find('\t');
    const std::string value = line.substr(tab + 1, line.find('\t', tab + 1) - tab - 1);
    const std::string rest = line.substr(line.find('\t', tab + 1) + 1);
    std::string surfaces = line.substr(0, tab) + "|";
    for (std::size_t at = 0, bar; (bar = surfaces.find('|', at)) != std::string::npos; at = bar + 1) {
      std::string one = surfaces.substr(at, bar - at);
      if (!one.empty() && one.back() == '?') one.pop_back();
      row(one, value, rest);
    }
  }
}

}  // namespace

TEST_CASE("number: reads the spellings of the press and refuses the rest") {
  for (const Row& row : kNumbers) {
    CAPTURE(row.why);
    CAPTURE(row.text);
    CHECK(read(tearsheet::read_number(row.text, row.decimal_comma)) == row.want);
  }
}

TEST_CASE("number: a scale word multiplies what stands before it") {
  for (const Row& row : kScaled) {
    CAPTURE(row.why);
    CAPTURE(row.text);
    CHECK(read(tearsheet::read_scaled(row.text, row.decimal_comma)) == row.want);
  }
}

TEST_CASE("number: knows every scale word of the lexicon, with its value") {
  each_surface("scale.tsv", [](const std::string& surface, const std::string& value, const std::string&) {
    CAPTURE(surface);
    CHECK(read(tearsheet::scale_of(surface)) == value);
  });
  CHECK_FALSE(tearsheet::scale_of("ten"));
  CHECK_FALSE(tearsheet::scale_of("seven"));
  CHECK_FALSE(tearsheet::scale_of(""));
}

TEST_CASE("number: knows the unit, teen, tens and multiplier words of the lexicon") {
  each_surface("number_word.tsv", [](const std::string& surface, const std::string& value, const std::string& kind) {
    const std::string_view k = std::string_view(kind).substr(0, kind.find('\t'));
    if (k != "unit" && k != "teen" && k != "tens" && (k != "mult" || surface.starts_with("score"))) return;
    CAPTURE(surface);
    CHECK(read(tearsheet::read_number(surface)) == value);
  });
}

TEST_CASE("number: a long run costs linear time") {
  const auto cost = [](std::size_t words) {
    std::string text = "half";
    for (std::size_t i = 0; i < words; ++i) text += " of";
    const auto start = std::chrono::steady_clock::now();
    for (int i = 0; i < 20; ++i) CHECK_FALSE(tearsheet::read_number(text + " x"));
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  };
  cost(1000);
  CHECK(cost(40'000) < 40 * (cost(4'000) + 1e-3));
}
