// URL: parsed and written as browsers do (WHATWG URL Standard), without the schemes that no feed uses.
#include "base/url.h"

#include <array>
#include <vector>

namespace tearsheet {

namespace {

constexpr char kHex[] = "0123456789ABCDEF";

struct Special {
  std::string_view scheme;
  std::uint16_t port;
};
constexpr std::array<Special, 5> kSpecial = {{{"http", 80}, {"https", 443}, {"ws", 80}, {"wss", 443}, {"ftp", 21}}};

std::optional<std::uint16_t> default_port(std::string_view scheme) {
  for (const Special& one : kSpecial)
    if (one.scheme == scheme) return one.port;
  return std::nullopt;
}
bool is_special(std::string_view scheme) { return default_port(scheme).has_value(); }

bool is_alpha(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }
bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The standard's percent-encode sets, each with the one before it.
enum class Set { control, fragment, query, special_query, path, userinfo };

bool is_in(Set set, char c) {
  const auto u = static_cast<unsigned char>(c);
  if (u <= 0x1f || u > 0x7e) return true;
  const auto one_of = [c](std::string_view list) { return list.find(c) != std::string_view::npos; };
  switch (set) {
    case Set::control:
      return false;
    case Set::fragment:
      return one_of(" \"<>`");
    case Set::query:
      return one_of(" \"#<>");
    case Set::special_query:
      return one_of(" \"#<>'");
    case Set::path:
      return one_of(" \"#<>?^`{}");
    case Set::userinfo:
      return one_of(" \"#<>?^`{}/:;=@[\\]|");
  }
  return false;
}

void append_encoded(std::string& out, std::string_view text, Set set) {
  for (const char c : text) {
    if (!is_in(set, c)) {
      out += c;
      continue;
    }
    const auto u = static_cast<unsigned char>(c);
    out += '%';
    out += kHex[u >> 4];
    out += kHex[u & 15];
  }
}
std::string encoded(std::string_view text, Set set) {
  std::string out;
  append_encoded(out, text, set);
  return out;
}

std::string cleaned(std::string_view text) {
  const auto is_edge = [](char c) { return static_cast<unsigned char>(c) <= 0x20; };
  while (!text.empty() && is_edge(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_edge(text.back())) text.remove_suffix(1);
  std::string out;
  out.reserve(text.size());
  for (const char c : text)
    if (c != '\t' && c != '\n' && c != '\r') out += c;
  return out;
}

/// Length of "scheme" where `text` begins with "scheme:"; 0 else.
std::size_t scheme_size(std::string_view text) {
  if (text.empty() || !is_alpha(text[0])) return 0;
  std::size_t at = 1;
  while (at < text.size() && (is_alpha(text[at]) || is_digit(text[at]) || text[at] == '+' || text[at] == '-' || text[at] == '.'))
    ++at;
  return at < text.size() && text[at] == ':' ? at : 0;
}

bool is_slash(char c, bool special) { return c == '/' || (special && c == '\\'); }

bool is_single_dot(std::string_view segment) { return segment == "." || segment == "%2e" || segment == "%2E"; }
bool is_double_dot(std::string_view segment) {
  std::string plain;
  for (std::size_t at = 0; at < segment.size(); ++at) {
    if (segment.substr(at, 3) == "%2e" || segment.substr(at, 3) == "%2E") {
      plain += '.';
      at += 2;
    } else {
      plain += segment[at];
    }
    if (plain.size() > 2) return false;
  }
  return plain == "..";
}

void drop_last_segment(std::string& path) {
  const auto slash = path.rfind('/');
  path.resize(slash == std::string::npos ? 0 : slash);
}

/// Appends the segments of `text`, which stands behind the path's last '/'.
void append_path(std::string& path, std::string_view text, bool special) {
  for (;;) {
    std::size_t end = 0;
    while (end < text.size() && !is_slash(text[end], special)) ++end;
    const bool last = end == text.size();
    const std::string_view segment = text.substr(0, end);
    if (is_double_dot(segment)) {
      drop_last_segment(path);
      if (last) path += '/';
    } else if (is_single_dot(segment)) {
      if (last) path += '/';
    } else {
      path += '/';
      append_encoded(path, segment, Set::path);
    }
    if (last) return;
    text.remove_prefix(end + 1);
  }
}

bool read_port(Url& url, std::string_view text) {
  if (text.empty()) return true;
  std::uint32_t value = 0;
  for (const char c : text) {
    if (!is_digit(c)) return false;
    value = value * 10 + static_cast<std::uint32_t>(c - '0');
    if (value > 65535) return false;
  }
  if (default_port(url.scheme) != value) url.port = static_cast<std::uint16_t>(value);
  return true;
}

std::optional<std::string> opaque_host(std::string_view text) {
  if (text.starts_with('[')) return parse_host(text);
  constexpr std::string_view kForbidden = " #/:<>?@[\\]^|";
  for (const char c : text)
    if (c == '\0' || kForbidden.find(c) != std::string_view::npos) return std::nullopt;
  return encoded(text, Set::control);
}

/// "user:pass@host:port"; false where the standard fails.
bool read_authority(Url& url, std::string_view text) {
  const bool special = is_special(url.scheme);
  const auto at = text.rfind('@');
  if (at != std::string_view::npos) {
    const std::string_view credentials = text.substr(0, at);
    const auto colon = credentials.find(':');
    url.username = encoded(credentials.substr(0, colon), Set::userinfo);
    if (colon != std::string_view::npos) url.password = encoded(credentials.substr(colon + 1), Set::userinfo);
    text.remove_prefix(at + 1);
  }
  bool inside = false;
  std::size_t colon = std::string_view::npos;
  for (std::size_t i = 0; i < text.size() && colon == std::string_view::npos; ++i) {
    if (text[i] == '[') inside = true;
    if (text[i] == ']') inside = false;
    if (text[i] == ':' && !inside) colon = i;
  }
  const std::string_view host = text.substr(0, colon);
  const bool bare = host.empty();
  if (bare && (special || colon != std::string_view::npos || at != std::string_view::npos)) return false;
  const auto parsed = special ? parse_host(host) : opaque_host(host);
  if (!parsed) return false;
  url.host = *parsed;
  url.has_host = true;
  return colon == std::string_view::npos || read_port(url, text.substr(colon + 1));
}

void read_tail(Url& url, std::string_view text) {
  const auto hash = text.find('#');
  if (hash != std::string_view::npos) url.fragment = encoded(text.substr(hash + 1), Set::fragment);
  const std::string_view front = text.substr(0, hash);
  const auto mark = front.find('?');
  if (mark != std::string_view::npos)
    url.query = encoded(front.substr(mark + 1), is_special(url.scheme) ? Set::special_query : Set::query);
}

/// Where the path ends: at '?' or '#'.
std::string_view path_part(std::string_view text) { return text.substr(0, text.find_first_of("?#")); }

/// What follows "scheme://": authority, path, query, fragment.
std::optional<Url> with_authority(Url url, std::string_view text) {
  const bool special = is_special(url.scheme);
  std::size_t end = 0;
  while (end < text.size() && text[end] != '?' && text[end] != '#' && !is_slash(text[end], special)) ++end;
  if (!read_authority(url, text.substr(0, end))) return std::nullopt;
  text.remove_prefix(end);
  std::string_view path = path_part(text);
  if (!path.empty()) path.remove_prefix(1);
  if (special || end + path.size() < end + path_part(text).size()) append_path(url.path, path, special);
  read_tail(url, text);
  return url;
}

std::string_view without_slashes(std::string_view text) {
  while (!text.empty() && is_slash(text[0], true)) text.remove_prefix(1);
  return text;
}

std::optional<Url> relative_to(const Url& base, std::string_view text) {
  const bool special = is_special(base.scheme);
  Url url = base;
  url.fragment.reset();
  if (text.size() >= 2 && is_slash(text[0], special) && is_slash(text[1], special)) {
    Url fresh;
    fresh.scheme = base.scheme;
    return with_authority(std::move(fresh), special ? without_slashes(text) : text.substr(2));
  }
  if (!text.empty() && is_slash(text[0], special)) {
    url.path.clear();
    url.query.reset();
    append_path(url.path, path_part(text).substr(1), special);
    read_tail(url, text);
    return url;
  }
  const std::string_view path = path_part(text);
  if (!path.empty()) {
    url.query.reset();
    drop_last_segment(url.path);
    append_path(url.path, path, special);
  } else if (text.starts_with('?')) {
    url.query.reset();
  }
  read_tail(url, text);
  return url;
}

std::optional<Url> with_scheme(Url url, std::string_view rest, const Url* base) {
  if (url.scheme == "file") return std::nullopt;
  const bool double_slash = rest.starts_with("//");
  if (is_special(url.scheme)) {
    if (base != nullptr && base->scheme == url.scheme && !double_slash) return relative_to(*base, rest);
    return with_authority(std::move(url), without_slashes(rest));
  }
  if (double_slash) return with_authority(std::move(url), rest.substr(2));
  const std::string_view path = path_part(rest);
  if (path.starts_with('/')) {
    append_path(url.path, path.substr(1), false);
  } else {
    url.opaque = true;
    url.path = encoded(path, Set::control);
  }
  read_tail(url, rest);
  return url;
}

}  // namespace

std::uint16_t Url::effective_port() const { return port ? *port : default_port(scheme).value_or(0); }

std::string Url::origin() const {
  std::string out = scheme + "://" + host;
  if (port) out += ":" + std::to_string(*port);
  return out;
}

std::string Url::target() const {
  std::string out = path;
  if (query) out += "?" + *query;
  return out;
}

std::string Url::href(bool with_fragment) const {
  std::string out = scheme + ":";
  if (has_host) {
    out += "//";
    if (!username.empty() || !password.empty()) {
      out += username;
      if (!password.empty()) out += ":" + password;
      out += "@";
    }
    out += host;
    if (port) out += ":" + std::to_string(*port);
  } else if (!opaque && path.starts_with("//")) {
    out += "/.";
  }
  out += target();
  if (with_fragment && fragment) out += "#" + *fragment;
  return out;
}

std::optional<Url> parse_url(std::string_view text, const Url* base) {
  const std::string clean = cleaned(text);
  const std::string_view view = clean;
  if (const std::size_t size = scheme_size(view); size != 0) {
    Url url;
    for (const char c : view.substr(0, size)) url.scheme += static_cast<char>(c >= 'A' && c <= 'Z' ? c + 32 : c);
    return with_scheme(std::move(url), view.substr(size + 1), base);
  }
  if (base == nullptr) return std::nullopt;
  if (base->opaque) {
    if (!view.starts_with('#')) return std::nullopt;
    Url url = *base;
    url.fragment = encoded(view.substr(1), Set::fragment);
    return url;
  }
  return relative_to(*base, view);
}

std::string resolve_url(std::string_view text, std::string_view base) {
  const auto parsed_base = parse_url(base);
  const auto url = parse_url(text, parsed_base ? &*parsed_base : nullptr);
  return url ? url->href() : std::string();
}

std::string percent_decode(std::string_view text) {
  const auto digit = [](char c) {
    if (c >= '0' && c <= '9') return c - '0';
    if (c >= 'a' && c <= 'f') return c - 'a' + 10;
    if (c >= 'A' && c <= 'F') return c - 'A' + 10;
    return -1;
  };
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && digit(text[at + 1]) >= 0 && digit(text[at + 2]) >= 0) {
      out += static_cast<char>(digit(text[at + 1]) * 16 + digit(text[at + 2]));
      at += 2;
    } else {
      out += text[at];
    }
  }
  return out;
}

}  // namespace tearsheet
