// Guard: which addresses a fetch may connect to.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <string_view>

struct sockaddr;

namespace tearsheet {

/// What an address is when it is not one of the public internet: "loopback", "private network", "link-local (cloud metadata)",
/// "multicast"...; empty for a public one.
///
/// `bytes` are 4 (IPv4) or 16 (IPv6), in network order. IPv4 inside IPv6 is unwrapped first: mapped (::ffff:0:0/96), compatible
/// (::/96), translated
/// (::ffff:0:0:0/96), NAT64 (64:ff9b::/96 and 64:ff9b:1::/48), 6to4 (2002::/16), Teredo (2001::/32). The lists are IANA's
/// special-purpose registries (RFC 6890 and its updates).
std::string_view forbidden_address(std::span<const std::uint8_t> bytes);
/// The same of a socket address; an address of no internet family is "no internet address".
std::string_view forbidden_socket(const sockaddr& address);
/// The same of a URL's host: a literal address ("127.0.0.1", "[::1]"), or a name that only means something inside (localhost,
/// *.localhost, *.local,
/// *.internal, a name without a dot). Empty for other names: what they resolve to is checked when the connection is made.
std::string_view forbidden_host(std::string_view host);

/// Resolves `host` and gives the first verdict that is not empty; empty when it does not resolve. Blocks: only for requests
/// through a proxy, where the connection itself shows the proxy's address.
std::string_view forbidden_by_name(const std::string& host);

}  // namespace tearsheet
