// Hashes: OpenSSL for SHA-256, xxHash inlined for XXH3, bit-sliced counters for SimHash.
#include "base/hash.h"

#include <openssl/evp.h>
#define XXH_INLINE_ALL
#include <xxhash.h>

#include <algorithm>
#include <array>

#include "base/fold.h"

namespace tearsheet::hash {
namespace {

constexpr std::string_view kHex = "0123456789abcdef";

// Counts, for each of 64 bits, how many values had it: plane i holds bit i of the 64 counters. Eight values at a time go through
// carry-save adders (Harley and Seal's way of counting bits), so that a value costs a few operations instead of 64 additions.
class BitCounters {
 public:
  void add(std::uint64_t value) {
    waiting_[added_ % 8] = value;
    if (++added_ % 8 == 0) add_eight();
  }
  // The bits that more than half of the values had.
  std::uint64_t majority() {
    for (std::size_t i = 0; i < added_ % 8; ++i) carry_into(0, waiting_[i]);
    std::uint64_t out = 0;
    for (unsigned bit = 0; bit < 64; ++bit) {
      std::uint64_t had = 0;
      for (std::size_t i = 0; i < planes_.size(); ++i) had |= ((planes_[i] >> bit) & 1) << i;
      if (had * 2 > added_) out |= std::uint64_t{1} << bit;
    }
    return out;
  }

 private:
  // Leaves the sum of three bits in `sum` and gives their carry.
  static std::uint64_t add_two(std::uint64_t& sum, std::uint64_t a, std::uint64_t b) {
    const std::uint64_t half = sum ^ a;
    const std::uint64_t carry = (sum & a) | (half & b);
    sum = half ^ b;
    return carry;
  }
  void add_eight() {
    const auto& w = waiting_;
    const std::uint64_t twos_a = add_two(planes_[0], w[0], w[1]);
    const std::uint64_t twos_b = add_two(planes_[0], w[2], w[3]);
    const std::uint64_t twos_c = add_two(planes_[0], w[4], w[5]);
    const std::uint64_t twos_d = add_two(planes_[0], w[6], w[7]);
    const std::uint64_t fours_a = add_two(planes_[1], twos_a, twos_b);
    const std::uint64_t fours_b = add_two(planes_[1], twos_c, twos_d);
    carry_into(3, add_two(planes_[2], fours_a, fours_b));
  }
  void carry_into(std::size_t plane, std::uint64_t value) {
    for (; value != 0; ++plane) {
      const std::uint64_t carry = planes_[plane] & value;
      planes_[plane] ^= value;
      value = carry;
    }
  }

  std::array<std::uint64_t, 64> planes_{};  // a text has fewer than 2^63 words
  std::array<std::uint64_t, 8> waiting_{};
  std::uint64_t added_ = 0;
};

// Three words' hashes, their order kept.
std::uint64_t shingle(std::uint64_t a, std::uint64_t b, std::uint64_t c) {
  std::uint64_t mixed = a * 0x9E3779B97F4A7C15u + (b ^ (b >> 29)) * 0xBF58476D1CE4E5B9u + c;
  mixed = (mixed ^ (mixed >> 32)) * 0x94D049BB133111EBu;
  return mixed ^ (mixed >> 29);
}

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
  std::uint64_t before_last = 0;
  std::uint64_t last = 0;
  std::size_t count = 0;
  for (std::size_t begin = 0; begin < words.size();) {
    const std::size_t end = std::min(words.find(' ', begin), words.size());
    const std::uint64_t word = xxh3({words.data() + begin, end - begin});
    if (++count >= 3) counters.add(shingle(before_last, last, word));
    before_last = last;
    last = word;
    begin = end + 1;
  }
  if (count < 3) return xxh3(words);
  return counters.majority();
}

std::string hex64(std::uint64_t value) {
  std::string out(16, '0');
  for (std::size_t i = 16; i-- > 0; value >>= 4) out[i] = kHex[value & 15];
  return out;
}

}  // namespace tearsheet::hash
