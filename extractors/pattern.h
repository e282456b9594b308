// Pattern: the door to RE2: one expanded pattern, compiled when it is first run.
#pragma once

#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/capture.h"
#include "tearsheet/span.h"

namespace re2 {
class RE2;
}

namespace tearsheet {

/// One regular expression (RE2, UTF-8). Const and safe from any thread. Compiled on the first match, since most runs never need most rules.
class Pattern {
 public:
  /// Where a match may stand in the window that is searched.
  enum class At : std::uint8_t { anywhere, start, whole };

  struct Problem {
    std::string what;      // in RE2's words
    std::string fragment;  // the part of the pattern it complains of; may be empty
  };
  struct Match {
    Span span;                                // in the text that was searched
    std::vector<std::optional<Span>> groups;  // by group number - 1
  };

  /// What is wrong with `regex`, if anything. Parses it with each slot as one letter, since a slot is always a whole group; compiles only what could be
  /// too large to compile.
  static std::optional<Problem> check(const std::string& regex, const std::vector<WordsSlot>& slots = {});

  /// `regex` must have passed check(). `slots`: where large lists of words stand in it, for capture().
  explicit Pattern(std::string regex, std::vector<WordsSlot> slots = {});
  ~Pattern();
  Pattern(const Pattern&) = delete;
  Pattern& operator=(const Pattern&) = delete;

  /// The leftmost match within `window` of `text`, with its groups. `^`, `$` and `\b` see all of `text` on the left and the window's end on the right.
  /// Cost: linear in the window; the groups cost more than the match.
  bool find(std::string_view text, Span window, At at, Match& match) const;
  /// The same without the groups: much faster.
  bool find_span(std::string_view text, Span window, At at, Span& span) const;
  /// True when the groups are cheap enough to ask find() for them at once.
  bool is_small() const;
  /// The groups of a match that find_span() gave.
  void capture(std::string_view text, Span span, Match& match) const;

  /// The pattern cut down to the words of its lists that stand in a stretch of text. Any match that lies within the stretch is found by it alike, at a
  /// fraction of the cost. A view: the pattern must outlive it.
  class Near {
   public:
    bool find(std::string_view text, Span window, Match& match) const;       // at the window's start only, with groups
    bool find_span(std::string_view text, Span window, Span& span) const;  // the same without them

   private:
    friend class Pattern;
    Near(const Pattern& pattern, const re2::RE2& re) : pattern_(pattern), re_(re) {}
    const Pattern& pattern_;
    const re2::RE2& re_;
  };
  Near near(std::string_view stretch) const;

  const std::string& regex() const { return regex_; }
  const std::vector<WordsSlot>& slots() const { return slots_; }
  /// Names of the groups by group number - 1; "" for a group without a name.
  const std::vector<std::string>& groups() const { return groups_; }
  /// Index of a named group into Match::groups, or -1.
  int group(std::string_view name) const;
  /// True when the pattern matches the empty string: it would hit everywhere.
  bool matches_empty() const;
  /// Instructions in the compiled program: what it costs in memory.
  int program_size() const;

 private:
  const re2::RE2& compiled() const;
  const re2::RE2* cut_down(std::string_view words) const;
  bool run(const re2::RE2& re, std::string_view text, Span window, At at, std::size_t groups, Match& match) const;

  std::string regex_;
  std::vector<WordsSlot> slots_;
  std::vector<std::string> groups_;
  mutable std::once_flag once_;
  mutable std::unique_ptr<re2::RE2> re_;
  mutable std::shared_mutex cut_lock_;
  mutable std::unordered_map<std::string, std::unique_ptr<re2::RE2>> cut_;  // by CutDown::key
};

/// The `]` of a class that begins at `at`: `[]x]`, `[^]x]`, `[[:alpha:]]`.
std::size_t class_end(std::string_view regex, std::size_t at);

/// `text` with every character that RE2 gives a meaning escaped.
std::string escape_regex(std::string_view text);

}  // namespace tearsheet
