// Name proof: which of the ambiguous names an article means, and who is a person.
#pragma once

#include <vector>

#include "extractors/document.h"
#include "extractors/name_lists.h"
#include "extractors/reader.h"

namespace tearsheet {

/// Decides every unproven listed name: proven by a full form or a cue elsewhere in the article, by standing beside a proven name ("Google and Apple"), or by a
/// capital in the middle of a sentence where no person, place or acronym can explain it. What people explain ("Harris said", "Harrison Ford") stays unproven.
/// Cost: linear in candidates, but for their sort.
void prove_names(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates);

}  // namespace tearsheet
