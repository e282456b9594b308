// Repeats: what another block says already.
#pragma once

#include "pipeline/tidy/tidy_rules.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Marks a lead or an excerpt whose sentences come again further down (the fuller text stays), the second of two equal blocks
/// inside the body, a pulled quotation, and a teaser cut short ("...") whose words begin a later paragraph. Cost: one hash a
/// sentence.
void mark_repeats(Article& article, const TidyRules::Parts& rules);

}  // namespace tearsheet
