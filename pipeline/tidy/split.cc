// Split: what the steps of tidy share: cutting a block, comparing words, looking at their end.
#include "pipeline/tidy/split.h"

#include <string>

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"

namespace tearsheet {

std::string_view words_of(const Article& article, const Block& block) { return block.span.of(article.text); }

bool split_block(Article& article, std::size_t index, std::uint32_t at) {
  Block& block = article.blocks[index];
  if (at <= block.span.begin || at >= block.span.end) return false;
  const std::string_view text = article.text;
  const std::string_view front = trim(text.substr(block.span.begin, at - block.span.begin));
  const std::string_view back = trim(text.substr(at, block.span.end - at));
  if (front.empty() || back.empty()) return false;
  Block second = block;
  block.span.end = static_cast<std::uint32_t>(front.data() - text.data() + static_cast<std::ptrdiff_t>(front.size()));
  second.span.begin = static_cast<std::uint32_t>(back.data() - text.data());
  second.span.end = second.span.begin + static_cast<std::uint32_t>(back.size());
  article.blocks.insert(article.blocks.begin() + static_cast<std::ptrdiff_t>(index) + 1, std::move(second));
  return true;
}

std::uint64_t key_of(std::string_view words) {
  thread_local std::string kept;
  kept.clear();
  for (const char c : words) {
    const auto u = static_cast<unsigned char>(c);
    if ((u >= 'a' && u <= 'z') || (u >= '0' && u <= '9'))
      kept.push_back(c);
    else if (u >= 'A' && u <= 'Z')
      kept.push_back(static_cast<char>(u + ('a' - 'A')));
    else if (u >= 0x80 && u != 0xC2 && u != 0xA0 && u != 0xE2)
      kept.push_back(c);
  }
  return kept.empty() ? 0 : hash::xxh3(kept);
}

char32_t last_letter(std::string_view words) {
  for (std::size_t at = words.size(); at > 0;) {
    const char32_t c = utf8::previous(words, at);
    const bool closing = c == '"' || c == '\'' || c == ')' || c == ']' || c == U'”' || c == U'’' || c == U'»' || c == U'」' ||
                         c == U'）' || utf8::is_space(c);
    if (!closing) return c;
  }
  return 0;
}

bool is_full_stop(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'…' || c == U'。' || c == U'！' || c == U'？' || c == U'؟' || c == U'।';
}

}  // namespace tearsheet
