// XML: what broken feeds look like, and what is read from them.
#include "base/xml.h"

#include <doctest/doctest.h>

#include <string>

using namespace tearsheet;

namespace {

struct Row {
  std::string_view why, text, want;
};
// `want` is the text of the root.
const Row kRows[] = {
    {"plain", "<a>b</a>", "b"},
    {"HTML entities without a DTD", "<a>caf&eacute;&nbsp;&hellip;</a>", "café\u00a0…"},
    {"an entity nobody knows stays as it is written", "<a>&nosuch;</a>", "&nosuch;"},
    {"bare ampersands", "<a>?x=1&y=2 AT&T</a>", "?x=1&y=2 AT&T"},
    {"CDATA is taken as it is", "<a><![CDATA[&amp;<b>]]></a>", "&amp;<b>"},
    {"CDATA that never ends", "<a><![CDATA[x", "x"},
    {"Windows-1252 numbers", "<a>don&#146;t</a>", "don’t"},
    {"a number that XML forbids", "<a>x&#0;&#11;y</a>", "x  y"},
    {"escaped markup stays text", "<a>&lt;b&gt;&#60;</a>", "<b><"},
    {"control characters become blanks", "<a>x\x01y</a>", "x y"},
    {"a DOCTYPE is cut out, its entities unused", "<!DOCTYPE a [<!ENTITY b \"boom\">]><a>&b;</a>", "&b;"},
    {"junk before the first element", "\n<?php warning ?>junk <a>b</a>", "b"},
    {"an undeclared prefix", "<a><m:b>c</m:b></a>", "c"},
    {"tags that do not match", "<a><b>c</a>", "c"},
    {"a document that stops", "<a><b>c</b><d>e", "ce"},
    {"an encoding declaration that lies", "<?xml version=\"1.0\" encoding=\"iso-8859-1\"?><a>é</a>", "é"},
};

}  // namespace

TEST_CASE("xml: reads what feeds hold, mended where it is broken") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto document = xml::Document::parse(row.text);
    REQUIRE(document.has_value());
    CHECK(document->root().text() == row.want);
  }
}

TEST_CASE("xml: what holds no element is refused") {
  for (const std::string_view text : {"", "   ", "plain words", "<?xml version=\"1.0\"?>", "<!-- a -->"}) {
    CAPTURE(text);
    const auto document = xml::Document::parse(text);
    REQUIRE_FALSE(document.has_value());
    CHECK(document.error().code == "X001");
  }
}

TEST_CASE("xml: names, prefixes and attributes with and without their namespaces") {
  const auto document = xml::Document::parse(
      R"(<rss xmlns:dc="http://purl.org/dc/elements/1.1/" xml:base="http://a/" xml:lang="de"><dc:date x="1 &amp; 2">d</dc:date><sy:p/></rss>)");
  REQUIRE(document.has_value());
  const xml::Element root = document->root();
  CHECK(root.xml_attribute("base") == "http://a/");
  CHECK(root.xml_attribute("lang") == "de");
  CHECK_FALSE(root.attribute("base").has_value());
  const auto date = root.first();
  REQUIRE(date.has_value());
  CHECK(date->name() == "date");
  CHECK(date->prefix() == "dc");
  CHECK(date->uri() == "http://purl.org/dc/elements/1.1/");
  CHECK(date->attribute("x") == "1 & 2");
  const auto undeclared = date->next();
  REQUIRE(undeclared.has_value());
  CHECK(undeclared->name() == "p");
  CHECK(undeclared->prefix() == "sy");
  CHECK(undeclared->uri().empty());
  CHECK_FALSE(document->repaired());
}

TEST_CASE("xml: a mended document says what was wrong") {
  const auto document = xml::Document::parse("<a>\n<b>c</a>");
  REQUIRE(document.has_value());
  CHECK(document->repaired());
  CHECK(document->why().starts_with("line 2: "));
}

TEST_CASE("xml: inline markup comes out as HTML") {
  const auto document = xml::Document::parse(
      R"(<d xmlns:h="http://www.w3.org/1999/xhtml"><h:p c="&lt;">a &amp; <h:b>b</h:b><h:br/><h:i/></h:p></d>)");
  REQUIRE(document.has_value());
  CHECK(document->root().markup() == "<p c=\"&lt;\">a &amp; <b>b</b><br /><i></i></p>");
  CHECK(document->root().text() == "a & b");
  CHECK(document->root().own_text().empty());
}

TEST_CASE("xml: depth and entity bombs end in time") {
  std::string deep;
  for (int i = 0; i < 20000; ++i) deep += "<a>";
  (void)xml::Document::parse(deep);
  const auto bomb = xml::Document::parse(
      "<!DOCTYPE l [<!ENTITY a \"aaaaaaaaaa\"><!ENTITY b \"&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;\"><!ENTITY c SYSTEM "
      "\"file:///etc/passwd\">]><l>&b;&c;</l>");
  REQUIRE(bomb.has_value());
  CHECK(bomb->root().text() == "&b;&c;");
}
