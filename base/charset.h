// Charsets: any bytes to UTF-8, by BOM, declaration, then detection.
#pragma once

#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet::charset {

struct Decoded {
  std::string text;      // UTF-8
  std::string charset;   // WHATWG name, lower case: "utf-8", "windows-1252", "utf-16le"
  std::string how;       // "bom" | "declared" | "detected" | "default"
  std::size_t repaired = 0;  // ill-formed sequences replaced by U+FFFD
};

/// Turns `bytes` into UTF-8.
///
/// Order (WHATWG Encoding, "decode", with detection last): a byte-order mark; zero bytes as UTF-16 has them, ISO-2022-JP where it is
/// declared; bytes that are valid UTF-8, ASCII alone among them; `declared` (a WHATWG label such as "latin1", which means windows-1252);
/// ICU's detector; windows-1252. Never fails. Passed over: an unknown label; UTF-8 where broken parts outnumber good characters; UTF-16
/// without a zero byte; any other charset that leaves more than one repair in 20 non-ASCII bytes. Cost: linear.
Decoded to_utf8(std::string_view bytes, std::string_view declared);

/// The charset that an HTML head or an XML declaration names in the first 2,048 bytes, as written, or empty.
std::string declared_in(std::string_view bytes);

/// The WHATWG encoding name of a label ("latin1" -> "windows-1252"), or empty.
std::string canonical(std::string_view label);

}  // namespace tearsheet::charset
