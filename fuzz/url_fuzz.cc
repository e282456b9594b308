// Fuzz: URLs; what parses must be written and parsed again to the same URL. The first line is a base.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/url.h"
#include "pipeline/fetch/guard.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto end = text.find('\n');
  const auto base = end == std::string_view::npos ? std::nullopt : tearsheet::parse_url(text.substr(0, end));
  const auto url = tearsheet::parse_url(end == std::string_view::npos ? text : text.substr(end + 1), base ? &*base : nullptr);
  if (!url) return 0;
  for (const char c : url->href())
    if (static_cast<unsigned char>(c) < 0x20) std::abort();
  (void)tearsheet::forbidden_host(url->host);
  if (!url->is_http()) return 0;
  const auto again = tearsheet::parse_url(url->href());
  if (!again || again->href() != url->href() || again->host != url->host) std::abort();
  return 0;
}
