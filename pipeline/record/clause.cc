// Clause: a small reader of sentences: tokens, actors, and the verb group around a trigger.
#include "pipeline/record/clause.h"

#include <algorithm>
#include <array>

#include "base/utf8.h"
#include "pipeline/record/actors.h"

namespace tearsheet {
namespace {

// What an ASCII byte is to a token.
enum ByteClass : std::uint8_t { kOther, kInWord, kBlank, kWide };
constexpr std::array<ByteClass, 256> kBytes = [] {
  std::array<ByteClass, 256> classes{};
  for (std::size_t c = 0; c < 256; ++c) {
    const bool word = (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c == '_' || c == '%';
    const bool blank = c == ' ' || (c >= '\t' && c <= '\r');
    classes[c] = c >= 0x80 ? kWide : word ? kInWord : blank ? kBlank : kOther;
  }
  return classes;
}();

ByteClass byte_class(std::string_view text, std::size_t at) { return kBytes[static_cast<unsigned char>(text[at])]; }

bool is_word_char(std::string_view text, std::size_t at) {
  const ByteClass byte = byte_class(text, at);
  if (byte != kWide) return byte == kInWord;
  return utf8::is_word(utf8::next(text, at));
}

/// A hyphen or a point inside a word ("state-owned", "U.S.") belongs to it.
bool joins(std::string_view text, std::size_t at, std::size_t end) {
  if (at + 1 >= end) return false;
  return (text[at] == '-' || text[at] == '.' || text[at] == '&') && is_word_char(text, at + 1);
}

std::size_t word_end(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    if (byte_class(text, at) == kInWord) {
      ++at;
    } else if (is_word_char(text, at)) {
      utf8::next(text, at);
    } else if (joins(text, at, end)) {
      ++at;
    } else {
      break;
    }
  }
  return at;
}

void add_token(Sentence& sentence, std::string_view lower, Token::Type type, std::size_t begin, std::size_t end) {
  Token token;
  token.type = type;
  token.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)};
  token.lower = lower.substr(begin, end - begin);
  sentence.tokens.push_back(token);
}

/// "'s" and "’s" are one token, so that possessives can be seen.
std::size_t possessive_end(std::string_view text, std::size_t at, std::size_t end) {
  std::size_t after = at;
  if (text[at] == '\'') {
    after = at + 1;
  } else if (text.substr(at, 3) == "\xE2\x80\x99") {
    after = at + 3;
  } else {
    return at;
  }
  if (after < end && text[after] == 's' && (after + 1 >= end || !is_word_char(text, after + 1))) return after + 1;
  return at;
}

void tokenize(Sentence& sentence, std::string_view text, std::string_view lower, std::size_t begin, std::size_t end) {
  static constexpr HashedWord kPossessive("'s");
  std::size_t at = begin;
  while (at < end) {
    const ByteClass byte = byte_class(lower, at);
    if (byte == kBlank) {
      ++at;
      continue;
    }
    std::size_t next = at;
    if (byte == kInWord || (byte == kWide && utf8::is_word(utf8::next(lower, next)))) {
      const std::size_t tail = word_end(lower, at, end);
      add_token(sentence, lower, Token::Type::word, at, tail);
      at = tail;
      continue;
    }
    next = at;
    if (utf8::is_space(utf8::next(lower, next))) {
      at = next;
    } else if (const std::size_t behind = possessive_end(text, at, end); behind != at) {
      add_token(sentence, lower, Token::Type::word, at, behind);
      sentence.tokens.back().lower = kPossessive;
      at = behind;
    } else {
      add_token(sentence, lower, Token::Type::punct, at, std::min(next, end));
      at = next;
    }
  }
}

bool is_mark(const Token& token, std::string_view marks) {
  return token.type == Token::Type::punct && token.lower.size() == 1 && marks.find(token.lower[0]) != std::string_view::npos;
}

bool is_quote(const Token& token) {
  return token.type == Token::Type::punct && (token.lower == "\"" || token.lower == "\xE2\x80\x9C" || token.lower == "\xE2\x80\x9D");
}

bool is_word(const Token& token) { return token.type == Token::Type::word; }

/// A token that can stand between auxiliaries and their verb.
bool passes_in_group(const Token& token) { return is_word(token) && (is_adverb(token.lower) || is_negation(token.lower)); }

bool is_auxiliary(const Token& token) {
  return is_word(token) && (is_modal(token.lower) || is_have(token.lower) || is_be(token.lower) || token.lower == "to" || token.lower == "going");
}

/// "in talks to", "plans to", "a bid to": a noun that governs an infinitive as its verb would.
bool is_governing_noun(const HashedWord& word) {
  static constexpr WordSet kWords({"talks", "plans", "plan", "bid", "intention", "offer", "proposal", "permission", "decision", "pledge", "negotiations", "discussions"});
  return kWords.has(word);
}

/// Walks left from the verb over auxiliaries, adverbs, negations and governors ("has decided to", "is not expected to").
std::uint32_t group_begin(const Sentence& sentence, std::uint32_t verb) {
  std::uint32_t begin = verb;
  for (std::uint32_t at = verb; at-- > 0;) {
    const Token& token = sentence.tokens[at];
    if (is_auxiliary(token)) {
      begin = at;
    } else if (is_word(token) && begin < verb && sentence.tokens[begin].lower == "to" && !governor(token.lower).empty()) {
      begin = at;
    } else if (token.type == Token::Type::mention && begin < verb && sentence.tokens[begin].lower == "to" && at >= 2 && sentence.tokens[at - 1].lower == "on" &&
               !governor(sentence.tokens[at - 2].lower).empty()) {
      begin = at = at - 2;  // "agreed on Monday to buy"
    } else if (is_word(token) && begin < verb && sentence.tokens[begin].lower == "to" && is_governing_noun(token.lower)) {
      begin = at;  // and the preposition, article or verb it stands with: "is in talks to", "has scrapped plans to"
      while (begin > 0 && verb - begin < 8 && is_word(sentence.tokens[begin - 1]) && (sentence.tokens[begin - 1].lower == "in" || sentence.tokens[begin - 1].lower == "no" ||
             is_article(sentence.tokens[begin - 1].lower) || is_verbal(sentence.tokens[begin - 1].lower))) {
        --begin;
      }
      at = begin;
    } else if (is_word(token) && is_conjunction(token.lower) && begin == verb && at > 0 && is_word(sentence.tokens[at - 1]) && at > 1 &&
               is_auxiliary(sentence.tokens[at - 2])) {
      begin = --at;  // "to develop and produce": the other verb of the pair
    } else if (!passes_in_group(token)) {
      break;
    }
  }
  return begin;
}

std::string group_words(const Sentence& sentence, std::uint32_t begin, std::uint32_t end) {
  std::string words;
  for (std::uint32_t at = begin; at < end; ++at) {
    if (!words.empty()) words += ' ';
    words += sentence.tokens[at].lower;
  }
  return words;
}

/// True when the last auxiliary before the verb is a form of "be" and the verb is a participle.
bool has_passive_aux(const Sentence& sentence, std::uint32_t begin, std::uint32_t verb) {
  for (std::uint32_t at = verb; at-- > begin;) {
    const Token& token = sentence.tokens[at];
    if (passes_in_group(token)) continue;
    return is_word(token) && is_be(token.lower);
  }
  return false;
}

/// "the 5 billion yen allocated to ...", "a plant built by ...": a participle right behind its noun.
bool is_reduced_passive(const Sentence& sentence, std::uint32_t verb) {
  if (verb + 1 >= sentence.tokens.size()) return false;
  const Token& next = sentence.tokens[verb + 1];
  if (is_word(next) && next.lower == "by") return true;
  // Right behind a name or a relative pronoun it is the verb of the clause: "Japan set in motion", "which paid for".
  if (verb > 0 && (sentence.tokens[verb - 1].lower == "which" || sentence.tokens[verb - 1].lower == "who")) return false;
  const bool named = std::any_of(sentence.actors.begin(), sentence.actors.end(), [&](const Actor& a) { return a.token + 1 == verb && a.preposition.empty() && !a.modifier; });
  if (named) return false;
  return is_word(next) && (next.lower == "by" || next.lower == "to" || next.lower == "for" || next.lower == "in" || next.lower == "from" || next.lower == "under");
}

bool is_noun_use(const Sentence& sentence, std::uint32_t verb, VerbForm form) {
  if (verb == 0) return false;
  const Token& before = sentence.tokens[verb - 1];
  if (form == VerbForm::past || form == VerbForm::participle) return is_word(before) && (is_article(before.lower) || before.lower == "'s");
  if (!is_word(before)) return form == VerbForm::base && before.type == Token::Type::mention;
  return is_determiner(before.lower) || before.lower == "'s" || (form != VerbForm::gerund && is_preposition(before.lower) && before.lower != "to");
}

/// ", and it forecasts", ", and profit came to": a comma before "and" closes a clause where each side has a verb and the new side its own subject.
void mark_clauses(Sentence& sentence) {
  bool verb_before = false;
  for (std::uint32_t at = 0; at + 3 < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (is_word(token) && is_finite(token.lower)) verb_before = true;
    if (!verb_before || !is_mark(token, ",") || sentence.tokens[at + 1].lower != "and") continue;
    if (is_word(sentence.tokens[at + 2]) && is_finite(sentence.tokens[at + 2].lower)) continue;
    for (std::uint32_t next = at + 3; next < sentence.tokens.size() && next < at + 9; ++next) {
      const Token& word = sentence.tokens[next];
      if (word.type == Token::Type::punct) break;
      if (!is_word(word) || !is_finite(word.lower) || is_saying(word.lower)) continue;
      sentence.tokens[at].closes_clause = true;
      break;
    }
  }
}

}  // namespace

std::uint32_t Sentence::token_at(std::uint32_t offset) const {
  const auto at = std::lower_bound(tokens.begin(), tokens.end(), offset, [](const Token& token, std::uint32_t want) { return token.span.begin < want; });
  return static_cast<std::uint32_t>(at - tokens.begin());
}

void cut_sentence(std::string_view text, std::string_view lower, const std::vector<Mention>& mentions, Span span, std::uint32_t block, Sentence& into) {
  into.span = span;
  into.block = block;
  into.tokens.clear();
  into.actors.clear();
  auto mention = std::lower_bound(mentions.begin(), mentions.end(), span.begin, [](const Mention& m, std::uint32_t want) { return m.span.begin < want; });
  into.first_mention = static_cast<std::uint32_t>(mention - mentions.begin());
  std::size_t at = span.begin;
  for (; mention != mentions.end() && mention->span.end <= span.end; ++mention) {
    if (mention->span.begin < at) continue;
    tokenize(into, text, lower, at, mention->span.begin);
    add_token(into, lower, Token::Type::mention, mention->span.begin, mention->span.end);
    into.tokens.back().index = static_cast<std::uint32_t>(mention - mentions.begin());
    at = mention->span.end;
  }
  into.last_mention = static_cast<std::uint32_t>(mention - mentions.begin());
  tokenize(into, text, lower, at, span.end);
}

void read_sentence(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, Antecedents& antecedents) {
  find_actors(article, mentions, sentence, antecedents);
  mark_clauses(sentence);
}

namespace {

/// "want Airbus to pay", "barred Vodacom from buying", "gave Vattenfall permission to build": who does it is the other verb's object.
const Actor* controller(const Sentence& sentence, std::uint32_t begin) {
  if (begin == 0 || begin >= sentence.tokens.size()) return nullptr;
  std::uint32_t before = begin;
  if (begin >= 3 && sentence.tokens[begin - 1].type == Token::Type::mention && sentence.tokens[begin - 2].lower == "on") before = begin - 2;  // "ordered Acme on Friday to pay"
  if (sentence.tokens[begin - 1].lower == "from") before = begin - 1;
  else if (sentence.tokens[begin].lower != "to" && !is_governing_noun(sentence.tokens[begin].lower)) return nullptr;
  const auto at = std::find_if(sentence.actors.begin(), sentence.actors.end(), [&](const Actor& a) { return a.token + 1 == before && a.object && !a.possessive; });
  return at == sentence.actors.end() ? nullptr : &*at;
}

}  // namespace

std::optional<VerbGroup> read_verb_group(const Sentence& sentence, std::uint32_t verb, VerbForm form) {
  if (is_noun_use(sentence, verb, form)) return std::nullopt;
  VerbGroup group;
  group.begin = group_begin(sentence, verb);
  group.end = verb + 1;
  group.words = group_words(sentence, group.begin, group.end);
  if (const Actor* other = controller(sentence, group.begin)) {
    for (std::uint32_t back = 1; back <= 5 && back <= other->token; ++back) {
      const HashedWord& word = sentence.tokens[other->token - back].lower;
      if (!governor(word).empty()) group.words.insert(0, std::string(word) + " ");
    }
  }
  for (std::uint32_t at = group.begin; at < verb; ++at) group.negated |= is_word(sentence.tokens[at]) && is_negation(sentence.tokens[at].lower);
  const bool bare = group.begin == verb || (group.begin + 1 == verb && passes_in_group(sentence.tokens[group.begin]));
  const bool participle = form == VerbForm::past || form == VerbForm::participle;
  if (participle && has_passive_aux(sentence, group.begin, verb)) group.passive = true;
  const bool moves = is_motion(sentence.tokens[verb].lower);
  if (participle && bare && !moves && is_reduced_passive(sentence, verb)) {
    group.passive = true;
    group.finite = false;
  }
  if (form == VerbForm::participle && bare && !moves) group.passive = true;
  if (form == VerbForm::gerund && bare) group.finite = false;
  if (form == VerbForm::base && bare && verb > 0 && is_word(sentence.tokens[verb - 1]) && !is_conjunction(sentence.tokens[verb - 1].lower)) {
    // A bare base form behind a plain word is a noun ("a funding round") unless its subject is an actor.
    return std::nullopt;
  }
  return group;
}

std::uint32_t clause_begin(const Sentence& sentence, std::uint32_t at) {
  while (at > 0) {
    const Token& token = sentence.tokens[at - 1];
    if (token.closes_clause || is_mark(token, ";:") || is_quote(token) || (is_word(token) && is_clause_opener(token.lower))) break;
    --at;
  }
  return at;
}

std::uint32_t clause_end(const Sentence& sentence, std::uint32_t at) {
  std::uint32_t end = at + 1;
  for (; end < sentence.tokens.size(); ++end) {
    const Token& token = sentence.tokens[end];
    if (token.closes_clause || is_mark(token, ";") || is_quote(token)) break;
    if (is_word(token) && is_clause_opener(token.lower) && token.lower != "that") break;
    if (is_mark(token, ".!?") && end + 1 == sentence.tokens.size()) break;
  }
  return end;
}

namespace {

/// "Volkswagen, which owns Audi, will invest": a relative clause that a comma has closed lies within the clause of the verb behind it. The token that opens
/// it, or kNone where `begin` opens the verb's own clause.
std::uint32_t closed_relative(const Sentence& sentence, std::uint32_t begin, std::uint32_t verb) {
  if (begin < 2 || !is_word(sentence.tokens[begin - 1]) || !is_mark(sentence.tokens[begin - 2], ",")) return kNone;
  const HashedWord& opener = sentence.tokens[begin - 1].lower;
  if (opener != "which" && opener != "who" && opener != "whose" && opener != "where") return kNone;
  bool has_verb = false;
  for (std::uint32_t at = begin; at < verb; ++at) {
    has_verb |= is_word(sentence.tokens[at]) && (is_verbal(sentence.tokens[at].lower) || sentence.tokens[at].lower.ends_with('s'));
    if (has_verb && is_mark(sentence.tokens[at], ",")) return begin - 1;
  }
  return kNone;
}

}  // namespace

std::vector<std::uint32_t> subjects(const Sentence& sentence, const VerbGroup& verb) {
  std::uint32_t begin = clause_begin(sentence, verb.begin), end = verb.begin;
  if (const std::uint32_t relative = closed_relative(sentence, begin, verb.begin); relative != kNone) {
    end = relative;
    begin = clause_begin(sentence, relative);
  }
  if (const Actor* other = controller(sentence, verb.begin)) return {static_cast<std::uint32_t>(other - sentence.actors.data())};
  for (const bool objects : {false, true}) {  // another verb's object is the last resort
    std::vector<std::uint32_t> found;
    for (std::uint32_t i = static_cast<std::uint32_t>(sentence.actors.size()); i-- > 0;) {
      const Actor& actor = sentence.actors[i];
      if (actor.token >= end || actor.token < begin) continue;
      if (actor.modifier || actor.possessive || !actor.preposition.empty() || (actor.object && !objects)) continue;
      if (!found.empty() && sentence.actors[found.back()].group != actor.group) continue;
      found.push_back(i);
    }
    std::reverse(found.begin(), found.end());
    if (!found.empty()) return found;
  }
  return {};
}

}  // namespace tearsheet
