// Bind: record rules over one sentence: triggers found, slots filled.
#pragma once

#include <cstdint>
#include <optional>
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
  bool whole = false;            // a sum that is a total as soon as its parts are said
  bool continues = false;        // a running total: who and what are those of the fact before it
  std::uint32_t trigger = kNone; // token of the trigger word, in its sentence
  std::uint32_t money_group = kNone;
  double score = 0;
};

struct BindContext {
  const Article& article;
  const std::vector<Mention>& mentions;
  const RecordRules::Parts& rules;
  std::string_view lower;        // the article's text in ASCII lower case
  Span paragraph;                // the block
  const Ref* topic = nullptr;    // the company that the text is about, this sentence's included; null when none is
};

/// "of which 2 billion euros", ", including 1.4 trillion won for ...", "and $7.8 billion to stations": amounts no trigger took are parts or siblings of the draft
/// before them, and a running total ("bringing ... to") takes its roles from there.
void add_parts(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money, std::vector<Draft>& drafts);

/// The amounts of a group as a record's money.
std::vector<Fields> money_objects(const BindContext& context, const MoneyGroup& group);

/// One entry of a record's `money`: the mention's words, span, index and amount fields, and how it stands to the first (`as`: said, conversion, restated, rounded).
Fields money_object(const Article& article, const std::vector<Mention>& mentions, std::uint32_t index, std::string_view as);

/// All drafts of a sentence: every trigger is tried with every rule; each money group goes to one draft, each trigger word to one rule.
/// Cost: triggers times slots times tokens of the sentence; sentences over 400 tokens are cut there.
std::vector<Draft> bind_sentence(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money);

}  // namespace tearsheet
