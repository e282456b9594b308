// Identity: addresses cleaned just enough, items told apart, texts told twice.
#include "pipeline/fetch/identity.h"

#include <doctest/doctest.h>

#include "base/hash.h"

using namespace tearsheet;

namespace {

UrlRules shipped() {
  auto rules = UrlRules::load({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  REQUIRE(rules.has_value());
  return *rules;
}

FeedItem item(std::string id, std::string link, std::string title = "") {
  FeedItem out;
  out.id = std::move(id);
  out.link = std::move(link);
  out.title.value = std::move(title);
  return out;
}

}  // namespace

TEST_CASE("identity: tracking goes, what names an article stays") {
  struct Row {
    std::string_view why, url, want;
  };
  const Row rows[] = {
      {"campaigns", "https://a/b?utm_source=rss&utm_medium=x", "https://a/b"},
      {"campaigns among others, order kept", "https://a/b?z=1&utm_source=rss&a=2", "https://a/b?z=1&a=2"},
      {"click ids, fragments, credentials", "https://u:p@a/b?fbclid=x#top", "https://a/b"},
      {"parameters that name articles", "https://a/b?id=1&ref=2&source=3&gallery=4&page=5",
       "https://a/b?id=1&ref=2&source=3&gallery=4&page=5"},
      {"a name that only begins alike", "https://a/b?utm=1&fbclids=2", "https://a/b?utm=1&fbclids=2"},
      {"an escaped name", "https://a/b?utm%5Fsource=1", "https://a/b"},
      {"case, port, dots", "HTTPS://A:443/x/../b", "https://a/b"},
      {"no web address", "mailto:a@b", ""},
  };
  const UrlRules rules = shipped();
  CHECK(rules.drop.size() < 50);
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const std::string once = canonical_url(row.url, rules);
    CHECK(once == row.want);
    CHECK(canonical_url(once, rules) == row.want);
  }
}

TEST_CASE("identity: an item's key by guid, by guid and link, by link, by words") {
  const UrlRules rules = shipped();
  const auto keys = item_keys({item("1", "https://a/1"), item("same", "https://a/2"), item("same", "https://a/3"),
                               item("", "https://a/4"), item("", "", "Title"), item("", "", "Other")},
                              rules);
  for (std::size_t i = 0; i < keys.size(); ++i)
    for (std::size_t j = i + 1; j < keys.size(); ++j) CHECK(keys[i] != keys[j]);
  CHECK(item_keys({item("1", "https://moved/1")}, rules)[0] == keys[0]);
  CHECK(item_keys({item("", "https://a/4?utm_source=x")}, rules)[0] == keys[3]);
  const auto twice = item_keys({item("x", "https://a/5"), item("x", "https://a/5")}, rules);
  CHECK(twice[0] == twice[1]);
}

TEST_CASE("identity: near texts are near, others are not") {
  const std::string text =
      "Japan will subsidize Micron by up to $322 million to support its plan to produce advanced memory chips at a Hiroshima "
      "factory, the trade minister said on Friday in Tokyo.";
  const std::uint64_t a = hash::simhash(text + " " + text + " a b c d e f g"),
                      b = hash::simhash(text + " " + text + " a b c d e f g");
  CHECK(is_near(a, b));
  CHECK_FALSE(is_near(
      a,
      hash::simhash("Intel said that it would invest in Ohio, where two plants are being built for chips of its own design.")));
  CHECK_FALSE(is_near(0, 0));
  CHECK(is_near(0xff, 0xff ^ 0b111));
  CHECK_FALSE(is_near(0xff, 0xff ^ 0b1111));
}
