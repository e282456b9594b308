// Organisations: listed bodies, names around a head word, abbreviations carried through the article.
#include <doctest/doctest.h>

#include "tests/extractors/name_rows.h"

using tearsheet::testing::names_of;
using tearsheet::testing::NameRow;

namespace {

constexpr NameRow kRows[] = {
    {"a listed body", "The European Commission agreed.", "European Commission=EU-EC"},
    {"a ministry with a list in its name", "the Ministry of Ports, Rail and Roads said so", "Ministry of Ports, Rail and Roads"},
    {"a list that no 'and' closes is not the name's", "the Ministry of Ports, Velotron and others", "Ministry of Ports"},
    {"a head word at the end", "an Upland Water Authority ruling", "Upland Water Authority"},
    {"an abbreviation in brackets, carried on", "the Zembla Tea Growers Association (ZTGA) met.\nFor ZTGA it was late.", "Zembla Tea Growers Association | ZTGA | ZTGA"},
    {"initials without brackets", "the Zembla Tea Growers Association met.\nFor ZTGA it was late.", "Zembla Tea Growers Association | ZTGA"},
    {"a body abroad by the initials of its own language", "the State Property Agency (AVAS) met.\nFor AVAS it was late.", "State Property Agency | AVAS | AVAS"},
    {"two bodies joined by 'and the'", "the Department of Fisheries and the Upland Water Authority", "Department of Fisheries | Upland Water Authority"},
    {"a union of countries before another body", "lent by the European Union and Zembla Development Fund", "Zembla Development Fund"},
    {"a head word alone", "the Ministry said the Commission met", ""},
    {"a government is no name", "the Japanese government said", ""},
    {"a heading in capitals", "Upland Water Authority Raises Rates Again", ""},
};

}  // namespace

TEST_CASE("organisation: lists, head words and abbreviations") {
  for (const NameRow& row : kRows) {
    CAPTURE(row.why);
    CHECK(names_of("organisation", row.text) == row.want);
  }
}
