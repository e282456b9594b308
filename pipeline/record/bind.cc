// Bind: record rules over one sentence: triggers found, slots filled.
#include "pipeline/record/bind.h"

#include <algorithm>
#include <tuple>

#include "base/fold.h"
#include "pipeline/record/frame.h"
#include "pipeline/record/slots.h"

namespace tearsheet {
namespace {

struct Bound {
  Frame frame;
  SlotFill fill;
  double score = 0;
};

std::string_view set_text(const RecordRule& rule, std::string_view name) { return text_of(rule.set, name); }

bool passes_conditions(const BindContext& context, const RecordRule& rule, const std::string& sentence_words) {
  Pattern::Match match;
  const auto found = [&](const std::shared_ptr<const Pattern>& pattern, std::string_view text) {
    return pattern->find(text, {0, static_cast<std::uint32_t>(text.size())}, Pattern::At::anywhere, match);
  };
  if (rule.requires_sentence && !found(rule.requires_sentence, sentence_words)) return false;
  if (rule.unless_sentence && found(rule.unless_sentence, sentence_words)) return false;
  return !rule.requires_paragraph || found(rule.requires_paragraph, lower_ascii(context.paragraph));
}

/// The verb's words with what governs it; a noun trigger speaks through its governing verb.
std::string status_words(const Frame& frame) { return frame.verb ? frame.verb->words : std::string{}; }

/// The rule's own cues, then what the rule sets, then the cues of all rules, then the verb's form.
void set_status(const BindContext& context, const Frame& frame, Record& record) {
  const std::string words = status_words(frame);
  std::string_view status = first_cue(frame.rule->status, words);
  if (status.empty()) status = set_text(*frame.rule, "status");
  if (status.empty()) status = first_cue(context.rules.status, words);
  if (status.empty()) status = !frame.verb || frame.verb->finite || frame.verb->passive ? "done" : "planned";
  record.status = std::string(status);
}

void set_certainty(const BindContext& context, const Frame& frame, const std::string& clause, Record& record) {
  std::string_view certainty = first_cue(frame.rule->certainty, clause);
  if (certainty.empty()) certainty = first_cue(context.rules.certainty, clause);
  if (certainty.empty()) certainty = set_text(*frame.rule, "certainty");
  record.certainty = certainty.empty() ? "asserted" : std::string(certainty);
  if (frame.verb && frame.verb->negated) record.certainty = "denied";
}

/// `words` run from the clause's begin to the amount: "bringing the total to ..." behind it is another record's.
void set_measure(const BindContext& context, const Frame& frame, const std::string& words, bool has_money, Record& record) {
  if (!has_money) {
    record.measure = "unstated";
    return;
  }
  std::string_view measure = first_cue(frame.rule->measure, words);
  if (measure.empty()) measure = set_text(*frame.rule, "measure");
  if (measure.empty()) measure = first_cue(context.rules.measure, words);
  record.measure = measure.empty() ? "single" : std::string(measure);
}

void set_instrument(const BindContext& context, const Frame& frame, const std::string& clause, Record& record) {
  const RecordRule& rule = *frame.rule;
  if (rule.kind != "flow" && rule.kind != "budget" && rule.kind != "borrowing") return;
  std::string_view instrument = first_cue(rule.instrument, clause);
  if (instrument.empty()) instrument = set_text(rule, "instrument");
  if (instrument.empty() && rule.kind == "flow") instrument = first_cue(context.rules.instrument, clause);
  set(record.fields, "instrument", instrument.empty() ? Scalar{} : Scalar(instrument));
}

void copy_set_fields(const RecordRule& rule, Record& record) {
  for (const Field& field : rule.set) {
    const bool own = field.name == "status" || field.name == "measure" || field.name == "certainty" || field.name == "instrument" || field.name == "sum";
    if (!own) set(record.fields, field.name, field.value);
  }
}

void set_money(const BindContext& context, const MoneyGroup& group, Draft& draft) {
  for (std::size_t i = 0; i < group.mentions.size(); ++i) {
    const std::uint32_t index = group.mentions[i];
    const Mention& mention = context.mentions[index];
    Fields money = {{"text", Scalar(mention.span.of(context.article.text))},
                    {"span", Scalar(std::vector<Scalar>{Scalar(std::int64_t{mention.span.begin}), Scalar(std::int64_t{mention.span.end})})},
                    {"mention", Scalar(std::int64_t{index})}};
    for (const std::string_view name : {"amount", "amount_high", "currency", "candidates", "modifier", "per"}) {
      if (const Scalar* value = find(mention.fields, name)) money.push_back({std::string(name), *value});
    }
    money.push_back({"as", Scalar(i == 0 ? "said" : "conversion")});
    draft.record.money.push_back(std::move(money));
    draft.money_mentions.push_back(index);
  }
}

Draft make_draft(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money, const Bound& bound, const std::string& sentence_words) {
  const Frame& frame = bound.frame;
  Draft draft;
  draft.block = sentence.block;
  draft.sentence = sentence.span;
  draft.score = bound.score;
  draft.trigger_words = words_of(context.article, sentence, frame.begin, frame.end);
  Record& record = draft.record;
  record.kind = frame.rule->kind;
  record.rule = frame.rule->name;
  record.confidence = frame.rule->confidence;
  record.use = context.article.blocks[sentence.block].use;
  record.fields = bound.fill.fields;
  draft.about_coref = bound.fill.about_coref;
  const std::string clause = words_of(context.article, sentence, frame.clause_from, frame.clause_to);
  if (bound.fill.money != kNone) set_money(context, money[bound.fill.money], draft);
  set_status(context, frame, record);
  set_certainty(context, frame, clause, record);
  const std::uint32_t last = bound.fill.money == kNone ? frame.end : std::max(frame.end, money[bound.fill.money].token + 1);
  set_measure(context, frame, words_of(context.article, sentence, 0, last), bound.fill.money != kNone, record);
  set_instrument(context, frame, sentence_words, record);
  copy_set_fields(*frame.rule, record);
  add_condition(context, sentence, frame, record);
  add_attribution(context, sentence, frame, record);
  add_times(context, sentence, frame, record);
  add_change(context, sentence, frame, record);
  record.evidence.push_back(evidence_span(sentence, frame, bound.fill));
  return draft;
}

/// Rank first, then how much was bound, then nearness of money and trigger.
double score_of(const Frame& frame, const SlotFill& fill) {
  double score = frame.rule->rank + 3.0 * fill.bound + (fill.money != kNone ? 6.0 : 0.0) - 0.4 * fill.money_distance;
  if (frame.verb && frame.verb->finite) score += 1;
  return score;
}

}  // namespace

std::vector<Draft> bind_sentence(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money) {
  std::vector<Bound> all;
  const std::string sentence_words = words_of(context.article, sentence, 0, static_cast<std::uint32_t>(sentence.tokens.size()));
  for (Frame& frame : find_frames(context, sentence)) {
    if (!passes_conditions(context, *frame.rule, sentence_words)) continue;
    // Each money group is tried: the sentence's other triggers may take the nearest one.
    for (SlotFill& fill : fill_slots(context, sentence, frame, money)) {
      const double score = score_of(frame, fill);
      all.push_back({frame, std::move(fill), score});
    }
  }
  std::stable_sort(all.begin(), all.end(), [](const Bound& a, const Bound& b) { return a.score > b.score; });
  std::vector<bool> money_taken(money.size());
  std::vector<bool> token_taken(sentence.tokens.size());
  std::vector<std::pair<std::uint32_t, Draft>> drafts;
  for (const Bound& bound : all) {
    const std::uint32_t trigger = bound.frame.end - 1;
    if (token_taken[trigger] || (bound.fill.money != kNone && money_taken[bound.fill.money])) continue;
    // A money-less reading of a trigger is only taken where the rule asks for none.
    token_taken[trigger] = true;
    if (bound.fill.money != kNone) money_taken[bound.fill.money] = true;
    drafts.emplace_back(trigger, make_draft(context, sentence, money, bound, sentence_words));
  }
  std::stable_sort(drafts.begin(), drafts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Draft> ordered;
  ordered.reserve(drafts.size());
  for (auto& [trigger, draft] : drafts) ordered.push_back(std::move(draft));
  return ordered;
}

}  // namespace tearsheet
