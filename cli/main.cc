// Main: the one table of commands, and the way to them.
#include <csignal>
#include <cstdio>

#include "base/suggest.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "pipeline/engine.h"
#include "tearsheet/engine.h"

namespace tearsheet::cli {

namespace {

constexpr Command kCommands[] = {
    {"extract", "read articles, write what they say: the batch job", extract_usage, extract},
    {"show", "one article with its mentions in colour, and why", show_usage, show},
    {"rules check", "find mistakes in rule files", rules_check_usage, rules_check},
    {"rules test", "run the examples that rules carry, and measure on annotated cases", rules_test_usage, rules_test},
    {"rules explain", "why a stretch of an article is a mention, or why not", rules_explain_usage, rules_explain},
    {"rules diff", "what a change of rules does to a corpus", rules_diff_usage, rules_diff},
    {"rules stats", "what each rule finds, wins and loses in a corpus", rules_stats_usage, rules_stats},
    {"rules profile", "what each rule costs", rules_profile_usage, rules_profile},
    {"rules fmt", "lay out rule files, comments kept", rules_fmt_usage, rules_fmt},
    {"rules new", "propose a rule from one marked example", rules_new_usage, rules_new},
    {"rules fix", "propose the smallest change that makes one reading right", rules_fix_usage, rules_fix},
    {"rules watch", "check, test and diff at every save", rules_watch_usage, rules_watch},
    {"rules schema", "JSON Schema of rule files, for editors", rules_schema_usage, rules_schema},
    {"rules show", "list rules and lexicons, or one rule in full", rules_show_usage, rules_show},
    {"workbench", "a local page for rule authors", workbench_usage, workbench},
    {"score", "measure against annotated cases", score_usage, score},
    {"cases export", "annotated cases for brat, CoNLL, doccano, Label Studio, Prodigy", cases_export_usage, cases_export},
    {"cases import", "annotated cases from another tool", cases_import_usage, cases_import},
    {"schema", "JSON Schema of the output and of rule files", schema_usage, schema},
    {"lexicon list", "the lexicons and their sizes", lexicon_list_usage, lexicon_list},
    {"lexicon check", "find mistakes in a lexicon file", lexicon_check_usage, lexicon_check},
    {"lexicon import", "make a lexicon from a public list of companies", lexicon_import_usage, lexicon_import},
#ifdef TEARSHEET_FETCH
    {"fetch", "poll feeds, keep what is new, extract it: the cron job", fetch_usage, fetch},
    {"fetch gc", "remove old days of readings and archive", fetch_gc_usage, fetch_gc},
    {"feeds add", "add a feed, or the feed of a site", feeds_add_usage, feeds_add},
    {"feeds list", "the feeds in the list", feeds_list_usage, feeds_list},
    {"feeds status", "when each feed last answered, and what is wrong", feeds_status_usage, feeds_status},
    {"feeds check", "ask each feed once, keep nothing", feeds_check_usage, feeds_check},
    {"feeds disable", "do not poll a feed", feeds_disable_usage, feeds_disable},
    {"feeds enable", "poll a feed again", feeds_enable_usage, feeds_enable},
    {"feeds import", "add the feeds of an OPML file", feeds_import_usage, feeds_import},
    {"feeds export", "the list as OPML", feeds_export_usage, feeds_export},
#endif
    {"completion", "completions for bash, zsh and fish", completion_usage, completion},
    {"help", "help on a command", help_usage, help},
};

int print_version(const Arguments& arguments) {
  std::string out = "tearsheet " + std::string(version()) + "\n";
  auto folders = rule_folders(arguments.all("rules"));
  if (!folders) {
    say(folders.error());
    return kMisuse;
  }
  for (const std::string& folder : *folders) out += "rules " + folder + "\n";
  auto rules = load_rules(*folders);
  if (!rules) {
    for (const Error& error : rules.error()) say(error);
    print(out);
    return kMisuse;
  }
  return print(out + "hash  " + rules->book->hash() + "\n") ? kAllRead : kSomeFailed;
}

/// The command of the first words, the longest name first; `used` is how many words it took.
const Command* command_of(const std::vector<std::string>& words, std::size_t& used) {
  for (const std::size_t count : {std::size_t{2}, std::size_t{1}}) {
    if (words.size() < count) continue;
    const std::string name = count == 2 ? words[0] + " " + words[1] : words[0];
    for (const Command& command : kCommands) {
      if (command.name != name) continue;
      used = count;
      return &command;
    }
  }
  return nullptr;
}

int no_command(const std::vector<std::string>& words) {
  std::vector<std::string> names, members;
  for (const Command& command : kCommands) {
    const std::string name(command.name);
    names.push_back(name);
    if (name.starts_with(words.front() + " ")) members.push_back(name);
  }
  if (!members.empty()) {
    std::vector<std::string> second;
    for (const std::string& name : members) second.push_back(name.substr(words.front().size() + 1));
    std::string list;
    for (const std::string& name : second) list += (list.empty() ? "" : ", ") + name;
    const std::string near = words.size() > 1 ? did_you_mean(words[1], second) : std::string();
    const std::string what =
        words.size() > 1 ? "'" + words.front() + "' has no '" + words[1] + "'" : "'" + words.front() + "' needs a second word";
    say(Error{"U003", what, {}, near.empty() ? "one of: " + list : near, {}});
    return kMisuse;
  }
  if (words.front().starts_with('-')) {
    say(Error{"U001", "no option is called " + words.front() + " before a command", {}, "options follow the command: tearsheet extract --jobs 2 articles/", {}});
    return kMisuse;
  }
  const std::string near = did_you_mean(words.front(), names);
  say(Error{
      "U003", "no command is called " + words.front(), {}, near.empty() ? "`tearsheet help` lists the commands" : near, {}});
  return kMisuse;
}

int start(const std::vector<std::string>& words) {
  if (words.empty()) {
    say(help_of_program());
    return kMisuse;
  }
  if (words.front() == "--help" || words.front() == "-h") return print(help_of_program()) ? kAllRead : kSomeFailed;
  std::size_t used = 0;
  const Command* command = words.front() == "--version" ? nullptr : command_of(words, used);
  if (command == nullptr && words.front() != "--version") return no_command(words);

  std::vector<Option> options(shared_options().begin(), shared_options().end());
  if (command != nullptr) options.insert(options.end(), command->usage().options.begin(), command->usage().options.end());
  const auto arguments = Arguments::parse({words.begin() + static_cast<std::ptrdiff_t>(used), words.end()}, options);
  if (!arguments) {
    say(arguments.error());
    return kMisuse;
  }
  if (command != nullptr && arguments->has("help")) return print(help_of(*command)) ? kAllRead : kSomeFailed;
  if (arguments->has("version")) return print_version(*arguments);
  return command->run(*arguments);
}

}  // namespace

std::span<const Command> commands() { return kCommands; }

}  // namespace tearsheet::cli

int main(int argc, char** argv) {
  // A closed pipe is an error of write(), not the end of the program.
  std::signal(SIGPIPE, SIG_IGN);
  try {
    return tearsheet::cli::start(std::vector<std::string>(argv + 1, argv + argc));
  } catch (const std::exception& broken) {
    tearsheet::cli::say(
        tearsheet::Error{"E004", std::string("the program failed: ") + broken.what(), {}, "please report it", {}});
    return tearsheet::cli::kSomeFailed;
  }
}
