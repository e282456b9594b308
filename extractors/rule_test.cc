// Rule test: runs the examples, rejects and todos that rules carry.
#include <algorithm>

#include "extractors/rule_check.h"

namespace tearsheet {
namespace {

Article article_of(const Example& example) {
  Article article;
  article.text = example.text;
  article.blocks.push_back(Block{{0, static_cast<std::uint32_t>(example.text.size())}, Kind::paragraph, example.use, 0, {}, {}});
  article.meta.language = example.lang;
  article.meta.domain = example.domain;
  return article;
}

std::optional<Decimal> number_in(const Scalar& value) {
  if (const auto* d = value.get<Decimal>()) return *d;
  if (const auto* i = value.get<std::int64_t>()) return Decimal(*i);
  const auto* s = value.get<std::string>();
  return s == nullptr ? std::nullopt : Decimal::parse(*s);
}

/// What an author writes in YAML is compared by value: 526000000 is 5.26e8 is "526000000"; null means absent.
bool same(const Scalar& want, const Scalar* got) {
  if (want.is_none()) return got == nullptr || got->is_none();
  if (got == nullptr) return false;
  const auto a = number_in(want), b = number_in(*got);
  if (a && b) return *a == *b;
  return to_string(want) == to_string(*got);
}

std::string fields_text(const Fields& fields) {
  std::string out = "{";
  for (const Field& field : fields) out += (out.size() > 1 ? ", " : "") + field.name + ": " + to_string(field.value);
  return out + "}";
}

std::string quoted(std::string_view text) { return "\"" + std::string(text) + "\""; }

class ExampleRunner {
 public:
  ExampleRunner(const Extractor& extractor, const Rule& rule, const Example& example)
      : rule_(rule), example_(example), article_(article_of(example)) {
    mentions_ = extractor.extract(article_, Date::parse_iso(example.date), &traces_);
  }

  /// The mark of an example: the worst of what is wrong, and all of it in `detail`.
  char example(std::string& detail) const {
    char mark = '.';
    std::vector<const Mention*> used;
    for (std::size_t i = 0; i < example_.spans.size(); ++i) {
      const Mention* found = nullptr;
      const Mention* near = nullptr;
      for (const Mention& mention : mentions_) {
        if (mention.type != rule_.entity || !mention.span.overlaps(example_.spans[i])) continue;
        (mention.span == example_.spans[i] ? found : near) = &mention;
      }
      if (found != nullptr || near != nullptr) used.push_back(found != nullptr ? found : near);
      const char here = judge(i, found, near, detail);
      if (here != '.' && mark != 'M') mark = here;
    }
    for (const Mention& mention : mentions_) {
      if (mention.type != rule_.entity || std::find(used.begin(), used.end(), &mention) != used.end()) continue;
      add(detail, "found too much: " + quoted(mention.span.of(article_.text)) + " by " + mention.rule);
      if (mark == '.') mark = 'N';
    }
    return mark;
  }

  char reject(ExampleResult& result) const {
    std::string& detail = result.detail;
    for (const Mention& mention : mentions_) {
      if (mention.rule != rule_.name) continue;
      add(detail, "found: " + quoted(mention.span.of(article_.text)));
      return 'N';
    }
    std::string stopped;
    for (const Trace& trace : traces_) {
      if (trace.rule != &rule_) continue;
      if (stopped != example_.by) {
        stopped = trace.outcome;
        result.at = trace.detail;
      }
      result.stopped = stopped;
    }
    if (stopped == example_.by && !stopped.empty()) return '.';
    if (example_.by.empty() || (stopped.empty() && example_.by == "pattern")) return '.';
    add(detail, "stopped by " + (stopped.empty() ? "pattern" : stopped) + ", not by " + example_.by);
    return 'w';
  }

 private:
  char judge(std::size_t i, const Mention* found, const Mention* near, std::string& detail) const {
    const std::string words = quoted(example_.spans[i].of(article_.text));
    if (found == nullptr) {
      add(detail, near == nullptr ? "missing: " + words + why_not(example_.spans[i]) : "edges: " + words + " came as " + quoted(near->span.of(article_.text)) + " by " + near->rule);
      return near == nullptr ? 'M' : 'F';
    }
    if (i >= example_.want.size()) return '.';
    for (const Field& want : example_.want[i]) {
      if (same(want.value, tearsheet::find(found->fields, want.name))) continue;
      add(detail, "value: " + words + " wants " + want.name + ": " + (want.value.is_none() ? "nothing" : to_string(want.value)) + ", got " + fields_text(found->fields) + " by " + found->rule);
      return 'F';
    }
    return '.';
  }

  std::string why_not(Span span) const {
    for (const Trace& trace : traces_) {
      if (trace.rule == &rule_ && trace.span.overlaps(span)) {
        return ", stopped by " + trace.outcome + (trace.detail.empty() ? "" : " (" + trace.detail + ")") + " at " + quoted(trace.span.of(article_.text));
      }
    }
    return ", its pattern does not match";
  }

  static void add(std::string& detail, const std::string& line) { detail += (detail.empty() ? "" : "\n") + line; }

  const Rule& rule_;
  const Example& example_;
  Article article_;
  std::vector<Trace> traces_;
  std::vector<Mention> mentions_;
};

}  // namespace

std::vector<ExampleResult> test_rules(const Extractor& extractor) {
  std::vector<ExampleResult> results;
  for (const auto& rule : extractor.rules().rules()) {
    if (rule->status == Status::off) continue;
    const auto run = [&](const std::vector<Example>& list, auto judge) {
      for (const Example& example : list) {
        ExampleResult result{rule.get(), &example, '.', {}, {}, {}};
        result.mark = judge(ExampleRunner(extractor, *rule, example), result);
        results.push_back(std::move(result));
      }
    };
    run(rule->examples, [](const ExampleRunner& runner, ExampleResult& result) { return runner.example(result.detail); });
    run(rule->rejects, [](const ExampleRunner& runner, ExampleResult& result) { return runner.reject(result); });
    run(rule->todo, [](const ExampleRunner& runner, ExampleResult& result) { return runner.example(result.detail) == '.' ? 'T' : 't'; });
  }
  return results;
}

std::vector<GuardCoverage> guard_coverage(const Rulebook& rules, const std::vector<ExampleResult>& results) {
  std::vector<GuardCoverage> out;
  for (const auto& rule : rules.rules()) {
    if (rule->status == Status::off) continue;
    const auto add = [&](std::string guard, const Place& place, const std::string& at) {
      GuardCoverage one{rule.get(), std::move(guard), place, 0};
      for (const ExampleResult& result : results) {
        if (result.rule == rule.get() && result.stopped == one.guard && (at.empty() || result.at == at)) ++one.stops;
      }
      out.push_back(std::move(one));
    };
    for (const auto& [guard, list] : {std::pair{"unless", &rule->unless}, {"requires", &rule->requires_}}) {
      for (const Condition& condition : *list) add(guard, condition.place, condition.place.file + ":" + std::to_string(condition.place.line));
    }
    if (rule->where) add("where", rule->place, {});
  }
  return out;
}

}  // namespace tearsheet
