// Capture: the groups of a match whose place is known, by a pattern cut down to the words that stand in it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/lexicon.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// The surfaces of one lexicon as alternatives of a pattern, longest first. Const; shared by all patterns that use the same selection.
class Alternatives {
 public:
  Alternatives(const Lexicon& lexicon, std::vector<std::uint32_t> chosen);

  /// All of them as RE2: any run of blanks for a blank, either apostrophe for an apostrophe.
  const std::string& regex() const { return regex_; }
  /// How often one of them stands in any text, roughly: short words of plain letters count most.
  std::size_t weight() const { return weight_; }
  /// Appends the indices of those that stand anywhere in `text`, ascending. May name some that do not, never leaves one out but for exotic case pairs.
  void present(std::string_view text, std::vector<std::uint16_t>& out) const;
  /// The words, longest first, and whether their case counts for nothing.
  const std::vector<std::string>& surfaces() const { return surfaces_; }
  bool fold() const { return fold_; }
  /// RE2 of the given ones.
  std::string regex_of(const std::vector<std::uint16_t>& which) const;

 private:
  bool fold_ = false;
  std::vector<std::string> surfaces_;
  struct Start {
    std::uint16_t index = 0;
    char second = 0;  // second byte; 0 = look closer
  };
  std::vector<std::vector<Start>> by_first_;  // first byte, ASCII lower case
  std::vector<std::uint16_t> always_;                 // surfaces whose case cannot be compared by bytes
  std::string regex_;
  std::size_t weight_ = 0;
};

/// Where an Alternatives stands in an expanded pattern.
struct WordsSlot {
  Span where;
  std::shared_ptr<const Alternatives> words;
};

/// `regex` with each slot cut down to the words of `text`. A pattern of 1,000 units finds its groups 20 times slower than one of the two that stand there.
class CutDown {
 public:
  CutDown(std::string_view regex, const std::vector<WordsSlot>& slots) : regex_(regex), slots_(slots) {}

  /// A key that is equal for texts that give the same pattern.
  std::string key(std::string_view text) const;
  std::string regex(const std::string& key) const;

 private:
  std::size_t first_like(std::size_t slot) const;

  std::string_view regex_;
  const std::vector<WordsSlot>& slots_;
};

}  // namespace tearsheet
