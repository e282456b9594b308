// Lines: line starts found once, places by binary search, the caret drawn in terminal cells.
#include "base/lines.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr int kWidth = 100;   // cells of a source line that are shown
constexpr int kBefore = 40;   // cells kept before the span when a line is cut

// One line as it is shown: printable characters, the cells each takes, and the bytes they came from.
struct Shown {
  std::string text;
  int caret_from = 0;  // cells
  int caret_size = 0;
};

int cells_of(std::string_view text) {
  int cells = 0;
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    cells += utf8::is_control(c) ? 1 : utf8::columns(c);
  }
  return cells;
}

void append_printable(std::string& out, char32_t c) {
  if (c == '\t') {
    out += ' ';
  } else if (utf8::is_control(c)) {
    out += '?';
  } else {
    utf8::append(out, c);
  }
}

// Cuts `line` around the bytes [begin, end) so that it fits the width.
Shown show(std::string_view line, std::size_t begin, std::size_t end) {
  const int before = cells_of(line.substr(0, begin));
  const int under = std::max(1, cells_of(line.substr(begin, end - begin)));
  const int first = cells_of(line) <= kWidth ? 0 : std::max(0, before - kBefore);
  Shown shown;
  if (first > 0) shown.text += "...";
  int cell = 0;
  for (std::size_t at = 0; at < line.size();) {
    const char32_t c = utf8::next(line, at);
    const int width = utf8::is_control(c) ? 1 : utf8::columns(c);
    if (cell >= first + kWidth) {
      shown.text += "...";
      break;
    }
    if (cell >= first) append_printable(shown.text, c);
    cell += width;
  }
  shown.caret_from = before - first + (first > 0 ? 3 : 0);
  shown.caret_size = std::min(under, std::max(1, first + kWidth - before));
  return shown;
}

}  // namespace

Lines::Lines(std::string_view text) : text_(text), starts_{0} {
  for (std::size_t at = text.find('\n'); at != std::string_view::npos; at = text.find('\n', at + 1)) starts_.push_back(at + 1);
}

Place Lines::place(std::string_view file, std::size_t offset) const {
  offset = std::min(offset, text_.size());
  const auto after = std::upper_bound(starts_.begin(), starts_.end(), offset);
  const auto index = static_cast<std::size_t>(after - starts_.begin()) - 1;
  const std::size_t start = starts_[index];
  const std::size_t column = utf8::count(text_.substr(start, offset - start)) + 1;
  return {std::string(file), static_cast<std::uint32_t>(index + 1), static_cast<std::uint32_t>(column)};
}

std::size_t Lines::offset(std::uint32_t line_number, std::uint32_t column) const {
  if (line_number == 0) return 0;
  if (line_number > starts_.size()) return text_.size();
  const std::string_view content = line(line_number);
  std::size_t at = 0;
  for (std::uint32_t i = 1; i < column && at < content.size(); ++i) utf8::next(content, at);
  return starts_[line_number - 1] + at;
}

std::string_view Lines::line(std::uint32_t number) const {
  if (number == 0 || number > starts_.size()) return {};
  const std::size_t begin = starts_[number - 1];
  std::size_t end = number < starts_.size() ? starts_[number] - 1 : text_.size();
  if (end > begin && text_[end - 1] == '\r') --end;
  return text_.substr(begin, end - begin);
}

std::string Lines::caret(Span span, std::string_view remark) const {
  const Place at = place({}, span.begin);
  const std::string_view content = line(at.line);
  const std::size_t start = starts_[at.line - 1];
  const std::size_t begin = std::min<std::size_t>(std::min<std::size_t>(span.begin, text_.size()) - start, content.size());
  const std::size_t end = std::clamp<std::size_t>(span.end > start ? span.end - start : 0, begin, content.size());
  const Shown shown = show(content, begin, end);
  std::string out = fmt::format("{:5} | {}\n      | {}^{}", at.line, shown.text,
                                std::string(static_cast<std::size_t>(shown.caret_from), ' '),
                                std::string(static_cast<std::size_t>(shown.caret_size - 1), '~'));
  if (!remark.empty()) out.append(" ").append(remark);
  return out;
}

}  // namespace tearsheet
