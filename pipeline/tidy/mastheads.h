// Mastheads: title, byline, the date of publication, and blocks that say of themselves what they are.
#pragma once

#include "pipeline/tidy/tidy_rules.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Gives each body block the use of the first mark of rules/tidy.yaml that fits it; near the top, a block that is one date, or a
/// place and a date, is a byline. A heading that is a pointer ("Related stories") takes the short lines below it along.
/// meta.byline from "By X and Y".
void mark_by_words(Article& article, const TidyRules::Parts& rules);

/// The title's use, meta.title where it is not known, and what was said of the title twice.
void mark_title(Article& article, const TidyRules::Parts& rules);

/// meta.published and meta.modified from the dates of byline blocks, where the article's markup gave none (a date of the
/// source's, "hint", gives way to the article's own). Of two readings (06.01.2023) the one is taken that another date of the
/// masthead, the URL, or the first weekday in the text proves; else none.
void settle_published(Article& article);

}  // namespace tearsheet
