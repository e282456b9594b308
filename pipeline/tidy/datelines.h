// Datelines: "MOSCOW (Sputnik) -" before the first sentence.
#pragma once

#include "pipeline/tidy/tidy_rules.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Splits the dateline off the first paragraphs of body and excerpt; it keeps standing on their line (body_of joins the two
/// again). Fills meta.place, and meta.published where the dateline says the year and nothing else did.
void split_datelines(Article& article, const TidyRules::Parts& rules);

}  // namespace tearsheet
