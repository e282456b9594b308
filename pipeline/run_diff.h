// Run diff: two sets of rules over one corpus: what came, what went, what changed, what it costs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "pipeline/run_corpus.h"

namespace tearsheet {

/// One mention (or record) that is not the same under both sets.
struct SpanChange {
  enum class Kind : std::uint8_t { added, lost, changed };
  Kind kind = Kind::added;
  std::size_t article = 0;        // its number in the corpus
  std::string where;              // its name
  Span span;                      // under the new rules; of what was lost under the old ones
  std::string type, text, before, after;  // before and after: fields, or words where the span changed
  std::string rule_before, rule_after;
  std::string context;            // the words around it
};

struct RuleSetDiff {
  std::vector<std::string> changed;      // ids of rules that are new, gone, or say something else
  std::vector<std::string> other;        // what else differs: "tidy", "records", "currency", lexicons by name
  std::vector<SpanChange> changes;       // in the corpus' order
  CorpusSummary corpus;
  std::uint64_t looked_at = 0;           // articles read by both sets; the others hold no hit of a changed rule
  bool whole = false;                    // every article was read by both sets
  std::uint64_t ns_before = 0, ns_after = 0;  // of the changed rules' patterns, or of all rules where `whole`
  std::uint64_t text_bytes = 0;  // that those ns went over
};

/// Which rules and settings differ. Rules are compared by what they say, not by version, doc or examples.
RuleSetDiff compare_rules(const RuleSet& before, const RuleSet& after);

/// Reads the corpus under both sets. An article in which no changed rule has a match (under either set) reads the same under both, so only the others
/// are read twice; where settings or lexicons differ, all are, and so are the rest where looking for the changed patterns turns out to cost more than reading. `records`: compare records, too (always where their rules differ). `now_ns` as for
/// probe_rules(). Cost: parsing everything once, the changed patterns over everything, both sets over what they touch.
Result<RuleSetDiff> diff_rules(const RuleSet& before, const RuleSet& after, const Inputs& corpus, const CorpusOptions& options, bool records, const std::function<std::uint64_t()>& now_ns);

/// True where a pattern of one of `rules` matches somewhere in the article, before edges and guards. Gazetteers always might.
bool might_hit(const std::vector<const Rule*>& rules, const Document& document);

/// The changes between two readings' mentions of one article; `where` and `article` are not set.
std::vector<SpanChange> changes_of(const Article& article, const std::vector<Mention>& before, const std::vector<Mention>& after);

}  // namespace tearsheet
