// URLs as browsers read them, named zones, and the standard's own cases where TEARSHEET_URL_TESTS names their file.
#include "base/url.h"

#include <doctest/doctest.h>

#include <cstdlib>
#include <string>

#include "base/file.h"
#include "base/json.h"
#include "base/zone.h"

using namespace tearsheet;

namespace {

struct Row {
  std::string_view why, text, base, want;  // an empty `want`: refused
};
const Row kRows[] = {
    {"plain", "https://example.org/a?b#c", "", "https://example.org/a?b#c"},
    {"a missing path, capitals, the scheme's port", "HTTP://EXAMPLE.org:80", "", "http://example.org/"},
    {"another port stays", "http://a:8080/", "", "http://a:8080/"},
    {"blanks and line breaks", "  http://a/\tb\nc ", "", "http://a/bc"},
    {"backslashes", "http:\\\\a\\b", "", "http://a/b"},
    {"dot segments", "http://a/b/../c/./%2e%2E/d", "", "http://a/d"},
    {"relative", "../x?y", "http://a/b/c/d", "http://a/b/x?y"},
    {"only a query", "?q", "http://a/b?c#d", "http://a/b?q"},
    {"only a fragment", "#f", "http://a/b?c#d", "http://a/b?c#f"},
    {"nothing is the base", "", "http://a/b?c#d", "http://a/b?c"},
    {"another host", "//b/c", "https://a/x", "https://b/c"},
    {"credentials", "http://u:p@ss@h/", "", "http://u:p%40ss@h/"},
    {"international names", "http://bücher.example/", "", "http://xn--bcher-kva.example/"},
    {"non-ASCII paths and queries", "http://a/é?é", "", "http://a/%C3%A9?%C3%A9"},
    {"an address in hex", "http://0x7f.1/", "", "http://127.0.0.1/"},
    {"an address as one number", "http://2130706433/", "", "http://127.0.0.1/"},
    {"IPv6 in its short form", "http://[0:0:0:0:0:ffff:7f00:1]/", "", "http://[::ffff:7f00:1]/"},
    {"a host that is no number although it ends like one", "http://1.2.3.4.5/", "", ""},
    {"no host", "http://", "", ""},
    {"a bad port", "http://a:99999/", "", ""},
    {"a forbidden sign in the host", "http://a b/", "", ""},
    {"relative without a base", "x/y", "", ""},
    {"files are none of ours", "file:///etc/passwd", "", ""},
    {"other schemes stay apart", "mailto:a@b.c", "", "mailto:a@b.c"},
};

}  // namespace

TEST_CASE("url: parsed, resolved and written as the standard says") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto base = parse_url(row.base);
    const auto url = parse_url(row.text, base ? &*base : nullptr);
    CHECK((url ? url->href() : std::string()) == row.want);
  }
}

TEST_CASE("url: parts, origins and targets") {
  const auto url = parse_url("https://u@Example.org:8443/a%20b?c=d#e");
  REQUIRE(url.has_value());
  CHECK(url->origin() == "https://example.org:8443");
  CHECK(url->target() == "/a%20b?c=d");
  CHECK(url->effective_port() == 8443);
  CHECK(url->href(false) == "https://u@example.org:8443/a%20b?c=d");
  CHECK(parse_url("https://a/")->effective_port() == 443);
  CHECK(percent_decode("%41%zz%4") == "A%zz%4");
  CHECK(resolve_url("b", "http://a/c") == "http://a/b");
  CHECK(resolve_url("b", "not a base").empty());
}

TEST_CASE("zone: offsets of named zones with and without summer time") {
  constexpr std::int64_t kJanuary = 1704110400, kJuly = 1719835200;  // 2024-01-01T12:00 and 2024-07-01T12:00, local
  CHECK(zone_offset_min("Europe/Brussels", kJanuary) == 60);
  CHECK(zone_offset_min("Europe/Brussels", kJuly) == 120);
  CHECK(zone_offset_min("America/Los_Angeles", kJuly) == -420);
  CHECK_FALSE(zone_offset_min("Nowhere/Town", kJuly).has_value());
  CHECK_FALSE(zone_offset_min("", kJuly).has_value());
}

TEST_CASE("url: at least 95 of 100 http and https cases of the web platform tests hold") {
  const char* path = std::getenv("TEARSHEET_URL_TESTS");
  if (path == nullptr) return;
  const auto contents = file::read(path);
  REQUIRE(contents.has_value());
  const auto cases = json::parse(contents->bytes);
  REQUIRE(cases.has_value());
  std::size_t asked = 0, held = 0;
  const auto is_http = [](std::string_view text) { return text.starts_with("http:") || text.starts_with("https:"); };
  for (const Tree& row : cases->items) {
    if (!row.is_map() || row.find("input") == nullptr) continue;
    const Tree* base_text = row.find("base");
    const bool has_base = base_text != nullptr && !base_text->is_null();
    const bool fails = row.find("failure") != nullptr;
    if (!(fails ? is_http(row.text("input")) || (has_base && is_http(base_text->scalar)) : is_http(row.text("protocol"))))
      continue;
    ++asked;
    const auto base = has_base ? parse_url(base_text->scalar) : std::nullopt;
    const auto url = has_base && !base ? std::nullopt : parse_url(row.text("input"), base ? &*base : nullptr);
    if (fails ? !url : url && url->href() == row.text("href")) ++held;
  }
  MESSAGE(held, " of ", asked, " cases");
  CHECK(asked > 400);
  CHECK(held * 100 >= asked * 95);
}
