// Blob: bytes with where they came from and what the source said about them.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "tearsheet/value.h"

namespace tearsheet {

/// Where bytes came from. Empty strings mean "not known".
struct Origin {
  std::string uri;        // http(s) URL it was fetched from
  std::string path;       // file as the user named it; "-" for standard input
  std::string container;  // file that holds it: a .jsonl, an archive
  std::uint32_t index = 0;  // number within the container, from 0
  std::optional<std::string> id;  // the caller's own id, repeated in the output

  bool operator==(const Origin&) const = default;
};

/// What the source says about the article before it is read. A hint never beats the article itself,
/// but for `url`, and for `published` where the article gives no date.
struct Hints {
  std::string title;
  std::string published;  // as written by the source
  std::string language;   // BCP 47
  std::string url;
};

/// The format a blob is to be read as.
enum class Format : std::uint8_t { sniff, plain, markdown, html, unknown };
std::string_view to_string(Format format);

/// Bytes on their way into the belt. Owns its bytes. After decode they are UTF-8.
struct Blob {
  std::string bytes;
  Origin origin;
  Format format = Format::sniff;  // set by --from or the container, else sniffed by parse
  std::string content_type;   // as the source declared it
  std::string charset_hint;   // as the source declared it, outside of the bytes
  std::string fetched_at;     // ISO 8601; empty when not fetched
  bool is_text = false;       // bytes are UTF-8 text already (JSON-lines `text` / `html`): declared charsets are ignored
  bool keep_text = false;     // JSON-lines `text`: Article::text must be these very bytes
  Hints hints;
};

}  // namespace tearsheet
