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
     "flow/investment payer=Acme recipient=Beta 2000000000USD:said planned denied single"},
    {"a condition is kept; how sure a sum is says the certainty", "{company acme|Acme} will invest {money 2000000000 USD|$2 billion} in the plant if the state approves the permit.",
     "flow/investment payer=Acme 2000000000USD:said planned conditional single sum"},
    {"boilerplate keeps its use and is never summed", ">{company blackstone|Blackstone} leads {money 400000000 USD|$400 million} funding round in {company cyera|Cyera}",
     "flow/round payer=Blackstone recipient=Cyera 400000000USD:said decided asserted single"},
    {"a headline gives way to the text and rounds its amount",
     "#{country JP|Japan} eyes {money 13000000000 USD|$13bn} in aid for chips\n{country JP|Japan}'s government will seek {money 2000000000000 JPY|2 trillion yen} ({money 13200000000 USD|$13.2 billion}) in "
     "budget funding to support chip production.",
     "budget/regular authority=Japan's government 2000000000000JPY:said 13200000000USD:conversion 13000000000USD:rounded sought asserted single sum"},
    {"bonds are borrowing", "{country JP|Japan} will also issue a special bond of about {money 1780000000000 JPY approx|1.78 trillion yen} to help insurers.",
     "borrowing/bond issuer=Japan 1780000000000JPY:said planned asserted single sum"},
    {"a denial governs the clause that hangs on it", "{company acme|Acme} denied on Tuesday that it would invest {money 2000000000 USD|$2 billion} in {company beta|Beta}.",
     "flow/investment payer=it recipient=Beta 2000000000USD:said planned denied single"},
    {"denying wrongdoing denies no payment", "Denying any wrongdoing, {company acme|Acme} settled with the {organisation X agency|Trade Board} for {money 9000000 USD|$9 million}.",
     "flow/settlement payer=Acme recipient=Trade Board 9000000USD:said agreed asserted single sum"},
    {"a ministry named by its country decides", "{country NO|Norway}'s fisheries ministry has allocated {money 40000000 NOK|40 million crowns} to {company acme|Acme}.",
     "flow payer=Norway's fisheries ministry recipient=Acme 40000000NOK:said decided asserted single sum"},
    {"a crowd of lenders is one party", "{company acme|Acme} plans to borrow {money 80000000 EUR|80 million euros} from a group of regional banks.",
     "borrowing/loan issuer=Acme lender=a group of regional banks 80000000EUR:said planned asserted single sum"},
    {"of which: a whole and its part", "{company acme|Acme} will invest {money 900000000 EUR|900 million euros} in {company beta|Beta}, of which {money 200000000 EUR|200 million euros} this year.",
     "flow/investment payer=Acme recipient=Beta 900000000EUR:said planned asserted total\n"
     "flow/investment payer=Acme recipient=Beta 200000000EUR:said planned asserted single sum"},
    {"two amounts joined by and share their verb", "{country PE|Peru} allotted {money 5000000 PEN|5 million soles} to schools and {money 3000000 PEN|3 million soles} to clinics.",
     "budget/regular authority=Peru 5000000PEN:said decided asserted single sum\n"
     "budget/regular authority=Peru 3000000PEN:said decided asserted single sum"},
    {"the object of one verb is the subject of the next", "Regulators want {company acme|Acme} to pay {money 7000000 EUR|7 million euros}.",
     "flow payer=Acme 7000000EUR:said sought asserted single sum"},
    {"the amount stands before its relative clause", "The {money 4000000 EUR|4 million euro} fine that the {country IT|Italian} competition watchdog had imposed on {company acme|Acme} stands.",
     "flow/fine payer=Acme recipient=the Italian competition watchdog 4000000EUR:said decided asserted single sum"},
    {"a name no list knows acts before a verb", "Brackwater bought a depot from {company acme|Acme} for {money 6000000 USD|$6 million}.",
     "flow/purchase payer=Brackwater recipient=Acme object=a depot 6000000USD:said done asserted single sum"},
    {"the month is no modal", "On {date 2024-05-08|May 8} {company acme|Acme} paid {company beta|Beta} {money 6000000 USD|$6 million}.",
     "flow payer=Acme recipient=Beta 6000000USD:said done asserted single sum"},
    {"agreed on a day to buy is one deed", "{company acme|Acme} agreed on {date 2024-05-08|Monday} to buy {company beta|Beta} for {money 6000000 USD|$6 million}.",
     "flow/acquisition payer=Acme object=Beta 6000000USD:said agreed asserted single sum"},
    {"whose purchase was blocked", "{country GB|Britain}'s merger regulator blocked {company acme|Acme}'s purchase of {company beta|Beta} for {money 6000000 GBP|6 million pounds}.",
     "decision/blocked authority=Britain's merger regulator done asserted unstated\n"
     "flow/acquisition payer=Acme object=Beta 6000000GBP:said cancelled asserted single"},
    {"who lends approves no other's record", "The {organisation WB international|World Bank} approved a {money 6000000 USD|$6 million} loan to {country PE|Peru}.",
     "flow/loan payer=World Bank recipient=Peru 6000000USD:said decided asserted single sum"},
    {"a figure of time to come is a forecast", "{company acme|Acme} expects revenue of {money 6000000 USD|$6 million} next year.", "result/forecast owner=Acme 6000000USD:said planned expected single"},
    {"a second deed keeps the recipient", "{company acme|Acme} has put {money 6000000 EUR|6 million euros} into {company beta|Beta} and will add a further {money 2000000 EUR|2 million euros}.",
     "flow/investment payer=Acme recipient=Beta 6000000EUR:said done asserted single sum\n"
     "flow/investment payer=Acme recipient=Beta 2000000EUR:said planned asserted single sum"},
    {"parties on both sides of with", "{company acme|Acme} signed a memorandum of understanding with {company beta|Beta} on recycling.", "agreement parties=Acme; Beta agreed asserted unstated"},
    {"an agreement that ends", "{company acme|Acme} and {company beta|Beta} have ended their partnership on ferries.", "agreement parties=Acme; Beta cancelled asserted unstated"},
    {"a plant given up", "{company acme|Acme} has scrapped plans for a {money 6000000 USD|$6 million} battery plant.", "project owner=Acme 6000000USD:said cancelled asserted single"},
    {"a plant beside its grant is no sum of its own", "{company acme|Acme} will build a mine for {money 6000000 USD|$6 million}, helped by a {money 1000000 USD|$1 million} grant from the state.",
     "project owner=Acme 6000000USD:said planned asserted single\nflow/grant payer=the state recipient=Acme 1000000USD:said done asserted single sum"},
    {"a capital stands for its government", "{place Q1|Ottawa} intends to sell {money 6000000 CAD|C$6 million} of bonds.", "borrowing/bond issuer=Ottawa 6000000CAD:said planned asserted single sum"},
    {"a maker named by its goods gets the order", "{company acme|Acme} has ordered ten {company beta|Beta} jets worth {money 6000000 USD|$6 million}.",
     "flow/order payer=Acme recipient=Beta object=ten Beta jets 6000000USD:said agreed asserted single sum"},
    {"a cabinet is named by its minister", "{country JP adjective|Japanese} Prime Minister Aiko Mori's cabinet approved the budget on {date 2024-05-08|Friday}.",
     "decision/approved authority=Japanese Prime Minister Aiko Mori's cabinet done asserted unstated"},
    {"a figure that rose to an amount has an owner", "{company acme|Acme}'s profit rose to {money 6000000 USD|$6 million}.", "result/profit owner=Acme 6000000USD:said done asserted single"},
    {"a figure without a name is the company's that the text is about, a paragraph on, too",
     "{company acme|Acme} reported a profit of {money 6000000 USD|$6 million}.\nRevenue climbed to {money 90000000 USD|$90 million}, beating {company beta|Beta}.",
     "result/profit owner=Acme 6000000USD:said done asserted single\nresult/revenue owner=Acme 90000000USD:said done asserted single"},
    {"a figure that names another is no one's", "{company acme|Acme} fell.\nSales of phones rose to {money 90000000 USD|$90 million}.", ""},
    {"that of another", "Revenue at {company acme|Acme} grew to {money 6000000 USD|$6 million}, while that of {company beta|Beta} fell to {money 5000000 USD|$5 million}.",
     "result/revenue owner=Acme 6000000USD:said done asserted single\nresult/revenue owner=Beta 5000000USD:said done asserted single"},
    {"the company of the paragraph before", "{company acme|Acme} opened a shop.\nThe company will pay {company beta|Beta} {money 6000000 USD|$6 million}.",
     "flow payer=The company recipient=Beta 6000000USD:said planned asserted single sum"},
    {"a relative clause between commas has its own subject", "{company acme|Acme}, which owns {company beta|Beta}, will invest {money 6000000 USD|$6 million}.",
     "flow/investment payer=Acme 6000000USD:said planned asserted single sum"},
    {"a clause behind after", "Shares in {company acme|Acme} rose after {company beta|Beta} reported sales of {money 6000000 USD|$6 million}.", "result/revenue owner=Beta 6000000USD:said done asserted single"},
    {"a second payer behind and", "{organisation WFP international|World Food Fund} received {money 6000000 USD|$6 million} from {country NO|Norway} and {money 5000000 EUR|5 million euros} from {country DE|Germany}.",
     "flow payer=Norway recipient=World Food Fund 6000000USD:said done asserted single sum\nflow payer=Germany recipient=World Food Fund 5000000EUR:said done asserted single sum"},
    {"it is whom the sentence opens with", "{company acme|Acme} bought a depot from {company beta|Beta} for {money 6000000 USD|$6 million} and said it will invest {money 5000000 USD|$5 million}.",
     "flow/purchase payer=Acme recipient=Beta object=a depot 6000000USD:said done asserted single sum\nflow/investment payer=it 5000000USD:said planned asserted single sum"},
    {"the firm is not the one that pays it", "{company beta|Beta} grew.\n{company acme|Acme} put {money 6000000 USD|$6 million} into the firm.", "flow/investment payer=Acme recipient=the firm 6000000USD:said done asserted single sum"},
    {"a city by its name", "The city of {place Q1|Leeds} plans to borrow {money 6000000 GBP|6 million pounds}.", "borrowing/loan issuer=The city of Leeds 6000000GBP:said planned asserted single sum"},
    {"a council that nothing names", "The council sold {money 6000000 GBP|6 million pounds} of bonds.", "borrowing/bond issuer=The council 6000000GBP:said done asserted single sum"},
    {"ordered on a day to pay", "A court ordered {company acme|Acme} on {date 2024-05-08|Friday} to pay {money 6000000 EUR|6 million euros}.", "flow payer=Acme 6000000EUR:said decided asserted single sum"},
    {"a merger called off", "{company acme|Acme} and {company beta|Beta} have called off their {money 6000000 USD|$6 million} merger.", "agreement parties=Acme; Beta 6000000USD:said cancelled asserted single"},
    {"a government's spending is a budget", "{country DE|Germany} will spend {money 6000000 EUR|6 million euros} on roads.", "budget/regular authority=Germany 6000000EUR:said planned asserted single sum"},
    {"a sum written off", "{company acme|Acme} wrote off {money 6000000 EUR|6 million euros}.", "result/charge owner=Acme 6000000EUR:said done asserted single"},
    {"a stake taken", "{company acme|Acme} takes a {percent 40|40 percent} stake in {company beta|Beta} for {money 6000000 EUR|6 million euros}.", "flow/stake payer=Acme object=Beta 6000000EUR:said done asserted single sum"},
    {"where an amount goes", "Of the fund, {money 6000000 USD|$6 million} will go to {company acme|Acme} for a plant.", "flow recipient=Acme 6000000USD:said planned asserted single sum"},
    {"a company buys back its shares", "{company acme|Acme} will buy back up to {money 6000000 USD max|$6 million} of its shares.", "flow/purchase payer=Acme 6000000USD:said planned asserted single sum"},
    {"a capital is asked", "{company acme|Acme} has asked {place Q64|Berlin} for {money 6000000 EUR|6 million euros} in subsidies.", "flow/subsidy payer=Berlin recipient=Acme 6000000EUR:said sought asserted single sum"},
    {"who only says so receives nothing", "{company acme|Acme} ordered ten jets worth {money 6000000 USD|$6 million}, the two companies said.", "flow/order payer=Acme object=ten jets 6000000USD:said agreed asserted single sum"},
    {"a charge to come is expected", "{company acme|Acme} will book a charge of {money 6000000 USD|$6 million}.", "result/charge owner=Acme 6000000USD:said planned expected single"},
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

TEST_CASE("record: a paragraph may refer to whom the text is about, for three paragraphs") {
  const std::string lead = "{company acme|Acme} makes chips.\n", filler = "Rain fell.\n", deed = "The company will invest {money 1000000 USD|$1 million} in tools.";
  const auto name = [&](const std::string& text) {
    const auto records = read(text);
    const Scalar* payer = records.size() == 1 ? find(records[0].fields, "payer") : nullptr;
    return payer == nullptr || payer->ref() == nullptr ? std::string{} : payer->ref()->id + " " + payer->ref()->how;
  };
  CHECK(name(lead + deed) == "acme coref");
  CHECK(name(lead + filler + deed) == "acme coref");
  CHECK(name(lead + filler + filler + filler + deed) == "");
  CHECK(name(">" + lead + deed) == "");  // furniture is not what the text is about
}

TEST_CASE("record: a name said in a sentence that holds no record serves the next one") {
  const auto records = read("{company acme|Acme} makes chips. They are small. The company will invest {money 1000000 USD|$1 million} in {company beta|Beta}. Nothing more was said.");
  REQUIRE(records.size() == 1);
  const Ref* const payer = find(records[0].fields, "payer")->ref();
  REQUIRE(payer != nullptr);
  CHECK(payer->text == "The company");
  CHECK(payer->how == "coref");
  CHECK(payer->id == "acme");
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
      {"set is no mapping", "kind: records\nrules:\n- { id: a, kind: flow, trigger: { verb: [pay] }, set: loan }\n", "R061"},
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
