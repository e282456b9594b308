// Run stats: what each rule finds, wins, loses and costs over a corpus.
#include "pipeline/run_stats.h"

#include <algorithm>

#include "extractors/gate.h"
#include "extractors/pattern.h"

namespace tearsheet {
namespace {

void add(RuleStats& to, const RuleStats& more) {
  to.hits += more.hits;
  to.kept += more.kept;
  to.alone += more.alone;
  to.overlaps += more.overlaps;
  for (const auto& [name, count] : more.stopped) to.stopped[name] += count;
  for (const auto& [name, count] : more.lost_to) to.lost_to[name] += count;
  for (const auto& [name, count] : more.won_from) to.won_from[name] += count;
}

void count(const std::vector<Trace>& traces, std::map<std::string, RuleStats>& rules) {
  constexpr std::string_view kLost = "lost to ";
  std::vector<const Trace*> sorted;
  for (const Trace& trace : traces) sorted.push_back(&trace);
  std::sort(sorted.begin(), sorted.end(), [](const Trace* a, const Trace* b) { return a->span < b->span; });
  for (std::size_t i = 0; i < sorted.size(); ++i) {
    const Trace& trace = *sorted[i];
    RuleStats& stats = rules[trace.rule->id];
    ++stats.hits;
    bool shared = false;
    for (std::size_t j = i + 1; j < sorted.size() && sorted[j]->span.begin < trace.span.end && !shared; ++j) shared = sorted[j]->rule != trace.rule;
    for (std::size_t j = i; j-- > 0 && i - j < 16 && !shared;) shared = sorted[j]->rule != trace.rule && sorted[j]->span.overlaps(trace.span);
    stats.overlaps += shared ? 1 : 0;
    if (trace.outcome == "kept") {
      ++stats.kept;
      stats.alone += shared ? 0 : 1;
      continue;
    }
    ++stats.stopped[trace.outcome];
    if (trace.outcome != "conflict" || !trace.detail.starts_with(kLost)) continue;
    const std::string winner = trace.detail.substr(kLost.size());
    if (winner == trace.rule->id) continue;
    ++stats.lost_to[winner];
    ++rules[winner].won_from[trace.rule->id];
  }
}

struct Tried {
  const Rule* rule = nullptr;
  const Pattern* pattern = nullptr;
  std::optional<Gate> gate;
};

bool is_open(const Tried& tried, std::string_view line, std::vector<std::uint16_t>& present) {
  if (!tried.gate) return true;
  present.clear();
  for (const auto& list : tried.gate->any_of) list->present(line, present);
  return !present.empty();
}

std::vector<Tried> patterns_of(const RuleSet& rules) {
  std::vector<Tried> out;
  for (const auto& rule : rules.book->rules()) {
    if (rule->status == Status::off) continue;
    for (const auto& pattern : rule->patterns) out.push_back({rule.get(), pattern.get(), gate_of(pattern->regex(), pattern->slots())});
  }
  return out;
}

void time(const Tried& tried, const Document& document, const std::function<std::uint64_t()>& now_ns, RuleCost& cost) {
  std::vector<std::uint16_t> present;
  const std::uint64_t begin = now_ns();
  for (const Span& span : document.lines) {
    const std::string_view line = span.of(document.text);
    if (!is_open(tried, line, present)) continue;
    ++cost.checks;
    Span found;
    const auto size = static_cast<std::uint32_t>(line.size());
    for (std::uint32_t at = 0; at < size && tried.pattern->find_span(line, {at, size}, Pattern::At::anywhere, found); at = std::max(found.end, found.begin + 1)) ++cost.matches;
  }
  cost.ns += now_ns() - begin;
}

}  // namespace

Result<CorpusStats> stats_of(const RuleSet& rules, const Inputs& corpus, const CorpusOptions& options) {
  std::vector<std::map<std::string, RuleStats>> shares(jobs_of(options));
  auto summary = for_each_blob(corpus, options, [&](unsigned worker, std::size_t, Blob blob) {
    const auto article = article_of(std::move(blob), rules);
    if (!article) return false;
    std::vector<Trace> traces;
    rules.extractor->extract(*article, article->meta.published, &traces);
    count(traces, shares[worker]);
    return true;
  });
  if (!summary) return tl::unexpected(std::move(summary.error()));
  CorpusStats out;
  out.corpus = *summary;
  for (const auto& rule : rules.book->rules()) {
    if (rule->status != Status::off) out.rules[rule->id];
  }
  for (const auto& share : shares) {
    for (const auto& [id, stats] : share) add(out.rules[id], stats);
  }
  return out;
}

Result<CorpusCost> cost_of(const RuleSet& rules, const Inputs& corpus, const CorpusOptions& options, const std::function<std::uint64_t()>& now_ns) {
  const std::vector<Tried> patterns = patterns_of(rules);
  struct Share {
    std::vector<RuleCost> costs;
    std::uint64_t bytes = 0;
  };
  std::vector<Share> shares(jobs_of(options), Share{std::vector<RuleCost>(patterns.size()), 0});
  auto summary = for_each_blob(corpus, options, [&](unsigned worker, std::size_t, Blob blob) {
    const auto article = article_of(std::move(blob), rules);
    if (!article) return false;
    const Document document = prepare(*article);
    shares[worker].bytes += article->text.size();
    for (std::size_t i = 0; i < patterns.size(); ++i) time(patterns[i], document, now_ns, shares[worker].costs[i]);
    return true;
  });
  if (!summary) return tl::unexpected(std::move(summary.error()));
  CorpusCost out;
  out.corpus = *summary;
  for (const Share& share : shares) {
    out.text_bytes += share.bytes;
    for (std::size_t i = 0; i < patterns.size(); ++i) {
      RuleCost& cost = out.rules[patterns[i].rule->id];
      cost.ns += share.costs[i].ns;
      cost.checks += share.costs[i].checks;
      cost.matches += share.costs[i].matches;
    }
  }
  return out;
}

}  // namespace tearsheet
