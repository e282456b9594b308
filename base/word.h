// Word: a word with its hash, and lists of words that are asked in one look.
#pragma once

#include <array>
#include <bit>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// A view of a word and its hash, made together once, so that many lists can be asked about one word. Equal words have equal hashes within one program;
/// the hash is never written anywhere. Does not own its text. Only the empty word has the hash 0.
struct HashedWord : std::string_view {
  constexpr HashedWord() = default;
  constexpr HashedWord(std::string_view text) : std::string_view(text), hash(hash_of(text)) {}
  HashedWord(const std::string& text) : HashedWord(std::string_view(text)) {}
  constexpr HashedWord(const char* text) : HashedWord(std::string_view(text)) {}

  std::uint32_t hash = 0;

 private:
  static constexpr std::uint64_t load(const char* from, std::size_t size) {
    std::uint64_t value = 0;
    if (std::is_constant_evaluated()) {
      for (std::size_t i = 0; i < size; ++i) value |= std::uint64_t{static_cast<unsigned char>(from[i])} << (8 * i);
    } else if (size == 8) {
      std::memcpy(&value, from, 8);
    } else {
      std::uint32_t half = 0;
      std::memcpy(&half, from, 4);
      value = half;
    }
    if (std::is_constant_evaluated() || std::endian::native == std::endian::little) return value;
    return size == 8 ? __builtin_bswap64(value) : __builtin_bswap32(static_cast<std::uint32_t>(value));
  }
  // The first and the last eight bytes and the length: words that differ in the middle only are rare, and every list compares the text, too.
  static constexpr std::uint32_t hash_of(std::string_view text) {
    const std::size_t size = text.size();
    if (size == 0) return 0;
    std::uint64_t head = 0, tail = 0;
    if (size >= 8) {
      head = load(text.data(), 8);
      tail = load(text.data() + size - 8, 8);
    } else if (size >= 4) {
      head = load(text.data(), 4);
      tail = load(text.data() + size - 4, 4);
    } else {
      const auto byte = [&](std::size_t at) { return std::uint64_t{static_cast<unsigned char>(text[at])}; };
      head = byte(0) | byte(size / 2) << 8 | byte(size - 1) << 16;
    }
    std::uint64_t mixed = (head ^ size) * 0x9E3779B97F4A7C15u;
    mixed = (mixed ^ (mixed >> 32) ^ tail) * 0x94D049BB133111EBu;
    return static_cast<std::uint32_t>(mixed >> 32) | 1;
  }
};

/// A closed list of words, laid out by the compiler: `static constexpr WordSet kModals({"will", "would"});`. Cost of has(): one look, mostly.
template <std::size_t N>
class WordSet {
 public:
  constexpr WordSet(const std::string_view (&words)[N]) {
    for (const std::string_view text : words) {
      const HashedWord word(text);
      std::size_t at = word.hash >> kShift;
      while (slots_[at].hash != 0) at = (at + 1) % kSlots;
      slots_[at] = word;
    }
  }
  constexpr bool has(const HashedWord& word) const {
    for (std::size_t at = word.hash >> kShift; slots_[at].hash != 0; at = (at + 1) % kSlots) {
      if (slots_[at].hash == word.hash && std::string_view(slots_[at]) == std::string_view(word)) return true;
    }
    return false;
  }

 private:
  static constexpr std::size_t kSlots = std::bit_ceil(N * 2 + 1);
  static constexpr int kShift = 32 - std::countr_zero(kSlots);
  std::array<HashedWord, kSlots> slots_{};
};
template <std::size_t N>
WordSet(const std::string_view (&)[N]) -> WordSet<N>;

/// Words and a value each, put in at run time; owns its keys. Cost of find(): one look, mostly.
template <class Value>
class WordTable {
 public:
  /// The value of `key`, made where there is none. The reference holds until the next call.
  Value& operator[](std::string_view key) {
    if (rows_.size() * 2 >= slots_.size()) grow();
    const HashedWord word(key);
    std::size_t at = slot_of(word);
    if (slots_[at].row == 0) {
      rows_.push_back({std::string(key), Value()});
      slots_[at] = {word.hash, static_cast<std::uint32_t>(rows_.size())};
    }
    return rows_[slots_[at].row - 1].value;
  }
  /// The value of `word`, or null.
  const Value* find(const HashedWord& word) const {
    if (slots_.empty()) return nullptr;
    const std::uint32_t row = slots_[slot_of(word)].row;
    return row == 0 ? nullptr : &rows_[row - 1].value;
  }

 private:
  struct Slot {
    std::uint32_t hash = 0;
    std::uint32_t row = 0;  // 1 + index into rows_; 0 = free
  };
  struct Row {
    std::string key;
    Value value;
  };
  std::size_t slot_of(const HashedWord& word) const {
    std::size_t at = (word.hash >> 1) & (slots_.size() - 1);
    while (slots_[at].row != 0 && (slots_[at].hash != word.hash || rows_[slots_[at].row - 1].key != std::string_view(word))) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  void grow() {
    slots_.assign(slots_.empty() ? 64 : slots_.size() * 2, Slot());
    for (std::size_t i = 0; i < rows_.size(); ++i) {
      const HashedWord word(rows_[i].key);
      slots_[slot_of(word)] = {word.hash, static_cast<std::uint32_t>(i + 1)};
    }
  }

  std::vector<Slot> slots_;
  std::vector<Row> rows_;
};

}  // namespace tearsheet
