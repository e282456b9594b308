// Schema: what the program writes is what its schemas say, checked by another program's validator.
#include <doctest/doctest.h>

#include "tests/cli/program.h"

using namespace tearsheet;
using test::Outcome;
using test::Process;
using test::Scratch;
using test::run_program;

namespace {

constexpr std::string_view kValidator = R"python(
import json, sys
import jsonschema
schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
count = 0
for line in open(sys.argv[2], encoding="utf-8"):
    count += 1
    for error in list(validator.iter_errors(json.loads(line)))[:3]:
        print("line", count, list(error.absolute_path), error.message[:300])
        sys.exit(1)
print(count)
)python";

Outcome validate(const Scratch& scratch, const std::string& schema, const std::string& lines) {
  scratch.write("validate.py", kValidator);
  scratch.write("schema.json", run_program(scratch, {"schema", schema}).out);
  scratch.write("lines.jsonl", lines);
  return Process(scratch,
                 {"/usr/bin/python3", scratch.path("validate.py"), scratch.path("schema.json"), scratch.path("lines.jsonl")})
      .wait();
}

const std::string kCorpus = std::string(TEARSHEET_SOURCE_DIR) + "/corpus";

}  // namespace

TEST_CASE("schema: every line over the corpus is valid, with every part and either kind of offset") {
  struct Row {
    std::string_view schema, by, offsets;
  };
  for (const Row& row : {Row{"readings", "article", "bytes"}, Row{"readings", "article", "chars"},
                         Row{"mentions", "mention", "bytes"}, Row{"records", "record", "chars"}}) {
    CAPTURE(row.by);
    const Scratch scratch;
    const auto out = run_program(scratch, {"extract", "--quiet", "--by", std::string(row.by), "--offsets", std::string(row.offsets),
                                         "--with", "text,body,blocks", kCorpus})
                         .out;
    const auto done = validate(scratch, std::string(row.schema), out);
    CHECK_MESSAGE(done.code == 0, done.out << done.err);
    CHECK(done.out == std::to_string(test::count_of(out, "\n")) + "\n");
  }
}

TEST_CASE("schema: a line with an error is valid, and so is one by --type") {
  const Scratch scratch;
  const std::string input = "{\"id\":\"a\"}\n{\"id\":\"b\",\"text\":\"Prices rose 5 percent.\"}\n{\"x\n";
  const auto out = run_program(scratch, {"extract", "--from", "jsonl", "--type", "percent", "-"}, input).out;
  const auto done = validate(scratch, "readings", out);
  CHECK_MESSAGE(done.code == 0, done.out << done.err);
  CHECK(done.out == "3\n");
}

TEST_CASE("schema: the validator does refuse what is wrong") {
  const Scratch scratch;
  CHECK(validate(scratch, "readings", "{\"schema\":\"tearsheet.reading/1\"}\n").code == 1);
}
