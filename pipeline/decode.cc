// Decode: unpack, refuse what is no text, then charset, then the cap.
#include "pipeline/decode.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "base/charset.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/magic.h"
#include "base/unpack.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr int kNestedAtMost = 2;  // a .gz served with Content-Encoding: gzip is two; more is an attack

void note_cut(Decoded& decoded, std::size_t max_bytes) {
  for (const Note& note : decoded.notes)
    if (note.code == "N001") return;
  decoded.notes.push_back({"N001", fmt::format("cut at {} bytes; --max-bytes sets the limit", max_bytes)});
}

Result<void> unpack_all(Decoded& decoded, std::size_t max_bytes) {
  for (int depth = 0;; ++depth) {
    const auto packing = unpack::packing_of(decoded.blob.bytes);
    if (packing == unpack::Packing::none) return {};
    if (depth == kNestedAtMost)
      return fail("I001", fmt::format("packed more than {} times", kNestedAtMost), "unpack the outer layers first");
    // Four bytes over the cap, so that a character cut in two lies behind the place where the text is cut.
    auto plain = unpack::all(decoded.blob.bytes, packing, max_bytes + 4);
    if (!plain) return tl::unexpected(std::move(plain.error()));
    decoded.notes.push_back({"N004", fmt::format("unpacked {}: {} to {} bytes", unpack::to_string(packing),
                                                 decoded.blob.bytes.size(), plain->bytes.size())});
    if (plain->cut) note_cut(decoded, max_bytes);
    decoded.blob.bytes = std::move(plain->bytes);
  }
}

// "text/html; charset=iso-8859-1" -> "iso-8859-1"
std::string charset_in(std::string_view content_type) {
  const std::string lower = lower_ascii(content_type);
  const auto at = lower.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(lower).substr(at + 8);
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"'; \t")));
}

bool is_control(char c) {
  const auto u = static_cast<unsigned char>(c);
  return (u < 0x20 && u != '\t' && u != '\n' && u != '\r' && u != '\f' && u != 0x1b) || u == 0x7f;
}

// A stray control character in a text is a slip of somebody's export and becomes a blank; many of them are no text at all.
Result<void> settle_controls(Decoded& decoded) {
  std::string& text = decoded.blob.bytes;
  const auto controls = static_cast<std::size_t>(std::count_if(text.begin(), text.end(), is_control));
  if (controls == 0) return {};
  if (controls > 2 + text.size() / 200) {
    const bool nul = text.find('\0') != std::string::npos;
    return fail("I003",
                fmt::format("binary data, no text: {} % of it are {}control characters", controls * 100 / text.size(),
                            nul ? "NULs or " : ""),
                "give the text, the HTML page or the Markdown file itself");
  }
  std::replace_if(text.begin(), text.end(), is_control, ' ');
  decoded.notes.push_back({"N002", fmt::format("repaired: {} control characters read as blanks", controls)});
  return {};
}

void to_utf8(Decoded& decoded) {
  Blob& blob = decoded.blob;
  std::string declared = blob.charset_hint;
  if (declared.empty()) declared = charset_in(blob.content_type);
  if (declared.empty()) declared = charset::declared_in(blob.bytes);
  charset::Decoded text = charset::to_utf8(blob.bytes, declared);
  decoded.charset = std::move(text.charset);
  blob.bytes = std::move(text.text);
  if ((text.how == "detected" || text.how == "default") && decoded.charset != "utf-8")
    decoded.notes.push_back({"N003", fmt::format("charset not declared; detected {}", decoded.charset)});
  if (text.repaired != 0)
    decoded.notes.push_back(
        {"N002", fmt::format("repaired: {} ill-formed {} sequences replaced by U+FFFD", text.repaired, decoded.charset)});
}

}  // namespace

Result<Decoded> decode(Blob blob, std::size_t max_bytes) {
  if (blob.bytes.empty()) return fail("I002", "the document is empty", "nothing to do; leave it out");
  Decoded decoded;
  decoded.bytes = blob.bytes.size();
  decoded.sha256 = hash::sha256_hex(blob.bytes);
  decoded.blob = std::move(blob);
  std::string& bytes = decoded.blob.bytes;
  if (!decoded.blob.is_text) {
    if (auto done = unpack_all(decoded, max_bytes); !done) return tl::unexpected(std::move(done.error()));
    if (const auto name = magic::name_by_bytes(bytes); !name.empty())
      return fail("I004", fmt::format("{}, not an article's text", name), "convert it to text or HTML first");
    if (bytes.size() > max_bytes) {
      note_cut(decoded, max_bytes);
      bytes.resize(utf8::floor_boundary(bytes, max_bytes));
    }
    to_utf8(decoded);
    if (auto done = settle_controls(decoded); !done) return tl::unexpected(std::move(done.error()));
  } else {
    decoded.charset = "utf-8";
  }
  if (bytes.size() > max_bytes) {
    note_cut(decoded, max_bytes);
    bytes.resize(utf8::floor_boundary(bytes, max_bytes));
  }
  if (trim(bytes).empty()) return fail("I002", "the document holds no text but white space", "nothing to do; leave it out");
  return decoded;
}

}  // namespace tearsheet
