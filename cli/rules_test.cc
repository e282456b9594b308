// Rules test: examples, guard coverage, annotated cases, and what changed since the lock.
#include <fmt/format.h>

#include <filesystem>
#include <map>

#include "base/file.h"
#include "base/json.h"
#include "cli/reading_options.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"
#include "pipeline/gold_interval.h"
#include "pipeline/rule_lock.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"show", 0, "", "what was expected and what came, for each example and each annotated mention that is not right"},
                               {"coverage", 0, "", "each guard with the number of rejects that it stops; without it only those that stop none"},
                               {"cases", 0, "PATH", "annotated cases to measure on; default: those that rules.lock names"},
                               {"no-cases", 0, "", "examples only"},
                               {"accept", 0, "", "write rules.lock: what the rules do now is what they should do"},
                               {"json", 0, "", "one JSON object a line: an example, a guard, a type, a change"}};
constexpr Usage kUsage = {
    "[ID...]",
    "Runs the examples, rejects and todos that rules carry, over all rules at once. One character each: . right, F wrong span or value, M missing, N noisy, w stopped by another guard than the file "
    "says, t todo, T todo that now passes. Then tells guards that no reject exercises, and with annotated cases how many mentions are right at four levels (overlap: some of the words; strict: exactly "
    "the words; value: every field given; whole: both), each with its 95 % interval and the change since rules.lock. With ID only rules whose id begins so. A difference from rules.lock that nobody "
    "accepted is a finding: exit 1.",
    kOptions,
    {{"tearsheet rules test --show money", "the rules of money, differences in full"}, {"tearsheet rules test --cases corpus --accept", "measure on corpus/ and write rules.lock"}}};

std::string example_json(const ExampleResult& result) {
  std::string out = "{\"rule\":";
  json::append_string(out, result.rule->id);
  out += ",\"mark\":";
  json::append_string(out, std::string(1, result.mark));
  out += ",\"text\":";
  json::append_string(out, result.example->text);
  out += ",\"file\":";
  json::append_string(out, result.example->place.file);
  out += fmt::format(",\"line\":{},\"detail\":", result.example->place.line);
  json::append_string(out, result.detail);
  return out + "}\n";
}

/// Everything one run has measured and says.
class Run {
 public:
  Run(const Arguments& arguments, const RuleSet& rules) : arguments_(arguments), rules_(rules), json_(arguments.has("json")) {}

  int all() {
    const std::string folder = rules_.book->folders().back();
    lock_file_ = (std::filesystem::path(folder) / "rules.lock").string();
    examples();
    guards();
    if (!read_old() || !cases()) return kMisuse;
    if (arguments_.has("accept")) return accept();
    changes();
    return bad_ > 0 || !changes_.empty() ? kSomeFailed : kAllRead;
  }

 private:
  bool wanted(const Rule& rule) const { return is_wanted(rule, arguments_.paths()); }

  void examples() {
    results_ = test_rules(*rules_.extractor);
    std::map<char, std::uint64_t> marks;
    std::string line, details;
    for (const ExampleResult& result : results_) {
      if (!wanted(*result.rule)) continue;
      ++marks[result.mark];
      if (json_) print(example_json(result));
      line += result.mark;
      if (result.mark == '.' || result.mark == 't') continue;
      const Place& place = result.example->place;
      details += fmt::format("{} {}:{} {}: {}\n    {}\n", result.mark, place.file, place.line, result.rule->id, result.example->text, result.detail);
    }
    for (const char mark : {'F', 'M', 'N', 'w'}) bad_ += marks[mark];
    if (json_) return;
    std::string out;
    for (std::size_t at = 0; at < line.size(); at += 100) out += line.substr(at, 100) + "\n";
    if (arguments_.has("show")) out += visible(details, true);
    out += fmt::format("{} right, {} wrong, {} todo, {} todo that now pass\n", marks['.'], bad_, marks['t'], marks['T']);
    if (bad_ > 0 && !arguments_.has("show")) out += "`tearsheet rules test --show` says what was expected and what came\n";
    print(out);
  }

  void guards() {
    std::size_t all = 0, met = 0;
    std::string lines;
    for (const GuardCoverage& guard : guard_coverage(*rules_.book, results_)) {
      if (!wanted(*guard.rule)) continue;
      ++all;
      met += guard.stops > 0 ? 1 : 0;
      if (json_) {
        std::string out = "{\"guard\":";
        json::append_string(out, guard.guard);
        out += ",\"rule\":";
        json::append_string(out, guard.rule->id);
        out += ",\"file\":";
        json::append_string(out, guard.place.file);
        print(out + fmt::format(",\"line\":{},\"stops\":{}}}\n", guard.place.line, guard.stops));
      }
      if (guard.stops == 0 || arguments_.has("coverage")) lines += fmt::format("  {:3} {}:{} {} of {}\n", guard.stops, guard.place.file, guard.place.line, guard.guard, guard.rule->id);
    }
    if (json_ || all == 0) return;
    const bool told = arguments_.has("coverage");
    print(fmt::format("guards: {} of {} stop a reject\n", met, all) + (told || (met < all && all - met <= 20) ? lines : std::string()));
    if (!told && all - met > 20) print("`tearsheet rules test --coverage` lists those that stop none\n");
  }

  bool read_old() {
    std::error_code ignored;
    if (!std::filesystem::exists(lock_file_, ignored)) return true;
    const auto contents = file::read(lock_file_);
    auto lock = contents ? read_lock(contents->bytes, lock_file_) : tl::unexpected(contents.error());
    if (lock) old_ = std::move(*lock);
    if (!lock && arguments_.has("accept")) return true;  // it is written anew
    if (!lock) say(lock.error());
    return lock.has_value();
  }

  /// Where the cases are: --cases, else what the lock says, from its own folder.
  std::string cases_path() const {
    if (arguments_.has("no-cases")) return {};
    if (arguments_.has("cases")) return arguments_.text("cases");
    if (!old_ || old_->cases.empty()) return {};
    return (std::filesystem::path(lock_file_).parent_path() / old_->cases).lexically_normal().string();
  }

  bool cases() {
    now_ = lock_of(rules_, results_);
    const std::string path = cases_path();
    if (path.empty()) return true;
    auto measured = measure_cases(rules_.book->folders(), {path});
    if (!measured) {
      for (const Error& error : measured.error()) say(error);
      return false;
    }
    std::error_code ignored;
    const auto lock_folder = std::filesystem::weakly_canonical(std::filesystem::path(lock_file_).parent_path(), ignored);
    now_.cases = std::filesystem::weakly_canonical(path, ignored).lexically_relative(lock_folder).string();
    add_cases(*measured, now_);
    const TypeEstimates estimates = estimates_of(measured->documents);
    if (json_) {
      for (const auto& [type, levels] : estimates) print(type_json(type, levels));
    } else {
      print(table(*measured, estimates));
    }
    if (arguments_.has("show") && !json_) print(differences(measured->all));
    return true;
  }

  std::string delta(const std::string& type, std::size_t level, double f1) const {
    const auto known = old_ ? old_->f1.find(type) : decltype(old_->f1.end())();
    if (!old_ || known == old_->f1.end() || old_->cases != now_.cases) return {};
    const double change = f1 - known->second[level];
    return change < 0.005 && change > -0.005 ? std::string() : fmt::format(" {:+.2f}", change);
  }

  std::string table(const Measured& measured, const TypeEstimates& estimates) const {
    std::string out = fmt::format("\nF1 over {} in {}, with its 95 % interval{}\n{:14}{:>6}{:>7}", counted(measured.all.documents, "document"), now_.cases, old_ ? " and the change since the lock" : "", "", "gold", "found");
    for (const std::string_view level : kLevels) out += fmt::format("   {:<26}", level);
    out += "\n";
    for (const auto& [type, levels] : estimates) {
      const Tally& tally = measured.all.types.at(type);
      out += fmt::format("{:14}{:6}{:7}", type, tally.gold, tally.found);
      for (std::size_t i = 0; i < levels.size(); ++i) {
        out += fmt::format("   {:<26}", fmt::format("{:5.1f} [{:.1f}, {:.1f}]{}", levels[i].f1.percent, levels[i].f1.low, levels[i].f1.high, delta(type, i, levels[i].f1.percent)));
      }
      out += "\n";
    }
    return out;
  }

  static std::string type_json(const std::string& type, const std::array<LevelEstimate, 4>& levels) {
    std::string out = "{\"type\":";
    json::append_string(out, type);
    const auto one = [](const Estimate& e) { return fmt::format("[{:.2f},{:.2f},{:.2f}]", e.percent, e.low, e.high); };
    for (std::size_t i = 0; i < levels.size(); ++i) {
      out += fmt::format(",\"{}\":{{\"precision\":{},\"recall\":{},\"f1\":{}}}", kLevels[i], one(levels[i].precision), one(levels[i].recall), one(levels[i].f1));
    }
    return out + "}\n";
  }

  static std::string differences(const Scores& scores) {
    std::string out;
    for (const Difference& one : scores.differences) out += fmt::format("{:10} {:12} {:32} {}\n", one.kind, one.type, one.where, visible(one.what));
    return out;
  }

  void changes() {
    if (!old_) return;
    Lock old = *old_;
    if (!arguments_.paths().empty()) {
      const auto other = [&](const auto& row) { return !std::any_of(arguments_.paths().begin(), arguments_.paths().end(), [&](const std::string& id) { return row.first == id || row.first.starts_with(id + "."); }); };
      std::erase_if(old.rules, other);
      std::erase_if(now_.rules, other);
    }
    if (cases_path().empty()) old.cases = now_.cases = "";
    changes_ = changes_since(old, now_);
    for (const std::string& change : changes_) {
      if (!json_) {
        print((&change == &changes_.front() ? "\nchanged since " + short_path(lock_file_) + ":\n  " : "  ") + change + "\n");
        continue;
      }
      std::string out = "{\"change\":";
      json::append_string(out, change);
      print(out + "}\n");
    }
    if (!changes_.empty()) say("`tearsheet rules test --accept` writes " + short_path(lock_file_) + " anew, if this is what was meant");
  }

  int accept() {
    if (!arguments_.paths().empty()) return misuse(Error{"U008", "--accept takes all rules, not some", {}, "leave out the ids", {}});
    if (bad_ > 0) {
      say(Error{"K002", "examples fail, so nothing was accepted", {}, "mend them, or make them a todo", {}});
      return kSomeFailed;
    }
    for (const Speed& speed : probe_rules(*rules_.book, thread_ns)) {
      double& slowest = now_.rules[speed.rule->id].mb_per_s;
      slowest = slowest <= 0 ? speed.mb_per_s() : std::min(slowest, speed.mb_per_s());
    }
    if (auto done = file::write_atomic(lock_file_, to_text(now_)); !done) return misuse(done.error());
    say("wrote " + short_path(lock_file_));
    return kAllRead;
  }

  const Arguments& arguments_;
  const RuleSet& rules_;
  bool json_;
  std::string lock_file_;
  std::vector<ExampleResult> results_;
  std::optional<Lock> old_;
  Lock now_;
  std::vector<std::string> changes_;
  std::uint64_t bad_ = 0;
};

}  // namespace

const Usage& rules_test_usage() { return kUsage; }

int rules_test(const Arguments& arguments) {
  const auto rules = load_told(arguments);
  if (!rules || !all_known(*rules->book, arguments.paths())) return kMisuse;
  return Run(arguments, *rules).all();
}

}  // namespace tearsheet::cli
