// MHTML: headers, the boundary, parts until one is HTML.
#include "pipeline/fetch/mhtml.h"

#include <algorithm>
#include <vector>

#include "base/fold.h"

namespace tearsheet {
namespace {

constexpr std::size_t kHeadersAtMost = 64u << 10;
constexpr int kPartsAtMost = 1000;

struct Header {
  std::string name, value;
};

// Reads header lines (folded ones joined) up to the blank line; `rest` is what follows it.
std::vector<Header> read_headers(std::string_view text, std::string_view& rest) {
  std::vector<Header> headers;
  const std::string_view head = text.substr(0, kHeadersAtMost);
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    std::string_view line = head.substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = std::min(end + 1, head.size());
    if (line.empty()) {
      rest = text.substr(at);
      return headers;
    }
    const auto colon = line.find(':');
    if ((line.front() == ' ' || line.front() == '\t') && !headers.empty())
      headers.back().value += " " + std::string(trim(line));
    else if (colon != std::string_view::npos && line.find(' ') > colon)
      headers.push_back({lower_ascii(line.substr(0, colon)), std::string(trim(line.substr(colon + 1)))});
    else
      return {};
  }
  return {};
}

std::string_view value_of(const std::vector<Header>& headers, std::string_view name) {
  for (const Header& header : headers)
    if (header.name == name) return header.value;
  return {};
}

// boundary="----MultipartBoundary--x----", quoted or not
std::string boundary_of(std::string_view type) {
  const std::string lower = lower_ascii(type);
  const auto at = lower.find("boundary=");
  if (at == std::string::npos) return {};
  std::string_view value = type.substr(at + 9);
  if (value.starts_with('"')) return std::string(value.substr(1, value.find('"', 1) - 1));
  return std::string(value.substr(0, value.find_first_of("; \t")));
}

int hex(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

std::string unquote(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] != '=') {
      out.push_back(text[at]);
    } else if (text.substr(at, 3) == "=\r\n") {
      at += 2;
    } else if (text.substr(at, 2) == "=\n") {
      at += 1;
    } else if (at + 2 < text.size() && hex(text[at + 1]) >= 0 && hex(text[at + 2]) >= 0) {
      out.push_back(static_cast<char>(hex(text[at + 1]) * 16 + hex(text[at + 2])));
      at += 2;
    } else {
      out.push_back('=');
    }
  }
  return out;
}

std::string unbase64(std::string_view text) {
  static constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    const auto value = kDigits.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out.push_back(static_cast<char>(bits >> have & 0xff));
  }
  return out;
}

std::string decoded(std::string_view body, std::string_view encoding) {
  const std::string lower = lower_ascii(encoding);
  if (lower == "quoted-printable") return unquote(body);
  return lower == "base64" ? unbase64(body) : std::string(body);
}

bool is_html(std::string_view type) {
  const std::string lower = lower_ascii(type);
  return lower.starts_with("text/html") || lower.starts_with("application/xhtml");
}

}  // namespace

std::optional<SavedPage> open_mhtml(std::string_view bytes) {
  const std::string_view start = bytes.substr(0, 4096);
  if (start.find("multipart/related") == std::string_view::npos) return std::nullopt;
  std::string_view rest;
  const auto headers = read_headers(bytes, rest);
  const std::string boundary = boundary_of(value_of(headers, "content-type"));
  if (boundary.empty()) return std::nullopt;
  const std::string line = "--" + boundary;
  for (int parts = 0; parts < kPartsAtMost; ++parts) {
    const auto begin = rest.find(line);
    if (begin == std::string_view::npos) return std::nullopt;
    rest.remove_prefix(begin + line.size());
    if (rest.empty() || rest.starts_with("--")) return std::nullopt;
    rest.remove_prefix(std::min(rest.find('\n'), rest.size() - 1) + 1);
    std::string_view body;
    const auto own = read_headers(rest, body);
    if (own.empty() || !is_html(value_of(own, "content-type"))) continue;
    body = body.substr(0, std::min(body.find("\n" + line), body.size()));
    std::string_view url = value_of(headers, "snapshot-content-location");
    if (url.empty()) url = value_of(own, "content-location");
    return SavedPage{decoded(body, value_of(own, "content-transfer-encoding")), std::string(value_of(own, "content-type")),
                     url.starts_with("http") ? std::string(url) : std::string()};
  }
  return std::nullopt;
}

}  // namespace tearsheet
