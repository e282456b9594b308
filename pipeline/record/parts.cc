// Parts: amounts that stand beside a fact's own: "of which", "including", "and", "bringing the total to".
#include <algorithm>
#include <iterator>

#include "pipeline/record/bind.h"
#include "pipeline/record/frame.h"
#include "pipeline/record/slots.h"

namespace tearsheet {
namespace {

bool is_word(const Token& token) { return token.type == Token::Type::word; }

enum class Tie : std::uint8_t { none, part, sibling };

/// How the amount at token `to` hangs on the one at token `from`.
Tie tie_of(const Sentence& sentence, std::uint32_t from, std::uint32_t to) {
  bool part = false, verb = false, before = false;  // before: "up from 3 million"
  for (std::uint32_t at = from + 1; at < to; ++at) {
    const Token& token = sentence.tokens[at];
    if (!is_word(token)) {
      if (token.lower == ";") return Tie::none;
      if (token.type != Token::Type::punct) before = false;  // "from Norway and 3 million"
      continue;
    }
    if (token.lower == "than" || token.lower == "versus") return Tie::none;
    before |= token.lower == "from";
    part |= token.lower == "including" || token.lower == "comprising" || (token.lower == "which" && sentence.tokens[at - 1].lower == "of");
    verb |= is_finite(token.lower);
  }
  if (before) return Tie::none;
  if (part) return Tie::part;
  if (verb) return Tie::none;
  for (std::uint32_t at = to; at-- > from + 1;) {
    const Token& token = sentence.tokens[at];
    if (token.lower == "and" || token.lower == ",") return Tie::sibling;
    if (!is_word(token) || !is_amount_filler(token.lower)) return Tie::none;
  }
  return Tie::none;
}

/// What the part is for: "for artificial intelligence", "to subway cars", up to the next comma, "and" or amount.
void set_purpose(const BindContext& context, const Sentence& sentence, std::uint32_t money, Draft& part) {
  unset(part.record.fields, "purpose");
  unset(part.record.fields, "beneficiary");
  if (money + 2 >= sentence.tokens.size() || !is_word(sentence.tokens[money + 1])) return;
  const HashedWord& word = sentence.tokens[money + 1].lower;
  if (word != "for" && word != "to" && word != "on") return;
  std::uint32_t to = money + 2;
  while (to < sentence.tokens.size() && sentence.tokens[to].type != Token::Type::punct && sentence.tokens[to].lower != "and") ++to;
  if (to == money + 2) return;
  for (const Actor& actor : sentence.actors) {
    if (actor.token == money + 2) set(part.record.fields, "beneficiary", Scalar(std::vector<Scalar>{Scalar(actor.ref)}));
  }
  set(part.record.fields, "purpose", Scalar(phrase_object(context.article, sentence, money + 2, to)));
}

/// "and 45 million euros from Germany": who pays, lends or receives this one.
void set_party(const Sentence& sentence, std::uint32_t money, Draft& part) {
  if (money + 2 >= sentence.tokens.size() || !is_word(sentence.tokens[money + 1])) return;
  const HashedWord& word = sentence.tokens[money + 1].lower;
  if (word != "from" && word != "to") return;
  const auto party = std::find_if(sentence.actors.begin(), sentence.actors.end(), [&](const Actor& actor) { return !actor.modifier && actor.token > money && actor.token <= money + 4 && std::string_view(actor.preposition) == word; });
  if (party == sentence.actors.end()) return;
  const std::string_view role = part.record.kind == "borrowing" ? "lender" : word == "to" ? "recipient" : "payer";
  const Scalar* said = find(part.record.fields, role);
  if (said == nullptr) return;
  if (role == "payer") set(part.record.fields, role, Scalar(party->ref));
  else set(part.record.fields, role, Scalar(std::vector<Scalar>{Scalar(party->ref)}));
}

Draft part_of(const BindContext& context, const Sentence& sentence, const Draft& whole, const std::vector<MoneyGroup>& money, std::uint32_t group) {
  Draft part = whole;
  part.money_group = group;
  part.money_mentions = money[group].mentions;
  part.record.money = money_objects(context, money[group]);
  part.record.measure = "single";
  part.whole = part.continues = false;
  unset(part.record.fields, "change");
  set_purpose(context, sentence, money[group].token, part);
  set_party(sentence, money[group].token, part);
  const Mention& first = context.mentions[money[group].mentions.front()];
  part.record.evidence = {{std::min(whole.record.evidence.front().begin, first.span.begin), std::max(whole.record.evidence.front().end, first.span.end)}};
  return part;
}

bool carries_money(const Record& record) { return record.kind == "flow" || record.kind == "budget" || record.kind == "borrowing"; }

bool is_empty(const Scalar* value) {
  if (value == nullptr || value->is_none()) return true;
  const auto* list = value->get<std::vector<Scalar>>();
  return list != nullptr && list->empty();
}

/// A running total is of the kind of the deed that it ends with, with the same parties where it names none.
void continue_from(const Draft& before, Draft& total) {
  total.record.kind = before.record.kind;
  total.record.status = before.record.status;
  if (before.record.kind != "flow") {
    for (const char* name : {"payer", "recipient"}) unset(total.record.fields, name);
  }
  for (const Field& field : before.record.fields) {
    const bool role = field.value.ref() != nullptr || field.value.get<std::vector<Scalar>>() != nullptr;
    if (role && is_empty(find(total.record.fields, field.name))) set(total.record.fields, field.name, field.value);
  }
  if (is_empty(find(total.record.fields, "instrument"))) {
    if (const Scalar* instrument = find(before.record.fields, "instrument")) set(total.record.fields, "instrument", *instrument);
  }
}

void continue_totals(std::vector<Draft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (!drafts[i].continues) continue;
    const bool carries = i > 0 && carries_money(drafts[i - 1].record) && !drafts[i - 1].money_mentions.empty();
    if (carries) continue_from(drafts[i - 1], drafts[i]);
    const bool named = !is_empty(find(drafts[i].record.fields, "payer")) || !is_empty(find(drafts[i].record.fields, "recipient"));
    if (!carries && !named) drafts[i].money_mentions.clear();
  }
  std::erase_if(drafts, [](const Draft& draft) { return draft.continues && draft.money_mentions.empty(); });
}

/// "has put 120 million into Soitec and will add another 30 million": the second deed of one payer keeps the first one's recipient.
void share_recipients(std::vector<Draft>& drafts) {
  for (std::size_t i = 1; i < drafts.size(); ++i) {
    Record& late = drafts[i].record;
    const Record& early = drafts[i - 1].record;
    if (late.kind != "flow" || early.kind != "flow" || drafts[i].money_mentions.empty() || !is_empty(find(late.fields, "recipient")) || is_empty(find(early.fields, "recipient"))) continue;
    const Scalar* a = find(early.fields, "payer");
    const Scalar* b = find(late.fields, "payer");
    if (is_empty(a) || is_empty(b) || a->ref() == nullptr || b->ref() == nullptr || a->ref()->span != b->ref()->span) continue;
    set(late.fields, "recipient", *find(early.fields, "recipient"));
    if (is_empty(find(late.fields, "instrument")) && !is_empty(find(early.fields, "instrument"))) set(late.fields, "instrument", *find(early.fields, "instrument"));
  }
}

}  // namespace

void add_parts(const BindContext& context, const Sentence& sentence, const std::vector<MoneyGroup>& money, std::vector<Draft>& drafts) {
  continue_totals(drafts);
  share_recipients(drafts);
  std::vector<std::size_t> owner(money.size(), drafts.size());
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    if (drafts[i].money_group != kNone) owner[drafts[i].money_group] = i;
  }
  bool within = false;  // behind "of which", until an amount hangs on nothing
  const std::size_t none = drafts.size();
  std::vector<Draft> found;
  for (std::uint32_t group = 1; group < money.size(); ++group) {
    if (owner[group] != none || owner[group - 1] == none) continue;
    const Tie tie = tie_of(sentence, money[group - 1].token, money[group].token);
    Draft& whole = drafts[owner[group - 1]];
    if (tie == Tie::none || !carries_money(whole.record) || whole.continues) continue;
    within = tie == Tie::part || (within && whole.record.measure == "total");
    if (within) whole.record.measure = "total";
    owner[group] = owner[group - 1];
    found.push_back(part_of(context, sentence, whole, money, group));
  }
  drafts.insert(drafts.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
}

}  // namespace tearsheet
