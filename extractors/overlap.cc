// Overlap: of candidates that share text, one stays.
#include "extractors/overlap.h"

#include <algorithm>
#include <iterator>
#include <map>
#include <numeric>

namespace tearsheet {
namespace {

/// True when a wins over b. A total order: the place in the list is the last word.
bool wins(const Candidate& a, const Candidate& b, std::size_t at_a, std::size_t at_b) {
  if (a.rule->rank != b.rule->rank) return a.rule->rank > b.rule->rank;
  if (a.rule->longest && b.rule->longest && a.mention.span.size() != b.mention.span.size()) return a.mention.span.size() > b.mention.span.size();
  if (a.mention.span.begin != b.mention.span.begin) return a.mention.span.begin < b.mention.span.begin;
  if (a.mention.span.size() != b.mention.span.size()) return a.mention.span.size() > b.mention.span.size();
  if (a.rule->id != b.rule->id) return a.rule->id < b.rule->id;
  return at_a < at_b;
}

}  // namespace

std::vector<Candidate> resolve(std::vector<Candidate> candidates, std::vector<Trace>* trace) {
  std::vector<std::size_t> order(candidates.size());
  std::iota(order.begin(), order.end(), 0);
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return wins(candidates[a], candidates[b], a, b); });
  std::map<std::uint32_t, std::size_t> kept;  // by begin; never overlapping
  for (const std::size_t i : order) {
    const Span span = candidates[i].mention.span;
    const auto after = kept.lower_bound(span.begin);
    const Candidate* winner = nullptr;
    if (after != kept.end() && candidates[after->second].mention.span.overlaps(span)) winner = &candidates[after->second];
    if (after != kept.begin() && candidates[std::prev(after)->second].mention.span.overlaps(span)) winner = &candidates[std::prev(after)->second];
    if (winner == nullptr) {
      kept.emplace(span.begin, i);
    } else if (trace != nullptr) {
      trace->push_back({candidates[i].rule, span, "conflict", "lost to " + winner->rule->id});
    }
  }
  std::vector<Candidate> out;
  out.reserve(kept.size());
  for (const auto& [begin, i] : kept) out.push_back(std::move(candidates[i]));
  return out;
}

}  // namespace tearsheet
