// Output: where bytes go, and what is said when they cannot.
#include <doctest/doctest.h>

#include "pipeline/sink/output.h"
#include "pipeline/sink/sink.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

TEST_CASE("output: a full disk is S001 with what to do") {
  auto out = Output::open("/dev/full");
  REQUIRE(out.has_value());
  REQUIRE(out->write("line\n").has_value());
  const auto done = out->flush();
  REQUIRE_FALSE(done.has_value());
  CHECK(done.error().code == "S001");
  CHECK(done.error().what.find("No space left") != std::string::npos);
  CHECK(done.error().help.find("--resume") != std::string::npos);
  CHECK_FALSE(out->write("more\n").has_value());
}

TEST_CASE("output: a folder that is not there, and a folder in the place of a file") {
  const test::Scratch scratch;
  CHECK(Output::open(scratch.path("no/such/out.jsonl")).error().code == "S001");
  CHECK(Output::open(scratch.path()).error().code == "S001");
}

TEST_CASE("output: whole lines of a partial file are counted, a torn one is cut off") {
  struct Row {
    std::string_view why, partial;
    std::uint64_t lines;
    std::string_view left;
  };
  constexpr Row kRows[] = {
      {"nothing there yet", "", 0, ""},
      {"whole lines only", "a\nb\n", 2, "a\nb\n"},
      {"torn last line", "a\nb\n{\"c", 2, "a\nb\n"},
      {"nothing but a torn line", "{\"c", 0, ""},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const test::Scratch scratch;
    scratch.write("out.jsonl.partial", row.partial);
    CHECK(whole_lines_of_partial(scratch.path("out.jsonl")).value_or(99) == row.lines);
    CHECK(scratch.read("out.jsonl.partial") == row.left);
    auto out = Output::open(scratch.path("out.jsonl"), true);
    REQUIRE(out.has_value());
    REQUIRE(out->write("next\n").has_value());
    REQUIRE(out->finish().has_value());
    CHECK(scratch.read("out.jsonl") == std::string(row.left) + "next\n");
  }
}

TEST_CASE("output: no partial file is no line") {
  const test::Scratch scratch;
  CHECK(whole_lines_of_partial(scratch.path("out.jsonl")).value_or(99) == 0);
}

TEST_CASE("sinks: a kind is known by its name and by a path's ending") {
  CHECK(sink_for("a/b.ndjson")->name == "jsonl");
  CHECK(sink_for("b.csv")->name == "csv");
  CHECK(sink_for("b.db")->name == "sqlite");
  CHECK(sink_for("b.txt")->name == "table");
  CHECK(sink_for("b.xlsx") == nullptr);
  CHECK(sink_named("csv")->name == "csv");
  CHECK(sink_named("xml") == nullptr);
}
