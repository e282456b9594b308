// Run fetch, garbage: old days of output and archive go, and state that nothing refers to.
#include <algorithm>
#include <filesystem>
#include <map>

#include "pipeline/run_fetch_report.h"

namespace tearsheet {

namespace {

namespace fs = std::filesystem;

bool is_day(std::string_view name) {
  if (name.size() != 10 || name[4] != '-' || name[7] != '-') return false;
  return Date::parse_iso(name).has_value();
}

struct Day {
  std::vector<fs::path> paths;
  std::uint64_t bytes = 0;
};

std::uint64_t size_of(const fs::path& path) {
  std::error_code error;
  if (!fs::is_directory(path, error)) {
    const auto size = fs::file_size(path, error);
    return error ? 0 : size;
  }
  std::uint64_t sum = 0;
  for (const auto& entry : fs::recursive_directory_iterator(path, error)) {
    std::error_code ignored;
    if (entry.is_regular_file(ignored)) sum += entry.file_size(ignored);
  }
  return sum;
}

/// Our own days in a folder: "2026-11-22.jsonl", the folder "2026-11-22".
void add_days(const std::string& folder, std::map<std::string, Day>& days) {
  std::error_code error;
  for (const auto& entry : fs::directory_iterator(folder, error)) {
    const std::string name = entry.path().filename().string();
    const std::string day = name.substr(0, 10);
    std::error_code ignored;
    const bool is_ours = is_day(day) && (entry.is_directory(ignored) ? name.size() == 10 : name == day + ".jsonl");
    if (!is_ours) continue;
    days[day].paths.push_back(entry.path());
    days[day].bytes += size_of(entry.path());
  }
}

std::uint64_t total(const std::map<std::string, Day>& days) {
  std::uint64_t sum = 0;
  for (const auto& [name, day] : days) sum += day.bytes;
  return sum;
}

Result<void> remove_day(const Day& day, bool dry_run, GcResult& result) {
  for (const fs::path& path : day.paths) {
    std::error_code error;
    if (!dry_run) fs::remove_all(path, error);
    if (error) return fail("S001", "cannot remove " + path.string() + ": " + error.message(), "check its permissions");
    result.removed.push_back(path.string());
  }
  result.freed_bytes += day.bytes;
  return {};
}

}  // namespace

Result<GcResult> collect_garbage(const FeedList& list, Seen& seen, const GcOptions& options, std::int64_t now_ms) {
  GcResult result;
  const std::string today = utc_day(now_ms);
  std::map<std::string, Day> output, archive;
  add_days(list.resolved(list.output), output);
  add_days(list.resolved(list.archive), archive);
  const std::string oldest_kept =
      options.keep_s > 0 ? utc_day(std::max<std::int64_t>(0, now_ms - options.keep_s * 1000)) : std::string();
  for (auto* days : {&archive, &output}) {
    for (auto day = days->begin(); day != days->end() && day->first < oldest_kept && day->first < today; day = days->erase(day))
      if (auto done = remove_day(day->second, options.dry_run, result); !done) return tl::unexpected(done.error());
  }
  // The archive is the larger and can be fetched again at need; readings are the work itself and go last.
  for (auto* days : {&archive, &output}) {
    while (options.budget_bytes > 0 && !days->empty() && days->begin()->first < today &&
           total(archive) + total(output) > options.budget_bytes) {
      if (auto done = remove_day(days->begin()->second, options.dry_run, result); !done) return tl::unexpected(done.error());
      days->erase(days->begin());
    }
  }
  result.left_bytes = total(archive) + total(output);
  if (options.dry_run) return result;
  auto pruned = seen.prune(now_ms / 1000 - options.prune_s);
  if (!pruned) return tl::unexpected(std::move(pruned.error()));
  result.pruned_rows = *pruned;
  if (auto done = seen.commit(); !done) return tl::unexpected(done.error());
  return result;
}

}  // namespace tearsheet
