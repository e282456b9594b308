// Guard: addresses that no feed may lead to, in every disguise.
#include "pipeline/fetch/guard.h"

#include <arpa/inet.h>
#include <doctest/doctest.h>

#include <array>
#include <string>

#include "base/url.h"

using namespace tearsheet;

namespace {

std::string_view verdict(std::string_view address) {
  std::array<std::uint8_t, 16> bytes{};
  const std::string text(address);
  if (::inet_pton(AF_INET, text.c_str(), bytes.data()) == 1) return forbidden_address({bytes.data(), 4});
  REQUIRE(::inet_pton(AF_INET6, text.c_str(), bytes.data()) == 1);
  return forbidden_address(bytes);
}

}  // namespace

TEST_CASE("guard: private, local, special and wrapped addresses are refused, public ones not") {
  for (const std::string_view bad : {"0.0.0.0",
                                     "0.1.2.3",
                                     "10.0.0.1",
                                     "100.64.0.1",
                                     "127.0.0.1",
                                     "127.255.255.254",
                                     "169.254.169.254",
                                     "172.16.0.1",
                                     "172.31.255.255",
                                     "192.0.0.192",
                                     "192.168.1.1",
                                     "198.18.0.1",
                                     "198.51.100.1",
                                     "203.0.113.9",
                                     "224.0.0.1",
                                     "239.1.1.1",
                                     "240.0.0.1",
                                     "255.255.255.255",
                                     "168.63.129.16",
                                     "::",
                                     "::1",
                                     "::ffff:127.0.0.1",
                                     "::ffff:10.0.0.1",
                                     "::ffff:0:169.254.169.254",
                                     "::127.0.0.1",
                                     "64:ff9b::7f00:1",
                                     "64:ff9b::a9fe:a9fe",
                                     "64:ff9b:1::1",
                                     "2002:7f00:1::1",
                                     "2002:a00:1::",
                                     "2001:0:1:2::3",
                                     "2001:db8::1",
                                     "100::1",
                                     "fc00::1",
                                     "fd12:3456::1",
                                     "fe80::1",
                                     "fec0::1",
                                     "ff02::1",
                                     "4000::1",
                                     "fd00:ec2::254"}) {
    CAPTURE(bad);
    CHECK_FALSE(verdict(bad).empty());
  }
  for (const std::string_view good :
       {"1.1.1.1", "8.8.8.8", "93.184.216.34", "100.63.255.255", "100.128.0.1", "172.15.0.1", "172.32.0.1", "192.169.0.1",
        "223.255.255.255", "2606:4700::1111", "2a00:1450:4001::1", "::ffff:8.8.8.8", "64:ff9b::808:808", "2002:808:808::1"}) {
    CAPTURE(good);
    CHECK(verdict(good) == "");
  }
}

TEST_CASE("guard: hosts as URLs write them") {
  for (const std::string_view bad :
       {"http://localhost/", "http://a.localhost/", "http://printer.local/", "http://metadata.google.internal/",
        "http://intranet/", "http://2130706433/", "http://0x7f.1/", "http://[::1]/", "http://[::ffff:7f00:1]/", "http://127.1/",
        "http://LOCALHOST./", "http://router.lan/"}) {
    CAPTURE(bad);
    const auto url = parse_url(bad);
    REQUIRE(url.has_value());
    CHECK_FALSE(forbidden_host(url->host).empty());
  }
  CHECK(forbidden_host("example.org").empty());
  CHECK(forbidden_host("8.8.8.8").empty());
  CHECK_FALSE(forbidden_by_name("localhost").empty());
}
