// Decimal: reading, arithmetic, order and printing, with what must be refused.
#include <doctest/doctest.h>

#include <optional>
#include <string_view>

#include "tearsheet/value.h"

using tearsheet::Decimal;

namespace {

struct Reading {
  std::string_view why, text;
  std::optional<std::string_view> want;  // nothing: must be refused
};
constexpr Reading kReadings[] = {
    {"plain", "13", "13"},
    {"a minus", "-12.50", "-12.5"},
    {"a plus", "+3", "3"},
    {"an exponent", "1e9", "1000000000"},
    {"an exponent with signs", "12.5E+3", "12500"},
    {"a fraction by its exponent", "67e-2", "0.67"},
    {"zeros behind the point mean nothing", "1.000000000000000000000000000000", "1"},
    {"zeros in front mean nothing", "0000000000000000000000000000007", "7"},
    {"zeros inside count", "1000.0001", "1000.0001"},
    {"zero has one form", "-0.00e7", "0"},
    {"18 digits are the most", "999999999999999999", "999999999999999999"},
    {"18 digits with a point", "9999999999.99999999", "9999999999.99999999"},
    {"large and round", "1e40", "10000000000000000000000000000000000000000"},
    {"19 digits are too many", "1234567890123456789", std::nullopt},
    {"19 digits over the point are too many", "1.000000000000000001", std::nullopt},
    {"above the exponent's range", "1e41", std::nullopt},
    {"below the exponent's range", "1e-41", std::nullopt},
    {"an exponent no int holds", "1e99999999999", std::nullopt},
    {"nothing", "", std::nullopt},
    {"a sign alone", "-", std::nullopt},
    {"no digit before the point", ".5", std::nullopt},
    {"no digit behind the point", "5.", std::nullopt},
    {"two points", "1.2.3", std::nullopt},
    {"grouping is the reader's work", "1,000", std::nullopt},
    {"a blank", "1 000", std::nullopt},
    {"a blank behind", "1 ", std::nullopt},
    {"no exponent", "1e", std::nullopt},
    {"two signs in an exponent", "1e+-3", std::nullopt},
    {"hexadecimal", "0x10", std::nullopt},
    {"words", "nan", std::nullopt},
};

Decimal decimal(std::string_view text) {
  const auto read = Decimal::parse(text);
  REQUIRE(read.has_value());
  return read.value_or(Decimal());
}

struct Operation {
  std::string_view why, a, b;
  std::optional<std::string_view> want;
};
constexpr Operation kProducts[] = {
    {"a scale word", "1.23", "1e12", "1230000000000"},
    {"signs", "-2.5", "4", "-10"},
    {"by zero", "0", "1e40", "0"},
    {"normalised on the way", "500000000000000000", "2", "1000000000000000000"},
    {"too many digits", "123456789012345", "123457", std::nullopt},
    {"exponent over the edge", "1e30", "1e11", std::nullopt},
};
constexpr Operation kSums[] = {
    {"unequal exponents", "1e9", "0.5", "1000000000.5"},
    {"to zero", "12.5", "-12.5", "0"},
    {"with zero", "0", "7", "7"},
    {"carries into a new digit", "0.9", "0.1", "1"},
    {"18 places apart still fits", "1e18", "-1", "999999999999999999"},
    {"a sum of 19 digits", "1e18", "1", std::nullopt},
    {"far apart", "1e40", "1e-40", std::nullopt},
    {"overflow of digits", "999999999999999999", "2", std::nullopt},
};
constexpr Operation kAscending[] = {
    {"signs first", "-1", "0", ""},
    {"exponents", "999", "1e3", ""},
    {"fractions", "0.67", "0.7", ""},
    {"negative ones turn round", "-1e3", "-999", ""},
    {"far apart", "1e-40", "1e40", ""},
    {"the last of many digits", "999999999999999998", "999999999999999999", ""},
    {"one place, other exponents", "1.5", "2", ""},
};

}  // namespace

TEST_CASE("decimal: reads plain numbers exactly and refuses the rest") {
  for (const Reading& row : kReadings) {
    CAPTURE(row.why);
    const auto got = Decimal::parse(row.text);
    CHECK(got.has_value() == row.want.has_value());
    if (got && row.want) CHECK(got->to_string() == *row.want);
  }
}

TEST_CASE("decimal: equal values are equal members") {
  CHECK(Decimal(1000, 0) == Decimal(1, 3));
  CHECK(Decimal(1000, -3) == Decimal(1));
  CHECK(Decimal(0, 17).exponent() == 0);
  CHECK(Decimal(-120, -1).mantissa() == -12);
  CHECK(decimal("12.50") == decimal("125e-1"));
}

TEST_CASE("decimal: products are exact or nothing") {
  for (const Operation& row : kProducts) {
    CAPTURE(row.why);
    const auto got = decimal(row.a).times(decimal(row.b));
    CHECK(got == decimal(row.b).times(decimal(row.a)));
    CHECK(got.has_value() == row.want.has_value());
    if (got && row.want) CHECK(got->to_string() == *row.want);
  }
}

TEST_CASE("decimal: sums are exact or nothing") {
  for (const Operation& row : kSums) {
    CAPTURE(row.why);
    const auto got = decimal(row.a).plus(decimal(row.b));
    CHECK(got == decimal(row.b).plus(decimal(row.a)));
    CHECK(got.has_value() == row.want.has_value());
    if (got && row.want) CHECK(got->to_string() == *row.want);
  }
}

TEST_CASE("decimal: order is by value") {
  for (const Operation& row : kAscending) {
    CAPTURE(row.why);
    CHECK(decimal(row.a) < decimal(row.b));
    CHECK(decimal(row.b) > decimal(row.a));
    CHECK_FALSE(decimal(row.a) == decimal(row.b));
  }
  CHECK((decimal("5") <=> decimal("5.0")) == std::strong_ordering::equal);
}

TEST_CASE("decimal: the double is the nearest one") {
  CHECK(decimal("0.1").approximate() == 0.1);
  CHECK(decimal("1e23").approximate() == 1e23);
  CHECK(decimal("-70000000000").approximate() == -7e10);
  CHECK(decimal("0").approximate() == 0.0);
}
