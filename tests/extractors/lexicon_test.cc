#include "extractors/lexicon.h"

#include <doctest/doctest.h>

#include "extractors/gazetteer.h"

using namespace tearsheet;

namespace {

Lexicon lexicon_of(std::string_view rows, Fold how = Fold::none) { return Lexicon::parse("surface\tvalue\tid\n" + std::string(rows), "x.tsv", how).value(); }

std::string names_in(const Lexicon& lexicon, std::string_view text) {
  std::vector<std::uint32_t> all(lexicon.surfaces().size());
  for (std::uint32_t i = 0; i < all.size(); ++i) all[i] = i;
  Gazetteer gazetteer(lexicon.how());
  gazetteer.add(0, lexicon, all);
  std::vector<Gazetteer::Match> found;
  gazetteer.find(text, {0, static_cast<std::uint32_t>(text.size())}, found);
  std::string out;
  for (const auto& match : found) out += (out.empty() ? "" : "|") + std::string(match.span.of(text)) + "=" + std::string(lexicon.value(lexicon.surfaces()[match.surface]));
  return out;
}

}  // namespace

TEST_CASE("lexicon: rows, alternatives, ambiguous marks and escapes") {
  const Lexicon lexicon = lexicon_of("# a comment\nApple?|Apple Inc.\tApple\tc1\nWho\\?\tWho\t\n");
  REQUIRE(lexicon.surfaces().size() == 3);
  CHECK(lexicon.find("Apple")->ambiguous);
  CHECK(!lexicon.find("Apple Inc.")->ambiguous);
  CHECK(lexicon.find("Apple\u00A0 Inc.") == lexicon.find("Apple Inc."));
  CHECK(lexicon.find("apple") == nullptr);
  CHECK(lexicon.cell(*lexicon.find("Apple"), "id") == "c1");
  CHECK(lexicon.cell(*lexicon.find("Who?"), "id").empty());
  CHECK(lexicon_of("Moody's\tM\t\n").find("Moody\u2019s") != nullptr);
  CHECK(lexicon_of("Million\tm\t\n", Fold::case_fold).find("MILLION") != nullptr);
  CHECK(lexicon_of("m3|m\u00B3\tm3\t\n").surfaces().size() == 2);
}

TEST_CASE("lexicon: each mistake is told with its line") {
  struct Row {
    std::string_view why, text, want;
  };
  constexpr Row kRows[] = {
      {"no header", "# only a comment\n", "x.tsv:1:1: error[L001]: no header"},
      {"another header", "word\tvalue\n", "x.tsv:1:1: error[L001]: the header must begin with surface<TAB>value"},
      {"cell count", "surface\tvalue\na\n", "x.tsv:2:1: error[L002]: this row has 1 cells, the header 2"},
      {"said twice", "surface\tvalue\na\t1\n# x\nb|a\t2\n", "x.tsv:4:1: error[L003]: \"a\" is said twice"},
      {"an empty surface", "surface\tvalue\na||b\t1\n", "x.tsv:2:1: error[L004]: an empty surface"},
      {"no value", "surface\tvalue\na\t\n", "x.tsv:2:1: error[L004]: a row without a value"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto lexicon = Lexicon::parse(row.text, "x.tsv", Fold::none);
    REQUIRE(!lexicon);
    const std::string text = to_text(lexicon.error());
    CHECK(text.substr(0, text.find('\n')) == row.want);
  }
}

TEST_CASE("lexicon: a merge adds rows and replaces surfaces") {
  Lexicon lexicon = lexicon_of("a|b\t1\tx\n");
  REQUIRE(lexicon.merge(Lexicon::parse("surface\tvalue\nb\t2\nc\t3\n", "y.tsv", Fold::none).value()));
  CHECK(lexicon.value(*lexicon.find("a")) == "1");
  CHECK(lexicon.value(*lexicon.find("b")) == "2");
  CHECK(lexicon.value(*lexicon.find("c")) == "3");
  CHECK(lexicon.cell(*lexicon.find("c"), "id").empty());
  CHECK(!lexicon.merge(Lexicon::parse("surface\tvalue\tother\nd\t4\tx\n", "z.tsv", Fold::none).value()));
}

TEST_CASE("gazetteer: whole words, longest first, any blanks") {
  const Lexicon lexicon = lexicon_of("Apple\tA\t\nApple Pay\tAP\t\nAT&T\tATT\t\nFujitsu Ltd.\tF\t\nL'Or\u00E9al\tLO\t\nBank of\tB\t\n3M\tMMM\t\n");
  struct Row {
    std::string_view why, text, want;
  };
  constexpr Row kRows[] = {
      {"one name", "Apple said", "Apple=A"},
      {"the longer one", "Apple Pay said", "Apple Pay=AP"},
      {"back to the shorter one", "Apple Payments", "Apple=A"},
      {"a possessive", "Apple\u2019s plan", "Apple=A"},
      {"part of a word", "Pineapple Apples", ""},
      {"signs inside", "(AT&T)", "AT&T=ATT"},
      {"tokenised text parts words from signs that join", "AT & T", "AT & T=ATT"},
      {"a dot at the end", "with Fujitsu Ltd. and", "Fujitsu Ltd.=F"},
      {"any blanks", "with Fujitsu\u00A0 Ltd.", "Fujitsu\u00A0 Ltd.=F"},
      {"either apostrophe", "at L\u2019Or\u00E9al", "L\u2019Or\u00E9al=LO"},
      {"after a curly quote", "\u201CApple\u201D", "Apple=A"},
      {"a digit first", "and 3M, not 33M", "3M=MMM"},
      {"case counts", "apple", ""},
      {"several", "Apple and 3M", "Apple=A|3M=MMM"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(names_in(lexicon, row.text) == row.want);
  }
  CHECK(names_in(lexicon_of("New York\tNY\t\n", Fold::case_fold), "in NEW YORK") == "NEW YORK=NY");
}

TEST_CASE("gazetteer: a hundred thousand names are all found") {
  std::string rows;
  for (int i = 0; i < 100'000; ++i) rows += "Name" + std::to_string(i * 7) + " Holding" + std::to_string(i % 50) + "\t" + std::to_string(i) + "\t\n";
  const Lexicon lexicon = lexicon_of(rows);
  CHECK(names_in(lexicon, "x Name0 Holding0 y Name699993 Holding49 z Name699994 Holding49") == "Name0 Holding0=0|Name699993 Holding49=99999");
}
