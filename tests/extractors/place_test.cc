// Countries and places: names, adjectives, and names that are also words or people.
#include <doctest/doctest.h>

#include "tests/extractors/name_rows.h"

using tearsheet::testing::names_of;
using tearsheet::testing::NameRow;

namespace {

constexpr NameRow kCountries[] = {
    {"names and adjectives", "Japan and Dutch suppliers", "Japan=JP | Dutch=NL"},
    {"every way to write two of them", "the US, the U.S. and the UK", "US=US | U.S.=US | UK=GB"},
    {"a pronoun", "it told us", ""},
    {"a preposition proves a name that is also a word", "goods from Turkey", "Turkey=TR"},
    {"a word that opens a sentence", "Turkey sandwiches sold well.", ""},
    {"a person", "a book by Michael Jordan sold well", ""},
};
constexpr NameRow kPlaces[] = {
    {"a city", "a fab in Dresden", "Dresden=dresden"},
    {"a seat of power", "the White House said", "White House=white_house"},
    {"part of a longer name", "The Washington Post wrote", ""},
};

}  // namespace

TEST_CASE("country: names, adjectives, and those that are also words") {
  for (const NameRow& row : kCountries) {
    CAPTURE(row.why);
    CHECK(names_of("country", row.text) == row.want);
  }
}

TEST_CASE("place: names, and not where a longer name holds them") {
  for (const NameRow& row : kPlaces) {
    CAPTURE(row.why);
    CHECK(names_of("place", row.text) == row.want);
  }
}
