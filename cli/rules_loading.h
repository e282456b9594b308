// Rules loading: what the verbs of `rules` share: which folders, which rules, and how findings are told.
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "cli/command.h"
#include "extractors/rule_check.h"
#include "pipeline/engine.h"

namespace tearsheet::cli {

/// The folders a verb works on: its arguments where it takes folders and got some, else --rules, else those every command uses.
Result<std::vector<std::string>> folders_of(const Arguments& arguments, bool take_paths = false);

/// Loads folders; broken rules are told, all of them, and nothing comes back: exit with kMisuse.
std::optional<RuleSet> load_told(const std::vector<std::string>& folders, bool json = false);
/// The same for folders_of(arguments).
std::optional<RuleSet> load_told(const Arguments& arguments);

/// A finding on standard error, or as one JSON line on standard output.
void tell(const Error& error, bool warning, bool json, bool fixable = false);

/// True for a rule that one of `ids` names: the id itself, or the words it begins with ("money" for money.sign). All rules where there are no ids.
bool is_wanted(const Rule& rule, const std::vector<std::string>& ids);
/// Says which of `ids` no rule answers to; true when all do.
bool all_known(const Rulebook& book, const std::vector<std::string>& ids);

/// A path as people read it: from the working folder, where it lies below.
std::string short_path(const std::string& path);

int misuse(const Error& error);

}  // namespace tearsheet::cli
