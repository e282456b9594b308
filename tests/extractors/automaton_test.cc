#include "extractors/automaton.h"

#include <doctest/doctest.h>

#include <string>
#include <string_view>
#include <thread>

#include "extractors/pattern.h"
#include "extractors/vocabulary.h"

using namespace tearsheet;

namespace {

/// One pattern with the lists `unit` (by case) and `word` (folded) at hand.
struct One {
  Expansion expansion;
  std::unique_ptr<Automaton> automaton;

  explicit One(std::string_view pattern) {
    Vocabulary words;
    const auto lexicon = [](std::string_view rows, Fold how) { return std::make_shared<const Lexicon>(Lexicon::parse("surface\tvalue\n" + std::string(rows), "x", how).value()); };
    words.lexicons["unit"] = lexicon("km\tkm\nsq mile\tmi\nbarrel's\tb\n", Fold::none);
    words.lexicons["word"] = lexicon("krona\tSEK\ncrème\tc\nUS dollar\tUSD\n", Fold::case_fold);
    expansion = expand(pattern, words).value();
    const auto tree = regex::parse(expansion.regex, expansion.slots);
    if (tree == nullptr) return;
    Nfa nfa;
    const std::uint32_t start = nfa.add(*tree, expansion.slots, 7);
    if (start != Nfa::kNone) automaton = std::make_unique<Automaton>(std::move(nfa), std::vector<Automaton::Start>{{start, true}});
  }
};

struct Row {
  std::string_view pattern, text;
};

/// What the automaton says must be what RE2 finds, at every place.
constexpr Row kExact[] = {
    {R"(\d+ km\b)", "5 km, 12 km/h 7 kmh 3  km"},
    {R"(a(?:b|cd)*?e{2,3}f?)", "aee abcdeef aeeeef acdbee"},
    {R"((?P<x>[A-Z][a-z]{1,3}) (?i:OF) \bx\B)", "The of xy Then Of xa To oF x"},
    {R"([^a-y\s]+$)", "abz zzz!"},
    {R"([\x{2010}-\x{2015}]\s?[\x{00A0}\x{20AC}€£])", "– € —£ ‐\u00A0 -€ ’€"},
    {R"(\d %{@unit})", "5 km 6 sq mile 7 sq \u00A0 mile 8 barrel's 9 barrel’s 1 sqmile 2 KM"},
    {R"((?:\d|a) ?%{@word}\b)", "5 krona 6 KRONA 7 \u212Arona 8 US  Dollar akrona 9 kronas"},
    {R"(\x41\.\*\[\)]+)", "A.*[)]] A.*[)"},
    {R"([\]a-]x|[a\-z]y|[]b]z)", "]x ax -x by -y zy ]z bz"},
    {R"((?s:a.b)|c.d)", "a\tb c\td axb cxd"},
    {R"((?i)straSSe|s+)", "STRASSE \u017Ftrasse sS"},
    {R"(\S\D\W)", "a b 1-- x"},
    {R"(x{3}|y{2,}|z{0,2}!)", "xx xxx y yy yyyy ! z! zz! zzz!"},
};

/// What it says must hold all that RE2 finds, and may hold more.
constexpr Row kRough[] = {
    {R"(^\w+\.?)", "one. two"},
    {R"(\pL+\d)", "é1 a1 Ω2 1"},
    {R"((?i:été)\PN)", "ÉTÉx étéÉ été1"},
    {R"(%{@word})", "CRÈME crème Creme"},
    {R"([^\pL]x)", "éx 1x"},
};

std::vector<std::pair<std::uint32_t, std::uint32_t>> by_re2(const One& one, std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  const Pattern pattern(one.expansion.regex, one.expansion.slots);
  const auto size = static_cast<std::uint32_t>(text.size());
  Span span;
  for (std::uint32_t at = 0; at < size; ++at) {
    if ((static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80) continue;
    if (pattern.find_span(text, {at, size}, Pattern::At::start, span) && !span.empty()) out.emplace_back(at, span.end);
  }
  return out;
}

bool word_byte(char c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

std::vector<std::pair<std::uint32_t, std::uint32_t>> by_automaton(const One& one, std::string_view text) {
  std::vector<std::pair<std::uint32_t, std::uint32_t>> out;
  std::vector<Automaton::Found> found;
  const auto size = static_cast<std::uint32_t>(text.size());
  for (std::uint32_t at = 0; at < size; ++at) {
    const bool after_word = at > 0 && word_byte(text[at - 1]);
    if (!one.automaton->can_start(text, at, false, after_word)) continue;
    one.automaton->find(text, at, size, false, after_word, found);
    for (const Automaton::Found& f : found) {
      CHECK(f.pattern == 7);
      out.emplace_back(at, f.end);
    }
  }
  return out;
}

}  // namespace

TEST_CASE("automaton: sees a pattern begin where RE2 finds it, and nowhere else") {
  for (const Row& row : kExact) {
    CAPTURE(row.pattern);
    const One one(row.pattern);
    REQUIRE(one.automaton != nullptr);
    const auto want = by_re2(one, row.text), got = by_automaton(one, row.text);
    REQUIRE(!want.empty());
    REQUIRE(got.size() == want.size());
    for (std::size_t i = 0; i < want.size(); ++i) {
      CHECK(got[i].first == want[i].first);
      CHECK(got[i].second >= want[i].second);  // no match ends behind it
    }
  }
}

TEST_CASE("automaton: where it cannot be exact it says too much, never too little") {
  for (const Row& row : kRough) {
    CAPTURE(row.pattern);
    const One one(row.pattern);
    REQUIRE(one.automaton != nullptr);
    const auto want = by_re2(one, row.text), got = by_automaton(one, row.text);
    REQUIRE(!want.empty());
    for (const auto& [at, end] : want) {
      const auto same = std::find_if(got.begin(), got.end(), [at = at](const auto& g) { return g.first == at; });
      REQUIRE(same != got.end());
      CHECK(same->second >= end);
    }
  }
}

TEST_CASE("automaton: a pattern it cannot read is left to the plain path") {
  for (const std::string_view pattern : {R"(\Qa.b\E)", R"([[:alpha:]]x)", R"((?m)^a$)", R"(\p{Ogham}x)", R"((?U)a+)"}) {
    CAPTURE(pattern);
    CHECK(One(pattern).automaton == nullptr);
  }
  CHECK(One(R"((?:(?:abcdefghij){1000}){1000})").automaton == nullptr);  // too many states
}

TEST_CASE("automaton: a long walk ends and counts as found") {
  const One one(R"((?:a )+b)");
  std::string text;
  for (int i = 0; i < 2000; ++i) text += "a ";
  std::vector<Automaton::Found> found;
  one.automaton->find(text, 0, static_cast<std::uint32_t>(text.size()), false, false, found);
  REQUIRE(found.size() == 1);
  CHECK(found[0].end == text.size());
}

TEST_CASE("automaton: many threads make its states at once") {
  const One one(R"((?:\d{1,3}(?:,\d{3})*(?:\.\d+)?) ?(?:%{@unit}|%{@word}))");
  std::string text;
  for (int i = 0; i < 500; ++i) text += std::to_string(i * 977) + "," + std::to_string(100 + i) + (i % 3 == 0 ? " krona " : i % 3 == 1 ? "km " : " US dollar ");
  const auto want = by_automaton(One(R"((?:\d{1,3}(?:,\d{3})*(?:\.\d+)?) ?(?:%{@unit}|%{@word}))"), text);
  REQUIRE(want.size() > 400);
  std::vector<std::vector<std::pair<std::uint32_t, std::uint32_t>>> got(4);
  {
    std::vector<std::jthread> threads;
    for (auto& mine : got) threads.emplace_back([&] { mine = by_automaton(one, text); });
  }
  for (const auto& mine : got) CHECK(mine == want);
}
