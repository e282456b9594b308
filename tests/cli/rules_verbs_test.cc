// Rules verbs: each as its author calls it: what it prints, what it writes, how it exits.
#include <doctest/doctest.h>

#include <csignal>
#include <filesystem>
#include <thread>

#include "base/file.h"
#include "tests/cli/program.h"

using namespace tearsheet;
using test::count_of;
using test::has;
using test::Outcome;
using test::Process;
using test::Scratch;

namespace {

constexpr std::string_view kRules = R"yaml(schema: 1
pack: mine
version: 1.0.0
macros:
  decimal: '\d+(?:\.\d+)?'
  gap: '\s'
lexicons:
  unit: { file: unit.tsv }
rules:
- id: tons.plain   # the only one
  entity: tons
  pattern: '%{decimal:num}%{gap}%{@unit:unit}'
  emit: { value: number(num), unit: unit }
  examples:
  - { text: 'sold <<5 tons>> of it', want: { value: 5, unit: t } }
)yaml";

struct House {
  Scratch scratch;
  House() {
    scratch.write("mine/a.yaml", std::string(kRules));
    scratch.write("mine/unit.tsv", "surface\tvalue\ntons|tonnes\tt\nbarrels\tbbl\n");
    scratch.write("a.txt", "The mill sold 5 tons of grain and 7 barrels of oil on Friday, the firm said.\n");
    scratch.write("b.txt", "Nothing was sold here, and nobody bought it, the firm said on Monday.\n");
  }
  Outcome run(const std::string& words) const { return Process(scratch, {"/bin/sh", "-c", "cd " + scratch.path() + " && exec " TEARSHEET_PROGRAM " " + words}).wait(); }
};

}  // namespace

TEST_CASE("rules check --fix: mends in the file, and says what it did") {
  const House house;
  house.scratch.write("mine/b.yaml", "pack: mine\nrules:\n- id: b.b\n  entity: x\n  patern: \"[xx]yard\"  # kept\n  examples: ['<<xyard>>']\n");
  const Outcome done = house.run("rules check --no-probe --fix --rules mine");
  CHECK_MESSAGE(done.code == 0, done.err);
  CHECK(house.scratch.read("mine/b.yaml") == "schema: 1\npack: mine\nrules:\n- id: b.b\n  entity: x\n  pattern: '[x]yard'  # kept\n  examples: ['<<xyard>>']\n");
  CHECK(count_of(done.err, "mended ") == 4);
  const Outcome json = house.run("rules check --no-probe --json --rules mine");
  CHECK(json.code == 0);
  CHECK(json.out.empty());
}

TEST_CASE("rules test: the lock is written by --accept and speaks up at a change that nobody accepted") {
  const House house;
  house.scratch.write("cases/a.txt", "It sold 5 tons and 9 tonnes.\n");
  house.scratch.write("cases/a.want.yaml", "schema: 1\ncomplete: [tons]\nmentions:\n- { type: tons, text: 5 tons, want: { value: 5 } }\n- { type: tons, text: 9 tonnes, want: { value: 8 } }\n");
  Outcome done = house.run("rules test --rules mine --cases cases --accept");
  CHECK_MESSAGE(done.code == 0, done.err);
  CHECK(has(done.out, "tons               2      2   100.0 [100.0, 100.0]"));
  const std::string lock = house.scratch.read("mine/rules.lock");
  CHECK(has(lock, "cases: '../cases'\ndocuments: 1\n"));
  CHECK(has(lock, "examples: '1/1', rejects: '0/0', todo: 0, hits: 2, right: '1/2'"));
  CHECK(house.run("rules test --rules mine").code == 0);  // finds the cases by the lock
  // A lexicon row that the rule uses changes; the rule's own text does not.
  house.scratch.write("mine/unit.tsv", "surface\tvalue\ntons\tt\ntonnes\ttonne\nbarrels\tbbl\n");
  done = house.run("rules test --rules mine");
  CHECK(done.code == 1);
  CHECK(has(done.out, "tons.plain: its text or its lexicon rows changed"));
  house.scratch.write("mine/unit.tsv", "surface\tvalue\ntons\tt\nbarrels\tbbl\n");
  done = house.run("rules test --rules mine");
  CHECK(has(done.out, "hits 2 -> 1, right in the cases 1/2 -> 1/1"));
  CHECK(has(done.out, "-"));
  done = house.run("rules test --rules mine --json");
  CHECK(has(done.out, "{\"change\":\"tons.plain: "));
  CHECK(has(done.out, "{\"rule\":\"tons.plain\",\"mark\":\".\""));
  CHECK(has(done.out, "{\"type\":\"tons\",\"overlap\":{"));
  // What fails cannot be accepted.
  house.scratch.write("mine/unit.tsv", "surface\tvalue\nbarrels\tbbl\n");
  CHECK(house.run("rules test --rules mine --accept").code == 1);
}

TEST_CASE("rules explain: by words, by offset, for a rule that found nothing, and as JSON") {
  const House house;
  Outcome done = house.run("rules explain a.txt --words '5 tons' --rules mine");
  CHECK(done.code == 0);
  CHECK(has(done.out, "tons.plain  kept  [14,20] \"5 tons\""));
  CHECK(has(done.out, "num=\"5\" unit=\"tons\""));
  CHECK(has(house.run("rules explain a.txt:14 --rules mine").out, "tons.plain  kept"));
  done = house.run("rules explain b.txt --rule tons --rules mine");
  CHECK(done.code == 1);
  CHECK(has(done.err, "no rule has anything to say there"));
  house.scratch.write("c.txt", "It sold 12 tones in all.\n");
  done = house.run("rules explain c.txt --rule tons --rules mine");
  CHECK(has(done.out, "tons.plain  no match: 2 of 3 parts stand there"));
  CHECK(has(done.out, "expected  %{@unit:unit}\n  found     \"tones in all.\""));
  CHECK(has(house.run("rules explain c.txt --rule tons --json --rules mine").out, "\"outcome\":\"no match\",\"pattern\":0,\"matched\":2,\"parts\":3,\"expected\":\"%{@unit:unit}\""));
}

TEST_CASE("rules diff: folders and git revisions, as text, JSON and Markdown") {
  const House house;
  const auto git = [&](const std::string& words) { return Process(house.scratch, {"/bin/sh", "-c", "cd " + house.scratch.path() + " && git -c user.name=a -c user.email=a@b.c " + words + " >/dev/null 2>&1"}).wait().code; };
  REQUIRE(git("init -q") == 0);
  REQUIRE(git("add mine") == 0);
  REQUIRE(git("commit -q -m one") == 0);
  CHECK(house.run("rules diff --rules mine --corpus a.txt").code == 0);
  std::string changed(kRules);
  changed.replace(changed.find("%{@unit:unit}"), 13, "(?P<unit>barrels|tons of grain)");
  house.scratch.write("mine/a.yaml", changed);
  Outcome done = house.run("rules diff --rules mine --corpus a.txt --corpus b.txt");
  CHECK(done.code == 1);
  CHECK(has(done.out, "rules that say something else: tons.plain\n"));
  CHECK(has(done.out, "~ a.txt [14,29] tons \"5 tons of grain\""));
  CHECK(has(done.out, "was \"5 tons\" value=5 unit=t  by tons.plain"));
  CHECK(has(done.out, "0 added, 0 lost, 2 changed in 2 articles"));
  CHECK(has(done.out, "1 read by both"));
  CHECK(has(house.run("rules diff --rules mine --corpus a.txt --json").out, "\"changed_rules\":[\"tons.plain\"],\"articles\":1"));
  CHECK(has(house.run("rules diff --rules mine --corpus a.txt --as markdown").out, "| changed | a.txt | tons | 5 tons of grain |"));
  // The working tree and the index stay as they were.
  CHECK(house.scratch.read("mine/a.yaml") == changed);
  CHECK(git("diff --cached --quiet") == 0);
  house.scratch.write("old/a.yaml", std::string(kRules));
  house.scratch.write("old/unit.tsv", "surface\tvalue\ntons|tonnes\tt\nbarrels\tbbl\n");
  CHECK(has(house.run("rules diff old mine --corpus a.txt").out, "old -> mine\n"));
  CHECK(house.run("rules diff nowhere --rules mine").code == 2);
}

TEST_CASE("rules stats and profile: what each rule finds and costs") {
  const House house;
  std::string more(kRules);
  more += "- { id: num.plain, entity: num, pattern: '\\d+', examples: ['<<5>>'] }\n- { id: dead.one, entity: x, pattern: 'zebra', examples: ['<<zebra>>'] }\n";
  house.scratch.write("mine/a.yaml", more);
  Outcome done = house.run("rules stats a.txt b.txt --rules mine");
  CHECK(done.code == 0);
  CHECK(has(done.out, "tons.plain                             2       2       0         2\n    won from num.plain 2\n"));
  CHECK(has(done.out, "num.plain                              2       0       0         2\n    stopped by conflict 2\n    lost to tons.plain 2\n"));
  CHECK(has(done.out, "keep nothing here: dead.one, num.plain\n"));
  CHECK(house.run("rules stats a.txt --dead --rules mine").code == 1);
  CHECK(has(house.run("rules stats a.txt --json --rule tons --rules mine").out, "{\"rule\":\"tons.plain\",\"hits\":2,\"kept\":2"));
  done = house.run("rules profile a.txt b.txt --rules mine --json");
  CHECK(done.code == 0);
  CHECK(count_of(done.out, "\"ns_per_byte\":") == 3);
  CHECK(has(done.out, "{\"rule\":\"num.plain\",\"share\":"));
  CHECK(house.run("rules profile a.txt --budget 0 --rules mine").code == 1);
  CHECK(house.run("rules profile a.txt --budget 100000000 --rules mine").code == 0);
  CHECK(house.run("rules profile a.txt --budget dear --rules mine").code == 2);
}

TEST_CASE("rules fmt: --check tells, without it the file is laid out and its comments stay") {
  const House house;
  house.scratch.write("mine/b.yaml", "schema: 1\npack: mine\nrules:\n- id: b\n  pattern: \"b\"   # why\n  entity: x   \n");
  CHECK(house.run("rules fmt --check mine").out == "would change mine/b.yaml\n");
  CHECK(house.run("rules fmt --check mine").code == 1);
  CHECK(house.run("rules fmt mine").code == 0);
  CHECK(house.scratch.read("mine/b.yaml") == "schema: 1\npack: mine\nrules:\n- id: b\n  entity: x\n  pattern: 'b'   # why\n");
  CHECK(house.run("rules fmt --check mine").code == 0);
}

TEST_CASE("rules new: proposes, shows the hits, and writes only when asked") {
  const House house;
  Outcome done = house.run("rules new --entity grain --from 'sold <<5 tons of grain>> today' --corpus a.txt --rules mine");
  CHECK_MESSAGE(done.code == 0, done.err);
  CHECK(has(done.out, "  pattern: '%{decimal:num}%{gap}%{@unit:unit}%{gap}of%{gap}grain'\n"));
  CHECK(has(done.out, "reads its own example\n"));
  CHECK(has(done.out, "+ grain \"5 tons of grain\""));
  CHECK(house.scratch.read("mine/a.yaml") == kRules);
  CHECK(house.run("rules new --entity grain --from '<<5 tons of grain>>' --rules mine --write mine/a.yaml").code == 0);
  CHECK(has(house.scratch.read("mine/a.yaml"), "- id: grain.plain\n  entity: grain\n"));
  CHECK(has(house.scratch.read("mine/a.yaml"), "- id: tons.plain   # the only one\n"));
  // A file that is not there begins a pack over the one used.
  CHECK(house.run("rules new --entity oil --from '<<7 barrels of oil>>' --rules mine --write own/oil.yaml").code == 0);
  CHECK(has(house.scratch.read("own/oil.yaml"), "pack: 'own'\nversion: 0.1.0\nextends: 'mine'\n"));
  CHECK(has(house.run("extract --by mention --quiet a.txt --type oil --rules mine --rules own").out, "\"text\":\"7 barrels of oil\""));
}

TEST_CASE("rules fix: the smallest change that makes a wish true, and nothing written before --apply") {
  const House house;
  Outcome done = house.run("rules fix a.txt --words barrels unit=barrel --corpus a.txt --rules mine");
  CHECK(done.code == 1);  // barrels is its row's only surface
  CHECK(has(done.err, "no small change makes that true"));
  house.scratch.write("mine/unit.tsv", "surface\tvalue\ntons|tonnes\tt\nbarrels|bbls\tbbl\n");
  done = house.run("rules fix a.txt --words barrels unit=t --corpus a.txt --rules mine");
  CHECK(has(done.out, "1. the surface barrels in the row t of unit.tsv\n   mine/unit.tsv: tons|tonnes|barrels t\n   effect: 1 mention in 1 article\n"));
  CHECK(has(house.scratch.read("mine/unit.tsv"), "barrels|bbls\tbbl\n"));
  CHECK(house.run("rules fix a.txt --words barrels unit=t --apply 1 --rules mine").code == 0);
  CHECK(house.scratch.read("mine/unit.tsv") == "surface\tvalue\ntons|tonnes|barrels\tt\nbbls\tbbl\n");
  // A near miss: the lexicon lacks the word.
  house.scratch.write("c.txt", "It sold 12 casks in all.\n");
  done = house.run("rules fix c.txt --words casks unit=cask --apply 1 --rules mine");
  CHECK_MESSAGE(done.code == 0, done.err);
  CHECK(has(house.scratch.read("mine/unit.tsv"), "\ncasks\tcask\n"));
  // Nothing should be found: an unless.
  done = house.run("rules fix a.txt --words '5 tons' none --apply 1 --rules mine");
  CHECK_MESSAGE(has(done.out, "1. tons.plain unless preceded by 'sold'\n") == false, "the example would break");
  CHECK(house.run("rules fix a.txt --words Friday unit=t --rules mine").code == 1);
}

TEST_CASE("rules watch: a broken save is told and the last good rules stay") {
  const House house;
  Process watch(house.scratch, {"/bin/sh", "-c", "cd " + house.scratch.path() + " && exec " TEARSHEET_PROGRAM " rules watch --rules mine --corpus a.txt"});
  const auto wait_for = [&](const std::string& words) {
    for (int i = 0; i < 200; ++i) {
      std::string all;
      for (const auto& entry : std::filesystem::directory_iterator(house.scratch.path())) {
        if (entry.path().extension() == ".out") all += file::read(entry.path().string())->bytes;
      }
      if (has(all, words)) return true;
      std::this_thread::sleep_for(std::chrono::milliseconds(50));
    }
    return false;
  };
  CHECK(wait_for("examples 1 right, 0 wrong"));
  house.scratch.write("mine/a.yaml", "schema: 1\npack: mine\nrules: [\n");
  CHECK(wait_for("the last good rules stay"));
  std::string changed(kRules);
  changed.replace(changed.find("%{@unit:unit}"), 13, "(?P<unit>barrels)");
  house.scratch.write("mine/a.yaml", changed);
  CHECK(wait_for("0 added, 1 lost, 1 changed in 1 article"));
  ::kill(watch.id(), SIGINT);
  CHECK(watch.wait().code == 0);
}

TEST_CASE("packs: an overlay stands on the shipped rules and changes single things of them, settings too") {
  const House house;
  house.scratch.write("own/own.yaml", "schema: 1\npack: own\nversion: 2.0.0\nextends: core-en\nchange:\n  money.sign: { status: 'off' }\n");
  house.scratch.write("own/records.yaml", "kind: records\nversion: 2.0.0\nrules:\n- { id: flow.spend, status: 'off' }\n");
  house.scratch.write("own/tidy.yaml", "kind: tidy\nmarks:\n- { id: own.advice, use: boilerplate, pattern: 'investors should ask' }\n");
  house.scratch.write("c.txt", "Toyota Motor spent 245 million dollars on robots last year, it said.\n\nInvestors should ask their bank about $5 million of it.\n");
  const Outcome shipped = house.run("extract --quiet c.txt"), own = house.run("extract --quiet c.txt --rules own --with blocks");
  CHECK(has(shipped.out, "\"kind\":\"flow\""));
  CHECK_MESSAGE(own.code == 0, own.err);
  CHECK_FALSE(has(own.out, "\"kind\":\"flow\""));
  CHECK(has(own.out, "\"rule\":\"money.after@1.0.0#"));
  CHECK_FALSE(has(own.out, "money.sign@"));
  CHECK(has(own.out, "\"use\":\"boilerplate\""));
}

TEST_CASE("packs: a changed lexicon row changes the rules that use it and no others") {
  const House house;
  const auto hashes = [&] { return house.run("rules show --json --rules mine").out; };
  std::string more(kRules);
  more += "- { id: oil.only, entity: oil, pattern: '\\d+ %{@unit[value=bbl]:unit}', examples: ['<<7 barrels>>'] }\n";
  house.scratch.write("mine/a.yaml", more);
  const std::string before = hashes();
  house.scratch.write("mine/unit.tsv", "surface\tvalue\ntons|tonnes|tonner\tt\nbarrels\tbbl\n");
  const std::string after = hashes();
  const auto hash_of = [](const std::string& text, const std::string& id) {
    const auto at = text.find("\"name\":\"" + id + "@");
    REQUIRE(at != std::string::npos);
    return text.substr(text.find('#', at), 5);
  };
  CHECK(hash_of(before, "tons.plain") != hash_of(after, "tons.plain"));
  CHECK(hash_of(before, "oil.only") == hash_of(after, "oil.only"));
}
