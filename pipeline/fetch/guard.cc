// Guard: which addresses a fetch may connect to.
#include "pipeline/fetch/guard.h"

#include <arpa/inet.h>
#include <netdb.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <cstring>

namespace tearsheet {

namespace {

struct Range4 {
  std::uint32_t network;
  int bits;
  std::string_view what;
};
constexpr std::uint32_t ip(std::uint32_t a, std::uint32_t b, std::uint32_t c, std::uint32_t d) {
  return a << 24 | b << 16 | c << 8 | d;
}

constexpr std::array<Range4, 17> kRanges4 = {{
    {ip(0, 0, 0, 0), 8, "this network"},
    {ip(10, 0, 0, 0), 8, "private network"},
    {ip(100, 64, 0, 0), 10, "carrier-grade NAT"},
    {ip(127, 0, 0, 0), 8, "loopback"},
    {ip(169, 254, 0, 0), 16, "link-local (cloud metadata)"},
    {ip(172, 16, 0, 0), 12, "private network"},
    {ip(192, 0, 0, 0), 24, "protocol assignments"},
    {ip(192, 0, 2, 0), 24, "documentation"},
    {ip(192, 31, 196, 0), 24, "special purpose"},
    {ip(192, 52, 193, 0), 24, "special purpose"},
    {ip(192, 88, 99, 0), 24, "6to4 relay"},
    {ip(192, 168, 0, 0), 16, "private network"},
    {ip(192, 175, 48, 0), 24, "special purpose"},
    {ip(198, 18, 0, 0), 15, "benchmarking"},
    {ip(198, 51, 100, 0), 24, "documentation"},
    {ip(203, 0, 113, 0), 24, "documentation"},
    {ip(224, 0, 0, 0), 3, "multicast or reserved"},
}};

std::string_view forbidden4(std::uint32_t address) {
  for (const Range4& range : kRanges4) {
    const std::uint32_t mask = range.bits == 0 ? 0 : ~std::uint32_t{0} << (32 - range.bits);
    if ((address & mask) == range.network) return range.what;
  }
  if (address == ip(168, 63, 129, 16)) return "cloud metadata";  // Azure's, though its address is public
  return {};
}

using Bytes16 = std::array<std::uint8_t, 16>;

std::uint32_t four(const Bytes16& bytes, std::size_t at) { return ip(bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]); }

bool begins(const Bytes16& bytes, std::initializer_list<std::uint8_t> front) {
  return std::equal(front.begin(), front.end(), bytes.begin());
}

std::string_view forbidden6(const Bytes16& bytes) {
  const bool zeros = begins(bytes, {0, 0, 0, 0, 0, 0, 0, 0});
  if (zeros && four(bytes, 8) == 0) {
    const std::uint32_t last = four(bytes, 12);
    if (last == 0) return "unspecified";
    if (last == 1) return "loopback";
    return forbidden4(last).empty() ? "IPv4-compatible" : forbidden4(last);
  }
  if (zeros && four(bytes, 8) == 0xffff) return forbidden4(four(bytes, 12));
  if (zeros && four(bytes, 8) == 0xffff0000) return forbidden4(four(bytes, 12));
  if (begins(bytes, {0, 0x64, 0xff, 0x9b, 0, 0, 0, 0, 0, 0, 0, 0})) return forbidden4(four(bytes, 12));
  if (begins(bytes, {0, 0x64, 0xff, 0x9b, 0, 1})) return "local-use NAT64";
  if (begins(bytes, {0x20, 0x02})) return forbidden4(four(bytes, 2));
  if (begins(bytes, {0x20, 0x01, 0, 0})) return "Teredo";
  if (begins(bytes, {0x20, 0x01, 0x0d, 0xb8}) || begins(bytes, {0x3f, 0xff})) return "documentation";
  if (begins(bytes, {0x20, 0x01}) && bytes[2] < 2) return "special purpose";
  if (begins(bytes, {0x01, 0, 0, 0, 0, 0, 0, 0})) return "discard-only";
  if ((bytes[0] & 0xfe) == 0xfc) return "private network";
  if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0x80) return "link-local";
  if (bytes[0] == 0xfe && (bytes[1] & 0xc0) == 0xc0) return "site-local";
  if (bytes[0] == 0xff) return "multicast";
  // Global unicast is 2000::/3; all else is not assigned.
  return (bytes[0] & 0xe0) == 0x20 ? std::string_view() : "not assigned";
}

bool ends_with_label(std::string_view host, std::string_view label) {
  return host == label || (host.size() > label.size() && host.ends_with(label) && host[host.size() - label.size() - 1] == '.');
}

}  // namespace

std::string_view forbidden_address(std::span<const std::uint8_t> bytes) {
  if (bytes.size() == 4) return forbidden4(ip(bytes[0], bytes[1], bytes[2], bytes[3]));
  if (bytes.size() != 16) return "no internet address";
  Bytes16 copy{};
  std::copy(bytes.begin(), bytes.end(), copy.begin());
  return forbidden6(copy);
}

std::string_view forbidden_socket(const sockaddr& address) {
  if (address.sa_family == AF_INET) {
    sockaddr_in four_bytes{};
    std::memcpy(&four_bytes, &address, sizeof four_bytes);
    return forbidden4(ntohl(four_bytes.sin_addr.s_addr));
  }
  if (address.sa_family != AF_INET6) return "no internet address";
  sockaddr_in6 sixteen{};
  std::memcpy(&sixteen, &address, sizeof sixteen);
  return forbidden_address(std::span<const std::uint8_t>(sixteen.sin6_addr.s6_addr, 16));
}

std::string_view forbidden_host(std::string_view host) {
  if (host.empty()) return "no host";
  if (host.starts_with('[') && host.ends_with(']')) {
    std::array<std::uint8_t, 16> bytes{};
    const std::string text(host.substr(1, host.size() - 2));
    if (::inet_pton(AF_INET6, text.c_str(), bytes.data()) != 1) return "no internet address";
    return forbidden_address(bytes);
  }
  std::array<std::uint8_t, 4> bytes{};
  if (::inet_pton(AF_INET, std::string(host).c_str(), bytes.data()) == 1) return forbidden_address(bytes);
  while (host.ends_with('.')) host.remove_suffix(1);
  for (const std::string_view label : {"localhost", "local", "internal", "localdomain", "home.arpa", "lan"})
    if (ends_with_label(host, label)) return "a name of the local network";
  return host.find('.') == std::string_view::npos ? "a name without a domain" : std::string_view();
}

std::string_view forbidden_by_name(const std::string& host) {
  addrinfo hints{};
  hints.ai_socktype = SOCK_STREAM;
  addrinfo* found = nullptr;
  if (::getaddrinfo(host.c_str(), nullptr, &hints, &found) != 0) return {};
  std::string_view verdict;
  for (const addrinfo* one = found; one != nullptr && verdict.empty(); one = one->ai_next)
    if (one->ai_addr != nullptr) verdict = forbidden_socket(*one->ai_addr);
  ::freeaddrinfo(found);
  return verdict;
}

}  // namespace tearsheet
