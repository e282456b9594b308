// Tails: lists of other articles' headlines behind the text.
#pragma once

#include "pipeline/tidy/tidy_rules.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Marks the last run of headlines as boilerplate: short lines without a final stop, in title case or far below the text (two
/// blank lines and more), `tail_lines` of them at least, behind a paragraph of prose. Furniture among them does not end the run.
/// Cost: linear in the run.
void mark_tails(Article& article, const TidyRules::Parts& rules);

/// Share of the words of four letters and more that begin with a capital, in percent; nothing for a script without capitals or
/// too few words.
std::optional<std::uint32_t> title_case_of(std::string_view words);

}  // namespace tearsheet
