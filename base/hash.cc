// Hashes: OpenSSL for SHA-256, xxHash inlined for XXH3, bit-sliced counters for SimHash.
#include "base/hash.h"

#include <openssl/evp.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <array>
#include <vector>

#include "base/fold.h"

namespace tearsheet::hash {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// Counts, for each of 64 bits, how many values had it: plane i holds bit i of the 64 counters. Adding a value touches two planes
// in the mean instead of 64 counters.
class BitCounters {
 public:
  void add(std::uint64_t value) {
    ++added_;
    for (std::size_t i = 0; value != 0; ++i) {
      if (i == planes_.size()) planes_.push_back(0);
      const std::uint64_t carry = planes_[i] & value;
      planes_[i] ^= value;
      value = carry;
    }
  }
  // The bits that more than half of the values had.
  std::uint64_t majority() const {
    std::uint64_t out = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
      std::uint64_t had = 0;
      for (std::size_t i = 0; i < planes_.size(); ++i) had |= ((planes_[i] >> bit) & 1) << i;
      if (had * 2 > added_) out |= std::uint64_t{1} << bit;
    }
    return out;
  }

 private:
  std::vector<std::uint64_t> planes_;
  std::uint64_t added_ = 0;
};

}  // namespace

std::string sha256_hex(std::string_view bytes) {
  static const EVP_MD* const kSha256 = EVP_MD_fetch(nullptr, "SHA256", nullptr);  // looked up once, lives as long as the program
  std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
  unsigned size = 0;
  const EVP_MD* const kind = kSha256 ? kSha256 : EVP_sha256();
  if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, kind, nullptr) != 1) return {};
  std::string out;
  out.reserve(std::size_t{size} * 2);
  for (unsigned i = 0; i < size; ++i) {
    out += kHex[digest[i] >> 4];
    out += kHex[digest[i] & 15];
  }
  return out;
}

std::uint64_t xxh3(std::string_view bytes, std::uint64_t seed) {
  return XXH3_64bits_withSeed(bytes.data(), bytes.size(), seed);
}

std::uint64_t simhash(std::string_view text) {
  const std::string words = squash(text);
  if (words.empty()) return 0;
  BitCounters counters;
  // Starts of the last three words; a shingle is a stretch of `words`, so nothing is copied.
  std::size_t first = 0, second = std::string::npos, third = std::string::npos;
  for (std::size_t at = 0; at <= words.size(); ++at) {
    if (at < words.size() && words[at] != ' ') continue;
    if (third != std::string::npos) counters.add(xxh3({words.data() + first, at - first}));
    if (at == words.size()) break;
    if (second == std::string::npos) {
      second = at + 1;
    } else {
      if (third != std::string::npos) {
        first = second;
        second = third;
      }
      third = at + 1;
    }
  }
  if (third == std::string::npos) return xxh3(words);  // one or two words
  return counters.majority();
}

std::string hex64(std::uint64_t value) {
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = kHex[value & 15];
  return out;
}

}  // namespace tearsheet::hash
