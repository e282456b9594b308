// Fetch runs against a local site: what is polled, read, archived, marked, put off, and what an operator is told.
#include "pipeline/run_fetch.h"

#include <doctest/doctest.h>

#include <chrono>
#include <filesystem>

#include "base/json.h"
#include "pipeline/engine.h"
#include "pipeline/fetch/source.h"
#include "pipeline/fetch/warc.h"
#include "pipeline/run_fetch_report.h"
#include "tests/pipeline/local_server.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;
using tearsheet::test::LocalServer;

namespace {

const Engine& engine() {
  static const Engine shared = [] {
    Options options;
    options.rules = {std::string(TEARSHEET_SOURCE_DIR) + "/rules"};
    auto opened = Engine::open(options);
    REQUIRE(opened.has_value());
    return std::move(*opened);
  }();
  return shared;
}

std::string words(int n) {
  std::string out;
  for (int i = 0; i < 12; ++i)
    out += "Intel will invest $" + std::to_string(100 * n + i) + " million in plant number " +
           std::to_string(n * 7919 + i * 104729) + ", the company said. ";
  return out;
}
std::string page(int n) {
  return "<html><head><title>Article</title></head><body><article><h1>Article</h1><p>" + words(n) +
         "</p></article></body></html>";
}
std::string rss(const std::string& items, const std::string& more = "") {
  return "<rss version='2.0'><channel><title>Site</title><language>en</language>" + more + items + "</channel></rss>";
}
std::string entry(const std::string& id, const std::string& link, const std::string& more = "") {
  return "<item>" + (id.empty() ? "" : "<guid isPermaLink='false'>" + id + "</guid>") + "<title>Title " + id + "</title>" +
         (link.empty() ? "" : "<link>" + link + "</link>") + more + "</item>";
}

struct Bench {
  LocalServer server;
  test::Scratch scratch;
  FeedList list;
  UrlRules urls;
  FetchOptions options;
  std::int64_t ahead_s = 0;  // the test's clock runs ahead of the machine's
  std::vector<std::pair<std::string, Error>> told;
  std::atomic<bool> stop{false};

  Bench() {
    list.contact = "mailto:test@example.org";
    list.state = scratch.path("state.db");
    list.output = scratch.path("out");
    list.archive = scratch.path("archive");
    list.gap_ms = 0;
    auto rules = UrlRules::load({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
    REQUIRE(rules.has_value());
    urls = *rules;
    options.allow_private = true;
    options.timeout_ms = 3000;
    options.jobs = 1;
    options.stop = &stop;
    options.now_ms = [this] {
      return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count() +
             ahead_s * 1000;
    };
    options.complain = [this](const std::string& where, const Error& error) { told.emplace_back(where, error); };
  }
  FeedEntry& feed(const std::string& path) {
    FeedEntry one;
    one.url = server.url(path);
    list.feeds.push_back(one);
    return list.feeds.back();
  }
  FetchSummary run() {
    told.clear();
    auto seen = Seen::open(list.state);
    REQUIRE(seen.has_value());
    auto done = run_fetch(engine(), list, urls, *seen, options);
    REQUIRE_MESSAGE(done.has_value(), (done ? "" : done.error().what));
    return std::move(*done);
  }
  FeedState state(const std::string& path) {
    auto seen = Seen::open(list.state, true);
    if (!seen) return {};  // no run yet
    return seen->find_feed(server.url(path)).value_or(FeedState());
  }
  std::vector<Tree> readings() {
    std::vector<Tree> out;
    if (!std::filesystem::exists(list.output)) return out;
    for (const auto& file : std::filesystem::directory_iterator(list.output)) {
      if (file.path().extension() != ".jsonl") continue;
      const std::string text = scratch.read("out/" + file.path().filename().string());
      for (std::size_t at = 0; at < text.size();) {
        const auto end = text.find('\n', at);
        auto tree = json::parse(text.substr(at, end - at));
        REQUIRE(tree.has_value());
        out.push_back(std::move(*tree));
        at = end + 1;
      }
    }
    return out;
  }
  bool was_told(const std::string& code) const {
    return std::any_of(told.begin(), told.end(), [&](const auto& one) { return one.second.code == code; });
  }
};

}  // namespace

TEST_CASE("fetch run: new articles are read with what their feed knows of them, once") {
  Bench bench;
  FeedEntry& feed = bench.feed("/feed");
  feed.name = "Site feed";
  feed.tags = {"chips"};
  bench.server.set("/feed", {200,
                             rss(entry("1", "/a/1?utm_source=rss", "<pubDate>Mon, 06 Feb 2023 10:00:00 +0100</pubDate>") +
                                 entry("2", "/a/2") + entry("2b", "/a/2?utm_medium=x")),
                             "text/xml",
                             {{"ETag", "\"1\""}}});
  bench.server.set("/a/1", {200, page(1)});
  bench.server.set("/a/2", {200, page(2)});
  const FetchSummary first = bench.run();
  CHECK(first.updated == 1);
  CHECK(first.items_new == 2);
  CHECK(first.items_known_url == 1);
  CHECK(first.read == 2);
  const auto readings = bench.readings();
  REQUIRE(readings.size() == 2);
  const Tree* one = nullptr;
  for (const Tree& reading : readings)
    if (reading.find("article")->text("url") == bench.server.url("/a/1")) one = &reading;
  REQUIRE(one != nullptr);
  CHECK(one->find("article")->text("published") == "2023-02-06T10:00:00+01:00");
  CHECK(one->find("article")->text("language") == "en");
  CHECK(one->find("article")->text("publisher") == "Site");
  CHECK(one->find("article")->find("extra")->text("feed_name") == "Site feed");
  CHECK(one->find("article")->find("extra")->find("tags")->items.at(0).scalar == "chips");
  CHECK_FALSE(one->find("mentions")->items.empty());

  CHECK(bench.run().due == 0);  // not due yet
  bench.ahead_s = 3600;
  const FetchSummary later = bench.run();
  CHECK(later.unchanged == 1);
  CHECK(later.read == 0);
  CHECK(bench.readings().size() == 2);
  CHECK(bench.server.count("/a/1") == 1);
}

TEST_CASE("fetch run: a feed's own text is read where it is whole, the page otherwise, and as the list says") {
  for (const FullText want : {FullText::automatic, FullText::page, FullText::feed}) {
    CAPTURE(static_cast<int>(want));
    Bench bench;
    bench.feed("/feed").full_text = want;
    const std::string whole = "<content:encoded><![CDATA[<p>" + words(5) + words(6) + "</p>]]></content:encoded>";
    bench.server.set(
        "/feed",
        {200, rss(entry("1", "/a/1", whole) + entry("2", "/a/2", "<description>Only the begin…</description>")), "text/xml"});
    bench.server.set("/a/1", {200, page(1)});
    bench.server.set("/a/2", {200, page(2)});
    CHECK(bench.run().read == 2);
    CHECK(bench.server.count("/a/1") == (want == FullText::page ? 1 : 0));
    CHECK(bench.server.count("/a/2") == (want == FullText::feed ? 0 : 1));
    // And again from the archive.
    Inputs inputs;
    inputs.paths = {bench.list.archive};
    auto source = open_source(inputs);
    REQUIRE(source.has_value());
    std::size_t pages = 0;
    while (auto item = (*source)->next()) pages += item->blob ? 1 : 0;
    CHECK(pages == 2);
  }
}

TEST_CASE("fetch run: what feeds get wrong") {
  struct Row {
    const char* why;
    LocalServer::Page page;
    const char* code;  // empty: no failure
    std::uint64_t items;
  };
  std::string many = "";
  for (int i = 0; i < 3000; ++i) many += entry(std::to_string(i), "");
  const Row rows[] = {
      {"a page instead of a feed", {200, "<html><head></head><body>Sign in</body></html>"}, "I031", 0},
      {"an empty body", {200, ""}, "I030", 0},
      {"the wrong type", {200, rss(entry("1", "")), "text/html"}, "", 0},
      {"many items without link and text", {200, rss(many)}, "", 0},
      {"no guid, no date, no title", {200, rss("<item><link>/a/1</link></item>")}, "", 1},
      {"the same guid twice", {200, rss(entry("1", "/a/1") + entry("1", "/a/2"))}, "", 2},
      {"the same item twice", {200, rss(entry("1", "/a/1") + entry("1", "/a/1"))}, "", 1},
      {"broken XML", {200, "<rss><channel><item><link>/a/1</link>"}, "", 1},
      {"an error", {500, "oops"}, "I072", 0},
      {"not found", {404, "no"}, "I072", 0},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    Bench bench;
    bench.feed("/feed");
    bench.server.set("/feed", row.page);
    bench.server.set("/a/1", {200, page(1)});
    bench.server.set("/a/2", {200, page(2)});
    const FetchSummary summary = bench.run();
    CHECK(summary.failed == (row.code[0] == '\0' ? 0 : 1));
    CHECK(summary.items_new == row.items);
    CHECK(summary.read == row.items);
    if (row.code[0] != '\0') {
      CHECK(bench.was_told(row.code));
      CHECK(bench.state("/feed").fails == 1);
      CHECK_FALSE(bench.state("/feed").last_error.empty());
    }
  }
}

TEST_CASE("fetch run: dates of the future are not believed") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1", "<pubDate>Fri, 01 Jan 2100 00:00:00 GMT</pubDate>"))});
  bench.server.set("/a/1", {200, page(1)});
  CHECK(bench.run().read == 1);
  CHECK(bench.readings().at(0).find("article")->find("published")->is_null());
}

TEST_CASE("fetch run: a feed that moves is followed for good after three runs, one that is gone is let go") {
  Bench bench;
  bench.feed("/old");
  bench.feed("/gone");
  bench.server.set("/old", {301, "", "text/html", {{"Location", "/new"}}});
  bench.server.set("/new", {200, rss(entry("1", ""))});
  bench.server.set("/gone", {410, ""});
  for (int i = 0; i < 3; ++i) {
    CHECK(bench.state("/old").current_url != bench.server.url("/new"));
    (void)bench.run();
    bench.ahead_s += 2 * 86400;
  }
  CHECK(bench.state("/old").current_url == bench.server.url("/new"));
  CHECK(bench.was_told("I070"));
  CHECK(bench.server.count("/gone") == 1);
  CHECK(bench.state("/gone").gone);
  CHECK(health_of(bench.state("/gone"), 0).at(0).find("410") != std::string::npos);
  (void)bench.run();
  CHECK(bench.server.count("/old") == 3);
  CHECK(bench.server.count("/new") == 4);
}

TEST_CASE("fetch run: failing feeds are slowed and come back; pages that fail are tried again, then given up") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {500, ""});
  (void)bench.run();
  const std::int64_t first = bench.state("/feed").next_due_s;
  bench.ahead_s += 86400;
  (void)bench.run();
  const FeedState slower = bench.state("/feed");
  CHECK(slower.fails == 2);
  CHECK(slower.next_due_s - slower.last_poll_s > first - (slower.last_poll_s - 86400));
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {500, ""});
  bench.ahead_s += 86400;
  CHECK(bench.run().pages_postponed == 1);
  CHECK(bench.state("/feed").fails == 0);
  for (int i = 0; i < 3; ++i) {
    bench.ahead_s += 86400;
    CHECK(bench.run().pages_postponed == 1);
  }
  bench.ahead_s += 86400;
  const FetchSummary last = bench.run();
  CHECK(last.pages_failed == 1);
  CHECK(last.pending == 0);
  CHECK(bench.server.count("/a/1") == 5);
}

TEST_CASE("fetch run: a baseline knows the backlog and reads only what comes after") {
  Bench bench;
  bench.feed("/feed");
  bench.options.baseline = true;
  bench.server.set("/feed", {200, rss(entry("1", "/a/1") + entry("2", "/a/2"))});
  bench.server.set("/a/3", {200, page(3)});
  const FetchSummary first = bench.run();
  CHECK(first.items_baseline == 2);
  CHECK(first.read == 0);
  bench.server.set("/feed", {200, rss(entry("3", "/a/3") + entry("1", "/a/1") + entry("2", "/a/2"))});
  bench.ahead_s = 3600;
  const FetchSummary next = bench.run();
  CHECK(next.items_new == 1);
  CHECK(next.read == 1);
}

TEST_CASE("fetch run: a text told twice is marked, not dropped") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1") + entry("2", "/b/2"))});
  bench.server.set("/a/1", {200, page(1)});
  bench.server.set("/b/2", {200, page(1)});
  const FetchSummary summary = bench.run();
  CHECK(summary.read == 2);
  CHECK(summary.duplicates == 1);
  const auto readings = bench.readings();
  REQUIRE(readings.size() == 2);
  CHECK(readings[1].find("article")->find("extra")->text("duplicate_of") == readings[0].text("id"));
}

TEST_CASE("fetch run: sitemap indexes lead to their sitemaps, gzip and all; news sitemaps give titles") {
  Bench bench;
  bench.feed("/index.xml");
  bench.server.set(
      "/index.xml",
      {200, "<sitemapindex><sitemap><loc>" + bench.server.url("/s1.xml") + "</loc></sitemap></sitemapindex>", "text/xml"});
  bench.server.set("/s1.xml",
                   {200,
                    "<urlset xmlns:news='http://www.google.com/schemas/sitemap-news/0.9'><url><loc>" + bench.server.url("/a/1") +
                        "</loc><news:news><news:publication_date>2023-02-06</news:publication_date><news:title>From the "
                        "map</news:title></news:news></url></urlset>",
                    "text/xml"});
  bench.server.set("/a/1", {200, "<html><body><article><p>" + words(1) + "</p></article></body></html>"});
  CHECK(bench.run().read == 1);
  const Tree article = *bench.readings().at(0).find("article");
  CHECK(article.text("published") == "2023-02-06");
  CHECK(article.text("title") == "From the map");
}

TEST_CASE("fetch run: consent pages are no articles, and the feed's health says so") {
  Bench bench;
  bench.feed("/feed");
  std::string items;
  for (int i = 0; i < 4; ++i) {
    items += entry(std::to_string(i), "/a/" + std::to_string(i));
    bench.server.set("/a/" + std::to_string(i), {302, "", "text/html", {{"Location", "/consent?back=1"}}});
  }
  bench.server.set("/feed", {200, rss(items)});
  bench.server.set("/consent", {200, page(9)});
  const FetchSummary summary = bench.run();
  CHECK(summary.read == 0);
  CHECK(summary.pages_failed == 4);
  CHECK(bench.was_told("I075"));
  CHECK(bench.state("/feed").consent_share > 0.3);
  CHECK(is_consent_url("https://consent.example.org/x"));
  CHECK_FALSE(is_consent_url("https://example.org/news/consent-decree"));
}

TEST_CASE("fetch run: health tells silence, shrinking bodies and empty pages") {
  FeedState feed;
  constexpr std::int64_t kNow = 1'700'000'000;
  feed.last_success_s = feed.last_new_s = kNow;
  feed.pages = 50;
  feed.body_long = feed.body_short = 5000;
  CHECK(health_of(feed, kNow).empty());
  FeedState silent = feed;
  silent.mean_gap_s = 3600;
  silent.last_new_s = kNow - 30 * 86400;
  CHECK(health_of(silent, kNow).at(0).find("silent for 30 d, usually new every 1 h") == 0);
  FeedState shrunk = feed;
  shrunk.body_short = 600;
  CHECK(health_of(shrunk, kNow).at(0).find("shrank from 5.0 KB to 0.6 KB") != std::string::npos);
  FeedState empty = feed;
  empty.empty_share = 0.8;
  CHECK(health_of(empty, kNow).at(0).find("80 % of its pages are empty") != std::string::npos);
  FeedState failing = feed;
  failing.fails = 3;
  failing.last_error = "HTTP 500";
  CHECK(health_of(failing, kNow).at(0).find("HTTP 500") != std::string::npos);
}

TEST_CASE("fetch run: a clock set back silences nobody; two files a day apart") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  bench.ahead_s = 30 * 86400;
  CHECK(bench.run().read == 1);
  bench.ahead_s = 0;
  bench.server.set("/feed", {200, rss(entry("2", "/a/2"))});
  bench.server.set("/a/2", {200, page(2)});
  CHECK(bench.run().read == 1);
  CHECK(std::distance(std::filesystem::directory_iterator(bench.list.output), std::filesystem::directory_iterator()) == 2);
}

TEST_CASE("fetch run: stopped before it begins, it polls nothing and loses nothing; a deadline leaves the rest for later") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  bench.stop = true;
  const FetchSummary stopped = bench.run();
  CHECK(stopped.stopped);
  CHECK(stopped.deferred == 1);
  CHECK(bench.state("/feed").last_poll_s == 0);
  bench.stop = false;
  CHECK(bench.run().read == 1);
}

TEST_CASE("fetch run: what an earlier run had not committed is cut off") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  CHECK(bench.run().read == 1);
  const std::string day = std::filesystem::directory_iterator(bench.list.output)->path().string();
  {
    auto seen = Seen::open(bench.list.state);
    REQUIRE(seen.has_value());
    REQUIRE(seen->set_value("running", "1").has_value());
    REQUIRE(seen->commit().has_value());
    std::ofstream(day, std::ios::app) << "{\"torn";
  }
  const FetchSummary next = bench.run();
  CHECK(next.recovered);
  CHECK(bench.readings().size() == 1);
  // A clean end is never cut: what stands behind is somebody else's.
  std::ofstream(day, std::ios::app) << "\n";
  const auto size = std::filesystem::file_size(day);
  CHECK_FALSE(bench.run().recovered);
  CHECK(std::filesystem::file_size(day) == size);
}

TEST_CASE("fetch run: a disk that is full ends the run with its reason and keeps what was confirmed") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  std::filesystem::create_directories(bench.list.output);
  const std::string day = bench.list.output + "/" + utc_day(bench.options.now_ms()) + ".jsonl";
  std::filesystem::create_symlink("/dev/full", day);
  auto seen = Seen::open(bench.list.state);
  REQUIRE(seen.has_value());
  const auto done = run_fetch(engine(), bench.list, bench.urls, *seen, bench.options);
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().code == "S001");
  CHECK(done.error().what.find("No space left") != std::string::npos);
  CHECK(done.error().help.find("make room") != std::string::npos);
  std::filesystem::remove(day);
  *seen = std::move(*Seen::open(bench.list.state));
  bench.options.all = true;
  const auto again = run_fetch(engine(), bench.list, bench.urls, *seen, bench.options);
  REQUIRE(again.has_value());
  CHECK(again->read == 1);
}

TEST_CASE("fetch run: readings into SQLite") {
  Bench bench;
  bench.feed("/feed");
  bench.options.as = "sqlite";
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  CHECK(bench.run().read == 1);
  CHECK(std::filesystem::exists(bench.list.output + "/readings.db"));
}

TEST_CASE("fetch run: custom headers go to the feed's origin only and never into the archive") {
  Bench bench;
  FeedEntry& feed = bench.feed("/feed");
  feed.headers = {{"X-Token", "hush"}};
  bench.server.set("/feed", {200, rss(entry("1", "/a/1") + entry("2", bench.server.url("/a/2", "localhost")))});
  bench.server.set("/a/1", {200, page(1)});
  bench.server.set("/a/2", {200, page(2)});
  CHECK(bench.run().read == 2);
  CHECK(bench.server.header_of("/feed", "X-Token") == "hush");
  CHECK(bench.server.header_of("/a/1", "X-Token") == "hush");
  CHECK(bench.server.header_of("/a/2", "X-Token").empty());
  Inputs inputs;
  for (const auto& file : std::filesystem::recursive_directory_iterator(bench.list.archive)) {
    if (!file.is_regular_file()) continue;
    auto reader = warc::Reader::open(file.path().string(), 1 << 20);
    REQUIRE(reader.has_value());
    while (const auto record = reader->next()) CHECK(record->block.find("hush") == std::string::npos);
  }
}

TEST_CASE("fetch run: the report as JSON and as metrics; old days go, today stays") {
  Bench bench;
  bench.feed("/feed");
  bench.server.set("/feed", {200, rss(entry("1", "/a/1"))});
  bench.server.set("/a/1", {200, page(1)});
  const FetchSummary summary = bench.run();
  const auto tree = json::parse(summary_json(summary));
  REQUIRE(tree.has_value());
  CHECK(tree->text("schema") == "tearsheet.fetch/1");
  CHECK(tree->text("read") == "1");
  auto seen = Seen::open(bench.list.state);
  REQUIRE(seen.has_value());
  const std::string metrics = metrics_text(summary, seen->feeds(), 0);
  CHECK(metrics.find("\ntearsheet_fetch_read 1\n") != std::string::npos);
  CHECK(metrics.find("tearsheet_fetch_feed_failures{feed=\"" + bench.server.url("/feed") + "\"} 0\n") != std::string::npos);

  bench.scratch.write("out/2020-01-01.jsonl", "old");
  bench.scratch.write("out/notes.txt", "mine");
  bench.scratch.write("archive/2020-01-01/00000.warc.gz", "old");
  bench.scratch.write("archive/2020-01-02/00000.warc.gz", std::string(1000, 'x'));
  GcOptions gc;
  gc.keep_s = 86400;
  gc.dry_run = true;
  CHECK(collect_garbage(bench.list, *seen, gc, bench.options.now_ms())->removed.size() == 3);
  CHECK(std::filesystem::exists(bench.scratch.path("out/2020-01-01.jsonl")));
  gc.dry_run = false;
  gc.keep_s = 0;
  gc.budget_bytes = 1;
  const auto gone = collect_garbage(bench.list, *seen, gc, bench.options.now_ms());
  REQUIRE(gone.has_value());
  CHECK(gone->removed.size() == 3);
  CHECK(std::filesystem::exists(bench.scratch.path("out/notes.txt")));
  CHECK(bench.readings().size() == 1);
}

TEST_CASE("fetch run: when a feed is due again") {
  DueInput input;
  input.now_s = 1'700'000'000;  // Tuesday, 22:13:20 UTC
  CHECK(next_due_s(input) == input.now_s + 1740);
  input.ttl_min = 120;
  CHECK(next_due_s(input) == input.now_s + 7140);
  input.fresh_s = 30 * 86400;
  CHECK(next_due_s(input) == input.now_s + 86340);
  input.ttl_min.reset();
  input.fresh_s.reset();
  input.skip_hours = {22, 23};
  CHECK(next_due_s(input) == 1'700'006'400);  // midnight
  input.skip_days = {3};
  CHECK(next_due_s(input) == 1'700'092'800);  // Thursday
  for (std::uint8_t hour = 0; hour < 24; ++hour) input.skip_hours.push_back(hour);
  CHECK(next_due_s(input) < input.now_s + 3 * 86400);  // a feed that skips every hour is polled all the same
  DueInput failing;
  failing.now_s = input.now_s;
  failing.fails = 1;
  CHECK(next_due_s(failing) == input.now_s + 3600);
  failing.fails = 50;
  CHECK(next_due_s(failing) == input.now_s + 86400);
  failing.fails = 1;
  failing.retry_after_s = 7200;
  CHECK(next_due_s(failing) == input.now_s + 7200);
}
