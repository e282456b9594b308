// Filter: what is left out leaves nothing dangling.
#include <doctest/doctest.h>

#include "pipeline/filter.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

TEST_CASE("filter: indices stay true when mentions are left out") {
  Reading reading = test::payment();
  Options options;
  options.types = {"money"};
  keep_only(reading, options);
  REQUIRE(reading.mentions.size() == 2);
  REQUIRE(reading.links.size() == 1);
  CHECK(reading.links[0].from == 0);
  CHECK(reading.links[0].to == 1);
  const Record& record = reading.records.at(0);
  CHECK(*find(record.money[1], "mention")->get<std::int64_t>() == 1);
  CHECK_FALSE(find(record.fields, "payer")->ref()->mention.has_value());
  CHECK(find(record.fields, "payer")->ref()->name == "Foo AG");
}

TEST_CASE("filter: a link goes with either of its ends") {
  Reading reading = test::payment();
  reading.mentions[2].confidence = 0.2;
  Options options;
  options.min_confidence = 0.5;
  keep_only(reading, options);
  CHECK(reading.mentions.size() == 3);
  CHECK(reading.links.empty());
  CHECK(find(reading.records.at(0).money[1], "mention")->is_none());
}

TEST_CASE("filter: records go by their use, and relations to them with them") {
  Reading reading = test::payment();
  Record other = reading.records[0];
  other.id = "r2";
  other.use = Use::related;
  reading.records[0].rel = {{"about", "r2", "said"}};
  reading.records.push_back(other);
  Options options;
  options.uses = {Use::body};
  keep_only(reading, options);
  REQUIRE(reading.records.size() == 1);
  CHECK(reading.records[0].rel.empty());
}

TEST_CASE("filter: without a wish nothing changes") {
  Reading reading = test::payment();
  keep_only(reading, {});
  CHECK(reading.mentions == test::payment().mentions);
  CHECK(reading.records == test::payment().records);
}
