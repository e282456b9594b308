// Entity: "&amp;", "&#8364;", "&#x20AC;" to the character they name.
#pragma once

#include <string>
#include <string_view>

namespace tearsheet {

/// `text` with its character references replaced; the numbers 128-159 mean windows-1252, as in every browser. What is no
/// reference, or one of the rare names that are not in the table, stays as it is. Cost: linear.
std::string decode_entities(std::string_view text);

}  // namespace tearsheet
