// Fetch: the cron job: poll feeds, keep what is new, extract it.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <optional>

#include "base/file.h"
#include "base/lock_file.h"
#include "cli/command.h"
#include "cli/fetch_options.h"
#include "cli/reading_options.h"
#include "cli/stop.h"
#include "cli/terminal.h"
#include "pipeline/engine.h"
#include "pipeline/run_fetch.h"
#include "pipeline/run_fetch_report.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {
    kFeedsOption,
    kStateOption,
    {"output", 'o', "FOLDER", "readings go to FOLDER/2026-11-22.jsonl, a file a day; default out beside the list"},
    {"archive", 0, "FOLDER", "what was fetched goes to FOLDER/2026-11-22/00000.warc.gz; default archive beside the list"},
    {"no-archive", 0, "", "keep no copy of what was fetched"},
    {"as", 0, "KIND", "jsonl: a file a day (default); sqlite: one database, FOLDER/readings.db", "jsonl,sqlite"},
    {"by", 0, "WHAT", "one line each article (default), mention or record", "article,mention,record"},
    {"with", 0, "PARTS", "add the text, the body (a reader's article) or the blocks", "text,body,blocks", true},
    kContactOption,
    {"all", 0, "", "poll every feed now, due or not"},
    {"first-run", 0, "WHAT", "articles that a new feed already shows: fetch them (default), or baseline: only know them",
     "fetch,baseline"},
    {"deadline", 0, "TIME", "start nothing new after so long: 10m. What is left comes first in the next run"},
    {"fail-if", 0, "N", "exit 1 only if more than N feeds failed, or more than N% of those polled; default 20%"},
    {"summary", 0, "FILE", "write what the run did as JSON; - is standard output"},
    {"metrics", 0, "FILE", "write metrics for Prometheus' textfile collector"},
    kPrivateOption,
    {"parallel", 0, "N", "requests at a time, over all hosts; default 32"},
    {"timeout", 0, "TIME", "give up an answer after so long; default 60s"},
    {"rotate", 0, "SIZE", "begin a new archive file after so much; default 1GB"},
    {"jobs", 'j', "N", "threads that read pages; default all cores"},
    {"verbose", 'v', "", "say each failure and what the run did, also where all is well"},
    {"quiet", 'q', "", "say nothing but why the exit code is not 0"},
};

constexpr Usage kUsage = {"",
                          "Polls the feeds that are due, fetches the articles that are new, keeps what was fetched in a WARC "
                          "archive, reads it as `extract` does and "
                          "appends the readings. Made for cron: silent where all is well, one run at a time (exit 75 where "
                          "another holds the lock), killed at any moment "
                          "it loses nothing and doubles nothing. Asks robots.txt, leaves a second between two requests to a "
                          "host, and says who it is: `contact` must be "
                          "set in the list. docs/feeds.md is the way in.",
                          kOptions,
                          {{"tearsheet fetch --feeds /etc/tearsheet/feeds.yaml --deadline 10m", "what a crontab holds"},
                           {"tearsheet fetch --all --verbose", "every feed now, and what came of it"}}};

constexpr Option kGcOptions[] = {
    kFeedsOption,
    kStateOption,
    {"output", 'o', "FOLDER", "where the readings lie; default out beside the list"},
    {"archive", 0, "FOLDER", "where the archive lies; default archive beside the list"},
    {"keep", 0, "TIME", "remove days of output and archive that are older: 365d"},
    {"budget", 0, "SIZE", "remove the oldest days, the archive's first, until both fit: 50GB"},
    {"dry-run", 0, "", "only say what would go"},
    {"quiet", 'q', "", "no list of what went"},
};
constexpr Usage kGcUsage = {"",
                            "Removes old days of readings and of the archive, and what the state knows of items that their feeds "
                            "have not shown for 90 days. Today's "
                            "files stay, and so does everything that does not look like a day of our own.",
                            kGcOptions,
                            {{"tearsheet fetch gc --keep 365d --budget 50GB", "a year, and not more than 50 GB"},
                             {"tearsheet fetch gc --keep 90d --dry-run", "what would go"}}};

struct FailIf {
  double limit = 20;
  bool percent = true;
};

Result<FailIf> fail_if_of(const Arguments& arguments) {
  FailIf out;
  if (!arguments.has("fail-if")) return out;
  std::string text = arguments.text("fail-if");
  out.percent = text.ends_with('%');
  if (out.percent) text.pop_back();
  const auto value = Decimal::parse(text);
  if (!value || value->approximate() < 0)
    return fail("U002", "--fail-if cannot be '" + arguments.text("fail-if") + "'", "a count or a share, as 10 or 20%");
  out.limit = value->approximate();
  return out;
}

bool exceeds(const FailIf& fail_if, const FetchSummary& summary) {
  const auto failed = static_cast<double>(summary.failed);
  if (!fail_if.percent) return failed > fail_if.limit;
  return summary.due > 0 && failed * 100 / static_cast<double>(summary.due) > fail_if.limit;
}

Result<std::uint32_t> number_option(const Arguments& arguments, const std::string& name, std::uint32_t otherwise,
                                    std::uint32_t most) {
  if (!arguments.has(name)) return otherwise;
  const std::string text = arguments.text(name);
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || end != text.data() + text.size() || value == 0 || value > most)
    return fail("U002", "--" + name + " cannot be '" + text + "'", fmt::format("a number, 1 to {}", most));
  return value;
}

Result<FetchOptions> options_of(const Arguments& arguments) {
  FetchOptions options;
  if (arguments.has("as")) options.as = arguments.text("as");
  const std::string by = arguments.text("by");
  options.sink.by = by == "mention" ? By::mention : by == "record" ? By::record : By::article;
  for (const std::string& part : arguments.list("with")) {
    options.sink.with_text |= part == "text";
    options.sink.with_body |= part == "body";
    options.sink.with_blocks |= part == "blocks";
  }
  options.baseline = arguments.text("first-run") == "baseline";
  options.all = arguments.has("all");
  options.archive = !arguments.has("no-archive");
  options.allow_private = arguments.has("allow-private");
  options.now_ms = clock_ms;
  auto deadline = seconds_option(arguments, "deadline");
  if (!deadline) return tl::unexpected(deadline.error());
  options.deadline_s = *deadline;
  auto timeout = seconds_option(arguments, "timeout");
  if (!timeout) return tl::unexpected(timeout.error());
  if (*timeout > 0) options.timeout_ms = static_cast<std::uint32_t>(std::min<std::int64_t>(*timeout, 3600) * 1000);
  auto parallel = number_option(arguments, "parallel", 32, 32);
  if (!parallel) return tl::unexpected(parallel.error());
  options.parallel = *parallel;
  auto jobs = number_option(arguments, "jobs", 0, 1024);
  if (!jobs) return tl::unexpected(jobs.error());
  options.jobs = *jobs;
  if (arguments.has("rotate")) {
    const auto size = size_from(arguments.text("rotate"));
    if (!size) return fail("U002", "--rotate cannot be '" + arguments.text("rotate") + "'", "a size as 500MB or 1GB");
    options.rotate_bytes = *size;
  }
  return options;
}

/// What an operator should hear of once, whatever else is quiet.
bool is_change(const Error& error) { return error.code == "I070" || error.code == "I071"; }

void say_line(const std::string& where, const Error& error) {
  say(where + ": " + (is_change(error) ? "note" : "failed") + "[" + error.code + "]: " + error.what);
}

void say_summary(const FetchSummary& summary) {
  std::string line = fmt::format("polled {}: {} updated, {} unchanged, {} failed", counted(summary.due, "feed"), summary.updated,
                                 summary.unchanged, summary.failed);
  if (summary.deferred > 0) line += fmt::format(", {} put off", summary.deferred);
  say(line);
  line = fmt::format("read {}, {} new; {}, {}", counted(summary.read, "article"), counted(summary.items_new, "item"),
                     counted(summary.mentions, "mention"), counted(summary.records, "record"));
  if (summary.items_baseline > 0) line += fmt::format("; {} only known (baseline)", summary.items_baseline);
  if (summary.pages_failed > 0) line += fmt::format("; {} not read", counted(summary.pages_failed, "page"));
  if (summary.pending > 0) line += fmt::format("; {} wait for the next run", summary.pending);
  say(line);
  if (summary.recovered) say("the run before did not end cleanly: what it had not confirmed was cut off and done again");
}

int write_reports(const Arguments& arguments, const FetchSummary& summary, Seen& seen) {
  int code = kAllRead;
  const auto write = [&](const std::string& path, const std::string& text) {
    if (path == "-") {
      if (!print(text)) code = kSomeFailed;
      return;
    }
    if (auto done = file::write_atomic(path, text); !done) {
      say(done.error());
      code = kSomeFailed;
    }
  };
  if (arguments.has("summary")) write(arguments.text("summary"), summary_json(summary));
  if (arguments.has("metrics")) write(arguments.text("metrics"), metrics_text(summary, seen.feeds(), clock_ms() / 1000));
  return code;
}

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}

int failed(const Error& error) {
  say(error);
  return error.code == "F006" ? kTryLater : kSomeFailed;
}

/// The folder of the state, so that the lock has a place.
void make_folder_of(const std::string& path) {
  std::error_code ignored;
  const auto folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) std::filesystem::create_directories(folder, ignored);
}

}  // namespace

const Usage& fetch_usage() { return kUsage; }
const Usage& fetch_gc_usage() { return kGcUsage; }

int fetch(const Arguments& arguments) {
  if (!arguments.paths().empty())
    return misuse(Error{"U002",
                        "fetch takes no arguments, but '" + arguments.paths().front() + "'",
                        {},
                        "`tearsheet feeds add URL` adds a feed to the list",
                        {}});
  auto options = options_of(arguments);
  if (!options) return misuse(options.error());
  auto fail_if = fail_if_of(arguments);
  if (!fail_if) return misuse(fail_if.error());
  auto list = feed_list_of(arguments);
  if (!list) return misuse(list.error());
  if (auto contact = check_contact(*list); !contact) return misuse(contact.error());
  Options reading;
  reading.rules = arguments.all("rules");
  auto engine = open_engine(std::move(reading));
  if (!engine) return kMisuse;
  auto urls = UrlRules::load(engine->rules_folders());
  if (!urls) return misuse(urls.error());

  make_folder_of(list->state);
  auto lock = LockFile::take(list->state + ".lock");
  if (!lock) return failed(lock.error());
  auto seen = Seen::open(list->state);
  if (!seen) return failed(seen.error());
  const Stop stop;
  options->stop = &stop.asked();
  const bool quiet = arguments.has("quiet"), verbose = arguments.has("verbose") || (stderr_is_terminal() && !quiet);
  std::vector<std::pair<std::string, Error>> held;  // told only if the run fails
  options->complain = [&](const std::string& where, const Error& error) {
    if (verbose || (is_change(error) && !quiet))
      say_line(where, error);
    else if (held.size() < 100)
      held.emplace_back(where, error);
  };
  auto done = run_fetch(*engine, *list, *urls, *seen, *options);
  if (!done) return failed(done.error());
  const int reported = write_reports(arguments, *done, *seen);
  if (verbose) say_summary(*done);
  if (exceeds(*fail_if, *done)) {
    for (const auto& [where, error] : held) say_line(where, error);
    say(fmt::format("{} of {} failed", done->failed, counted(done->due, "feed")));
    return kSomeFailed;
  }
  return done->stopped ? kInterrupted : reported;
}

int fetch_gc(const Arguments& arguments) {
  GcOptions options;
  auto keep = seconds_option(arguments, "keep");
  if (!keep) return misuse(keep.error());
  options.keep_s = *keep;
  options.dry_run = arguments.has("dry-run");
  if (arguments.has("budget")) {
    const auto size = size_from(arguments.text("budget"));
    if (!size) return misuse(Error{"U002", "--budget cannot be '" + arguments.text("budget") + "'", {}, "a size as 50GB", {}});
    options.budget_bytes = *size;
  }
  auto list = feed_list_of(arguments);
  if (!list) return misuse(list.error());
  auto lock = LockFile::take(list->state + ".lock");
  if (!lock) return failed(lock.error());
  auto seen = Seen::open(list->state);
  if (!seen) return failed(seen.error());
  auto done = collect_garbage(*list, *seen, options, clock_ms());
  if (!done) return failed(done.error());
  if (arguments.has("quiet")) return kAllRead;
  for (const std::string& path : done->removed) say((options.dry_run ? "would remove " : "removed ") + path);
  if (!done->removed.empty() || options.dry_run)
    say(fmt::format("{} freed, {} left", bytes_text(done->freed_bytes), bytes_text(done->left_bytes)));
  return kAllRead;
}

}  // namespace tearsheet::cli
