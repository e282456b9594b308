// Feed list: read with places, edited with comments kept; OPML there and back.
#include "pipeline/fetch/feed_list.h"

#include <doctest/doctest.h>

using namespace tearsheet;

namespace {

constexpr std::string_view kList = R"(# our feeds
contact: mailto:ops@example.org
gap: 2.5s
defaults: { interval: 1h, tags: [news] }
feeds:
  # the first
  - url: https://a/feed
    name: A
    headers: { Authorization: 'Bearer x' }
    full_text: feed
  - https://b/feed   # short form
  - { url: "https://c/feed", interval: 10m, enabled: false, robots: off, tags: c }
)";

}  // namespace

TEST_CASE("feed list: settings, defaults and feeds") {
  const auto list = parse_feed_list(kList, "conf/feeds.yaml");
  REQUIRE(list.has_value());
  CHECK(list->contact == "mailto:ops@example.org");
  CHECK(list->gap_ms == 2500);
  CHECK(list->resolved(list->state) == "conf/state.db");
  CHECK(list->resolved("/x/y") == "/x/y");
  REQUIRE(list->feeds.size() == 3);
  CHECK(list->feeds[0].interval_s == 3600);
  CHECK(list->feeds[0].headers[0].second == "Bearer x");
  CHECK(list->feeds[0].full_text == FullText::feed);
  CHECK(list->feeds[0].tags == std::vector<std::string>{"news"});
  CHECK(list->feeds[0].line == 7);
  CHECK(list->feeds[1].url == "https://b/feed");
  CHECK(list->feeds[2].interval_s == 600);
  CHECK_FALSE(list->feeds[2].enabled);
  CHECK_FALSE(list->feeds[2].robots);
  CHECK(list->feeds[2].tags == std::vector<std::string>{"c"});
}

TEST_CASE("feed list: mistakes have a place and a way out") {
  struct Row {
    std::string_view why, text, what, help;
    std::uint32_t line;
  };
  const Row rows[] = {
      {"a misspelt key", "feeds:\n- url: https://a/\n  intervall: 1h\n", "no key of a feed is called intervall", "interval", 3},
      {"a misspelt setting", "contakt: x\n", "no setting is called contakt", "contact", 1},
      {"no time", "feeds:\n- { url: 'https://a/', interval: soon }\n", "'soon' is no time", "30m", 2},
      {"no address", "feeds:\n- name: x\n", "a feed without a url", "", 2},
      {"no web address", "feeds:\n- ftp://a/\n", "no http or https address", "", 2},
      {"twice", "feeds:\n- https://a/\n- https://a/\n", "twice", "", 3},
      {"another value", "feeds:\n- { url: 'https://a/', full_text: maybe }\n", "cannot be 'maybe'", "auto", 2},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto list = parse_feed_list(row.text, "feeds.yaml");
    REQUIRE_FALSE(list.has_value());
    CHECK(list.error().code == "I061");
    CHECK(list.error().what.find(row.what) != std::string::npos);
    CHECK(list.error().help.find(row.help) != std::string::npos);
    CHECK(list.error().place.line == row.line);
  }
  const auto missing = read_feed_list("no/such/feeds.yaml");
  REQUIRE_FALSE(missing.has_value());
  CHECK(missing.error().code == "I060");
}

TEST_CASE("feed list: a feed is added and comments stay") {
  FeedEntry entry;
  entry.url = "https://d/feed?x=1&y=2";
  entry.name = "D: \"quoted\" & more";
  entry.tags = {"one", "t: wo"};
  for (const std::string_view text :
       {kList, std::string_view(""), std::string_view("contact: mailto:a@b.c\n"), std::string_view("feeds: []\ngap: 1\n"),
        std::string_view("feeds:\n- https://z/\ngap: 1\n")}) {
    CAPTURE(text);
    const std::string changed = with_feed(text, entry);
    const auto list = parse_feed_list(changed, "feeds.yaml");
    REQUIRE(list.has_value());
    REQUIRE_FALSE(list->feeds.empty());
    CHECK(list->feeds.back().url == entry.url);
    CHECK(list->feeds.back().name == entry.name);
    CHECK(list->feeds.back().tags == entry.tags);
    if (text == kList) {
      CHECK(changed.find("# the first") != std::string::npos);
      CHECK(changed.find("# short form") != std::string::npos);
      CHECK(list->feeds.size() == 4);
    }
  }
}

TEST_CASE("feed list: a feed is disabled and enabled in its own style") {
  std::string text(kList);
  for (const std::string url : {"https://a/feed", "https://b/feed", "https://c/feed", "A"}) {
    CAPTURE(url);
    auto off = with_enabled(text, "feeds.yaml", url, false);
    REQUIRE(off.has_value());
    auto list = parse_feed_list(*off, "feeds.yaml");
    REQUIRE(list.has_value());
    CHECK(list->feeds.size() == 3);
    const auto is_off = [&](const FeedEntry& feed) { return (feed.url == url || feed.name == url) && !feed.enabled; };
    CHECK(std::count_if(list->feeds.begin(), list->feeds.end(), is_off) == 1);
    auto on = with_enabled(*off, "feeds.yaml", url, true);
    REQUIRE(on.has_value());
    list = parse_feed_list(*on, "feeds.yaml");
    REQUIRE(list.has_value());
    CHECK(std::count_if(list->feeds.begin(), list->feeds.end(), is_off) == 0);
  }
  CHECK(with_enabled(text, "feeds.yaml", "https://none/", false).error().code == "I062");
}

TEST_CASE("feed list: OPML with folders, and back") {
  const auto feeds =
      read_opml(R"(<opml version="2.0"><body><outline text="Chips"><outline type="rss" text="A &amp; B" xmlUrl="https://a/feed"/>
    <outline text="inner"><outline xmlurl="https://b/feed" title="B"/></outline></outline><outline text="c" xmlUrl="ftp://c/"/></body></opml>)");
  REQUIRE(feeds.has_value());
  REQUIRE(feeds->size() == 2);
  CHECK((*feeds)[0].name == "A & B");
  CHECK((*feeds)[0].tags == std::vector<std::string>{"Chips"});
  CHECK((*feeds)[1].tags == std::vector<std::string>{"Chips", "inner"});
  const auto again = read_opml(to_opml(*feeds));
  REQUIRE(again.has_value());
  REQUIRE(again->size() == 2);
  CHECK((*again)[1].url == "https://b/feed");
  CHECK((*again)[1].tags == (*feeds)[1].tags);
  CHECK(read_opml("<html></html>").error().code == "I063");
}

TEST_CASE("feed list: times") {
  CHECK(seconds_from("90s") == 90);
  CHECK(seconds_from("30m") == 1800);
  CHECK(seconds_from("6h") == 21600);
  CHECK(seconds_from("7d") == 604800);
  CHECK(seconds_from("1800") == 1800);
  CHECK_FALSE(seconds_from("soon").has_value());
  CHECK_FALSE(seconds_from("-5m").has_value());
  CHECK_FALSE(seconds_from("5 parsecs").has_value());
}
