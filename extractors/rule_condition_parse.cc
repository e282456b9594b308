// Rule condition parse: unless, requires, boost and set entries to Conditions.
#include <algorithm>
#include <array>
#include <cstdlib>

#include "base/suggest.h"
#include "extractors/gazetteer.h"
#include "extractors/pattern.h"
#include "extractors/rule_parse.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLookUp = 200;  // surfaces; above that looking words up beats compiling an alternation for a guard

const std::vector<std::string> kTests = {"near", "preceded_by", "followed_by", "inside"};
const std::vector<std::string> kInside = {"url",  "quote",  "bracket",  "heading", "body",   "title",   "excerpt",
                                          "byline", "dateline", "caption", "repeat",  "related", "boilerplate"};

class ConditionParser {
 public:
  ConditionParser(std::string_view key, const RuleSource& source, const Vocabulary& words, std::vector<Error>& errors)
      : key_(key), source_(source), words_(words), errors_(errors) {}

  std::optional<Condition> parse(const Tree& map) {
    if (!map.is_map()) {
      errors_.push_back(source_.error("R002", "a condition is a map", map, {}, "write it like { near: 'shares', within: sentence }"));
      return std::nullopt;
    }
    Condition condition;
    condition.place = source_.place(map.offset);
    condition.scope = Condition::Scope::words;
    bool near = false;
    for (const auto& [name, value] : map.members) near = near || name == "near";
    if (near) condition.scope = Condition::Scope::sentence;
    if (const Tree* within = map.find("within")) parse_scope(*within, condition);
    const std::size_t before = errors_.size();
    for (const auto& [name, value] : map.members) parse_member(name, value, map, condition);
    if (errors_.size() > before) return std::nullopt;
    if (condition.tests.empty()) {
      errors_.push_back(source_.error("R003", "a condition needs near, preceded_by, followed_by or inside", map));
    }
    if (key_ == "set" && condition.set.empty()) {
      errors_.push_back(source_.error("R003", "an entry of set: needs a field to fill", map, {}, "add it beside the condition: per: 'share'"));
    }
    if (key_ == "boost" && condition.boost == 0) errors_.push_back(source_.error("R003", "a boost needs by:", map, {}, "add by: 0.05"));
    return condition;
  }

 private:
  void parse_member(const std::string& name, const Tree& value, const Tree& map, Condition& condition) {
    if (name == "within" || name == "edges") return;
    if (name == "by" && key_ == "boost") {
      condition.boost = std::strtod(value.scalar.c_str(), nullptr);
      if (value.type != Tree::Type::number || condition.boost < -1 || condition.boost > 1) {
        errors_.push_back(source_.error("R002", "by: is a number from -1 to 1", value));
      }
      return;
    }
    if (std::find(kTests.begin(), kTests.end(), name) != kTests.end()) {
      if (auto test = parse_test(name, value, map, condition)) condition.tests.push_back(std::move(*test));
      return;
    }
    std::vector<std::string> known = kTests;
    known.insert(known.end(), {"within", "edges"});
    if (key_ == "boost") known.push_back("by");
    const std::string meant = suggest(name, known);
    if (key_ == "set" && (meant.size() < 6 || meant.empty())) {
      condition.set.push_back({name, to_scalar(value)});
      return;
    }
    errors_.push_back(source_.key_error("R001", "unknown key " + name + " in a condition of " + std::string(key_), name, value,
                                        meant.empty() ? "" : "did you mean " + meant + "?"));
  }

  void parse_scope(const Tree& within, Condition& condition) {
    const std::string& text = within.scalar;
    if (text == "sentence") {
      condition.scope = Condition::Scope::sentence;
    } else if (text == "paragraph") {
      condition.scope = Condition::Scope::paragraph;
    } else if (text == "article") {
      condition.scope = Condition::Scope::article;
    } else if (text == "touching") {
      condition.scope = Condition::Scope::touching;
    } else {
      char* rest = nullptr;
      const long count = std::strtol(text.c_str(), &rest, 10);
      const std::string unit = rest == nullptr ? "" : rest;
      condition.scope = Condition::Scope::words;
      condition.words = static_cast<std::uint32_t>(count);
      if (text.empty() || count < 0 || count > 50 || (!unit.empty() && unit != " words" && unit != " word")) {
        errors_.push_back(source_.error("R002", "within: is touching, `N words` (at most 50), sentence, paragraph or article", within));
      }
    }
  }

  std::optional<Test> parse_test(const std::string& name, const Tree& value, const Tree& map, const Condition& condition) {
    Test test;
    test.where = static_cast<Test::Where>(std::find(kTests.begin(), kTests.end(), name) - kTests.begin());
    if (test.where == Test::Where::inside) {
      test.inside = value.scalar;
      if (std::find(kInside.begin(), kInside.end(), value.scalar) != kInside.end()) return test;
      errors_.push_back(source_.error("R002", "inside: knows no " + value.scalar, value, did_you_mean(value.scalar, kInside),
                                      "it knows url, quote, bracket, heading, and the uses of a block: title, caption, related, ..."));
      return std::nullopt;
    }
    if (value.is_map()) {
      check_keys(value, {"entity"}, source_, errors_);
      test.entity = value.text("entity");
      if (test.where == Test::Where::near && !test.entity.empty()) return test;
      errors_.push_back(source_.error("R002", "only near: { entity: TYPE } is known", value));
      return std::nullopt;
    }
    std::string regex;
    if (!parse_words(value, test, regex)) return std::nullopt;
    if (const Tree* edges = map.find("edges")) {
      test.edges = edges->scalar == "word" ? Edges::word : edges->scalar == "left" ? Edges::left : edges->scalar == "right" ? Edges::right : Edges::none;
    }
    if (test.gazetteer) return test;
    const bool at_end = test.where == Test::Where::preceded_by && (condition.scope == Condition::Scope::words || condition.scope == Condition::Scope::touching);
    test.pattern = std::make_shared<const Pattern>(at_end ? "(?:" + regex + R"()\z)" : regex);
    return test;
  }

  /// A regex, one lexicon, or a list of words: to a regex with its edges, or to a gazetteer.
  bool parse_words(const Tree& value, Test& test, std::string& regex) {
    if (value.is_list()) return parse_list(value, test, regex);
    const auto expansion = compile_text(value, source_, words_, true, errors_);
    if (!expansion) return false;
    test.lexicons = expansion->lexicons;
    regex = expansion->regex;
    if (expansion->whole) test.edges = Edges::word;
    if (expansion->whole && expansion->whole_surfaces.size() > kLookUp) {
      auto gazetteer = std::make_shared<Gazetteer>(expansion->whole->how());
      gazetteer->add(0, *expansion->whole, expansion->whole_surfaces);
      test.gazetteer = std::move(gazetteer);
    }
    return true;
  }

  /// Words of any case, longest first: "points" before "point".
  bool parse_list(const Tree& value, Test& test, std::string& regex) {
    test.edges = Edges::word;
    std::vector<std::string> words;
    for (const Tree& item : value.items) {
      if (!item.is_scalar() || item.scalar.empty()) {
        errors_.push_back(source_.error("R002", "a list of words holds words only", item));
        return false;
      }
      words.push_back(item.scalar);
    }
    std::sort(words.begin(), words.end(), [](const std::string& a, const std::string& b) { return a.size() != b.size() ? a.size() > b.size() : a < b; });
    regex = "(?i:";
    for (const std::string& word : words) {
      if (regex.size() > 4) regex += '|';
      for (const char c : word) regex += c == ' ' ? std::string(R"([\s\x{00A0}]+)") : escape_regex(std::string_view(&c, 1));
    }
    regex += ')';
    return true;
  }

  std::string_view key_;
  const RuleSource& source_;
  const Vocabulary& words_;
  std::vector<Error>& errors_;
};

/// '%{@lex}' in a field of set: must be a lexicon or group of the condition's own pattern.
void check_references(const Tree& map, const Condition& condition, const RuleSource& source, std::vector<Error>& errors) {
  for (const Field& field : condition.set) {
    const auto* text = field.value.get<std::string>();
    if (text == nullptr || text->substr(0, 2) != "%{") continue;
    const std::string name = text->substr(2, text->find_first_of(".}") - 2);
    bool known = false;
    for (const Test& test : condition.tests) {
      known = known || (test.pattern && test.pattern->group(name) >= 0);
      for (const LexiconGroup& group : test.lexicons) known = known || "@" + group.name == name || group.group == name;
    }
    if (!known) errors.push_back(source.error("R014", "nothing in this condition is called " + name, *map.find(field.name), {}, "use a lexicon or a named group of the condition's own pattern"));
  }
}

}  // namespace

std::optional<Expansion> compile_text(const Tree& scalar, const RuleSource& source, const Vocabulary& words, bool name_all, std::vector<Error>& errors) {
  if (!scalar.is_scalar()) {
    errors.push_back(source.error("R002", "a pattern is a text in single quotes", scalar));
    return std::nullopt;
  }
  if (scalar.quoted && source.opener(scalar) == '"') {
    errors.push_back(source.error("R015", "a pattern in double quotes loses its backslashes", Span{scalar.offset, scalar.offset + 1}, "use '", "patterns are single-quoted"));
    return std::nullopt;
  }
  auto expansion = expand(scalar.scalar, words, name_all);
  if (!expansion) {
    errors.push_back(source.error(expansion.error(), scalar));
    return std::nullopt;
  }
  if (auto problem = Pattern::check(expansion->regex, expansion->slots)) {
    const std::size_t at = problem->fragment.empty() ? std::string::npos : expansion->regex.find(problem->fragment);
    const Span where = at == std::string::npos ? Span{0, static_cast<std::uint32_t>(scalar.scalar.size())} : expansion->source_of(at, problem->fragment.size());
    errors.push_back(source.error(Flaw{"R010", "the pattern is no RE2: " + problem->what, where, {}, "RE2 knows no look-around and no back-references; named groups are (?P<name>...)"}, scalar));
    return std::nullopt;
  }
  return std::move(*expansion);
}

std::vector<Condition> parse_conditions(const Tree& list, std::string_view key, const RuleSource& source, const Vocabulary& words, std::vector<Error>& errors) {
  std::vector<Condition> out;
  const auto add = [&](const Tree& map) {
    auto condition = ConditionParser(key, source, words, errors).parse(map);
    if (!condition) return;
    check_references(map, *condition, source, errors);
    out.push_back(std::move(*condition));
  };
  if (list.is_map()) add(list);  // one condition needs no list
  for (const Tree& map : list.items) add(map);
  if (!list.is_list() && !list.is_map()) errors.push_back(source.error("R002", std::string(key) + ": is a list of conditions", list));
  return out;
}

}  // namespace tearsheet
