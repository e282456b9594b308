// Key table: folded surfaces to numbers, for look-ups by the million.
#include "extractors/key_table.h"

#include "base/hash.h"

namespace tearsheet {

/// Index + 1 into entries_, or 0.
std::uint32_t KeyTable::entry_of(std::string_view key, std::uint64_t hash) const {
  const auto tag = static_cast<std::uint32_t>(hash >> 32);
  for (std::size_t i = hash & (slots_.size() - 1);; i = (i + 1) & (slots_.size() - 1)) {
    const Slot& slot = slots_[i];
    if (slot.entry == 0 || (slot.tag == tag && key_of(entries_[slot.entry - 1]) == key)) return slot.entry;
  }
}

std::uint32_t KeyTable::find(std::string_view key) const {
  const std::uint32_t entry = entry_of(key, hash::xxh3(key));
  return entry == 0 ? kNone : entries_[entry - 1].number;
}

std::uint32_t KeyTable::add(std::string_view key, std::uint32_t number) {
  const std::uint64_t hash = hash::xxh3(key);
  if (const std::uint32_t entry = entry_of(key, hash); entry != 0) return entries_[entry - 1].number;
  if ((entries_.size() + 1) * 2 > slots_.size()) grow();
  std::size_t i = hash & (slots_.size() - 1);
  while (slots_[i].entry != 0) i = (i + 1) & (slots_.size() - 1);
  entries_.push_back({static_cast<std::uint32_t>(keys_.size()), static_cast<std::uint32_t>(key.size()), number});
  keys_.append(key);
  slots_[i] = {static_cast<std::uint32_t>(hash >> 32), static_cast<std::uint32_t>(entries_.size())};
  return number;
}

void KeyTable::grow() {
  slots_.assign(slots_.size() * 4, {});
  for (std::uint32_t e = 0; e < entries_.size(); ++e) {
    const std::uint64_t hash = hash::xxh3(key_of(entries_[e]));
    std::size_t i = hash & (slots_.size() - 1);
    while (slots_[i].entry != 0) i = (i + 1) & (slots_.size() - 1);
    slots_[i] = {static_cast<std::uint32_t>(hash >> 32), e + 1};
  }
}

}  // namespace tearsheet
