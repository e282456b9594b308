// Seen: what is kept between runs, and what refuses to be used.
#include "pipeline/fetch/seen.h"

#include <doctest/doctest.h>
#include <sqlite3.h>

#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

Seen open(const test::Scratch& scratch) {
  auto seen = Seen::open(scratch.path("state.db"));
  REQUIRE(seen.has_value());
  return std::move(*seen);
}

void change(const std::string& path, const char* sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open(path.c_str(), &db) == SQLITE_OK);
  REQUIRE(sqlite3_exec(db, sql, nullptr, nullptr, nullptr) == SQLITE_OK);
  sqlite3_close(db);
}

PendingItem item(std::int64_t feed, std::string key, std::string content = "") {
  PendingItem out;
  out.feed = feed;
  out.key = std::move(key);
  out.link = out.url = "https://a/" + out.key;
  out.content = std::move(content);
  return out;
}

}  // namespace

TEST_CASE("seen: what was committed is there again, what was not is not") {
  const test::Scratch scratch;
  {
    Seen seen = open(scratch);
    auto feed = seen.feed("https://a/feed");
    REQUIRE(feed.has_value());
    feed->etag = "\"1\"";
    feed->mean_gap_s = 2.5;
    feed->gone = true;
    REQUIRE(seen.save(*feed).has_value());
    REQUIRE(seen.add(item(feed->id, "k1"), ItemState::pending, 100).has_value());
    REQUIRE(seen.commit().has_value());
    REQUIRE(seen.add(item(feed->id, "k2"), ItemState::pending, 100).has_value());
  }
  Seen seen = open(scratch);
  const auto feed = seen.find_feed("https://a/feed");
  REQUIRE(feed.has_value());
  CHECK(feed->etag == "\"1\"");
  CHECK(feed->mean_gap_s == 2.5);
  CHECK(feed->gone);
  CHECK(seen.item(feed->id, "k1") == ItemState::pending);
  CHECK_FALSE(seen.item(feed->id, "k2").has_value());
}

TEST_CASE("seen: items wait, are put off, are settled") {
  const test::Scratch scratch;
  Seen seen = open(scratch);
  const auto feed = seen.feed("https://a/feed");
  REQUIRE(feed.has_value());
  for (const char* key : {"a", "b", "c"}) REQUIRE(seen.add(item(feed->id, key), ItemState::pending, 100).has_value());
  REQUIRE(seen.add(item(feed->id, "d", "text"), ItemState::pending, 100).has_value());
  CHECK(seen.pending(1000, 10, false).size() == 3);
  CHECK(seen.pending(1000, 2, false).size() == 2);
  CHECK(seen.pending(1000, 10, true).size() == 1);
  REQUIRE(seen.postpone(feed->id, "a", 2000).has_value());
  REQUIRE(seen.settle(feed->id, "b", ItemState::done).has_value());
  CHECK(seen.pending(1000, 10, false).size() == 1);
  const auto later = seen.pending(2000, 10, false);
  REQUIRE(later.size() == 2);
  CHECK(later[0].tries == 1);
  CHECK(seen.count_pending() == 3);
  REQUIRE(seen.add(item(feed->id, "b"), ItemState::pending, 100).has_value());  // known: nothing changes
  CHECK(seen.item(feed->id, "b") == ItemState::done);
}

TEST_CASE("seen: addresses, fingerprints, hosts, files and what is pruned") {
  const test::Scratch scratch;
  Seen seen = open(scratch);
  CHECK_FALSE(seen.know_url("https://a/1", 100).value());
  CHECK(seen.know_url("https://a/1", 100).value());
  CHECK(seen.near(0x123456789abcdef0, "one", 100).value().empty());
  CHECK(seen.near(0x123456789abcdef0 ^ 0b1000000000000000000000000000000000000011, "two", 100).value() == "one");
  CHECK(seen.near(0x0f0f0f0f0f0f0f0f, "three", 100).value().empty());
  CHECK(seen.near(0, "empty", 100).value().empty());
  CHECK(seen.host("https://a").robots_status == -1);
  REQUIRE(seen.save_robots("https://a", 200, "User-agent: *", 50).has_value());
  REQUIRE(seen.save_rest("a", 99).has_value());
  CHECK(seen.host("https://a").robots == "User-agent: *");
  CHECK(seen.host("a").rest_until_ms == 99);
  REQUIRE(seen.save_file("out/x", 10).has_value());
  REQUIRE(seen.save_file("out/x", 20).has_value());
  REQUIRE(seen.files().size() == 1);
  CHECK(seen.files()[0].length == 20);
  const auto feed = seen.feed("f");
  REQUIRE(feed.has_value());
  REQUIRE(seen.add(item(feed->id, "old"), ItemState::done, 100).has_value());
  REQUIRE(seen.add(item(feed->id, "waits"), ItemState::pending, 100).has_value());
  REQUIRE(seen.add(item(feed->id, "shown"), ItemState::done, 100).has_value());
  REQUIRE(seen.show(feed->id, "shown", 1'000'000).has_value());
  REQUIRE(seen.prune(500'000).has_value());
  CHECK_FALSE(seen.item(feed->id, "old").has_value());
  CHECK(seen.item(feed->id, "waits").has_value());
  CHECK(seen.item(feed->id, "shown").has_value());
  CHECK_FALSE(seen.know_url("https://a/1", 600'000).value());
}

TEST_CASE("seen: a newer version's state, another program's database, junk and missing files are refused with their reason") {
  const test::Scratch scratch;
  { Seen seen = open(scratch); }
  change(scratch.path("state.db"), "PRAGMA user_version = 99");
  auto newer = Seen::open(scratch.path("state.db"));
  REQUIRE_FALSE(newer.has_value());
  CHECK(newer.error().code == "I052");
  change(scratch.path("other.db"), "CREATE TABLE t (a)");
  auto other = Seen::open(scratch.path("other.db"));
  REQUIRE_FALSE(other.has_value());
  CHECK(other.error().code == "I051");
  scratch.write("junk.db", std::string(5000, 'x'));
  auto junk = Seen::open(scratch.path("junk.db"));
  REQUIRE_FALSE(junk.has_value());
  CHECK(junk.error().code == "I050");
  CHECK_FALSE(Seen::open(scratch.path("none.db"), true).has_value());
  CHECK_FALSE(Seen::open(scratch.path("no/such/folder/state.db")).has_value());
}
