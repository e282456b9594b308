#include "extractors/rulebook.h"

#include <doctest/doctest.h>

#include "extractors/rule_check.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;
using tearsheet::testing::open_rules;
using tearsheet::testing::RuleFolder;
using tearsheet::testing::shown;

namespace {

constexpr std::string_view kBase =
    "schema: 1\npack: base\nversion: 1.0.0\n"
    "macros: { decimal: '\\d+' }\n"
    "lexicons: { unit: { file: unit.tsv } }\n"
    "rules:\n- id: q.plain\n  entity: quantity\n  pattern: '%{decimal:num} %{@unit:unit}'\n  emit: { value: number(num), unit: unit }\n  confidence: 0.8\n";

void add_base(RuleFolder& folder) { folder.file("base.yaml", kBase).file("unit.tsv", "surface\tvalue\nkm|kilometres\tkm\n"); }

}  // namespace

TEST_CASE("rulebook: files of one pack share macros and lexicons; settings are kept apart") {
  RuleFolder folder;
  add_base(folder);
  folder.file("more.yaml", "schema: 1\npack: base\nversion: 1.1.0\nrules:\n- { id: q.more, entity: distance, pattern: 'far %{decimal}%{@unit:u}' }\n");
  folder.file("tidy.yaml", "kind: tidy\nrules: [1, 2]\n");
  const auto book = Rulebook::load({folder.path()});
  REQUIRE(book);
  CHECK(book->rules().size() == 2);
  CHECK(book->find("q.more")->version == "1.1.0");
  CHECK(book->lexicon("unit")->surfaces().size() == 2);
  REQUIRE(book->settings("tidy") != nullptr);
  CHECK(book->settings("tidy")->tree.find("rules")->items.size() == 2);
  CHECK(book->settings("sites") == nullptr);
  CHECK(book->hash().size() == 12);
}

TEST_CASE("rulebook: an overlay adds rows and rules and changes single fields") {
  RuleFolder base, mine;
  add_base(base);
  mine.file("mine.yaml",
            "schema: 1\npack: mine\nextends: base\nversion: 0.1.0\nlexicons: { unit: { add: more.tsv } }\nchange: { q.plain: { confidence: 0.5 } }\n"
            "rules:\n- { id: mine.far, entity: far, pattern: 'far %{decimal:n}', emit: { n: number(n) } }\n");
  mine.file("more.tsv", "surface\tvalue\nmi\tmi\n");
  CHECK(shown(open_rules({base.path()}), article_of("5 km, 6 mi, far 7")) == "quantity:5 km{value=5 unit=km}");
  const Extractor both = open_rules({base.path(), mine.path()});
  CHECK(shown(both, article_of("5 km, 6 mi, far 7")) == "quantity:5 km{value=5 unit=km} | quantity:6 mi{value=6 unit=mi} | far:far 7{n=7}");
  CHECK(both.rules().find("q.plain")->confidence == 0.5);
  CHECK(both.rules().find("q.plain")->hash != open_rules({base.path()}).rules().find("q.plain")->hash);
}

TEST_CASE("rulebook: an overlay's mistakes point into the overlay") {
  RuleFolder base, mine;
  add_base(base);
  mine.file("mine.yaml", "schema: 1\npack: mine\nextends: base\nchange:\n  q.plane: { confidence: 0.5 }\n  q.plain: { confidence: much }\n");
  const auto book = Rulebook::load({base.path(), mine.path()});
  REQUIRE(!book);
  REQUIRE(book.error().size() == 2);
  CHECK(book.error()[0].code == "R022");
  CHECK(book.error()[0].excerpt.find("did you mean q.plain?") != std::string::npos);
  CHECK(book.error()[1].place.file == mine.path() + "/mine.yaml");
  CHECK(book.error()[1].place.line == 6);
}

TEST_CASE("rulebook: an empty folder, a missing folder and a bad lexicon are errors") {
  RuleFolder folder;
  CHECK(folder.errors() == folder.path() + ": error[R019]: no rules were found\n  help: a rule folder holds .yaml files with rules:");
  CHECK(Rulebook::load({folder.path() + "/none"}).error().at(0).code == "F001");
  folder.file("base.yaml", kBase).file("unit.tsv", "surface\tvalue\nkm\n");
  CHECK(folder.errors() == "unit.tsv:2:1: error[L002]: this row has 1 cells, the header 2\n  help: cells are parted by single tabs; an empty cell keeps its tab");
}

TEST_CASE("rules: zones, lang, status, any and conflicts decide") {
  RuleFolder folder;
  folder.file("a.yaml",
              "schema: 1\npack: p\nversion: 1.0.0\nrules:\n"
              "- { id: a.title, entity: t, pattern: 'x1', zones: [title] }\n"
              "- { id: a.german, entity: de, pattern: 'x2', lang: [de] }\n"
              "- { id: a.off, entity: off, pattern: 'x3', status: 'off' }\n"
              "- { id: a.any, entity: any, any: ['x4', 'y(?P<n>4)'], emit: { n: number(n) } }\n"
              "- { id: a.long, entity: long, pattern: 'x5 and more' }\n"
              "- { id: a.short, entity: short, pattern: 'x5' }\n"
              "- { id: a.ranked, entity: ranked, pattern: 'more', conflict: { rank: 60 } }\n"
              "- { id: a.big, entity: big, pattern: 'z+', max_len: 3 }\n");
  const Extractor extractor = open_rules({folder.path()});
  Article article = article_of("x1\nx1 x2 x3 x4 y4\nx5 and more\nx5 and\nzzz zzzz");
  article.blocks[0].use = Use::title;
  article.meta.language = "en-GB";
  CHECK(shown(extractor, article) == "t:x1{} | any:x4{} | any:y4{n=4} | short:x5{} | ranked:more{} | short:x5{} | big:zzz{}");
  article.meta.language = "de-AT";
  CHECK(shown(extractor, article).find("de:x2") != std::string::npos);
  article.meta.language = "";
  CHECK(shown(extractor, article).find("de:x2") != std::string::npos);
}

TEST_CASE("rules: examples, rejects and todos get their marks") {
  RuleFolder folder;
  folder.file("a.yaml", R"yaml(schema: 1
pack: p
version: 1.0.0
rules:
- id: n.plain
  entity: n
  pattern: '(?P<num>\d+)'
  emit: { value: number(num) }
  where: value > 1
  unless: [{ preceded_by: [no] }]
  examples:
  - { text: 'has <<12>> and <<13>>', want: [{ value: 12 }, { value: 13.0 }] }
  - { text: 'has <<12>>', want: { value: 13 } }
  - { text: 'has <<12 x>>' }
  - { text: 'has <<ab>> only' }
  - { text: 'has <<12>> and 13' }
  - { text: 'has <<12>>', want: { unit: ~ } }
  rejects:
  - { text: 'no 12', by: unless }
  - { text: 'has 1', by: unless }
  - { text: 'has 12' }
  - { text: 'has none', by: pattern }
  todo:
  - { text: 'has <<twelve>>' }
  - { text: 'has <<12>>' }
)yaml");
  std::string marks, details;
  for (const ExampleResult& result : test_rules(open_rules({folder.path()}))) {
    marks += result.mark;
    if (result.mark == 'w' || result.mark == 'F') details += result.detail.substr(0, result.detail.find(" by n.plain")) + "\n";
  }
  CHECK(marks == ".FFMN..wN.tT");
  CHECK(details == "value: \"12\" wants value: 13, got {value: 12}\nedges: \"12 x\" came as \"12\"\nstopped by where, not by unless\n");
}

TEST_CASE("matcher: a long line of one word is left in linear time, and hits behind it are found") {
  RuleFolder folder;
  folder.file("a.yaml", "schema: 1\npack: p\nversion: 1.0.0\nrules:\n- { id: n, entity: n, pattern: '\\d+' }\n");
  const Extractor extractor = open_rules({folder.path()});
  CHECK(shown(extractor, article_of(std::string(2'000'000, '1') + "x 22")) == "n:22{}");
  std::string many;
  for (int i = 0; i < 50'000; ++i) many += "word ";
  const auto mentions = extractor.extract(article_of(many + "7 " + many + "8"), std::nullopt);
  CHECK(mentions.size() == 2);
}
