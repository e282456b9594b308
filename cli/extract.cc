// Extract: the batch job: articles in, structured records out.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <optional>

#include "cli/command.h"
#include "cli/reading_options.h"
#include "cli/stop.h"
#include "cli/terminal.h"
#include "pipeline/fetch/source.h"
#include "pipeline/run.h"
#include "pipeline/sink/output.h"
#include "pipeline/sink/sink.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {
    {"output", 'o', "FILE",
     "write to FILE; its ending says the kind: .jsonl .ndjson .csv .db .sqlite .html .txt. Written as FILE.partial, renamed at the "
     "end"},
    {"as", 0, "KIND", "kind of output; default jsonl, and table on a terminal; html is one page that opens from disk", "jsonl,csv,sqlite,html,table"},
    {"by", 0, "WHAT", "one line each article, mention or record", "article,mention,record"},
    {"with", 0, "PARTS", "add the text, the body (a reader's article) or the blocks", "text,body,blocks", true},
    {"offsets", 0, "UNIT", "what spans count: bytes of the text (default), or code points", "bytes,chars"},
    {"from", 0, "FORMAT", "read every input as this format instead of sniffing; jsonl is one JSON object a line",
     "plain,markdown,html,jsonl"},
    {"glob", 0, "GLOB", "in folders, only files that match: '*.html', 'a/**/*.txt'", {}, true},
    {"exclude", 0, "GLOB", "in folders, leave out files that match", {}, true},
    {"files-from", 0, "FILE", "read the paths in FILE, one a line; - is standard input"},
    {"date", 0, "DATE", "reference date for articles that have none: 2023-01-06"},
    {"type", 0, "TYPES", "only these types of mentions", kTypes, true, true},
    {"min-confidence", 0, "N", "only what is at least so sure, 0 to 1"},
    {"engine", 0, "PATH", "how patterns are found: fast (default) or plain; both give the same"},
    {"use", 0, "USES", "only what stands in blocks of these uses", kUses, true},
    {"max-bytes", 0, "SIZE", "cut longer documents, with a note; default 32MB"},
    {"jobs", 'j', "N", "worker threads; default all cores. The output is the same for any number"},
    {"isolate", 0, "",
     "read in worker processes with limits: a document that kills its worker becomes one line with `error`, the run goes on"},
    {"limit-memory", 0, "SIZE", "with --isolate: address space of a worker; default 4GB"},
    {"limit-seconds", 0, "N", "with --isolate: processor time of one document; default 60"},
    {"resume", 0, "", "go on where an interrupted run with the same inputs and -o FILE ended (JSON lines by article)"},
    {"fail-if", 0, "N", "exit 1 only if more than N inputs failed, or more than N% of them: 5%"},
    {"quiet", 'q', "", "no progress bar, no summary; errors are still said"},
};

constexpr Usage kUsage = {"[PATH...]",
                          "Reads files, folders (all files in them, in sorted order) and standard input (-), and writes one JSON "
                          "line an article: amounts, dates, companies, node "
                          "sizes, how they belong together, and the facts they form. Reads plain text, Markdown, HTML, front "
                          "matter, JSON lines, gzip and zstd; files that are no "
                          "text (PDF, DOCX, images) are skipped with a reason. docs/records.md holds every field. One bad "
                          "article never stops a run: it becomes a line with `error`.",
                          kOptions,
                          {{"tearsheet extract articles/ -o out.jsonl", "a folder of articles to JSON lines"},
                           {"tearsheet extract --by record articles/ -o records.csv", "one table of facts for a spreadsheet"}}};

constexpr std::uint64_t kLeastMemory = 256u << 20;

struct FailIf {
  double limit = 0;
  bool percent = false;
};

Result<FailIf> fail_if_of(const Arguments& arguments) {
  FailIf out;
  if (!arguments.has("fail-if")) return out;
  std::string text = arguments.text("fail-if");
  if (text.ends_with('%')) {
    out.percent = true;
    text.pop_back();
  }
  const auto value = Decimal::parse(text);
  if (!value || value->approximate() < 0)
    return fail("U002", "--fail-if cannot be '" + arguments.text("fail-if") + "'", "a count or a share, as 10 or 5%");
  out.limit = value->approximate();
  return out;
}

bool exceeds(const FailIf& fail_if, const Summary& summary) {
  const double failed = static_cast<double>(summary.failed);
  if (!fail_if.percent) return failed > fail_if.limit;
  const double all = static_cast<double>(summary.read + summary.failed);
  return all > 0 && failed * 100 / all > fail_if.limit;
}

Result<unsigned> jobs_of(const Arguments& arguments) {
  if (!arguments.has("jobs")) return 0u;
  const std::string text = arguments.text("jobs");
  unsigned jobs = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), jobs);
  if (error != std::errc() || end != text.data() + text.size() || jobs == 0 || jobs > 1024)
    return fail("U002", "--jobs cannot be '" + text + "'", "a number of threads, 1 to 1024");
  return jobs;
}

Result<std::optional<WorkerLimits>> isolation_of(const Arguments& arguments) {
  const bool limits = arguments.has("limit-memory") || arguments.has("limit-seconds");
  if (!arguments.has("isolate")) {
    if (limits) return fail("U002", "--limit-memory and --limit-seconds go with --isolate", "add --isolate");
    return std::nullopt;
  }
  WorkerLimits out;
  if (arguments.has("limit-memory")) {
    const auto size = size_from(arguments.text("limit-memory"));
    if (!size || *size < kLeastMemory)
      return fail("U002", "--limit-memory cannot be '" + arguments.text("limit-memory") + "'",
                  "a size from 256MB on, as 2GB: the rules themselves take some of it");
    out.memory_bytes = *size;
  }
  if (arguments.has("limit-seconds")) {
    const std::string text = arguments.text("limit-seconds");
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), out.seconds);
    if (error != std::errc() || end != text.data() + text.size() || out.seconds == 0 || out.seconds > 86'400)
      return fail("U002", "--limit-seconds cannot be '" + text + "'", "a number of seconds, 1 to 86400");
  }
  return out;
}

Result<Inputs> inputs_of(const Arguments& arguments, const Options& options) {
  Inputs inputs;
  inputs.paths = arguments.paths();
  inputs.files_from = arguments.text("files-from");
  inputs.glob = arguments.all("glob");
  inputs.exclude = arguments.all("exclude");
  inputs.from = arguments.text("from");
  inputs.max_bytes = options.max_bytes;
  if (!inputs.paths.empty() || !inputs.files_from.empty()) return inputs;
  if (stdin_is_terminal())
    return fail("U004", "nothing to read",
                "name files or folders, or - for standard input; `tearsheet extract --help` shows how");
  inputs.paths.emplace_back("-");
  return inputs;
}

struct Target {
  const SinkRow* row = nullptr;
  std::string path;
  SinkOptions options;
  std::uint64_t lines = 0;  // that an interrupted run left
};

Result<const SinkRow*> kind_of(const Arguments& arguments, const std::string& path) {
  if (arguments.has("as")) return sink_named(arguments.text("as"));
  if (path.empty()) return sink_named(stdout_is_terminal() ? "table" : "jsonl");
  if (const SinkRow* row = sink_for(path)) return row;
  std::error_code ignored;
  // A device has no ending to go by.
  if (path.starts_with("/dev/")) return sink_named("jsonl");
  return fail("U005", "cannot tell from '" + path + "' what kind of output is meant",
              "end it in .jsonl, .ndjson, .csv, .db, .sqlite, .html or .txt, or say --as");
}

Result<Target> target_of(const Arguments& arguments) {
  Target target;
  if (arguments.text("output") != "-") target.path = arguments.text("output");
  auto row = kind_of(arguments, target.path);
  if (!row) return tl::unexpected(std::move(row.error()));
  target.row = *row;
  SinkOptions& options = target.options;
  const std::string by = arguments.text("by");
  options.by = by == "mention" ? By::mention : by == "record" ? By::record : By::article;
  for (const std::string& part : arguments.list("with")) {
    options.with_text |= part == "text";
    options.with_body |= part == "body";
    options.with_blocks |= part == "blocks";
  }
  options.offsets_chars = arguments.text("offsets") == "chars";
  options.colour = target.path.empty() && colour_wanted();
  options.width = target.path.empty() ? terminal_width() : 120;
  if (!arguments.has("resume")) return target;
  if (target.path.empty() || target.row->name != "jsonl" || options.by != By::article) {
    return fail("U006", "--resume needs JSON lines by article in a file",
                "as in: tearsheet extract --resume articles/ -o out.jsonl");
  }
  auto lines = whole_lines_of_partial(target.path);
  if (!lines) return tl::unexpected(std::move(lines.error()));
  target.lines = *lines;
  options.append = true;
  return target;
}

void say_summary(const Summary& summary, double seconds, const Target& target) {
  std::string line = "read " + counted(summary.read, "article");
  if (summary.skipped > 0) line += ", skipped " + count_text(summary.skipped);
  if (summary.failed > 0) line += ", failed " + count_text(summary.failed);
  line += fmt::format(", {} in {:.1f} s", bytes_text(summary.bytes), seconds);
  if (seconds > 0.5)
    line += fmt::format(" ({} a second)", rate_text(static_cast<double>(summary.read + summary.failed) / seconds));
  say(line);
  std::vector<std::pair<std::string, std::uint64_t>> types(summary.mentions_by_type.begin(), summary.mentions_by_type.end());
  std::stable_sort(types.begin(), types.end(), [](const auto& a, const auto& b) { return a.second > b.second; });
  std::string found = "found " + counted(summary.mentions, "mention");
  for (std::size_t i = 0; i < types.size(); ++i)
    found += (i == 0 ? ": " : ", ") + types[i].first + " " + count_text(types[i].second);
  say(found + "; " + counted(summary.records, "record"));
  if (summary.stopped) {
    say(target.path.empty()           ? "stopped"
        : target.row->name == "jsonl" ? "stopped: what is finished is in " + target.path + ".partial; go on with --resume"
                                      : "stopped: what is finished is kept");
  } else if (!target.path.empty()) {
    say("wrote " + target.path);
  }
}

int exit_of(const Result<Summary>& done, const FailIf& fail_if) {
  // S002: whoever read our pipe has had enough; that is no failure.
  if (!done && done.error().code == "S002") return kAllRead;
  if (!done) {
    say(done.error());
    return kSomeFailed;
  }
  if (done->stopped) return kInterrupted;
  return exceeds(fail_if, *done) ? kSomeFailed : kAllRead;
}

/// Skips are told in one line each, the first of them.
constexpr std::uint64_t kSkipsSaid = 20;

std::string reason_of(const Error& error) {
  constexpr std::string_view kSaidAlready = "skipped: ";
  return error.what.starts_with(kSaidAlready) ? error.what.substr(kSaidAlready.size()) : error.what;
}

int run_all(const Engine& engine, Source& source, Target target, const RunOptions& given, bool quiet, const FailIf& fail_if) {
  target.options.rules_hash = engine.rules_hash();
  const Stop stop;
  auto sink = target.row->make(target.path, target.options);
  if (!sink) {
    say(sink.error());
    return kSomeFailed;
  }
  const bool results_on_terminal = target.path.empty() && stdout_is_terminal();
  Progress progress(!quiet && !results_on_terminal);
  RunOptions options = given;
  options.stop = &stop.asked();
  options.skip_lines = target.lines;
  if (target.lines > 0 && !quiet) say("going on after " + counted(target.lines, "line") + " of " + target.path + ".partial");
  options.progress = [&](const Summary& summary, std::uint64_t total) { progress.show(summary, total); };
  std::uint64_t skipped_files = 0;
  options.complain = [&](const std::string& where, const Error& error, bool skipped) {
    if (skipped && (quiet || ++skipped_files > kSkipsSaid)) return;
    progress.clear();
    if (skipped) return say(where + ": skipped[" + error.code + "]: " + reason_of(error));
    Error told = error;
    if (told.place.file.empty()) told.place.file = where;
    say(told);
  };
  const auto begun = std::chrono::steady_clock::now();
  auto done = run(engine, source, **sink, options);
  progress.clear();
  const double seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begun).count();
  if (skipped_files > kSkipsSaid) say("and " + count_text(skipped_files - kSkipsSaid) + " more skipped");
  if (done && !quiet) say_summary(*done, seconds, target);
  return exit_of(done, fail_if);
}

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}

}  // namespace

const Usage& extract_usage() { return kUsage; }

int extract(const Arguments& arguments) {
  auto options = engine_options(arguments);
  if (!options) return misuse(options.error());
  auto fail_if = fail_if_of(arguments);
  if (!fail_if) return misuse(fail_if.error());
  auto jobs = jobs_of(arguments);
  if (!jobs) return misuse(jobs.error());
  auto isolate = isolation_of(arguments);
  if (!isolate) return misuse(isolate.error());
  auto inputs = inputs_of(arguments, *options);
  if (!inputs) return misuse(inputs.error());
  auto target = target_of(arguments);
  if (!target) return misuse(target.error());
  auto engine = open_engine(std::move(*options));
  if (!engine) return kMisuse;
  auto source = open_source(*inputs);
  if (!source) {
    say(source.error());
    return kSomeFailed;
  }
  RunOptions run_options;
  run_options.jobs = *jobs;
  run_options.isolate = *isolate;
  return run_all(*engine, **source, std::move(*target), run_options, arguments.has("quiet"), *fail_if);
}

}  // namespace tearsheet::cli
