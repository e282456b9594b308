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

/// The tokens of a stretch of text (a word, or one other character) as gazetteers compare them: made once for all that look at the stretch.
class Tokens {
 public:
  struct Token {
    std::uint64_t exact = 0, folded = 0;  // hashes of the bytes under Fold::none and Fold::case_fold
    std::uint32_t begin = 0, end = 0;
    bool word = false, blank_before = false;
    bool joins = false;  // a hyphen or an ampersand
  };

  Tokens() = default;
  Tokens(std::string_view text, Span window) { assign(text, window); }
  /// Cost: about 2 ns a byte; words beyond ASCII cost a call of ICU.
  void assign(std::string_view text, Span window);

  const std::vector<Token>& all() const { return all_; }
  /// True when the first token is the rest of a word that begins before the window.
  bool begins_inside() const { return begins_inside_; }

 private:
  std::vector<Token> all_;
  bool begins_inside_ = false;
};

/// A trie over hashed tokens, for lexicons of one fold. Fill with add(), then only read; safe from any thread.
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
  /// Cost: one look-up a word, and one more for each further word of a name.
  void find(const Tokens& tokens, std::vector<Match>& out) const;
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
  void match_at(const Tokens& tokens, std::size_t at, std::vector<std::uint32_t>& free_from, std::vector<Match>& out) const;
  std::uint64_t hash_of(const Tokens::Token& token) const { return how_ == Fold::none ? token.exact : token.folded; }

  Fold how_;
  std::vector<Edge> edges_;
  std::size_t used_ = 0;
  std::uint32_t states_ = 1;
  std::vector<std::uint32_t> accepts_of_;  // by state: index + 1 into accepts_, 0 = none
  std::vector<Accept> accepts_;
  std::vector<std::uint64_t> first_;       // 256K bits: hashes of first tokens
  bool sign_starts_ = false;               // a surface begins with no word character
  std::uint32_t owners_ = 0;
};

}  // namespace tearsheet
