// HTML body: which part of a page is the article, and its blocks.
#pragma once

#include <string_view>

#include "pipeline/parse/html_page.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Appends the blocks of the article on the page: paragraphs, headings, items, quotes, cells, captions (use caption).
///
/// Menus, footers, forms, asides and boxes whose class or id names them as furniture are left out, unless they hold most of the
/// page's prose. From the body downwards the element is taken that still holds nearly all prose (so containers side by side stay
/// together); of several articles one behind the other, the first. A block that is mostly links is left out. Returns the letters
/// of prose that were taken. Cost: linear.
std::size_t append_page_body(const Page& page, Article& article);

}  // namespace tearsheet
