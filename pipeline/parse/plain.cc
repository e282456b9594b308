// Plain: lines, measured once; then paragraphs; then what the short ones are.
#include "pipeline/parse/plain.h"

#include <algorithm>
#include <vector>

#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kWrapAtMost = 100;   // columns; newspapers' e-mail and Usenet copy wraps at 60-80
constexpr std::uint32_t kTitleAtMost = 150;  // code points
constexpr std::uint32_t kHeadingAtMost = 80;
constexpr std::uint32_t kParagraphFrom = 100;

struct Line {
  Span span;                 // trimmed; empty for a blank line
  std::uint32_t length = 0;  // code points
  std::uint32_t indent = 0;  // columns before it
  bool ends_sentence = false;
};

bool is_stop(char32_t c) {
  return c == '.' || c == '!' || c == '?' || c == U'…' || c == U'。' || c == U'！' || c == U'？' || c == U'؟' || c == U'।';
}
bool is_closing(char32_t c) {
  return c == '"' || c == '\'' || c == ')' || c == ']' || c == U'”' || c == U'’' || c == U'»' || c == U'」' || c == U'）';
}

// The last code point that is no closing quote or bracket.
char32_t last_of(std::string_view text) {
  for (std::size_t at = text.size(); at > 0;) {
    const char32_t c = utf8::previous(text, at);
    if (!is_closing(c)) return c;
  }
  return 0;
}

std::vector<Line> cut_lines(std::string_view text, std::size_t from) {
  std::vector<Line> lines;
  for (std::size_t at = from; at <= text.size();) {
    const std::size_t end = std::min({text.find('\n', at), text.size()});
    std::string_view whole = text.substr(at, end - at);
    Line line;
    const std::string_view words = trim(whole);
    const auto begin = words.empty() ? at : static_cast<std::size_t>(words.data() - text.data());
    line.span = {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(begin + words.size())};
    line.length = static_cast<std::uint32_t>(utf8::count(words));
    for (char c : whole.substr(0, begin - at)) line.indent += c == '\t' ? 4 : 1;
    line.ends_sentence = is_stop(last_of(words));
    lines.push_back(line);
    if (end == text.size()) break;
    at = end + 1;
  }
  return lines;
}

struct Marker {
  Kind kind = Kind::paragraph;
  std::uint8_t level = 0;
};

// "- ", "* ", "• ", "3. ", "> ", "## ": what a line says of itself.
Marker marker_of(std::string_view words, std::uint32_t indent) {
  const auto depth = static_cast<std::uint8_t>(std::min<std::uint32_t>(indent / 2 + 1, 9));
  if (words.starts_with("> ")) return {Kind::quote, 0};
  if (words.starts_with("#")) {
    const auto end = words.find_first_not_of('#');
    if (end != std::string_view::npos && end <= 6 && words[end] == ' ') return {Kind::heading, static_cast<std::uint8_t>(end)};
  }
  for (std::string_view bullet : {"- ", "* ", "• ", "‣ ", "◦ ", "· ", "▪ ", "● ", "■ ", "•\t", "-\t", "*\t"})
    if (words.starts_with(bullet)) return {Kind::item, depth};
  std::size_t digits = 0;
  while (digits < words.size() && words[digits] >= '0' && words[digits] <= '9') ++digits;
  if (digits > 0 && digits <= 2 && digits + 1 < words.size() && (words[digits] == '.' || words[digits] == ')') &&
      words[digits + 1] == ' ')
    return {Kind::item, depth};
  return {};
}

bool starts_lower(std::string_view words) {
  std::size_t at = 0;
  return !words.empty() && utf8::is_lower(utf8::next(words, at));
}

// Hard-wrapped: no line is long, most lines inside a paragraph are nearly as long as the longest, and sentences run over line
// ends.
bool is_wrapped(std::string_view text, const std::vector<Line>& lines) {
  std::uint32_t longest = 0;
  for (const Line& line : lines) longest = std::max(longest, line.length + line.indent);
  if (longest > kWrapAtMost || longest < 30) return false;
  std::size_t inside = 0, full = 0, run_on = 0, stopped = 0;
  for (std::size_t i = 0; i + 1 < lines.size(); ++i) {
    if (lines[i].span.empty() || lines[i + 1].span.empty()) continue;
    if (marker_of(lines[i + 1].span.of(text), 0).kind != Kind::paragraph) continue;
    ++inside;
    full += lines[i].length * 4 >= longest * 3;
    run_on += starts_lower(lines[i + 1].span.of(text));
    stopped += lines[i].ends_sentence;
  }
  if (inside < 3 || full * 4 < inside * 3) return false;
  // Scripts without capitals: there only the missing stops can tell, and a list of headlines misses them, too.
  return run_on * 10 >= inside * 3 ||
         (run_on == 0 && stopped > 0 && stopped * 3 < inside && full * 10 >= inside * 9 && longest <= 50);
}

class Cutter {
 public:
  Cutter(Article& article, std::vector<Line> lines, bool wrapped)
      : article_(article), lines_(std::move(lines)), wrapped_(wrapped) {}

  void run() {
    std::uint32_t longest = 0;
    for (const Line& line : lines_) longest = std::max(longest, line.length + line.indent);
    for (std::size_t i = 0; i < lines_.size();) {
      if (lines_[i].span.empty()) {
        ++i;
        continue;
      }
      const Marker marker = marker_of(words(i), lines_[i].indent);
      std::size_t last = i;
      if (wrapped_)
        while (joins(last, i, longest)) ++last;
      add(i, last, marker);
      i = last + 1;
    }
  }

 private:
  std::string_view words(std::size_t i) const { return lines_[i].span.of(article_.text); }

  // Does line `last` + 1 go on with the paragraph that began at `first`?
  bool joins(std::size_t last, std::size_t first, std::uint32_t longest) const {
    const std::size_t next = last + 1;
    if (next >= lines_.size() || lines_[next].span.empty()) return false;
    if (marker_of(words(next), 0).kind != Kind::paragraph || marker_of(words(last), 0).kind == Kind::heading) return false;
    if (lines_[next].indent >= 2 && lines_[next].indent > lines_[last].indent && marker_of(words(first), 0).kind != Kind::item)
      return false;
    // A short line is the end of a paragraph, or a title or byline of its own, unless the sentence plainly goes on.
    return lines_[last].length * 10 >= longest * 6 || starts_lower(words(next));
  }

  void add(std::size_t first, std::size_t last, Marker marker) {
    Block block;
    block.span = {lines_[first].span.begin, lines_[last].span.end};
    block.kind = marker.kind;
    block.level = marker.level;
    article_.blocks.push_back(std::move(block));
  }

  Article& article_;
  std::vector<Line> lines_;
  bool wrapped_;
};

std::uint32_t length_of(const Article& article, const Block& block) {
  return static_cast<std::uint32_t>(utf8::count(block.span.of(article.text)));
}

bool ends_open(std::string_view words) {
  const char32_t c = last_of(words);
  return c != '.' && c != U'…' && c != U'。' && c != ';' && c != ',' && c != ':' && c != '!' && c != 0;
}

bool is_capitals(std::string_view words) {
  std::size_t upper = 0;
  for (std::size_t at = 0; at < words.size();) {
    const char32_t c = utf8::next(words, at);
    if (utf8::is_lower(c)) return false;
    upper += utf8::is_upper(c);
  }
  return upper >= 4;
}

// A text follows: some later block is long or ends as a sentence does.
bool is_prose(const Article& article, const Block& block) {
  if (block.kind != Kind::paragraph) return false;
  const std::string_view words = block.span.of(article.text);
  return length_of(article, block) >= kParagraphFrom || (is_stop(last_of(words)) && words.size() > 60);
}

void find_title_and_headings(Article& article, std::size_t from) {
  std::vector<Block>& blocks = article.blocks;
  const auto short_open = [&](std::size_t i, std::uint32_t at_most) {
    return blocks[i].kind == Kind::paragraph && length_of(article, blocks[i]) <= at_most &&
           ends_open(blocks[i].span.of(article.text));
  };
  if (from < blocks.size() && article.meta.title.empty() && short_open(from, kTitleAtMost)) {
    const std::size_t look = std::min(blocks.size(), from + 12);
    for (std::size_t i = from + 1; i < look; ++i)
      if (is_prose(article, blocks[i])) {
        blocks[from].kind = Kind::title;
        break;
      }
  }
  // A heading stands alone before a paragraph; several short lines in a row are a list of some kind, which tidy looks at.
  for (std::size_t i = from + 1; i + 1 < blocks.size(); ++i) {
    if (blocks[i].kind != Kind::paragraph || !is_prose(article, blocks[i + 1])) continue;
    const std::string_view words = blocks[i].span.of(article.text);
    const bool after_prose =
        is_prose(article, blocks[i - 1]) || blocks[i - 1].kind == Kind::item || blocks[i - 1].kind == Kind::quote;
    if (!short_open(i, kHeadingAtMost) || (!after_prose && !is_capitals(words))) continue;
    std::size_t first = 0;
    const char32_t c = utf8::next(words, first);
    if (!utf8::is_upper(c) && !utf8::is_digit(c) && utf8::is_lower(c)) continue;
    blocks[i].kind = Kind::heading;
    blocks[i].level = 2;
  }
}

}  // namespace

Result<void> parse_plain(std::string_view body, Article& article) {
  if (!article.text.empty()) article.text += "\n\n";
  const std::size_t from_byte = article.text.size();
  article.text += body;
  const std::size_t from_block = article.blocks.size();
  std::vector<Line> lines = cut_lines(article.text, from_byte);
  const bool wrapped = is_wrapped(article.text, lines);
  Cutter(article, std::move(lines), wrapped).run();
  find_title_and_headings(article, from_block);
  return {};
}

}  // namespace tearsheet
