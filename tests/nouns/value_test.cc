// Values: fields by name, equality and plain text.
#include <doctest/doctest.h>

#include "tearsheet/value.h"

using namespace tearsheet;

namespace {

Ref micron(std::string how) {
  Ref ref;
  ref.text = "the chipmaker";
  ref.name = "Micron Technology";
  ref.how = std::move(how);
  ref.more = {{"country", "US"}};
  return ref;
}

}  // namespace

TEST_CASE("fields: set replaces in place or appends, unset removes, find finds") {
  Fields fields{{"amount", Decimal(7, 10)}, {"currency", "JPY"}};
  set(fields, "amount", Decimal(526, 6));
  set(fields, "modifier", "max");
  CHECK(fields.size() == 3);
  CHECK(fields[0].name == "amount");
  REQUIRE(find(fields, "amount") != nullptr);
  CHECK(*find(fields, "amount")->get<Decimal>() == Decimal(526, 6));
  CHECK(text_of(fields, "modifier") == "max");
  CHECK(text_of(fields, "amount").empty());
  CHECK(text_of(fields, "nothing").empty());
  unset(fields, "currency");
  unset(fields, "nothing");
  CHECK(find(fields, "currency") == nullptr);
  CHECK(fields.size() == 2);
}

TEST_CASE("scalars: equal by what they hold, refs too") {
  CHECK(Scalar(micron("coref")) == Scalar(micron("coref")));
  CHECK_FALSE(Scalar(micron("coref")) == Scalar(micron("said")));
  CHECK(Scalar(std::vector<Scalar>{micron("said")}) == Scalar(std::vector<Scalar>{micron("said")}));
  CHECK_FALSE(Scalar(1) == Scalar(Decimal(1)));
  CHECK(Scalar() == Scalar());
  CHECK_FALSE(Scalar() == Scalar(""));
}

TEST_CASE("scalars: as plain text") {
  struct Row {
    std::string_view why;
    Scalar value;
    std::string_view want;
  };
  const Row rows[] = {
      {"none", {}, ""},
      {"truth", true, "true"},
      {"a count", 42, "42"},
      {"an amount without exponent", Decimal(7, 10), "70000000000"},
      {"a date", *Date::parse_iso("2023-01-06"), "2023-01-06"},
      {"words", "JPY", "JPY"},
      {"a list", std::vector<Scalar>{"USD", "CAD"}, "USD CAD"},
      {"an object", Fields{{"by", 5}, {"unit", "percent"}}, "by=5 unit=percent"},
      {"a ref by its name", micron("coref"), "Micron Technology"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(to_string(row.value) == row.want);
  }
}
