// Rules measure: rules over annotated cases and over the clock, as test, diff and the lock need it.
#include "cli/rules_measure.h"

#include <ctime>

#include <iterator>

#include "pipeline/gold_interval.h"

namespace tearsheet::cli {

std::uint64_t thread_ns() {
  timespec now{};
  ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
  return static_cast<std::uint64_t>(now.tv_sec) * 1'000'000'000u + static_cast<std::uint64_t>(now.tv_nsec);
}

tl::expected<Measured, std::vector<Error>> measure_cases(const std::vector<std::string>& folders, const std::vector<std::string>& paths) {
  Options options;
  options.rules = folders;
  const auto engine = Engine::open(std::move(options));
  if (!engine) return tl::unexpected(std::vector<Error>{engine.error()});
  std::vector<GoldCase> cases;
  for (const std::string& path : paths) {
    auto some = read_cases(path, GoldNames{engine->types(), engine->fields()});
    if (!some) return tl::unexpected(std::move(some.error()));
    std::move(some->begin(), some->end(), std::back_inserter(cases));
  }
  Measured out;
  auto documents = score_documents(*engine, cases);
  if (!documents) return tl::unexpected(std::vector<Error>{documents.error()});
  out.documents = std::move(*documents);
  for (const Scores& one : out.documents) add_scores(out.all, one);
  return out;
}

Lock lock_of(const RuleSet& rules, const std::vector<ExampleResult>& results) {
  Lock lock;
  for (const auto& rule : rules.book->rules()) {
    if (rule->status == Status::off) continue;
    LockedRule& row = lock.rules[rule->id];
    row.version = rule->version;
    row.digest = rule->digest;
    row.examples = rule->examples.size();
    row.rejects = rule->rejects.size();
    row.todo = rule->todo.size();
  }
  for (const ExampleResult& result : results) {
    if (result.mark != '.') continue;
    LockedRule& row = lock.rules[result.rule->id];
    ++(result.example->spans.empty() ? row.rejects_right : row.examples_right);
  }
  return lock;
}

void add_cases(const Measured& measured, Lock& lock) {
  lock.documents = measured.all.documents;
  for (const auto& [type, tally] : measured.all.types) {
    for (std::size_t level = 0; level < kLevels.size(); ++level) lock.f1[type][level] = tally.f1(right_at(tally, level));
  }
  for (auto& [id, row] : lock.rules) {
    const auto hits = measured.all.hits.find(id);
    row.hits = hits == measured.all.hits.end() ? 0 : hits->second;
  }
  for (const auto& [type, rules] : measured.all.calibration) {
    for (const auto& [id, bins] : rules) {
      const auto row = lock.rules.find(id);
      if (row == lock.rules.end()) continue;
      for (const Bin& bin : bins) {
        row->second.found += bin.found;
        row->second.right += bin.right;
      }
    }
  }
}

}  // namespace tearsheet::cli
