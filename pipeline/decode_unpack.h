// Unpack: gzip and zstd to plain bytes, with a cap on what comes out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet::unpack {

enum class Packing { none, gzip, zstd };

/// By the first bytes.
Packing packing_of(std::string_view bytes);
std::string_view to_string(Packing packing);

struct Unpacked {
  std::string bytes;
  bool cut = false;  // there was more than `limit_bytes`
};

/// All members or frames one after another. Stops at `limit_bytes`: 500 bytes of gzip can hold 200 MB. Fails with I001 where the
/// packed data is broken or ends early. Cost: linear in what comes out.
Result<Unpacked> all(std::string_view bytes, Packing packing, std::size_t limit_bytes);

}  // namespace tearsheet::unpack
