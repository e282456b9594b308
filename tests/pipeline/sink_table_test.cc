// Table: rows for a terminal, which nothing from outside can command.
#include <doctest/doctest.h>

#include <sstream>

#include "pipeline/sink/table.h"
#include "pipeline/sink/visible.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

std::string page_of(const Reading& reading, const SinkOptions& options) {
  const test::Scratch scratch;
  auto sink = make_table(scratch.path("out.txt"), options);
  REQUIRE(sink.has_value());
  return (*sink)->render(reading);
}

}  // namespace

TEST_CASE("visible: what a terminal would obey is shown instead") {
  struct Row {
    std::string_view why, text, want;
  };
  constexpr Row kRows[] = {
      {"plain text stays", "70 billion yen – “ok”", "70 billion yen – “ok”"},
      {"escape sequence", "a\x1b[31mb", "a\\x1b[31mb"},
      {"bell and backspace", "a\a\b", "a\\x07\\x08"},
      {"C1 control, one code point",
       "a\xC2\x9B"
       "31m",
       "a\\x9b31m"},
      {"turned direction",
       "a\xE2\x80\xAE"
       "b",
       "a<U+202E>b"},
      {"line break and tab are blanks", "a\nb\tc", "a b c"},
      {"delete", "a\x7F", "a\\x7f"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(visible(row.text) == row.want);
  }
  CHECK(visible("a\nb", true) == "a\nb");
}

TEST_CASE("visible: text is cut and filled to columns") {
  CHECK(fitted("abc", 5) == "abc  ");
  CHECK(fitted("abcdef", 4) == "abc…");
  CHECK(fitted("日本語", 4) == "日… ");
  CHECK(columns_of("日本") == 4);
}

TEST_CASE("table: a heading, a row a mention, a row a record, in the width that is there") {
  for (const std::uint32_t width : {80u, 100u, 120u}) {
    CAPTURE(width);
    SinkOptions options;
    options.width = width;
    const std::string page = page_of(test::payment(), options);
    std::istringstream lines(page);
    for (std::string line; std::getline(lines, line);) CHECK(columns_of(line) <= width);
    CHECK(page.find("1,500,000,000 JPY") != std::string::npos);
    CHECK(page.find("about 10,000,000 USD") != std::string::npos);
    CHECK(page.find("Foo AG (FOO)") != std::string::npos);
    CHECK(page.find("Foo AG → Bar") != std::string::npos);
    CHECK(page.find("2023-01-06T17:17Z") != std::string::npos);
  }
}

TEST_CASE("table: escape characters of an article never reach the terminal, ours only when asked") {
  SinkOptions options;
  CHECK(page_of(test::payment(), options).find('\x1b') == std::string::npos);
  options.colour = true;
  const std::string page = page_of(test::payment(), options);
  CHECK(page.find("\\x1b[31mred") != std::string::npos);
  CHECK(page.find("\x1b[31mred") == std::string::npos);
}

TEST_CASE("table: thousands are grouped") {
  CHECK(grouped("1230000.5") == "1,230,000.5");
  CHECK(grouped("-1000") == "-1,000");
  CHECK(grouped("12") == "12");
  CHECK(grouped("") == "");
}
