// Front matter: the shapes it has in the wild, to meta and blocks; nothing lost, nothing silent.
#include <doctest/doctest.h>

#include <string>
#include <string_view>

#include "pipeline/parse/parse.h"

namespace {

using tearsheet::Article;

Article read(std::string_view text, bool keep = false) {
  tearsheet::Blob blob;
  blob.bytes = text;
  blob.keep_text = blob.is_text = keep;
  blob.origin.path = "a.md";
  auto article = tearsheet::parse(blob);
  REQUIRE_MESSAGE(article, (article ? "" : article.error().what));
  return *article;
}

std::string joined(const std::vector<std::string>& list) {
  std::string out;
  for (const auto& one : list) out += (out.empty() ? "" : "|") + one;
  return out;
}

// "use:words" of each block.
std::string shape(const Article& article) {
  std::string out;
  for (const auto& block : article.blocks) {
    if (!out.empty()) out += " / ";
    out += std::string(tearsheet::to_string(block.use)) + ":" + std::string(block.span.of(article.text));
    if (block.published) out += "@" + block.published->iso();
  }
  return out;
}

struct DateRow {
  std::string_view why, line, want;
};
constexpr DateRow kDates[] = {
    {"publishedDateTime", "publishedDateTime: 2023-11-08T20:23:00Z", "2023-11-08T20:23:00Z"},
    {"date, day only", "date: 2023-11-08", "2023-11-08"},
    {"date with blank and offset", "date: 2023-11-08 20:23:00 +0900", "2023-11-08T20:23:00+09:00"},
    {"pubDate as feeds write it", "pubDate: Wed, 08 Nov 2023 20:23:00 GMT", "2023-11-08T20:23:00Z"},
    {"published_at", "published_at: '2023-11-08T20:23'", "2023-11-08T20:23"},
    {"Date Published", "Date Published: Nov 8, 2023", "2023-11-08"},
    {"timestamp, epoch", "timestamp: 1699471380", "2023-11-08T19:23:00Z"},
    {"published: false is no date", "published: false", ""},
    {"draft flag and a date", "published: true\ndate: 8 November 2023", "2023-11-08"},
    {"two ways to read it: left open", "date: 06.01.2023", ""},
    {"a day over 12", "date: 16.01.2023", "2023-01-16"},
    {"the more exact key wins", "created: 2023-01-01\npublishedAt: 2023-11-08", "2023-11-08"},
    {"no date at all", "date: soon", ""},
};

TEST_CASE("front matter: dates under all their keys") {
  for (const DateRow& row : kDates) {
    CAPTURE(row.why);
    const Article article = read("---\ntitle: T\n" + std::string(row.line) + "\n---\nBody.\n");
    CHECK((article.meta.published ? article.meta.published->iso() : "") == row.want);
  }
}

struct MetaRow {
  std::string_view why, lines, title, byline, publisher, topics;
};
constexpr MetaRow kMeta[] = {
    {"strings", "headline: A B\nauthor: Jane Doe\nsource: Wire\ntags: a, b", "A B", "Jane Doe", "Wire", "a|b"},
    {"lists and maps",
     "title: A\nauthors:\n- name: Jane Doe\n- John Roe\nprovider:\n  name: Asia Wire\n  domain: wire.example\ntopics: [x, y]",
     "A", "Jane Doe|John Roe", "Asia Wire", "x|y"},
    {"byline with two names", "Title: A\nbyline: By Jane Doe and John Roe", "A", "Jane Doe|John Roe", "", ""},
    {"keys in any case and joint", "TITLE: A\nSite-Name: Wire\nkey_words: [x]\nkeywords: [y]", "A", "", "Wire", "x|y"},
    {"title over name", "name: slug\ntitle: A", "A", "", "", ""},
    {"tags and categories together", "title: A\ncategories: [x]\ntags: [y, x]", "A", "", "", "y|x"},
    {"a block scalar title", "title: >\n  A long\n  title", "A long title", "", "", ""},
};

TEST_CASE("front matter: names, publishers and topics in any shape") {
  for (const MetaRow& row : kMeta) {
    CAPTURE(row.why);
    const Article article = read("---\n" + std::string(row.lines) + "\n---\nBody.\n");
    CHECK(article.meta.title == row.title);
    CHECK(joined(article.meta.byline) == row.byline);
    CHECK(article.meta.publisher == row.publisher);
    CHECK(joined(article.meta.topics) == row.topics);
  }
}

TEST_CASE("front matter alone: title, excerpt and related items with their own date are the article") {
  const Article article = read(
      "---\ntitle: Plant opens\nexcerpt: \"OSLO -- A plant opened.\"\npublishedDateTime: 2023-11-08T20:23:00Z\nquality: "
      "54\nprovider:\n  name: Wire\n  domain: wire.example\n"
      "related:\n  - title: Other plant\n    excerpt: It said on Friday.\n    publishedDateTime: 2023-11-10T13:04:00Z\n    "
      "webUrl: https://o.example/1\n  - Just words\n"
      "webUrl: https://wire.example/a\n---\n\n");
  CHECK(shape(article) ==
        "title:Plant opens / excerpt:OSLO -- A plant opened. / related:Other plant@2023-11-10T13:04:00Z / related:It said on "
        "Friday.@2023-11-10T13:04:00Z / "
        "related:Just words");
  CHECK(article.meta.domain == "wire.example");
  CHECK(article.meta.url == "https://wire.example/a");
  REQUIRE(tearsheet::find(article.meta.extra, "quality") != nullptr);
  CHECK(tearsheet::to_string(*tearsheet::find(article.meta.extra, "quality")) == "54");
  CHECK(tearsheet::find(article.meta.extra, "title") == nullptr);
}

TEST_CASE("front matter: the body may be one of its keys") {
  CHECK(shape(read("---\ntitle: T\ncontent: |\n  First line.\n\n  Second line.\n---\n")) ==
        "title:T / body:First line. / body:Second line.");
}

struct BadRow {
  std::string_view why, text, code, says, title;
};
constexpr BadRow kBad[] = {
    {"never closed", "---\ntitle: T\nA body without end.\n", "N010", "never closed", ""},
    {"TOML", "+++\ntitle = \"T\"\n+++\nBody.\n", "N012", "TOML", ""},
    {"a colon in a bare title: the plain lines are read", "---\ntitle: Japan: the plan\ndate: 2023-11-08\n---\nBody.\n", "N011",
     "line 2", "Japan: the plan"},
    {"anchors are refused", "---\ntitle: T\na: &x [1]\nb: *x\n---\nBody.\n", "N011", "line 3", "T"},
    {"a key said twice: the first counts", "---\ntitle: T\ntitle: U\n---\nBody.\n", "N011", "line 3", "T"},
    {"tabs at line starts", "---\ntitle: T\nprovider:\n\tname: Wire\n---\nBody.\n", "N011", "tab", "T"},
    {"not a map", "---\nfoo:bar\nmore\n---\nBody.\n", "N011", "no keys", ""},
};

TEST_CASE("front matter: a bad head is noted with its place and loses nothing") {
  for (const BadRow& row : kBad) {
    CAPTURE(row.why);
    const Article article = read(row.text);
    REQUIRE_FALSE(article.notes.empty());
    CHECK(article.notes[0].code == row.code);
    CHECK_MESSAGE(article.notes[0].what.find(row.says) != std::string::npos, article.notes[0].what);
    CHECK(article.meta.title == row.title);
    CHECK(article.text.find("ody") != std::string::npos);
  }
  const Article deep = read("---\ntitle: T\nx: " + std::string(500, '[') + std::string(500, ']') + "\n---\nBody.\n");
  CHECK(deep.notes.at(0).code == "N011");
  CHECK(deep.meta.title == "T");
  CHECK(tearsheet::text_of(deep.meta.extra, "front_matter").starts_with("title: T"));
}

TEST_CASE("front matter: a ruled line at the top is no front matter") {
  CHECK(shape(read("---\nJust a line of prose that stands there.\n---\nMore.\n")).find("Just a line") != std::string::npos);
}

TEST_CASE("front matter in kept text: the bytes stay, blocks point into them") {
  const std::string text = "---\ntitle: \"Plant opens\"\nexcerpt: A plant.\nquality: 54\n---\r\nBody stands here.\n";
  const Article article = read(text, true);
  CHECK(article.text == text);
  CHECK(shape(article) ==
        "boilerplate:---\ntitle: \" / title:Plant opens / boilerplate:\"\nexcerpt: / excerpt:A plant. / boilerplate:quality: "
        "54\n--- / body:Body stands here.");
}

TEST_CASE("hints fill what the article leaves open, and the URL always") {
  tearsheet::Blob blob;
  blob.bytes = "---\ntitle: T\ndate: 2023-01-02\n---\nBody.";
  blob.hints = {"Hint", "2020-01-01", "de", "https://www.x.example/a"};
  const auto article = tearsheet::parse(blob);
  REQUIRE(article);
  CHECK(article->meta.title == "T");
  CHECK(article->meta.published->iso() == "2023-01-02");
  CHECK(article->meta.language == "de");
  CHECK(article->meta.url == "https://www.x.example/a");
  CHECK(article->meta.domain == "x.example");
}

}  // namespace
