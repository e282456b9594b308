// Rule check: lints of compiled rules.
#include "extractors/rule_check.h"

#include <algorithm>
#include <map>
#include <set>
#include <tuple>

#include <fmt/format.h>

#include "base/fold.h"
#include "extractors/pattern.h"
#include "extractors/rule_lint.h"
#include "extractors/rule_source.h"
#include "extractors/rule_trigger.h"

namespace tearsheet {
namespace {

constexpr std::size_t kTriggerLetters = 3;  // a word of fewer stands in nearly every line
constexpr std::string_view kSilenceable[] = {"W01", "W02", "W03", "W04", "W05", "W06", "W07", "W08", "W09", "W10", "W11", "W12"};

class Checker {
 public:
  Checker(const Extractor& extractor, const std::vector<Speed>* speeds) : extractor_(extractor), speeds_(speeds) {}

  std::vector<Finding> run() {
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off) continue;
      patterns(*rule);
      examples(*rule);
      triggers(*rule);
      guards(*rule);
    }
    macros();
    pairs();
    slow();
    silences();
    std::sort(findings_.begin(), findings_.end(), [](const Finding& a, const Finding& b) {
      const auto key = [](const Finding& f) { return std::tie(f.error.place.file, f.error.place.line, f.error.place.column, f.error.code, f.error.what); };
      return key(a) < key(b);
    });
    return std::move(findings_);
  }

 private:
  bool silenced(const Rule& rule, const std::string& code) {
    if (std::find(rule.silence.begin(), rule.silence.end(), code) == rule.silence.end()) return false;
    heard_.insert({&rule, code});
    return true;
  }

  /// A warning at a place of the rule's own file.
  void warn(const Rule& rule, std::string code, std::string what, const Place& place, std::string help, std::uint32_t length = 1) {
    if (silenced(rule, code)) return;
    const bool own = rule.source && rule.source->path() == place.file;
    Error error{std::move(code), rule.id + ": " + what, place, std::move(help), {}};
    if (own) error.excerpt = rule.source->error({}, {}, Span{rule.source->offset(place), rule.source->offset(place) + length}).excerpt;
    findings_.push_back({std::move(error), true, std::nullopt});
  }

  /// A warning under a whole pattern.
  void warn_pattern(const Rule& rule, std::size_t index, std::string code, std::string what, std::string help) {
    if (silenced(rule, code) || index >= rule.written.size()) return;
    const Written& written = rule.written[index];
    findings_.push_back({written.source->error(std::move(code), rule.id + ": " + what, written.node, {}, std::move(help)), true, std::nullopt});
  }

  void lint(const Written& written, std::string_view name, const Rule* rule) {
    for (const Lint& found : lint_pattern(written.node.scalar, rule == nullptr)) {
      if (rule != nullptr && silenced(*rule, found.code)) continue;
      const Flaw flaw{found.code, std::string(name) + ": " + found.what, found.where, found.remark, found.help};
      Finding finding{written.source->error(flaw, written.node), true, std::nullopt};
      const char open = written.source->opener(written.node);
      if (found.fix && open != '|' && open != '>' && open != '"') {
        finding.fix = Fix{written.source->path(), written.source->span_of(written.node, found.replaced), *found.fix};
      }
      findings_.push_back(std::move(finding));
    }
  }

  void patterns(const Rule& rule) {
    for (std::size_t i = 0; i < rule.written.size(); ++i) lint(rule.written[i], rule.id, &rule);
    for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
      const Pattern& pattern = *rule.patterns[i];
      if (pattern.matches_empty()) {
        findings_.push_back({rule.written[i].source->error("R017", rule.id + ": the pattern matches the empty text", rule.written[i].node, {}, "at least one part must be there: use + for *, or drop the ?"), false, std::nullopt});
      }
      const Needs needs = needs_of(pattern.regex(), pattern.slots());
      const bool word = std::any_of(needs.literal.begin(), needs.literal.end(), [](unsigned char c) { return std::isalnum(c) == 0; }) || needs.literal.size() >= kTriggerLetters;
      if (!needs.digit && !needs.words && !word && rule.trigger.empty()) {
        warn_pattern(rule, i, "W11", "no sound trigger: nothing that every match must hold", "a word, a sign, a digit or a lexicon in the pattern lets the engine pass over most lines; else name words under trigger:");
      }
    }
  }

  void macros() {
    for (const Macro& macro : extractor_.rules().macros()) lint(macro.written, "macro " + macro.name, nullptr);
  }

  static bool matches(const Rule& rule, const std::string& text) {
    return std::any_of(rule.patterns.begin(), rule.patterns.end(), [&](const auto& pattern) {
      Span span;
      return pattern->find_span(text, {0, static_cast<std::uint32_t>(text.size())}, Pattern::At::anywhere, span);
    });
  }

  /// Its own examples must at least be matched by its pattern.
  void examples(const Rule& rule) {
    if (rule.examples.empty()) return warn(rule, "W01", "no example", rule.place, "an example shows what the rule takes, and keeps it so");
    if (rule.gazetteer) return;
    const bool any = std::any_of(rule.examples.begin(), rule.examples.end(), [&](const Example& example) { return matches(rule, example.text); });
    if (!any) warn_pattern(rule, 0, "W02", "the pattern matches none of its examples", "`tearsheet rules explain FILE --rule " + rule.id + "` says how far it gets");
  }

  /// `trigger:` promises that every match holds one of the words; an example that breaks the promise would be lost.
  void triggers(const Rule& rule) {
    if (rule.trigger.empty()) return;
    for (const Example& example : rule.examples) {
      if (!matches(rule, example.text)) continue;
      const std::string text = fold(example.text, Fold::case_fold);
      const bool holds = std::any_of(rule.trigger.begin(), rule.trigger.end(), [&](const std::string& word) { return text.find(fold(word, Fold::case_fold)) != std::string::npos; });
      if (holds) continue;
      warn(rule, "W12", "this example holds no word of trigger:", example.place, "every match must hold one of them: add the word, or drop trigger:");
    }
  }

  void guards(const Rule& rule) {
    const auto covered = [&](std::string_view guard) {
      return std::any_of(rule.rejects.begin(), rule.rejects.end(), [&](const Example& reject) { return reject.by == guard; });
    };
    const auto check = [&](bool has, std::string_view guard, const Place& place) {
      if (has && !covered(guard)) warn(rule, "W07", "no reject shows what " + std::string(guard) + " stops", place, "add one with by: " + std::string(guard));
    };
    check(rule.where != nullptr, "where", rule.place);
    if (!rule.unless.empty()) check(true, "unless", rule.unless[0].place);
    if (!rule.requires_.empty()) check(true, "requires", rule.requires_[0].place);
  }

  void pairs() {
    std::map<std::string, const Rule*> by_pattern;
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off) continue;
      for (std::size_t i = 0; i < rule->expanded.size(); ++i) {
        const auto [known, fresh] = by_pattern.emplace(rule->expanded[i], rule.get());
        if (fresh || known->second == rule.get()) continue;
        const Rule& other = *known->second;
        warn_pattern(*rule, i, "W08", "the same pattern as " + other.id, "one of them is enough, or one should say more");
        if (other.rank == rule->rank && other.entity != rule->entity) {
          warn_pattern(*rule, i, "W09", "the same rank and pattern as " + other.id + ": the id decides", "give one a higher conflict: { rank: ... }");
        }
      }
    }
  }

  void slow() {
    if (speeds_ == nullptr) return;
    for (const Speed& speed : *speeds_) {
      if (speed.mb_per_s() >= kSlowMbPerS) continue;
      warn_pattern(*speed.rule, speed.pattern, "W10", fmt::format("slow on the probe: {:.1f} MB/s, asked {:.0f}", speed.mb_per_s(), kSlowMbPerS), "a wide gap or a long count is the usual reason; ask for what stands far away with near:");
    }
  }

  void silences() {
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off) continue;
      for (const std::string& code : rule->silence) {
        const bool known = std::find(std::begin(kSilenceable), std::end(kSilenceable), code) != std::end(kSilenceable);
        if (known && (heard_.contains({rule.get(), code}) || (code == "W10" && speeds_ == nullptr))) continue;
        warn(*rule, "W14", known ? "silence: [" + code + "] silences nothing" : "silence: knows no warning " + code, rule->place, "take it out");
      }
    }
  }

  const Extractor& extractor_;
  const std::vector<Speed>* speeds_;
  std::set<std::pair<const Rule*, std::string>> heard_;
  std::vector<Finding> findings_;
};

}  // namespace

std::vector<Finding> check_rules(const Extractor& extractor, const std::vector<Speed>* speeds) { return Checker(extractor, speeds).run(); }

}  // namespace tearsheet
