// Names: the reader behind companies, organisations, countries and places.
#pragma once

#include <memory>

#include "extractors/reader.h"
#include "tearsheet/error.h"

namespace tearsheet {

class Rulebook;

/// Makes the reader `name`. What a rule of it means is told by its group: `form` (a legal form: the name stands before it), `head` (Ministry, University, Bank: the
/// name stands around it), `cue` (chipmaker, 's chief executive: a name stands beside it), `given` and `title` (a person: keeps names out, is no mention itself),
/// `abbr` (in brackets behind a name), `ticker`, `glued` ("IBMAn alliance"), `not` (a stop name or product); any other group is a listed name.
/// Listed names marked `?` are kept only with proof in the article. After all hits, abbreviations and short forms are carried through the article.
/// Fails with R007 when one of the lexicons it needs is not declared.
Result<std::unique_ptr<Reader>> make_name_reader(const Rulebook& rules);

}  // namespace tearsheet
