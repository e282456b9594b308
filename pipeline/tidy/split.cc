// Split: what the steps of tidy share: cutting a block, comparing words, looking at their end.
#include "pipeline/tidy/split.h"

#include <array>
#include <string>

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"

namespace tearsheet {

namespace {

// What key_of keeps of a byte: letters in lower case, digits, and bytes of other scripts but those that begin curly quotes,
// dashes and NBSP.
constexpr std::array<char, 256> kept_bytes() {
  std::array<char, 256> table{};
  for (int c = 0; c < 256; ++c) {
    const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || (c >= 0x80 && c != 0xC2 && c != 0xA0 && c != 0xE2);
    if (plain) table[static_cast<std::size_t>(c)] = static_cast<char>(c);
    if (c >= 'A' && c <= 'Z') table[static_cast<std::size_t>(c)] = static_cast<char>(c + ('a' - 'A'));
  }
  return table;
}
constexpr std::array<char, 256> kKept = kept_bytes();

}  // namespace

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
  kept.resize(words.size());
  std::size_t n = 0;
  for (const char c : words) {
    kept[n] = kKept[static_cast<unsigned char>(c)];
    n += kept[n] != 0;
  }
  return n == 0 ? 0 : hash::xxh3(std::string_view(kept).substr(0, n));
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
