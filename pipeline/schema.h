// Schema: JSON Schema (draft 2020-12) of the output's lines and of rule files.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tearsheet {

/// "readings", "mentions", "records" or "rules"; nothing for any other name.
std::optional<std::string> schema_of(std::string_view name);

}  // namespace tearsheet
