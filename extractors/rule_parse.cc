// Rule parse: one entry of `rules:` to a Rule, every mistake told with its place.
#include "extractors/rule_parse.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <cstdlib>

#include "base/hash.h"
#include "base/suggest.h"
#include "extractors/expression.h"
#include "extractors/pattern.h"
#include "extractors/registry.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMaxGroups = 24;

template <class T>
using Choice = std::pair<std::string_view, T>;
constexpr std::array kEdges = {Choice<Edges>{"word", Edges::word}, Choice<Edges>{"none", Edges::none}, Choice<Edges>{"left", Edges::left}, Choice<Edges>{"right", Edges::right}};
constexpr std::array kStatus = {Choice<Status>{"draft", Status::draft}, Choice<Status>{"trial", Status::trial}, Choice<Status>{"stable", Status::stable}, Choice<Status>{"off", Status::off}};

/// What a rule says, without what is said about it: the part that its hash covers.
void dump(const Tree& tree, std::string& out) {
  out += tree.is_map() ? '{' : tree.is_list() ? '[' : '=';
  out += tree.scalar;
  for (const Tree& item : tree.items) dump(item, out);
  for (const auto& [key, value] : tree.members) {
    out += key + ':';
    dump(value, out);
  }
  out += ';';
}

class RuleParser {
 public:
  RuleParser(const RuleDraft& draft, std::vector<Error>& errors) : draft_(draft), errors_(errors), rule_(std::make_unique<Rule>()) {}

  std::unique_ptr<Rule> run() {
    const Tree& tree = draft_.tree;
    const RuleSource& source = *draft_.source;
    check_keys(tree, rule_keys(), source, errors_);
    rule_->place = source.place(tree.offset);
    rule_->source = draft_.source;
    identity(source);
    patterns();
    choices();
    conflict();
    guards();
    fields();
    check_names();
    for (const auto& [key, to] : {std::pair{"examples", &rule_->examples}, {"rejects", &rule_->rejects}, {"todo", &rule_->todo}}) {
      if (const Tree* list = find(key)) *to = parse_examples(*list, key, draft_.source_of(key), errors_);
    }
    seal();
    return std::move(rule_);
  }

 private:
  const Tree* find(std::string_view key) const { return draft_.tree.find(key); }
  void complain(std::string_view key, std::string code, std::string what, const Tree& node, std::string_view remark = {}, std::string help = {}) {
    errors_.push_back(draft_.source_of(key).error(std::move(code), std::move(what), node, remark, std::move(help)));
  }

  void identity(const RuleSource& source) {
    rule_->id = draft_.tree.text("id");
    rule_->entity = draft_.tree.text("entity");
    rule_->doc = draft_.tree.text("doc");
    rule_->notes = draft_.tree.text("notes");
    rule_->reader = draft_.tree.text("reader");
    rule_->version = draft_.version;
    for (const char* key : {"id", "entity"}) {
      if (draft_.tree.text(key).empty()) errors_.push_back(source.error("R003", std::string("a rule needs ") + key, draft_.tree));
    }
    const bool plain = std::all_of(rule_->id.begin(), rule_->id.end(), [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '.' || c == '_' || c == '-'; });
    if (!plain) complain("id", "R005", "an id is lower-case words with dots, like money.sign", *find("id"));
    if (rule_->reader.empty()) return;
    std::vector<std::string> known;
    for (const ReaderRow& row : readers()) known.emplace_back(row.name);
    if (std::find(known.begin(), known.end(), rule_->reader) == known.end()) {
      complain("reader", "R017", "no reader is called " + rule_->reader, *find("reader"), did_you_mean(rule_->reader, known));
    }
  }

  void patterns() {
    const Tree* one = find("pattern");
    const Tree* any = find("any");
    if ((one == nullptr) == (any == nullptr)) {
      errors_.push_back(draft_.source->error("R003", one == nullptr ? "a rule needs pattern: or any:" : "a rule has pattern: or any:, not both", draft_.tree));
      return;
    }
    if (one != nullptr) add_pattern(*one, "pattern");
    if (any != nullptr) {
      if (!any->is_list() || any->items.empty()) complain("any", "R002", "any: is a list of patterns", *any);
      for (const Tree& pattern : any->items) add_pattern(pattern, "any");
    }
  }

  void add_pattern(const Tree& node, std::string_view key) {
    const RuleSource& source = draft_.source_of(key);
    if (rule_->sources.empty()) rule_->pattern_place = source.place(node.offset);
    auto expansion = compile_text(node, source, *draft_.words, false, errors_);
    if (!expansion) return;
    const auto index = static_cast<std::uint16_t>(rule_->patterns.size());
    for (LexiconGroup& group : expansion->lexicons) {
      group.pattern = index;
      rule_->lexicons.push_back(group);
    }
    rule_->sources.push_back(node.scalar);
    rule_->written.push_back({draft_.shared_source_of(key), node, std::move(expansion->pieces)});
    if (expansion->whole && key == "pattern" && (expansion->regex.empty() || draft_.tree.text("edges").empty() || draft_.tree.text("edges") == "word")) {
      if (!expansion->regex.empty()) rule_->expanded.push_back(expansion->regex);
      rule_->gazetteer = expansion->whole;
      rule_->gazetteer_surfaces = std::move(expansion->whole_surfaces);
      rule_->gazetteer_group = expansion->whole_group;
      gazetteer_rows_ = expansion->whole_rows;
      return;
    }
    if (expansion->regex.empty()) complain(key, "R011", "a lexicon of over 1,500 surfaces must be the one pattern of its rule", node, {}, "write it as `pattern:`");
    auto pattern = std::make_shared<const Pattern>(expansion->regex, std::move(expansion->slots));
    if (pattern->groups().size() > kMaxGroups) complain(key, "R010", "a pattern has at most 24 groups", node, {}, "write (?:...) for groups that nothing reads");
    rule_->expanded.push_back(std::move(expansion->regex));
    rule_->patterns.push_back(std::move(pattern));
  }

  template <class T, std::size_t N>
  void choose(std::string_view key, const std::array<Choice<T>, N>& known, T& out) {
    const Tree* node = find(key);
    if (node == nullptr) return;
    std::vector<std::string> names;
    for (const auto& [name, value] : known) {
      if (name == node->scalar) {
        out = value;
        return;
      }
      names.emplace_back(name);
    }
    std::string all;
    for (const std::string& name : names) all += (all.empty() ? "" : ", ") + name;
    complain(key, "R002", std::string(key) + ": knows no " + node->scalar, *node, did_you_mean(node->scalar, names), "it is one of " + all);
  }

  void choices() {
    choose("edges", kEdges, rule_->edges);
    choose("status", kStatus, rule_->status);
    number("confidence", 0, 1, [&](double v) { rule_->confidence = v; });
    number("max_len", 1, 10'000, [&](double v) { rule_->max_len = static_cast<std::uint32_t>(v); });
    for (const auto& [key, to] : {std::pair{"lang", &rule_->lang}, {"trigger", &rule_->trigger}, {"silence", &rule_->silence}}) words(key, *to);
    std::vector<std::string> zones;
    words("zones", zones);
    for (const std::string& zone : zones) {
      const auto use = use_from(zone);
      if (use) rule_->zones.push_back(*use);
      if (!use) complain("zones", "R002", "no block has the use " + zone, *find("zones"), {}, "uses are body, title, excerpt, byline, dateline, caption, repeat, related, boilerplate");
    }
  }

  template <class Take>
  void number(std::string_view key, double least, double most, Take take) {
    const Tree* node = find(key);
    if (node == nullptr) return;
    const double value = std::strtod(node->scalar.c_str(), nullptr);
    if (node->type != Tree::Type::number || value < least || value > most) {
      complain(key, "R002", std::string(key) + ": is a number from " + std::to_string(static_cast<int>(least)) + " to " + std::to_string(static_cast<int>(most)), *node);
      return;
    }
    take(value);
  }

  void words(std::string_view key, std::vector<std::string>& out) {
    const Tree* node = find(key);
    if (node == nullptr) return;
    if (node->is_scalar()) out.push_back(node->scalar);
    for (const Tree& item : node->items) out.push_back(item.scalar);
    if (node->is_map()) complain(key, "R002", std::string(key) + ": is a word or a list of words", *node);
  }

  void conflict() {
    const Tree* node = find("conflict");
    if (node == nullptr) return;
    if (!node->is_map()) return complain("conflict", "R002", "conflict: is a map", *node, {}, "write it like { rank: 50, longest: true }");
    check_keys(*node, {"rank", "longest"}, draft_.source_of("conflict"), errors_);
    if (const Tree* rank = node->find("rank")) {
      rule_->rank = std::atoi(rank->scalar.c_str());
      if (rank->type != Tree::Type::number || rule_->rank < 0 || rule_->rank > 100) complain("conflict", "R002", "rank: is a number from 0 to 100", *rank);
    }
    if (const Tree* longest = node->find("longest")) rule_->longest = longest->scalar == "true";
  }

  void guards() {
    for (const auto& [key, to] : {std::pair{"unless", &rule_->unless}, {"requires", &rule_->requires_}, {"boost", &rule_->boost}, {"set", &rule_->set}}) {
      if (const Tree* list = find(key)) *to = parse_conditions(*list, key, draft_.source_of(key), *draft_.words, errors_);
    }
  }

  std::shared_ptr<const Expression> expression(std::string_view key, const Tree& node) {
    if (!node.is_scalar()) {
      complain(key, "R002", "an expression is a text", node);
      return nullptr;
    }
    auto parsed = Expression::parse(node.scalar);
    if (parsed) return std::make_shared<const Expression>(std::move(*parsed));
    errors_.push_back(draft_.source_of(key).error(parsed.error(), node));
    return nullptr;
  }

  void fields() {
    if (const Tree* emit = find("emit")) {
      if (!emit->is_map()) complain("emit", "R002", "emit: is a map from fields to expressions", *emit);
      for (const auto& [name, node] : emit->members) {
        if (auto made = expression("emit", node)) rule_->emit.emplace_back(name, std::move(made));
      }
    }
    if (const Tree* where = find("where")) rule_->where = expression("where", *where);
  }

  std::vector<std::string> group_names() const {
    std::vector<std::string> names;
    for (const auto& pattern : rule_->patterns) {
      for (const std::string& name : pattern->groups()) {
        if (!name.empty()) names.push_back(name);
      }
    }
    if (!rule_->gazetteer_group.empty()) names.push_back(rule_->gazetteer_group);
    return names;
  }

  void check_names() {
    if (rule_->sources.empty() || (rule_->patterns.empty() && !rule_->gazetteer)) return;  // told already
    std::vector<std::string> known = group_names();
    const Tree* emit = find("emit");
    for (const auto& [field, made] : rule_->emit) check_names(*made, *emit->find(field), "emit", known);
    for (const auto& [field, made] : rule_->emit) known.push_back(field);
    for (const Condition& condition : rule_->set) {
      for (const Field& field : condition.set) known.push_back(field.name);
    }
    if (rule_->where) check_names(*rule_->where, *find("where"), "where", known);
  }

  void check_names(const Expression& made, const Tree& node, std::string_view key, const std::vector<std::string>& known) {
    for (const Expression::Name& name : made.names()) {
      const RuleSource& source = draft_.source_of(key);
      if (std::find(known.begin(), known.end(), name.name) == known.end()) {
        errors_.push_back(source.error(Flaw{"R014", "no group is called " + name.name, name.where, did_you_mean(name.name, known), "words go in quotes: \"'exact'\""}, node));
      } else if (!name.column.empty()) {
        check_column(name, node, source);
      }
    }
  }

  void check_column(const Expression::Name& name, const Tree& node, const RuleSource& source) {
    for (const LexiconGroup& group : rule_->lexicons) {
      if (group.group != name.name) continue;
      const auto& columns = group.lexicon->columns();
      if (std::find(columns.begin(), columns.end(), name.column) != columns.end()) return;
      errors_.push_back(source.error(Flaw{"R014", "the lexicon " + group.name + " has no column " + name.column, name.where, did_you_mean(name.column, columns), {}}, node));
      return;
    }
    errors_.push_back(source.error(Flaw{"R014", "no lexicon stands behind " + name.name, name.where, {}, "lookup() reads a row of the lexicon of '%{@lexicon:group}'"}, node));
  }

  /// The hash and the name that mentions carry.
  void seal() {
    std::string said;
    for (const auto& [key, value] : draft_.tree.members) {
      if (key == "doc" || key == "notes" || key == "examples" || key == "rejects" || key == "todo" || key == "silence") continue;
      said += key + ':';
      dump(value, said);
    }
    for (const std::string& regex : rule_->expanded) said += regex + '\n';
    std::uint64_t lexicons = gazetteer_rows_;
    const auto add = [&](const std::vector<LexiconGroup>& groups) {
      for (const LexiconGroup& group : groups) lexicons = lexicons * 31 + group.rows;
    };
    add(rule_->lexicons);
    for (const auto* list : {&rule_->unless, &rule_->requires_, &rule_->boost, &rule_->set}) {
      for (const Condition& condition : *list) {
        for (const Test& test : condition.tests) {
          said += test.pattern ? test.pattern->regex() : "";
          add(test.lexicons);
        }
      }
    }
    rule_->digest = hash::hex64(hash::xxh3(said, lexicons));
    rule_->hash = rule_->digest.substr(0, 4);
    rule_->name = rule_->id + "@" + rule_->version + "#" + rule_->hash;
  }

  const RuleDraft& draft_;
  std::vector<Error>& errors_;
  std::unique_ptr<Rule> rule_;
  std::uint64_t gazetteer_rows_ = 0;
};

}  // namespace

const std::vector<std::string>& rule_keys() {
  static const std::vector<std::string> keys = {"id",       "entity",   "doc",        "pattern",  "any",     "edges", "emit",  "where",  "unless",  "requires", "boost", "set",  "conflict",
                                                "confidence", "examples", "rejects", "todo",  "zones", "lang",   "status",  "max_len",  "trigger", "reader", "notes", "silence"};
  return keys;
}

std::shared_ptr<const RuleSource> RuleDraft::shared_source_of(std::string_view key) const {
  for (const auto& [name, from] : changed) {
    if (name == key) return from;
  }
  return source;
}

const RuleSource& RuleDraft::source_of(std::string_view key) const { return *shared_source_of(key); }

void check_keys(const Tree& map, const std::vector<std::string>& known, const RuleSource& source, std::vector<Error>& errors) {
  for (const auto& [key, value] : map.members) {
    if (std::find(known.begin(), known.end(), key) != known.end()) continue;
    std::string all;
    for (const std::string& name : known) all += (all.empty() ? "" : ", ") + name;
    errors.push_back(source.key_error("R001", "unknown key " + key, key, value, did_you_mean(key, known), "known here: " + all));
  }
}

std::unique_ptr<Rule> parse_rule(const RuleDraft& draft, std::vector<Error>& errors) { return RuleParser(draft, errors).run(); }

bool Rule::needs_entities() const {
  for (const auto* list : {&unless, &requires_, &boost, &set}) {
    if (std::any_of(list->begin(), list->end(), [](const Condition& c) { return c.needs_entities(); })) return true;
  }
  return false;
}

}  // namespace tearsheet
