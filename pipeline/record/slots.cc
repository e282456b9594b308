// Slots: what fills the roles of a frame.
#include "pipeline/record/slots.h"

#include <algorithm>
#include <iterator>

#include "pipeline/record/actors.h"

namespace tearsheet {
namespace {

bool is_word(const Token& token) { return token.type == Token::Type::word; }

bool fits_type(const RoleSlot& slot, std::string_view type) {
  static constexpr std::string_view kActors[] = {"company", "organisation", "government", "ministry", "parliament", "country", "generic"};
  for (const std::string& want : slot.types) {
    if (want == type) return true;
    if (want == "actor" && type == "place" && slot.side == Side::subject) return true;  // "Ottawa intends to sell bonds": a capital for its government
    if (want == "actor" && std::find(std::begin(kActors), std::end(kActors), type) != std::end(kActors)) return true;
  }
  return false;
}

bool fits_preposition(const RoleSlot& slot, std::string_view preposition) {
  return slot.prepositions.empty() || std::find(slot.prepositions.begin(), slot.prepositions.end(), preposition) != slot.prepositions.end();
}

std::string_view money_preposition(const Sentence& sentence, std::uint32_t at) {
  for (std::uint32_t back = 1; back <= 6 && back <= at; ++back) {
    const Token& token = sentence.tokens[at - back];
    if (!is_word(token)) return {};
    if (token.lower == "to" && back < at && sentence.tokens[at - back - 1].lower == "up") {
      ++back;
      continue;
    }
    const bool least = back > 1 && (sentence.tokens[at - back + 1].lower == "least" || sentence.tokens[at - back + 1].lower == "most");
    if (token.lower == "at" && !least) return "at";
    if (is_amount_filler(token.lower)) continue;
    return is_preposition(token.lower) ? token.lower : HashedWord();
  }
  return {};
}

/// How the slots of one frame are filled, with what is used up.
class Filler {
 public:
  Filler(const BindContext& context, const Sentence& sentence, const Frame& frame, const std::vector<MoneyGroup>& money)
      : context_(context), sentence_(sentence), frame_(frame), money_(money), used_(sentence.actors.size()) {}

  std::optional<SlotFill> fill(std::uint32_t group) {
    fill_ = {};
    std::fill(used_.begin(), used_.end(), false);
    fill_.money = group;
    if (group != kNone) use(money_[group].token);
    for (const RoleSlot& slot : frame_.rule->slots) {
      if (slot.name == "money") continue;
      const bool found = slot.phrases.empty() ? fill_actor(slot) : fill_phrase(slot);
      if (!found && slot.required) return std::nullopt;
      fill_.bound += found;
    }
    if (group != kNone) {
      const std::uint32_t at = money_[group].token;
      fill_.money_distance = at >= frame_.end ? at - frame_.end : frame_.begin - std::min(at, frame_.begin);
      // Another amount or a comma between trigger and amount makes the bond looser.
      for (std::uint32_t i = std::min(at, frame_.end); i < std::max(at, frame_.begin); ++i) {
        const Token& between = sentence_.tokens[i];
        const bool amount = i != at && between.type == Token::Type::mention && context_.mentions[between.index].type == "money";
        if (amount || (between.type == Token::Type::punct && between.lower == ",")) fill_.money_distance += 4;
      }
    }
    return fill_;
  }

 private:
  void use(std::uint32_t token) {
    fill_.first = std::min(fill_.first, token);
    fill_.last = std::max(fill_.last, token);
  }

  std::vector<std::uint32_t> by_phrase(const RoleSlot& slot) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < sentence_.actors.size(); ++i) {
      const Actor& actor = sentence_.actors[i];
      if (actor.token >= frame_.end && actor.token < frame_.clause_to && actor.preposition == "by" && !actor.possessive && fits_type(slot, actor.ref.type)) found.push_back(i);
    }
    return found;
  }

  /// The subject: of the verb's own clause; else, for participles and infinitives, of the clause around it; else a possessor ("Japan's plan to invest").
  std::vector<std::uint32_t> subject() const {
    VerbGroup group;
    if (frame_.verb) {
      group = *frame_.verb;
    } else {
      group.begin = frame_.begin;
    }
    std::vector<std::uint32_t> found = subjects(sentence_, group);
    if (!found.empty()) return found;
    for (const bool possessive : {false, true}) {
      for (std::uint32_t i = static_cast<std::uint32_t>(sentence_.actors.size()); i-- > 0;) {
        const Actor& actor = sentence_.actors[i];
        if (actor.token >= group.begin || actor.modifier || actor.object || actor.possessive != possessive) continue;
        if (!actor.preposition.empty() && !(possessive && group.begin - actor.token < 6)) continue;
        return {i};
      }
    }
    return {};
  }

  /// "..., the two companies said", "and said it will": behind the deed, who is followed by a verb is the subject of another one.
  bool acts_itself(std::uint32_t next, std::uint32_t to) const {
    if (next >= to || !is_word(sentence_.tokens[next])) return false;
    const HashedWord& word = sentence_.tokens[next].lower;
    return is_saying(word) || is_modal(word) || is_have(word);
  }

  std::vector<std::uint32_t> in_range(const RoleSlot& slot, std::uint32_t from, std::uint32_t to, bool nearest_last) const {
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = 0; i < sentence_.actors.size(); ++i) {
      const Actor& actor = sentence_.actors[i];
      if (actor.token < from || actor.token >= to || used_[i]) continue;
      if (actor.token >= frame_.end && acts_itself(actor.token + 1, to)) continue;
      const bool adjective = actor.modifier && fits_preposition(slot, "adjective") && !slot.prepositions.empty();
      if ((actor.modifier && !adjective) || (actor.possessive && !fits_preposition(slot, "of"))) continue;
      if (adjective && fits_type(slot, actor.ref.type)) {
        found.push_back(i);
        continue;
      }
      if (fits_type(slot, actor.ref.type) && fits_preposition(slot, actor.preposition)) found.push_back(i);
    }
    if (nearest_last) std::reverse(found.begin(), found.end());
    return found;
  }

  std::vector<std::uint32_t> candidates(const RoleSlot& slot) const {
    const bool passive = frame_.verb && frame_.verb->passive;
    switch (slot.side) {
      case Side::subject:
        if (passive) return by_phrase(slot);
        if (frame_.noun) {  // "blocked Brightside's purchase": the deed is Brightside's
          auto near = possessor(slot);
          if (!near.empty()) return near;
        }
        return subject();
      case Side::object:
        if (passive) {
          auto patient = subject();
          if (!patient.empty() && fits_type(slot, sentence_.actors[patient.front()].ref.type)) return patient;
        }
        return in_range(slot, frame_.end, frame_.clause_to, false);
      case Side::by: return by_phrase(slot);
      case Side::before: return in_range(slot, frame_.clause_from, frame_.begin, true);
      case Side::after: return in_range(slot, frame_.end, frame_.clause_to, false);
      case Side::any: break;
    }
    auto found = in_range(slot, frame_.end, frame_.clause_to, false);
    const auto before = in_range(slot, frame_.clause_from, frame_.begin, true);
    found.insert(found.end(), before.begin(), before.end());
    return found;
  }

  /// "Toyota's profit", "the profit of Toyota": whose noun it is.
  std::vector<std::uint32_t> possessor(const RoleSlot& slot) const {
    for (std::uint32_t i = static_cast<std::uint32_t>(sentence_.actors.size()); i-- > 0;) {
      const Actor& actor = sentence_.actors[i];
      if (actor.token < frame_.begin && actor.token >= frame_.clause_from && actor.possessive && frame_.begin - actor.token <= 6 && fits_type(slot, actor.ref.type)) return {i};
    }
    for (std::uint32_t i = 0; i < sentence_.actors.size(); ++i) {
      const Actor& actor = sentence_.actors[i];
      const bool near = actor.token >= frame_.end && actor.token - frame_.end <= 4;
      const bool whose = frame_.rule->kind == "result" && (actor.preposition == "of" || actor.preposition == "at");
      if (near && (whose || actor.preposition == "by") && fits_type(slot, actor.ref.type)) return {i};
    }
    return {};
  }

  Ref ref_of(std::uint32_t index) {
    used_[index] = true;
    use(sentence_.actors[index].token);
    return sentence_.actors[index].ref;
  }

  /// Mentions that are no actors (place, node_size, quantity, percent): the nearest that fits.
  bool fill_mention(const RoleSlot& slot) {
    std::uint32_t best = kNone;
    std::uint32_t best_distance = kNone;
    for (std::uint32_t at = frame_.clause_from; at < frame_.clause_to && at < sentence_.tokens.size(); ++at) {
      const Token& token = sentence_.tokens[at];
      if (token.type != Token::Type::mention || !fits_type(slot, context_.mentions[token.index].type)) continue;
      if (!slot.prepositions.empty()) {
        const bool hangs = at > 0 && is_word(sentence_.tokens[at - 1]) && fits_preposition(slot, sentence_.tokens[at - 1].lower);
        if (!hangs) continue;
      }
      const std::uint32_t distance = at >= frame_.end ? at - frame_.end : frame_.begin - std::min(at, frame_.begin);
      if (distance < best_distance) {
        best = at;
        best_distance = distance;
      }
    }
    if (best == kNone) return false;
    const Token& token = sentence_.tokens[best];
    const Mention& mention = context_.mentions[token.index];
    Ref ref;
    ref.text = std::string(mention.span.of(context_.article.text));
    ref.span = mention.span;
    ref.mention = token.index;
    ref.type = mention.type;
    ref.name = std::string(text_of(mention.fields, "name"));
    for (const std::string_view name : {"country", "nm", "value", "unit"}) {
      if (const Scalar* value = find(mention.fields, name)) ref.more.push_back({std::string(name), *value});
    }
    use(best);
    set(fill_.fields, slot.name, Scalar(std::move(ref)));
    return true;
  }

  /// "Revenue rose to $3 billion": a figure that opens its clause and names no one is the company's that the text is about.
  std::optional<Ref> implied_owner(const RoleSlot& slot) const {
    if (frame_.rule->kind != "result" || !frame_.noun || context_.topic == nullptr || !fits_type(slot, "company") || frame_.begin - frame_.clause_from > 4) return std::nullopt;
    for (std::uint32_t at = frame_.clause_from; at < frame_.begin; ++at) {
      const Token& token = sentence_.tokens[at];
      if (!is_word(token) || is_preposition(token.lower) || is_verbal(token.lower) || token.lower == "'s") return std::nullopt;
    }
    if (frame_.end < sentence_.tokens.size() && (sentence_.tokens[frame_.end].lower == "of" || sentence_.tokens[frame_.end].lower == "at" || sentence_.tokens[frame_.end].lower == "for")) return std::nullopt;
    Ref ref = *context_.topic;
    ref.how = "implied";
    ref.mention.reset();
    if (ref.name.empty()) ref.name = ref.text;
    return ref;
  }

  bool fill_actor(const RoleSlot& slot) {
    if (slot.is_value()) return fill_mention(slot);
    std::vector<Scalar> refs;
    std::uint32_t group = kNone;
    for (const std::uint32_t index : candidates(slot)) {
      const Actor& actor = sentence_.actors[index];
      if (used_[index] || !fits_type(slot, actor.ref.type)) continue;
      if (group != kNone && actor.group != group) continue;
      group = actor.group;
      refs.emplace_back(ref_of(index));
      if (!slot.many) break;
    }
    if (refs.empty() && slot.name == "owner") {
      if (auto owner = implied_owner(slot)) refs.emplace_back(std::move(*owner));
    }
    const bool found = !refs.empty();
    if (slot.name == "partner") {  // "with Fanuc": one of the parties, named behind
      const Scalar* parties = find(fill_.fields, "parties");
      const auto* named = parties == nullptr ? nullptr : parties->get<std::vector<Scalar>>();
      std::vector<Scalar> all = named == nullptr ? std::vector<Scalar>{} : *named;
      all.insert(all.end(), refs.begin(), refs.end());
      set(fill_.fields, "parties", Scalar(std::move(all)));
    } else if (slot.many) {
      set(fill_.fields, slot.name, Scalar(std::move(refs)));
    } else {
      set(fill_.fields, slot.name, found ? std::move(refs.front()) : Scalar{});
    }
    return found;
  }

  bool opens(std::uint32_t at, const std::vector<std::string>& phrase) const {
    for (std::size_t i = 0; i < phrase.size(); ++i) {
      if (at + i >= sentence_.tokens.size() || !is_word(sentence_.tokens[at + i]) || sentence_.tokens[at + i].lower != phrase[i]) return false;
    }
    const std::size_t behind = at + phrase.size();
    if (behind >= sentence_.tokens.size()) return false;
    const Token& next = sentence_.tokens[behind];
    // "to" opens a purpose only before a verb: not "to 3 trillion yen", not "to the fund".
    if (phrase.empty() && is_word(next) && is_preposition(next.lower)) return false;
    if (phrase.size() == 1 && phrase[0] == "to") return is_word(next) && !is_determiner(next.lower) && !is_preposition(next.lower);
    return next.type != Token::Type::punct && !(next.type == Token::Type::mention && context_.mentions[next.index].type == "money" && (phrase.empty() || phrase.back() != "of"));
  }

  std::uint32_t phrase_end(std::uint32_t from, bool noun_only) const {
    std::uint32_t at = from;
    for (; at < frame_.clause_to && at - from < 40; ++at) {
      const Token& token = sentence_.tokens[at];
      const bool comma = token.type == Token::Type::punct && token.lower == ",";
      if (comma && at + 1 < sentence_.tokens.size()) {
        const Token& next = sentence_.tokens[at + 1];
        if (is_word(next) && (next.lower.ends_with("ing") || is_saying(next.lower) || is_clause_opener(next.lower) || next.lower == "as" || next.lower == "according")) break;
        if (next.type == Token::Type::actor || noun_only) break;
      }
      if (noun_only && at > from && is_word(token) && ((is_preposition(token.lower) && token.lower != "of") || is_be(token.lower) || is_modal(token.lower) || is_have(token.lower))) break;
      if (token.type == Token::Type::punct && (token.lower == "(" || token.lower == "[") && noun_only) break;
    }
    return at;
  }

  bool take_phrase(const RoleSlot& slot, std::uint32_t from, bool noun_only) {
    const std::uint32_t to = phrase_end(from, noun_only);
    if (to <= from) return false;
    use(from);
    use(to - 1);
    set(fill_.fields, slot.name, Scalar(phrase_object(context_.article, sentence_, from, to)));
    if (slot.name == "about") {
      const Token& first = sentence_.tokens[from];
      fill_.about_coref = is_word(first) && (first.lower == "the" || first.lower == "this") && to - from <= 3;
    }
    return true;
  }

  bool fill_phrase(const RoleSlot& slot) {
    set(fill_.fields, slot.name, Scalar{});
    std::uint32_t from = frame_.end, to = frame_.clause_to;
    if (slot.side == Side::before) {
      from = frame_.clause_from;
      to = frame_.begin;
    } else if (slot.side == Side::subject) {
      return frame_.clause_from < frame_.begin && take_phrase(slot, frame_.clause_from, true);
    } else if (fill_.money != kNone && money_[fill_.money].token >= frame_.end) {
      const bool money_first = std::any_of(slot.phrases.begin(), slot.phrases.end(), [](const auto& p) { return !p.empty(); });
      if (money_first && slot.side == Side::after && slot.name != "object") from = money_[fill_.money].token + 1;
    }
    for (std::uint32_t at = from; at < to; ++at) {
      for (const auto& phrase : slot.phrases) {
        if (phrase.empty() && at != from) continue;
        if (!opens(at, phrase)) continue;
        return take_phrase(slot, at + static_cast<std::uint32_t>(phrase.size()), phrase.empty());
      }
    }
    return false;
  }

  const BindContext& context_;
  const Sentence& sentence_;
  const Frame& frame_;
  const std::vector<MoneyGroup>& money_;
  std::vector<bool> used_;
  SlotFill fill_;
};

/// "a 150 million euro fine that the watchdog had imposed": the amount stands before its relative clause.
bool is_relative_object(const Sentence& sentence, const Frame& frame, std::uint32_t at) {
  if (frame.noun || frame.clause_from == 0 || at >= frame.clause_from || frame.clause_from - at > 4) return false;
  const HashedWord& opener = sentence.tokens[frame.clause_from - 1].lower;
  const bool subject_follows = frame.begin > frame.clause_from;
  return subject_follows && (opener == "that" || opener == "which");
}

/// Whether a money group may be this frame's: in its clause, on the right side, on a preposition the rule names, not too far.
bool money_in_reach(const Sentence& sentence, const Frame& frame, const RoleSlot& slot, const MoneyGroup& group) {
  const std::uint32_t at = group.token;
  if (at != kNone && is_relative_object(sentence, frame, at)) return true;
  if (at == kNone || at < frame.clause_from || at >= frame.clause_to) return false;
  const bool after = at >= frame.end;
  const std::string_view preposition = money_preposition(sentence, at);
  if (!fits_preposition(slot, preposition)) return false;
  if (slot.side == Side::after) return after && at - frame.end <= 30;
  if (slot.side == Side::before) return !after && frame.begin - at <= 12;
  if (frame.noun) {
    if (!after) {
      // "a $550 billion investment program", but not "2 trillion yen in budget funding".
      const auto from = sentence.tokens.begin() + at + 1, to = sentence.tokens.begin() + frame.begin;
      const bool parted = std::any_of(from, to, [](const Token& t) { return t.type == Token::Type::punct ? t.lower == "," || t.lower == ";" : is_word(t) && (is_preposition(t.lower) || is_conjunction(t.lower) || is_finite(t.lower)); });
      return frame.begin - at <= 5 && preposition != "of" && !parted;
    }
    return at - frame.end <= 12;
  }
  const bool passive = frame.verb && frame.verb->passive;
  if (!after) return passive && frame.begin - at <= 12;
  return at - frame.end <= 30;
}

}  // namespace

bool is_amount_filler(const HashedWord& word) {
  static constexpr WordSet kWords({"about", "around", "approximately", "roughly", "nearly", "almost", "some", "over", "least", "most", "than", "more", "less", "fewer", "another",
                                                "additional", "extra", "an", "a", "the", "total", "estimated", "only", "just", "as", "much", "further", "record", "initial", "up", "at", "under"});
  return kWords.has(word);
}

std::vector<SlotFill> fill_slots(const BindContext& context, const Sentence& sentence, const Frame& frame, const std::vector<MoneyGroup>& money) {
  std::vector<SlotFill> fills;
  Filler filler(context, sentence, frame, money);
  const RoleSlot* slot = frame.rule->slot("money");
  if (slot != nullptr) {
    for (std::uint32_t i = 0; i < money.size(); ++i) {
      if (!money_in_reach(sentence, frame, *slot, money[i])) continue;
      if (auto fill = filler.fill(i)) fills.push_back(std::move(*fill));
    }
  }
  if (slot == nullptr || !slot->required) {
    if (auto fill = filler.fill(kNone)) fills.push_back(std::move(*fill));
  }
  return fills;
}

Span evidence_span(const Sentence& sentence, const Frame& frame, const SlotFill& fill) {
  const std::uint32_t first = std::min(frame.begin, fill.first);
  const std::uint32_t last = std::max(frame.end - 1, fill.last);
  return {sentence.tokens[first].span.begin, sentence.tokens[last].span.end};
}

Fields phrase_object(const Article& article, const Sentence& sentence, std::uint32_t from, std::uint32_t to) {
  const Span span{sentence.tokens[from].span.begin, sentence.tokens[to - 1].span.end};
  return {{"text", Scalar(span.of(article.text))},
          {"span", Scalar(std::vector<Scalar>{Scalar(std::int64_t{span.begin}), Scalar(std::int64_t{span.end})})}};
}

}  // namespace tearsheet
