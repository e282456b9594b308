// Gold: want files are read strictly, and a reading is judged as their author would.
#include <doctest/doctest.h>

#include "base/yaml.h"
#include "pipeline/gold.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

GoldCase case_of(const std::string& yaml) {
  const test::Scratch scratch;
  scratch.write("set/a.txt", "x");
  auto made = read_case(scratch.write("set/a.want.yaml", yaml));
  REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : to_text(made.error())));
  return *made;
}

Scores scores_of(const std::string& yaml, const Reading& reading = test::payment()) {
  Scores scores;
  judge(reading, case_of(yaml).documents.at(0), "set/a", scores);
  return scores;
}

std::string kinds_of(const Scores& scores) {
  std::string out;
  for (const Difference& difference : scores.differences) out += (out.empty() ? "" : " ") + difference.kind;
  return out;
}

}  // namespace

TEST_CASE("gold: a faulty want file is refused with its place") {
  struct Row {
    std::string_view why, yaml, said;
  };
  constexpr Row kRows[] = {
      {"unknown key", "schema: 1\nmentionss: []\n", "did you mean mentions?"},
      {"unknown type", "mentions:\n- { type: mony, text: x }\n", "did you mean money?"},
      {"unknown field", "mentions:\n- { type: money, text: x, want: { amont: 1 } }\n", "did you mean amount?"},
      {"no text", "mentions:\n- { type: money }\n", "text is missing"},
      {"unknown use", "mentions:\n- { type: money, text: x, use: titel }\n", "no use is called titel"},
      {"unknown kind", "records:\n- { kind: flows }\n", "did you mean flow?"},
      {"no YAML", "mentions: [\n", "Y001"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const test::Scratch scratch;
    scratch.write("a.txt", "x");
    const auto made = read_case(scratch.write("a.want.yaml", row.yaml));
    REQUIRE_FALSE(made.has_value());
    CHECK(made.error().place.line > 0);
    CHECK(to_text(made.error()).find(row.said) != std::string::npos);
  }
}

TEST_CASE("gold: types and fields that rules add may be annotated") {
  const test::Scratch scratch;
  scratch.write("a.txt", "x");
  const std::string file =
      scratch.write("a.want.yaml", "complete: [vessel]\nmentions:\n- { type: vessel, text: x, want: { flag: NO } }\n");
  CHECK(read_case(file).error().code == "G002");
  CHECK(read_case(file, {{"vessel"}, {}}).error().code == "G001");
  CHECK(read_case(file, {{"vessel"}, {"flag"}}).has_value());
}

TEST_CASE("gold: a want file without its article, and a folder without cases") {
  const test::Scratch scratch;
  CHECK(read_case(scratch.write("a.want.yaml", "schema: 1\n")).error().code == "G003");
  const test::Scratch empty;
  CHECK(read_cases(empty.path()).error().at(0).code == "G003");
}

TEST_CASE("judge: a perfect reading is perfect") {
  const auto scores = scores_of(R"(
complete: [money, company, records]
article: { published: 2023-01-06T17:17Z }
mentions:
- { type: company, text: Foo AG, want: { ticker: FOO } }
- { type: company, text: Bar }
- { type: money, text: ¥1.5bn, want: { amount: 1500000000, currency: JPY, modifier: exact } }
- { type: money, text: "$10m", want: { amount: 10000000.0, currency: USD, modifier: approx } }
links:
- { kind: same_amount, from: ¥1.5bn, to: "$10m" }
records:
- { kind: flow, instrument: purchase, payer: Foo AG, recipient: [Bar], money: [{ amount: 1500000000, currency: JPY }, { amount: 10000000, currency: USD }], status: done, sum_ok: true }
traps:
- { text: Zürich, not: company }
uses:
- { starts: "Zürich: Foo", use: body }
)");
  CHECK(kinds_of(scores).empty());
  for (const std::string type : {"money", "company", "links", "records"}) {
    CAPTURE(type);
    const Tally& tally = scores.types.at(type);
    CHECK(tally.f1(tally.strict) == 100);
    CHECK(tally.f1(tally.value) == 100);
  }
  CHECK(scores.traps_kept == 1);
  CHECK(scores.uses_right == 1);
  CHECK(scores.facts_right == 1);
}

TEST_CASE("judge: each way to be wrong is told apart") {
  struct Row {
    std::string_view why, yaml, kinds;
  };
  constexpr Row kRows[] = {
      {"not annotated", "complete: [money]\nmentions:\n- { type: money, text: ¥1.5bn }\n", "extra"},
      {"not complete: nothing is extra", "complete: [date]\nmentions:\n- { type: money, text: ¥1.5bn }\n", ""},
      {"maybe is right either way",
       "complete: [money]\nmentions:\n- { type: money, text: ¥1.5bn, maybe: true }\n- { type: money, text: \"$10m\", maybe: true "
       "}\n- { type: money, text: Zürich, maybe: true }\n",
       ""},
      {"missed", "complete: [date]\nmentions:\n- { type: date, text: Zürich }\n", "missed"},
      {"wrong value",
       "complete: [money]\nmentions:\n- { type: money, text: ¥1.5bn, want: { currency: CNY } }\n- { type: money, text: \"$10m\" "
       "}\n",
       "value"},
      {"another span", "complete: [money]\nmentions:\n- { type: money, text: ¥1.5bn, }\n- { type: money, text: \"or $10m\" }\n",
       "span"},
      {"a trap", "traps:\n- { text: Foo, not: company }\n", "trap"},
      {"a trap beside a marked mention holds",
       "mentions:\n- { type: company, text: Foo AG }\ntraps:\n- { text: Foo, not: company }\n", ""},
      {"a link that is not there", "links:\n- { kind: same_amount, from: ¥1.5bn, to: Bar }\n", "link"},
      {"a record that is not there",
       "records:\n- { kind: budget, authority: Foo AG, money: [{ amount: 1500000000, currency: JPY }] }\n", "missed"},
      {"a record with another status",
       "records:\n- { kind: flow, money: [{ amount: 1500000000, currency: JPY }], status: planned }\n", "record"},
      {"a record without money is paired by one of its names", "records:\n- { kind: flow, recipient: [Baz, Bar] }\n", "record"},
      {"a record without money and with other names is missed", "records:\n- { kind: flow, recipient: [Baz] }\n", "missed"},
      {"a record nobody asked for", "complete: [records]\n", "extra"},
      {"another use",
       "mentions:\n- { type: money, text: ¥1.5bn, use: caption }\n- { type: money, text: \"$10m\" }\ncomplete: [money]\n", "use"},
      {"the title is not so", "article: { title: Else }\n", "article"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(kinds_of(scores_of(std::string(row.yaml))) == row.kinds);
  }
}

TEST_CASE("judge: nth counts occurrences of the characters") {
  Reading reading = test::payment();
  reading.article.text = "Foo Inc. is Foo";
  reading.mentions = {test::mention_of(reading.article.text, "Foo Inc.", "company", {})};
  reading.mentions.push_back(reading.mentions[0]);
  reading.mentions[1].span = {12, 15};
  const auto scores = scores_of(
      "complete: [company]\nmentions:\n- { type: company, text: Foo Inc. }\n- { type: company, text: Foo, nth: 2 }\n", reading);
  CHECK(scores.types.at("company").strict == 2);
}

TEST_CASE("tally: precision, recall and F1") {
  const Tally tally{4, 5, 2, 3, 3};
  CHECK(tally.precision(tally.overlap) == doctest::Approx(60));
  CHECK(tally.recall(tally.overlap) == doctest::Approx(75));
  CHECK(tally.f1(tally.overlap) == doctest::Approx(200.0 / 3));
  CHECK(Tally{}.f1(0) == 100);
}

TEST_CASE("gold: every case of the corpus can be read") {
  const auto cases = read_cases(std::string(TEARSHEET_SOURCE_DIR) + "/corpus");
  std::string errors;
  if (!cases) {
    for (const Error& error : cases.error()) errors += to_text(error) + "\n";
  }
  REQUIRE_MESSAGE(cases.has_value(), errors);
  CHECK(cases->size() >= 40);
}

TEST_CASE("judge: a bin counts what came with its confidence, and what of it was right") {
  CHECK(bin_of(0.2) == 0);
  CHECK(bin_of(0.7) == 2);
  CHECK(bin_of(0.899) == 3);
  CHECK(bin_of(0.9) == 4);
  CHECK(bin_of(1.0) == 4);
  const auto scores = scores_of(R"(
complete: [money]
mentions:
- { type: money, text: ¥1.5bn, want: { amount: 2, currency: JPY } }
- { type: money, text: "$10m", want: { amount: 10000000 } }
)");
  Bin all;
  for (const Bin& bin : scores.calibration.at("money").at("")) all.found += bin.found, all.right += bin.right;
  CHECK(all.found == 2);
  CHECK(all.right == 1);
  CHECK(all.percent() == doctest::Approx(50));
}
