// HTML edges: head, tail, and the author's own line.
#include "pipeline/parse/html_edges.h"

#include <algorithm>
#include <string_view>

#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::size_t kProseFrom = 100;  // bytes of a paragraph that is surely one
constexpr std::size_t kLineAtMost = 90;  // bytes of a line that may be furniture

std::string_view words_of(const Article& article, const Block& block) {
  return std::string_view(article.text).substr(block.span.begin, block.span.size());
}

bool ends_sentence(std::string_view words) {
  static constexpr std::string_view kStops[] = {".", "!", "?", "…", "。", "！", "？", "।", "؟", "۔", "։", ":", "：", ";"};
  static constexpr std::string_view kClosing[] = {"\"", "'", ")", "]", "”", "’", "»", "«", "“", "」", "』", "）"};
  for (bool again = true; again;) {
    again = false;
    for (const std::string_view sign : kClosing)
      if (words.ends_with(sign)) {
        words.remove_suffix(sign.size());
        again = true;
      }
  }
  return std::any_of(std::begin(kStops), std::end(kStops), [&](std::string_view stop) { return words.ends_with(stop); });
}

bool is_prose(const Article& article, const Block& block) {
  if (block.kind != Kind::paragraph && block.kind != Kind::quote) return false;
  const std::string_view words = words_of(article, block);
  return words.size() >= kProseFrom || (words.size() >= 50 && ends_sentence(words) && !words.ends_with(":"));
}

void mark(Block& block, std::string_view why) {
  block.use = Use::boilerplate;
  block.why = why;
}

// "College Football", "4 min read", between the headline and the text.
void mark_head(Article& body) {
  std::size_t first = 0;
  while (first < body.blocks.size() && !(body.blocks[first].use == Use::body && is_prose(body, body.blocks[first]))) ++first;
  if (first == body.blocks.size() || first > 12) return;
  for (std::size_t i = 0; i < first; ++i) {
    Block& block = body.blocks[i];
    if (block.use == Use::body && block.kind == Kind::paragraph && block.span.size() <= kLineAtMost &&
        !ends_sentence(words_of(body, block)))
      mark(block, "a line above the text");
  }
}

// "Ähnliche Beiträge", "Lesen Sie auch:", at the end, where the list they announce was left out.
void mark_tail(Article& body) {
  for (std::size_t i = body.blocks.size(); i-- > 0;) {
    Block& block = body.blocks[i];
    if (block.use != Use::body) continue;
    const std::string_view words = words_of(body, block);
    const bool announces = words.size() <= 120 && words.ends_with(':');
    if (block.kind == Kind::heading || (block.kind == Kind::paragraph && announces)) {
      mark(block, "announces what is not there");
      continue;
    }
    if (block.kind == Kind::paragraph && words.size() <= 40 && !ends_sentence(words)) {
      mark(block, "a line below the text");
      continue;
    }
    return;
  }
}

bool has_address(std::string_view words) {
  const auto at = words.find('@');
  return at != std::string_view::npos && at + 1 < words.size() && words.find('.', at) != std::string_view::npos;
}

// "Jane Doe is a reporter at ...", "Reach Jane Doe at jane@example.com".
void mark_authors(Article& body, const std::vector<std::string>& authors) {
  for (Block& block : body.blocks) {
    if (block.use != Use::body || block.kind == Kind::heading) continue;
    const std::string_view words = words_of(body, block);
    if (words.size() > 900) continue;
    for (const std::string& author : authors) {
      if (author.size() < 5 || author.find(' ') == std::string::npos) continue;
      const auto at = words.find(author);
      if (at == std::string_view::npos) continue;
      if (at == 0 || (words.size() < 400 && has_address(words))) mark(block, "about the author");
    }
  }
}

}  // namespace

void mark_edges(Article& body, const std::vector<std::string>& authors) {
  mark_authors(body, authors);
  mark_head(body);
  mark_tail(body);
}

}  // namespace tearsheet
