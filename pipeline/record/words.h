// Words: English verb forms and the small closed word classes that a clause hangs on.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

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

// The closed classes, lower case.
bool is_modal(std::string_view word);        // will, would, may, ...
bool is_have(std::string_view word);
bool is_be(std::string_view word);
bool is_negation(std::string_view word);     // not, never, n't
bool is_preposition(std::string_view word);
bool is_determiner(std::string_view word);   // the, a, its, this, ...
bool is_conjunction(std::string_view word);  // and, or
bool is_clause_opener(std::string_view word);  // that, which, while, because, if, ...
bool is_adverb(std::string_view word);       // also, recently, words in -ly
bool is_article(std::string_view word);      // the, a, its: what follows is a noun phrase
/// True when the word's shape says that a clause has its verb here: auxiliaries, past forms, irregular third persons. A guess: only words are seen.
bool is_finite(std::string_view word);
bool is_verbal(std::string_view word);       // is_finite, or a gerund
/// Verbs that govern a "to" infinitive: plan, decide, agree, ... in any form; the lemma, or "".
std::string_view governor(std::string_view word);
/// Verbs of saying, any form: said, announced, told, ...
bool is_saying(std::string_view word);

}  // namespace tearsheet
