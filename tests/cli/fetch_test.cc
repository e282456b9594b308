// fetch and feeds as an operator runs them: the list made and changed, runs by cron's manners.
#include <doctest/doctest.h>

#include <csignal>

#include "base/lock_file.h"
#include "tests/cli/program.h"
#include "tests/pipeline/local_server.h"

using namespace tearsheet;
using tearsheet::test::command;
using tearsheet::test::has;
using tearsheet::test::LocalServer;
using tearsheet::test::Outcome;
using tearsheet::test::Process;
using tearsheet::test::run_program;
using tearsheet::test::Scratch;

namespace {

const std::string kPage =
    "<html><body><article><h1>Chips</h1><p>Japan will subsidize Micron by up to $322 million to support its plan for "
    "Hiroshima.</p></article></body></html>";

struct Desk {
  LocalServer server;
  Scratch scratch;
  std::string list = scratch.path("feeds.yaml");

  Desk() {
    server.set("/", {200, "<html><head><link rel='alternate' type='application/rss+xml' href='/feed'></head></html>"});
    server.set("/feed", {200,
                         "<rss version='2.0'><channel><title>Chip "
                         "News</title><item><guid>1</guid><title>Chips</title><link>/a/1</link></item></channel></rss>",
                         "text/xml"});
    server.set("/a/1", {200, kPage});
  }
  Outcome run(std::vector<std::string> words) {
    words.insert(words.end(), {"--feeds", list});
    return run_program(scratch, words);
  }
  void write_list(const std::string& feeds) { scratch.write("feeds.yaml", "contact: mailto:a@b.c\ngap: 0\nfeeds:\n" + feeds); }
};

}  // namespace

TEST_CASE("feeds: a site's feed is added, checked, listed, disabled, enabled, exported and imported") {
  Desk desk;
  CHECK(desk.run({"feeds", "add", desk.server.url("/"), "--allow-private"}).code == 2);  // no contact
  CHECK_FALSE(std::filesystem::exists(desk.list));
  const Outcome guarded = desk.run({"feeds", "add", desk.server.url("/"), "--contact", "mailto:a@b.c"});
  CHECK(guarded.code == 1);
  const Outcome added =
      desk.run({"feeds", "add", desk.server.url("/"), "--contact", "mailto:a@b.c", "--allow-private", "--tag", "chips"});
  CHECK(added.code == 0);
  CHECK(has(added.err, "added " + desk.server.url("/feed") + " (rss, 1 item)"));
  CHECK(has(desk.run({"feeds", "list"}).out, desk.server.url("/feed") + "  every 30 min  Chip News  [chips]"));
  const Outcome checked = desk.run({"feeds", "check", "--allow-private"});
  CHECK(checked.code == 0);
  CHECK(has(checked.out, "rss 2.0, 1 item"));
  CHECK(desk.run({"feeds", "disable", "Chip News"}).code == 0);
  CHECK(has(desk.run({"feeds", "list"}).out, "(disabled)"));
  CHECK(desk.run({"feeds", "enable", desk.server.url("/feed")}).code == 0);
  CHECK_FALSE(has(desk.run({"feeds", "list"}).out, "(disabled)"));
  CHECK(desk.run({"feeds", "disable", "https://none/"}).code == 2);
  const std::string opml = desk.scratch.path("feeds.opml");
  CHECK(desk.run({"feeds", "export", "-o", opml}).code == 0);
  CHECK(has(desk.scratch.read("feeds.opml"), "xmlUrl=\"" + desk.server.url("/feed") + "\""));
  const Outcome imported = run_program(desk.scratch, {"feeds", "import", opml, "--feeds", desk.scratch.path("other.yaml")});
  CHECK(imported.code == 0);
  CHECK(has(desk.scratch.read("other.yaml"), desk.server.url("/feed")));
  CHECK(has(desk.run({"feeds", "import", opml}).err, "added 0 feeds"));
}

TEST_CASE("fetch: silent where all is well; one line a day file; a summary and metrics where asked") {
  Desk desk;
  desk.write_list("- " + desk.server.url("/feed") + "\n");
  const Outcome first =
      desk.run({"fetch", "--allow-private", "--summary", desk.scratch.path("s.json"), "--metrics", desk.scratch.path("m.prom")});
  CHECK(first.code == 0);
  CHECK(first.out.empty());
  CHECK(first.err.empty());
  CHECK(has(desk.scratch.read("s.json"), "\"read\":1"));
  CHECK(has(desk.scratch.read("m.prom"), "tearsheet_fetch_read 1"));
  const Outcome status = desk.run({"feeds", "status"});
  CHECK(has(status.out, desk.server.url("/feed")));
  CHECK(has(status.out, "last answer 20"));
  CHECK(desk.run({"feeds", "status", "--unhealthy"}).code == 0);
  CHECK(desk.server.header_of("/a/1", "User-Agent").find("mailto:a@b.c") != std::string::npos);
  const std::string archive = desk.scratch.path("archive");
  const Outcome again = run_program(desk.scratch, {"extract", archive, "--quiet"});
  CHECK(again.code == 0);
  CHECK(has(again.out, "322000000"));
  CHECK(desk.run({"fetch", "gc", "--keep", "30d"}).code == 0);
}

TEST_CASE("fetch: one dead feed of many is no alarm, more than the threshold is; each is told then") {
  Desk desk;
  std::string feeds = "- " + desk.server.url("/dead") + "\n";
  for (int i = 0; i < 5; ++i) {
    desk.server.set("/f" + std::to_string(i), {200, "<rss><channel/></rss>"});
    feeds += "- " + desk.server.url("/f" + std::to_string(i)) + "\n";
  }
  desk.write_list(feeds);
  const Outcome calm = desk.run({"fetch", "--allow-private", "--all"});
  CHECK(calm.code == 0);
  CHECK(calm.err.empty());
  const Outcome strict = desk.run({"fetch", "--allow-private", "--all", "--fail-if", "0"});
  CHECK(strict.code == 1);
  CHECK(has(strict.err, desk.server.url("/dead") + ": failed[I072]: HTTP 404"));
  CHECK(has(strict.err, "1 of 6 feeds failed"));
  CHECK(has(desk.run({"fetch", "--allow-private", "--all", "--verbose"}).err, "polled 6 feeds"));
}

TEST_CASE("fetch: a second run is told to try later; a lock that is left is none") {
  Desk desk;
  desk.write_list("- " + desk.server.url("/feed") + "\n");
  {
    auto lock = LockFile::take(desk.scratch.path("state.db.lock"));
    REQUIRE(lock.has_value());
    const Outcome second = desk.run({"fetch", "--allow-private"});
    CHECK(second.code == 75);
    CHECK(has(second.err, "F006"));
  }
  CHECK(desk.run({"fetch", "--allow-private"}).code == 0);
}

TEST_CASE("fetch: SIGTERM and a deadline end a run cleanly, and the next goes on") {
  Desk desk;
  desk.server.raw().Get("/slow", [](const httplib::Request&, httplib::Response& response) {
    std::this_thread::sleep_for(std::chrono::milliseconds(1500));
    response.set_content("<rss><channel/></rss>", "text/xml");
  });
  desk.write_list("- " + desk.server.url("/feed") + "\n- " + desk.server.url("/slow") + "\n");
  Process running(desk.scratch, command({"fetch", "--allow-private", "--feeds", desk.list}));
  for (int i = 0; i < 200 && desk.server.count("/robots.txt") == 0; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  std::this_thread::sleep_for(std::chrono::milliseconds(100));
  ::kill(running.id(), SIGTERM);
  CHECK(running.wait().code == 130);
  CHECK(desk.run({"fetch", "--allow-private", "--deadline", "30s"}).code == 0);
  CHECK(has(run_program(desk.scratch, {"extract", desk.scratch.path("archive"), "--quiet"}).out, "322000000"));
}

TEST_CASE("fetch: wrong usage and unusable places say what to do") {
  Desk desk;
  const Outcome none = run_program(desk.scratch, {"fetch", "--feeds", desk.scratch.path("none.yaml")});
  CHECK(none.code == 2);
  CHECK(has(none.err, "feeds add"));
  desk.scratch.write("feeds.yaml", "feeds:\n- https://a/\n");
  CHECK(has(desk.run({"fetch"}).err, "U007"));
  desk.write_list("- " + desk.server.url("/feed") + "\n");
  for (const std::vector<std::string>& words : {std::vector<std::string>{"fetch", "--deadline", "soon"},
                                                {"fetch", "--fail-if", "x"},
                                                {"fetch", "--parallel", "99"},
                                                {"fetch", "feed.xml"}})
    CHECK(desk.run(words).code == 2);
  desk.scratch.write("junk.db", std::string(4096, 'x'));
  const Outcome junk = desk.run({"fetch", "--state", desk.scratch.path("junk.db")});
  CHECK(junk.code == 1);
  CHECK(has(junk.err, "I050"));
  const Outcome guarded = desk.run({"fetch", "--fail-if", "0", "--no-archive"});
  CHECK(guarded.code == 1);
  CHECK(has(guarded.err, "loopback"));
  CHECK(desk.server.asked().empty());
}
