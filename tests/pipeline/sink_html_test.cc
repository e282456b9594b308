// HTML report: whole and self-contained, and nothing from outside acts in it.
#include "pipeline/sink/html.h"

#include <doctest/doctest.h>

#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;
using test::Scratch;

namespace {

std::string page_of(const std::vector<Reading>& readings) {
  const Scratch scratch;
  auto sink = make_html(scratch.path("r.html"), {});
  REQUIRE(sink.has_value());
  for (const Reading& reading : readings) REQUIRE((*sink)->write((*sink)->render(reading)).has_value());
  REQUIRE((*sink)->finish().has_value());
  return scratch.read("r.html");
}

bool has(const std::string& text, std::string_view part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("html: text from outside is shown, never markup, and only web addresses are links") {
  Reading reading;
  reading.article.text = "A <script>alert(1)</script> & \"b\" paid $5m.\x01";
  reading.article.blocks.push_back(tearsheet::Block{{0, static_cast<std::uint32_t>(reading.article.text.size())}, Kind::paragraph, Use::body, 0, {}, {}});
  const auto at = static_cast<std::uint32_t>(reading.article.text.find("$5m"));
  reading.mentions.push_back({{at, at + 3}, "money", {{"amount", Scalar(Decimal(5, 6))}, {"currency", Scalar("USD\" onclick=\"x")}}, "money.sign@1#ab", 0.9, 0});
  reading.article.meta.title = "<b>Title</b>";
  reading.article.meta.url = "javascript:alert(1)";
  std::string page = page_of({reading});
  CHECK(has(page, "A &lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;b&quot; paid <mark class=\"money\""));
  CHECK(has(page, "data-currency=\"USD&quot; onclick=&quot;x\""));
  CHECK(has(page, "<h2>&lt;b&gt;Title&lt;/b&gt;</h2>"));
  CHECK(has(page, ">$5m</mark>.\xEF\xBF\xBD</p>"));
  CHECK_FALSE(has(page, "href=\"javascript"));
  reading.article.meta.url = "https://wire.example/a?b=\"c\"";
  CHECK(has(page_of({reading}), "<a href=\"https://wire.example/a?b=&quot;c&quot;\" rel=\"noopener noreferrer\">"));
}

TEST_CASE("html: one whole page, also of nothing, that needs no network") {
  const std::string none = page_of({}), two = page_of({Reading(), Reading()});
  for (const std::string& page : {none, two}) {
    CHECK(page.starts_with("<!doctype html>\n"));
    CHECK(page.ends_with("</html>\n"));
    CHECK_FALSE(has(page, "src="));
    CHECK_FALSE(has(page, "<link"));
    CHECK(has(page, "default-src 'none'"));
  }
  CHECK(two.size() > none.size());
  Reading failed;
  failed.error = Error{"I001", "no text <here>", {}, {}, {}};
  CHECK(has(page_of({failed}), "<p class=\"error\">I001: no text &lt;here&gt;</p>"));
}
