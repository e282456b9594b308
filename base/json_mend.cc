// JSON as web pages hold it: unwrapped and mended, then read like any other.
#include <array>
#include <charconv>
#include <cstring>

#include "base/fold.h"
#include "base/json.h"
#include "base/utf8.h"

namespace tearsheet::json {
namespace {

// Takes what pages wrap around JSON off both ends.
std::string_view unwrapped(std::string_view text) {
  constexpr std::array<std::string_view, 6> kBefore = {"\xEF\xBB\xBF", "<!--", "<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/",
                                                       "// <![CDATA["};
  constexpr std::array<std::string_view, 7> kBehind = {"-->", "//-->", "]]>", "//]]>", "/*]]>*/", "// ]]>", ";"};
  for (bool more = true; more;) {
    more = false;
    text = trim(text);
    for (const std::string_view wrapper : kBefore) {
      if (!text.starts_with(wrapper)) continue;
      text.remove_prefix(wrapper.size());
      more = true;
    }
    for (const std::string_view wrapper : kBehind) {
      if (!text.ends_with(wrapper)) continue;
      text.remove_suffix(wrapper.size());
      more = true;
    }
  }
  return text;
}

bool is_hex4(std::string_view text) {
  if (text.size() < 4) return false;
  unsigned value = 0;
  return std::from_chars(text.data(), text.data() + 4, value, 16).ptr == text.data() + 4;
}

unsigned hex4(std::string_view text) {
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + 4, value, 16);
  return value;
}

// Copies one escape at a backslash, mended: \' loses its backslash, a surrogate alone becomes U+FFFD.
void mend_escape(std::string_view text, std::size_t& at, std::string& out) {
  const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
  if (kind == 'u' && is_hex4(text.substr(at + 2))) {
    const unsigned unit = hex4(text.substr(at + 2));
    const std::string_view behind = text.substr(at + 6);
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && behind.starts_with("\\u") && is_hex4(behind.substr(2)) &&
                      hex4(behind.substr(2)) >= 0xDC00 && hex4(behind.substr(2)) < 0xE000;
    const bool alone = unit >= 0xD800 && unit < 0xE000 && !pair;
    out += alone ? std::string_view("\\uFFFD") : text.substr(at, pair ? 12 : 6);
    at += pair ? 12 : 6;
  } else if (kind != '\0' && std::strchr("\"\\/bfnrt", kind)) {
    out += text.substr(at, 2);
    at += 2;
  } else {
    ++at;
  }
}

// Copies one string from its quote on; raw line breaks and tabs are escaped, other control characters dropped.
void mend_string(std::string_view text, std::size_t& at, std::string& out) {
  out += text[at++];
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\\') {
      mend_escape(text, at, out);
      continue;
    }
    ++at;
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
    if (c == '"') return;
  }
}

// The end of a comment that begins at `at`, or `at` when none does.
std::size_t comment_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  return at;
}

std::string mended(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  std::size_t comma = std::string::npos;  // in `out`, with nothing but blanks behind it
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (const std::size_t end = comment_end(text, at); end != at) {
      at = end;
      continue;
    }
    if ((c == ']' || c == '}') && comma != std::string::npos) out[comma] = ' ';
    if (static_cast<unsigned char>(c) > 0x20) comma = std::string::npos;
    if (c == '"') {
      mend_string(text, at, out);
      continue;
    }
    if (c == ',') comma = out.size();
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    ++at;
  }
  return out;
}

}  // namespace

Result<Tree> parse_tolerant(std::string_view text, std::uint32_t depth) {
  const std::string_view inner = unwrapped(text);
  Result<Tree> tree = parse(inner, depth);
  if (tree || tree.error().code == "J002") return tree;
  std::string repaired = mended(inner);
  utf8::repair(repaired);
  return parse(repaired, depth);
}

}  // namespace tearsheet::json
