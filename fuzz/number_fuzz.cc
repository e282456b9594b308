// Fuzz: the number grammar: no crash, and what is read prints to what is read again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "extractors/number.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  for (const bool comma : {false, true}) {
    const auto number = tearsheet::read_number(text, comma);
    if (number && tearsheet::Decimal::parse(number->to_string()) != number) std::abort();
    (void)tearsheet::read_scaled(text, comma);
  }
  return 0;
}
