// Settings: layers joined by key and by id, and every fault still at its place.
#include "extractors/settings.h"

#include <doctest/doctest.h>

#include "base/yaml.h"
#include "pipeline/tidy/tidy.h"

using namespace tearsheet;

namespace {

SettingsFile file(std::string path, std::string text) {
  auto tree = yaml::parse(text, path);
  REQUIRE(tree.has_value());
  return {std::move(path), std::move(text), std::move(*tree)};
}

std::string shown(const Tree& tree) {
  std::string out = tree.scalar;
  for (const Tree& item : tree.items) out += "[" + shown(item) + "]";
  for (const auto& [key, value] : tree.members) out += key + ":" + shown(value) + " ";
  return out;
}

}  // namespace

TEST_CASE("settings: how an upper layer meets the one below") {
  struct Row {
    std::string_view why, below, above, want;
  };
  const Row rows[] = {
      {"a scalar stands over a scalar", "a: 1\nb: 2\n", "b: 3\n", "a:1 b:3 "},
      {"maps are joined by key", "t: { x: 1, y: 2 }\n", "t: { y: 3, z: 4 }\n", "t:x:1 y:3 z:4  "},
      {"a plain list is replaced", "a: [1, 2]\n", "a: [3]\n", "a:[3] "},
      {"an entry with a known id changes single keys", "r: [{ id: p, x: 1, y: 2 }]\n", "r: [{ id: p, y: 3 }]\n", "r:[id:p x:1 y:3 ] "},
      {"a new entry comes first", "r: [{ id: p }]\n", "r: [{ id: q }]\n", "r:[id:q ][id:p ] "},
      {"an entry is taken out", "r: [{ id: p }, { id: q }]\n", "r: [{ id: p, status: 'off' }]\n", "r:[id:q ] "},
      {"cues of the upper layer are heard first", "c: { 'a|b': x }\n", "c: { 'c|d': y }\n", "c:c|d:y a|b:x  "},
      {"a version belongs to its own entries", "version: 1.0.0\nr: [{ id: p }]\n", "version: 2.0.0\nr: [{ id: q }]\n", "version:1.0.0 r:[id:q version:2.0.0 ][id:p ] "},
      {"a list where there was none", "a: 1\n", "r: [{ id: q }]\n", "a:1 r:[id:q ] "},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const SettingsFile below = file("below.yaml", std::string(row.below)), above = file("above.yaml", std::string(row.above));
    CHECK(shown(Settings({&below, &above}).tree()) == row.want);
  }
}

TEST_CASE("settings: faults are told in the file that has them") {
  const SettingsFile below = file("below.yaml", "kind: tidy\nthresholds: { tail_lines: 4 }\n");
  const SettingsFile above = file("above.yaml", "kind: tidy\n\nthresholds: { tail_line: 5 }\nmarks:\n- { id: m, status: 'off' }\n");
  const Settings joined({&below, &above});
  REQUIRE(joined.ignored().size() == 1);
  CHECK(joined.ignored()[0].place == Place{"above.yaml", 5, 3});
  const auto rules = TidyRules::compile(joined);
  REQUIRE_FALSE(rules.has_value());
  REQUIRE(rules.error().size() == 1);
  CHECK(rules.error()[0].place == Place{"above.yaml", 3, 15});
  CHECK(rules.error()[0].excerpt == "    3 | thresholds: { tail_line: 5 }\n      |               ^~~~~~~~~");
}
