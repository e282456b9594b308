#include "extractors/extract.h"

#include <doctest/doctest.h>

#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;
using tearsheet::testing::open_rules;
using tearsheet::testing::RuleFolder;
using tearsheet::testing::shown;

namespace {

constexpr std::string_view kCore = R"yaml(schema: 1
pack: test
version: 1.2.0
macros:
  decimal: '(?:\d{1,3}(?:,\d{3})+|\d+)(?:\.\d+)?'
  gap: '[\s\x{00A0}-]'
lexicons:
  scale: { file: scale.tsv, fold: case }
  sign: { file: sign.tsv }
  per_unit: { file: per.tsv, fold: case }
  qualifier: { file: qualifier.tsv, fold: case }
)yaml";
constexpr std::string_view kScale = "surface\tvalue\nmillion|m|mn\t1000000\nbillion|bn|b\t1000000000\n";
constexpr std::string_view kSign = "surface\tvalue\tcandidates\n$\tUSD\tUSD CAD\nUS$|U.S. $\tUSD\t\n£\tGBP\t\n";
constexpr std::string_view kPer = "surface\tvalue\na share|per share\tshare\na year|annually\tyear\n";
constexpr std::string_view kQualifier = "surface\tvalue\nup to\tmax\nabout|some\tapprox\n";
constexpr std::string_view kMoney = R"yaml(schema: 1
pack: test
rules:
- id: money.sign
  entity: money
  pattern: '%{@sign:cur}%{gap}?%{decimal:num}(?:%{gap}?%{@scale:scale})?'
  emit: { amount: num * scale, currency: cur, candidates: "list(lookup(cur, 'candidates'))" }
  where: amount > 0
  unless:
  - { inside: url }
  set:
  - { followed_by: '%{@per_unit}', within: 3 words, per: '%{@per_unit}' }
  - { preceded_by: '%{@qualifier}', modifier: '%{@qualifier}' }
)yaml";

void add_money(RuleFolder& folder) {
  folder.file("core.yaml", kCore).file("scale.tsv", kScale).file("sign.tsv", kSign).file("per.tsv", kPer).file("qualifier.tsv", kQualifier).file("money.yaml", kMoney);
}

struct Row {
  std::string_view why, text, want;
};
constexpr Row kRows[] = {
    {"a plain amount", "It cost $5.", "money:$5{amount=5 currency=USD candidates=USD CAD}"},
    {"scale words multiply, exactly", "It cost US$1.23 billion.", "money:US$1.23 billion{amount=1230000000 currency=USD}"},
    {"grouping", "It cost £1,250,000 in all", "money:£1,250,000{amount=1250000 currency=GBP}"},
    {"a scale that runs on into a word is no scale", "It cost £5 moreover", "money:£5{amount=5 currency=GBP}"},
    {"a scale letter glued to a word is given back", "It cost £5 metres", "money:£5{amount=5 currency=GBP}"},
    {"a number is not cut at a point", "Version £1.5.2 is out", ""},
    {"where refuses", "It cost $0.", ""},
    {"unless refuses inside an address", "See https://example.org/a?b=$100&c=2 for more", ""},
    {"set fills from a lexicon after the hit", "It paid £2 in cash a share.", "money:£2{amount=2 currency=GBP per=share}"},
    {"set fills from a lexicon before the hit", "It paid up to £2m.", "money:£2m{amount=2000000 currency=GBP modifier=max}"},
    {"a qualifier of other words is none", "He woke up to find £2.", "money:£2{amount=2 currency=GBP}"},
    {"two hits on a line", "$1 and $2", "money:$1{amount=1 currency=USD candidates=USD CAD} | money:$2{amount=2 currency=USD candidates=USD CAD}"},
    {"nothing crosses a line", "up to\n£2\na share", "money:£2{amount=2 currency=GBP}"},
};

}  // namespace

TEST_CASE("extract: emit, where, unless and set work over macros and lexicons") {
  RuleFolder folder;
  add_money(folder);
  const Extractor extractor = open_rules({folder.path()});
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(shown(extractor, article_of(std::string(row.text))) == row.want);
  }
}
