// Words: English verb forms and the small closed word classes that a clause hangs on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "base/word.h"

namespace tearsheet {

/// Which form of a verb a word is.
enum class VerbForm : std::uint8_t { base, third, past, participle, gerund };

/// One inflected spelling of a verb, lower case.
struct VerbSpelling {
  std::string spelling;
  VerbForm form = VerbForm::base;
};

/// The five spellings of a lemma: base, third person, past, participle, gerund (regular rules, doubled consonants, -y; a table of irregular verbs).
/// British and American spellings are two lemmas: name both.
std::vector<VerbSpelling> inflect(std::string_view lemma);
/// The plural of a noun ("subsidy" -> "subsidies").
std::string plural(std::string_view noun);

// The closed classes; words are lower case.
bool is_modal(const HashedWord& word);        // will, would, may, ...
bool is_have(const HashedWord& word);
bool is_be(const HashedWord& word);
bool is_negation(const HashedWord& word);     // not, never, n't
bool is_preposition(const HashedWord& word);
bool is_determiner(const HashedWord& word);   // the, a, its, this, ...
bool is_conjunction(const HashedWord& word);  // and, or
bool is_clause_opener(const HashedWord& word);  // that, which, while, because, if, ...
bool is_adverb(const HashedWord& word);       // also, recently, words in -ly
bool is_article(const HashedWord& word);      // the, a, its: what follows is a noun phrase
/// True when the word's shape says that a clause has its verb here: auxiliaries, past forms, irregular third persons. A guess: only words are seen.
bool is_finite(const HashedWord& word);
bool is_verbal(const HashedWord& word);       // is_finite, or a gerund
/// Verbs that govern a "to" infinitive: plan, decide, agree, ... in any form; the lemma, or "".
std::string_view governor(const HashedWord& word);
/// Verbs by which a figure moves or stands, any form: rose, fell, came, reached. They have no passive: "profit came to 3 million".
bool is_motion(const HashedWord& word);
/// Verbs of saying, any form: said, announced, told, ...
bool is_saying(const HashedWord& word);

}  // namespace tearsheet
