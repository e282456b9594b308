// Plain: blocks over text as it stands, found by the shape of its lines.
#pragma once

#include <string_view>

#include "tearsheet/article.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Appends `body` to article.text byte for byte and cuts blocks over it.
///
/// A line is a block where lines are long; where they are hard-wrapped at 50 to 100 columns a paragraph is (blank lines and
/// indents part it). Kinds: title (first short line without a final stop, a text follows), heading, item, quote, paragraph. Uses
/// stay body: they are tidy's. Cost: linear.
Result<void> parse_plain(std::string_view body, Article& article);

}  // namespace tearsheet
