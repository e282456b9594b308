// Magic: formats that are no text, by their first bytes and by their endings.
#pragma once

#include <string_view>

namespace tearsheet::magic {

/// "a PDF document", "a PNG image" by the first bytes; empty when they may be text.
std::string_view name_by_bytes(std::string_view bytes);

/// The same by the ending of a path ("a/b.PDF", also "b.pdf.gz"); empty when the ending says nothing. For skipping without
/// opening.
std::string_view name_by_ending(std::string_view path);

}  // namespace tearsheet::magic
