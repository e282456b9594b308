// Run stats: what each rule finds, wins, loses and costs over a corpus.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pipeline/run_corpus.h"

namespace tearsheet {

/// Counts of one rule. A hit is a match with good edges; what became of it stands in the rest.
struct RuleStats {
  std::uint64_t hits = 0, kept = 0;
  std::uint64_t alone = 0;                        // kept, and no other rule had a hit there
  std::uint64_t overlaps = 0;                     // hits that share text with another rule's
  std::map<std::string, std::uint64_t> stopped;   // by edges, unless, reader, ...
  std::map<std::string, std::uint64_t> lost_to, won_from;  // by rule id
};
struct CorpusStats {
  std::map<std::string, RuleStats> rules;  // by id; a rule that is dead here has zeros
  CorpusSummary corpus;
};
/// Reads the corpus with traces. Fails with what the source fails with. Cost: several times that of extract.
Result<CorpusStats> stats_of(const RuleSet& rules, const Inputs& corpus, const CorpusOptions& options);

/// What one rule's patterns cost, each run alone on the lines where it has to be tried.
struct RuleCost {
  std::uint64_t ns = 0, checks = 0, matches = 0;  // checks: lines it was tried on
};
struct CorpusCost {
  std::map<std::string, RuleCost> rules;
  std::uint64_t text_bytes = 0;
  CorpusSummary corpus;
};
/// Times every pattern by itself: what a rule would cost were it the only one. The engine shares work between rules, so the sum is more than a run takes.
Result<CorpusCost> cost_of(const RuleSet& rules, const Inputs& corpus, const CorpusOptions& options, const std::function<std::uint64_t()>& now_ns);

}  // namespace tearsheet
