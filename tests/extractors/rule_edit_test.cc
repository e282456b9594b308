// Rule edit: a change touches its own lines, comments stay, and laying out changes nothing that is said.
#include "extractors/rule_edit.h"

#include <doctest/doctest.h>

#include "base/file.h"

using namespace tearsheet;

namespace {

constexpr std::string_view kFile = R"yaml(# head
schema: 1
pack: p

rules:
# about a
- id: a
  entity: x
  pattern: 'it''s'  # why
  examples:
  - { text: '<<it''s>>' }
  # the last word
- id: b
  entity: x
  pattern: 'b'
  rejects: [{ text: 'c' }]
  unless: { inside: url }

# foot
)yaml";

}  // namespace

TEST_CASE("edit: keys and entries are changed where they stand") {
  struct Row {
    std::string_view why, id, key, yaml, want;  // want: a stretch of the result
    bool entry;
  };
  const Row rows[] = {
      {"a scalar with a doubled quote", "a", "pattern", "'new'", "  pattern: 'new'  # why\n", false},
      {"a key that is not there", "a", "where", "x > 1", "  - { text: '<<it''s>>' }\n  where: x > 1\n  # the last word\n", false},
      {"a block list becomes a flow list", "a", "examples", "[]", "# why\n  examples: []\n  # the last word\n", false},
      {"an entry of a block list", "a", "examples", "{ text: '<<q>>' }", "  - { text: '<<it''s>>' }\n  - { text: '<<q>>' }\n  # the last word\n- id: b", true},
      {"an entry of a flow list", "b", "rejects", "{ text: 'd' }", "  rejects: [{ text: 'c' }, { text: 'd' }]\n", true},
      {"an entry beside a lone condition", "b", "unless", "{ inside: quote }", "  unless: \n  - { inside: url }\n  - { inside: quote }\n", true},
      {"an entry of a list that is not there", "b", "examples", "{ text: '<<b>>' }", "  unless: { inside: url }\n  examples:\n  - { text: '<<b>>' }\n\n# foot\n", true},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto text = row.entry ? add_entry(kFile, "a.yaml", row.id, row.key, row.yaml) : set_key(kFile, "a.yaml", row.id, row.key, row.yaml);
    REQUIRE(text.has_value());
    CAPTURE(*text);
    CHECK(text->find(row.want) != std::string::npos);
    CHECK(text->starts_with("# head\n"));
    CHECK(text->ends_with("\n# foot\n"));
    CHECK(find_rule(*text, "a.yaml", row.id)->tree.find(row.key) != nullptr);
  }
  const auto none = set_key(kFile, "a.yaml", "c", "pattern", "'x'");
  REQUIRE_FALSE(none.has_value());
  CHECK(none.error().code == "R022");
}

TEST_CASE("edit: a rule is added behind the last one, or begins the list") {
  const std::string rule = "- id: c\n  entity: x\n  pattern: 'c'\n";
  const auto behind = add_rule(kFile, "a.yaml", rule);
  REQUIRE(behind.has_value());
  CHECK(behind->find("  unless: { inside: url }\n\n- id: c\n  entity: x\n  pattern: 'c'\n\n# foot\n") != std::string::npos);
  CHECK(*add_rule("schema: 1\npack: p\n", "a.yaml", rule) == "schema: 1\npack: p\n\nrules:\n" + rule);
  CHECK(*add_rule("schema: 1\npack: p\nrules: []\n", "a.yaml", rule) == "schema: 1\npack: p\nrules:\n" + rule);
  CHECK(*add_rule("pack: p\nrules:\n  - id: a\n    entity: x\n", "a.yaml", rule) == "pack: p\nrules:\n  - id: a\n    entity: x\n\n  - id: c\n    entity: x\n    pattern: 'c'\n");
}

TEST_CASE("format: layout, order and quotes; comments stay with what is below them") {
  struct Row {
    std::string_view why, text, want;
  };
  const Row rows[] = {
      {"blanks, order, quotes, indentation", "schema: 1   \npack: p\n\n\n\nrules:\n  # about a\n  - id: a\n    # why so\n    pattern: \"a\\\\d\"\n    entity: x\n    rejects: ['b']\n    examples: ['<<a1>>']\n  - id: b\n    entity: x\n    pattern: b\n",
       "schema: 1\npack: p\n\nrules:\n# about a\n- id: a\n  entity: x\n  # why so\n  pattern: 'a\\d'\n  examples: ['<<a1>>']\n  rejects: ['b']\n\n- id: b\n  entity: x\n  pattern: 'b'\n"},
      {"a section's headline stays above its rule", "pack: p\nrules:\n- id: a\n  entity: x\n\n# ---- second ----\n\n- id: b\n  entity: x\n", "pack: p\nrules:\n- id: a\n  entity: x\n\n# ---- second ----\n\n- id: b\n  entity: x\n"},
      {"macros in single quotes", "pack: p\nmacros:\n  a: \"x\"\n  b: y # said\nrules:\n- id: a\n", "pack: p\nmacros:\n  a: 'x'\n  b: 'y' # said\nrules:\n- id: a\n"},
      {"settings keep their order", "kind: tidy\nmarks:\n- id: a  \n  pattern: x\n  use: body\n\n\n", "kind: tidy\nmarks:\n- id: a\n  pattern: x\n  use: body\n"},
      {"a block scalar is left alone", "pack: p\nrules:\n- id: a\n  notes: |\n    a  \n  entity: x  \n", "pack: p\nrules:\n- id: a\n  notes: |\n    a  \n  entity: x  \n"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto laid = format_rules(row.text, "a.yaml");
    REQUIRE(laid.has_value());
    CHECK(*laid == row.want);
    CHECK(*format_rules(*laid, "a.yaml") == *laid);
  }
  CHECK(format_rules("pack: p\nrules:\n- id: a\n  id: b\n", "a.yaml").error().code == "Y003");
}

TEST_CASE("format: the shipped rules say the same when they are laid out") {
  for (const char* name : {"company", "core", "currency", "date", "money", "node", "organisation", "percent", "place", "quantity", "records", "tidy"}) {
    CAPTURE(name);
    const std::string path = std::string(TEARSHEET_SOURCE_DIR) + "/rules/" + name + ".yaml";
    const auto text = file::read(path);
    REQUIRE(text.has_value());
    const auto laid = format_rules(text->bytes, path);  // R023 where it would say something else
    CHECK(laid.has_value());
  }
}
