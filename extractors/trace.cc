// Trace: the whole life of a hit, and of what nearly was one.
#include "extractors/trace.h"

#include <algorithm>
#include <set>
#include <tuple>

#include "extractors/expression.h"
#include "extractors/pattern.h"
#include "extractors/rule_trigger.h"
#include "extractors/trace_near.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMostNear = 12;

std::string needs_text(const Needs& needs) {
  std::string out;
  const auto add = [&](const std::string& part) { out += (out.empty() ? "needs " : " and ") + part; };
  if (needs.digit) add("a digit");
  if (needs.words) add("a word or sign of a list");
  if (!needs.literal.empty()) add("'" + needs.literal + "'");
  return out.empty() ? "needs nothing: tried on every line" : out;
}

/// The stations in the order in which a hit comes to them, and whether the rule has one.
std::vector<std::pair<std::string, std::string>> stations_of(const Rule& rule) {
  static constexpr std::string_view kEdgeNames[] = {"word", "none", "left", "right"};
  std::vector<std::pair<std::string, std::string>> out;
  out.emplace_back("edges", kEdgeNames[static_cast<std::size_t>(rule.edges)]);
  out.emplace_back("max_len", std::to_string(rule.max_len) + " bytes");
  if (!rule.zones.empty()) out.emplace_back("zones", std::to_string(rule.zones.size()) + " uses");
  if (!rule.lang.empty()) out.emplace_back("lang", rule.lang[0]);
  if (!rule.emit.empty()) out.emplace_back("emit", std::to_string(rule.emit.size()) + " fields");
  if (!rule.unless.empty()) out.emplace_back("unless", std::to_string(rule.unless.size()) + " conditions");
  if (!rule.requires_.empty()) out.emplace_back("requires", std::to_string(rule.requires_.size()) + " conditions");
  if (rule.where) out.emplace_back("where", rule.where->source());
  if (!rule.reader.empty()) out.emplace_back("reader", rule.reader);
  out.emplace_back("unproven", "");
  out.emplace_back("conflict", "rank " + std::to_string(rule.rank));
  return out;
}

class Explainer {
 public:
  Explainer(const Extractor& extractor, const Article& article, const std::optional<Date>& reference, const std::optional<Span>& where, const std::vector<const Rule*>& wanted)
      : extractor_(extractor), article_(article), where_(where), wanted_(wanted) {
    mentions_ = extractor.extract(article, reference, &traces_);
  }

  Explanation run() {
    Explanation out;
    for (const Trace& trace : traces_) {
      if (!asked(*trace.rule) || (where_ && !trace.span.overlaps(*where_))) continue;
      out.lives.push_back(life_of(trace));
    }
    std::stable_sort(out.lives.begin(), out.lives.end(), [](const Life& a, const Life& b) { return std::tuple(a.span.begin, a.outcome != "kept", a.rule->id) < std::tuple(b.span.begin, b.outcome != "kept", b.rule->id); });
    out.lives.erase(std::unique(out.lives.begin(), out.lives.end(), [](const Life& a, const Life& b) { return a.rule == b.rule && a.span == b.span && a.outcome == b.outcome; }), out.lives.end());
    if (where_ || !wanted_.empty()) near(out);
    return out;
  }

 private:
  bool asked(const Rule& rule) const { return wanted_.empty() || std::find(wanted_.begin(), wanted_.end(), &rule) != wanted_.end(); }

  Span line_at(std::uint32_t offset) const { return extractor_document().line_of(offset); }

  const Document& extractor_document() const {
    if (!document_) document_ = prepare(article_);
    return *document_;
  }

  /// The groups of the pattern that matched there; empty where a reader moved the edges.
  void groups(Life& life) const {
    const Span line = line_at(life.span.begin);
    if (line.empty() || life.span.end > line.end) return;
    const std::string_view view = line.of(article_.text);
    const Span inner{life.span.begin - line.begin, life.span.end - line.begin};
    for (const auto& pattern : life.rule->patterns) {
      Span found;
      if (!pattern->find_span(view, inner, Pattern::At::whole, found)) continue;
      Pattern::Match match;
      pattern->capture(view, found, match);
      for (std::size_t g = 0; g < match.groups.size() && g < pattern->groups().size(); ++g) {
        if (match.groups[g] && !pattern->groups()[g].empty()) life.groups.emplace_back(pattern->groups()[g], match.groups[g]->of(view));
      }
      return;
    }
  }

  Life life_of(const Trace& trace) const {
    Life life;
    life.rule = trace.rule;
    life.span = trace.span;
    life.outcome = trace.outcome;
    groups(life);
    std::string trigger;
    for (const auto& pattern : trace.rule->patterns) {
      if (trigger.empty()) trigger = needs_text(needs_of(pattern->regex(), pattern->slots()));
    }
    if (trace.rule->gazetteer) trigger = "a name of " + trace.rule->gazetteer->file();
    life.steps.push_back({"trigger", Step::State::passed, trigger});
    life.steps.push_back({"pattern", Step::State::passed, "matched \"" + std::string(trace.span.of(article_.text)) + "\""});
    bool over = false;
    for (auto& [name, detail] : stations_of(*trace.rule)) {
      if (over) {
        life.steps.push_back({name, Step::State::unreached, {}});
      } else if (name == trace.outcome) {
        life.steps.push_back({name, Step::State::stopped, trace.detail.empty() ? detail : trace.detail});
        over = true;
      } else if (name != "unproven") {
        life.steps.push_back({name, Step::State::passed, name == "conflict" ? beaten(trace) + detail : detail});
      }
    }
    for (const Mention& mention : mentions_) {
      if (trace.outcome == "kept" && mention.span == trace.span && mention.rule == trace.rule->name) life.mention = mention;
    }
    return life;
  }

  /// The rules that lost to this hit.
  std::string beaten(const Trace& winner) const {
    std::set<std::string> names;
    for (const Trace& trace : traces_) {
      if (trace.outcome == "conflict" && trace.span.overlaps(winner.span) && trace.detail == "lost to " + winner.rule->id) names.insert(trace.rule->id + " (rank " + std::to_string(trace.rule->rank) + ")");
    }
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "won over " : ", ") + name;
    return out.empty() ? out : out + ", ";
  }

  void near(Explanation& out) const {
    std::set<const Rule*> met;
    for (const Life& life : out.lives) met.insert(life.rule);
    for (const auto& rule : extractor_.rules().rules()) {
      if (rule->status == Status::off || !asked(*rule) || met.contains(rule.get())) continue;
      for (const Span& line : extractor_document().lines) {
        if (!where_ || line.overlaps(*where_)) near_misses(*rule, article_.text, line, where_, out.near);
      }
    }
    std::stable_sort(out.near.begin(), out.near.end(), [](const NearMiss& a, const NearMiss& b) { return a.matched * b.parts > b.matched * a.parts; });
    if (out.near.size() > kMostNear) out.near.resize(kMostNear);
  }

  const Extractor& extractor_;
  const Article& article_;
  const std::optional<Span>& where_;
  const std::vector<const Rule*>& wanted_;
  std::vector<Trace> traces_;
  std::vector<Mention> mentions_;
  mutable std::optional<Document> document_;
};

}  // namespace

Explanation explain(const Extractor& extractor, const Article& article, const std::optional<Date>& reference, const std::optional<Span>& where, const std::vector<const Rule*>& wanted) {
  return Explainer(extractor, article, reference, where, wanted).run();
}

}  // namespace tearsheet
