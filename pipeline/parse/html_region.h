// HTML region: which part of a page is the article.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "pipeline/parse/html_page.h"

namespace tearsheet {

/// How strictly furniture is looked for.
enum class Strictness : std::uint8_t { strict, lenient };

/// A part of a page that may be the article.
struct Region {
  std::uint32_t root = 0;             // the element that holds it
  std::vector<std::uint8_t> dropped;  // one a node: 1 = furniture, with all below it
  std::vector<std::uint32_t> prose;   // one a node: letters of paragraphs below it, without what was dropped
};

/// Finds the article: letters of paragraphs are credited to all elements above them, furniture (by tag, role, name, or a box
/// around a form) is left out unless it holds most of the page's prose, and from the body downwards the element is taken that
/// still holds nearly all of it, so that containers side by side stay together; of several articles one behind the other, the
/// first. `lenient` drops only what the tags themselves call furniture and what is a comment or a menu by name. Cost: linear.
Region find_region(const Page& page, Strictness how);

}  // namespace tearsheet
