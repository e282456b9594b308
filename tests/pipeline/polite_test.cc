// Polite: gaps, ranks, back-off and fair shares, by a clock of the test's own; then with robots.txt and redirects against a local
// server.
#include "pipeline/fetch/polite.h"

#include <doctest/doctest.h>

#include <chrono>

#include "pipeline/fetch/polite_fetch.h"
#include "tests/pipeline/local_server.h"

using namespace tearsheet;
using tearsheet::test::LocalServer;

TEST_CASE("polite: one request a host, a gap behind it, the lowest rank first") {
  Polite polite(1000);
  polite.add("a", 1, 5);
  polite.add("a", 2, 1);
  polite.add("a", 3, 5);
  REQUIRE(polite.next(0).value().job == 2);
  CHECK_FALSE(polite.next(500).has_value());
  polite.done("a", 600);
  CHECK_FALSE(polite.next(1599).has_value());
  CHECK(polite.next_at() == 1600);
  REQUIRE(polite.next(1600).value().job == 1);
  polite.set_gap("a", 5000);
  polite.done("a", 2000);
  CHECK(polite.next_at() == 7000);
  polite.add_first("a", 9);
  CHECK(polite.next(7000).value().job == 9);
}

TEST_CASE("polite: no host takes the run for itself") {
  Polite polite(0);
  for (std::uint64_t i = 0; i < 100; ++i) polite.add("big", i, 0);
  polite.add("small", 1000, 99);
  std::vector<std::string> order;
  for (int i = 0; i < 4; ++i) {
    const auto next = polite.next(i);
    REQUIRE(next.has_value());
    order.push_back(next->host);
    polite.done(next->host, i);
  }
  CHECK(std::count(order.begin(), order.begin() + 2, "small") == 1);
}

TEST_CASE("polite: a host that asks for rest gets it, and gives its jobs back") {
  Polite polite(0);
  polite.add("a", 1, 0);
  polite.add("a", 2, 0);
  polite.add("b", 3, 0);
  CHECK(polite.back_off("a", 5000) == std::vector<std::uint64_t>{1, 2});
  CHECK(polite.backs_off("a", 4999));
  CHECK_FALSE(polite.backs_off("a", 5000));
  CHECK(polite.next(0).value().job == 3);
  CHECK(polite.waiting() == 0);
}

namespace {

struct Site {
  LocalServer server;
  std::map<std::string, RobotsCopy> robots;
  std::map<std::string, std::int64_t> rests;
  std::vector<std::string> archived;

  std::vector<FetchResult> run(std::vector<FetchJob> jobs, PoliteOptions options = {}) {
    HttpOptions http_options;
    http_options.user_agent = "Tearsheet/test";
    http_options.allow_private = true;
    http_options.total_timeout_ms = 2000;
    auto http = Http::open(http_options);
    REQUIRE(http.has_value());
    options.gap_ms = 0;
    PoliteFetch::Hooks hooks;
    hooks.now_ms = [] {
      return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::system_clock::now().time_since_epoch()).count();
    };
    hooks.load_robots = [this](const std::string& origin) {
      return robots.count(origin) != 0 ? std::optional(robots[origin]) : std::nullopt;
    };
    hooks.store_robots = [this](const std::string& origin, const RobotsCopy& copy) { robots[origin] = copy; };
    hooks.rests_until_ms = [this](const std::string& host) { return rests[host]; };
    hooks.store_rest = [this](const std::string& host, std::int64_t until) { rests[host] = until; };
    hooks.archive = [this](const HttpAnswer& answer) { archived.push_back(answer.url); };
    PoliteFetch fetch(std::move(*http), options, std::move(hooks));
    for (std::size_t i = 0; i < jobs.size(); ++i) {
      jobs[i].id = i + 1;
      fetch.add(std::move(jobs[i]));
    }
    std::vector<FetchResult> out(jobs.size());
    for (int i = 0; i < 300 && fetch.open_jobs() > 0; ++i)
      for (FetchResult& result : fetch.step(50)) out[result.id - 1] = std::move(result);
    CHECK(fetch.open_jobs() == 0);
    return out;
  }
  FetchJob job(const std::string& path) {
    FetchJob one;
    one.url = server.url(path);
    return one;
  }
};

std::string code_of(const FetchResult& result) { return result.error ? result.error->code : ""; }

}  // namespace

TEST_CASE("polite fetch: robots.txt is asked once, obeyed and kept") {
  Site site;
  site.server.set("/robots.txt", {200, "User-agent: tearsheet\nDisallow: /private\n", "text/plain"});
  site.server.set("/a", {200, "a"});
  site.server.set("/private/b", {200, "b"});
  const auto results = site.run({site.job("/a"), site.job("/private/b"), site.job("/a?x")});
  CHECK(results[0].answer.body == "a");
  CHECK(code_of(results[1]) == "H020");
  CHECK(results[2].answer.status == 200);
  CHECK(site.server.count("/robots.txt") == 1);
  CHECK(site.server.count("/private/b") == 0);
  (void)site.run({site.job("/a")});
  CHECK(site.server.count("/robots.txt") == 1);
  FetchJob unasked = site.job("/private/b");
  unasked.robots = false;
  CHECK(site.run({unasked})[0].answer.body == "b");
  CHECK(std::count(site.archived.begin(), site.archived.end(), site.server.url("/robots.txt")) == 0);
}

TEST_CASE("polite fetch: a site whose robots.txt fails is left alone, one without it is not") {
  Site broken;
  broken.server.set("/robots.txt", {500, "oops"});
  broken.server.set("/a", {200, "a"});
  CHECK(code_of(broken.run({broken.job("/a")})[0]) == "H026");
  CHECK(broken.server.count("/a") == 0);
  Site open;
  open.server.set("/a", {200, "a"});
  CHECK(open.run({open.job("/a")})[0].answer.body == "a");
}

TEST_CASE("polite fetch: redirects are followed by our own rules at each hop") {
  Site site;
  site.server.set("/robots.txt", {200, "User-agent: *\nDisallow: /shut\n", "text/plain"});
  site.server.set("/p1", {301, "", "text/html", {{"Location", "/p2"}}});
  site.server.set("/p2", {308, "", "text/html", {{"Location", "/end"}}});
  site.server.set("/t", {302, "", "text/html", {{"Location", "/end"}}});
  site.server.set("/end", {200, "end"});
  site.server.set("/loop", {302, "", "text/html", {{"Location", "/loop"}}});
  site.server.set("/to-shut", {302, "", "text/html", {{"Location", "/shut"}}});
  site.server.set("/to-file", {302, "", "text/html", {{"Location", "file:///etc/passwd"}}});
  site.server.set("/to-nowhere", {302, ""});
  const std::string other = site.server.url("/end", "localhost");
  site.server.set("/away", {302, "", "text/html", {{"Location", other}}});
  FetchJob away = site.job("/away");
  away.headers.emplace_back("Authorization", "Bearer secret");
  const auto results = site.run({site.job("/p1"), site.job("/t"), site.job("/loop"), site.job("/to-shut"), site.job("/to-file"),
                                 site.job("/to-nowhere"), away});
  CHECK(results[0].answer.body == "end");
  CHECK(results[0].moved_to == site.server.url("/end"));
  CHECK(results[1].answer.body == "end");
  CHECK(results[1].moved_to.empty());
  CHECK(code_of(results[2]) == "H021");
  CHECK(site.server.count("/loop") == 11);
  CHECK(code_of(results[3]) == "H020");
  CHECK(code_of(results[4]) == "H022");
  CHECK(code_of(results[5]) == "H022");
  CHECK(results[6].final_url == other);
  CHECK(results[6].answer.status == 200);
  CHECK(site.server.header_of("/away", "Authorization") == "Bearer secret");
  CHECK(site.server.header_of("/end", "Authorization").empty());
}

TEST_CASE("polite fetch: Retry-After in seconds and as a date, and a host's rest outlives the run") {
  for (const std::string wait : {"3600", "Fri, 01 Jan 2100 00:00:00 GMT"}) {
    CAPTURE(wait);
    Site site;
    site.server.set("/busy", {429, "", "text/html", {{"Retry-After", wait}}});
    site.server.set("/a", {200, "a"});
    FetchJob later = site.job("/a");
    later.rank = 9;
    const auto results = site.run({site.job("/busy"), later});
    CHECK(results[0].answer.status == 429);
    CHECK(code_of(results[1]) == "H023");
    CHECK(results[1].deferred);
    CHECK(site.server.count("/a") == 0);
    const auto again = site.run({site.job("/a")});
    CHECK(again[0].deferred);
    CHECK(site.server.count("/a") == 0);
  }
}
