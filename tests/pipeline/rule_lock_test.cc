// Rule lock and intervals: what is kept of a measurement, and how sure it is.
#include "pipeline/rule_lock.h"

#include <doctest/doctest.h>

#include "pipeline/gold_interval.h"

using namespace tearsheet;

TEST_CASE("lock: what is written is read back, and the same lock gives the same bytes") {
  Lock lock;
  lock.cases = "../corpus";
  lock.documents = 12;
  lock.rules["money.sign"] = {"1.0.0", "0123456789abcdef", 13, 13, 5, 5, 1, 40, 38, 37, 256.7};
  lock.f1["money"] = {99.5, 98, 97.25, 96};
  const std::string text = to_text(lock);
  CHECK(text.find("  money.sign: { version: '1.0.0', hash: '0123456789abcdef', examples: '13/13', rejects: '5/5', todo: 1, hits: 40, right: '37/38', mb_per_s: 200 }\n") != std::string::npos);
  const auto again = read_lock(text, "rules.lock");
  REQUIRE(again.has_value());
  CHECK(again->rules.at("money.sign").right == 37);
  CHECK(again->rules.at("money.sign").found == 38);
  CHECK(again->f1.at("money")[2] == doctest::Approx(97.25));
  CHECK(changes_since(*again, lock).empty());
  CHECK(read_lock("a: [", "rules.lock").error().code == "Y001");
  CHECK(read_lock("a: b", "rules.lock").error().code == "K001");
}

TEST_CASE("lock: a change is one sentence, and speed is none") {
  struct Row {
    std::string_view why;
    void (*change)(LockedRule&);
    std::string_view want;
  };
  const Row rows[] = {
      {"slower", [](LockedRule& rule) { rule.mb_per_s = 1; }, ""},
      {"its text", [](LockedRule& rule) { rule.digest = "x"; }, "a.b: its text or its lexicon rows changed"},
      {"its version", [](LockedRule& rule) { rule.version = "2"; }, "a.b: version 1 -> 2"},
      {"fewer hits", [](LockedRule& rule) { rule.hits = 3; }, "a.b: hits 4 -> 3"},
      {"less right", [](LockedRule& rule) { rule.right = 2; }, "a.b: right in the cases 3/4 -> 2/4"},
      {"one more example", [](LockedRule& rule) { ++rule.examples; }, "a.b: examples 1/1 -> 1/2"},
      {"a todo less", [](LockedRule& rule) { rule.todo = 0; }, "a.b: todo 1 -> 0"},
  };
  Lock old;
  old.cases = "c";
  old.documents = 1;
  old.rules["a.b"] = {"1", "d", 1, 1, 1, 1, 1, 4, 4, 3, 100};
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Lock now = old;
    row.change(now.rules["a.b"]);
    const auto changes = changes_since(old, now);
    CHECK((changes.empty() ? std::string() : changes[0]) == row.want);
  }
  Lock other = old;
  other.documents = 2;
  other.rules["a.b"].hits = 9;
  CHECK(changes_since(old, other) == std::vector<std::string>{"the annotated cases: 1 documents -> 2"});
  other = old;
  other.rules["a.c"] = {};
  other.rules.erase("a.b");
  CHECK(changes_since(old, other) == std::vector<std::string>{"a.c: new", "a.b: gone"});
}

TEST_CASE("interval: holds the figure, is the same each time, and closes as documents are added") {
  const auto documents_of = [](int count) {
    std::vector<Scores> out(static_cast<std::size_t>(count));
    for (std::size_t i = 0; i < out.size(); ++i) {
      Tally& tally = out[i].types["money"];
      tally.gold = tally.found = 4;
      tally.overlap = tally.strict = tally.value = tally.whole = i % 4 == 0 ? 2 : 4;
    }
    return out;
  };
  const auto few = estimates_of(documents_of(8)).at("money")[1], many = estimates_of(documents_of(400)).at("money")[1];
  CHECK(few.f1.percent == doctest::Approx(87.5));
  CHECK(few.f1.low < 87.5);
  CHECK(few.f1.high > 87.5);
  CHECK(many.f1.percent == doctest::Approx(87.5));
  CHECK(many.f1.high - many.f1.low < (few.f1.high - few.f1.low) / 3);
  CHECK(estimates_of(documents_of(8)).at("money")[1].f1.low == few.f1.low);
  const auto sure = estimates_of(std::vector<Scores>{documents_of(2)[1]}).at("money")[3];
  CHECK(sure.precision.low == 100);
}
