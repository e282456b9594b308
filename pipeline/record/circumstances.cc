// Circumstances: the times, conditions, sources and changes around a frame.
#include <algorithm>
#include <iterator>

#include "pipeline/record/slots.h"

namespace tearsheet {
namespace {

bool is_word(const Token& token) { return token.type == Token::Type::word; }

/// A saying verb within three tokens before or two behind: the date is of the words, not of the deed.
bool is_of_saying(const Sentence& sentence, std::uint32_t at) {
  const std::uint32_t from = at >= 3 ? at - 3 : 0;
  for (std::uint32_t i = from; i < at + 3 && i < sentence.tokens.size(); ++i) {
    if (i != at && is_word(sentence.tokens[i]) && is_saying(sentence.tokens[i].lower)) return true;
  }
  return false;
}

bool is_period(std::string_view grain, const Fields& fields) {
  return grain == "year" || grain == "quarter" || grain == "half" || grain == "decade" || find(fields, "fiscal") != nullptr;
}

Fields date_object(const Article& article, const Mention& mention) {
  Fields object = {{"text", Scalar(mention.span.of(article.text))},
                   {"span", Scalar(std::vector<Scalar>{Scalar(std::int64_t{mention.span.begin}), Scalar(std::int64_t{mention.span.end})})}};
  if (const Scalar* value = find(mention.fields, "value")) object.push_back({"value", *value});
  return object;
}

}  // namespace

void add_condition(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record) {
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (!is_word(token)) continue;
    const bool two = at + 1 < sentence.tokens.size() && is_word(sentence.tokens[at + 1]);
    const bool subject_to = token.lower == "subject" && two && sentence.tokens[at + 1].lower == "to";
    const bool opens = token.lower == "if" || token.lower == "unless" || token.lower == "pending" || token.lower == "provided" || subject_to;
    if (!opens || (at >= frame.begin && at < frame.end)) continue;
    std::uint32_t to = clause_end(sentence, at);
    for (std::uint32_t i = at + 1; i < to; ++i) {
      if (sentence.tokens[i].type == Token::Type::punct && sentence.tokens[i].lower == ",") to = i;
    }
    if (to <= at) return;
    set(record.fields, "condition", Scalar(phrase_object(context.article, sentence, at, to)));
    if (record.certainty == "asserted" || record.certainty == "expected") record.certainty = "conditional";
    return;
  }
}

void add_attribution(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record) {
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (!is_word(token) || !is_saying(token.lower) || (at >= frame.begin && at < frame.end)) continue;
    const bool according = token.lower == "according";
    std::uint32_t from = 0, to = 0;
    if (according) {
      from = at + 2;
      for (to = from; to < sentence.tokens.size() && sentence.tokens[to].type != Token::Type::punct && to - from < 8;) ++to;
    } else {
      to = at;
      while (to > 0 && is_word(sentence.tokens[to - 1]) && (is_adverb(sentence.tokens[to - 1].lower) || is_have(sentence.tokens[to - 1].lower))) --to;
      from = to;
      while (from > 0 && to - from < 6 && sentence.tokens[from - 1].type != Token::Type::punct && !is_clause_opener(sentence.tokens[from - 1].lower)) --from;
    }
    if (from >= to || to > sentence.tokens.size()) continue;
    Ref ref;
    const Span span{sentence.tokens[from].span.begin, sentence.tokens[to - 1].span.end};
    ref.text = std::string(span.of(context.article.text));
    ref.span = span;
    ref.type = "person";
    for (const Actor& actor : sentence.actors) {
      if (actor.token < from || actor.token >= to) continue;
      ref = actor.ref;
    }
    set(record.fields, "attribution", Scalar(std::move(ref)));
    return;
  }
}

void add_times(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record) {
  Scalar event, said;
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (token.type != Token::Type::mention || context.mentions[token.index].type != "date") continue;
    const Mention& mention = context.mentions[token.index];
    if (is_of_saying(sentence, at)) {
      if (said.is_none()) said = Scalar(date_object(context.article, mention));
    } else if (at < frame.clause_from || at >= frame.clause_to) {
      continue;
    } else if (is_period(text_of(mention.fields, "grain"), mention.fields)) {
      if (find(record.fields, "period") == nullptr) set(record.fields, "period", Scalar(date_object(context.article, mention)));
    } else if (event.is_none()) {
      event = Scalar(date_object(context.article, mention));
    }
  }
  Fields when = {{"event", std::move(event)}};
  if (!said.is_none()) when.push_back({"said", std::move(said)});
  Scalar reported;
  if (context.article.meta.published) reported = Scalar(context.article.meta.published->iso().substr(0, 10));
  when.push_back({"reported", std::move(reported)});
  set(record.fields, "when", Scalar(std::move(when)));
}

namespace {

/// The way the governing verb says that a figure went.
std::string_view direction_of(const Frame& frame) {
  static constexpr std::string_view kUp[] = {"rise", "grow", "jump", "climb", "surge", "increase", "double", "triple", "lift", "raise", "soar", "advance", "gain", "boost", "quadruple", "expand"};
  static constexpr std::string_view kDown[] = {"fall", "drop", "decline", "decrease", "plunge", "slump", "cut", "lower", "shrink", "slip", "tumble", "sink", "slide", "dip", "trim", "reduce", "slash"};
  if (std::find(std::begin(kUp), std::end(kUp), frame.verb_lemma) != std::end(kUp)) return "up";
  if (std::find(std::begin(kDown), std::end(kDown), frame.verb_lemma) != std::end(kDown)) return "down";
  return {};
}

/// The percentage of the clause that is nearest to the amount, with no other amount between; kNone for none.
std::uint32_t percent_near(const BindContext& context, const Sentence& sentence, const Frame& frame, std::uint32_t money) {
  std::uint32_t best = kNone, distance = kNone;
  const std::uint32_t from = money == kNone ? frame.end : money;
  for (std::uint32_t at = frame.clause_from; at < frame.clause_to && at < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (token.type != Token::Type::mention || context.mentions[token.index].type != "percent") continue;
    const std::uint32_t away = at > from ? at - from : from - at;
    if (away > 14 || away >= distance) continue;
    const auto other = [&](const Token& t) { return t.type == Token::Type::mention && t.index != sentence.tokens[from].index && context.mentions[t.index].type == "money"; };
    const auto begin = sentence.tokens.begin() + std::min(at, from), end = sentence.tokens.begin() + std::max(at, from);
    if (std::any_of(begin, end, other)) continue;
    best = at;
    distance = away;
  }
  return best;
}

}  // namespace

void add_change(const BindContext& context, const Sentence& sentence, const Frame& frame, std::uint32_t money, Record& record) {
  std::string direction(text_of(record.fields, "direction"));
  unset(record.fields, "direction");
  if (record.kind != "result" && direction.empty()) return;
  if (direction.empty()) direction = direction_of(frame);
  const std::uint32_t at = percent_near(context, sentence, frame, money);
  const Mention* percent = at == kNone ? nullptr : &context.mentions[sentence.tokens[at].index];
  if (direction.empty() && percent != nullptr) {
    direction = text_of(percent->fields, "change");
    if (direction.empty() && at > 0 && (sentence.tokens[at - 1].lower == "up" || sentence.tokens[at - 1].lower == "down")) direction = sentence.tokens[at - 1].lower;
    const bool compared = at + 1 < sentence.tokens.size() && sentence.tokens[at + 1].type == Token::Type::word;
    if (direction.empty() && compared && (sentence.tokens[at + 1].lower == "more" || sentence.tokens[at + 1].lower == "higher")) direction = "up";
    if (direction.empty() && compared && (sentence.tokens[at + 1].lower == "less" || sentence.tokens[at + 1].lower == "lower")) direction = "down";
  }
  if (direction.empty()) return;
  Fields change = {{"direction", Scalar(direction)}, {"by", Scalar{}}};
  if (percent != nullptr && find(percent->fields, "value") != nullptr) {
    set(change, "by", *find(percent->fields, "value"));
    set(change, "unit", Scalar("percent"));
    if (const Scalar* modifier = find(percent->fields, "modifier")) set(change, "modifier", *modifier);
    set(change, "text", Scalar(percent->span.of(context.article.text)));
  }
  for (std::uint32_t next = money == kNone ? kNone : money + 1; next < frame.clause_to && next < money + 4; ++next) {
    const Token& token = sentence.tokens[next];
    if (token.type != Token::Type::mention || context.mentions[token.index].type != "money" || sentence.tokens[next - 1].lower != "from") continue;
    set(change, "from", Scalar(context.mentions[token.index].span.of(context.article.text)));
  }
  set(record.fields, "change", Scalar(std::move(change)));
}

}  // namespace tearsheet
