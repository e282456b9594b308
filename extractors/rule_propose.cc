// Rule propose: a rule made from one marked example.
#include "extractors/rule_propose.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <utility>

#include "base/suggest.h"
#include "base/utf8.h"
#include "extractors/pattern.h"
#include "extractors/rule_edit.h"
#include "extractors/vocabulary.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLongestSurface = 60;

struct Marked {
  std::string text;
  Span span;
};

std::optional<Marked> unmark(std::string_view marked) {
  const std::size_t open = marked.find("<<"), close = marked.find(">>");
  if (open == std::string_view::npos || close == std::string_view::npos || close <= open + 2) return std::nullopt;
  if (marked.find("<<", open + 2) != std::string_view::npos) return std::nullopt;
  Marked out;
  out.text = std::string(marked.substr(0, open)) + std::string(marked.substr(open + 2, close - open - 2)) + std::string(marked.substr(close + 2));
  out.span = {static_cast<std::uint32_t>(open), static_cast<std::uint32_t>(close - 2)};
  return out;
}

bool is_word_byte(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }

/// How the rules write things: which uses are common, and what groups are called behind them.
struct Habits {
  std::map<std::string, int> uses;                  // "number", "@scale" -> how often
  std::map<std::string, std::map<std::string, int>> names;  // the same -> group -> how often, in rules of the entity

  void read(const std::string& pattern, bool same_entity) {
    for (std::size_t at = pattern.find("%{"); at != std::string::npos; at = pattern.find("%{", at + 2)) {
      const std::size_t close = std::min(pattern.find('}', at), pattern.size());
      const std::string inside = pattern.substr(at + 2, close - at - 2);
      const std::string name = inside.substr(0, inside.find_first_of("[!:"));
      ++uses[name];
      if (!same_entity && !name.starts_with('@')) continue;  // a lexicon is called the same everywhere, a number is not
      const int weight = same_entity ? 100 : 1;
      const std::size_t colon = inside.rfind(':');
      if (colon != std::string::npos) names[name][inside.substr(colon + 1)] += weight;
      if (at >= 5 && pattern[at - 1] == '>') {  // (?P<cur>%{money_sign})
        const std::size_t open = pattern.rfind('<', at);
        if (open != std::string::npos && open >= 2 && pattern[open - 1] == 'P') names[name][pattern.substr(open + 1, at - open - 2)] += weight;
      }
    }
  }

  std::string group_of(const std::string& name) const {
    const auto known = names.find(name);
    if (known == names.end()) return {};
    return std::max_element(known->second.begin(), known->second.end(), [](const auto& a, const auto& b) { return a.second < b.second; })->first;
  }
};

class Proposer {
 public:
  Proposer(const Rulebook& rules, const Vocabulary& words, std::string_view entity, const Marked& marked) : words_(words), marked_(marked) {
    for (const auto& rule : rules.rules()) {
      for (const std::string& source : rule->sources) habits_.read(source, rule->entity == entity);
    }
    for (const Macro& macro : rules.macros()) habits_.read(macro.written.node.scalar, false);
    for (const std::string& name : words.macro_names()) {
      if (use_count(name) == 0) continue;  // nobody uses it by itself
      if (auto expansion = expand("%{" + name + "}", words); expansion && !expansion->whole && !Pattern::check(expansion->regex)) {
        auto pattern = std::make_unique<Pattern>(expansion->regex);
        if (!pattern->matches_empty()) macros_.emplace_back(name, std::move(pattern));
      }
    }
    for (const std::string& name : words.lexicon_names()) lexicons_.insert(name);
  }

  std::vector<Cover> covers() {
    std::vector<Cover> out;
    std::uint32_t at = marked_.span.begin;
    while (at < marked_.span.end) {
      Cover cover = best_at(at);
      at += static_cast<std::uint32_t>(cover.words.size());
      out.push_back(std::move(cover));
    }
    return out;
  }

 private:
  Cover best_at(std::uint32_t at) {
    const std::string_view text = std::string_view(marked_.text).substr(0, marked_.span.end);
    std::uint32_t end = at;
    while (end < text.size() && (text[end] == ' ' || text.substr(end, 2) == "\xC2\xA0")) end += text[end] == ' ' ? 1 : 2;
    if (end > at) return {std::string(text.substr(at, end - at)), words_.macro("gap") != nullptr ? "%{gap}" : "\\s+"};
    const std::string lexicon = lexicon_at(text, at, end);
    const std::uint32_t lexicon_end = end;
    const std::string macro = macro_at(text, at, end);
    if (!lexicon.empty() && lexicon_end >= end) return {std::string(text.substr(at, lexicon_end - at)), named("@" + lexicon)};
    if (!macro.empty()) return {std::string(text.substr(at, end - at)), named(macro)};
    return literal(text, at);
  }

  /// The lexicon with the longest surface at `at`, the most used of several.
  std::string lexicon_at(std::string_view text, std::uint32_t at, std::uint32_t& end) const {
    std::string best;
    std::uint32_t best_end = at;
    for (const std::string& name : lexicons_) {
      const auto lexicon = words_.lexicon(name);
      for (auto to = static_cast<std::uint32_t>(std::min<std::size_t>(text.size(), at + kLongestSurface)); to > at && to >= best_end; --to) {
        const bool cut = is_word_byte(text[to - 1]) && to < marked_.text.size() && is_word_byte(marked_.text[to]);
        if (cut || text[to - 1] == ' ' || lexicon->find(text.substr(at, to - at)) == nullptr) continue;
        const bool more_used = to > best_end || best.empty() || use_count("@" + name) > use_count("@" + best);
        if (more_used) best = name;
        best_end = to;
        break;
      }
    }
    end = best_end;
    return best;
  }

  int use_count(const std::string& name) const {
    const auto known = habits_.uses.find(name);
    return known == habits_.uses.end() ? 0 : known->second;
  }

  /// The macro that matches most; of equal ones the most used.
  std::string macro_at(std::string_view text, std::uint32_t at, std::uint32_t& end) const {
    std::string best;
    std::uint32_t best_end = at;
    for (const auto& [name, pattern] : macros_) {
      Span span;
      if (!pattern->find_span(text, {at, static_cast<std::uint32_t>(text.size())}, Pattern::At::start, span) || span.size() < 1) continue;
      if (!std::isdigit(static_cast<unsigned char>(text[at])) && span.size() < 3) continue;  // a sign or a short word says more by itself
      if (is_word_byte(text[span.end - 1]) && span.end < marked_.text.size() && is_word_byte(marked_.text[span.end])) continue;
      if (span.end < best_end || (span.end == best_end && use_count(name) <= use_count(best))) continue;
      best = name;
      best_end = span.end;
    }
    end = best_end;
    return best;
  }

  Cover literal(std::string_view text, std::uint32_t at) const {
    std::uint32_t end = at + 1;
    if (is_word_byte(text[at])) {
      while (end < text.size() && is_word_byte(text[end])) ++end;
    }
    const std::string words(text.substr(at, end - at));
    return {words, escape_regex(words)};
  }

  /// "%{@scale:scale}" with a name that no other group has.
  std::string named(const std::string& name) {
    std::string group = habits_.group_of(name);
    if (group.empty()) group = name[0] == '@' ? name.substr(1) : name == "number" || name == "decimal" || name == "digits" ? "num" : std::string();
    if (group.empty()) return "%{" + name + "}";
    std::string free = group;
    for (int n = 2; groups_.contains(free); ++n) free = group + "_" + std::to_string(n);
    groups_.insert(free);
    return "%{" + name + ":" + free + "}";
  }

  const Vocabulary& words_;
  const Marked& marked_;
  Habits habits_;
  std::vector<std::pair<std::string, std::unique_ptr<Pattern>>> macros_;
  std::set<std::string> lexicons_;
  std::set<std::string> groups_;
};

std::string free_id(const Rulebook& rules, const std::string& entity) {
  for (const char* name : {".plain", ".new"}) {
    if (rules.find(entity + name) == nullptr) return entity + name;
  }
  for (int n = 2;; ++n) {
    if (rules.find(entity + ".new_" + std::to_string(n)) == nullptr) return entity + ".new_" + std::to_string(n);
  }
}

/// The reader that all rules of the entity have, or "".
std::string reader_of(const Rulebook& rules, std::string_view entity) {
  std::set<std::string> readers;
  for (const auto& rule : rules.rules()) {
    if (rule->entity == entity) readers.insert(rule->reader);
  }
  return readers.size() == 1 ? *readers.begin() : std::string();
}

std::string group_in(const std::string& written) {
  const std::size_t colon = written.rfind(':');
  return written.starts_with("%{") && colon != std::string::npos ? written.substr(colon + 1, written.size() - colon - 2) : std::string();
}

/// Without a reader a rule says its values itself: the number as `value`, each lexicon's row by the group's name.
std::string emit_of(const std::vector<Cover>& covers) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "" : ", ") + part; };
  std::string factor;
  for (const Cover& cover : covers) {
    if (cover.written.starts_with("%{@scale:")) factor = " * " + group_in(cover.written);
  }
  for (const Cover& cover : covers) {
    const std::string group = group_in(cover.written);
    if (group.empty() || cover.written.starts_with("%{@scale:")) continue;
    if (cover.written.starts_with("%{@"))
      add(group + ": " + group);
    else if (std::isdigit(static_cast<unsigned char>(cover.words[0])) != 0)
      add("value: number(" + group + ")" + std::exchange(factor, {}));
  }
  return out;
}

}  // namespace

Result<ProposedRule> propose_rule(const Rulebook& rules, std::string_view pack, std::string_view entity, std::string_view id, std::string_view marked) {
  const auto example = unmark(marked);
  if (!example) return fail("R016", "mark what must be found, once", "as in 'up to <<$322 million>> to the plant'");
  const Vocabulary* words = rules.vocabulary(pack);
  if (words == nullptr) return fail("R021", "no pack is called " + std::string(pack), did_you_mean(pack, rules.packs()));
  Proposer proposer(rules, *words, entity, *example);
  ProposedRule out;
  out.covers = proposer.covers();
  for (const Cover& cover : out.covers) out.pattern += cover.written;
  out.id = id.empty() ? free_id(rules, std::string(entity)) : std::string(id);
  out.yaml = "- id: " + out.id + "\n  entity: " + std::string(entity) + "\n  doc: " + yaml_quoted("Proposed from: " + example->text) + "\n  pattern: " + yaml_quoted(out.pattern) + "\n";
  const std::string reader = reader_of(rules, entity), emit = emit_of(out.covers);
  if (!reader.empty()) out.yaml += "  reader: " + reader + "\n";
  if (reader.empty() && !emit.empty()) out.yaml += "  emit: { " + emit + " }\n";
  out.yaml += "  status: draft\n  examples:\n  - { text: " + yaml_quoted(marked) + " }\n";
  return out;
}

}  // namespace tearsheet
