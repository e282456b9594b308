// Fuzz: lexicon files: no crash, and every surface of an accepted file is found.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extractors/lexicon.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto lexicon = tearsheet::Lexicon::parse({reinterpret_cast<const char*>(data), size}, "fuzz.tsv", tearsheet::Fold::none);
  if (!lexicon) return 0;
  for (const auto& surface : lexicon->surfaces()) {
    if (lexicon->find(surface.text) == nullptr) std::abort();
  }
  return 0;
}
