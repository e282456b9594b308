// Pages as sites build them: what is the article, who wrote it, when; by a site's rule, and from what browsers save.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "base/yaml.h"
#include "pipeline/fetch/mhtml.h"
#include "pipeline/parse/html_date_search.h"
#include "pipeline/parse/html_names.h"
#include "pipeline/parse/html_select.h"
#include "pipeline/parse/parse.h"
#include "pipeline/parse/site_rules.h"

namespace {

using namespace tearsheet;

const std::string kOne =
    "The board said on Friday that it would spend more than it had planned on the new line, which is to open next year.";
const std::string kTwo =
    "Shares of the company rose by three per cent in the morning before they fell again, as traders weighed the cost.";
const std::string kThree =
    "Analysts had asked for a clear sign that the plant would be finished, and the ministry was ready to add to its grant.";

Result<Article> parse_page(std::string_view html, std::string_view url = {}, const SiteRules* sites = nullptr) {
  Blob blob;
  blob.bytes = html;
  blob.format = Format::html;
  blob.origin.uri = url;
  return parse(blob, sites);
}

Article page(std::string_view html, std::string_view url = {}, const SiteRules* sites = nullptr) {
  auto article = parse_page(html, url, sites);
  REQUIRE_MESSAGE(article, (article ? "" : article.error().what));
  return std::move(*article);
}

std::string p(std::string_view text) { return "<p>" + std::string(text) + "</p>"; }
const std::string kBody = p(kOne) + p(kTwo) + p(kThree);

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : "|") + one;
  return out;
}

bool has_note(const Article& article, std::string_view code) {
  for (const Note& note : article.notes)
    if (note.code == code) return true;
  return false;
}

struct Row {
  std::string why, html, want;
};

TEST_CASE("page: what is furniture, and what only sounds like it") {
  const std::string all = kOne + "|" + kTwo + "|" + kThree;
  const Row rows[] = {
      {"words that frameworks use", "<div class='elementor-widget hasSidebar no-share'><div class='field-label-hidden'>" + kBody,
       all},
      {"a paywall that holds the text", "<article><div class='story paywall'>" + kBody + "</div></article>", all},
      {"text hidden from who has not paid",
       "<div class='article-body'>" + p(kOne) + "<div class='subscriber-only' style='display:none'>" + p(kTwo) + p(kThree), all},
      {"other hidden text", "<div class='article-body'>" + kBody + "<div style='display: none'>" + p("Not for anyone's eyes."),
       all},
      {"a box around a form",
       "<article>" + kBody +
           "<div><h3>News by mail</h3><p>Every morning in your box.</p><form><input type=text>"
           "</form></div></article>",
       all},
      {"an embedded post",
       "<article>" + kBody + "<blockquote class='twitter-tweet'><p>Well, well, they said it.</p></blockquote>", all},
      {"a word and a link",
       "<article>" + p(kOne) + "<p>MORE: <a href=/x>Plant opens after long delay</a></p>" + p(kTwo) + p(kThree), all},
      {"but not a source and its words", "<article>" + p(kOne) + "<p><a href=/x>The Harbour Wire</a> reported:</p>" + p(kTwo),
       kOne + "|The Harbour Wire reported:|" + kTwo},
      {"an image and its words",
       "<article>" + p(kOne) + "<div><img src=x><span>Workers at the plant</span></div>" + p(kTwo) + p(kThree), all},
      {"named as a caption", "<article>" + p(kOne) + "<p class=imageCaption>Workers at the plant.</p>" + p(kTwo) + p(kThree),
       all},
      {"lines above the text", "<article><div>Business</div><div>4 min read</div>" + kBody + "</article>", all},
      {"a heading at the end, of a list that is gone",
       "<article>" + kBody + "<h3>Ähnliche Beiträge</h3><ul><li><a href=/x>Werk</a></ul></article>", all},
      {"readings of Chinese characters stand in their line",
       "<article><p>" + kOne + "<ruby>尹錫悦<rp>（</rp><rt>ユン</rt><rp>）</rp></ruby></p>", kOne + "尹錫悦（ユン）"},
      {"names say nothing where hardly a text is left", "<div class=comment-list>" + kBody + "</div>", all},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Article article = page("<html><body>" + row.html);
    std::vector<std::string> body;
    for (const Block& block : article.blocks)
      if (block.use == Use::body) body.emplace_back(block.span.of(article.text));
    CHECK(joined(body) == row.want);
  }
}

TEST_CASE("page: what stands about the author is not the article") {
  const Article article =
      page("<meta name=author content='Jane Doe'><article>" + kBody +
           "<p>Jane Doe is a reporter who covers chips.</p><p>Write to Jane Doe at jane@wire.example, she said.</p>");
  std::size_t own = 0;
  for (const Block& block : article.blocks) own += block.use == Use::body;
  CHECK(own == 3);
}

struct DateRow {
  std::string_view why, html, url, want;
};
constexpr DateRow kDates[] = {
    {"beside the headline", "<h1>Plan costs more</h1><div class=meta>By Jane Doe | 17 May 2024, 15:10</div>", "",
     "2024-05-17T15:10"},
    {"glued to a name by markup alone", "<h1>Plan costs more</h1><a>Jane Doe</a><span>17.05.2024</span>", "", "2024-05-17"},
    {"the address, where nothing else says it", "<h1>Plan</h1>", "https://x.example/2024/05/17/plan", "2024-05-17"},
    {"an address that ends in something else", "<h1>Plan</h1>", "https://x.example/2024/12/16-officers", ""},
    {"UTC in the data, the day before on the page",
     R"(<script type="application/ld+json">{"@type":"NewsArticle","datePublished":"2024-05-18T01:06:51Z"}</script><h1>Plan costs more</h1>
      <div class=date>May 17, 2024 6:06 pm</div>)",
     "", "2024-05-17T18:06-07:00"},
    {"UTC in the data, the day before in the address",
     R"(<meta property="article:published_time" content="2024-05-18T01:06:51Z"><h1>Plan costs more</h1>)",
     "https://x.example/2024/05/17/plan", "2024-05-17"},
    {"published again: the day that the page shows",
     R"(<meta property="article:published_time" content="2020-01-02T08:00:00Z"><h1>Plan costs more</h1><div class=date>May 17, 2024</div>)",
     "", "2024-05-17"},
    {"numbers in a page of a country that puts days first", "<html lang=de><h1>Plan</h1><div class=date>05/06/2024</div>", "",
     "2024-06-05"},
    {"and months first", "<html lang=en-US><h1>Plan</h1><div class=date>05/06/2024</div>", "", "2024-05-06"},
    {"neither", "<html lang=en><h1>Plan</h1><div class=date>05/06/2024</div>", "", ""},
    {"data of a script", R"(<script>window.x={"datePublished":"2024-05-17T08:00:00+02:00"}</script><h1>Plan</h1>)", "",
     "2024-05-17T08:00:00+02:00"},
    {"JSON-LD of a page that is no article",
     R"(<script type="application/ld+json">{"@type":"WebPage","datePublished":"2024-05-17"}</script>)", "", "2024-05-17"},
    {"the last change, where it is all there is", "<h1>Plan</h1><div class=date>Letzte Aktualisierung: 17.05.2024</div>", "",
     "2024-05-17"},
    {"dates of comments are not the page's",
     "<h1>Plan</h1><div class=comments><p>May 17, 2024: nice</p></div><p>Opened May 3, 2019.</p>", "", "2019-05-03"},
};

TEST_CASE("page: the day it was published, as the page itself counts days") {
  for (const DateRow& row : kDates) {
    CAPTURE(row.why);
    const Article article = page(std::string(row.html) + kBody, row.url);
    CHECK((article.meta.published ? article.meta.published->iso() : "") == row.want);
  }
}

struct AuthorRow {
  std::string_view why, html, want;
};
constexpr AuthorRow kAuthors[] = {
    {"roles and degrees off", "<meta name=author content='Lauren Doe MS, RDN'>", "Lauren Doe"},
    {"a role is no author", "<meta name=author content='Staff Writer'>", ""},
    {"but a board with a name is one in data", "<meta name=author content='Harbour Editorial Board'>", "Harbour Editorial Board"},
    {"a numeral is no degree", "<meta name=author content='George T. Conway III'>", "George T. Conway III"},
    {"image credits", "<meta name=author content='Jane Doe, (Image: Getty)'>", "Jane Doe"},
    {"the page's spelling, and whom else it names",
     "<meta name=author content='Solcyre Burga'><h1>Plan costs more</h1><a rel=author href=/author/b>Solcyré Burga</a> <a "
     "rel=author>John Roe</a>",
     "Solcyré Burga|John Roe"},
    {"a line that begins with by, up to its date",
     "<h1>Plan costs more</h1><div>By Jane Doe and John Roe Dec 23, 2023 at 3:15</div>", "Jane Doe|John Roe"},
    {"who took the photo", "<h1>Plan costs more</h1><div class=byline>Photography by Jane Doe</div>", ""},
    {"a Korean reporter", "<meta name=author content='신현주 기자'>", "신현주"},
    {"an agency", "<meta name=author content='AFP'>", "AFP"},
};

TEST_CASE("page: who wrote it, or nobody") {
  for (const AuthorRow& row : kAuthors) {
    CAPTURE(row.why);
    CHECK(joined(page(std::string(row.html) + kBody).meta.byline) == row.want);
  }
}

constexpr AuthorRow kTitles[] = {
    {"the only headline, whatever the data say",
     "<title>SEO words here | Wire</title><meta property='og:title' content='Social words here'><h1>What the board wants</h1>",
     "What the board wants"},
    {"a kicker that the data do not have",
     R"(<script type="application/ld+json">{"@type":"Article","headline":"What the board wants"}</script><h1><span>Opinion</span>What the board wants</h1>)",
     "What the board wants"},
    {"spans part words",
     "<title>Strike Trains stand still | Wire</title><h1><span>Strike</span><span>Trains stand still</span></h1>",
     "Strike Trains stand still"},
};

TEST_CASE("page: the headline by vote") {
  for (const AuthorRow& row : kTitles) {
    CAPTURE(row.why);
    CHECK(page(std::string(row.html) + kBody).meta.title == row.want);
  }
}

TEST_CASE("names: words, pairs and denials") {
  CHECK((read_names("related-posts") & kFurnitureName) != 0);
  CHECK((read_names("shareBar x") & kFurnitureName) != 0);
  CHECK(read_names("no-share") == 0);
  CHECK(read_names("hidden-xs field-label-hidden") == 0);
  CHECK(read_names("hidden") == kHiddenName);
  CHECK(read_names("article__body") == kBodyName);
  CHECK(read_names("") == 0);
}

TEST_CASE("date search: the longest run of words that is a date") {
  CHECK(find_date("Published on Friday, 17 May 2024 | 3 comments")->date.date.iso() == "2024-05-17");
  CHECK_FALSE(find_date("Flight 2024 leaves at gate 17"));
  CHECK(date_of_url("https://x.example/a-20240517-b", true)->iso() == "2024-05-17");
  CHECK_FALSE(date_of_url("https://x.example/a-20240517-b", false));
  CHECK(date_in_data(R"({\"publishedDate\":\"2024-05-17\"})") == "2024-05-17");
}

TEST_CASE("selectors: a small part of CSS, and refusals") {
  const Page tree("<div id=a class='x y'><p class=z>one</p><section><p data-k=v>two</p></section></div><p>three</p>");
  const auto found = [&](std::string_view selector) {
    std::string out;
    for (const auto index : select(tree, read_selector(selector).value())) out += tree.words(index) + ";";
    return out;
  };
  CHECK(found("p") == "one;two;three;");
  CHECK(found("#a p") == "one;two;");
  CHECK(found("#a > p") == "one;");
  CHECK(found("div.x.y p[data-k=v]") == "two;");
  CHECK(found("[data-k]") == "two;");
  CHECK(found("section > p") == "two;");
  CHECK(found("ul > p") == "");
  for (const std::string_view wrong : {"", " ", ">", "a >", "..x", "p[", "p[k=", "a b c d e f g", "p!", "a, b"}) {
    CAPTURE(wrong);
    CHECK_FALSE(read_selector(wrong));
  }
}

constexpr std::string_view kSites = R"(kind: sites
schema: 1
version: 1.0.0
sites:
- id: wire
  domains: [wire.example]
  body: ['.missing', '.text']
  drop: ['.box']
  title: ['h2']
  authors: ['.who a']
  date: ['time@datetime']
)";

SiteRules rules_of(std::string_view yaml) {
  auto rules = SiteRules::compile(yaml::parse(yaml, "sites.yaml").value(), "sites.yaml", yaml);
  REQUIRE(rules);
  return std::move(*rules);
}

TEST_CASE("site rules: used where they hit, and what drifts is said") {
  const SiteRules rules = rules_of(kSites);
  const std::string html =
      "<h1>Other words</h1><h2>Plan</h2><div class=who><a>Jane Doe</a></div><time datetime=2024-05-17>x</time>"
      "<div class='text comments'>" +
      p(kOne) + "<div class=box>" + p(kTwo) + "</div></div><article>" + p(kTwo) + p(kThree);
  const Article article = page(html, "https://m.wire.example/a", &rules);
  CHECK(article.meta.title == "Plan");
  CHECK(joined(article.meta.byline) == "Jane Doe");
  CHECK(article.meta.published->iso() == "2024-05-17");
  CHECK(article.text.find(kOne) != std::string::npos);
  CHECK(article.text.find(kTwo) == std::string::npos);
  CHECK(has_note(article, "N019"));
  CHECK(has_note(page(kBody, "https://wire.example/b", &rules), "N019"));
  CHECK_FALSE(has_note(page(kBody, "https://other.example/b", &rules), "N019"));
  CHECK(page("<link rel=canonical href='https://wire.example/c'>" + html, "", &rules).meta.title == "Plan");
}

TEST_CASE("site rules: faults with their place") {
  const std::string_view yaml =
      "kind: sites\nsites:\n- id: a\n  domains: [x.example]\n  body: ['p[']\n  colour: [red]\n- id: b\n";
  const auto rules = SiteRules::compile(yaml::parse(yaml, "s.yaml").value(), "s.yaml", yaml);
  REQUIRE_FALSE(rules);
  REQUIRE(rules.error().size() == 3);
  CHECK(rules.error()[0].place.line == 5);
  CHECK(rules.error()[1].what.find("colour") != std::string::npos);
  CHECK(rules.error()[2].code == "R003");
}

TEST_CASE("page: what browsers and archives make of pages") {
  CHECK(page(p(kOne) + "<p>" + kTwo).text == kOne + "\n\n" + kTwo);  // a fragment, as in content:encoded
  const std::string chrome =
      "<html><body><table><tr><td class=line-number></td><td class=line-content>&lt;h1&gt;Plan costs more&lt;/h1&gt;"
      "</td></tr><tr><td class=line-number></td><td class=line-content>&lt;p&gt;" +
      kOne + "&lt;/p&gt;</td></tr></table>";
  CHECK(page(chrome).meta.title == "Plan costs more");
  CHECK(page("<base href='https://x.example/a/'><link rel=canonical href='b.html'>" + kBody).meta.url ==
        "https://x.example/a/b.html");
  const auto frames = parse_page("<html><frameset><frame src=a.html></frameset></html>");
  REQUIRE_FALSE(frames);
  CHECK(frames.error().what.find("frames") != std::string::npos);
  const auto built = parse_page("<html><body><div id=root></div><script>" + std::string(9000, 'x') + "</script>");
  REQUIRE_FALSE(built);
  CHECK(built.error().what.find("scripts") != std::string::npos);
  CHECK(has_note(page(kBody + "<script>var a = 1;"), "N016"));
  CHECK(has_note(page("<p>Hello there.</p>"), "N018"));
}

TEST_CASE("mhtml: the page inside, with its encoding taken off") {
  const std::string head =
      "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://x.example/a\r\nMIME-Version: 1.0\r\n"
      "Content-Type: multipart/related;\r\n\ttype=\"text/html\";\r\n\tboundary=\"--B--\"\r\n\r\n";
  const auto saved =
      open_mhtml(head +
                 "----B--\r\nContent-Type: image/png\r\n\r\nxx\r\n----B--\r\nContent-Type: text/html; charset=utf-8\r\n"
                 "Content-Transfer-Encoding: quoted-printable\r\n\r\n<p a=3D1>caf=C3=A9 =\r\nx</p>\r\n----B----\r\n");
  REQUIRE(saved);
  CHECK(saved->bytes == "<p a=1>café x</p>\r");
  CHECK(saved->url == "https://x.example/a");
  const auto packed =
      open_mhtml(head + "----B--\nContent-Type: text/html\nContent-Transfer-Encoding: base64\n\nPHA+eDwv\ncD4=\n----B----\n");
  REQUIRE(packed);
  CHECK(packed->bytes == "<p>x</p>");
  for (const std::string& none : {std::string("multipart/related"), head, head + "----B--",
                                  head + "----B--\r\nContent-Type: image/png\r\n\r\nx", std::string("<p>multipart/related</p>")})
    CHECK_FALSE(open_mhtml(none));
}

}  // namespace
