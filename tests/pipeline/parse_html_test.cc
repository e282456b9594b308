// HTML: a page to title, meta and body; hostile pages in time and without a crash.
#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_text.h"
#include "pipeline/parse/parse.h"

namespace {

using tearsheet::Article;

tearsheet::Result<Article> parse(std::string_view html, std::string_view title = {}) {
  tearsheet::Blob blob;
  blob.bytes = html;
  blob.format = tearsheet::Format::html;
  blob.hints.title = title;
  return tearsheet::parse(blob);
}

Article read(std::string_view html) {
  auto article = parse(html);
  REQUIRE_MESSAGE(article, (article ? "" : article.error().what));
  return std::move(*article);
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : "|") + one;
  return out;
}

const std::string kOne =
    "The board said on Friday that it would spend more than it had planned on the new line, which is to open next year.";
const std::string kTwo =
    "Shares of the company rose by three per cent in the morning before they fell again, as traders weighed the cost.";

struct Row {
  std::string_view why;
  std::string html, want;
};

TEST_CASE("html: the body is the article, block by block, words apart and blanks collapsed") {
  const std::string p1 = "<p>" + kOne + "</p>";
  const std::string p2 = "<p>" + kTwo + "</p>";
  const Row rows[] = {
      {"paragraphs", "<body>" + p1 + "\n" + p2 + "</body>", kOne + "\n\n" + kTwo},
      {"menus, footers, asides and forms go",
       "<nav>Home Money</nav>" + p1 + "<aside>" + p2 + "</aside><footer>Imprint</footer><form><p>Mail</p></form>", kOne},
      {"boxes named as furniture go",
       "<div>" + p1 + "<div class='relatedPosts'>" + p2 + "</div><div id=share-bar>Share</div>" + p2 + "</div>",
       kOne + "\n\n" + kTwo},
      {"but not one that holds the article", "<div class='has sidebar'>" + p1 + p2 + "</div>", kOne + "\n\n" + kTwo},
      {"containers side by side stay together",
       "<div class=a><div class=part>" + p1 + "</div><div class=ad>Ad</div><div class=part>" + p2 + "</div></div>",
       kOne + "\n\n" + kTwo},
      {"inline tags part no words, block tags do",
       "<p>" + kOne + " The <b>20</b>24 plan<br>stands.</p><div>It<span> is</span> so.</div>" + p2,
       kOne + " The 2024 plan stands.\n\nIt is so.\n\n" + kTwo},
      {"two line breaks part paragraphs", "<div>" + kOne + "<br><br>" + kTwo + "</div>", kOne + "\n\n" + kTwo},
      {"a block of links is a pointer", p1 + "<p><a href=/x>" + kTwo + "</a></p>" + p2, kOne + "\n\n" + kTwo},
      {"a link in a sentence stays", "<p>" + kOne + " It <a href=/x>said so</a>.</p>", kOne + " It said so."},
      {"lists, quotes and tables stay",
       p1 + "<ul><li>one thing<li>two things</ul><blockquote>Said.</blockquote><table><tr><td>1<td>2</table>" + p2,
       kOne + "\n\none thing\n\ntwo things\n\nSaid.\n\n1\n\n2\n\n" + kTwo},
      {"scripts and styles are no text", p1 + "<script>var a = '<p>no</p>';</script><style>p{}</style><!-- <p>no</p> -->" + p2,
       kOne + "\n\n" + kTwo},
      {"character references", "<p>" + kOne + " AT&amp;T, &euro;5&nbsp;bn, caf&#233;.</p>", kOne + " AT&T, €5 bn, café."},
      {"a second headline is another article",
       "<div class=s><h1>One</h1>" + p1 + p1 + p1 + "</div><div class=s><h1>Two</h1>" + p2 + p2 + p2 + "</div>",
       kOne + "\n\n" + kOne + "\n\n" + kOne},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Article article = read(row.html);
    std::string text;
    for (const auto& block : article.blocks)
      if (block.use != tearsheet::Use::title && block.kind != tearsheet::Kind::heading)
        text += (text.empty() ? "" : "\n\n") + std::string(block.span.of(article.text));
    CHECK(text == row.want);
  }
}

TEST_CASE("html: a caption has its use, a heading its level") {
  const Article article = read("<h1>Plan</h1><title>Plan | Wire</title><p>" + kOne +
                               "</p><figure><img src=x><figcaption>A plant</figcaption></figure><h3>Next</h3><p>" + kTwo);
  REQUIRE(article.blocks.size() == 5);
  CHECK(article.blocks[0].use == tearsheet::Use::title);
  CHECK(article.blocks[2].use == tearsheet::Use::caption);
  CHECK(article.blocks[3].kind == tearsheet::Kind::heading);
  CHECK(article.blocks[3].level == 3);
}

struct MetaRow {
  std::string_view why, head, body, title, published, byline;
};
constexpr MetaRow kMeta[] = {
    {"JSON-LD in a graph",
     R"(<script type="application/ld+json">{"@graph":[{"@type":"WebSite","name":"Wire"},{"@type":["NewsArticle"],"headline":"Plan &amp; cost",
      "datePublished":"2024-09-12T14:05:00+02:00","author":[{"@type":"Person","name":"Jane Doe"},{"name":"John Roe"}],"publisher":{"name":"Wire"}}]}</script>)",
     "", "Plan & cost", "2024-09-12T14:05:00+02:00", "Jane Doe|John Roe"},
    {"JSON-LD with a comma too many, in a CDATA", R"(<script type="application/ld+json">//<![CDATA[
      {"@type":"NewsArticle","headline":"Plan","datePublished":"2024-09-12",}
      //]]></script>)",
     "", "Plan", "2024-09-12", ""},
    {"og and meta", R"(<meta property="og:title" content="Plan - Wire"><meta property="og:site_name" content="Wire">
      <meta property="article:published_time" content="2024-09-12T14:05:00Z"><meta name="author" content="Jane Doe">)",
     "", "Plan", "2024-09-12T14:05:00Z", "Jane Doe"},
    {"the headline that <title> confirms", "<title>Plan costs more | Wire</title>",
     "<h1>Wire</h1><h1>Plan costs more</h1><time datetime='2024-09-12'>x</time>", "Plan costs more", "2024-09-12", ""},
    {"<title> alone, without its site", "<title>The plan of the board costs more | Harbour Wire</title>", "",
     "The plan of the board costs more", "", ""},
    {"an author that is the publisher, a URL or a domain is none",
     R"(<meta property="og:site_name" content="Wire News"><meta name="author" content="Wire News">
      <meta property="article:author" content="https://www.facebook.com/wire">)",
     "<h1>Plan</h1>", "Plan", "", ""},
    {"an author by class alone", "", "<h1>Plan</h1><span class='author vcard'><a class='url fn'>Jane Doe</a></span>", "Plan", "",
     "Jane Doe"},
    {"a date that reads two ways is left open", R"(<meta name="date" content="06/01/2023">)", "<h1>Plan</h1>", "Plan", "", ""},
};

TEST_CASE("html: title, date and authors by their best source") {
  for (const MetaRow& row : kMeta) {
    CAPTURE(row.why);
    const Article article = read("<html><head>" + std::string(row.head) + "</head><body>" + std::string(row.body) + "<p>" + kOne +
                                 "</p></body></html>");
    CHECK(article.meta.title == row.title);
    CHECK((article.meta.published ? article.meta.published->iso() : "") == row.published);
    CHECK(joined(article.meta.byline) == row.byline);
  }
}

TEST_CASE("html: what the page does not show is taken from its head, and an empty page says so") {
  const std::string ld = R"(<script type="application/ld+json">{"@type":"NewsArticle","headline":"Plan","articleBody":")" + kOne +
                         "\\n" + kTwo + " " + kOne + " " + kTwo + R"("}</script>)";
  const Article article = read(ld + "<body><div id=app></div></body>");
  CHECK(article.text.find(kTwo) != std::string::npos);
  const Article described = read("<meta name=description content='" + kOne + "'><title>Plan</title><body></body>");
  CHECK(described.blocks.back().use == tearsheet::Use::excerpt);
  const auto empty = parse("<html><body><script>draw()</script></body></html>");
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == "I005");
  CHECK_FALSE(empty.error().help.empty());
}

TEST_CASE("html guard: half of a page goes, scripts end where browsers end them") {
  struct {
    std::string_view why, html, want;
  } const rows[] = {
      {"comments", "a<!-- x > y -->b<!-->c", "abc"},
      {"a script with a tag in a string", "a<script>'<p>'</script>b", "ab"},
      {"script data double escaped", "a<script><!-- <script> </script> --></script>b", "ab"},
      {"escaped once, the next end tag closes", "a<script><!-- x </script>b", "ab"},
      {"an end tag in capitals with blanks", "a<SCRIPT>x</Script >b", "ab"},
      {"a drawing is emptied", "a<svg class=x viewBox='0 0 1 1'><style/><path d='M0'></svg>b", "a<svg></svg>b"},
      {"but not where HTML would end it before", "a<svg><path><p>b</svg>c", "a<svg><path><p>b</svg>c"},
      {"attributes nobody reads", "<p data-x=1 align='a>b' ID=\"x\" onclick='f()'>a<img src=x.png alt=y></p>", "<p>a<img></p>"},
      {"class and id as bits of what they say", "<p class='byline x' id=author>a</p>", "<p c=32>a</p>"},
      {"a style that hides", "<p style='color:red; display : none'>a<p style='color:red'>b", "<p hidden>a<p>b"},
      {"an attribute twice counts once", "<time datetime=1 datetime=2>a</time>", "<time datetime=\"1\">a</time>"},
      {"an address of an author, and another", "<a href=/author/doe>a</a><a href=/x>b</a>",
       "<a href=\"/author/doe\">a</a><a>b</a>"},
      {"a character that there is not", "a&#499999999999;b&#x110000;c&#0065;", "a&#xFFFD;b&#xFFFD;c&#0065;"},
      {"runs of blanks", "a \n\t b\r\n\r\nc", "a b\nc"},
      {"a comment's odd ends", "a<!-- x --!>b<!--->c<!-- -- ->d-->e", "abce"},
      {"a tag that never ends is none", "a<p class=x", "a"},
      {"a style that never closes", "a<style>p{", "a"},
      {"less-than in prose", "a < b and 1<2", "a < b and 1<2"},
      {"a title with a tag in it", "<title>a <b></title>c", "<title>a <b></title>c"},
      {"quotes with > inside", "<a title='x>y'>b</a>", "<a>b</a>"},
  };
  for (const auto& row : rows) {
    CAPTURE(row.why);
    const auto page = tearsheet::guard_html(row.html);
    CHECK(page.html == row.want);
    CHECK(page.why_no_tree.empty());
  }
}

TEST_CASE("html text: words without a tree") {
  CHECK(joined(tearsheet::lines_of_html("<p>One <b>wo</b>rd</p><div>Profit < 5</div><script>x</script>two<br>three")) ==
        "One word|Profit < 5|two|three");
}

std::string times(std::string_view what, int n) {
  std::string out;
  for (int i = 0; i < n; ++i) out += what;
  return out;
}

TEST_CASE("html: hostile pages cost no more than their bytes") {
  std::string fonts, attributes = "<p";
  for (int i = 0; i < 15'000; ++i) fonts += "<font size=" + std::to_string(i) + ">x";
  for (int i = 0; i < 20'000; ++i) attributes += " a" + std::to_string(i) + "=1";
  const Row rows[] = {
      {"nested divs", times("<div>", 50'000) + kOne, "N015"},
      {"distinct fonts, never closed", fonts + kOne, "N015"},
      {"attributes on one tag", attributes + ">" + kOne, "N015"},
      {"open spans", times("<span>", 500'000) + kOne, "N015"},
      {"nested tables", times("<table><tr><td>", 20'000) + kOne, "N015"},
      {"open paragraphs are closed by HTML itself", times("<p>", 20'000) + kOne, "N018"},
      {"unclosed quotes", times("<a href=\"", 100'000) + ">" + kOne, "any"},
      {"unclosed drawings", times("<svg>", 400) + kOne + times("<svg/>", 50'000), "any"},
      {"comments that never close", kOne + times("<!--", 100'000), "N018"},
      {"end tags of nothing", times("</div>", 100'000) + kOne, "N018"},
      {"scripts that never close", kOne + times("<script><!--<script>", 50'000), "N016"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto before = std::chrono::steady_clock::now();
    const auto article = parse(row.html);
    const std::chrono::duration<double> took = std::chrono::steady_clock::now() - before;
    CHECK(took.count() < 3.0);
    if (row.want == "any") continue;
    REQUIRE(article);
    CHECK(article->text.find("The board said") != std::string::npos);
    CHECK((article->notes.empty() ? "" : article->notes[0].code) == row.want);
  }
}

}  // namespace
