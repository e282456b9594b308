// Schema: what the program writes is what its schemas say, checked by another program's validator.
#include <doctest/doctest.h>

#include <filesystem>

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

// A rule file as an editor reads it: YAML 1.2, in which a date is a text and only true and false are booleans.
constexpr std::string_view kRuleValidator = R"python(
import json, re, sys
import jsonschema, yaml
class Loader(yaml.SafeLoader): pass
Loader.yaml_implicit_resolvers = {
    first: [(tag, regex) for tag, regex in rows if not tag.endswith((":timestamp", ":bool"))]
    for first, rows in yaml.SafeLoader.yaml_implicit_resolvers.items()}
Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile("^(?:true|false)$"), list("tf"))
schema = json.load(open(sys.argv[1], encoding="utf-8"))
jsonschema.Draft202012Validator.check_schema(schema)
validator = jsonschema.Draft202012Validator(schema)
wrong = 0
for path in sys.argv[2:]:
    for error in list(validator.iter_errors(yaml.load(open(path, encoding="utf-8"), Loader)))[:3]:
        wrong = 1
        print(path, list(error.absolute_path), error.message[:300])
sys.exit(wrong)
)python";

Outcome validate_rules(const Scratch& scratch, const std::vector<std::string>& files) {
  scratch.write("validate.py", kRuleValidator);
  scratch.write("schema.json", run_program(scratch, {"schema", "rules"}).out);
  std::vector<std::string> words = {"/usr/bin/python3", scratch.path("validate.py"), scratch.path("schema.json")};
  words.insert(words.end(), files.begin(), files.end());
  return Process(scratch, words).wait();
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

TEST_CASE("schema: every shipped file of rules and settings is valid") {
  const Scratch scratch;
  std::vector<std::string> files;
  for (const auto& entry : std::filesystem::directory_iterator(std::string(TEARSHEET_SOURCE_DIR) + "/rules")) {
    if (entry.path().extension() == ".yaml") files.push_back(entry.path().string());
  }
  CHECK(files.size() >= 10);
  const auto done = validate_rules(scratch, files);
  CHECK_MESSAGE(done.code == 0, done.out << done.err);
}

TEST_CASE("schema: of rule files, what the program takes is valid and what it refuses is not") {
  const std::string head = "schema: 1\npack: mine\n", rule = head + "rules:\n- id: a.b\n  entity: money\n  pattern: 'x'\n";
  struct Row {
    std::string_view why;
    std::string yaml;
    bool valid;
  };
  const Row rows[] = {
      {"a plain rule", rule, true},
      {"a layer over a pack",
       head + "extends: core-en\nchange:\n  money.sign: { confidence: 0.5, status: trial }\nlexicons:\n  x: { add: x.tsv }\n", true},
      {"one condition without a list", rule + "  unless: { near: [a, b], within: 3 words }\n", true},
      {"a condition that asks for another type", rule + "  requires:\n  - { near: { entity: company }, within: sentence }\n", true},
      {"fields beside a condition", rule + "  set:\n  - { followed_by: 'y', per: '%{@per_unit}' }\n", true},
      {"an example that is its text alone", rule + "  examples: ['<<x>>']\n  rejects: [y]\n", true},
      {"a field that must be absent", rule + "  examples:\n  - { text: '<<x>>', want: { value: ~ }, date: 2023-01-06 }\n", true},
      {"settings for tidy", "kind: tidy\nthresholds: { tail_lines: 4 }\n", true},
      {"unknown key of a file", head + "rulez: []\n", false},
      {"unknown key of a rule", rule + "  patern: 'y'\n", false},
      {"unknown key of a condition", rule + "  unless:\n  - { near: y, withn: 3 words }\n", false},
      {"unknown key of an example", rule + "  examples:\n  - { text: '<<x>>', wnt: {} }\n", false},
      {"unknown key of a change", head + "change:\n  money.sign: { confidense: 0.5 }\n", false},
      {"unknown filter word", head + "lexicons:\n  x: { file: x.tsv, fold: upper }\n", false},
      {"a lexicon outside the folder", head + "lexicons:\n  x: { file: ../x.tsv }\n", false},
      {"two kinds of pattern", rule + "  any: ['y']\n", false},
      {"no pattern", head + "rules:\n- { id: a.b, entity: money }\n", false},
      {"a boost of nothing", rule + "  boost:\n  - { near: y }\n", false},
      {"unknown kind", "kind: tydi\n", false},
      {"unknown key of settings", "kind: tidy\nthreshold: {}\n", false},
      {"unknown key of a record rule",
       "kind: records\nrules:\n- { id: a, kind: flow, triger: { verb: [pay] }, trigger: { verb: [pay] } }\n", false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Scratch scratch;
    const auto done = validate_rules(scratch, {scratch.write("rules/rule.yaml", row.yaml)});
    CHECK_MESSAGE(done.code == (row.valid ? 0 : 1), done.out << done.err);
    CHECK(done.err.empty());
    if (!row.valid) CHECK(run_program(scratch, {"rules", "check", "--rules", scratch.path("rules")}).code == 2);
  }
}
