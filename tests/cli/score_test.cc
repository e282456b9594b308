// Score: what it prints of a small annotated case, as a table and as JSON.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using namespace tearsheet::test;

namespace {

/// One article with a right amount, an amount that nobody annotated, and a company.
void write_case(const Scratch& scratch) {
  scratch.write("set/a.txt", "TSMC paid $5 million for the site, and $6 million for a road.\n");
  scratch.write("set/a.want.yaml",
                "schema: 1\ncomplete: [money, company]\nmentions:\n"
                "- { type: company, text: TSMC }\n"
                "- { type: money, text: $5 million, want: { amount: 5000000, currency: USD, modifier: exact } }\n");
}

}  // namespace

TEST_CASE("score: --calibration counts right of found by type, rule and confidence") {
  const Scratch scratch;
  write_case(scratch);
  const auto table = run_program(scratch, {"score", "--calibration", "--type", "money", scratch.path("set")});
  CHECK(table.code == 0);
  CHECK(table.out.find("right of found, by confidence") != std::string::npos);
  CHECK(table.out.find("1 of 2 50.0 %") != std::string::npos);
  CHECK(table.out.find("  money.sign ") != std::string::npos);
  CHECK(table.out.find("  company.name ") == std::string::npos);

  const auto json = run_program(scratch, {"score", "--calibration", "--json", scratch.path("set")}).out;
  CHECK(json.find("\"calibration\":{\"company\":{\"all\":[{\"confidence\":\"0.5-0.6\",\"found\":0,\"right\":0}") != std::string::npos);
  CHECK(json.find("{\"confidence\":\"0.9-1.0\",\"found\":2,\"right\":1}],\"rules\":{\"money.sign\":[") != std::string::npos);
  CHECK(run_program(scratch, {"score", "--json", scratch.path("set")}).out.find("calibration") == std::string::npos);
}

TEST_CASE("score: a type under its bar is exit 1 and named") {
  const Scratch scratch;
  write_case(scratch);
  scratch.write("set/bar.yaml", "schema: 1\nbar:\n  money: { strict: 90, overlap: 0, value: 0 }\n  company: { strict: 100, overlap: 100, value: 100 }\n");
  const auto done = run_program(scratch, {"score", scratch.path("set")});
  CHECK(done.code == 1);
  CHECK(done.err.find("under the bar: money strict F1 66.7, asked 90.0") != std::string::npos);
  CHECK(done.err.find("company") == std::string::npos);
}
