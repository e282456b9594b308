// Command: what the table of commands holds, and what every command can count on.
#pragma once

#include <span>
#include <string_view>
#include <vector>

#include "cli/options.h"

namespace tearsheet::cli {

/// How a command is called. `about` is one paragraph or several; `examples` are two command lines with a remark each.
struct Example {
  std::string_view line, remark;
};
struct Usage {
  std::string_view arguments;  // "[PATH...]"
  std::string_view about;
  std::span<const Option> options;
  Example examples[2];
};

/// One row of the table in main.cc. `name` may be two words ("rules check"). `run` gives the exit code.
struct Command {
  std::string_view name, help;
  const Usage& (*usage)();
  int (*run)(const Arguments& arguments);
};

/// The table, for help, completions and docs.
std::span<const Command> commands();

// Exit codes: docs/commands.md holds the same list.
inline constexpr int kAllRead = 0, kSomeFailed = 1, kMisuse = 2, kInterrupted = 130;

/// The rooms of this floor, one a command.
const Usage& extract_usage();
int extract(const Arguments& arguments);
const Usage& show_usage();
int show(const Arguments& arguments);
const Usage& rules_check_usage();
int rules_check(const Arguments& arguments);
const Usage& rules_test_usage();
int rules_test(const Arguments& arguments);
const Usage& rules_show_usage();
int rules_show(const Arguments& arguments);
const Usage& rules_diff_usage();
int rules_diff(const Arguments& arguments);
const Usage& rules_stats_usage();
int rules_stats(const Arguments& arguments);
const Usage& rules_profile_usage();
int rules_profile(const Arguments& arguments);
const Usage& rules_fmt_usage();
int rules_fmt(const Arguments& arguments);
const Usage& rules_new_usage();
int rules_new(const Arguments& arguments);
const Usage& rules_fix_usage();
int rules_fix(const Arguments& arguments);
const Usage& rules_watch_usage();
int rules_watch(const Arguments& arguments);
const Usage& rules_schema_usage();
int rules_schema(const Arguments& arguments);
const Usage& rules_explain_usage();
int rules_explain(const Arguments& arguments);
const Usage& cases_export_usage();
int cases_export(const Arguments& arguments);
const Usage& cases_import_usage();
int cases_import(const Arguments& arguments);
const Usage& workbench_usage();
int workbench(const Arguments& arguments);
const Usage& score_usage();
int score(const Arguments& arguments);
const Usage& schema_usage();
int schema(const Arguments& arguments);
const Usage& lexicon_list_usage();
int lexicon_list(const Arguments& arguments);
const Usage& lexicon_check_usage();
int lexicon_check(const Arguments& arguments);
const Usage& lexicon_import_usage();
int lexicon_import(const Arguments& arguments);
#ifdef TEARSHEET_FETCH
const Usage& fetch_usage();
int fetch(const Arguments& arguments);
const Usage& fetch_gc_usage();
int fetch_gc(const Arguments& arguments);
const Usage& feeds_add_usage();
int feeds_add(const Arguments& arguments);
const Usage& feeds_list_usage();
int feeds_list(const Arguments& arguments);
const Usage& feeds_status_usage();
int feeds_status(const Arguments& arguments);
const Usage& feeds_check_usage();
int feeds_check(const Arguments& arguments);
const Usage& feeds_disable_usage();
int feeds_disable(const Arguments& arguments);
const Usage& feeds_enable_usage();
int feeds_enable(const Arguments& arguments);
const Usage& feeds_import_usage();
int feeds_import(const Arguments& arguments);
const Usage& feeds_export_usage();
int feeds_export(const Arguments& arguments);
#endif
const Usage& completion_usage();
int completion(const Arguments& arguments);
const Usage& help_usage();
int help(const Arguments& arguments);

/// The options that every command takes, beside its own.
std::span<const Option> shared_options();

/// The help text of one command, and of the program.
std::string help_of(const Command& command);
std::string help_of_program();

}  // namespace tearsheet::cli
