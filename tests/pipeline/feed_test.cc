// Feeds of every format, their dates, and what is no feed.
#include "pipeline/fetch/feed.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <string>

using namespace tearsheet;

namespace {

FeedSource source() {
  FeedSource out;
  out.url = "https://example.org/news/feed";
  return out;
}

std::string gzipped(std::string_view text) {
  z_stream stream{};
  deflateInit2(&stream, 6, Z_DEFLATED, 31, 8, Z_DEFAULT_STRATEGY);
  std::string out(text.size() + 1024, '\0');
  std::string in(text);
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

struct Row {
  std::string_view why, text;
  FeedFormat format;
  std::string_view version, title, link, published;  // of the first item
};
const Row kRows[] = {
    {"RSS 2.0",
     R"(<rss version="2.0"><channel><title>T</title><link>https://example.org/</link><item><title>A &amp;amp; B</title><link>/a</link>
        <pubDate>Mon, 06 Feb 2023 10:00:00 +0100</pubDate></item></channel></rss>)",
     FeedFormat::rss, "2.0", "A & B", "https://example.org/a", "2023-02-06T10:00:00+01:00"},
    {"RSS 0.92 without dates",
     R"(<rss version="0.92"><channel><item><title>A</title><link>http://x/a</link></item></channel></rss>)", FeedFormat::rss,
     "0.92", "A", "http://x/a", ""},
    {"RSS 1.0",
     R"(<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="http://purl.org/rss/1.0/" xmlns:dc="http://purl.org/dc/elements/1.1/">
        <channel><title>T</title></channel><item><title>A</title><link>http://x/a</link><dcterms:issued>2023-02-06</dcterms:issued></item></rdf:RDF>)",
     FeedFormat::rdf, "1.0", "A", "http://x/a", "2023-02-06"},
    {"Atom 1.0 with bases",
     R"(<feed xmlns="http://www.w3.org/2005/Atom" xml:base="http://b/c/"><entry xml:base="d/"><title type="html">A &lt;b&gt;B&lt;/b&gt;</title>
        <link href="e"/><link rel="edit" href="f"/><published>2023-02-06T10:00:00Z</published></entry></feed>)",
     FeedFormat::atom, "1.0", "A B", "http://b/c/d/e", "2023-02-06T10:00:00Z"},
    {"Atom 0.3",
     R"(<feed version="0.3" xmlns="http://purl.org/atom/ns#"><entry><title>A</title><link rel="alternate" type="text/html" href="http://x/a"/>
        <issued>2003-12-31T10:14:55Z</issued></entry></feed>)",
     FeedFormat::atom, "0.3", "A", "http://x/a", "2003-12-31T10:14:55Z"},
    {"JSON Feed",
     R"({"version":"https://jsonfeed.org/version/1.1","title":"T","items":[{"id":"1","url":"/a","title":"A","content_html":"<p>x</p>",
        "date_published":"2023-02-06T10:00:00Z"}]})",
     FeedFormat::json, "1.1", "A", "https://example.org/a", "2023-02-06T10:00:00Z"},
    {"news sitemap",
     R"(<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url>
        <loc>http://x/a</loc><news:news><news:publication><news:name>P</news:name><news:language>en</news:language></news:publication>
        <news:publication_date>2023-02-06</news:publication_date><news:title>A</news:title></news:news></url></urlset>)",
     FeedFormat::sitemap, "0.9", "A", "http://x/a", "2023-02-06"},
    {"sitemap index",
     R"(<sitemapindex><sitemap><loc>http://x/s1.xml.gz</loc><lastmod>2023-02-06</lastmod></sitemap></sitemapindex>)",
     FeedFormat::sitemap_index, "0.9", "", "http://x/s1.xml.gz", ""},
    {"a sitemap in plain text", "http://x/a\nhttp://x/b\n", FeedFormat::sitemap, "", "", "http://x/a", ""},
    {"a link that is only in the guid", R"(<rss><channel><item><guid>http://x/a</guid></item></channel></rss>)", FeedFormat::rss,
     "2.0", "", "http://x/a", ""},
    {"the original link behind a counter",
     R"(<rss><channel><item><link>http://count/1</link><feedburner:origLink>http://x/a</feedburner:origLink></item></channel></rss>)",
     FeedFormat::rss, "2.0", "", "http://x/a", ""},
    {"undeclared prefixes, bare ampersands, a missing end",
     R"(<rss><channel><item><title>A</title><link>http://x/?a=1&b=2</link><dc:creator>B)", FeedFormat::rss, "2.0", "A",
     "http://x/?a=1&b=2", ""},
};

}  // namespace

TEST_CASE("feed: every format gives its items") {
  for (const Row& row : kRows) {
    for (const std::string& bytes : {std::string(row.text), gzipped(row.text)}) {
      CAPTURE(row.why);
      const auto feed = read_feed(bytes, source());
      REQUIRE(feed.has_value());
      CHECK(feed->format == row.format);
      CHECK(feed->version == row.version);
      REQUIRE_FALSE(feed->items.empty());
      const FeedItem& item = feed->items.front();
      CHECK(item.title.plain() == row.title);
      CHECK(item.link == row.link);
      CHECK((item.published.date ? item.published.date->iso() : "") == row.published);
    }
  }
}

TEST_CASE("feed: content, authors, categories and what a publisher asks of readers") {
  const auto feed = read_feed(
      R"(<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"><channel><title>T</title><language>de</language>
    <ttl>90</ttl><skipHours><hour>0</hour><hour>23</hour></skipHours><skipDays><day>Sunday</day></skipDays><sy:updatePeriod>daily</sy:updatePeriod>
    <sy:updateFrequency>4</sy:updateFrequency>
    <item><description>Short &lt;b&gt;one&lt;/b&gt;</description><content:encoded><![CDATA[<p>The whole <i>text</i>.</p>]]></content:encoded>
    <author>a@b.de (Anna B)</author><dc:creator>Carl</dc:creator><category>X</category><category>X</category><guid isPermaLink="false">7</guid>
    <enclosure url="/a.mp3" length="12" type="audio/mpeg"/></item></channel></rss>)",
      source());
  REQUIRE(feed.has_value());
  CHECK(feed->language == "de");
  CHECK(feed->ttl_min == 360);
  CHECK(feed->skip_hours == std::vector<std::uint8_t>{0, 23});
  CHECK(feed->skip_days == std::vector<std::uint8_t>{7});
  const FeedItem& item = feed->items.at(0);
  CHECK(item.summary.plain() == "Short one");
  REQUIRE(item.full() != nullptr);
  CHECK(item.full()->plain() == "The whole text.");
  REQUIRE(item.authors.size() == 2);
  CHECK(item.authors[0].name == "Anna B");
  CHECK(item.authors[0].email == "a@b.de");
  CHECK(item.authors[1].name == "Carl");
  CHECK(item.categories == std::vector<std::string>{"X"});
  CHECK(item.id == "7");
  CHECK_FALSE(item.id_is_link);
  REQUIRE(item.links.size() == 1);
  CHECK(item.links[0].href == "https://example.org/a.mp3");
}

TEST_CASE("feed: what is no feed is refused with its reason") {
  struct Refusal {
    std::string_view why, text, code, help;
  };
  const Refusal rows[] = {
      {"empty", "", "I030", "browser"},
      {"white space", " \n ", "I030", "browser"},
      {"an HTML page that names its feed",
       "<!DOCTYPE html><html><head><link rel='alternate' type='application/rss+xml' href='/rss'></head></html>", "I031",
       "https://example.org/rss"},
      {"an HTML page", "<html><body>Sign in</body></html>", "I031", "feeds add"},
      {"words", "Service unavailable", "I032", "address"},
      {"some other JSON", "{\"error\":1}", "I032", "address"},
      {"some other XML", "<svg></svg>", "I032", "address"},
  };
  for (const Refusal& row : rows) {
    CAPTURE(row.why);
    const auto feed = read_feed(row.text, source());
    REQUIRE_FALSE(feed.has_value());
    CHECK(feed.error().code == row.code);
    CHECK(feed.error().help.find(row.help) != std::string::npos);
  }
}

TEST_CASE("feed: a bomb is refused, a huge feed is cut with a note") {
  FeedSource small = source();
  small.max_bytes = 1 << 20;
  const auto bomb = read_feed(gzipped(std::string(4 << 20, ' ')), small);
  REQUIRE_FALSE(bomb.has_value());
  CHECK(bomb.error().code == "I033");

  std::string many = "<rss><channel>";
  for (int i = 0; i < 100'000; ++i) many += "<item><guid>" + std::to_string(i) + "</guid></item>";
  many += "</channel></rss>";
  FeedSource capped = source();
  const auto all = read_feed(many, capped);
  REQUIRE(all.has_value());
  CHECK(all->items.size() == 100'000);
  capped.max_items = 10;
  const auto some = read_feed(many, capped);
  REQUIRE(some.has_value());
  CHECK(some->items.size() == 10);
  REQUIRE(some->notes.size() == 1);
  CHECK(some->notes[0].code == "N032");
}

TEST_CASE("feed: dates of many hands; what nobody can read stays unread, with a note") {
  struct DateRow {
    std::string_view text, want;
  };
  const DateRow rows[] = {{"Thu, 25 Feb 2016 00:00:00 Europe/Brussels", "2016-02-25T00:00:00+01:00"},
                          {"Fri, 31 Mar 2023 20:19:00 America/Los_Angeles", "2023-03-31T20:19:00-07:00"},
                          {"Di, 23 Jan 2018 00:00:00 +0100", "2018-01-23T00:00:00+01:00"},
                          {"mar., 01 déc. 2020 16:11:02 +0000", "2020-12-01T16:11:02Z"},
                          {"Thu Nov 12 2020 17:00:00 GMT+0000 (Coordinated Universal Time)", "2020-11-12T17:00:00Z"},
                          {"Sat, 11 04 2020 08:51:49 +0100", "2020-04-11T08:51:49+01:00"},
                          {"2020-11-08T16:20:00-05:00Z", "2020-11-08T16:20:00-05:00"},
                          {"Monday, October 6, 2023 - 16:29\n", "2023-10-06T16:29"},
                          {"Thu, 30 Apr 2015 08:57:00 MEST", "2015-04-30T08:57:00+02:00"},
                          {"2004년 05월 28일  01:31:15", "2004-05-28T01:31:15"},
                          {"Κυρ, 11 Ιούλ 2004 12:00:00 EST", "2004-07-11T12:00:00-05:00"},
                          {"yesterday", ""},
                          {"Sun, 99 Jun 2009 12:00:00 GMT", ""},
                          {"", ""}};
  for (const DateRow& row : rows) {
    CAPTURE(row.text);
    const auto date = read_feed_date(row.text);
    CHECK((date ? date->iso() : "") == row.want);
  }
  const auto feed = read_feed("<rss><channel><item><pubDate>soon</pubDate></item></channel></rss>", source());
  REQUIRE(feed.has_value());
  CHECK_FALSE(feed->items.at(0).published.date.has_value());
  CHECK(feed->items.at(0).published.text == "soon");
  REQUIRE(feed->notes.size() == 1);
  CHECK(feed->notes[0].code == "N031");
}

TEST_CASE("feed: a page's feeds are found, declared ones first") {
  const auto found = find_feeds(
      R"(<html><head><base href="https://example.org/x/"><LINK REL="alternate" TYPE="application/rss+xml" TITLE="All &amp; more" HREF="all.xml">
    <link rel=alternate type=application/atom+xml href=/atom><link rel="alternate" hreflang="de" href="/de"></head>
    <body><a href="/blog/feed/">RSS</a><a href="/about">about</a><a href="/atom">again</a></body></html>)",
      "https://example.org/");
  REQUIRE(found.size() == 3);
  CHECK(found[0].url == "https://example.org/x/all.xml");
  CHECK(found[0].title == "All & more");
  CHECK(found[1].url == "https://example.org/atom");
  CHECK(found[2].url == "https://example.org/blog/feed/");
}

TEST_CASE("feed: charsets by the server, by the declaration, by detection") {
  const std::string latin = "<rss><channel><item><title>caf\xe9</title></item></channel></rss>";
  FeedSource said = source();
  said.content_type = "text/xml; charset=iso-8859-1";
  CHECK(read_feed(latin, said)->items.at(0).title.plain() == "café");
  CHECK(read_feed("<?xml version=\"1.0\" encoding=\"windows-1252\"?>" + latin, source())->items.at(0).title.plain() == "café");
}
