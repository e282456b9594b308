// HTML body: the blocks of the article on a page.
#pragma once

#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_region.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Appends the blocks of `region`: paragraphs, headings, items, quotes, cells; captions with use caption, pointers to other
/// articles and embedded posts with use related. A block that is nothing but links is left out. Returns the letters of prose that
/// were taken. Cost: linear.
std::size_t append_region(const Page& page, const Region& region, Article& article);

}  // namespace tearsheet
