// Help: texts made from the table of commands: for a terminal, and as docs/commands.md.
#include <algorithm>
#include <string>

#include "base/suggest.h"
#include "cli/command.h"
#include "cli/terminal.h"

namespace tearsheet::cli {

namespace {

constexpr Option kShared[] = {
    {"help", 'h', "", "show this help"},
    {"version", 0, "", "show the version, the folders of the rules and their hash"},
    {"rules", 0, "FOLDER", "folder with rules; said again, a later folder lies over an earlier one", {}, true},
};

constexpr Option kHelpOptions[] = {{"markdown", 0, "", "all commands as one Markdown page: docs/commands.md"}};

constexpr Usage kHelpUsage = {"[COMMAND]",
                              "Shows the help of a command, or the list of all commands.",
                              kHelpOptions,
                              {{"tearsheet help extract", "the options of extract"},
                               {"tearsheet help --markdown > docs/commands.md", "the page in docs/"}}};

constexpr std::string_view kExitCodes =
    "0 all was read; 1 some input failed, or there are findings; 2 wrong usage or wrong rules; 130 stopped by Ctrl-C";
constexpr std::string_view kRulesFound =
    "Rules are found in --rules, else in TEARSHEET_RULES (folders parted by ':'), else in the installed share/tearsheet/rules; a "
    "program that still "
    "lies in its build folder uses the rules of its own source.";

std::string left_of(const Option& option) {
  std::string out = option.letter != 0 ? std::string("-") + option.letter + ", " : std::string("    ");
  out += "--" + std::string(option.name);
  if (!option.value.empty()) out += " " + std::string(option.value);
  return out;
}

std::string right_of(const Option& option) {
  std::string out(option.help);
  if (!option.choices.empty()) {
    std::string choices(option.choices);
    for (std::size_t at = 0; (at = choices.find(',', at)) != std::string::npos; at += 2) choices.replace(at, 1, ", ");
    out += " (" + choices + (option.open ? ", and those that rule files add)" : ")");
  }
  if (option.many) out += "; may be repeated";
  return out;
}

/// Text in lines of at most 100 columns, each but the first indented.
std::string wrapped(std::string_view text, std::size_t indent) {
  std::string out;
  std::size_t column = indent;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find_first_of(" \n", at), text.size());
    const std::string_view word = text.substr(at, end - at);
    if (column > indent && column + 1 + word.size() > 100) {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    } else if (column > indent) {
      out += ' ';
      ++column;
    }
    out += word;
    column += word.size();
    if (end < text.size() && text[end] == '\n') {
      out += "\n" + std::string(indent, ' ');
      column = indent;
    }
    at = end + 1;
  }
  return out;
}

std::string option_lines(std::span<const Option> options) {
  std::size_t width = 0;
  for (const Option& option : options) width = std::max(width, left_of(option).size());
  std::string out;
  for (const Option& option : options) {
    const std::string left = left_of(option);
    out += "  " + left + std::string(width + 2 - left.size(), ' ') + wrapped(right_of(option), width + 4) + "\n";
  }
  return out;
}

std::string first_line(const Command& command) {
  std::string out = "tearsheet " + std::string(command.name) + " [OPTIONS]";
  if (!command.usage().arguments.empty()) out += " " + std::string(command.usage().arguments);
  return out;
}

std::string markdown_option(const Option& option) {
  std::string name = option.letter != 0 ? std::string("`-") + option.letter + "`, " : std::string();
  name += "`--" + std::string(option.name) + (option.value.empty() ? "" : " " + std::string(option.value)) + "`";
  std::string text = right_of(option);
  for (std::size_t at = 0; (at = text.find('|', at)) != std::string::npos; at += 2) text.insert(at, "\\");
  return "| " + name + " | " + text + " |\n";
}

std::string markdown_of(const Command& command) {
  const Usage& usage = command.usage();
  std::string out = "\n## " + std::string(command.name) + "\n\n" + std::string(command.help) + "\n\n```\n" + first_line(command) +
                    "\n```\n\n" + std::string(usage.about) + "\n";
  if (!usage.options.empty()) out += "\n| option | |\n|---|---|\n";
  for (const Option& option : usage.options) out += markdown_option(option);
  out += "\nExamples:\n\n```sh\n";
  for (const Example& example : usage.examples)
    out += "# " + std::string(example.remark) + "\n" + std::string(example.line) + "\n";
  return out + "```\n";
}

std::string markdown() {
  std::string out = "# Commands\n\nThis page is made by the program: `tearsheet help --markdown`.\n\n| command | |\n|---|---|\n";
  for (const Command& command : commands()) {
    std::string anchor(command.name);
    std::replace(anchor.begin(), anchor.end(), ' ', '-');
    out += "| [" + std::string(command.name) + "](#" + anchor + ") | " + std::string(command.help) + " |\n";
  }
  out += "\nEvery command also takes\n\n| option | |\n|---|---|\n";
  for (const Option& option : kShared) out += markdown_option(option);
  out += "\n" + std::string(kRulesFound) + "\n\nExit codes: " + std::string(kExitCodes) +
         ".\nResults go to standard output, words to standard error.\n";
  for (const Command& command : commands()) out += markdown_of(command);
  return out;
}

}  // namespace

std::span<const Option> shared_options() { return kShared; }

std::string help_of(const Command& command) {
  const Usage& usage = command.usage();
  std::string out = first_line(command) + "\n\n" + wrapped(usage.about, 0) + "\n";
  if (!usage.options.empty()) out += "\nOptions\n" + option_lines(usage.options);
  out += "\nOptions of every command\n" + option_lines(kShared);
  out += "\nExit codes\n  " + wrapped(kExitCodes, 2) + "\n\nExamples\n";
  for (const Example& example : usage.examples)
    out += "  # " + std::string(example.remark) + "\n  " + std::string(example.line) + "\n";
  return out;
}

std::string help_of_program() {
  std::string out =
      "tearsheet: news articles in, structured records out\n\nusage: tearsheet COMMAND [OPTIONS] [ARGUMENTS]\n\nCommands\n";
  for (const Command& command : commands())
    out += "  " + std::string(command.name) + std::string(16 - command.name.size(), ' ') + std::string(command.help) + "\n";
  out += "\n" + wrapped(kRulesFound, 0) +
         "\n\nExamples\n  # amounts, dates, companies and facts of a folder of articles\n  tearsheet extract articles/ -o "
         "out.jsonl\n";
  return out + "  # what was found in one article, and why\n  tearsheet show --why article.txt\n";
}

const Usage& help_usage() { return kHelpUsage; }

int help(const Arguments& arguments) {
  if (arguments.has("markdown")) return print(markdown()) ? kAllRead : kSomeFailed;
  std::string name;
  for (const std::string& word : arguments.paths()) name += (name.empty() ? "" : " ") + word;
  if (name.empty()) return print(help_of_program()) ? kAllRead : kSomeFailed;
  std::vector<std::string> names;
  std::string all;
  for (const Command& command : commands()) {
    names.emplace_back(command.name);
    names.emplace_back(command.name.substr(0, command.name.find(' ')));
    if (command.name == name || command.name.starts_with(name + " ")) all += (all.empty() ? "" : "\n") + help_of(command);
  }
  if (!all.empty()) return print(all) ? kAllRead : kSomeFailed;
  const std::string near = did_you_mean(name, names);
  say(Error{"U003", "no command is called " + name, {}, near.empty() ? "`tearsheet help` lists the commands" : near, {}});
  return kMisuse;
}

}  // namespace tearsheet::cli
