// Language: CLD2 on a sample; it costs time by the byte and is sure long before the end.
#include "pipeline/tidy/language.h"

#include <cld2/public/compact_lang_det.h>

#include <algorithm>
#include <string>

#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::size_t kSample = 512;  // bytes
constexpr std::size_t kLeast = 40;    // less says nothing

}  // namespace

void settle_language(Article& article) {
  if (!article.meta.language.empty()) return;
  std::string sample;
  for (const Block& block : article.blocks) {
    if (!is_own(block.use) || sample.size() >= kSample) continue;
    const std::string_view words = block.span.of(article.text);
    sample += words.substr(0, utf8::floor_boundary(words, std::min(words.size(), kSample - sample.size())));
    sample += ' ';
  }
  if (sample.size() < kLeast) return;
  bool reliable = false;
  const CLD2::Language language = CLD2::DetectLanguage(sample.data(), static_cast<int>(sample.size()), true, &reliable);
  if (!reliable || language == CLD2::UNKNOWN_LANGUAGE || language == CLD2::TG_UNKNOWN_LANGUAGE) return;
  article.meta.language = CLD2::LanguageCode(language);
  article.meta.why.emplace_back("language", "detected");
}

}  // namespace tearsheet
