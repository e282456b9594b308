// Bind: record rules over one sentence: triggers found, slots filled.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/record/clause.h"
#include "pipeline/record/record_rules.h"
#include "tearsheet/record.h"

namespace tearsheet {

/// Amounts that say the same money in one place: "70 billion yen [$526 million]". Mentions in text order; the first is the one said.
struct MoneyGroup {
  std::vector<std::uint32_t> mentions;
  std::uint32_t token = kNone;   // of the first, in the sentence being read
};

/// A record before it is compared with the others of its article.
struct Draft {
  Record record;
  std::vector<std::uint32_t> money_mentions;
  std::uint32_t block = 0;
  Span sentence;
  std::string trigger_words;     // the verb group or noun, for later steps
  bool about_coref = false;      // a decision about something named before ("the deal")
  double score = 0;
};

struct BindContext {
  const Article& article;
  const std::vector<Mention>& mentions;
  const RecordRules::Parts& rules;
  std::string_view paragraph;    // the block's text
};

/// All drafts of a sentence: every trigger is tried with every rule; each money group goes to one draft, each trigger word to one rule.
/// Cost: triggers times slots times tokens of the sentence; sentences over 400 tokens are cut there.
std::vector<Draft> bind_sentence(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money);

}  // namespace tearsheet
