#include "extractors/gate.h"

#include <doctest/doctest.h>

#include <filesystem>
#include <fstream>
#include <sstream>

#include "extractors/pattern.h"
#include "extractors/vocabulary.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;

namespace {

/// The lists a pattern needs, by name: "unit|sign", with a + where it needs a digit; "-" for none.
std::string needs(std::string_view pattern) {
  Vocabulary words;
  const auto lexicon = [](std::string_view rows) { return std::make_shared<const Lexicon>(Lexicon::parse("surface\tvalue\n" + std::string(rows), "x", Fold::none).value()); };
  words.lexicons["unit"] = lexicon("kilometre\tkm\nmile\tmi\n");
  words.lexicons["sign"] = lexicon("$\tUSD\n");
  words.lexicons["short"] = lexicon("m\tm\n");
  const Expansion expansion = expand(pattern, words).value();
  const auto gate = gate_of(expansion.regex, expansion.slots);
  if (!gate) return "-";
  std::string out;
  for (const auto& list : gate->any_of) {
    const std::string& regex = list->regex();
    out += (out.empty() ? "" : "|") + std::string(regex.find("mile") != std::string::npos ? "unit" : regex.find('$') != std::string::npos ? "sign" : "short");
  }
  return out + (gate->digit ? "+" : "");
}

struct Row {
  std::string_view why, pattern, want;
};
constexpr Row kRows[] = {
    {"one list", R"(x%{@unit})", "unit"},
    {"a digit before it", R"(\d+ %{@unit:u})", "unit+"},
    {"an optional list is no need", R"(\d+(?: %{@unit})?)", "-"},
    {"an optional digit neither", R"(\d?%{@unit})", "unit"},
    {"a starred list", R"(a%{@unit}*b)", "-"},
    {"a lazy plus needs one", R"(a%{@unit}+?b)", "unit"},
    {"a count from none", R"(a(?:%{@unit}){0,3}b)", "-"},
    {"a count from one", R"(a(?:%{@unit}){1,3}b)", "unit"},
    {"either of two lists", R"((?:%{@unit}|%{@sign})\d)", "unit|sign+"},
    {"a branch without a list", R"((?:%{@unit}|x)\d)", "-"},
    {"the branches of the whole pattern", R"(%{@unit}|\d%{@sign})", "unit|sign"},
    {"of two needs the rarer", R"(%{@short}\d%{@unit})", "unit+"},
    {"signs in classes and escapes are no groups", R"([)(|]\(\|%{@unit}[^]{}])", "unit"},
    {"flags", R"((?i)a%{@unit})", "unit"},
    {"named groups", R"((?P<a>\x{00A0}%{@unit:b})?%{@sign:c})", "sign"},
};

}  // namespace

TEST_CASE("gate: reads off a pattern what every match must hold") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(needs(row.pattern) == row.want);
  }
}

TEST_CASE("gate: no shipped rule has a match in the corpus that its gate would hide") {
  const auto book = Rulebook::load({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  REQUIRE(book);
  std::size_t matches = 0;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(std::string(TEARSHEET_SOURCE_DIR) + "/corpus")) {
    if (entry.path().extension() != ".txt") continue;
    std::ifstream in(entry.path());
    for (std::string line; std::getline(in, line);) {
      const Span all{0, static_cast<std::uint32_t>(line.size())};
      for (const auto& rule : book->rules()) {
        for (const auto& pattern : rule->patterns) {
          const auto gate = gate_of(pattern->regex(), pattern->slots());
          Span span;
          if (!gate || !pattern->find_span(line, all, Pattern::At::anywhere, span)) continue;
          ++matches;
          CAPTURE(line);
          CAPTURE(rule->id);
          std::vector<std::uint16_t> present;
          for (const auto& list : gate->any_of) list->present(line, present);
          CHECK(!present.empty());
          CHECK((!gate->digit || line.find_first_of("0123456789") != std::string::npos));
        }
      }
    }
  }
  CHECK(matches > 100);
}
