// Blocks: how the parsers of built texts append a block, parted from the last by a blank line.
#pragma once

#include <string>
#include <string_view>

#include "tearsheet/article.h"

namespace tearsheet {

/// Appends `text`, trimmed, as one block behind what is there. Returns null, and does nothing, when `text` is blank. The pointer
/// holds until the next call.
Block* append_block(Article& article, std::string_view text, Kind kind, Use use = Use::body, std::string_view why = {});

/// Runs of white space (Unicode's, line breaks too) become one blank; ends trimmed.
std::string one_line(std::string_view text);

/// True when a block of that use is there already.
bool has_use(const Article& article, Use use);

}  // namespace tearsheet
