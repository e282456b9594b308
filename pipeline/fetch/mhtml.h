// MHTML: the page in an archive that a browser saved (.mht, .mhtml; RFC 2557).
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tearsheet {

struct SavedPage {
  std::string bytes;         // the page as it was, its own charset
  std::string content_type;  // "text/html; charset=utf-8"
  std::string url;           // where it was saved from; "" = not said
};

/// The first HTML part of a `multipart/related` message, with its transfer encoding (base64, quoted-printable) taken off. Nothing
/// where the bytes are no such message, or no part of it is HTML. Cost: linear; looks at 64 KB of headers at most.
std::optional<SavedPage> open_mhtml(std::string_view bytes);

}  // namespace tearsheet
