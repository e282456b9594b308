// Fuzz: robots.txt against a target; the first line is the target, the rest the file.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "pipeline/fetch/robots.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  if (end == std::string_view::npos || end > 2048) return 0;
  const auto robots = tearsheet::Robots::parse(text.substr(end + 1), "tearsheet");
  (void)robots.allows(text.substr(0, end));
  if (!robots.allows("/robots.txt")) std::abort();
  return 0;
}
