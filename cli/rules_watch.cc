// Rules watch: at every save check, examples, and what changed on a sample.
#include <fmt/format.h>

#include <chrono>
#include <filesystem>
#include <map>
#include <thread>

#include "base/file.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/stop.h"
#include "cli/terminal.h"
#include "pipeline/run_diff.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"corpus", 0, "PATH", "a sample of articles to compare each save on", {}, true},
                               {"limit", 0, "N", "at most so many of them; default 1000"},
                               {"most", 0, "N", "changes told at a save; default 10"}};
constexpr Usage kUsage = {"",
                          "Looks at the rule folders in use and, at every save, checks them, runs the examples and compares a sample of articles with the last good rules. A broken file is told and the "
                          "last good set stays the one to compare with. Ctrl-C ends it.",
                          kOptions,
                          {{"tearsheet rules watch", "check and examples at every save"}, {"tearsheet rules watch --rules mine --corpus articles/", "what each save does to your articles"}}};

constexpr auto kEvery = std::chrono::milliseconds(200);

/// When the files of the folders were last written, lexicons too.
std::map<std::string, std::filesystem::file_time_type> times_of(const std::vector<std::string>& folders) {
  std::map<std::string, std::filesystem::file_time_type> out;
  for (const std::string& folder : folders) {
    std::error_code error;
    for (auto it = std::filesystem::recursive_directory_iterator(folder, error); !error && it != std::filesystem::recursive_directory_iterator(); it.increment(error)) {
      const auto ending = it->path().extension();
      if (ending == ".yaml" || ending == ".yml" || ending == ".tsv") out[it->path().string()] = it->last_write_time(error);
    }
  }
  return out;
}

class Watch {
 public:
  Watch(const Arguments& arguments, std::vector<std::string> folders) : folders_(std::move(folders)) {
    corpus_.paths = arguments.all("corpus");
    options_.limit = arguments.has("limit") ? std::strtoull(arguments.text("limit").c_str(), nullptr, 10) : 1000;
    most_ = arguments.has("most") ? std::strtoull(arguments.text("most").c_str(), nullptr, 10) : 10;
  }

  void look() {
    auto rules = load_rules(folders_);
    if (!rules) {
      for (const Error& error : rules.error()) say(error);
      print(counted(rules.error().size(), "error") + (good_ ? "; the last good rules stay\n" : "\n"));
      return;
    }
    std::size_t warnings = rules->book->warnings().size(), right = 0, wrong = 0;
    for (const Error& error : rules->book->warnings()) say(error, "warning");
    for (const Finding& finding : check_rules(*rules->extractor)) {
      say(finding.error, finding.warning ? "warning" : "error");
      ++warnings;
    }
    std::string details;
    for (const ExampleResult& result : test_rules(*rules->extractor)) {
      const bool bad = result.mark == 'F' || result.mark == 'M' || result.mark == 'N' || result.mark == 'w';
      right += result.mark == '.' ? 1 : 0;
      wrong += bad ? 1 : 0;
      if (bad) details += fmt::format("{} {}:{} {}: {}\n    {}\n", result.mark, short_path(result.example->place.file), result.example->place.line, result.rule->id, result.example->text, result.detail);
    }
    print(visible(details, true) + fmt::format("{}, {}, examples {} right, {} wrong\n", counted(rules->book->rules().size(), "rule"), counted(warnings, "warning"), right, wrong));
    compare(*rules);
    good_ = std::move(*rules);
  }

 private:
  void compare(const RuleSet& now) {
    if (!good_ || corpus_.paths.empty()) return;
    const auto diff = diff_rules(*good_, now, corpus_, options_, false, thread_ns);
    if (!diff) return say(diff.error());
    std::string out;
    std::array<std::size_t, 3> all{};
    std::size_t told = 0;
    for (const SpanChange& change : diff->changes) {
      ++all[static_cast<std::size_t>(change.kind)];
      if (++told > most_) continue;
      out += fmt::format("  {} {} \"{}\"  {}\n", "+-~"[static_cast<std::size_t>(change.kind)], change.type, visible(change.text), visible(change.context));
    }
    print(out + fmt::format("{} added, {} lost, {} changed in {}\n", all[0], all[1], all[2], counted(diff->corpus.read, "article")));
  }

  std::vector<std::string> folders_;
  Inputs corpus_;
  CorpusOptions options_;
  std::size_t most_ = 10;
  std::optional<RuleSet> good_;
};

}  // namespace

const Usage& rules_watch_usage() { return kUsage; }

int rules_watch(const Arguments& arguments) {
  const auto folders = folders_of(arguments);
  if (!folders) return misuse(folders.error());
  const Stop stop;
  Watch watch(arguments, *folders);
  auto times = times_of(*folders);
  print("watching " + short_path(folders->back()) + "\n");
  watch.look();
  while (!stop.asked()) {
    std::this_thread::sleep_for(kEvery);
    auto now = times_of(*folders);
    if (now == times) continue;
    times = std::move(now);
    print("\n");
    watch.look();
  }
  return kAllRead;
}

}  // namespace tearsheet::cli
