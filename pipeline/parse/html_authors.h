// HTML authors: who wrote a page.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/parse/html_head.h"
#include "pipeline/parse/html_linked_data.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Fills meta.byline, with its source in meta.why: JSON-LD, meta tags, rel and itemprop, elements named as authors, lines "By
/// Jane Doe" near the headline (node `headline`). None beats a wrong one: URLs, domains, the publisher (`publishers`: its names),
/// roles and departments are refused; roles, degrees, dates and image credits around a name are taken off. Where the page shows
/// the names that its data gives, the spelling shown is taken, and further names beside them. Cost: linear.
void read_page_authors(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline,
                       const std::vector<std::string>& publishers, Meta& meta);

}  // namespace tearsheet
