// HTML edges: what stands around the text of an article and is not of it.
#pragma once

#include <string>
#include <vector>

#include "tearsheet/article.h"

namespace tearsheet {

/// Gives blocks of `body` their use by where they stand: lines between the headline and the first paragraph, headings and
/// introductions at the end whose lists were left out, what begins with an author's name or gives an author's address. Only shape
/// and place count, no words of any language. `authors` are names as read from the page. Cost: linear.
void mark_edges(Article& body, const std::vector<std::string>& authors);

}  // namespace tearsheet
