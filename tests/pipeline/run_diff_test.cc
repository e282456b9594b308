// Run diff: the quick way, which reads only what changed rules touch, finds what reading everything twice finds.
#include "pipeline/run_diff.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;
using test::Scratch;

namespace {

std::string shown(const SpanChange& change) {
  return std::to_string(static_cast<int>(change.kind)) + " " + change.where.substr(change.where.rfind('/') + 1) + " " + change.type + " " + change.text + " " + change.before + " > " + change.after;
}

/// Every article read by both sets, the plain way.
std::vector<std::string> by_reading_all(const RuleSet& before, const RuleSet& after, const Inputs& corpus) {
  std::vector<std::string> out;
  CorpusOptions one;
  one.jobs = 1;
  Options options;
  options.records = false;
  options.rules = before.book->folders();
  const auto old = Engine::open(options);
  options.rules = after.book->folders();
  const auto now = Engine::open(options);
  REQUIRE(old.has_value());
  REQUIRE(now.has_value());
  REQUIRE(for_each_blob(corpus, one, [&](unsigned, std::size_t, Blob blob) {
            const std::string name = blob.origin.path;
            const Reading a = old->read(blob), b = now->read(blob);
            for (SpanChange& change : changes_of(b.article, a.mentions, b.mentions)) {
              change.where = name;
              out.push_back(shown(change));
            }
            return true;
          }).has_value());
  return out;
}

}  // namespace

TEST_CASE("diff: one changed rule of the shipped set, over the corpus, by both ways") {
  const Scratch scratch;
  const std::string rules = std::string(TEARSHEET_SOURCE_DIR) + "/rules", copy = scratch.path("rules");
  std::filesystem::copy(rules, copy, std::filesystem::copy_options::recursive);
  auto text = file::read(copy + "/percent.yaml")->bytes;
  const std::string before = "prozent)", after = "prozent|points?)";
  REQUIRE(text.find(before) != std::string::npos);
  text.replace(text.find(before), before.size(), after);
  scratch.write("rules/percent.yaml", text);
  const auto old = load_rules({rules}), now = load_rules({copy});
  REQUIRE(old.has_value());
  REQUIRE(now.has_value());
  Inputs corpus;
  corpus.paths = {std::string(TEARSHEET_SOURCE_DIR) + "/corpus"};
  corpus.glob = {"*.txt", "*.md"};
  std::uint64_t ticks = 0;
  const auto diff = diff_rules(*old, *now, corpus, {}, false, [&] { return ticks; });
  REQUIRE(diff.has_value());
  CHECK_FALSE(diff->changed.empty());
  CHECK(std::all_of(diff->changed.begin(), diff->changed.end(), [](const std::string& id) { return id.starts_with("percent."); }));
  CHECK(diff->other.empty());
  CHECK_FALSE(diff->whole);
  CHECK(diff->looked_at < diff->corpus.read);
  CHECK_FALSE(diff->changes.empty());
  std::vector<std::string> quick;
  for (const SpanChange& change : diff->changes) quick.push_back(shown(change));
  auto plain = by_reading_all(*old, *now, corpus);
  std::sort(quick.begin(), quick.end());
  std::sort(plain.begin(), plain.end());
  CHECK(quick == plain);
}

TEST_CASE("diff: a lexicon that readers see makes everything be read") {
  const Scratch scratch;
  const std::string rules = std::string(TEARSHEET_SOURCE_DIR) + "/rules", copy = scratch.path("rules");
  std::filesystem::copy(rules, copy, std::filesystem::copy_options::recursive);
  scratch.write("rules/lexicons/units.tsv", file::read(copy + "/lexicons/units.tsv")->bytes + "zorkmid|zorkmids\tZK\t\t\n");
  scratch.write("a.txt", "The harbour took 12 zorkmids of it on Friday, the firm said.\n");
  const auto old = load_rules({rules}), now = load_rules({copy});
  REQUIRE(now.has_value());
  Inputs corpus;
  corpus.paths = {scratch.path("a.txt")};
  const auto diff = diff_rules(*old, *now, corpus, {}, true, [] { return std::uint64_t{0}; });
  REQUIRE(diff.has_value());
  CHECK(diff->other == std::vector<std::string>{"lexicon units"});
  CHECK(diff->whole);
  REQUIRE(diff->changes.size() == 1);
  CHECK(shown(diff->changes[0]) == "0 a.txt quantity 12 zorkmids  > value=12 unit=ZK");
}
