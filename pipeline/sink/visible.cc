// Visible: text from outside made harmless for a terminal, and cut to its columns.
#include "pipeline/sink/visible.h"

#include <fmt/format.h>

#include "base/utf8.h"

namespace tearsheet {

namespace {

bool turns_direction(char32_t c) {
  return (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F || c == 0x061C;
}

bool is_line_break(char32_t c) { return c == '\n' || c == 0x2028 || c == 0x2029; }

bool is_wide(char32_t c) {
  return (c >= 0x1100 && c <= 0x115F) || (c >= 0x2E80 && c <= 0xA4CF) || (c >= 0xAC00 && c <= 0xD7A3) ||
         (c >= 0xF900 && c <= 0xFAFF) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF60) ||
         (c >= 0xFFE0 && c <= 0xFFE6) || (c >= 0x1F300 && c <= 0x1FAFF) || (c >= 0x20000 && c <= 0x3FFFD);
}

bool is_combining(char32_t c) {
  return (c >= 0x0300 && c <= 0x036F) || (c >= 0x200B && c <= 0x200D) || (c >= 0x20D0 && c <= 0x20FF) ||
         (c >= 0xFE00 && c <= 0xFE0F);
}

std::size_t width_of(char32_t c) { return is_combining(c) ? 0 : is_wide(c) ? 2 : 1; }

}  // namespace

std::string visible(std::string_view text, bool keep_lines) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t start = at;
    const char32_t c = utf8::next(text, at);
    if (is_line_break(c))
      out += keep_lines && c == '\n' ? '\n' : ' ';
    else if (c == '\t')
      out += ' ';
    else if (c < 0x20 || c == 0x7F || (c >= 0x80 && c < 0xA0))
      out += fmt::format("\\x{:02x}", static_cast<unsigned>(c));
    else if (turns_direction(c))
      out += fmt::format("<U+{:04X}>", static_cast<unsigned>(c));
    else if (c == 0xFFFD)
      utf8::append(out, c);
    else
      out.append(text.substr(start, at - start));
  }
  return out;
}

std::size_t columns_of(std::string_view text) {
  std::size_t columns = 0;
  for (std::size_t at = 0; at < text.size();) columns += width_of(utf8::next(text, at));
  return columns;
}

std::string fitted(std::string_view text, std::size_t columns) {
  const std::size_t whole = columns_of(text);
  if (whole <= columns) return std::string(text) + std::string(columns - whole, ' ');
  if (columns == 0) return {};
  std::size_t at = 0, used = 0;
  while (at < text.size()) {
    std::size_t after = at;
    const std::size_t width = width_of(utf8::next(text, after));
    if (used + width > columns - 1) break;
    used += width;
    at = after;
  }
  return std::string(text.substr(0, at)) + "…" + std::string(columns - 1 - used, ' ');
}

}  // namespace tearsheet
