// URL hosts: IPv4 in any spelling, IPv6, and names through UTS 46 (WHATWG URL Standard, "host parsing").
#include <unicode/uidna.h>

#include <array>
#include <cstdio>
#include <memory>
#include <vector>

#include "base/fold.h"
#include "base/url.h"
#include "base/utf8.h"

namespace tearsheet {

namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); }
std::uint32_t hex_value(char c) { return static_cast<std::uint32_t>(is_digit(c) ? c - '0' : (c | 0x20) - 'a' + 10); }

/// "0x7f", "0177", "127"; nothing where it is no number. Capped at 2^40.
std::optional<std::uint64_t> ipv4_number(std::string_view text) {
  if (text.empty()) return std::nullopt;
  std::uint32_t base = 10;
  if (text.size() >= 2 && text[0] == '0' && (text[1] == 'x' || text[1] == 'X')) {
    base = 16;
    text.remove_prefix(2);
  } else if (text.size() >= 2 && text[0] == '0') {
    base = 8;
    text.remove_prefix(1);
  }
  std::uint64_t value = 0;
  for (const char c : text) {
    if (!is_hex(c) || hex_value(c) >= base) return std::nullopt;
    value = std::min<std::uint64_t>(value * base + hex_value(c), std::uint64_t{1} << 40);
  }
  return value;
}

std::vector<std::string_view> parts_of(std::string_view host) {
  std::vector<std::string_view> parts;
  for (;;) {
    const auto dot = host.find('.');
    parts.push_back(host.substr(0, dot));
    if (dot == std::string_view::npos) break;
    host.remove_prefix(dot + 1);
  }
  if (parts.size() > 1 && parts.back().empty()) parts.pop_back();
  return parts;
}

bool ends_in_number(std::string_view host) {
  const auto parts = parts_of(host);
  const std::string_view last = parts.back();
  if (last.empty()) return false;
  bool digits = true;
  for (const char c : last) digits = digits && is_digit(c);
  if (digits) return true;
  return last.size() >= 2 && last[0] == '0' && (last[1] == 'x' || last[1] == 'X') && ipv4_number(last).has_value();
}

std::optional<std::string> ipv4(std::string_view host) {
  const auto parts = parts_of(host);
  if (parts.size() > 4) return std::nullopt;
  std::uint64_t address = 0;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    const auto number = ipv4_number(parts[i]);
    if (!number) return std::nullopt;
    const bool last = i + 1 == parts.size();
    if (!last && *number > 255) return std::nullopt;
    if (last && *number >= std::uint64_t{1} << (8 * (5 - parts.size()))) return std::nullopt;
    address += last ? *number : *number << (8 * (3 - i));
  }
  std::array<char, 16> text{};
  std::snprintf(text.data(), text.size(), "%u.%u.%u.%u", static_cast<unsigned>(address >> 24 & 255),
                static_cast<unsigned>(address >> 16 & 255), static_cast<unsigned>(address >> 8 & 255),
                static_cast<unsigned>(address & 255));
  return std::string(text.data());
}

/// The four bytes of "1.2.3.4" at the end of an IPv6 address, as two pieces.
bool read_ipv4_tail(std::string_view text, std::array<std::uint16_t, 8>& pieces, std::size_t& count) {
  if (count > 6) return false;
  for (int seen = 0; seen < 4; ++seen) {
    if (seen > 0) {
      if (!text.starts_with('.')) return false;
      text.remove_prefix(1);
    }
    if (text.empty() || !is_digit(text[0])) return false;
    unsigned value = 0, digits = 0;
    while (!text.empty() && is_digit(text[0])) {
      if (digits > 0 && value == 0) return false;
      value = value * 10 + static_cast<unsigned>(text[0] - '0');
      ++digits;
      if (value > 255) return false;
      text.remove_prefix(1);
    }
    auto& piece = pieces[count + (seen >= 2 ? 1 : 0)];
    piece = static_cast<std::uint16_t>(piece * 256 + value);
  }
  count += 2;
  return text.empty();
}

std::optional<std::array<std::uint16_t, 8>> ipv6_pieces(std::string_view text) {
  std::array<std::uint16_t, 8> pieces{};
  std::size_t count = 0;
  std::optional<std::size_t> gap;
  if (text.starts_with(':')) {
    if (!text.starts_with("::")) return std::nullopt;
    text.remove_prefix(2);
    gap = 0;
  }
  while (!text.empty()) {
    if (count == 8) return std::nullopt;
    if (text[0] == ':') {
      if (gap) return std::nullopt;
      text.remove_prefix(1);
      gap = count;
      continue;
    }
    std::uint32_t value = 0;
    std::size_t size = 0;
    while (size < 4 && size < text.size() && is_hex(text[size])) value = value * 16 + hex_value(text[size++]);
    if (size < text.size() && text[size] == '.') {
      if (size == 0 || !read_ipv4_tail(text, pieces, count)) return std::nullopt;
      break;
    }
    text.remove_prefix(size);
    if (!text.empty()) {
      if (text[0] != ':' || size == 0) return std::nullopt;
      text.remove_prefix(1);
      if (text.empty()) return std::nullopt;
    }
    pieces[count++] = static_cast<std::uint16_t>(value);
  }
  if (gap) {
    const std::size_t moved = count - *gap;
    for (std::size_t i = 0; i < moved && count != 8; ++i) std::swap(pieces[7 - i], pieces[*gap + moved - 1 - i]);
  } else if (count != 8) {
    return std::nullopt;
  }
  return pieces;
}

std::string ipv6_text(const std::array<std::uint16_t, 8>& pieces) {
  std::size_t best = 8, best_size = 1;  // the first longest run of zeros, longer than one
  for (std::size_t i = 0; i < 8;) {
    std::size_t size = 0;
    while (i + size < 8 && pieces[i + size] == 0) ++size;
    if (size > best_size) {
      best = i;
      best_size = size;
    }
    i += size + 1;
  }
  std::string out = "[";
  for (std::size_t i = 0; i < 8; ++i) {
    if (i == best) {
      out += i == 0 ? "::" : ":";
      i += best_size - 1;
      continue;
    }
    std::array<char, 8> piece{};
    std::snprintf(piece.data(), piece.size(), "%x", static_cast<unsigned>(pieces[i]));
    out += piece.data();
    if (i < 7) out += ':';
  }
  return out + "]";
}

bool is_forbidden(char c) {
  constexpr std::string_view kForbidden = " #/:<>?@[\\]^|%";
  return static_cast<unsigned char>(c) <= 0x1f || c == 0x7f || kForbidden.find(c) != std::string_view::npos;
}

struct Closer {
  void operator()(UIDNA* idna) const { uidna_close(idna); }
};

std::optional<std::string> to_ascii(std::string_view name) {
  UErrorCode status = U_ZERO_ERROR;
  const std::unique_ptr<UIDNA, Closer> idna(
      uidna_openUTS46(UIDNA_CHECK_BIDI | UIDNA_CHECK_CONTEXTJ | UIDNA_NONTRANSITIONAL_TO_ASCII, &status));
  if (U_FAILURE(status)) return std::nullopt;
  std::string out(name.size() * 4 + 256, '\0');
  UIDNAInfo info = UIDNA_INFO_INITIALIZER;
  const std::int32_t size = uidna_nameToASCII_UTF8(idna.get(), name.data(), static_cast<std::int32_t>(name.size()), out.data(),
                                                   static_cast<std::int32_t>(out.size()), &info, &status);
  // The standard asks for VerifyDnsLength = false and CheckHyphens = false.
  constexpr std::uint32_t kPassed = UIDNA_ERROR_EMPTY_LABEL | UIDNA_ERROR_LABEL_TOO_LONG | UIDNA_ERROR_DOMAIN_NAME_TOO_LONG |
                                    UIDNA_ERROR_LEADING_HYPHEN | UIDNA_ERROR_TRAILING_HYPHEN | UIDNA_ERROR_HYPHEN_3_4;
  if (U_FAILURE(status) || (info.errors & ~kPassed) != 0) return std::nullopt;
  out.resize(static_cast<std::size_t>(size));
  return out;
}

bool needs_idna(std::string_view name) {
  for (const char c : name)
    if ((c & 0x80) != 0) return true;
  return name.find("xn--") != std::string_view::npos;
}

}  // namespace

std::optional<std::string> parse_host(std::string_view text) {
  if (text.starts_with('[')) {
    if (!text.ends_with(']')) return std::nullopt;
    const auto pieces = ipv6_pieces(text.substr(1, text.size() - 2));
    return pieces ? std::optional(ipv6_text(*pieces)) : std::nullopt;
  }
  std::string name = lower_ascii(percent_decode(text));
  utf8::repair(name);
  if (name.size() > 4096) return std::nullopt;
  if (needs_idna(name)) {
    auto ascii = to_ascii(name);
    if (!ascii) return std::nullopt;
    name = std::move(*ascii);
  }
  if (name.empty()) return std::nullopt;
  for (const char c : name)
    if (is_forbidden(c)) return std::nullopt;
  if (ends_in_number(name)) return ipv4(name);
  return name;
}

}  // namespace tearsheet
