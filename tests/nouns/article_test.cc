// Articles, blobs and errors: names, the block at a place, the body, a message.
#include "tearsheet/article.h"

#include <doctest/doctest.h>

#include "tearsheet/blob.h"
#include "tearsheet/error.h"

using namespace tearsheet;

namespace {

Article article() {
  Article made;
  made.text = "Title\n\nLead.\n\nPhoto\n\nMore.";
  made.blocks.push_back({{0, 5}, Kind::title, Use::title, 1, {}, {}});
  made.blocks.push_back({{7, 12}, Kind::paragraph, Use::excerpt, 0, {}, {}});
  made.blocks.push_back({{14, 19}, Kind::caption, Use::caption, 0, {}, {}});
  made.blocks.push_back({{21, 26}, Kind::paragraph, Use::body, 0, {}, {}});
  return made;
}

}  // namespace

TEST_CASE("article: every use has a name that leads back to it") {
  for (int i = 0; i <= static_cast<int>(Use::boilerplate); ++i) {
    const Use use = static_cast<Use>(i);
    CHECK(use_from(to_string(use)) == use);
  }
  CHECK_FALSE(use_from("Body").has_value());
  CHECK_FALSE(use_from("").has_value());
  CHECK(to_string(Kind::cell) == "cell");
  CHECK(to_string(Format::markdown) == "markdown");
}

TEST_CASE("article: own words are body, title, excerpt, byline and dateline") {
  CHECK(is_own(Use::body));
  CHECK(is_own(Use::dateline));
  CHECK_FALSE(is_own(Use::caption));
  CHECK_FALSE(is_own(Use::related));
}

TEST_CASE("article: the block at a byte, or the one before it") {
  const Article made = article();
  struct Row {
    std::string_view why;
    std::uint32_t offset;
    std::uint32_t want;
  };
  constexpr Row kRows[] = {{"first byte", 0, 0}, {"between two blocks", 6, 0}, {"first byte of the next", 7, 1},
                           {"inside", 15, 2},    {"behind the last", 99, 3}};
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(block_at(made.blocks, row.offset) == row.want);
  }
  CHECK_FALSE(block_at({}, 0).has_value());
  CHECK_FALSE(block_at({{{5, 9}, Kind::paragraph, Use::body, 0, {}, {}}}, 4).has_value());
}

TEST_CASE("article: the body is body and excerpt blocks, a blank line between them") {
  CHECK(body_of(article()) == "Lead.\n\nMore.");
  CHECK(body_of(Article()).empty());
}

TEST_CASE("error: place, code, excerpt and help, each only where it is known") {
  struct Row {
    std::string_view why;
    Error error;
    std::string_view want;
  };
  const Row rows[] = {
      {"all parts", {"R007", "no lexicon is called x", {"rules/money.yaml", 14, 13}, "declare it", "   14 | x\n      | ^"},
       "rules/money.yaml:14:13: error[R007]: no lexicon is called x\n   14 | x\n      | ^\n  help: declare it"},
      {"a file alone", {"F001", "there is no such file", {"a.txt", 0, 0}, "", ""}, "a.txt: error[F001]: there is no such file"},
      {"a line without a file", {"J001", "no JSON", {"", 3, 5}, "", ""}, "line 3:5: error[J001]: no JSON"},
      {"no place", {"I001", "nothing to read", {}, "", ""}, "error[I001]: nothing to read"},
      {"escape characters are shown, not sent", {"I001", "\x1B[31mred\xC2\x9B", {"a\nb\x07", 0, 0}, "", ""},
       "a\nb?: error[I001]: ?[31mred?"},
      {"other letters pass", {"I001", "Zürich 東京", {}, "", ""}, "error[I001]: Zürich 東京"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(to_text(row.error) == row.want);
  }
  CHECK(to_text({"N001", "cut", {}, "", ""}, "warning") == "warning[N001]: cut");
}
