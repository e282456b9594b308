// Blocks: one place that knows how blocks are parted.
#include "pipeline/parse/blocks.h"

#include <algorithm>

#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet {

Block* append_block(Article& article, std::string_view text, Kind kind, Use use, std::string_view why) {
  text = trim(text);
  if (text.empty()) return nullptr;
  if (!article.text.empty()) article.text += "\n\n";
  Block block;
  block.span.begin = static_cast<std::uint32_t>(article.text.size());
  article.text += text;
  block.span.end = static_cast<std::uint32_t>(article.text.size());
  block.kind = kind;
  block.use = use;
  block.why = why;
  article.blocks.push_back(std::move(block));
  return &article.blocks.back();
}

std::string one_line(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  bool blank = false;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t begin = at;
    if (utf8::is_space(utf8::next(text, at))) {
      blank = !out.empty();
      continue;
    }
    if (blank) out.push_back(' ');
    blank = false;
    out.append(text, begin, at - begin);
  }
  return out;
}

bool has_use(const Article& article, Use use) {
  return std::any_of(article.blocks.begin(), article.blocks.end(), [use](const Block& block) { return block.use == use; });
}

}  // namespace tearsheet
