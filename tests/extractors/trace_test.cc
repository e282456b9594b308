// Trace: the life of hits and near misses, and rules proposed from an example.
#include "extractors/trace.h"

#include <doctest/doctest.h>

#include "extractors/pattern_parts.h"
#include "extractors/rule_propose.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;
using tearsheet::testing::open_rules;
using tearsheet::testing::RuleFolder;

namespace {

RuleFolder& rules(RuleFolder& folder) {
  return folder.file("scale.tsv", "surface\tvalue\nmillion|m\t1e6\nbillion|bn\t1e9\n").file("unit.tsv", "surface\tvalue\nmegawatts|MW\tMW\n").file("a.yaml", R"yaml(schema: 1
pack: p
version: 1.0.0
macros: { decimal: '\d+(?:\.\d+)?', gap: '\s' }
lexicons: { scale: { file: scale.tsv }, unit: { file: unit.tsv } }
rules:
- id: money.sign
  entity: money
  pattern: '\$%{decimal:num}%{gap}?%{@scale:scale}'
  emit: { amount: num * scale }
  unless: [{ followed_by: [tickets] }]
  where: amount > 1000000
  conflict: { rank: 60 }
- id: number.plain
  entity: number
  pattern: '%{decimal:num}'
  emit: { value: number(num) }
)yaml");
}

std::string told(const Explanation& found, const Article& article) {
  std::string out;
  for (const Life& life : found.lives) {
    out += life.rule->id + " " + life.outcome + " '" + std::string(life.span.of(article.text)) + "':";
    for (const Step& step : life.steps) {
      if (step.state == Step::State::stopped) out += " stopped at " + step.name;
    }
    out += "\n";
  }
  for (const NearMiss& miss : found.near) out += miss.rule->id + " " + std::to_string(miss.matched) + "/" + std::to_string(miss.parts) + " '" + std::string(miss.span.of(article.text)) + "' wants " + miss.expected + " has '" + miss.found.substr(0, 8) + "'\n";
  return out;
}

}  // namespace

TEST_CASE("trace: the station that decides is named, for hits and for what nearly was one") {
  RuleFolder folder;
  const Extractor extractor = open_rules({rules(folder).path()});
  struct Row {
    std::string_view why, text, words, want;
  };
  const Row rows[] = {
      {"kept, and who lost", "paid $5 million today", "$5", "money.sign kept '$5 million':\nnumber.plain conflict '5': stopped at conflict\n"},
      {"an unless", "won $5 million tickets", "$5", "number.plain kept '5':\nmoney.sign unless '$5 million': stopped at unless\n"},
      {"a where", "paid $1 million today", "$1", "number.plain kept '1':\nmoney.sign where '$1 million': stopped at where\n"},
      {"a near miss: the scale is another", "paid $5 zillion today", "$5", "number.plain kept '5':\nmoney.sign 3/4 '$5 ' wants %{@scale:scale} has 'zillion '\n"},
      {"nothing at all", "paid nothing today", "nothing", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Article article = article_of(std::string(row.text));
    const auto at = static_cast<std::uint32_t>(article.text.find(row.words));
    const Span where{at, at + static_cast<std::uint32_t>(row.words.size())};
    std::string got = told(explain(extractor, article, std::nullopt, where, {}), article);
    // Lives at one place come by rule after what was kept.
    CHECK(got.size() == row.want.size());
    for (std::size_t begin = 0; begin < row.want.size();) {
      const std::size_t end = row.want.find('\n', begin) + 1;
      CHECK_MESSAGE(got.find(row.want.substr(begin, end - begin)) != std::string::npos, got);
      begin = end;
    }
  }
}

TEST_CASE("trace: groups and the mention that came out") {
  RuleFolder folder;
  const Extractor extractor = open_rules({rules(folder).path()});
  const Article article = article_of("first line\npaid $2.5 bn today");
  const Explanation found = explain(extractor, article, std::nullopt, std::nullopt, {extractor.rules().find("money.sign")});
  REQUIRE(found.lives.size() == 1);
  const Life& life = found.lives[0];
  CHECK(life.groups == std::vector<std::pair<std::string, std::string>>{{"num", "2.5"}, {"scale", "bn"}});
  REQUIRE(life.mention.has_value());
  CHECK(to_string(life.mention->fields[0].value) == "2500000000");
  CHECK(life.steps.back().detail == "won over number.plain (rank 50), rank 60");
}

TEST_CASE("parts: a pattern as written, taken apart") {
  struct Row {
    std::string_view why, pattern, want;
  };
  const Row rows[] = {
      {"words, classes, macros, quantifiers", "up to%{gap}?[$€]\\d+(?:a|b)*", "up to|%{gap}?|[$€]|\\d+|(?:a|b)*"},
      {"alternatives", "ab|c+", "ab / c+"},
      {"a group that is all", "(?P<x>(?:ab|c))", "ab / c"},
      {"a letter that is counted stands alone", "milli?on", "mill|i?|on"},
      {"escapes in braces", "\\x{00A0}x", "\\x{00A0}|x"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    std::string got;
    for (const auto& parts : parts_of(row.pattern)) {
      got += got.empty() ? "" : " / ";
      for (std::size_t i = 0; i < parts.size(); ++i) got += (i == 0 ? "" : "|") + std::string(parts[i].of(row.pattern));
    }
    CHECK(got == row.want);
  }
}

TEST_CASE("propose: marked words are covered by what knows them") {
  RuleFolder folder;
  const Extractor extractor = open_rules({rules(folder).path()});
  const auto proposed = propose_rule(extractor.rules(), "p", "capacity", "", "a plant of <<500 megawatts of capacity>> in all");
  REQUIRE(proposed.has_value());
  CHECK(proposed->pattern == "%{decimal:num}%{gap}%{@unit:unit}%{gap}of%{gap}capacity");
  CHECK(proposed->id == "capacity.plain");
  folder.file("b.yaml", "schema: 1\npack: p\nrules:\n" + proposed->yaml);
  CHECK(tearsheet::testing::shown(open_rules({folder.path()}), article_of("adds 20 MW of capacity")) == "capacity:20 MW of capacity{value=20 unit=MW}");
  CHECK(propose_rule(extractor.rules(), "p", "money", "", "<<$5 bn>>")->yaml.find("id: money.plain\n") != std::string::npos);
  CHECK(propose_rule(extractor.rules(), "p", "capacity", "", "no marks").error().code == "R016");
  CHECK(propose_rule(extractor.rules(), "q", "capacity", "", "<<a>>").error().code == "R021");
}
