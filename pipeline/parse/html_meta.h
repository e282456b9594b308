// HTML meta: title, dates, authors and the rest from a page's head, its JSON-LD and its markup.
#pragma once

#include <cstdint>
#include <string>

#include "pipeline/parse/html_linked_data.h"
#include "pipeline/parse/html_page.h"
#include "tearsheet/article.h"

namespace tearsheet {

struct PageMeta {
  std::string description;
  std::uint32_t headline = 0;  // its node, 0 = nowhere on the page
};
/// Fills what is empty in `article.meta`, each with its source in meta.why, and gives back the page's description (og, meta or
/// JSON-LD), which may be a standfirst.
///
/// The title is a vote: an <h1> that og:title, JSON-LD or <title> confirms; else JSON-LD's headline; else og:title, else <title>,
/// without the site's name behind or before it. Dates: JSON-LD, then article:published_time and its kin, then <time datetime> and
/// itemprop. An author that is a URL, a domain or the publisher is none.
PageMeta read_page_meta(const Page& page, const LinkedArticle& linked, Article& article);

}  // namespace tearsheet
