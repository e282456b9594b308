// Resolve: drafts of one article become its records: said twice is one, parts know their totals, sums count once.
#include "pipeline/record/resolve.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <optional>
#include <set>
#include <utility>

namespace tearsheet {
namespace {

/// Mentions of one amount of money share a class: repeats, restatements and conversions.
class SameMoney {
 public:
  SameMoney(const std::vector<Mention>& mentions, const std::vector<Link>& links) : parent_(mentions.size()) {
    std::iota(parent_.begin(), parent_.end(), 0U);
    for (const Link& link : links) {
      if (link.kind == "same_amount") parent_[root(link.from)] = root(link.to);
    }
  }
  std::uint32_t root(std::uint32_t at) {
    while (parent_[at] != at) at = parent_[at] = parent_[parent_[at]];
    return at;
  }
  bool share(const Draft& a, const Draft& b) {
    for (const std::uint32_t i : a.money_mentions) {
      for (const std::uint32_t j : b.money_mentions) {
        if (root(i) == root(j)) return true;
      }
    }
    return false;
  }

 private:
  std::vector<std::uint32_t> parent_;
};

bool is_headline(Use use) { return use == Use::title || use == Use::excerpt || use == Use::repeat; }

/// How good a place a fact is read from: the body, then the excerpt, then titles and repeats.
int standing(Use use) {
  if (use == Use::body) return 3;
  if (use == Use::excerpt) return 2;
  return use == Use::title || use == Use::repeat ? 1 : 0;
}

bool is_empty(const Scalar& value) {
  const auto* list = value.get<std::vector<Scalar>>();
  return value.is_none() || (list != nullptr && list->empty());
}

bool same_roles(const Record& a, const Record& b) {
  for (const Field& field : a.fields) {
    if (field.value.ref() == nullptr) continue;
    const Scalar* other = find(b.fields, field.name);
    if (other == nullptr || other->ref() == nullptr) continue;
    const Ref& x = *field.value.ref();
    const Ref& y = *other->ref();
    if (!x.id.empty() && !y.id.empty() ? x.id != y.id : x.text != y.text) return false;
  }
  return true;
}

/// Whether two drafts are one fact. Headlines give way to whatever the text says of their money; in the text itself kind and roles must agree.
bool same_fact(SameMoney& same, const Draft& a, const Draft& b) {
  const Use x = a.record.use, y = b.record.use;
  const bool own = standing(x) > 0 && standing(y) > 0;
  if (!own && x != y) return false;
  if (!a.money_mentions.empty() || !b.money_mentions.empty()) {
    if (!same.share(a, b)) return false;
    return is_headline(x) || is_headline(y) || (a.record.kind == b.record.kind && same_roles(a.record, b.record));
  }
  return a.record.kind == b.record.kind && (is_headline(x) || is_headline(y)) && same_roles(a.record, b.record);
}

/// Takes over what `from` knows and `into` does not.
void absorb(Draft& into, const Draft& from) {
  into.record.evidence.insert(into.record.evidence.end(), from.record.evidence.begin(), from.record.evidence.end());
  if (into.record.kind != from.record.kind) return;
  for (const Field& field : from.record.fields) {
    const Scalar* mine = find(into.record.fields, field.name);
    if (mine == nullptr || (is_empty(*mine) && !is_empty(field.value))) set(into.record.fields, field.name, field.value);
  }
}

/// The drafts kept so far, by what a twin must share with them: a class of money, or the kind where neither has money. A document of
/// 2 MB has 22,000 facts; comparing each with each took half a minute.
class Kept {
 public:
  explicit Kept(SameMoney& same) : same_(same) {}

  void add(const Draft& draft, std::size_t index) {
    for (const std::uint32_t root : roots(draft)) by_money_[root].push_back({count_, index});
    if (draft.money_mentions.empty()) by_kind_[draft.record.kind].push_back({count_, index});
    ++count_;
  }

  /// The first of those kept that is one fact with `draft`.
  std::optional<std::size_t> twin(const std::vector<Draft>& drafts, const Draft& draft) const {
    std::optional<Place> first;
    const auto look = [&](const std::vector<Place>& places) {
      // A list of prices chains thousands of amounts by rounding; what many say of one amount is found among its first facts.
      for (std::size_t i = 0; i < std::min(places.size(), kTwinsTried); ++i) {
        const Place& place = places[i];
        if (first && first->order <= place.order) return;
        if (same_fact(same_, drafts[place.index], draft)) first = place;
      }
    };
    for (const std::uint32_t root : roots(draft)) {
      if (const auto at = by_money_.find(root); at != by_money_.end()) look(at->second);
    }
    // Without money only a headline repeats another fact.
    if (draft.money_mentions.empty() && is_headline(draft.record.use)) {
      if (const auto at = by_kind_.find(draft.record.kind); at != by_kind_.end()) look(at->second);
    }
    return first ? std::optional(first->index) : std::nullopt;
  }

 private:
  static constexpr std::size_t kTwinsTried = 256;
  struct Place {
    std::size_t order, index;
  };
  std::set<std::uint32_t> roots(const Draft& draft) const {
    std::set<std::uint32_t> out;
    for (const std::uint32_t mention : draft.money_mentions) out.insert(same_.root(mention));
    return out;
  }

  SameMoney& same_;
  std::map<std::uint32_t, std::vector<Place>> by_money_;
  std::map<std::string, std::vector<Place>, std::less<>> by_kind_;
  std::size_t count_ = 0;
};

std::vector<Draft> join(SameMoney& same, std::vector<Draft> drafts) {
  std::vector<std::size_t> order(drafts.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) { return standing(drafts[a].record.use) > standing(drafts[b].record.use); });
  std::vector<std::size_t> kept;
  Kept known(same);
  for (const std::size_t index : order) {
    if (const auto twin = known.twin(drafts, drafts[index])) {
      absorb(drafts[*twin], drafts[index]);
    } else {
      kept.push_back(index);
      known.add(drafts[index], index);
    }
  }
  std::sort(kept.begin(), kept.end());
  std::vector<Draft> joined;
  for (const std::size_t index : kept) joined.push_back(std::move(drafts[index]));
  return joined;
}

/// Mentions of money in headlines, by their class.
using HeadlineMoney = std::map<std::uint32_t, std::vector<std::uint32_t>>;
HeadlineMoney headline_money(const Article& article, const std::vector<Mention>& mentions, SameMoney& same) {
  HeadlineMoney out;
  for (std::uint32_t i = 0; i < mentions.size(); ++i) {
    if (mentions[i].type == "money" && is_headline(article.blocks[mentions[i].block].use)) out[same.root(i)].push_back(i);
  }
  return out;
}

/// A headline that rounds or repeats the amount belongs to the record's money, once a spelling.
void add_restated(const Article& article, const std::vector<Mention>& mentions, SameMoney& same, const HeadlineMoney& headlines, Draft& draft) {
  if (draft.money_mentions.empty()) return;
  const auto restated = headlines.find(same.root(draft.money_mentions.front()));
  if (restated == headlines.end()) return;
  std::set<std::string> said;
  for (const std::uint32_t index : draft.money_mentions) said.insert(std::string(mentions[index].span.of(article.text)));
  for (const std::uint32_t i : restated->second) {
    if (std::find(draft.money_mentions.begin(), draft.money_mentions.end(), i) != draft.money_mentions.end()) continue;
    if (!said.insert(std::string(mentions[i].span.of(article.text))).second) continue;
    std::string_view as = "restated";
    for (const std::uint32_t own : draft.money_mentions) {
      if (text_of(mentions[own].fields, "currency") == text_of(mentions[i].fields, "currency") && find(mentions[own].fields, "amount") != nullptr &&
          find(mentions[i].fields, "amount") != nullptr && !(*find(mentions[own].fields, "amount") == *find(mentions[i].fields, "amount"))) {
        as = "rounded";
      }
    }
    draft.record.money.push_back(money_object(article, mentions, i, as));
    draft.record.evidence.push_back(article.blocks[mentions[i].block].span);
  }
}

/// The rate between two amounts, as their link tells it.
using Rates = std::map<std::pair<std::uint32_t, std::uint32_t>, std::string>;
Rates rates_of(const std::vector<Link>& links) {
  Rates out;
  for (const Link& link : links) {
    const std::size_t comma = link.why.find(", ");
    if (link.kind == "same_amount" && comma != std::string::npos) out[std::minmax(link.from, link.to)] = link.why.substr(comma + 2);
  }
  return out;
}

void add_rates(const Rates& rates, Draft& draft) {
  for (std::size_t i = 1; i < draft.money_mentions.size(); ++i) {
    const auto rate = rates.find(std::minmax(draft.money_mentions.front(), draft.money_mentions[i]));
    if (rate != rates.end()) set(draft.record.money[i], "rate", Scalar(rate->second));
  }
}

void relate(Draft& from, std::string_view type, const Draft& to, std::string_view basis) {
  from.record.rel.push_back({std::string(type), to.record.id, std::string(basis)});
}

bool carries_money(const Draft& draft) { return draft.record.kind == "flow" || draft.record.kind == "budget" || draft.record.kind == "borrowing"; }

/// The drafts of the sentence that holds draft `at`, half-open: drafts are in text order.
std::pair<std::size_t, std::size_t> sentence_of(const std::vector<Draft>& drafts, std::size_t at) {
  std::size_t first = at, last = at + 1;
  while (first > 0 && drafts[first - 1].sentence == drafts[at].sentence) --first;
  while (last < drafts.size() && drafts[last].sentence == drafts[at].sentence) ++last;
  return {first, last};
}

/// A decision points at the fact of its own sentence, else at the nearest one with money before it, in its own block or the two before.
Draft* decided_about(std::vector<Draft>& drafts, std::size_t decision) {
  const Draft& own = drafts[decision];
  const auto [first, last] = sentence_of(drafts, decision);
  for (std::size_t j = first; j < last; ++j) {
    if (j != decision && drafts[j].record.kind != "decision" && drafts[j].record.kind != "result") return &drafts[j];
  }
  for (std::size_t j = decision; j-- > 0;) {
    Draft& target = drafts[j];
    if (target.record.use != own.record.use || own.block - target.block > 2) break;
    if (carries_money(target) || target.record.kind == "agreement") return &target;
  }
  return nullptr;
}

/// What was approved is decided; what was blocked or voted down is off.
void relate_decisions(std::vector<Draft>& drafts) {
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& decision = drafts[i];
    if (decision.record.kind != "decision") continue;
    Draft* target = decided_about(drafts, i);
    if (target == nullptr) continue;
    relate(decision, "about", *target, decision.about_coref ? "said" : "implied");
    const std::string_view outcome = text_of(decision.record.fields, "outcome");
    if (decision.record.status != "done" || decision.record.certainty == "denied") continue;
    std::string& status = target->record.status;
    if (outcome == "approved" && carries_money(*target) && (status == "planned" || status == "sought" || status == "agreed" || target->sentence == decision.sentence)) status = "decided";
    if ((outcome == "rejected" || outcome == "blocked") && target->sentence == decision.sentence) status = "cancelled";
  }
}

/// A total includes the single amounts of its own sentence ("said"); single amounts of a block that follow a total budget are implied parts of it.
void relate_totals(std::vector<Draft>& drafts) {
  std::map<std::uint32_t, std::vector<std::size_t>> by_sentence;
  for (std::size_t i = 0; i < drafts.size(); ++i) by_sentence[drafts[i].sentence.begin].push_back(i);
  Draft* budget = nullptr;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    const bool total = draft.record.measure == "total" || draft.record.measure == "cumulative";
    if (total) {
      for (const std::size_t j : by_sentence[draft.sentence.begin]) {
        if (j != i && carries_money(drafts[j]) && drafts[j].record.measure == "single") relate(draft, "includes", drafts[j], "said");
      }
    }
    if (!is_own(draft.record.use)) continue;
    if (draft.record.kind == "budget" && (total || draft.whole)) {
      budget = &draft;
    } else if (budget != nullptr && carries_money(draft) && draft.record.measure == "single" && draft.record.kind == "budget") {
      relate(draft, "part_of", *budget, "implied");
      if (budget->whole) budget->record.measure = "total";
      const Scalar* instrument = find(budget->record.fields, "instrument");
      if (instrument != nullptr && !instrument->is_none()) set(draft.record.fields, "instrument", *instrument);
    }
  }
}

/// Whether a record's amount may be added to others': one deed, said once, of a kind that moves money or builds for it. How sure and how far it is, is said elsewhere.
bool is_addable(const Draft& draft) {
  const Record& record = draft.record;
  if ((!carries_money(draft) && record.kind != "project") || record.money.empty() || !is_own(record.use) || record.measure != "single") return false;
  if (record.status == "cancelled" || record.certainty == "denied") return false;
  const Fields& money = record.money.front();
  return find(money, "amount") != nullptr && !find(money, "amount")->is_none() && text_of(money, "modifier") != "vague" && find(money, "per") == nullptr && find(record.fields, "change") == nullptr;
}

/// "a plant for about $5 billion, helped by a $60 million grant": the grant pays for a part of the plant, so the plant is no sum of its own.
bool is_part_paid(const std::vector<Draft>& drafts, std::size_t at) {
  if (drafts[at].record.kind != "project") return false;
  const auto [first, last] = sentence_of(drafts, at);
  return std::any_of(drafts.begin() + static_cast<std::ptrdiff_t>(first), drafts.begin() + static_cast<std::ptrdiff_t>(last), [](const Draft& other) {
    return other.record.kind == "flow" && !other.money_mentions.empty() && other.record.certainty != "denied";
  });
}

void set_sums(SameMoney& same, std::vector<Draft>& drafts) {
  std::set<std::uint32_t> counted;
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    Draft& draft = drafts[i];
    if (is_addable(draft) && !is_part_paid(drafts, i)) draft.record.sum_ok = counted.insert(same.root(draft.money_mentions.front())).second;
  }
}

}  // namespace

std::vector<Record> resolve(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, std::vector<Draft> drafts) {
  SameMoney same(mentions, links);
  drafts = join(same, std::move(drafts));
  const HeadlineMoney headlines = headline_money(article, mentions, same);
  const Rates rates = rates_of(links);
  for (std::size_t i = 0; i < drafts.size(); ++i) {
    drafts[i].record.id = "r" + std::to_string(i + 1);
    add_restated(article, mentions, same, headlines, drafts[i]);
    add_rates(rates, drafts[i]);
  }
  relate_decisions(drafts);
  relate_totals(drafts);
  set_sums(same, drafts);
  std::vector<Record> records;
  records.reserve(drafts.size());
  for (Draft& draft : drafts) records.push_back(std::move(draft.record));
  return records;
}

}  // namespace tearsheet
