// JSON: the one door to simdjson for reading; writing is appending.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "base/tree.h"
#include "tearsheet/error.h"
#include "tearsheet/value.h"

namespace tearsheet::json {

/// Parses one JSON value (RFC 8259) into a Tree. Fails with J001 (not JSON), J002 (deeper than `depth`). Duplicate keys: the last wins.
Result<Tree> parse(std::string_view text, std::uint32_t depth = 64);

/// Like parse, for JSON found in web pages: passes over CDATA and comment wrappers, comments, trailing commas and a trailing ';'; keeps raw line
/// breaks and tabs inside strings, drops other control characters and the backslash of an unknown escape, and turns half a surrogate pair
/// into U+FFFD. Offsets in the tree are those of the mended text, not of `text`.
Result<Tree> parse_tolerant(std::string_view text, std::uint32_t depth = 64);

/// Appends `text` as a JSON string with quotes. `text` must be UTF-8; U+2028/2029, control characters, '<' after nothing: only what RFC 8259 asks for is escaped.
void append_string(std::string& out, std::string_view text);

/// Appends a field value: decimals as strings ("70000000000"), int64 and bool as they are, none as null, dates by iso(), lists, objects, and
/// Refs as {text, span, mention, type, id, name, how, ...more}, null where a part is empty.
void append_value(std::string& out, const Scalar& value);
/// Appends `{"name":value,...}`.
void append_object(std::string& out, const Fields& fields);

}  // namespace tearsheet::json
