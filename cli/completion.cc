// Completion: scripts for bash, zsh and fish, made from the table of commands.
#include <algorithm>
#include <set>
#include <string>

#include "cli/command.h"
#include "cli/terminal.h"

namespace tearsheet::cli {

namespace {

constexpr Usage kUsage = {"bash|zsh|fish",
                          "Prints a completion script for a shell.",
                          {},
                          {{"tearsheet completion bash > ~/.local/share/bash-completion/completions/tearsheet", "bash"},
                           {"tearsheet completion fish > ~/.config/fish/completions/tearsheet.fish", "fish"}}};

std::string spaced(std::string_view choices) {
  std::string out(choices);
  std::replace(out.begin(), out.end(), ',', ' ');
  return out;
}

std::vector<Option> options_of(const Command& command) {
  std::vector<Option> all(command.usage().options.begin(), command.usage().options.end());
  all.insert(all.end(), shared_options().begin(), shared_options().end());
  return all;
}

std::string words_of(const Command& command) {
  std::string out;
  for (const Option& option : options_of(command)) out += (out.empty() ? "--" : " --") + std::string(option.name);
  return out;
}

/// First words of all commands, and the second words of each that has several.
std::string first_words() {
  std::set<std::string> words;
  for (const Command& command : commands()) words.emplace(command.name.substr(0, command.name.find(' ')));
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string second_words(const std::string& first) {
  std::string out;
  for (const Command& command : commands()) {
    if (command.name.starts_with(first + " "))
      out += (out.empty() ? "" : " ") + std::string(command.name.substr(first.size() + 1));
  }
  return out;
}

bool is_word_list(std::string_view arguments) {
  return arguments.find('|') != std::string_view::npos && arguments.find('[') == std::string_view::npos;
}

std::string bash() {
  std::string out =
      "# bash completion for tearsheet\n_tearsheet() {\n  local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD-1]} "
      "command=${COMP_WORDS[1]}\n"
      "  local last=${cur##*,}; local head=${cur%\"$last\"}\n  COMPREPLY=()\n  if [ \"$COMP_CWORD\" -eq 1 ]; then COMPREPLY=($(compgen -W '" +
      first_words() + " --help --version' -- \"$cur\")); return; fi\n  case $command in\n";
  std::set<std::string> pairs;
  for (const Command& command : commands()) {
    if (command.name.find(' ') != std::string_view::npos) pairs.emplace(command.name.substr(0, command.name.find(' ')));
  }
  for (const std::string& first : pairs) {
    out += "    " + first + ") if [ \"$COMP_CWORD\" -eq 2 ]; then COMPREPLY=($(compgen -W '" + second_words(first) +
           "' -- \"$cur\")); return; fi; command=\"$command ${COMP_WORDS[2]}\" ;;\n";
  }
  out += "  esac\n  case \"$command:$prev\" in\n";
  for (const Command& command : commands()) {
    for (const Option& option : command.usage().options) {
      if (option.choices.empty()) continue;
      // In a list, what stands behind the last comma is completed.
      out += "    '" + std::string(command.name) + ":--" + std::string(option.name) + "') COMPREPLY=($(compgen " +
             (option.many ? "-P \"$head\" " : "") + "-W '" + spaced(option.choices) + "' -- \"" + (option.many ? "$last" : "$cur") +
             "\")); return ;;\n";
    }
  }
  out += "  esac\n  case \"$command\" in\n";
  for (const Command& command : commands()) {
    out += "    '" + std::string(command.name) + "') case $cur in -*) COMPREPLY=($(compgen -W '" + words_of(command) +
           "' -- \"$cur\")); return ;; esac";
    std::string words(command.usage().arguments);
    if (words == "[COMMAND]") words = "|" + first_words();
    if (is_word_list(words)) {
      std::replace(words.begin(), words.end(), '|', ' ');
      out += "; COMPREPLY=($(compgen -W '" + words + "' -- \"$cur\")); return";
    }
    out += " ;;\n";
  }
  return out + "  esac\n  COMPREPLY=($(compgen -f -- \"$cur\"))\n}\ncomplete -o filenames -F _tearsheet tearsheet\n";
}

std::string zsh() {
  std::string out = "#compdef tearsheet\nautoload -U +X bashcompinit && bashcompinit\n";
  return out + bash();
}

std::string fish_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) {
    if (c == '\'' || c == '\\') out += '\\';
    out += c;
  }
  return out + "'";
}

std::string fish() {
  std::string out = "# fish completion for tearsheet\n";
  for (const Command& command : commands()) {
    const std::string name(command.name);
    const auto blank = name.find(' ');
    const std::string first = name.substr(0, blank);
    std::string condition = "__fish_seen_subcommand_from " + first;
    if (blank == std::string::npos) {
      out += "complete -c tearsheet -n __fish_use_subcommand -f -a " + first + " -d " + fish_quoted(command.help) + "\n";
    } else {
      const std::string second = name.substr(blank + 1);
      out += "complete -c tearsheet -n __fish_use_subcommand -f -a " + first + "\n";
      out += "complete -c tearsheet -n '__fish_seen_subcommand_from " + first + "; and not __fish_seen_subcommand_from " +
             second_words(first) + "' -f -a " + second + " -d " + fish_quoted(command.help) + "\n";
      condition += "; and __fish_seen_subcommand_from " + second;
    }
    for (const Option& option : options_of(command)) {
      out += "complete -c tearsheet -n '" + condition + "' -l " + std::string(option.name);
      if (option.letter != 0) out += std::string(" -s ") + option.letter;
      if (!option.choices.empty())
        out += " -x -a " + fish_quoted(spaced(option.choices));
      else if (!option.value.empty())
        out += " -r";
      out += " -d " + fish_quoted(option.help) + "\n";
    }
  }
  return out;
}

}  // namespace

const Usage& completion_usage() { return kUsage; }

int completion(const Arguments& arguments) {
  const std::string shell = arguments.paths().empty() ? std::string() : arguments.paths().front();
  if (arguments.paths().size() > 1) {
    say(Error{"U008", "one shell at a time, not also " + arguments.paths()[1], {}, "call it once for each", {}});
    return kMisuse;
  }
  if (shell == "bash") return print(bash()) ? kAllRead : kSomeFailed;
  if (shell == "zsh") return print(zsh()) ? kAllRead : kSomeFailed;
  if (shell == "fish") return print(fish()) ? kAllRead : kSomeFailed;
  say(Error{"U008", shell.empty() ? "which shell?" : "no completion for " + shell, {}, "one of: bash, zsh, fish", {}});
  return kMisuse;
}

}  // namespace tearsheet::cli
