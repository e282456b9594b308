// Articles: names of kinds and uses, the block at a place, the body as a reader sees it.
#include "tearsheet/article.h"

#include <algorithm>
#include <array>

namespace tearsheet {
namespace {

constexpr std::array<std::string_view, 7> kKinds = {"title", "heading", "paragraph", "item", "quote", "caption", "cell"};
constexpr std::array<std::string_view, 9> kUses = {"body", "title", "excerpt", "byline", "dateline",
                                                   "caption", "repeat", "related", "boilerplate"};

}  // namespace

std::string_view to_string(Kind kind) { return kKinds[static_cast<std::size_t>(kind)]; }
std::string_view to_string(Use use) { return kUses[static_cast<std::size_t>(use)]; }

std::optional<Use> use_from(std::string_view name) {
  const auto it = std::find(kUses.begin(), kUses.end(), name);
  if (it == kUses.end()) return std::nullopt;
  return static_cast<Use>(it - kUses.begin());
}

bool is_own(Use use) { return use <= Use::dateline; }

std::optional<std::uint32_t> block_at(const std::vector<Block>& blocks, std::uint32_t offset) {
  const auto after = std::upper_bound(blocks.begin(), blocks.end(), offset,
                                      [](std::uint32_t at, const Block& block) { return at < block.span.begin; });
  if (after == blocks.begin()) return std::nullopt;
  return static_cast<std::uint32_t>(after - blocks.begin() - 1);
}

std::string body_of(const Article& article) {
  std::string body;
  const Block* line = nullptr;  // a dateline, whose paragraph goes on behind it
  for (const Block& block : article.blocks) {
    if (block.use == Use::dateline) {
      line = &block;
      continue;
    }
    const bool wanted = block.use == Use::body || block.use == Use::excerpt;
    if (wanted) {
      if (!body.empty()) body += "\n\n";
      // The two were one line of the text: the blank between them comes along.
      const std::uint32_t begin = line != nullptr ? line->span.begin : block.span.begin;
      body += Span{begin, block.span.end}.of(article.text);
    }
    line = nullptr;
  }
  return body;
}

}  // namespace tearsheet
