// Decode: unpack a blob and turn its bytes into UTF-8.
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "tearsheet/blob.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// What the bytes were before they were text.
struct Decoded {
  Blob blob;                // bytes are UTF-8 now
  std::string charset;      // lower case WHATWG name
  std::uint64_t bytes = 0;  // size of the source as it came
  std::string sha256;       // of the source as it came, 64 hex
  std::vector<Note> notes;  // N001 cut at max_bytes, N002 repaired, N003 charset detected, N004 unpacked
};

/// Unpacks gzip and zstd (nested at most twice; at most `max_bytes` come out, the rest is cut with a note), then decodes the
/// charset (BOM, declaration, detection). Fails with I001 (packed data broken), I002 (empty), I003 (binary: NULs or control
/// characters beyond repair), I004 (a format that is no text: PDF, DOCX, image; named in the message). Cost: linear.
Result<Decoded> decode(Blob blob, std::size_t max_bytes);

}  // namespace tearsheet
