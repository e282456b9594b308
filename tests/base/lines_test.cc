// Lines: places, offsets back, and the caret.
#include "base/lines.h"

#include <doctest/doctest.h>

#include <string>

using tearsheet::Lines;
using tearsheet::Place;

namespace {

constexpr std::string_view kText = "one\nzwei: ü €\r\n\nlast";

struct Row {
  std::string_view why;
  std::size_t offset;
  std::uint32_t line, column;
};
constexpr Row kRows[] = {
    {"the first byte", 0, 1, 1},          {"the line feed belongs to its line", 3, 1, 4}, {"behind it", 4, 2, 1},
    {"in front of an umlaut", 10, 2, 7},  {"behind it, one column on", 12, 2, 8},         {"an empty line", 18, 3, 1},
    {"the last line", 19, 4, 1},          {"the end", 23, 4, 5},                          {"past the end", 99, 4, 5},
};

}  // namespace

TEST_CASE("lines: places count code points") {
  const Lines lines(kText);
  CHECK(lines.count() == 4);
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(lines.place("f", row.offset) == Place{"f", row.line, row.column});
  }
}

TEST_CASE("lines: places lead back to their bytes, and are clamped") {
  const Lines lines(kText);
  CHECK(lines.offset(2, 7) == 10);
  CHECK(lines.offset(2, 8) == 12);
  CHECK(lines.offset(2, 99) == 16);
  CHECK(lines.offset(9, 1) == kText.size());
  CHECK(lines.offset(0, 1) == 0);
  CHECK(lines.line(2) == "zwei: ü €");
  CHECK(lines.line(3).empty());
  CHECK(lines.line(5).empty());
  CHECK(Lines("").count() == 1);
  CHECK(Lines("").place("", 0) == Place{"", 1, 1});
  CHECK(Lines("a\n").count() == 2);
}

TEST_CASE("lines: the caret stands under its words") {
  struct Caret {
    std::string_view why, text;
    tearsheet::Span span;
    std::string_view remark, want;
  };
  const Caret rows[] = {
      {"a word with a remark", "a: curency", {3, 10}, "did you mean currency?",
       "    1 | a: curency\n      |    ^~~~~~~ did you mean currency?"},
      {"nothing to underline still gets a caret", "a: b", {4, 4}, "", "    1 | a: b\n      |     ^"},
      {"a later line", "x\ny z\n", {4, 5}, "", "    2 | y z\n      |   ^"},
      {"a span over the line's end stops there", "ab\ncd", {1, 5}, "", "    1 | ab\n      |  ^"},
      {"wide letters take two cells", "円: x", {5, 6}, "", "    1 | 円: x\n      |     ^"},
      {"a mark takes none", "e\u0301x", {3, 4}, "", "    1 | e\u0301x\n      |  ^"},
      {"a tab is one blank", "\tx", {1, 2}, "", "    1 |  x\n      |  ^"},
      {"controls are shown, not sent", "\x1B[31mx", {5, 6}, "", "    1 | ?[31mx\n      |      ^"},
      {"nothing at all", "", {0, 0}, "", "    1 | \n      | ^"},
  };
  for (const Caret& row : rows) {
    CAPTURE(row.why);
    CHECK(Lines(row.text).caret(row.span, row.remark) == row.want);
  }
}

TEST_CASE("lines: a long line is cut around its span") {
  const std::string text = std::string(300, 'a') + "HERE" + std::string(300, 'b');
  const std::string caret = Lines(text).caret({300, 304});
  const std::size_t end = caret.find('\n');
  const std::string above = caret.substr(0, end);
  const std::string below = caret.substr(end + 1);
  CHECK(above.size() < 120);
  CHECK(above.substr(below.find('^'), 4) == "HERE");
  CHECK(below.substr(below.find('^')) == "^~~~");
  const std::string at_end = Lines(text).caret({600, 604});
  CHECK(at_end.find("^~~~") == at_end.size() - 4);
}
