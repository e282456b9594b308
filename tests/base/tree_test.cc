// Trees: members by key, and nodes as field values.
#include "base/tree.h"

#include <doctest/doctest.h>

#include "base/yaml.h"

using namespace tearsheet;

TEST_CASE("tree: members are found by key, text only of scalars") {
  const auto tree = yaml::parse("a: 1\nb: [2]\nc: ~\n", "t.yaml");
  REQUIRE(tree.has_value());
  CHECK(tree->text("a") == "1");
  CHECK(tree->text("b").empty());
  CHECK(tree->text("c").empty());
  CHECK(tree->find("d") == nullptr);
  CHECK(Tree().find("a") == nullptr);
}

TEST_CASE("tree: nodes become field values, numbers exact") {
  struct Row {
    std::string_view why, yaml;
    Scalar want;
  };
  const Row rows[] = {
      {"a count", "42", std::int64_t{42}},
      {"a signed count", "+42", std::int64_t{42}},
      {"a negative one", "-7", std::int64_t{-7}},
      {"a fraction", "0.67", Decimal(67, -2)},
      {"a large exponent", "1e12", Decimal(1, 12)},
      {"19 digits fit an int64", "1234567890123456789", std::int64_t{1234567890123456789}},
      {"30 digits stay as written", "123456789012345678901234567890", "123456789012345678901234567890"},
      {"leading zeros stay as written", "007", "007"},
      {"a quoted number is a text", "'42'", "42"},
      {"truth", "true", true},
      {"untruth", "False", false},
      {"nothing", "~", {}},
      {"a list", "[1, x]", std::vector<Scalar>{1, "x"}},
      {"a map", "{a: 1, b: {c: x}}", Fields{{"a", 1}, {"b", Fields{{"c", "x"}}}}},
      {"an empty list", "[]", std::vector<Scalar>{}},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto tree = yaml::parse(row.yaml, "t.yaml");
    REQUIRE(tree.has_value());
    CHECK(to_scalar(*tree) == row.want);
  }
}
