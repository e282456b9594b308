// Blobs: names of formats.
#include "tearsheet/blob.h"

#include <array>

namespace tearsheet {

std::string_view to_string(Format format) {
  constexpr std::array<std::string_view, 5> kFormats = {"sniff", "plain", "markdown", "html", "unknown"};
  return kFormats[static_cast<std::size_t>(format)];
}

}  // namespace tearsheet
