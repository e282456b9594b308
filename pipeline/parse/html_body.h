// HTML body: the blocks of the article on a page.
#pragma once

#include <cstdint>

#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_region.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Appends the blocks of `region`: paragraphs, headings, items, quotes, cells; captions with use caption, pointers to other
/// articles and embedded posts with use related. A block that is nothing but links is left out. Returns the letters of prose that
/// were taken. Cost: linear.
std::size_t append_region(const Page& page, const Region& region, Article& article);

/// Appends the paragraphs between the headline and the region as excerpt blocks: a standfirst that stands outside of the
/// article's own container. Nothing where more than a few stand there, or the headline stands in the region. Cost: linear.
void append_lead(const Page& page, const Region& region, std::uint32_t headline, Article& article);

}  // namespace tearsheet
