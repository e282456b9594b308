// Bind: record rules over one sentence: triggers found, slots filled.
#include "pipeline/record/bind.h"

#include <algorithm>
#include <iterator>

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
  return !rule.requires_paragraph || found(rule.requires_paragraph, context.paragraph.of(context.lower));
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

/// "denied on Friday that it would buy": the clause hangs on a verb of denial.
bool is_denied_from_outside(const Sentence& sentence, const Frame& frame) {
  static constexpr WordSet kDenials({"denied", "denies", "deny", "denying", "dismissed", "refuted", "refutes"});
  if (frame.clause_from == 0 || sentence.tokens[frame.clause_from - 1].lower != "that") return false;
  for (std::uint32_t back = 2; back <= 9 && back <= frame.clause_from; ++back) {
    const Token& token = sentence.tokens[frame.clause_from - back];
    if (token.type == Token::Type::punct) return false;
    if (kDenials.has(token.lower)) return true;
  }
  return false;
}

/// The clause up to a "that" behind the deed, which opens what somebody else does.
std::string certainty_words(const BindContext& context, const Sentence& sentence, const Frame& frame) {
  std::uint32_t to = frame.end;
  while (to < frame.clause_to && sentence.tokens[to].lower != "that") ++to;
  return words_of(context.lower, sentence, frame.clause_from, to);
}

void set_certainty(const BindContext& context, const Sentence& sentence, const Frame& frame, const std::string& clause, Record& record) {
  std::string_view certainty = first_cue(frame.rule->certainty, clause);
  if (certainty.empty()) certainty = first_cue(context.rules.certainty, clause);
  if (certainty.empty()) certainty = set_text(*frame.rule, "certainty");
  record.certainty = certainty.empty() ? "asserted" : std::string(certainty);
  if ((frame.verb && frame.verb->negated) || is_denied_from_outside(sentence, frame)) record.certainty = "denied";
  if (record.certainty == "denied" && record.status != "cancelled") record.status = "planned";
}

/// From the sentence's begin, or the deed's where another amount stands before it, to shortly behind the amount: what follows "and" or "bringing" is another record's.
std::string measure_words(const BindContext& context, const Sentence& sentence, const Frame& frame, const std::vector<MoneyGroup>& money, std::uint32_t group) {
  const std::uint32_t own = group == kNone ? frame.end : money[group].token;
  std::uint32_t from = 0;
  for (const MoneyGroup& other : money) {
    if (other.token != kNone && other.token < frame.begin && other.token < own) from = frame.begin;
  }
  std::uint32_t last = std::max(frame.end, own + 1);
  for (; last < sentence.tokens.size() && last < own + 12; ++last) {
    const Token& token = sentence.tokens[last];
    if (token.lower == "and" || token.lower == "," || token.lower == "bringing" || token.lower == "taking" || token.lower == "which") break;
    if (token.type == Token::Type::mention && context.mentions[token.index].type == "money" && token.span.begin > sentence.tokens[own].span.begin + 40) break;
  }
  return words_of(context.lower, sentence, from, last);
}

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
    const bool own = field.name == "status" || field.name == "measure" || field.name == "certainty" || field.name == "instrument" || field.name == "whole" || field.name == "continues";
    if (!own) set(record.fields, field.name, field.value);
  }
}

bool flag(const RecordRule& rule, std::string_view name) {
  const Scalar* value = find(rule.set, name);
  return value != nullptr && to_string(*value) == "true";
}

/// Metric and outcome by the clause's words; a figure of time to come is a forecast, whatever it measures.
void set_named(const RecordRule& rule, const std::string& clause, Record& record) {
  if (const std::string_view metric = first_cue(rule.metric, clause); !metric.empty()) {
    set(record.fields, "metric", Scalar(metric));
    if (metric == "forecast" && record.certainty != "denied") {
      if (record.status != "cancelled") {
        record.status = "planned";
        if (record.certainty == "asserted") record.certainty = "expected";
      }
    }
  }
  if (record.kind == "result" && record.status == "planned" && record.certainty == "asserted") record.certainty = "expected";
  if (const std::string_view outcome = first_cue(rule.outcome, clause); !outcome.empty()) set(record.fields, "outcome", Scalar(outcome));
}

Draft make_draft(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money, const Bound& bound, const std::string& sentence_words) {
  const Frame& frame = bound.frame;
  Draft draft;
  draft.block = sentence.block;
  draft.sentence = sentence.span;
  draft.score = bound.score;
  draft.trigger_words = words_of(context.lower, sentence, frame.begin, frame.end);
  Record& record = draft.record;
  record.kind = frame.rule->kind;
  record.rule = frame.rule->name;
  record.confidence = frame.rule->confidence;
  record.use = context.article.blocks[sentence.block].use;
  record.fields = bound.fill.fields;
  draft.about_coref = bound.fill.about_coref;
  const std::string clause = words_of(context.lower, sentence, frame.clause_from, frame.clause_to);
  draft.trigger = frame.end - 1;
  draft.money_group = bound.fill.money;
  draft.whole = flag(*frame.rule, "whole");
  draft.continues = flag(*frame.rule, "continues");
  if (bound.fill.money != kNone) {
    record.money = money_objects(context, money[bound.fill.money]);
    draft.money_mentions = money[bound.fill.money].mentions;
  }
  set_status(context, frame, record);
  set_certainty(context, sentence, frame, certainty_words(context, sentence, frame), record);
  set_measure(context, frame, measure_words(context, sentence, frame, money, bound.fill.money), bound.fill.money != kNone, record);
  set_instrument(context, frame, sentence_words, record);
  copy_set_fields(*frame.rule, record);
  set_named(*frame.rule, clause, record);
  add_condition(context, sentence, frame, record);
  add_attribution(context, sentence, frame, record);
  add_times(context, sentence, frame, record);
  add_change(context, sentence, frame, bound.fill.money == kNone ? kNone : money[bound.fill.money].token, record);
  record.evidence.push_back(evidence_span(sentence, frame, bound.fill));
  return draft;
}

/// Rank first, then how much was bound, then nearness of money and trigger.
double score_of(const Frame& frame, const SlotFill& fill) {
  double score = frame.rule->rank + 3.0 * fill.bound + (fill.money != kNone ? 6.0 : 0.0) - 0.4 * fill.money_distance;
  if (frame.verb && frame.verb->finite) score += 1;
  return score;
}

/// Who approves its own budget or loan decides about no other record: the deed is one.
void drop_own_approvals(std::vector<Draft>& drafts) {
  const auto doer = [](const Draft& draft) -> const Ref* {
    for (const std::string_view name : {"authority", "payer", "issuer"}) {
      if (const Scalar* value = find(draft.record.fields, name); value != nullptr && value->ref() != nullptr) return value->ref();
    }
    return nullptr;
  };
  // "agreed to work together" is one agreement.
  for (std::size_t i = 1; i < drafts.size();) {
    const bool again = drafts[i].record.kind == "agreement" && drafts[i].money_mentions.empty() &&
                       std::any_of(drafts.begin(), drafts.begin() + static_cast<std::ptrdiff_t>(i), [](const Draft& other) { return other.record.kind == "agreement"; });
    if (again) drafts.erase(drafts.begin() + static_cast<std::ptrdiff_t>(i));
    else ++i;
  }
  std::erase_if(drafts, [&](const Draft& decision) {
    if (decision.record.kind != "decision") return false;
    return std::any_of(drafts.begin(), drafts.end(), [&](const Draft& other) {
      const Ref* a = doer(decision);
      const Ref* b = doer(other);
      return other.record.kind != "decision" && other.record.kind != "project" && a != nullptr && b != nullptr && a->span == b->span && !other.money_mentions.empty();
    });
  });
}

}  // namespace

Fields money_object(const Article& article, const std::vector<Mention>& mentions, std::uint32_t index, std::string_view as) {
  const Mention& mention = mentions[index];
  Fields money = {{"text", Scalar(mention.span.of(article.text))},
                  {"span", Scalar(std::vector<Scalar>{Scalar(std::int64_t{mention.span.begin}), Scalar(std::int64_t{mention.span.end})})},
                  {"mention", Scalar(std::int64_t{index})}};
  for (const std::string_view name : {"amount", "amount_high", "currency", "candidates", "modifier", "per"}) {
    if (const Scalar* value = find(mention.fields, name)) money.push_back({std::string(name), *value});
  }
  money.push_back({"as", Scalar(as)});
  return money;
}

std::vector<Fields> money_objects(const BindContext& context, const MoneyGroup& group) {
  std::vector<Fields> objects;
  for (std::size_t i = 0; i < group.mentions.size(); ++i) {
    const std::uint32_t index = group.mentions[i];
    objects.push_back(money_object(context.article, context.mentions, index, i == 0 ? "said" : "conversion"));
  }
  return objects;
}

std::vector<Draft> bind_sentence(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money) {
  std::vector<Bound> all;
  const std::string sentence_words = words_of(context.lower, sentence, 0, static_cast<std::uint32_t>(sentence.tokens.size()));
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
  const auto take_tokens = [&](const Frame& frame) {
    token_taken[frame.end - 1] = true;
    if (frame.noun) return;
    for (std::uint32_t at = frame.begin; at + 1 < frame.end; ++at) {
      if (!governor(sentence.tokens[at].lower).empty()) token_taken[at] = true;  // "agreed to lend" is one deed
    }
  };
  std::vector<std::pair<std::uint32_t, Draft>> drafts;
  for (const Bound& bound : all) {
    const std::uint32_t trigger = bound.frame.end - 1;
    if (token_taken[trigger] || (bound.fill.money != kNone && money_taken[bound.fill.money])) continue;
    // A money-less reading of a trigger is only taken where the rule asks for none.
    take_tokens(bound.frame);
    if (bound.fill.money != kNone) money_taken[bound.fill.money] = true;
    drafts.emplace_back(trigger, make_draft(context, sentence, money, bound, sentence_words));
  }
  std::stable_sort(drafts.begin(), drafts.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<Draft> ordered;
  ordered.reserve(drafts.size());
  for (auto& [trigger, draft] : drafts) ordered.push_back(std::move(draft));
  drop_own_approvals(ordered);
  add_parts(context, sentence, money, ordered);
  return ordered;
}

}  // namespace tearsheet
