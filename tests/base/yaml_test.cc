// YAML: what is read as what, and each refusal with its place.
#include "base/yaml.h"

#include <doctest/doctest.h>

#include <string>

using tearsheet::Result;
using tearsheet::Tree;
namespace yaml = tearsheet::yaml;

namespace {

// A tree in one line: "s" string, "q" quoted, "n" number, "b" boolean, "~" null.
std::string shape(const Tree& tree) {
  switch (tree.type) {
    case Tree::Type::null: return "~";
    case Tree::Type::boolean: return "b:" + tree.scalar;
    case Tree::Type::number: return "n:" + tree.scalar;
    case Tree::Type::string: return (tree.quoted ? "q:" : "s:") + tree.scalar;
    case Tree::Type::list: {
      std::string out = "[";
      for (const Tree& item : tree.items) out += (out.size() > 1 ? " " : "") + shape(item);
      return out + "]";
    }
    case Tree::Type::map: break;
  }
  std::string out = "{";
  for (const auto& [key, node] : tree.members) out += (out.size() > 1 ? " " : "") + key + "=" + shape(node);
  return out + "}";
}

struct Row {
  std::string_view why, text, want;
};
constexpr Row kRows[] = {
    {"nothing", "", "~"},
    {"a comment alone", "# only\n", "~"},
    {"a map keeps its order", "b: 1\na: 2\n", "{b=n:1 a=n:2}"},
    {"only true and false are truth", "[true, False, yes, no, on, off, y, tRue]", "[b:true b:False s:yes s:no s:on s:off s:y s:tRue]"},
    {"null has its spellings", "[~, null, Null, NULL, nil, none]", "[~ ~ ~ ~ s:nil s:none]"},
    {"nothing behind a key is null", "a:\nb: 1\n", "{a=~ b=n:1}"},
    {"numbers", "[1, -2, +3, 0.5, 1e9, 1.5E-3]", "[n:1 n:-2 n:+3 n:0.5 n:1e9 n:1.5E-3]"},
    {"no numbers", "[1., .5, 1_000, 0x1F, .inf, 1e, '-', 12:30]", "[s:1. s:.5 s:1_000 s:0x1F s:.inf s:1e q:- s:12:30]"},
    {"dates and versions stay texts", "[2023-01-06, 1.0.0, v2]", "[s:2023-01-06 s:1.0.0 s:v2]"},
    {"quotes make a text", "['1', \"true\", '~', '']", "[q:1 q:true q:~ q:]"},
    {"block scalars are texts", "a: |\n  12\n  b\nc: >-\n  d\n  e\n", "{a=q:12\nb\n c=q:d e}"},
    {"escapes in double quotes only", "[\"\\u00e9\\n\", '\\n']", "[q:é\n q:\\n]"},
    {"a tag makes a text", "!!str 12", "q:12"},
    {"a key may be anything plain", "{null: 1, 2: b, true: c}", "{null=n:1 2=s:b true=s:c}"},
    {"Windows line ends", "a: 1\r\nb: [x,\r\n y]\r\n", "{a=n:1 b=[s:x s:y]}"},
    {"a byte-order mark", "\xEF\xBB\xBF" "a: 1\n", "{a=n:1}"},
    {"document marks", "---\na: 1\n...\n", "{a=n:1}"},
    {"other scripts", "会社: 日本\n", "{会社=s:日本}"},
    {"a dollar and a percent sign inside", "a: US$5\nb: 5%\n", "{a=s:US$5 b=s:5%}"},
    {"a directive of YAML's own", "%YAML 1.2\n---\na: 1\n", "{a=n:1}"},
    {"keys in a flow map may stand alone", "{a, b: , 'c': 1}", "{a=~ b=~ c=n:1}"},
    {"a comma behind the last item", "[a, b, ]", "[s:a s:b]"},
    {"a quoted key, its colon apart", "'it''s' : \nb :\n", "{it's=~ b=~}"},
    {"a list's nothing", "-\n- a\n", "[~ s:a]"},
    {"a tab behind a colon is a blank", "a:\t1\n", "{a=n:1}"},
};

struct Refusal {
  std::string_view why, text, code;
  std::uint32_t line, column;
  std::string_view what;  // must be in the message
};
constexpr Refusal kRefusals[] = {
    {"a tab indents", "a:\n\tb: 1\n", "Y001", 2, 1, "tab"},
    {"a tab behind blanks", "a:\n  b: 1\n  \tc: 2\n", "Y001", 3, 3, "tab"},
    {"a tab in front of all", "\ta: 1\n", "Y001", 1, 1, "tab"},
    {"a list that never closes", "a: [1, 2\n", "Y001", 2, 1, "sequence"},
    {"a map that never closes", "a: {b: 1\n", "Y001", 2, 1, "map"},
    {"two colons", "a: b: c\n", "Y001", 1, 5, "map value"},
    {"a quote that never closes", "a: 'b\n", "Y001", 1, 4, "never closes"},
    {"a double quote that never closes", "a: \"b\\\"\nc: d\n", "Y001", 1, 4, "never closes"},
    {"a quote over several lines that never closes", "a:\n- 'it''s\n- b\n", "Y001", 2, 3, "never closes"},
    {"words behind a quote", "a: 'b' c\n", "Y001", 1, 8, ""},
    {"a word without a colon", "a: 1\nc\n", "Y001", 2, 1, "no colon behind c"},
    {"a word without a colon, indented", "- 'b': 1\n  c\n", "Y001", 2, 3, "no colon behind c"},
    {"a word whose colon is in a comment", "- 'b': 1\n  'c' # d: e\n", "Y001", 2, 3, "neither 'key: value' nor the end"},
    {"two commas", "a: [1,,2]\n", "Y001", 1, 7, "between two commas"},
    {"an inner list that never closes", "[a: [[1, 2]\n", "Y001", 1, 1, "never closes"},
    {"a percent sign begins a directive", "# c\n%a: 1\n", "Y001", 2, 1, "directive"},
    {"an unknown escape", "a: \"\\q\"\n", "Y001", 1, 7, "escape"},
    {"a list as a key", "? [a, b]\n: c\n", "Y001", 1, 3, "key"},
    {"a second document", "a: 1\n---\nb: 2\n", "Y001", 3, 1, "second document"},
    {"a control character", "a: b\nc: \x01\n", "Y001", 2, 4, "control"},
    {"a byte that yaml-cpp takes for the end", "a: 1\nb: \x04\n", "Y001", 2, 4, "control"},
    {"not UTF-8", "a: ü\nb: caf\xE9\n", "Y001", 2, 7, "UTF-8"},
    {"an anchor", "a: &x 1\n", "Y002", 1, 4, "anchors"},
    {"an anchor on a map", "a: &x\n  b: 1\n", "Y002", 1, 4, "anchors"},
    {"an alias", "a: 1\nb: *a\n", "Y00", 2, 4, ""},
    {"a key twice", "a: 1\nb: 2\na: 3\n", "Y003", 3, 1, "a is said twice; first in line 1, column 1"},
    {"a key twice in an inner map", "m: {x: 1, y: 2, x: 3}\n", "Y003", 1, 17, "first in line 1, column 5"},
    {"a key twice, once in quotes", "é: 1\n'é': 2\n", "Y003", 2, 1, "first in line 1, column 1"},
};

}  // namespace

TEST_CASE("yaml: the core schema, no more") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto got = yaml::parse(row.text, "t.yaml");
    REQUIRE_MESSAGE(got.has_value(), (got ? "" : to_text(got.error())));
    CHECK(shape(*got) == row.want);
  }
}

TEST_CASE("yaml: each refusal says where, and shows the line") {
  for (const Refusal& row : kRefusals) {
    CAPTURE(row.why);
    const auto got = yaml::parse(row.text, "rules/t.yaml");
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code.starts_with(row.code));
    CHECK(got.error().place == tearsheet::Place{"rules/t.yaml", row.line, row.column});
    CHECK(got.error().what.find(row.what) != std::string::npos);
    CHECK(got.error().excerpt.find('^') != std::string::npos);
  }
}

TEST_CASE("yaml: nodes and keys know their bytes") {
  constexpr std::string_view kText = "\xEF\xBB\xBF" "ü: x\nlist:\n- one\n- {k: v}\n";
  const auto got = yaml::parse(kText, "t.yaml");
  REQUIRE(got.has_value());
  const auto at = [&](std::uint32_t offset) { return kText.substr(offset); };
  CHECK(at(got->members[0].second.key_offset).starts_with("ü:"));
  CHECK(at(got->members[0].second.offset).starts_with("x\n"));
  const Tree* list = got->find("list");
  REQUIRE(list != nullptr);
  CHECK(at(list->key_offset).starts_with("list:"));
  CHECK(at(list->items[0].offset).starts_with("one"));
  CHECK(at(list->items[1].offset).starts_with("{k"));
  CHECK(at(list->items[1].find("k")->offset).starts_with("v}"));
}

TEST_CASE("yaml: depth and nodes are limited") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(yaml::parse(nested(64), "t").has_value());
  const auto deep = yaml::parse(nested(65), "t");
  REQUIRE_FALSE(deep.has_value());
  CHECK(deep.error().code == "Y004");
  CHECK(deep.error().place.column == 65);
  yaml::Limits few;
  few.nodes = 4;
  CHECK(yaml::parse("[1, 2, 3]", "t", few).has_value());
  CHECK(yaml::parse("[1, 2, 3, 4]", "t", few).error().code == "Y004");
  CHECK(yaml::parse("{a: 1, b: 2}", "t", few).error().code == "Y004");
}

TEST_CASE("yaml: nesting without end is refused, not a crash") {
  struct Deep {
    std::string_view why, unit;
    bool lines;
  };
  constexpr Deep kDeep[] = {{"flow lists", "[", false}, {"flow maps", "{a: ", false}, {"block lists in a line", "- ", false},
                            {"explicit keys", "? ", false}, {"block maps", "a:", true}};
  for (const Deep& row : kDeep) {
    CAPTURE(row.why);
    std::string text;
    for (std::size_t i = 0; i < (row.lines ? 1500 : 50'000); ++i) {
      if (row.lines) text += std::string(i, ' ');
      text += row.unit;
      if (row.lines) text += '\n';
    }
    const auto got = yaml::parse(text, "t");
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code.starts_with("Y00"));
  }
}

TEST_CASE("yaml: anchors where they are wanted, each copy counted") {
  yaml::Limits with;
  with.anchors = true;
  const auto got = yaml::parse("a: &x [1, 2]\nb: *x\n", "t", with);
  REQUIRE(got.has_value());
  CHECK(shape(*got) == "{a=[n:1 n:2] b=[n:1 n:2]}");
  CHECK(yaml::parse("a: &x [1, *x]\n", "t", with).error().code == "Y002");
  std::string laughs = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n";
  for (int i = 1; i < 10; ++i) {
    const std::string one = "*a" + std::to_string(i - 1);
    laughs += "a" + std::to_string(i) + ": &a" + std::to_string(i) + " [";
    for (int k = 0; k < 10; ++k) laughs += (k ? ", " : "") + one;
    laughs += "]\n";
  }
  CHECK(yaml::parse(laughs, "t", with).error().code == "Y004");
}

TEST_CASE("yaml: duplicates where they are wanted, the first wins") {
  yaml::Limits with;
  with.duplicates = true;
  const auto got = yaml::parse("a: 1\na: 2\nb: 3\n", "t", with);
  REQUIRE(got.has_value());
  CHECK(shape(*got) == "{a=n:1 b=n:3}");
}
