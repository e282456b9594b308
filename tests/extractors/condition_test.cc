#include "extractors/condition.h"

#include <doctest/doctest.h>

#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;
using tearsheet::testing::open_rules;
using tearsheet::testing::RuleFolder;
using tearsheet::testing::shown;

namespace {

/// Whether a rule for digits, with one guard in `requires`, finds "7" in the text.
bool finds(std::string_view guard, std::string_view text) {
  RuleFolder folder;
  folder.file("per.tsv", "surface\tvalue\na share|per share\tshare\n");
  folder.file("a.yaml", "schema: 1\npack: p\nversion: 1.0.0\nlexicons: { per: { file: per.tsv, fold: case } }\nrules:\n"
                        "- { id: other, entity: name, pattern: 'Acme' }\n"
                        "- id: digits\n  entity: n\n  pattern: '7'\n  requires: [" + std::string(guard) + "]\n");
  return shown(open_rules({folder.path()}), article_of(std::string(text))).find("n:7") != std::string::npos;
}

struct Row {
  std::string_view why, guard, text;
  bool want;
};
constexpr Row kRows[] = {
    {"near: same sentence, left", "{ near: [chip] }", "A chip of 7. Other.", true},
    {"near: same sentence, right", "{ near: [chip] }", "Of 7 a CHIP.", true},
    {"near: another sentence", "{ near: [chip] }", "A chip. Then 7 came.", false},
    {"near: an abbreviation ends no sentence", "{ near: [chip] }", "A chip of Acme Corp. in 7 lots.", true},
    {"near: the paragraph", "{ near: [chip], within: paragraph }", "A chip. Then 7 came.", true},
    {"near: another paragraph", "{ near: [chip], within: paragraph }", "A chip.\nThen 7 came.", false},
    {"near: the article", "{ near: [chip], within: article }", "A chip.\nThen 7 came.", true},
    {"near: words are counted", "{ near: [chip], within: 2 words }", "chip one two 7", true},
    {"near: one word too far", "{ near: [chip], within: 2 words }", "chip one two three 7", false},
    {"near: whole words", "{ near: [chip] }", "chips and 7", false},
    {"near: a pattern is case-sensitive", "{ near: 'chip' }", "CHIP 7", false},
    {"near: a pattern needs no edges", "{ near: 'chip' }", "chips 7", true},
    {"near: another type's mention", "{ near: { entity: name } }", "Acme has 7.", true},
    {"near: no such mention", "{ near: { entity: name } }", "Somebody has 7.", false},
    {"preceded_by: right before", "{ preceded_by: [about] }", "about 7", true},
    {"preceded_by: over an opening bracket", "{ preceded_by: [about] }", "about (7)", true},
    {"preceded_by: a word between", "{ preceded_by: [about] }", "about all 7", false},
    {"preceded_by: a word allowed", "{ preceded_by: [about], within: 1 words }", "about all 7", true},
    {"preceded_by: a comma is no gap", "{ preceded_by: [about] }", "about, 7", false},
    {"preceded_by: part of a word", "{ preceded_by: [bout] }", "about 7", false},
    {"preceded_by: touching", "{ preceded_by: '-', within: touching }", "a -7", true},
    {"preceded_by: not touching", "{ preceded_by: 'x', within: touching }", "x 7", false},
    {"preceded_by: not behind it", "{ preceded_by: [about] }", "7 about", false},
    {"followed_by: right behind", "{ followed_by: [units] }", "7 units", true},
    {"followed_by: longest word first", "{ followed_by: [unit, units] }", "7 units", true},
    {"followed_by: a hyphen between", "{ followed_by: [units] }", "7-units", true},
    {"followed_by: a lexicon", "{ followed_by: '%{@per}' }", "7 A Share", true},
    {"followed_by: a sign that is also a gap", "{ followed_by: '-[a-z]' }", "7-fold", true},
    {"followed_by: words between", "{ followed_by: [units], within: 2 words }", "7 of the units", true},
    {"followed_by: too many", "{ followed_by: [units], within: 1 words }", "7 of the units", false},
    {"all keys must hold", "{ preceded_by: [about], followed_by: [units] }", "about 7 cars", false},
    {"all keys hold", "{ preceded_by: [about], followed_by: [units] }", "about 7 units", true},
    {"inside: a bracket", "{ inside: bracket }", "a deal (worth 7 in all) was", true},
    {"inside: behind a bracket", "{ inside: bracket }", "a (deal) of 7", false},
    {"inside: curly quotes", "{ inside: quote }", "he said \u201Cit is 7 now\u201D.", true},
    {"inside: behind the quotes", "{ inside: quote }", "\"yes\" he said 7 \"no\"", false},
    {"inside: a URL", "{ inside: url }", "at https://a.example/7 there", true},
    {"inside: a file name", "{ inside: url }", "the file image_1920x-7.jpg here", true},
    {"inside: no URL", "{ inside: url }", "7, at https://a.example/", false},
    {"inside: a use", "{ inside: caption }", "7", false},
    {"inside: the use of plain blocks", "{ inside: body }", "7", true},
};

}  // namespace

TEST_CASE("condition: near, preceded_by, followed_by and inside") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(finds(row.guard, row.text) == row.want);
  }
}

TEST_CASE("condition: edges keep words and numbers whole") {
  struct Edge {
    std::string_view why, text, hit;
    Edges edges;
    bool want;
  };
  constexpr Edge kEdges[] = {
      {"a word of its own", "a cat sat", "cat", Edges::word, true},
      {"part of a word", "a category", "cat", Edges::word, false},
      {"a letter of another script", "chat\u00E9 x", "chat", Edges::word, false},
      {"signs need no edge", "US$5", "$5", Edges::word, true},
      {"a digit behind a digit", "15", "5", Edges::word, false},
      {"a number cut at a point", "12.5.2023", "12.5", Edges::word, false},
      {"a number cut at a comma on the left", "1,234", "234", Edges::word, false},
      {"a full stop ends no number", "It is 12.5.", "12.5", Edges::word, true},
      {"left only", "category", "cat", Edges::left, true},
      {"right only", "tomcat", "cat", Edges::right, true},
      {"none", "scatter", "cat", Edges::none, true},
  };
  for (const Edge& row : kEdges) {
    CAPTURE(row.why);
    const auto at = static_cast<std::uint32_t>(row.text.find(row.hit));
    CHECK(keeps_edges(row.text, {at, at + static_cast<std::uint32_t>(row.hit.size())}, row.edges) == row.want);
  }
}
