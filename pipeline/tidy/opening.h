// Opening: what texts must begin with or hold that a pattern fits, so that most are refused without running it.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// What matches of patterns begin with, as a tree of ASCII letters in lower case, and what those hold that begin with anything, as a list of pieces; both read
/// off the patterns.
class Openings {
 public:
  /// Adds a pattern (RE2, well-formed, case ignored) that will be run from a text's start.
  void add(std::string_view regex);

  /// False when no added pattern matches at the start of `text`; true is a guess. Cost: a few letters where all alternatives have a beginning; else one pass.
  bool fits(std::string_view text) const;

 private:
  static constexpr std::size_t kPiece = 3;         // bytes of a piece that are looked up
  static constexpr std::size_t kPieceBits = 4096;
  static constexpr std::uint32_t kAccepts = UINT32_MAX;  // anything may follow
  struct Node {
    std::array<std::uint32_t, 128> next{};  // 0 = nothing begins so
    std::u32string wide;                    // signs beyond ASCII that begin a match here
  };
  std::uint32_t insert(std::string_view letters, bool accepts);
  bool begins(std::string_view text) const;
  bool holds_piece(std::string_view text) const;

  std::vector<Node> nodes_ = std::vector<Node>(1);
  std::vector<std::string> pieces_;                // lower case, every digit as 0
  std::array<std::uint64_t, kPieceBits / 64> piece_heads_{};
  bool fits_any_ = false;                          // some alternative has neither a beginning nor a piece
};

}  // namespace tearsheet
