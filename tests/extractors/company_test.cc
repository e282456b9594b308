// Companies: listed names, legal forms, cues, short forms, and the people and things that are none.
#include <doctest/doctest.h>

#include "tests/extractors/name_rows.h"

using tearsheet::testing::names_of;
using tearsheet::testing::NameRow;

namespace {

constexpr NameRow kFound[] = {
    {"a listed name", "Chips that TSMC makes.", "TSMC=tsmc"},
    {"possessives stay outside, straight and curly", "TSMC's fab and Nvidia’s order.", "TSMC=tsmc | Nvidia=nvidia"},
    {"tokenised hyphens", "Shops of Wal - Mart closed.", "Wal - Mart=walmart"},
    {"a legal form with its point at a sentence's end", "It went to Brightwell Optics Ltd.\nThe rest stayed.", "Brightwell Optics Ltd."},
    {"words that open a sentence are cut off", "This is Kestrel Securities Inc. of Ohio.", "Kestrel Securities Inc."},
    {"a list is several names", "along with Nikon, Acorn Valley Group, Kestrel Ltd. and others", "Nikon=nikon | Acorn Valley Group | Kestrel Ltd."},
    {"'and' joins general words only", "between Acorn and Kestrel Corp. of Ohio", "Kestrel Corp."},
    {"a name without its form is carried, before the full name, too", "Staff at Velotron left.\nIts rival fears Velotron Ltd. most.", "Velotron | Velotron Ltd."},
    {"a short form of several words", "A bid for Acorn Valley Group fell.\nStaff of Acorn Valley were glad.", "Acorn Valley Group | Acorn Valley"},
    {"one full form proves the ambiguous name", "Target fell.\nThe sales of Target Corp. were weak.", "Target=target | Target Corp.=target"},
    {"beside a proven name", "Google and Apple agreed.", "Google=google | Apple=apple"},
    {"an unknown name by its trade", "talks with chipmaker Velotron on price", "Velotron"},
    {"two names that reported", "Ombra and Velotron reported results.", "Ombra | Velotron"},
    {"a masthead keeps its own article, another name does not", "She told The Straits Times that The Carlyle Group sold.", "The Straits Times=straits_times | Carlyle Group=carlyle"},
    {"a country behind a company makes its branch", "The head of Uber India resigned.", "Uber India"},
    {"a listed house and its trade", "Then Tata Chemicals reported its results.", "Tata Chemicals"},
    {"a house that goes by its address", "A survey by Fernwood.com shows it.", "Fernwood.com"},
    {"an unknown name before its trade", "Tindle, a Nevada start-up that recycles, grew.", "Tindle"},
    {"whom somebody takes over", "It agreed to buy smaller rival Velotron Offshore for cash.", "Velotron Offshore"},
    {"a rival that only a house has", "Sales of its Japanese competitor Kanbara Seiki and a local rival Pedra Branca fell.", "Kanbara Seiki | Pedra Branca"},
    {"letters are no family name", "The fund manager KLP agreed.", "KLP"},
    {"the initials of another language", "The State Property Agency (AVAS) sold Velotron Ltd.", "Velotron Ltd."},
    {"glued to the next sentence by a caption", "Photo for IBMAn alliance is planned.", "IBM=ibm"},
};

constexpr NameRow kRefused[] = {
    {"a person", "They met Kamala Harris. Harris left early.", ""},
    {"a title before a family name", "Talks with Mr Ford went on.", ""},
    {"a family name alone", "the companies that met with Harris", ""},
    {"a word that opens a sentence", "Target prices rose.", ""},
    {"a model", "two old Boeing 737s and an Airbus A330", ""},
    {"an engine", "two Rolls-Royce Trent 900 engines", ""},
    {"what is built on a name", "a new Intel-based notebook", ""},
    {"a web address", "write to Jane@Fernwood.com or see www.Fernwood.com", ""},
    {"an index that moved", "The Dow Jones fell 2% and the Nasdaq closed higher.", ""},
    {"a heading in capitals", "Chipmaker Shares Fall After Weak Outlook", ""},
    {"a job", "US Secretary of Commerce Gina Raimondo spoke.", ""},
    {"an address", "see https://tsmc.example/TSMC/x", ""},
    {"thousands beside a cue", "it has 54,000 employees", ""},
};

}  // namespace

TEST_CASE("company: lists, forms, cues and short forms find names") {
  for (const NameRow& row : kFound) {
    CAPTURE(row.why);
    CHECK(names_of("company", row.text) == row.want);
  }
}

TEST_CASE("company: people, models, indexes, headings and jobs are none") {
  for (const NameRow& row : kRefused) {
    CAPTURE(row.why);
    CHECK(names_of("company", row.text) == row.want);
  }
}
