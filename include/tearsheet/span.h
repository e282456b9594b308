// Span: a stretch of an article's text, in bytes.
#pragma once

#include <cstdint>
#include <string_view>

namespace tearsheet {

/// Half-open `[begin, end)`, 0-based bytes of `Article::text`, always on code-point boundaries.
/// Only here is that decided.
struct Span {
  std::uint32_t begin = 0;
  std::uint32_t end = 0;

  auto operator<=>(const Span&) const = default;

  std::uint32_t size() const { return end - begin; }
  bool empty() const { return begin == end; }
  bool contains(const Span& other) const { return begin <= other.begin && other.end <= end; }
  bool overlaps(const Span& other) const { return begin < other.end && other.begin < end; }

  /// The words themselves: a view into `text`, which must be the text the span points into.
  std::string_view of(std::string_view text) const { return text.substr(begin, end - begin); }
};

}  // namespace tearsheet
