// HTML title: the headline of a page by vote.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/parse/html_head.h"
#include "pipeline/parse/html_linked_data.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Fills meta.title where it is empty, with its source in meta.why: an <h1> that og:title, JSON-LD or <title> confirms; else the
/// JSON-LD headline, og:title, <title>, each without the site's name (`publishers`) before or behind it. Returns the node of the
/// headline on the page, 0 when it stands nowhere. Cost: linear in the strings.
std::uint32_t read_page_title(const PageHead& head, const LinkedArticle& linked, const std::vector<std::string>& publishers,
                              Meta& meta);

}  // namespace tearsheet
