// URL: parsed and written as browsers do (WHATWG URL Standard), without the schemes that no feed uses.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tearsheet {

/// A parsed URL. All parts are ASCII: percent-encoded, host names in Punycode.
struct Url {
  std::string scheme;  // "https", lower case
  std::string username;
  std::string password;
  std::string host;                     // "example.org", "127.0.0.1", "[::1]"; empty where the scheme has none
  std::optional<std::uint16_t> port;    // nothing where it is the scheme's own
  std::string path;                     // begins with '/' for http and https
  std::optional<std::string> query;     // without '?'; a query may be there and empty
  std::optional<std::string> fragment;  // without '#'
  bool has_host = false;
  bool opaque = false;  // "mailto:a@b": the path is no list of segments

  bool operator==(const Url&) const = default;

  bool is_http() const { return scheme == "http" || scheme == "https"; }
  /// The port that is connected to; 0 for other schemes without one.
  std::uint16_t effective_port() const;
  /// "https://example.org:8080": scheme, host and port where it is not the scheme's own.
  std::string origin() const;
  /// Path and query, as a request line has them.
  std::string target() const;
  /// The whole URL as the standard serialises it.
  std::string href(bool with_fragment = true) const;
};

/// Parses `text`, resolved against `base` where one is given and `text` is relative.
///
/// As the standard says: white space around it and tabs and line breaks in it are dropped, '\' is '/' in http and https, dot
/// segments are resolved, hosts go through UTS 46 (ICU), numbers such as 0x7f.1 become IPv4 addresses. Nothing where the standard
/// fails, and for file: URLs. `text` is UTF-8. Cost: linear.
std::optional<Url> parse_url(std::string_view text, const Url* base = nullptr);

/// `text` resolved against `base`, as a string; empty when it cannot be.
std::string resolve_url(std::string_view text, std::string_view base);

/// Decodes %41 and the like; what is no escape stays. The result may be any bytes.
std::string percent_decode(std::string_view text);

/// The registrable host of a special URL: percent-decoded, UTS 46, IPv4 and IPv6 in their one spelling. Nothing where the
/// standard fails.
std::optional<std::string> parse_host(std::string_view text);

}  // namespace tearsheet
