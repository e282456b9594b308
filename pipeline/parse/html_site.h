// HTML site: a page read by its publisher's rule.
#pragma once

#include <cstddef>

#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_region.h"
#include "pipeline/parse/site_rules.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Fills title, byline and published of `meta` from the rule's selectors where they hit, with "sites.yaml ID" as their source.
void read_site_meta(const Page& page, const SiteRule& rule, Meta& meta);

/// Appends the blocks of the elements that the rule calls the body, without what it drops; `region` is the generic reading of the
/// same page, whose furniture outside of the body's own paragraphs goes, too. Returns the letters of prose taken, 0 where no
/// selector hits.
std::size_t append_site_body(const Page& page, const SiteRule& rule, Region region, Article& article);

/// Share of the shorter body's paragraphs that the other holds as well, 0 to 1: how much two readings of a page agree.
double agreement(const Article& a, const Article& b);

}  // namespace tearsheet
