// Captions: the glue point is found by the next block first, as scrapers often say the caption twice.
#include "pipeline/tidy/captions.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"
#include "pipeline/tidy/split.h"

namespace tearsheet {
namespace {

constexpr std::size_t kSameWords = 24;  // bytes of the next block that must stand in this one

std::optional<std::uint32_t> by_next(const Article& article, std::size_t index) {
  if (index + 1 >= article.blocks.size()) return std::nullopt;
  const std::string_view next = words_of(article, article.blocks[index + 1]);
  if (next.size() < kSameWords) return std::nullopt;
  const std::string_view words = words_of(article, article.blocks[index]);
  const std::size_t at = words.find(next.substr(0, utf8::floor_boundary(next, kSameWords)));
  if (at == std::string_view::npos || at == 0) return std::nullopt;
  return static_cast<std::uint32_t>(article.blocks[index].span.begin + at);
}

bool ends_with_any(std::string_view words, std::initializer_list<std::string_view> ends) {
  return std::any_of(ends.begin(), ends.end(), [&](std::string_view end) { return words.ends_with(end); });
}

// "ZielonyWorkers at", "IBMAn alliance", not "McDonald", "MacKenzie", "YouTube".
std::optional<std::uint32_t> by_capitals(const Article& article, std::size_t index) {
  const Span span = article.blocks[index].span;
  const std::string_view words = span.of(article.text);
  char32_t before = 0;
  char32_t last = 0;
  for (std::size_t at = 0; at < words.size();) {
    const std::size_t here = at;
    const char32_t c = utf8::next(words, at);
    std::size_t peek = at;
    const char32_t after = at < words.size() ? utf8::next(words, peek) : 0;
    const bool small_then_word = utf8::is_lower(last) && utf8::is_upper(c) && (utf8::is_lower(after) || after == ' ');
    const bool capitals_then_word = utf8::is_upper(before) && utf8::is_upper(last) && utf8::is_upper(c) && utf8::is_lower(after);
    if ((small_then_word || capitals_then_word) &&
        !ends_with_any(words.substr(0, here), {"Mc", "Mac", "De", "La", "Le", "Di", "Van", "i", "e", "You", "Link", "Face"})) {
      // Prose must follow: a second word that begins small.
      const std::size_t blank = words.find(' ', here);
      if (blank != std::string_view::npos && blank + 1 < words.size() && words[blank + 1] >= 'a' && words[blank + 1] <= 'z')
        return static_cast<std::uint32_t>(span.begin + here);
    }
    before = last;
    last = c;
  }
  return std::nullopt;
}

}  // namespace

void split_captions(Article& article) {
  for (std::size_t i = 0; i < article.blocks.size(); ++i) {
    if (article.blocks[i].use != Use::caption) continue;
    auto at = by_next(article, i);
    if (!at) at = by_capitals(article, i);
    if (at && split_block(article, i, *at)) {
      article.blocks[++i].why = "glued caption";
    }
  }
}

}  // namespace tearsheet
