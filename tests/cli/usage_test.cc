// Usage: wrong words are exit 2 with the nearest right one; help, completions and docs come from one table.
#include <doctest/doctest.h>

#include "base/file.h"
#include "tests/cli/program.h"

using namespace tearsheet;
using test::has;
using test::Process;
using test::Scratch;
using test::run_program;

TEST_CASE("usage: wrong words are exit 2, with the nearest right one") {
  const Scratch scratch;
  scratch.write("a.txt", "Prices rose 5 percent.\n");
  const std::string file = scratch.path("a.txt");
  struct Row {
    std::string_view why;
    std::vector<std::string> words;
    std::string_view said;
  };
  const Row rows[] = {
      {"no command", {}, "usage: tearsheet"},
      {"unknown command", {"extrakt", file}, "did you mean extract?"},
      {"unknown second word", {"rules", "chek"}, "did you mean check?"},
      {"missing second word", {"rules"}, "one of: check, test, explain, diff"},
      {"unknown option", {"extract", "--ofsets", "chars", file}, "did you mean --offsets?"},
      {"abbreviated option", {"extract", "--off", "chars", file}, "no option is called --off"},
      {"wrong choice", {"extract", "--as", "jsonn", file}, "did you mean jsonl?"},
      {"wrong choice in a list", {"extract", "--type", "money,dates", file}, "did you mean date?"},
      {"missing value", {"extract", "--as"}, "error[U002]"},
      {"wrong date", {"extract", "--date", "2023-02-30", file}, "--date cannot be '2023-02-30'"},
      {"wrong size", {"extract", "--max-bytes", "lots", file}, "--max-bytes cannot be 'lots'"},
      {"wrong jobs", {"extract", "--jobs", "0", file}, "--jobs cannot be '0'"},
      {"wrong confidence", {"extract", "--min-confidence", "2", file}, "--min-confidence cannot be '2'"},
      {"resume without a file", {"extract", "--resume", file}, "--resume needs"},
      {"no such rule folder", {"extract", "--rules", scratch.path("no"), file}, "no rule folder"},
      {"no such schema", {"schema", "reading"}, "one of: readings"},
      {"two schemas", {"schema", "readings", "rules"}, "one schema at a time"},
      {"two shells", {"completion", "bash", "zsh"}, "one shell at a time"},
      {"an option before the command", {"--jobs", "2", "extract", file}, "options follow the command"},
      {"help on a near command", {"help", "ruls"}, "did you mean rules?"},
      {"no such shell", {"completion", "csh"}, "one of: bash"},
      {"import from nowhere", {"lexicon", "import", file}, "--from is missing"},
      {"no cases", {"score", scratch.path()}, "error[G003]"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto done = run_program(scratch, row.words);
    CHECK(done.code == 2);
    CHECK(done.out.empty());
    CAPTURE(done.err);
    CHECK(has(done.err, std::string(row.said)));
  }
}

TEST_CASE("usage: broken rules are exit 2 with file, line and column, for every command") {
  struct Row {
    std::string_view why, yaml, said;
  };
  constexpr Row kRows[] = {
      {"unknown key", "schema: 1\npack: mine\nrules:\n- id: a.b\n  entity: money\n  patern: 'x'\n", "rule.yaml:6:"},
      {"bad pattern", "schema: 1\npack: mine\nrules:\n- id: a.b\n  entity: money\n  pattern: '(x'\n", "rule.yaml:6:"},
      {"missing lexicon",
       "schema: 1\npack: mine\nlexicons:\n  x: { file: lexicons/no.tsv }\nrules:\n- id: a.b\n  entity: money\n  pattern: "
       "'%{@x:n}'\n",
       "rule.yaml:4:"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const Scratch scratch;
    scratch.write("rules/rule.yaml", row.yaml);
    scratch.write("a.txt", "Prices rose 5 percent.\n");
    for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{
             {"extract", scratch.path("a.txt")}, {"rules", "check"}, {"rules", "test"}, {"show", scratch.path("a.txt")}}) {
      auto with_rules = words;
      with_rules.insert(with_rules.end(), {"--rules", scratch.path("rules")});
      const auto done = run_program(scratch, with_rules);
      CHECK(done.code == 2);
      CAPTURE(done.err);
      CHECK(has(done.err, std::string(row.said)));
      CHECK(has(done.err, "error[R"));
    }
  }
}

TEST_CASE("usage: settings over the shipped ones are checked like rules") {
  struct Row {
    std::string_view why, yaml, said;
  };
  constexpr Row kRows[] = {
      {"unknown kind", "kind: curency\n", "did you mean currency?"},
      {"unknown key", "kind: currency\nschema: 1\ncue: {}\n", "did you mean cues?"},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const Scratch scratch;
    scratch.write("mine/settings.yaml", row.yaml);
    const auto done = run_program(
        scratch, {"rules", "check", "--rules", std::string(TEARSHEET_SOURCE_DIR) + "/rules", "--rules", scratch.path("mine")});
    CHECK(done.code == 2);
    CAPTURE(done.err);
    CHECK(has(done.err, std::string(row.said)));
    CHECK(has(done.err, "settings.yaml:"));
  }
}

TEST_CASE("usage: a rule file that adds a type adds it to every command") {
  const Scratch scratch;
  scratch.write("mine/vessel.yaml",
                "schema: 1\npack: mine\nversion: 1.0.0\nrules:\n- id: vessel.name\n  entity: vessel\n"
                "  pattern: '(?:MV|MT) (?P<name>[A-Z][a-z]+)'\n  emit: { name: name, hull: \"'cargo'\" }\n"
                "  examples:\n  - { text: 'the <<MV Solveig>> ran aground', want: { name: Solveig } }\n");
  scratch.write("a.txt", "The MV Solveig lost cargo worth $5 million.\n");
  scratch.write("a.want.yaml",
                "schema: 1\ncomplete: [vessel]\nmentions:\n- { type: vessel, text: MV Solveig, want: { hull: cargo } }\n");
  const std::string shipped = std::string(TEARSHEET_SOURCE_DIR) + "/rules", mine = scratch.path("mine"), file = scratch.path("a.txt");
  const auto with_rules = [&](std::vector<std::string> words) {
    words.insert(words.end(), {"--rules", shipped, "--rules", mine});
    return run_program(scratch, words);
  };
  const auto found = with_rules({"extract", "--quiet", "--by", "mention", "--type", "vessel", file});
  CHECK(found.code == 0);
  CHECK(test::count_of(found.out, "\n") == 1);
  CHECK(has(found.out, "\"text\":\"MV Solveig\""));
  CHECK(has(with_rules({"show", "--type", "vessel", "--colour", "never", file}).out, "⟦MV Solveig⟧vessel"));
  const auto scored = with_rules({"score", "--show", "all", file});
  CHECK_MESSAGE(scored.code == 0, scored.err);
  CHECK(has(scored.out, "vessel"));
  // Its misspelling and its absence are told.
  CHECK(has(with_rules({"extract", "--type", "vesel", file}).err, "did you mean vessel?"));
  const auto without = run_program(scratch, {"extract", "--type", "vessel", file});
  CHECK(without.code == 2);
  CHECK(has(without.err, "no type of mention is called 'vessel'"));
}

TEST_CASE("usage: the help of every command ends with two examples") {
  const Scratch scratch;
  for (const std::vector<std::string>& words : std::vector<std::vector<std::string>>{{"extract"},
                                                                                     {"show"},
                                                                                     {"rules", "check"},
                                                                                     {"rules", "test"},
                                                                                     {"rules", "explain"},
                                                                                     {"rules", "diff"},
                                                                                     {"rules", "stats"},
                                                                                     {"rules", "profile"},
                                                                                     {"rules", "fmt"},
                                                                                     {"rules", "new"},
                                                                                     {"rules", "fix"},
                                                                                     {"rules", "watch"},
                                                                                     {"rules", "schema"},
                                                                                     {"workbench"},
                                                                                     {"cases", "export"},
                                                                                     {"cases", "import"},
                                                                                     {"rules", "show"},
                                                                                     {"score"},
                                                                                     {"schema"},
                                                                                     {"lexicon", "list"},
                                                                                     {"lexicon", "check"},
                                                                                     {"lexicon", "import"},
                                                                                     {"completion"},
                                                                                     {"help"}}) {
    auto with_help = words;
    with_help.push_back("--help");
    const auto done = run_program(scratch, with_help);
    CHECK(done.code == 0);
    const auto examples = done.out.find("\nExamples\n");
    REQUIRE(examples != std::string::npos);
    CHECK(test::count_of(done.out.substr(examples), "\n  tearsheet ") == 2);
  }
}

TEST_CASE("usage: docs/commands.md is what the program says of itself") {
  const Scratch scratch;
  const auto page = file::read(std::string(TEARSHEET_SOURCE_DIR) + "/docs/commands.md");
  REQUIRE(page.has_value());
  CHECK_MESSAGE(page->bytes == run_program(scratch, {"help", "--markdown"}).out,
                "make it anew: tearsheet help --markdown > docs/commands.md");
}

TEST_CASE("usage: --version says which rules are used") {
  const Scratch scratch;
  const auto done = run_program(scratch, {"--version"});
  CHECK(done.code == 0);
  CHECK(has(done.out, "tearsheet 0."));
  // A program in its build folder uses its own source's rules.
  CHECK(has(done.out, "rules " + std::string(TEARSHEET_SOURCE_DIR) + "/rules\n"));
}

TEST_CASE("usage: completions are scripts that their shells accept") {
  const Scratch scratch;
  const auto bash = run_program(scratch, {"completion", "bash"});
  CHECK(has(bash.out, "--min-confidence"));
  scratch.write("c.bash",
                bash.out + "\nCOMP_WORDS=(tearsheet extract --of); COMP_CWORD=2; _tearsheet; echo \"${COMPREPLY[*]}\"\n");
  const auto done = Process(scratch, {"/bin/bash", scratch.path("c.bash")}).wait();
  CHECK(done.out == "--offsets\n");
  CHECK(done.err.empty());
  struct Row {
    std::string_view why, words, want;
  };
  for (const Row& row : {Row{"a choice behind a comma", "extract --type money,perc", "money,percent"},
                         Row{"a command to be helped with", "help ext", "extract"}, Row{"a second word", "rules te", "test"}}) {
    CAPTURE(row.why);
    scratch.write("d.bash", bash.out + "\nCOMP_WORDS=(tearsheet " + std::string(row.words) +
                                "); COMP_CWORD=$((${#COMP_WORDS[@]}-1)); _tearsheet; echo \"${COMPREPLY[*]}\"\n");
    CHECK(Process(scratch, {"/bin/bash", scratch.path("d.bash")}).wait().out == std::string(row.want) + "\n");
  }
  CHECK(run_program(scratch, {"completion", "zsh"}).out.starts_with("#compdef tearsheet\n"));
  CHECK(has(run_program(scratch, {"completion", "fish"}).out, "complete -c tearsheet"));
}

TEST_CASE("lexicon import: public lists become lexicons that the checker accepts") {
  const Scratch scratch;
  scratch.write(
      "sec.json",
      R"({"0":{"cik_str":320193,"ticker":"AAPL","title":"Apple Inc."},"1":{"cik_str":789019,"ticker":"MSFT","title":"MICROSOFT CORP"},
    "2":{"cik_str":789019,"ticker":"MSFTX","title":"MICROSOFT CORP"},"3":{"cik_str":1,"ticker":"BAC","title":"BANK OF AMERICA CORP /DE/"},"4":{"cik_str":2,"ticker":"X","title":"AB"}})");
  const auto sec =
      run_program(scratch, {"lexicon", "import", "--from", "sec", scratch.path("sec.json"), "-o", scratch.path("sec.tsv")});
  CHECK(sec.code == 0);
  const std::string table = scratch.read("sec.tsv");
  CHECK(has(table, "\nApple Inc.|Apple?\tcik_320193\tApple Inc.\tAAPL\t\tUS\n"));
  CHECK(has(table, "\nMICROSOFT CORP|Microsoft Corp|Microsoft?\tcik_789019\t"));
  CHECK(has(table, "BANK OF AMERICA CORP|Bank of America Corp|Bank of America\t"));
  CHECK(test::count_of(table, "\n") == 5);  // two lines of head, three companies
  CHECK(run_program(scratch, {"lexicon", "check", scratch.path("sec.tsv")}).code == 0);

  scratch.write("lei.csv",
                "\"LEI\",\"Entity.LegalName\",\"Entity.LegalAddress.Country\",\"Entity.EntityStatus\"\r\n\"5299\",\"Müller, "
                "Söhne \"\"Nord\"\" GmbH\",\"DE\",\"ACTIVE\"\r\n\"5300\",\"Gone Ltd\",\"GB\",\"INACTIVE\"\r\n");
  const auto lei = run_program(scratch, {"lexicon", "import", "--from", "gleif", scratch.path("lei.csv")});
  CHECK(lei.code == 0);
  CHECK(has(lei.out, "Müller, Söhne \"Nord\" GmbH|Müller, Söhne \"Nord\"\tlei_5299\t"));
  CHECK_FALSE(has(lei.out, "Gone"));

  const auto wrong = run_program(scratch, {"lexicon", "import", "--from", "sec", scratch.write("x.json", "{\"a\":1}")});
  CHECK(wrong.code == 1);
  CHECK(has(wrong.err, "error[L010]"));
}

TEST_CASE("lexicon import: 120,000 names in one pass") {
  const Scratch scratch;
  std::string table = "name,ticker,country\n";
  for (int i = 0; i < 120'000; ++i) table += "Company Number " + std::to_string(i) + " Ltd,T" + std::to_string(i) + ",GB\n";
  scratch.write("many.csv", table);
  const auto done =
      run_program(scratch, {"lexicon", "import", "--from", "csv", scratch.path("many.csv"), "-o", scratch.path("many.tsv")});
  CHECK(done.code == 0);
  CHECK(has(done.err, "wrote 120,000 rows"));
  CHECK(run_program(scratch, {"lexicon", "check", scratch.path("many.tsv")}).code == 0);
}

TEST_CASE("show: an article that cannot be read is an error on standard error, with help") {
  const Scratch scratch;
  scratch.write("a.txt", "text " + std::string(95, '\x02'));
  const auto done = run_program(scratch, {"show", scratch.path("a.txt")});
  CHECK(done.code == 1);
  CHECK(done.out.empty());
  CHECK(has(done.err, "a.txt: error[I003]: binary data, no text: 95 % of it"));
  CHECK(has(done.err, "help: "));
}
