// Rule check: every lint finds its fault and passes what only looks like one; fixes mend; the probe tells slow patterns.
#include "extractors/rule_check.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <fstream>
#include <sstream>

#include "extractors/pattern.h"
#include "extractors/rule_lint.h"
#include "extractors/rule_trigger.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::open_rules;
using tearsheet::testing::RuleFolder;

TEST_CASE("lint: patterns as written") {
  struct Row {
    std::string_view why, pattern, want, fixed;  // want: code and place; fixed: the pattern after the fix
  };
  const Row rows[] = {
      {"an alternative hidden by its prefix", "(?:m|million)", "W03 5-12", "(?:million|m)"},
      {"the same with something that must follow", "(?:m|million)d", "", ""},
      {"the same with something that may follow", "(?:m|million)d?", "W03 5-12", "(?:million|m)d?"},
      {"a boundary must follow the group around", "(?:a(?:m|million)|b)\\b", "", ""},
      {"alternatives that are not plain are told, not mended", "(?:m|m\\d|million)", "W03 9-16", ""},
      {"longest first", "(?:million|m)", "", ""},
      {"a boundary after a sign", "\\$\\b5", "W04 2-4", ""},
      {"a boundary after a sign, at the end", "\\d%\\b", "W04 3-5", "\\d%"},
      {"a boundary after a letter", "x\\b", "", ""},
      {"a boundary in a class is a backspace", "[\\b]", "", ""},
      {"a wide gap", "a.{0,80}b", "W05 2-8", ""},
      {"a wide gap of a negated class", "a[^x]{0,40}b", "W05 5-11", ""},
      {"an open gap", "a.{1,}b", "W05 2-6", ""},
      {"a narrow gap", "a.{0,9}b", "", ""},
      {"a counted digit is no gap", "\\d{1,40}", "", ""},
      {"a class with a letter twice", "[xyx]", "W06 3-4", "[xy]"},
      {"a class with an escape twice", "[\\d\\d]c", "W06 3-5", "[\\d]c"},
      {"a range is not judged", "[a-ca]", "", ""},
      {"macros are passed over", "%{m|million}(?:a|%{b})", "", ""},
      {"a closing bracket first in its class", "[]x]]", "", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    std::string found, fixed;
    for (const Lint& lint : lint_pattern(row.pattern)) {
      found += (found.empty() ? "" : " ") + lint.code + " " + std::to_string(lint.where.begin) + "-" + std::to_string(lint.where.end);
      if (lint.fix) fixed = std::string(row.pattern).replace(lint.replaced.begin, lint.replaced.size(), *lint.fix);
    }
    CHECK(found == row.want);
    CHECK(fixed == row.fixed);
  }
  CHECK(lint_pattern("(?:m|million)", true).empty());  // nobody knows what follows a macro
}

TEST_CASE("trigger: what every match of a pattern must hold") {
  struct Row {
    std::string_view why, regex;
    bool digit, words;
    std::string_view literal;
  };
  const Row rows[] = {
      {"a word", "the yen", false, false, "the"},
      {"an optional word says nothing", "(?:yen)?x*", false, false, ""},
      {"a digit", "\\d+ ?%?", true, false, ""},
      {"a class of digits", "Q[1-4]", true, false, "Q"},
      {"a class of signs", "[$€]x?", false, true, ""},
      {"signs by their code", "[%\\x{FF05}]", false, true, ""},
      {"blanks are no signs", "[\\x{00A0}\\x{2009}]", false, false, ""},
      {"one of two words", "(?:yen|won)", false, true, ""},
      {"a word or anything", "(?:yen|\\w+)", false, false, ""},
      {"a digit or a word is a trigger, too", "(?:\\d|yen)", false, true, ""},
      {"capitals are not", "[A-Z]\\w+", false, false, ""},
      {"a lazy repeat still needs one", "(?:ab)+?", false, false, "ab"},
      {"flags without an inside", "(?i)usd", false, false, "usd"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    REQUIRE_FALSE(Pattern::check(std::string(row.regex)).has_value());
    const Needs needs = needs_of(row.regex, {});
    CHECK(needs.digit == row.digit);
    CHECK(needs.words == row.words);
    CHECK(needs.literal == row.literal);
  }
}

namespace {

std::string findings_of(const RuleFolder& folder, const std::vector<Speed>* speeds = nullptr) {
  std::string out;
  for (const Finding& finding : check_rules(open_rules({folder.path()}), speeds)) out += finding.error.code + (finding.warning ? " " : "! ") + finding.error.what + "\n";
  return out;
}

}  // namespace

TEST_CASE("check: lints name what an author would want to know") {
  RuleFolder folder;
  folder.file("a.yaml", R"yaml(schema: 1
pack: p
version: 1.0.0
rules:
- { id: a.bare, entity: x, pattern: 'xyz' }
- { id: b.empty, entity: x, pattern: 'y*', examples: ['a <<b>>'], silence: [W11] }
- { id: c.boundary, entity: x, pattern: '\$\b5', examples: ['<<$5>>'] }
- { id: g.guard, entity: x, pattern: 'guard', unless: [{ inside: url }], where: 'x = 1', emit: { x: '1' }, examples: ['<<guard>>'] }
- { id: h.same, entity: z, pattern: 'guard', examples: ['<<guard>>'], silence: [W09] }
- { id: i.far, entity: z, pattern: 'other', examples: ['<<this>>'] }
- { id: j.any, entity: z, pattern: '[A-Z]\w+', examples: ['<<This>>'] }
- { id: k.said, entity: z, pattern: '[A-Z]\w+ said', trigger: [said], examples: ['<<He said>>'] }
- { id: l.promise, entity: z, pattern: 'tell|told', trigger: [told], examples: ['to <<tell>>', 'he <<told>>'] }
- { id: m.quiet, entity: z, pattern: 'quiet', silence: [W07, W99], examples: ['<<quiet>>'] }
- { id: n.off, entity: z, pattern: '[A-Z]', status: 'off' }
)yaml");
  CHECK(findings_of(folder) ==
        "W01 a.bare: no example\n"
        "R017! b.empty: the pattern matches the empty text\n"
        "W04 c.boundary: \\b after a sign asks for a letter or digit to follow\n"
        "W07 g.guard: no reject shows what where stops\n"
        "W07 g.guard: no reject shows what unless stops\n"
        "W08 h.same: the same pattern as g.guard\n"
        "W02 i.far: the pattern matches none of its examples\n"
        "W11 j.any: no sound trigger: nothing that every match must hold\n"
        "W12 l.promise: this example holds no word of trigger:\n"
        "W14 m.quiet: silence: [W07] silences nothing\n"
        "W14 m.quiet: silence: knows no warning W99\n");
}

TEST_CASE("check: a lint within a macro stands where the macro is written") {
  RuleFolder folder;
  folder.file("a.yaml", "schema: 1\npack: p\nversion: 1.0.0\nmacros:\n  gap: 'it''s[xx]'\nrules:\n- { id: a, entity: x, pattern: '%{gap}a', examples: ['<<it''sxa>>'] }\n");
  const auto findings = check_rules(open_rules({folder.path()}));
  REQUIRE(findings.size() == 1);
  CHECK(findings[0].error.place.line == 5);
  CHECK(findings[0].error.excerpt == "    5 |   gap: 'it''s[xx]'\n      |                ^ again");
  REQUIRE(findings[0].fix.has_value());
  std::ifstream in(folder.path() + "/a.yaml");
  std::stringstream text;
  text << in.rdbuf();
  CHECK(apply({*findings[0].fix}, findings[0].fix->file, text.str()).find("gap: 'it''s[x]'\n") != std::string::npos);
}

TEST_CASE("check: errors that can be mended for certain are") {
  struct Row {
    std::string_view why, text, fixed;  // fixed empty: no certain edit
  };
  const Row rows[] = {
      {"a misspelt key", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, patern: 'a' }\n", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, pattern: 'a' }\n"},
      {"a key that resembles none", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, pattern: 'a', zzzzzz: 1 }\n", ""},
      {"double quotes", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, pattern: \"it's \\\\d\" }\n", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, pattern: 'it''s \\d' }\n"},
      {"no schema", "pack: p\nrules:\n- { id: a, entity: x, pattern: 'a' }\n", "schema: 1\npack: p\nrules:\n- { id: a, entity: x, pattern: 'a' }\n"},
      {"another schema", "schema: 2\npack: p\nrules:\n- { id: a, entity: x, pattern: 'a' }\n", ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    RuleFolder folder;
    folder.file("a.yaml", row.text);
    const auto book = Rulebook::load({folder.path()});
    REQUIRE_FALSE(book.has_value());
    const auto fix = fix_of(book.error()[0], row.text);
    REQUIRE(fix.has_value() == !row.fixed.empty());
    if (fix) CHECK(apply({*fix}, fix->file, std::string(row.text)) == row.fixed);
  }
}

TEST_CASE("probe: a slow pattern is named, a quick one is not") {
  RuleFolder folder;
  folder.file("a.yaml",
              "schema: 1\npack: p\nversion: 1.0.0\nrules:\n- { id: a.quick, entity: x, pattern: '\\d+ yen', examples: ['<<5 yen>>'] }\n"
              "- { id: b.slow, entity: x, pattern: '\\d+ won', examples: ['<<5 won>>'] }\n");
  const auto book = Rulebook::load({folder.path()});
  REQUIRE(book.has_value());
  // A clock that gives each of the three runs of the first pattern 1 ms and of the second 20 ms.
  std::uint64_t now = 0;
  int call = 0;
  const auto speeds = probe_rules(*book, [&] {
    if (call % 2 == 1) now += call < 6 ? 1'000'000 : 20'000'000;
    ++call;
    return now;
  });
  REQUIRE(speeds.size() == 2);
  CHECK(speeds[0].mb_per_s() == doctest::Approx(static_cast<double>(probe_text().size()) / 1000));
  CHECK(findings_of(folder, &speeds) == "W10 b.slow: slow on the probe: 1.7 MB/s, asked 4\n");
  // The cliff that the probe is for, measured by instructions rather than by a clock, has its own figure in docs/rules/lints.md.
  CHECK(probe_text().size() > 32'000);
  CHECK(std::count(probe_text().begin(), probe_text().end(), '\n') > 100);
}

TEST_CASE("coverage: each guard with the rejects that it stops") {
  RuleFolder folder;
  folder.file("a.yaml", R"yaml(schema: 1
pack: p
version: 1.0.0
rules:
- id: a
  entity: x
  pattern: '(?P<n>\d+)'
  emit: { value: number(n) }
  where: value < 100
  unless:
  - { preceded_by: [No] }
  - { followed_by: [percent] }
  examples: ['a <<5>>']
  rejects:
  - { text: 'see No 5', by: unless }
  - { text: 'the 500', by: where }
)yaml");
  const Extractor extractor = open_rules({folder.path()});
  std::string out;
  for (const GuardCoverage& one : guard_coverage(extractor.rules(), test_rules(extractor))) out += one.guard + ":" + std::to_string(one.place.line) + " " + std::to_string(one.stops) + "\n";
  CHECK(out == "unless:11 1\nunless:12 0\nwhere:5 1\n");
}
