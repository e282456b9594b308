// Lines: from a byte offset to line and column, and the caret under it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// Line starts of one text. Keeps a view of it: the text must outlive it.
class Lines {
 public:
  explicit Lines(std::string_view text);
  /// Line and column (from 1, columns in code points) of byte `offset`; `file` is copied into the place.
  Place place(std::string_view file, std::size_t offset) const;
  /// Byte offset of a 1-based line and column (code points); clamped to the text.
  std::size_t offset(std::uint32_t line, std::uint32_t column) const;
  /// The text of a 1-based line without its end.
  std::string_view line(std::uint32_t number) const;
  std::uint32_t count() const { return static_cast<std::uint32_t>(starts_.size()); }

  /// Two lines for a terminal: the source line with its number, and `^~~~` under `span` with `remark` behind it. Control characters shown as '?', a tab as a blank,
  /// long lines cut around the span.
  std::string caret(Span span, std::string_view remark = {}) const;

 private:
  std::string_view text_;
  std::vector<std::size_t> starts_;
};

}  // namespace tearsheet
