// JSON lines: one line of the caller's to a blob, or what is wrong with it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "pipeline/fetch/source.h"

namespace tearsheet {

/// Reads one line: an object with `id` and one of `text`, `html`, `html_base64` (with `content_type`), and optionally `title`,
/// `published`, `url`, `language`.
///
/// `container` is the file as the user named it, `number` the line from 1. The item's origin has the id wherever the line gives
/// one, so that the answer can repeat it. Fails (in Item::blob) with I020 (no JSON object), I021 (none of the three), I022 (cut
/// at the limit), I023 (bad base64), each with file and line.
Item read_json_line(std::string_view line, const std::string& container, std::uint32_t number, bool cut);

}  // namespace tearsheet
