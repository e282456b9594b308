// Tests of the record room: shipped rules over marked sentences.
#include <doctest/doctest.h>

#include "base/file.h"
#include "base/yaml.h"
#include "pipeline/link/link.h"
#include "pipeline/record/clause.h"
#include "pipeline/record/record.h"
#include "pipeline/record/words.h"
#include "tests/pipeline/marked.h"

namespace {

using namespace tearsheet;

const RecordRules& shipped() {
  static const auto kRules = [] {
    const std::string path = TEARSHEET_SOURCE_DIR "/rules/records.yaml";
    const std::string text = file::read(path).value().bytes;
    auto rules = RecordRules::compile(yaml::parse(text, path).value(), path, text);
    if (!rules) MESSAGE(to_text(rules.error().front()));
    return std::move(rules.value());
  }();
  return kRules;
}

std::vector<Record> read(std::string_view text) {
  testing::Marked marked = testing::marked(text);
  const std::vector<Link> links = link(marked.article, marked.mentions);
  return record(marked.article, marked.mentions, links, shipped());
}

std::string role(const Record& record, std::string_view name) {
  const Scalar* value = find(record.fields, name);
  if (value == nullptr) return {};
  if (const Ref* ref = value->ref()) return ref->text;
  std::string joined;
  if (const auto* list = value->get<std::vector<Scalar>>()) {
    for (const Scalar& item : *list) joined += (joined.empty() ? "" : "; ") + item.ref()->text;
  }
  if (const auto* object = value->get<Fields>()) joined = std::string(text_of(*object, "text"));
  return joined;
}

/// One record in short: kind, roles, money, status, certainty, measure, sum.
std::string brief(const Record& record) {
  std::string out = record.kind;
  for (const char* name : {"instrument", "metric", "outcome"}) {
    if (!text_of(record.fields, name).empty()) out += "/" + std::string(text_of(record.fields, name));
  }
  for (const char* name : {"payer", "recipient", "authority", "issuer", "lender", "owner", "parties", "object"}) {
    if (!role(record, name).empty()) out += " " + std::string(name) + "=" + role(record, name);
  }
  for (const Fields& money : record.money) out += " " + to_string(*find(money, "amount")) + std::string(text_of(money, "currency")) + ":" + std::string(text_of(money, "as"));
  out += " " + record.status + " " + record.certainty + " " + record.measure + (record.sum_ok ? " sum" : "");
  return out;
}

struct Row {
  std::string_view why, text, want;  // `want`: the records, one brief a line
};

const Row kRows[] = {
    {"active, up to, purpose", "{country JP|Japan} will subsidize US chipmaker {company micron|Micron} by up to {money 322000000 USD max|$322 million} to support its plan.",
     "flow/subsidy payer=Japan recipient=Micron 322000000USD:said planned asserted single sum"},
    {"a conversion in brackets is the same money",
     "The minister said that the {country JP adjective|Japanese} government had decided to invest {money 70000000000 JPY|70 billion yen} [{money 526000000 USD|$526 million}] into chip company "
     "{company rapidus|Rapidus}.",
     "flow/investment payer=the Japanese government recipient=Rapidus 70000000000JPY:said 526000000USD:conversion decided asserted single sum"},
    {"passive voice swaps the sides", "{company acme|Acme} was fined {money 5000000 EUR|5 million euros} by the {organisation BE-X agency|Belgian Market Agency} for late reports.",
     "flow/fine payer=Acme recipient=Belgian Market Agency 5000000EUR:said decided asserted single sum"},
    {"the running total counts nothing twice",
     "The ministry has allocated {money 150000000000 JPY|150 billion yen} for the chip company {company rapidus|Rapidus Corp.}, bringing the total government investment in this company to "
     "{money 250000000000 JPY|250 billion yen}.",
     "flow/investment recipient=Rapidus Corp. 150000000000JPY:said decided asserted single sum\n"
     "flow/investment payer=government recipient=this company 250000000000JPY:said decided asserted cumulative"},
    {"money without a trigger is no record", "The market for memory is worth {money 90000000000 USD|$90 billion} a year.", ""},
    {"a denial is a record that says so", "{company acme|Acme} denied it would invest {money 2000000000 USD|$2 billion} in {company beta|Beta}.",
     "flow/investment payer=it recipient=Beta 2000000000USD:said planned denied single"},
    {"a condition is kept and never summed", "{company acme|Acme} will invest {money 2000000000 USD|$2 billion} in the plant if the state approves the permit.",
     "flow/investment payer=Acme 2000000000USD:said planned conditional single"},
    {"boilerplate keeps its use and is never summed", ">{company blackstone|Blackstone} leads {money 400000000 USD|$400 million} funding round in {company cyera|Cyera}",
     "flow/round payer=Blackstone recipient=Cyera 400000000USD:said decided asserted single"},
    {"a headline gives way to the text and rounds its amount",
     "#{country JP|Japan} eyes {money 13000000000 USD|$13bn} in aid for chips\n{country JP|Japan}'s government will seek {money 2000000000000 JPY|2 trillion yen} ({money 13200000000 USD|$13.2 billion}) in "
     "budget funding to support chip production.",
     "budget/regular authority=Japan's government 2000000000000JPY:said 13200000000USD:conversion 13000000000USD:rounded sought asserted single sum"},
    {"bonds are borrowing", "{country JP|Japan} will also issue a special bond of about {money 1780000000000 JPY approx|1.78 trillion yen} to help insurers.",
     "borrowing/bond issuer=Japan 1780000000000JPY:said planned asserted single sum"},
    {"a charge is a result and never summed", "{company ford|Ford} takes {money 19500000000 USD|$19.5 billion} charge as its strategy shifts.",
     "result/charge owner=Ford 19500000000USD:said done asserted single"},
};

TEST_CASE("record: shipped rules read the frequent shapes and leave the traps") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    std::string got;
    for (const Record& record : read(row.text)) got += (got.empty() ? "" : "\n") + brief(record);
    CHECK(got == row.want);
  }
}

TEST_CASE("record: what an authority approves afterwards is decided, and the decision says about what") {
  const auto records = read(
      "{country JP|Japan} will subsidize {company micron|Micron} by up to {money 322000000 USD max|$322 million}.\nThe {country JP adjective|Japanese} government approved the deal under a law.");
  REQUIRE(records.size() == 2);
  CHECK(records[0].status == "decided");
  CHECK(records[1].kind == "decision");
  REQUIRE(records[1].rel.size() == 1);
  CHECK(records[1].rel[0] == Relation{"about", "r1", "said"});
}

TEST_CASE("record: the same money said twice in the text is summed once") {
  const auto records = read(
      "{company acme|Acme} will invest {money 1230000000 USD|$1.23 billion} in {company beta|Beta}.\n{company acme|Acme} plans to spend {money 1230000000 USD|$1.23 billion} on {company beta|Beta}.");
  int sums = 0;
  for (const Record& record : records) sums += record.sum_ok;
  CHECK(sums == 1);
}

TEST_CASE("record: names are not carried across paragraphs") {
  const auto records = read("{company acme|Acme} makes chips.\nThe company will invest {money 1000000 USD|$1 million} in tools.");
  for (const Record& record : records) CHECK(role(record, "payer") != "The company");
}

TEST_CASE("record: a broken rule file is refused with place and help") {
  struct Bad {
    std::string_view why, yaml, code;
  };
  static constexpr Bad kBad[] = {
      {"unknown key", "kind: records\nrules:\n- { id: a, kind: flow, triger: { verb: [pay] } }\n", "R062"},
      {"unknown kind", "kind: records\nrules:\n- { id: a, kind: flows, trigger: { verb: [pay] } }\n", "R067"},
      {"no trigger", "kind: records\nrules:\n- { id: a, kind: flow }\n", "R068"},
      {"bad pattern", "kind: records\nrules:\n- { id: a, kind: flow, trigger: { verb: [pay] }, status: { '(': done } }\n", "R063"},
      {"unknown side", "kind: records\nrules:\n- { id: a, kind: flow, trigger: { verb: [pay] }, slots: { payer: { side: left } } }\n", "R069"},
      {"id used twice", "kind: records\nrules:\n- { id: a, kind: flow, trigger: { verb: [pay] } }\n- { id: a, kind: flow, trigger: { verb: [pay] } }\n", "R066"},
      {"no rules", "kind: records\n", "R060"},
  };
  for (const Bad& bad : kBad) {
    CAPTURE(bad.why);
    const auto rules = RecordRules::compile(yaml::parse(bad.yaml, "r.yaml").value(), "r.yaml", bad.yaml);
    REQUIRE_FALSE(rules.has_value());
    CHECK(rules.error().front().code == bad.code);
    CHECK(rules.error().front().place.line > 0);
  }
}

TEST_CASE("words: verb forms are spelled as news spells them") {
  struct Verb {
    std::string_view lemma, third, past, gerund;
  };
  static constexpr Verb kVerbs[] = {{"subsidize", "subsidizes", "subsidized", "subsidizing"}, {"commit", "commits", "committed", "committing"}, {"buy", "buys", "bought", "buying"},
                                    {"carry", "carries", "carried", "carrying"},              {"cut", "cuts", "cut", "cutting"},               {"agree", "agrees", "agreed", "agreeing"},
                                    {"offer", "offers", "offered", "offering"},               {"invest", "invests", "invested", "investing"},  {"pass", "passes", "passed", "passing"}};
  for (const Verb& verb : kVerbs) {
    CAPTURE(verb.lemma);
    const auto forms = inflect(verb.lemma);
    CHECK(forms[1].spelling == verb.third);
    CHECK(forms[2].spelling == verb.past);
    CHECK(forms[4].spelling == verb.gerund);
  }
}

}  // namespace
