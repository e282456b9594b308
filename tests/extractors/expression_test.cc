#include "extractors/expression.h"

#include <doctest/doctest.h>

#include <map>

using namespace tearsheet;

namespace {

/// Names of a hit: num "1,200", scale (a lexicon: 1000000), cur (USD, with candidates), and some that took no part.
class Hit : public Names {
 public:
  Scalar value(std::string_view name) const override {
    if (name == "num") return "1,200";
    if (name == "scale") return "1000000";
    if (name == "cur") return "USD";
    if (name == "word") return "many";
    return {};
  }
  std::string text(std::string_view name) const override { return name == "cur" ? "US$" : ""; }
  std::string cell(std::string_view name, std::string_view column) const override { return name == "cur" && column == "candidates" ? "USD CAD" : ""; }
  std::optional<Decimal> number(std::string_view words) const override {
    if (words == "1,200") return Decimal(1200);
    return std::nullopt;
  }
};

std::string worked(std::string_view source) {
  const auto expression = Expression::parse(source);
  if (!expression) return "parse: " + expression.error().what;
  const auto value = expression->evaluate(Hit());
  return value ? to_string(*value) : "failed: " + value.error();
}

struct Row {
  std::string_view why, source, want;
};
constexpr Row kRows[] = {
    {"a number and a scale", "num * scale", "1200000000"},
    {"an absent factor is left out", "num * absent", "1200"},
    {"nothing times nothing is nothing", "absent * absent", ""},
    {"products bind before sums", "1 + 2 * 3", "7"},
    {"brackets", "(1 + 2) * 3", "9"},
    {"left to right", "10 - 4 - 3", "3"},
    {"decimals are exact", "0.1 + 0.2", "0.3"},
    {"a division that goes up", "1 / 8", "0.125"},
    {"a division that does not", "1 / 3", "failed: the division does not go up exactly"},
    {"division by zero", "1 / 0", "failed: the division does not go up exactly"},
    {"out of range", "999999999999999999 * 999999999999999999", "failed: the number leaves 18 digits"},
    {"a word is no number", "word + 1", "failed: \"many\" is no number"},
    {"comparison", "num > 1000 and num <= 1200", "true"},
    {"comparison with something absent is false", "absent > 0 or absent <= 0", "false"},
    {"words compare as words", "cur = 'USD'", "true"},
    {"not", "not absent", "true"},
    {"minus", "-num", "-1200"},
    {"functions: number", "number(num)", "1200"},
    {"functions: scaled", "scaled('2 million')", "2000000"},
    {"functions: scale", "scale('bn')", "1000000000"},
    {"functions: text", "text(cur)", "US$"},
    {"functions: lookup", "lookup(cur, 'candidates')", "USD CAD"},
    {"functions: lookup of nothing", "coalesce(lookup(cur, 'no'), 'none')", "none"},
    {"functions: lower", "lower('ÉTÉ')", "été"},
    {"functions: min and max", "min(3, 1, absent) + max(2, 5)", "6"},
    {"functions: if", "if(num > 5, 'much', 'little')", "much"},
    {"an unknown function", "numbr(num)", "parse: no function is called numbr"},
    {"too few arguments", "if(num)", "parse: if takes 3 arguments"},
    {"one too many", "num num", "parse: this is one too many"},
    {"a string left open", "'abc", "parse: a string is not closed"},
    {"a sign without meaning", "num ^ 2", "parse: this character has no meaning in an expression"},
};

}  // namespace

TEST_CASE("expression: exact, with absent operands left out") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(worked(row.source) == row.want);
  }
}

TEST_CASE("expression: nesting has an end") {
  CHECK(worked(std::string(200, '(') + "1" + std::string(200, ')')) == "parse: nested too deep");
}

TEST_CASE("expression: list() splits at blanks") {
  const auto value = Expression::parse("list(lookup(cur, 'candidates'))")->evaluate(Hit());
  REQUIRE(value);
  const auto* items = value->get<std::vector<Scalar>>();
  REQUIRE(items != nullptr);
  CHECK(items->size() == 2);
}
