// Frame: one trigger of one rule in one sentence, with its verb and the stretch its slots may lie in.
#include "pipeline/record/frame.h"

#include <algorithm>

namespace tearsheet {
namespace {

bool matches_phrase(const Sentence& sentence, std::uint32_t at, const std::vector<std::string>& phrase) {
  if (at + phrase.size() > sentence.tokens.size()) return false;
  for (std::size_t i = 0; i < phrase.size(); ++i) {
    const Token& token = sentence.tokens[at + i];
    if (token.type != Token::Type::word || token.lower != phrase[i]) return false;
  }
  return true;
}

void set_clause(const Sentence& sentence, Frame& frame) {
  frame.clause_from = clause_begin(sentence, frame.begin);
  frame.clause_to = clause_end(sentence, frame.end > 0 ? frame.end - 1 : 0);
}

/// The verb that governs a noun trigger: the nearest `with` verb left of it in its clause ("approved an extra budget"), or right of it in the passive
/// ("the budget was approved").
void find_governing_verb(const BindContext& context, const Sentence& sentence, Frame& frame) {
  const auto try_at = [&](std::uint32_t at) {
    const Token& token = sentence.tokens[at];
    if (token.type != Token::Type::word) return false;
    const Lexeme* const lexeme = context.rules.lexemes.find(token.lower);
    if (lexeme == nullptr) return false;
    for (const auto& [lemma, form] : lexeme->governs) {
      if (std::find(frame.rule->with.begin(), frame.rule->with.end(), lemma) == frame.rule->with.end()) continue;
      auto group = read_verb_group(sentence, at, form);
      if (!group) continue;
      frame.verb = std::move(group);
      frame.verb_lemma = lemma;
      return true;
    }
    return false;
  };
  for (std::uint32_t at = frame.begin; at-- > frame.clause_from;) {
    if (frame.begin - at > 12) break;
    if (try_at(at) && !(frame.verb->passive && frame.verb->finite)) return;
    frame.verb.reset();
  }
  for (std::uint32_t at = frame.end; at < frame.clause_to && at < frame.end + 12; ++at) {
    if (try_at(at) && frame.verb->passive) return;
    frame.verb.reset();
  }
}

/// Whether the sentence holds a mention of each sort without which the rule's slots stay empty.
bool can_fill(const std::vector<Mention>& mentions, const Sentence& sentence, const RecordRule& rule) {
  const auto is_there = [&](const std::vector<std::string>& types) {
    const auto first = mentions.begin() + sentence.first_mention, last = mentions.begin() + sentence.last_mention;
    return std::any_of(first, last, [&](const Mention& mention) { return std::find(types.begin(), types.end(), mention.type) != types.end(); });
  };
  return std::all_of(rule.needs.begin(), rule.needs.end(), is_there);
}

void add_word_frames(const BindContext& context, const Sentence& sentence, std::uint32_t at, const Lexeme& lexeme, std::vector<Frame>& frames) {
  for (const Trigger& trigger : lexeme.triggers) {
    Frame frame;
    frame.rule = &context.rules.rules[trigger.rule];
    if (!can_fill(context.mentions, sentence, *frame.rule)) continue;
    frame.begin = at;
    frame.end = at + 1;
    if (trigger.type == Trigger::Type::verb) {
      frame.verb = read_verb_group(sentence, at, trigger.form);
      if (!frame.verb) continue;
      frame.begin = frame.verb->begin;
      set_clause(sentence, frame);
    } else {
      frame.noun = true;
      set_clause(sentence, frame);
      find_governing_verb(context, sentence, frame);
      if (!frame.verb && frame.rule->with_required) continue;
    }
    frames.push_back(std::move(frame));
  }
}

/// "while that of Amazon grew to $159 billion": "that" stands for the figure named before it.
void add_pronoun_frames(const Sentence& sentence, std::uint32_t at, std::vector<Frame>& frames) {
  const auto is = [&](std::uint32_t i, const HashedWord& word) { return i < sentence.tokens.size() && sentence.tokens[i].type == Token::Type::word && sentence.tokens[i].lower == word; };
  if ((!is(at, "that") && !is(at, "those")) || !is(at + 1, "of")) return;
  const auto is_figure = [](const Frame& frame) { return frame.noun && frame.rule->kind == "result"; };
  const auto last = std::find_if(frames.rbegin(), frames.rend(), is_figure);
  if (last == frames.rend()) return;
  const std::uint32_t noun = last->begin;
  for (std::size_t i = 0, count = frames.size(); i < count; ++i) {  // every rule that the noun may trigger
    if (!is_figure(frames[i]) || frames[i].begin != noun) continue;
    Frame frame;
    frame.rule = frames[i].rule;
    frame.noun = true;
    frame.begin = at;
    frame.end = at + 1;
    frame.clause_from = clause_begin(sentence, at);
    frame.clause_to = clause_end(sentence, at);
    frames.push_back(std::move(frame));
  }
}

void add_phrase_frames(const BindContext& context, const Sentence& sentence, std::uint32_t at, const Lexeme& lexeme, std::vector<Frame>& frames) {
  for (const std::uint32_t index : lexeme.phrases) {
    const PhraseTrigger& phrase = context.rules.phrases[index];
    if (!matches_phrase(sentence, at, phrase.words)) continue;
    Frame frame;
    frame.rule = &context.rules.rules[phrase.rule];
    if (!can_fill(context.mentions, sentence, *frame.rule)) continue;
    frame.begin = at;
    frame.end = at + static_cast<std::uint32_t>(phrase.words.size());
    frame.noun = true;
    set_clause(sentence, frame);
    find_governing_verb(context, sentence, frame);
    if (!frame.verb && frame.rule->with_required) continue;
    frames.push_back(std::move(frame));
  }
}

}  // namespace

bool may_hold_frames(const RecordRules::Parts& rules, const std::vector<Mention>& mentions, const Sentence& sentence) {
  const auto can = [&](std::uint32_t rule) { return can_fill(mentions, sentence, rules.rules[rule]); };
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    if (sentence.tokens[at].type != Token::Type::word) continue;
    const Lexeme* const lexeme = rules.lexemes.find(sentence.tokens[at].lower);
    if (lexeme == nullptr) continue;
    if (std::any_of(lexeme->triggers.begin(), lexeme->triggers.end(), [&](const Trigger& trigger) { return can(trigger.rule); })) return true;
    for (const std::uint32_t index : lexeme->phrases) {
      if (matches_phrase(sentence, at, rules.phrases[index].words) && can(rules.phrases[index].rule)) return true;
    }
  }
  return false;
}

std::vector<Frame> find_frames(const BindContext& context, const Sentence& sentence) {
  std::vector<Frame> frames;
  const auto limit = static_cast<std::uint32_t>(std::min<std::size_t>(sentence.tokens.size(), 400));
  for (std::uint32_t at = 0; at < limit; ++at) {
    if (sentence.tokens[at].type != Token::Type::word) continue;
    add_pronoun_frames(sentence, at, frames);
    const Lexeme* const lexeme = context.rules.lexemes.find(sentence.tokens[at].lower);
    if (lexeme == nullptr) continue;
    add_word_frames(context, sentence, at, *lexeme, frames);
    const std::size_t words = frames.size();
    add_phrase_frames(context, sentence, at, *lexeme, frames);
    // "memorandum" alone gives way to "memorandum of understanding".
    for (std::size_t i = words; i < frames.size(); ++i) {
      const RecordRule* rule = frames[i].rule;
      const auto shadowed = [&](const Frame& frame) { return frame.noun && frame.rule == rule && frame.begin == at && frame.end == at + 1; };
      if (frames[i].end > at + 1) frames.erase(std::remove_if(frames.begin(), frames.begin() + static_cast<std::ptrdiff_t>(words), shadowed), frames.begin() + static_cast<std::ptrdiff_t>(words));
      if (frames.size() < words + 1 || i >= frames.size()) break;
    }
  }
  return frames;
}

std::string words_of(std::string_view lower, const Sentence& sentence, std::uint32_t from, std::uint32_t to) {
  std::string words;
  for (std::uint32_t at = from; at < to && at < sentence.tokens.size(); ++at) {
    if (!words.empty()) words += ' ';
    const std::string_view word = sentence.tokens[at].span.of(lower);
    if (sentence.tokens[at].type == Token::Type::mention && word.starts_with("may")) words += '_';  // the month is no modal
    words += word;
  }
  return words;
}

}  // namespace tearsheet
