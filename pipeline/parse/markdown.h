// Markdown: CommonMark with tables to clean text and blocks. The one door to md4c.
#pragma once

#include <string_view>

#include "tearsheet/article.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Appends the text of `body` to the article: headings with their level (a first level-1 heading is the title where none is
/// known), items, quotes, table cells, code as paragraphs; an image's alt text as a caption, a link's words without its address,
/// raw HTML's words without its tags. A line break between long lines parts paragraphs, as saved articles have one paragraph a
/// line. Text nested deeper than 64 marks is read as plain text, with a note (N014). Cost: linear.
Result<void> parse_markdown(std::string_view body, Article& article);

}  // namespace tearsheet
