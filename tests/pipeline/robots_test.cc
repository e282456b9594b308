// Robots: which rule counts, for whom, and Google's own cases where TEARSHEET_ROBOTS_TESTS names their file.
#include "pipeline/fetch/robots.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "base/json.h"

using namespace tearsheet;

namespace {

struct Row {
  std::string_view why, robots, target;
  bool allowed;
};
const Row kRows[] = {
    {"nothing said", "", "/a", true},
    {"everything refused", "User-agent: *\nDisallow: /", "/a", false},
    {"robots.txt itself may always be read", "User-agent: *\nDisallow: /", "/robots.txt", true},
    {"the longest rule counts", "User-agent: *\nDisallow: /a\nAllow: /a/b", "/a/b/c", true},
    {"allow wins a tie", "User-agent: *\nDisallow: /a\nAllow: /a", "/a", true},
    {"our own group beats everyone's", "User-agent: *\nDisallow: /\nUser-agent: tearsheet\nAllow: /", "/a", true},
    {"groups of ours add up",
     "User-agent: Tearsheet\nDisallow: /a\nUser-agent: x\nDisallow: /\nUser-agent: tearsheet/2\nDisallow: /b", "/b", false},
    {"several agents in one group", "User-agent: x\nUser-agent: tearsheet\nDisallow: /a", "/a", false},
    {"a star inside", "User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf", false},
    {"an anchored end", "User-agent: *\nDisallow: /*.pdf$", "/x/y.pdf?z", true},
    {"an empty rule refuses nothing", "User-agent: *\nDisallow:", "/a", true},
    {"comments, carriage returns, a byte-order mark", "\xEF\xBB\xBFUser-agent: * # all\r\rDisallow: /a # b\r", "/a", false},
    {"a misspelt key and a missing colon", "useragent *\ndissallow /a", "/a", false},
    {"escapes in any case", "User-agent: *\nDisallow: /%e3%83%84", "/%E3%83%84", false},
    {"an index page stands for its folder", "User-agent: *\nDisallow: /\nAllow: /x/index.html", "/x/", true},
    {"an HTML page instead of rules", "<html><body>Not found</body></html>", "/a", true},
};

}  // namespace

TEST_CASE("robots: the rule that counts") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(Robots::parse(row.robots, "tearsheet").allows(row.target) == row.allowed);
  }
}

TEST_CASE("robots: delays and sitemaps") {
  const Robots robots = Robots::parse(
      "Sitemap: https://a/s.xml\nUser-agent: tearsheet\nCrawl-delay: 2.5\nUser-agent: x\nCrawl-delay: 9", "tearsheet");
  CHECK(robots.crawl_delay_s() == 2.5);
  REQUIRE(robots.sitemaps().size() == 1);
  CHECK(robots.sitemaps().front() == "https://a/s.xml");
  CHECK(Robots::parse("User-agent: *\nCrawl-delay: 86400", "a").crawl_delay_s() == 120);
  CHECK_FALSE(Robots::parse("User-agent: *\nCrawl-delay: soon", "a").crawl_delay_s().has_value());
  CHECK(product_token("Tearsheet/0.1 (+https://a)") == "Tearsheet");
}

TEST_CASE("robots: many stars end in time") {
  const std::string pattern = "User-agent: *\nDisallow: /" + std::string(2000, '*') + "b";
  CHECK(Robots::parse(pattern, "a").allows("/" + std::string(2000, 'a')));
}

TEST_CASE("robots: every case of Google's parser holds") {
  const char* path = std::getenv("TEARSHEET_ROBOTS_TESTS");
  if (path == nullptr) return;
  const auto contents = file::read(path);
  REQUIRE(contents.has_value());
  std::size_t asked = 0, held = 0;
  for (std::size_t at = 0; at < contents->bytes.size();) {
    const auto end = contents->bytes.find('\n', at);
    const auto row = json::parse(contents->bytes.substr(at, end - at));
    at = end == std::string::npos ? contents->bytes.size() : end + 1;
    if (!row) continue;
    // The cases give the request target as it would be sent, so that it must not be encoded again.
    const std::string url(row->text("url"));
    const auto scheme = url.find("://");
    const auto slash = scheme == std::string::npos ? std::string::npos : url.find_first_of("/?", scheme + 3);
    std::string target = slash == std::string::npos ? std::string() : url.substr(slash);
    if (target.starts_with('?')) target.insert(0, "/");
    ++asked;
    if (Robots::parse(row->text("robots"), row->text("agent")).allows(target) == (row->text("allowed") == "true")) ++held;
  }
  CHECK(asked > 100);
  CHECK(held == asked);
}
