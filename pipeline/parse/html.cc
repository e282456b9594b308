// HTML: the page's words without a tree.
#include "pipeline/parse/html.h"

#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_text.h"

namespace tearsheet {

Result<void> parse_html(std::string_view body, Article& article) {
  for (const std::string& line : lines_of_html(body)) append_block(article, line, Kind::paragraph);
  return {};
}

}  // namespace tearsheet
