// Name carry: abbreviations and short forms of a name, carried through its article.
#pragma once

#include <vector>

#include "extractors/document.h"
#include "extractors/name_lists.h"
#include "extractors/reader.h"

namespace tearsheet {

/// "Full Name (ABBR)" makes ABBR the same body; a name of several words lends its short forms ("Hitachi High-Tech" of "Hitachi High-Tech Group"), which are then
/// found in the whole article, before the full name, too. A short form that also stands there in lower case, follows a given name or a title, or touches another
/// capitalised word is left out. At most 200 names an article. Cost: linear in the text.
void carry_names(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates);

}  // namespace tearsheet
