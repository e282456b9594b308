// Automaton: which patterns can match at a place, in one walk over the bytes that follow it.
#pragma once

#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <memory>
#include <mutex>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/nfa.h"

namespace tearsheet {

/// A DFA over an Nfa whose states are made when first met (Aho, Sethi, Ullman, Compilers, 3.7; RE2 does the same for one pattern). Every walk is
/// anchored, so that states stay few, and it ends where no pattern can go on: after a byte or two at most words. Safe from any thread: steps are read
/// without a lock, made under one. What it holds is a cache: it changes no result.
class Automaton {
 public:
  struct Found {
    std::uint32_t pattern = 0;
    std::uint32_t end = 0;  // no match of the pattern here ends behind it
  };
  /// Where a pattern may begin.
  struct Start {
    std::uint32_t state = 0;   // of the Nfa
    bool inside_words = false;  // also between two letters of a word
  };

  Automaton(Nfa nfa, const std::vector<Start>& starts);

  /// False when nothing can start at `text[at]`: one look-up. `inside`: between two word characters (Unicode); `after_word`: an ASCII word character before.
  bool can_start(std::string_view text, std::uint32_t at, bool inside, bool after_word) const {
    return cell(starts_[inside ? 1 : 0][after_word ? 1 : 0], classes_[static_cast<unsigned char>(text[at])]).load(std::memory_order_acquire) != kDead;
  }
  /// Sets `found` to the patterns that may match at `at` in `text`, each once; `end` is where the line ends. Never leaves one out.
  /// Cost: about 1 ns a byte walked, at most 512 bytes.
  void find(std::string_view text, std::uint32_t at, std::uint32_t end, bool inside, bool after_word, std::vector<Found>& found) const;

  std::size_t states() const;

 private:
  using Name = std::uint16_t;  // of a state, in a cell: narrow, since what costs is the cache
  static constexpr Name kUnknown = 0, kDead = 1, kFull = 2, kFirst = 3;  // kFirst + state, kAccepts on top
  static constexpr Name kAccepts = 1U << 15;
  static constexpr std::uint32_t kMaxStates = 32'000;
  static constexpr std::uint32_t kMaxWalk = 512;

  struct State {
    std::vector<std::uint32_t> nfa;       // its states that eat a byte or ask for one, ascending
    std::vector<std::uint32_t> accepted;  // patterns that match up to here, ascending
    bool after_word = false;

    bool operator==(const State&) const = default;
  };
  struct Free {
    void operator()(void* p) const { std::free(p); }
  };

  static std::size_t index(Name state) { return (state & (kAccepts - 1U)) - kFirst; }
  std::atomic<Name>& cell(Name state, std::size_t symbol) const { return cells_.get()[index(state) * stride_ + symbol]; }
  const State& at_name(Name state) const { return *states_[index(state)]; }
  Name make_step(Name state, std::size_t symbol) const;
  Name intern(State state) const;
  void close(std::uint32_t from, State& into) const;
  void settle(const State& state, bool word_next, bool at_end, std::vector<std::uint32_t>& steps, std::vector<std::uint32_t>& accepted) const;
  void note(Name state, std::uint32_t end, std::vector<Found>& found) const;
  void note_alive(Name state, std::uint32_t end, std::vector<Found>& found) const;

  Nfa nfa_;
  std::vector<std::uint32_t> first_of_;  // by pattern added: its first NFA state, ascending
  std::vector<std::uint8_t> classes_;
  std::vector<std::uint8_t> byte_of_;  // one byte of each class
  std::size_t stride_ = 0;             // classes + 1: the end of the line
  Name starts_[2][2] = {};

  mutable std::unique_ptr<std::atomic<Name>, Free> cells_;  // pages are touched only where states are
  mutable std::mutex lock_;
  mutable std::vector<std::unique_ptr<const State>> states_;  // room for all is reserved: read without the lock once a cell names them
  mutable std::unordered_multimap<std::uint64_t, Name> known_;  // by hash
  mutable std::vector<std::uint32_t> mark_;  // by NFA state, for close()
  mutable std::uint32_t round_ = 0;
};

}  // namespace tearsheet
