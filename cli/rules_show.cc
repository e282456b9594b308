// Rules show: rules and lexicons as a list, or one rule in full.
#include <fmt/format.h>

#include <map>

#include "base/json.h"
#include "cli/rules_loading.h"
#include "cli/terminal.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kShowOptions[] = {{"expanded", 0, "", "the exact patterns, with macros and lexicons pasted in"},
                                   {"lexicons", 0, "", "the lexicons instead of the rules"},
                                   {"json", 0, "", "one JSON object a rule, its exact patterns in it"}};
constexpr Usage kShow = {
    "[ID...]",
    "Lists the rules: id, type, rank, confidence and what each is for. With ID the rules whose id begins so, in full.",
    kShowOptions,
    {{"tearsheet rules show", "all rules, one a line"},
     {"tearsheet rules show --expanded money.sign", "one rule with its exact pattern"}}};

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

std::string as_json(const Rule& rule) {
  std::string out = "{\"id\":";
  json::append_string(out, rule.id);
  const std::pair<std::string_view, std::string_view> members[] = {{"name", rule.name}, {"entity", rule.entity}, {"doc", rule.doc}, {"file", rule.place.file}, {"reader", rule.reader}};
  for (const auto& [name, value] : members) {
    out += ",\"" + std::string(name) + "\":";
    json::append_string(out, value);
  }
  out += fmt::format(",\"line\":{},\"rank\":{},\"confidence\":{},\"examples\":{},\"rejects\":{},\"todo\":{},\"patterns\":[", rule.place.line, rule.rank, rule.confidence, rule.examples.size(), rule.rejects.size(),
                     rule.todo.size());
  for (std::size_t i = 0; i < rule.expanded.size(); ++i) {
    out += i == 0 ? "" : ",";
    json::append_string(out, rule.expanded[i]);
  }
  return out + "]}\n";
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

}  // namespace

const Usage& rules_show_usage() { return kShow; }

int rules_show(const Arguments& arguments) {
  const auto rules = load_told(arguments);
  if (!rules || !all_known(*rules->book, arguments.paths())) return kMisuse;
  std::string out;
  if (arguments.has("lexicons")) {
    out = lexicon_lines(*rules->book);
  } else {
    for (const auto& rule : rules->book->rules()) {
      if (!is_wanted(*rule, arguments.paths())) continue;
      if (arguments.has("json")) {
        out += as_json(*rule);
        continue;
      }
      const bool full = !arguments.paths().empty() || arguments.has("expanded");
      out += full ? in_full(*rule, arguments.has("expanded"))
                  : fmt::format("{:32} {:13} {:3} {:5} {}\n", rule->id, rule->entity, rule->rank, rule->confidence, rule->doc);
    }
  }
  if (arguments.has("json") && !arguments.has("lexicons")) return print(out) ? kAllRead : kSomeFailed;
  return print(visible(out, true)) ? kAllRead : kSomeFailed;
}

}  // namespace tearsheet::cli
