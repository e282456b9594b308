// Rule check: lints of compiled rules.
#include "extractors/rule_check.h"

#include <algorithm>
#include <cstdlib>
#include <map>
#include <tuple>

#include "extractors/pattern.h"

namespace tearsheet {
namespace {

class Checker {
 public:
  explicit Checker(const Extractor& extractor) : extractor_(extractor) {}

  std::vector<Finding> run() {
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off) continue;
      patterns(*rule);
      examples(*rule);
      guards(*rule);
    }
    pairs();
    std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      const auto key = [](const Finding& f) { return std::tie(f.error.place.file, f.error.place.line, f.error.place.column, f.error.code, f.error.what); };
      return key(a) < key(b);
    });
    return std::move(findings_);
  }

 private:
  void warn(const Rule& rule, std::string code, std::string what, const Place& place, std::string help) {
    if (std::find(rule.silence.begin(), rule.silence.end(), code) != rule.silence.end()) return;
    findings_.push_back({Error{std::move(code), std::move(what), place, std::move(help), {}}, true});
  }

  void patterns(const Rule& rule) {
    for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
      if (rule.patterns[i]->matches_empty()) {
        findings_.push_back({Error{"R017", rule.id + ": the pattern matches the empty text", rule.pattern_place, "at least one part must be there: use + for *, or drop the ?", {}}, false});
      }
      shape(rule, rule.sources[i]);
    }
  }

  /// What can be told from the pattern as written.
  void shape(const Rule& rule, const std::string& source) {
    bool in_class = false;
    for (std::size_t i = 0; i < source.size(); ++i) {
      const std::string_view rest = std::string_view(source).substr(i);
      if (rest.substr(0, 2) == "%{") {
        i = std::min(source.find('}', i), source.size());
        continue;
      }
      if (!in_class && rest[0] == '[') {
        in_class = true;
        duplicates(rule, rest);
      } else if (rest[0] == ']') {
        in_class = false;
      }
      if (rest.substr(0, 2) == "\\b" && !in_class && i > 0 && after_sign(source, i)) {
        warn(rule, "W04", rule.id + ": \\b after a character that is no letter or digit", rule.pattern_place, "there it asks for a letter to follow; `edges: word` is safe for signs");
      }
      if (!in_class && wide_gap(rest)) {
        warn(rule, "W05", rule.id + ": a wide counted gap, " + std::string(rest.substr(0, rest.find('}') + 1)), rule.pattern_place,
             "it slows the whole set down; use near:, preceded_by: or followed_by: in a guard");
      }
      if (rest[0] == '\\') ++i;
    }
    prefixes(rule, source);
  }

  static bool after_sign(const std::string& source, std::size_t at) {
    const char before = source[at - 1];
    if (at > 1 && source[at - 2] == '\\') return std::string_view("$%.+*()[]{}|?^/-").find(before) != std::string_view::npos;
    return before == '%' || before == '$' || before == '-' || before == '/';
  }

  /// `.{0,80}`, `[^x]{0,40}`, `\w{1,200}`: any class, counted past 20.
  static bool wide_gap(std::string_view rest) {
    const bool open = rest.substr(0, 2) == ".{" || rest.substr(0, 2) == "]{" || rest.substr(0, 4) == "\\S{" || rest.substr(0, 4) == "\\W{";
    if (!open) return false;
    const std::size_t comma = rest.find(','), close = rest.find('}');
    if (close == std::string_view::npos) return false;
    if (comma == std::string_view::npos || comma > close) return false;
    const std::string most(rest.substr(comma + 1, close - comma - 1));
    return most.empty() || std::atoi(most.c_str()) > 20;
  }

  void duplicates(const Rule& rule, std::string_view rest) {
    const std::size_t close = rest.find(']', 2);
    if (close == std::string_view::npos) return;
    const std::string_view inside = rest.substr(1, close - 1);
    std::vector<std::string> seen;
    for (std::size_t i = 0; i < inside.size(); ++i) {
      if (inside[i] == '-' || inside[i] == '[') return;  // ranges and [:classes:] are not judged
      std::string item(1, inside[i]);
      if (inside[i] == '\\' && i + 1 < inside.size()) {
        item += inside[++i];
        if (item == "\\x" || item == "\\p") return;
      }
      if (std::find(seen.begin(), seen.end(), item) != seen.end()) {
        warn(rule, "W06", rule.id + ": " + item + " stands twice in [" + std::string(inside) + "]", rule.pattern_place, "drop one");
        return;
      }
      seen.push_back(std::move(item));
    }
  }

  /// `m|million`: of plain alternatives an earlier prefix hides a later, longer one.
  void prefixes(const Rule& rule, const std::string& source) {
    std::size_t begin = 0;
    std::vector<std::string> words;
    for (std::size_t i = 0; i <= source.size(); ++i) {
      const char c = i < source.size() ? source[i] : ')';
      if (c != '|' && c != '(' && c != ')' && c != ':' && c != '>') continue;
      const std::string word = source.substr(begin, i - begin);
      const bool plain = !word.empty() && word.find_first_of("\\[]{}?*+.^$%<") == std::string::npos;
      begin = i + 1;
      if (c != '|' && c != ')') {
        words.clear();
        continue;
      }
      for (const std::string& earlier : words) {
        if (plain && word.size() > earlier.size() && word.compare(0, earlier.size(), earlier) == 0) {
          warn(rule, "W03", rule.id + ": " + earlier + " before " + word + " hides the longer one", rule.pattern_place, "put the longer alternative first, or use a lexicon: it sorts itself");
          break;
        }
      }
      if (plain) words.push_back(word);
      if (c == ')') words.clear();
    }
  }

  /// Its own examples must at least be matched by its pattern.
  void examples(const Rule& rule) {
    if (rule.examples.empty()) {
      warn(rule, "W01", rule.id + ": no example", rule.place, "an example shows what the rule takes, and keeps it so");
      return;
    }
    if (rule.gazetteer) return;
    const bool any = std::any_of(rule.examples.begin(), rule.examples.end(), [&](const Example& example) {
      return std::any_of(rule.patterns.begin(), rule.patterns.end(), [&](const auto& pattern) {
        Pattern::Match match;
        return pattern->find(example.text, {0, static_cast<std::uint32_t>(example.text.size())}, Pattern::At::anywhere, match);
      });
    });
    if (!any) warn(rule, "W02", rule.id + ": the pattern matches none of its examples", rule.pattern_place, "`tearsheet rules test --show` says how far it gets");
  }

  void guards(const Rule& rule) {
    const auto covered = [&](std::string_view guard) {
      return std::any_of(rule.rejects.begin(), rule.rejects.end(), [&](const Example& reject) { return reject.by == guard; });
    };
    const auto check = [&](bool has, std::string_view guard, const Place& place) {
      if (has && !covered(guard)) warn(rule, "W07", rule.id + ": no reject shows what " + std::string(guard) + " stops", place, "add one with by: " + std::string(guard));
    };
    check(rule.where != nullptr, "where", rule.place);
    if (!rule.unless.empty()) check(true, "unless", rule.unless[0].place);
    if (!rule.requires_.empty()) check(true, "requires", rule.requires_[0].place);
  }

  void pairs() {
    std::map<std::string, const Rule*> by_pattern;
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off) continue;
      for (const std::string& regex : rule->expanded) {
        const auto [known, fresh] = by_pattern.emplace(regex, rule.get());
        if (!fresh && known->second != rule.get()) {
          warn(*rule, "W08", rule->id + " has the same pattern as " + known->second->id, rule->pattern_place, "one of them is enough, or one should say more");
        }
        if (!fresh && known->second != rule.get() && known->second->rank == rule->rank && known->second->entity != rule->entity) {
          warn(*rule, "W09", rule->id + " and " + known->second->id + " have the same rank and pattern: the id decides", rule->pattern_place, "give one a higher conflict: { rank: ... }");
        }
      }
    }
  }

  const Extractor& extractor_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_rules(const Extractor& extractor) { return Checker(extractor).run(); }

}  // namespace tearsheet
