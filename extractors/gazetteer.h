// Gazetteer: very many names looked up at word starts, longest first.
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/lexicon.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// A trie over hashed tokens (a word, or one other character), for lexicons of one fold. Fill with add(), then only read; safe from any thread.
/// A token remembers whether a blank stood before it; any run of blanks is one, blanks beside a hyphen or an
/// ampersand count for nothing ("Wal - Mart" is "Wal-Mart"), and a curly apostrophe is a straight one.
class Gazetteer {
 public:
  struct Match {
    std::uint32_t owner = 0;
    std::uint32_t surface = 0;  // index into the owner's lexicon's surfaces()
    Span span;
  };

  explicit Gazetteer(Fold how);

  /// Adds the surfaces `chosen` of a lexicon for `owner`. Cost: about 0.3 us a surface.
  void add(std::uint32_t owner, const Lexicon& lexicon, const std::vector<std::uint32_t>& chosen);
  bool empty() const { return states_ == 1; }

  /// Appends, for each owner, the names in `window` of `text`: leftmost, longest, whole words, not overlapping for one owner, in text order.
  /// Cost: one hash a word, and one more for each further word of a name.
  void find(std::string_view text, Span window, std::vector<Match>& out) const;
  /// Appends the longest name of each owner that starts at `window.begin`.
  void find_at_start(std::string_view text, Span window, std::vector<Match>& out) const;

 private:
  struct Edge {
    std::uint64_t key = 0;  // 0 = free
    std::uint32_t to = 0;
  };
  struct Accept {
    std::uint32_t owner, surface, next;  // next: index + 1 of the state's next accept
  };

  std::uint32_t step(std::uint32_t state, std::uint64_t token) const;
  std::uint32_t step_or_add(std::uint32_t state, std::uint64_t token);
  void grow();
  void match_at(std::string_view text, Span window, std::size_t at, std::vector<std::uint32_t>& free_from, std::vector<Match>& out) const;

  Fold how_;
  std::vector<Edge> edges_;
  std::size_t used_ = 0;
  std::uint32_t states_ = 1;
  std::vector<std::uint32_t> accepts_of_;  // by state: index + 1 into accepts_, 0 = none
  std::vector<Accept> accepts_;
  std::vector<std::uint64_t> first_;       // 64K bits: hashes of first tokens
  bool sign_starts_ = false;               // a surface begins with no word character
  std::uint32_t owners_ = 0;
};

}  // namespace tearsheet
