// NFA: the patterns of all rules as one machine over bytes, from which the automaton makes its states.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <string_view>
#include <vector>

#include "extractors/capture.h"
#include "extractors/regex.h"

namespace tearsheet {

/// A Thompson machine over UTF-8 bytes that accepts at least what its patterns match when tried at one place. Fill with add(), then only read.
class Nfa {
 public:
  static constexpr std::uint32_t kNone = UINT32_MAX;
  enum class Kind : std::uint8_t { step, split, boundary, no_boundary, end, match };

  struct Edge {
    std::uint8_t low, last;  // bytes
    std::uint32_t to;
  };
  struct State {
    Kind kind = Kind::split;
    std::uint32_t edges = 0, edge_count = 0;     // step
    std::uint32_t to = kNone, also = kNone;      // split, step (a word that may end here): where it goes without a byte; match: `to` is the pattern
  };

  /// Adds a pattern; returns its start, or kNone when it would need more than `kMaxStates` (then nothing is added).
  std::uint32_t add(const regex::Node& tree, const std::vector<WordsSlot>& slots, std::uint32_t pattern);

  const std::vector<State>& states() const { return states_; }
  const std::vector<Edge>& edges() const { return edges_; }
  /// Drops what only add() needs. Lists given to add() must live until then.
  void forget() { trees_.clear(); }
  /// The class of each byte: bytes of one class are never told apart. Call after the last add().
  std::vector<std::uint8_t> byte_classes(std::size_t& count) const;

 private:
  static constexpr std::size_t kMaxStates = 200'000;  // of one pattern

  std::uint32_t push(State state);
  std::uint32_t step(const std::vector<Edge>& edges);
  std::uint32_t build(const regex::Node& node, std::uint32_t next);
  std::uint32_t chars(const regex::CharClass& set, std::uint32_t next);
  std::uint32_t words(const Alternatives& words, std::uint32_t next);
  std::uint32_t repeat(const regex::Node& node, std::uint32_t next);
  void range(char32_t low, char32_t last, std::uint32_t next, std::vector<Edge>& out);
  bool full() const { return states_.size() > limit_; }

  struct Tree;  // words as a tree of bytes
  const Tree& tree_of(const Alternatives& words);

  const std::vector<WordsSlot>* slots_ = nullptr;
  std::map<const Alternatives*, std::shared_ptr<const Tree>> trees_;  // by list: most stand in many patterns; forget() drops them
  std::size_t limit_ = 0;
  std::vector<State> states_;
  std::vector<Edge> edges_;
};

}  // namespace tearsheet
