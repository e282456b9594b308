// CSV: tables that a spreadsheet opens without acting on them.
#include <doctest/doctest.h>

#include <sstream>

#include "pipeline/sink/csv.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

/// An independent reader of RFC 4180, for what the sink has written.
std::vector<std::vector<std::string>> rows_of(const std::string& text) {
  std::vector<std::vector<std::string>> rows(1, std::vector<std::string>(1));
  bool quoted = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (quoted && c == '"' && i + 1 < text.size() && text[i + 1] == '"')
      rows.back().back() += text[++i];
    else if (c == '"')
      quoted = !quoted;
    else if (!quoted && c == ',')
      rows.back().emplace_back();
    else if (!quoted && c == '\r')
      continue;
    else if (!quoted && c == '\n')
      rows.emplace_back(1);
    else
      rows.back().back() += c;
  }
  rows.pop_back();
  return rows;
}

std::vector<std::vector<std::string>> table_of(const Reading& reading, By by) {
  const test::Scratch scratch;
  SinkOptions options;
  options.by = by;
  auto sink = make_csv(scratch.path("out.csv"), options);
  REQUIRE(sink.has_value());
  REQUIRE((*sink)->write((*sink)->render(reading)).has_value());
  REQUIRE((*sink)->finish().has_value());
  return rows_of(scratch.read("out.csv"));
}

std::string cell(const std::vector<std::vector<std::string>>& rows, std::size_t row, const std::string& column) {
  for (std::size_t i = 0; i < rows[0].size(); ++i) {
    if (rows[0][i] == column) return rows[row][i];
  }
  FAIL("no column " << column);
  return {};
}

}  // namespace

TEST_CASE("csv: cells are quoted where they must be, and no cell is a formula") {
  struct Row {
    std::string_view why, text, want;
  };
  constexpr Row kRows[] = {
      {"plain", "Micron", "Micron"},
      {"comma", "Micron, Inc.", "\"Micron, Inc.\""},
      {"quote", "the \"deal\"", "\"the \"\"deal\"\"\""},
      {"line break", "a\nb", "\"a\nb\""},
      {"formula", "=HYPERLINK(\"http://x\")", "\"'=HYPERLINK(\"\"http://x\"\")\""},
      {"formula with plus", "+1+1", "'+1+1"},
      {"formula with minus", "-1+1", "'-1+1"},
      {"formula with at", "@SUM(A1)", "'@SUM(A1)"},
      {"tab first", "\t=1", "'\t=1"},
      {"carriage return first", "\r=1", "\"'\r=1\""},
      {"negative number stays a number", "-12.5", "-12.5"},
      {"negative number with an exponent is no plain number", "-1e5", "'-1e5"},
      {"dash alone", "-", "'-"},
      {"empty", "", ""},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(csv_cell(row.text) == row.want);
  }
}

TEST_CASE("csv: one row a mention, every row as wide as the header") {
  const auto rows = table_of(test::payment(), By::article);
  REQUIRE(rows.size() == 5);
  for (const auto& row : rows) CHECK(row.size() == rows[0].size());
  CHECK(cell(rows, 1, "type") == "company");
  CHECK(cell(rows, 1, "ticker") == "FOO");
  CHECK(cell(rows, 2, "amount") == "1500000000");
  CHECK(cell(rows, 2, "text") == "¥1.5bn");
  CHECK(cell(rows, 2, "source") == "a/b.txt");
  CHECK(cell(rows, 1, "title").starts_with("'=1+1"));
}

TEST_CASE("csv: one row a record, with its sentence, plain amounts and what the text gives in dollars") {
  const auto rows = table_of(test::payment(), By::record);
  REQUIRE(rows.size() == 2);
  CHECK(rows[1].size() == rows[0].size());
  CHECK(cell(rows, 1, "amount") == "1500000000");
  CHECK(cell(rows, 1, "currency") == "JPY");
  CHECK(cell(rows, 1, "usd_stated") == "10000000");
  CHECK(cell(rows, 1, "payer") == "Foo AG");
  CHECK(cell(rows, 1, "recipient") == "Bar");
  CHECK(cell(rows, 1, "money") == "¥1.5bn; $10m");
  CHECK(cell(rows, 1, "sentence") == test::payment().article.text);
}

TEST_CASE("csv: a run without results is a header alone") {
  const auto rows = table_of(Reading{}, By::record);
  CHECK(rows.size() == 1);
  CHECK(rows[0].size() > 10);
}
