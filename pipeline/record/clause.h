// Clause: a small reader of sentences: tokens, actors, and the verb group around a trigger.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/record/words.h"
#include "tearsheet/article.h"
#include "tearsheet/mention.h"
#include "tearsheet/value.h"

namespace tearsheet {

inline constexpr std::uint32_t kNone = UINT32_MAX;

/// One word, one punctuation mark, or one actor or value as a whole.
struct Token {
  enum class Type : std::uint8_t { word, punct, mention, actor };
  Type type = Type::word;
  Span span;
  HashedWord lower;                     // ASCII lower case; empty for actors. A view into the text that cut_sentence() was given
  std::uint32_t index = kNone;    // mention: into the mentions; actor: into Sentence::actors
  bool closes_clause = false;     // a comma before "and" with a new subject and verb
};

/// Someone or something that can act or receive: a mention, "the Japanese government", "the company".
struct Actor {
  Ref ref;                        // type, id, name, text, span, how, mention
  std::uint32_t token = kNone;
  bool possessive = false;        // followed by 's
  bool modifier = false;          // a country before a noun ("US chipmaker"): no actor of its own
  bool object = false;            // right behind a verb: "has sent Ukraine"
  std::string preposition;        // the one its noun phrase hangs on, or ""
  std::uint32_t group = 0;        // actors joined by "and" and commas share a group
};

/// A sentence read once, for all rules.
struct Sentence {
  Span span;
  std::uint32_t block = 0;
  std::uint32_t first_mention = 0, last_mention = 0;  // the article's mentions in it, half-open
  std::vector<Token> tokens;
  std::vector<Actor> actors;

  /// Index of the first token at or after byte `offset`; tokens.size() when there is none.
  std::uint32_t token_at(std::uint32_t offset) const;
};

/// What a pronoun or a short form may stand for: the names said last in the same paragraph.
struct Antecedents {
  std::optional<Ref> company;
  std::optional<Ref> government;  // or ministry
  std::optional<Ref> body;        // another organisation
  std::optional<Ref> country;
  std::optional<Ref> earlier;     // the company said before the sentence at hand
  std::optional<Ref> subject;     // the company that the sentence at hand opens with
};

/// Cuts a sentence into tokens and puts them into `into`, whose room is used again. `text` is the article's, `lower` the same in ASCII lower case, which outlives the
/// sentence; `mentions` are the article's, in text order.
void cut_sentence(std::string_view text, std::string_view lower, const std::vector<Mention>& mentions, Span span, std::uint32_t block, Sentence& into);
/// Finds the actors and the clauses of a sentence that has been cut. `antecedents` holds what the paragraph said before and is extended by this sentence's own
/// names. "it", "the company", "the ministry", "the government" stand for the nearest fitting name (how = coref).
void read_sentence(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, Antecedents& antecedents);

/// The verb group around a trigger verb.
struct VerbGroup {
  std::uint32_t begin = 0, end = 0;   // tokens, half-open: auxiliaries, governors, adverbs and the verb
  bool passive = false;
  bool finite = true;                 // false: a bare participle or gerund hanging on another clause
  bool negated = false;
  std::string words;                  // lower case, for status and certainty patterns: "had decided to invest"
};

/// Reads the group that ends in token `verb`, a word whose form is `form` (past or participle are told apart by what stands before). Nothing when the word is no verb here
/// ("the investment plan", "its lead").
std::optional<VerbGroup> read_verb_group(const Sentence& sentence, std::uint32_t verb, VerbForm form);

/// First token of the clause that holds token `at` (after "that", ";", a quote, ", which"), and one past its last.
std::uint32_t clause_begin(const Sentence& sentence, std::uint32_t at);
std::uint32_t clause_end(const Sentence& sentence, std::uint32_t at);

/// Actors that can be the subject of a verb group, nearest group first: left of it in its clause, on no preposition. Indices into sentence.actors.
std::vector<std::uint32_t> subjects(const Sentence& sentence, const VerbGroup& verb);

}  // namespace tearsheet
