// Tests of rules/records.yaml by its own examples and rejects, read by the whole engine.
#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/file.h"
#include "base/yaml.h"
#include "pipeline/gold.h"
#include "pipeline/judge_record.h"
#include "tearsheet/engine.h"

namespace {

using namespace tearsheet;

struct Shipped {
  Engine engine;
  Tree rules;
};

const Shipped& shipped() {
  static const auto kShipped = [] {
    const std::string folder = TEARSHEET_SOURCE_DIR "/rules";
    const std::string path = folder + "/records.yaml";
    Options options;
    options.rules = {folder};
    const Tree file = yaml::parse(file::read(path).value().bytes, path).value();
    return Shipped{std::move(Engine::open(options).value()), *file.find("rules")};
  }();
  return kShipped;
}

/// What the engine reads from `text` by the one rule.
Reading read_by(std::string_view text, const std::string& id) {
  Blob blob;
  blob.bytes = std::string(text);
  blob.format = Format::plain;
  blob.hints.published = "2024-06-05";
  Reading reading = shipped().engine.read(std::move(blob));
  std::erase_if(reading.records, [&](const Record& record) { return !record.rule.starts_with(id + "@"); });
  return reading;
}

/// The `want` of an example as an annotated record: its kind is the rule's where the example says none.
Tree wanted(const Tree& rule, const Tree& example) {
  Tree want = *example.find("want");
  if (want.find("kind") == nullptr) want.members.emplace_back("kind", *rule.find("kind"));
  return want;
}

TEST_CASE("record rules: each example gives its record by its own rule") {
  for (const Tree& rule : shipped().rules.items) {
    const std::string id(rule.text("id"));
    CAPTURE(id);
    const Tree* examples = rule.find("examples");
    REQUIRE(examples != nullptr);
    CHECK_FALSE(examples->items.empty());
    for (const Tree& example : examples->items) {
      const std::string text(example.text("text"));
      CAPTURE(text);
      const Reading reading = read_by(text, id);
      CHECK_FALSE(reading.records.empty());
      GoldDocument gold;
      gold.records.push_back(wanted(rule, example));
      Scores scores;
      judge_records(reading, gold, id, scores);
      for (const auto& difference : scores.differences) CHECK(difference.what == "");
      CHECK(scores.types["records"].value == 1);
    }
  }
}

TEST_CASE("record rules: no reject gives a record of its rule") {
  for (const Tree& rule : shipped().rules.items) {
    const std::string id(rule.text("id"));
    CAPTURE(id);
    const Tree* rejects = rule.find("rejects");
    REQUIRE(rejects != nullptr);
    CHECK_FALSE(rejects->items.empty());
    for (const Tree& reject : rejects->items) {
      const std::string text(reject.text("text"));
      CAPTURE(text);
      CHECK(read_by(text, id).records.empty());
      CHECK_FALSE(reject.text("why").empty());
    }
  }
}

}  // namespace
