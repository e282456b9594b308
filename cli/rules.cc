// Rules: check, test and show rule files.
#include <fmt/format.h>

#include <map>

#include "base/json.h"
#include "base/suggest.h"
#include "cli/command.h"
#include "cli/terminal.h"
#include "extractors/rule_check.h"
#include "pipeline/engine.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kJson[] = {{"json", 0, "", "one JSON object a finding"}};
constexpr Usage kCheck = {
    "[FOLDER...]",
    "Finds mistakes in rule files: unknown keys, bad patterns, missing lexicons and macros (errors), rules that cannot match or "
    "that nothing tests "
    "(warnings). Each with file, line, column and what to do. Without FOLDER the rules that every command uses are checked.",
    kJson,
    {{"tearsheet rules check", "the rules in use"},
     {"tearsheet rules check rules/ mine/", "your own folder over the shipped one"}}};

constexpr Option kTestOptions[] = {{"show", 0, "", "what was expected and what came, for each example that is not right"},
                                   {"json", 0, "", "one JSON object an example"}};
constexpr Usage kTest = {
    "[ID...]",
    "Runs the examples, rejects and todos that rules carry, over all rules at once. One character each: . right, F wrong span or "
    "value, M missing, N "
    "noisy, w stopped by another guard than the file says, t todo, T todo that now passes. With ID only rules whose id begins "
    "so.",
    kTestOptions,
    {{"tearsheet rules test", "all rules"}, {"tearsheet rules test --show money", "the rules of money, differences in full"}}};

constexpr Option kShowOptions[] = {{"expanded", 0, "", "the exact patterns, with macros and lexicons pasted in"},
                                   {"lexicons", 0, "", "the lexicons instead of the rules"}};
constexpr Usage kShow = {
    "[ID...]",
    "Lists the rules: id, type, rank, confidence and what each is for. With ID the rules whose id begins so, in full.",
    kShowOptions,
    {{"tearsheet rules show", "all rules, one a line"},
     {"tearsheet rules show --expanded money.sign", "one rule with its exact pattern"}}};

/// The folders a command works on: those given as arguments, else those every command uses.
Result<std::vector<std::string>> folders_of(const Arguments& arguments, bool take_paths) {
  if (take_paths && !arguments.paths().empty()) return rule_folders(arguments.paths());
  return rule_folders(arguments.all("rules"));
}

std::optional<RuleSet> load(const Arguments& arguments, bool take_paths, bool json = false);

std::string finding_json(const Error& error, bool warning) {
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
  return out + "}\n";
}

void tell(const Error& error, bool warning, bool json) {
  if (json)
    print(finding_json(error, warning));
  else
    say(error, warning ? "warning" : "error");
}

std::optional<RuleSet> load(const Arguments& arguments, bool take_paths, bool json) {
  const auto folders = folders_of(arguments, take_paths);
  if (!folders) {
    tell(folders.error(), false, json);
    return std::nullopt;
  }
  auto rules = load_rules(*folders);
  if (rules) return std::move(*rules);
  for (const Error& error : rules.error()) tell(error, false, json);
  if (!json) say(counted(rules.error().size(), "error"));
  return std::nullopt;
}

bool is_wanted(const Rule& rule, const std::vector<std::string>& ids) {
  if (ids.empty()) return true;
  for (const std::string& id : ids) {
    if (rule.id == id || rule.id.starts_with(id + ".")) return true;
  }
  return false;
}

/// Says which of `ids` no rule answers to; true when all do.
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

std::string conditions_text(const Rule& rule) {
  std::string out;
  const auto add = [&out](std::string_view name, std::size_t count) {
    if (count > 0) out += fmt::format("  {} {}", name, count);
  };
  add("requires", rule.requires_.size());
  add("unless", rule.unless.size());
  add("boost", rule.boost.size());
  add("set", rule.set.size());
  add("examples", rule.examples.size());
  add("rejects", rule.rejects.size());
  add("todo", rule.todo.size());
  return out;
}

std::string in_full(const Rule& rule, bool expanded) {
  std::string out = fmt::format("{}  {}\n  {}\n  {}:{}  rank {}  confidence {}\n", rule.name, rule.entity, rule.doc,
                                rule.place.file, rule.place.line, rule.rank, rule.confidence);
  for (const std::string& source : expanded ? rule.expanded : rule.sources) out += "  pattern " + source + "\n";
  if (rule.gazetteer) out += "  gazetteer " + rule.gazetteer->file() + "\n";
  if (!rule.reader.empty()) out += "  reader " + rule.reader + "\n";
  const std::string conditions = conditions_text(rule);
  return conditions.empty() ? out : out + conditions + "\n";
}

std::string lexicon_lines(const Rulebook& book) {
  std::map<std::string, const Lexicon*> files;
  for (const auto& rule : book.rules()) {
    for (const LexiconGroup& group : rule->lexicons) files[group.lexicon->file()] = group.lexicon.get();
    if (rule->gazetteer) files[rule->gazetteer->file()] = rule->gazetteer.get();
  }
  std::string out;
  for (const auto& [file, lexicon] : files)
    out += fmt::format("{:8} rows {:8} surfaces  {}\n", lexicon->rows().size(), lexicon->surfaces().size(), file);
  return out;
}

std::string example_json(const ExampleResult& result) {
  std::string out = "{\"rule\":";
  json::append_string(out, result.rule->id);
  out += ",\"mark\":";
  json::append_string(out, std::string(1, result.mark));
  out += ",\"text\":";
  json::append_string(out, result.example->text);
  out += ",\"detail\":";
  json::append_string(out, result.detail);
  return out + "}\n";
}

}  // namespace

const Usage& rules_check_usage() { return kCheck; }
const Usage& rules_test_usage() { return kTest; }
const Usage& rules_show_usage() { return kShow; }

int rules_check(const Arguments& arguments) {
  const bool json = arguments.has("json");
  const auto rules = load(arguments, true, json);
  if (!rules) return kMisuse;
  std::size_t warnings = 0, errors = 0;
  for (const Error& error : rules->book->warnings()) {
    tell(error, true, json);
    ++warnings;
  }
  for (const Finding& finding : check_rules(*rules->extractor)) {
    tell(finding.error, finding.warning, json);
    ++(finding.warning ? warnings : errors);
  }
  if (!json)
    say(counted(rules->book->rules().size(), "rule") + ", " + counted(errors, "error") + ", " + counted(warnings, "warning"));
  return errors + warnings == 0 ? kAllRead : kSomeFailed;
}

int rules_test(const Arguments& arguments) {
  const auto rules = load(arguments, false, arguments.has("json"));
  if (!rules || !all_known(*rules->book, arguments.paths())) return kMisuse;
  std::map<char, std::uint64_t> marks;
  std::string line, details;
  for (const ExampleResult& result : test_rules(*rules->extractor)) {
    if (!is_wanted(*result.rule, arguments.paths())) continue;
    ++marks[result.mark];
    if (arguments.has("json")) print(example_json(result));
    line += result.mark;
    if (result.mark == '.' || result.mark == 't') continue;
    const Place& place = result.example->place;
    details += fmt::format("{} {}:{} {}: {}\n    {}\n", result.mark, place.file, place.line, result.rule->id,
                           result.example->text, result.detail);
  }
  const std::uint64_t bad = marks['F'] + marks['M'] + marks['N'] + marks['w'];
  if (arguments.has("json")) return bad == 0 ? kAllRead : kSomeFailed;
  std::string out;
  for (std::size_t at = 0; at < line.size(); at += 100) out += line.substr(at, 100) + "\n";
  if (arguments.has("show")) out += visible(details, true);
  out += fmt::format("{} right, {} wrong, {} todo, {} todo that now pass\n", marks['.'], bad, marks['t'], marks['T']);
  print(out);
  return bad == 0 ? kAllRead : kSomeFailed;
}

int rules_show(const Arguments& arguments) {
  const auto rules = load(arguments, false);
  if (!rules || !all_known(*rules->book, arguments.paths())) return kMisuse;
  std::string out;
  if (arguments.has("lexicons")) {
    out = lexicon_lines(*rules->book);
  } else {
    for (const auto& rule : rules->book->rules()) {
      if (!is_wanted(*rule, arguments.paths())) continue;
      const bool full = !arguments.paths().empty() || arguments.has("expanded");
      out += full ? in_full(*rule, arguments.has("expanded"))
                  : fmt::format("{:32} {:13} {:3} {:5} {}\n", rule->id, rule->entity, rule->rank, rule->confidence, rule->doc);
    }
  }
  return print(visible(out, true)) ? kAllRead : kSomeFailed;
}

}  // namespace tearsheet::cli
