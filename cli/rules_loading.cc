// Rules loading: what the verbs of `rules` share: which folders, which rules, and how findings are told.
#include "cli/rules_loading.h"

#include <fmt/format.h>

#include <filesystem>

#include "base/json.h"
#include "base/suggest.h"
#include "cli/terminal.h"

namespace tearsheet::cli {

namespace {

std::string finding_json(const Error& error, bool warning, bool fixable) {
  std::string out = "{\"level\":";
  out += warning ? "\"warning\"" : "\"error\"";
  const auto text = [&out](std::string_view key, std::string_view value) {
    out += ",\"" + std::string(key) + "\":";
    json::append_string(out, value);
  };
  text("code", error.code);
  text("what", error.what);
  text("file", error.place.file);
  out += fmt::format(",\"line\":{},\"column\":{}", error.place.line, error.place.column);
  text("help", error.help);
  return out + ",\"fixable\":" + (fixable ? "true" : "false") + "}\n";
}

}  // namespace

Result<std::vector<std::string>> folders_of(const Arguments& arguments, bool take_paths) {
  if (take_paths && !arguments.paths().empty()) return rule_folders(arguments.paths());
  return rule_folders(arguments.all("rules"));
}

std::optional<RuleSet> load_told(const std::vector<std::string>& folders, bool json) {
  auto rules = load_rules(folders);
  if (rules) return std::move(*rules);
  for (const Error& error : rules.error()) tell(error, false, json);
  if (!json) say(counted(rules.error().size(), "error"));
  return std::nullopt;
}

std::optional<RuleSet> load_told(const Arguments& arguments) {
  const auto folders = folders_of(arguments);
  if (folders) return load_told(*folders, arguments.has("json"));
  tell(folders.error(), false, arguments.has("json"));
  return std::nullopt;
}

void tell(const Error& error, bool warning, bool json, bool fixable) {
  if (json)
    print(finding_json(error, warning, fixable));
  else
    say(error, warning ? "warning" : "error");
}

bool is_wanted(const Rule& rule, const std::vector<std::string>& ids) {
  if (ids.empty()) return true;
  for (const std::string& id : ids) {
    if (rule.id == id || rule.id.starts_with(id + ".")) return true;
  }
  return false;
}

bool all_known(const Rulebook& book, const std::vector<std::string>& ids) {
  bool good = true;
  for (const std::string& id : ids) {
    std::vector<std::string> known;
    bool found = false;
    for (const auto& rule : book.rules()) {
      known.push_back(rule->id);
      found |= is_wanted(*rule, {id});
    }
    if (found) continue;
    const std::string near = did_you_mean(id, known);
    say(Error{"U007", "no rule is called " + id, {}, near.empty() ? "`tearsheet rules show` lists them" : near, {}});
    good = false;
  }
  return good;
}

std::string short_path(const std::string& path) {
  std::error_code error;
  const auto relative = std::filesystem::proximate(path, error);
  return error || relative.string().starts_with("..") ? path : relative.string();
}

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}

}  // namespace tearsheet::cli
