// Fuzz: JSON, strict and tolerant; what parses must be written and parsed again to the same value.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>
#include <string_view>

#include "base/json.h"
#include "base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  (void)tearsheet::json::parse_tolerant(text);
  const auto tree = tearsheet::json::parse(text);
  if (!tree) return 0;
  std::string written;
  tearsheet::json::append_value(written, tearsheet::to_scalar(*tree));
  if (!tearsheet::json::parse(written)) std::abort();
  return 0;
}
