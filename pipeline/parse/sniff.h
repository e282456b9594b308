// Sniff: what format a text is in, by its source's words, its name and its first kilobytes.
#pragma once

#include <string_view>

#include "tearsheet/blob.h"

namespace tearsheet {

/// By `content_type` and the ending of `path` where they decide, else by `text` (without its front matter). Never `sniff`. Cost:
/// the first 16 KB.
Format sniff_text(std::string_view text, std::string_view content_type, std::string_view path);

}  // namespace tearsheet
