#include "extractors/rule_parse.h"

#include <doctest/doctest.h>

#include "extractors/pattern.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::RuleFolder;

namespace {

constexpr std::string_view kHead = "schema: 1\npack: p\nversion: 1.0.0\n";

std::string errors_of(std::string_view text) {
  RuleFolder folder;
  folder.file("a.yaml", std::string(kHead) + std::string(text)).file("sign.tsv", "surface\tvalue\tcountry\n$\tUSD\tUS\n€\tEUR\t\n");
  return folder.errors();
}

struct Row {
  std::string_view why, text, want;
};

const Row kRows[] = {
    {"an unknown lexicon, with what was meant",
     "lexicons: { cur_sign: { file: sign.tsv } }\n"
     "macros: { decimal: '\\d+' }\n"
     "rules:\n"
     "- id: money.sign\n"
     "  entity: money\n"
     "  pattern: '%{@curr_sign:cur}%{decimal:num}'\n",
     "a.yaml:9:13: error[R007]: no lexicon is called curr_sign\n"
     "    9 |   pattern: '%{@curr_sign:cur}%{decimal:num}'\n"
     "      |             ^~~~~~~~~~~~~~~~~ did you mean @cur_sign?\n"
     "  help: lexicons are declared at the top of the file; `tearsheet rules show --lexicons` lists them"},
    {"an unknown macro",
     "macros: { decimal: '\\d+' }\nrules:\n- { id: a, entity: x, pattern: 'a%{decimall}' }\n",
     "a.yaml:6:34: error[R006]: no macro is called decimall\n"
     "    6 | - { id: a, entity: x, pattern: 'a%{decimall}' }\n"
     "      |                                  ^~~~~~~~~~~ did you mean decimal?\n"
     "  help: macros are declared under `macros:` of any file of the pack; lexicons are written %{@decimall}"},
    {"an unknown key",
     "rules:\n- id: a\n  entity: x\n  pattern: 'a'\n  unles: []\n",
     "a.yaml:8:3: error[R001]: unknown key unles\n"
     "    8 |   unles: []\n"
     "      |   ^~~~~ did you mean unless?\n"
     "  help: known here: id, entity, doc, pattern, any, edges, emit, where, unless, requires, boost, set, conflict, confidence, examples, rejects, todo, zones, "
     "lang, status, max_len, trigger, reader, notes, silence"},
    {"a bad pattern, the caret under the bad part",
     "rules:\n- { id: a, entity: x, pattern: 'ab(?<=c)d' }\n",
     "a.yaml:5:35: error[R010]: the pattern is no RE2: invalid perl operator: (?<\n"
     "    5 | - { id: a, entity: x, pattern: 'ab(?<=c)d' }\n"
     "      |                                   ^~~\n"
     "  help: RE2 knows no look-around and no back-references; named groups are (?P<name>...)"},
    {"a bad pattern inside a macro points at its use",
     "macros: { m: 'x[z-a]' }\nrules:\n- { id: a, entity: x, pattern: 'ab%{m}' }\n",
     "a.yaml:6:35: error[R010]: the pattern is no RE2: invalid character class range: z-a\n"
     "    6 | - { id: a, entity: x, pattern: 'ab%{m}' }\n"
     "      |                                   ^~~~\n"
     "  help: RE2 knows no look-around and no back-references; named groups are (?P<name>...)"},
    {"a doubled quote moves the caret along",
     "rules:\n- { id: a, entity: x, pattern: 'it''s %{no}' }\n",
     "a.yaml:5:39: error[R006]: no macro is called no\n"
     "    5 | - { id: a, entity: x, pattern: 'it''s %{no}' }\n"
     "      |                                       ^~~~~\n"
     "  help: macros are declared under `macros:` of any file of the pack; lexicons are written %{@no}"},
    {"double quotes",
     "rules:\n- { id: a, entity: x, pattern: \"a\\\\d\" }\n",
     "a.yaml:5:32: error[R015]: a pattern in double quotes loses its backslashes\n"
     "    5 | - { id: a, entity: x, pattern: \"a\\\\d\" }\n"
     "      |                                ^ use '\n"
     "  help: patterns are single-quoted"},
    {"macros in a circle",
     "macros: { a: '%{b}', b: '%{a}' }\nrules:\n- { id: a, entity: x, pattern: 'x%{a}' }\n",
     "a.yaml:6:34: error[R008]: macros are nested deeper than 16, or in a circle\n"
     "    6 | - { id: a, entity: x, pattern: 'x%{a}' }\n"
     "      |                                  ^~~~ within this macro"},
    {"an unknown group in emit",
     "rules:\n- id: a\n  entity: x\n  pattern: '(?P<num>\\d+)'\n  emit: { amount: number(nun) }\n",
     "a.yaml:8:26: error[R014]: no group is called nun\n"
     "    8 |   emit: { amount: number(nun) }\n"
     "      |                          ^~~ did you mean num?\n"
     "  help: words go in quotes: \"'exact'\""},
    {"an unknown column in emit",
     "lexicons: { s: { file: sign.tsv } }\nrules:\n- id: a\n  entity: x\n  pattern: '%{@s:cur}x'\n  emit: { c: \"lookup(cur, 'contry')\" }\n",
     "a.yaml:9:22: error[R014]: the lexicon s has no column contry\n"
     "    9 |   emit: { c: \"lookup(cur, 'contry')\" }\n"
     "      |                      ^~~ did you mean country?"},
    {"an expression that ends early",
     "rules:\n- id: a\n  entity: x\n  pattern: '(?P<n>\\d+)'\n  where: n >\n",
     "a.yaml:8:13: error[R013]: the expression ends too early\n"
     "    8 |   where: n >\n"
     "      |             ^"},
    {"an id said twice",
     "rules:\n- { id: a, entity: x, pattern: 'a' }\n- { id: a, entity: x, pattern: 'b' }\n",
     "a.yaml:6:9: error[R004]: the id a is said twice\n"
     "    6 | - { id: a, entity: x, pattern: 'b' }\n"
     "      |         ^\n"
     "  help: change single fields of another pack's rule under change:"},
    {"a lexicon outside of the folder",
     "lexicons: { s: { file: ../sign.tsv } }\nrules: []\n",
     "a.yaml:4:24: error[R018]: a lexicon's file stays inside the folder of its pack\n"
     "    4 | lexicons: { s: { file: ../sign.tsv } }\n"
     "      |                        ^~~~~~~~~~~ no .. and no absolute path"},
    {"a guard with a misspelt key",
     "rules:\n- id: a\n  entity: x\n  pattern: 'a'\n  set:\n  - { preceeded_by: 'x', side: left }\n",
     "a.yaml:9:7: error[R001]: unknown key preceeded_by in a condition of set\n"
     "    9 |   - { preceeded_by: 'x', side: left }\n"
     "      |       ^~~~~~~~~~~~ did you mean preceded_by?"},
    {"marks that do not pair",
     "rules:\n- id: a\n  entity: x\n  pattern: 'a'\n  examples:\n  - { text: 'an <<a in it' }\n",
     "a.yaml:9:14: error[R016]: the marks << and >> do not pair\n"
     "    9 |   - { text: 'an <<a in it' }\n"
     "      |              ^~~~~~~~~~~~\n"
     "a.yaml:9:14: error[R016]: no span is marked\n"
     "    9 |   - { text: 'an <<a in it' }\n"
     "      |              ^~~~~~~~~~~~\n"
     "  help: put << and >> around what must be found; what must not be found is a reject"},
    {"an unknown guard in a reject",
     "rules:\n- id: a\n  entity: x\n  pattern: 'a'\n  rejects:\n  - { text: 'a', by: unles }\n",
     "a.yaml:9:22: error[R002]: no guard is called unles\n"
     "    9 |   - { text: 'a', by: unles }\n"
     "      |                      ^~~~~ did you mean unless?"},
};

}  // namespace

TEST_CASE("rule parse: each mistake is told with its place, its caret and the way out") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(errors_of(row.text) == row.want);
  }
}

TEST_CASE("rule parse: all mistakes of a folder come at once") {
  RuleFolder folder;
  folder.file("a.yaml", std::string(kHead) + "rules:\n- { id: A, entity: x, pattern: 'a' }\n- { id: b, entity: x }\n");
  folder.file("b.yaml", std::string(kHead) + "rules:\n- { id: c, entity: x, pattern: '(' }\n");
  const auto book = Rulebook::load({folder.path()});
  REQUIRE(!book);
  std::string codes;
  for (const Error& error : book.error()) codes += error.code + " ";
  CHECK(codes == "R005 R003 R010 ");
}

TEST_CASE("rule parse: the hash follows the expanded form and the lexicon's rows, not the examples") {
  const auto hash_of = [](std::string_view macro, std::string_view row, std::string_view more) {
    RuleFolder folder;
    folder.file("s.tsv", "surface\tvalue\n" + std::string(row) + "\n");
    folder.file("a.yaml", std::string(kHead) + "macros: { d: '" + std::string(macro) + "' }\nlexicons: { s: { file: s.tsv } }\nrules:\n- { id: a, entity: x, pattern: '%{@s:s}%{d}'" + std::string(more) + " }\n");
    return Rulebook::load({folder.path()}).value().rules().at(0)->name;
  };
  const std::string first = hash_of("\\d+", "$\tUSD", "");
  CHECK(first.substr(0, 8) == "a@1.0.0#");
  CHECK(first.size() == 12);
  CHECK(hash_of("\\d+", "$\tUSD", ", doc: about it, examples: [{ text: '<<$1>>' }]") == first);
  CHECK(hash_of("\\d", "$\tUSD", "") != first);
  CHECK(hash_of("\\d+", "$\tCAD", "") != first);
  CHECK(hash_of("\\d+", "$\tUSD", ", max_len: 10") != first);
}
