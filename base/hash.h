// Hashes: SHA-256 for identities, XXH3 for tables and fingerprints.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace tearsheet::hash {

/// SHA-256 (FIPS 180-4) as 64 lower-case hex digits. Safe from any thread.
std::string sha256_hex(std::string_view bytes);
/// XXH3 64-bit: stable over platforms and versions of the library.
std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed = 0);
/// 64-bit SimHash (Charikar 2002) over word 3-shingles of the squashed text: near-equal texts differ in few bits. 0 for a text without words.
std::uint64_t simhash(std::string_view text);
/// 16 lower-case hex digits.
std::string hex64(std::uint64_t value);

}  // namespace tearsheet::hash
