// Rules check: mistakes in rule files, each with its place, and the edits that mend them for certain.
#include <set>

#include "base/file.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"fix", 0, "", "mend what can be mended for certain, in the files; what was done is said"},
                               {"no-probe", 0, "", "do not time the patterns: a warning of slow ones (W10) cannot come then"},
                               {"json", 0, "", "one JSON object a finding"}};
constexpr Usage kUsage = {
    "[FOLDER...]",
    "Finds mistakes in rule files: unknown keys, bad patterns, missing lexicons and macros (errors), rules that cannot match, that nothing tests or that are slow (warnings). Each with file, line, "
    "column and what to do; docs/rules/lints.md has a section for each code. A rule's silence: [W07] keeps a warning quiet. Without FOLDER the rules that every command uses are checked. "
    "Exit 0: nothing found, 1: warnings, 2: errors.",
    kOptions,
    {{"tearsheet rules check", "the rules in use"}, {"tearsheet rules check rules/ mine/ --fix", "your own folder over the shipped one, mended where that is certain"}}};

struct Report {
  std::vector<Finding> findings;
  std::size_t rules = 0;
};

Report look(const std::vector<std::string>& folders, bool probe) {
  Report report;
  auto rules = load_rules(folders);
  if (!rules) {
    for (Error& error : rules.error()) {
      const auto contents = file::read(error.place.file);
      auto fix = contents ? fix_of(error, contents->bytes) : std::nullopt;
      report.findings.push_back({std::move(error), false, std::move(fix)});
    }
    return report;
  }
  report.rules = rules->book->rules().size();
  for (const Error& error : rules->book->warnings()) report.findings.push_back({error, true, std::nullopt});
  std::vector<Speed> speeds;
  if (probe) speeds = probe_rules(*rules->book, thread_ns);
  auto found = check_rules(*rules->extractor, probe ? &speeds : nullptr);
  report.findings.insert(report.findings.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  return report;
}

/// Writes the certain edits of all findings; how many there were, or nothing where a file could not be written.
std::optional<std::size_t> mend(const std::vector<Finding>& findings) {
  std::vector<Fix> fixes;
  std::set<std::string> files;
  for (const Finding& finding : findings) {
    if (!finding.fix) continue;
    fixes.push_back(*finding.fix);
    files.insert(finding.fix->file);
    say("mended " + finding.fix->file + ":" + std::to_string(finding.error.place.line) + " " + finding.error.code + ": " + finding.error.what);
  }
  for (const std::string& name : files) {
    auto contents = file::read(name);
    auto done = contents ? file::write_atomic(name, apply(fixes, name, contents->bytes)) : tl::unexpected(contents.error());
    if (done) continue;
    say(done.error());
    return std::nullopt;
  }
  return fixes.size();
}

}  // namespace

const Usage& rules_check_usage() { return kUsage; }

int rules_check(const Arguments& arguments) {
  const bool json = arguments.has("json"), probe = !arguments.has("no-probe");
  const auto folders = folders_of(arguments, true);
  if (!folders) {
    tell(folders.error(), false, json);
    return kMisuse;
  }
  Report report = look(*folders, probe);
  // A mended error lets the next ones be seen; every round mends at least one, and few are nested deeper than this.
  for (int round = 0; arguments.has("fix") && round < 5; ++round) {
    const auto mended = mend(report.findings);
    if (!mended) return kMisuse;
    if (*mended == 0) break;
    report = look(*folders, probe);
  }
  std::size_t warnings = 0, errors = 0, fixable = 0;
  for (const Finding& finding : report.findings) {
    tell(finding.error, finding.warning, json, finding.fix.has_value());
    ++(finding.warning ? warnings : errors);
    fixable += finding.fix ? 1 : 0;
  }
  if (!json) {
    say((errors > 0 && report.rules == 0 ? std::string() : counted(report.rules, "rule") + ", ") + counted(errors, "error") + ", " + counted(warnings, "warning"));
    if (fixable > 0) say(counted(fixable, "finding") + " can be mended by `tearsheet rules check --fix`");
  }
  return errors > 0 ? kMisuse : warnings > 0 ? kSomeFailed : kAllRead;
}

}  // namespace tearsheet::cli
