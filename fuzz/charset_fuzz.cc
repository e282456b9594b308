// Fuzz: charsets: any bytes under any label become valid UTF-8.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/charset.h"
#include "base/utf8.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  constexpr std::string_view kLabels[] = {"", "utf-8", "latin1", "shift_jis", "gb18030", "utf-16le", "euc-kr", "big5"};
  const std::string_view bytes(reinterpret_cast<const char*>(data), size);
  const auto decoded = tearsheet::charset::to_utf8(bytes, kLabels[size > 0 ? data[0] % 8 : 0]);
  if (!tearsheet::utf8::is_valid(decoded.text)) std::abort();
  (void)tearsheet::charset::declared_in(bytes);
  return 0;
}
