// Actors: who can act or receive in a sentence, with what stands around them.
#pragma once

#include <vector>

#include "pipeline/record/clause.h"

namespace tearsheet {

/// Fills `sentence.actors` from mention tokens and from generic phrases ("the Japanese government", "the company", "private companies"), which become one token each.
/// Sets preposition, possessive, modifier and group. Extends `antecedents` with the names said here.
void find_actors(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, Antecedents& antecedents);

/// A lower-case noun that introduces a company's name ("chipmaker Micron", "carmaker", "the lender").
bool is_company_noun(const HashedWord& word);

}  // namespace tearsheet
