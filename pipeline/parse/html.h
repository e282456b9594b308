// HTML: a web page to an article.
#pragma once

#include <string_view>

#include "tearsheet/article.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Reads title, meta and body of a page. A page whose shape would break a tree builder is read as text without a tree, with a
/// note (N015).
Result<void> parse_html(std::string_view body, Article& article);

}  // namespace tearsheet
