// HTML dates: when a page was published and last changed.
#pragma once

#include <cstdint>

#include "pipeline/parse/html_head.h"
#include "pipeline/parse/html_linked_data.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Fills meta.published and meta.modified, each with its source in meta.why: JSON-LD, meta tags, <time> and microdata, a date in
/// the lines near the headline (node `headline`), in elements named as dates, in the page's `url`, and last in any short line.
///
/// The offset stays as given. Where the source gives UTC and the page itself shows the day before or after, the day shown is
/// taken, with the offset that follows from the time shown. Two readings ("06/01/2023") are settled by other dates of the page or
/// by its language; a date that stays open is not taken. Cost: linear; only short lines are searched.
void read_page_dates(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline, std::string_view url, Meta& meta);

}  // namespace tearsheet
