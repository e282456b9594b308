// Visible: text from outside made harmless for a terminal, and cut to its columns.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

namespace tearsheet {

/// Control characters, escape sequences, and marks that turn the direction of writing, shown instead of sent: "\x1b", "<U+202E>".
/// Line breaks and tabs become one blank; with `keep_lines` line breaks stay. UTF-8 in, UTF-8 out.
std::string visible(std::string_view text, bool keep_lines = false);

/// Columns a terminal needs for `text`: 2 for East Asian wide characters, 0 for combining marks, else 1.
std::size_t columns_of(std::string_view text);

/// `text` in exactly `columns` columns: cut with an ellipsis, or filled up with blanks.
std::string fitted(std::string_view text, std::size_t columns);

}  // namespace tearsheet
