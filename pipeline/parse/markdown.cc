// Markdown: md4c's events gathered into blocks.
#include "pipeline/parse/markdown.h"

#include <md4c.h>

#include <algorithm>
#include <string>
#include <vector>

#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/entity.h"
#include "pipeline/parse/html_text.h"
#include "pipeline/parse/plain.h"

namespace tearsheet {
namespace {

constexpr std::size_t kNestedAtMost = 64;
constexpr std::size_t kLongLine = 100;  // a source line longer than this was never wrapped: its end is a paragraph's end

class Gatherer {
 public:
  explicit Gatherer(Article& article) : article_(article) {}

  void enter(MD_BLOCKTYPE type, void* detail) {
    if (type == MD_BLOCK_LI || type == MD_BLOCK_QUOTE || type == MD_BLOCK_UL || type == MD_BLOCK_OL) flush();
    if (type == MD_BLOCK_QUOTE) ++quotes_;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) ++lists_;
    if (type == MD_BLOCK_H) level_ = static_cast<MD_BLOCK_H_DETAIL*>(detail)->level;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) cell_ = true;
    if (type == MD_BLOCK_CODE) code_ = true;
    if (type == MD_BLOCK_HTML) html_ = true;
  }

  void leave(MD_BLOCKTYPE type) {
    flush();
    if (type == MD_BLOCK_QUOTE) --quotes_;
    if (type == MD_BLOCK_UL || type == MD_BLOCK_OL) --lists_;
    if (type == MD_BLOCK_H) level_ = 0;
    if (type == MD_BLOCK_TD || type == MD_BLOCK_TH) cell_ = false;
    if (type == MD_BLOCK_CODE) code_ = false;
    if (type == MD_BLOCK_HTML) html_ = false;
  }

  void enter(MD_SPANTYPE type) { images_ += type == MD_SPAN_IMG; }
  void leave(MD_SPANTYPE type) {
    if (type != MD_SPAN_IMG || --images_ > 0) return;
    captions_.push_back(std::move(alt_));
    alt_.clear();
  }

  void text(MD_TEXTTYPE type, std::string_view words) {
    std::string& into = images_ > 0 ? alt_ : text_;
    switch (type) {
      case MD_TEXT_NULLCHAR:
        return;
      case MD_TEXT_BR:
        into += '\n';
        return;
      case MD_TEXT_SOFTBR:
        into += '\n';
        return;
      case MD_TEXT_ENTITY:
        into += decode_entities(words);
        return;
      case MD_TEXT_HTML:
        // A tag inside a line parts nothing but <br>; a block of HTML is kept whole and stripped at its end.
        if (html_)
          into += words;
        else if (words.starts_with("<br") || words.starts_with("<BR"))
          into += '\n';
        return;
      default:
        into += words;
    }
  }

 private:
  void flush() {
    if (html_) {
      for (const std::string& line : lines_of_html(text_)) append_block(article_, line, Kind::paragraph);
    } else if (!trim(text_).empty()) {
      put(text_);
    }
    text_.clear();
    for (const std::string& caption : captions_)
      append_block(article_, one_line(caption), Kind::caption, Use::caption, "image text");
    captions_.clear();
  }

  void put(std::string_view text) {
    if (level_ > 0) {
      const bool is_title = level_ == 1 && article_.meta.title.empty() && !has_use(article_, Use::title);
      Block* block = append_block(article_, one_line(text), is_title ? Kind::title : Kind::heading,
                                  is_title ? Use::title : Use::body, is_title ? "first heading" : "");
      if (block != nullptr) block->level = static_cast<std::uint8_t>(level_);
      return;
    }
    const Kind kind = cell_ ? Kind::cell : lists_ > 0 ? Kind::item : quotes_ > 0 ? Kind::quote : Kind::paragraph;
    std::string paragraph;
    while (!text.empty()) {
      const std::size_t end = std::min(text.find('\n'), text.size());
      const std::string_view line = text.substr(0, end);
      text.remove_prefix(std::min(end + 1, text.size()));
      if (!paragraph.empty()) paragraph += ' ';
      paragraph += line;
      const bool ends = utf8::count(line) > kLongLine && kind == Kind::paragraph && !code_;
      if (!ends && !text.empty()) continue;
      if (Block* block = append_block(article_, one_line(paragraph), kind))
        block->level = static_cast<std::uint8_t>(std::min<std::size_t>(lists_, 9));
      paragraph.clear();
    }
  }

  Article& article_;
  std::string text_, alt_;
  std::vector<std::string> captions_;
  std::size_t quotes_ = 0, lists_ = 0, images_ = 0;
  unsigned level_ = 0;
  bool cell_ = false, code_ = false, html_ = false;
};

int on_enter_block(MD_BLOCKTYPE type, void* detail, void* self) { return static_cast<Gatherer*>(self)->enter(type, detail), 0; }
int on_leave_block(MD_BLOCKTYPE type, void*, void* self) { return static_cast<Gatherer*>(self)->leave(type), 0; }
int on_enter_span(MD_SPANTYPE type, void*, void* self) { return static_cast<Gatherer*>(self)->enter(type), 0; }
int on_leave_span(MD_SPANTYPE type, void*, void* self) { return static_cast<Gatherer*>(self)->leave(type), 0; }
int on_text(MD_TEXTTYPE type, const MD_CHAR* text, MD_SIZE size, void* self) {
  return static_cast<Gatherer*>(self)->text(type, std::string_view(text, size)), 0;
}

// Quotes and brackets nested so deep are no article, and md4c takes time by depth for each line.
bool is_too_deep(std::string_view body) {
  std::size_t depth = 0;  // quote marks and bullets at the line's start
  std::size_t open = 0;   // brackets
  bool at_start = true;
  for (char c : body) {
    if (c == '\n') {
      depth = open = 0;
      at_start = true;
    } else if (at_start && (c == '>' || c == '-' || c == '*' || c == '+')) {
      if (++depth > kNestedAtMost && c == '>') return true;
      if (depth > kNestedAtMost * 8) at_start = false;  // a ruled line
    } else if (c != ' ' && c != '\t') {
      at_start = false;
    }
    if (c == '[' && ++open > kNestedAtMost * 4) return true;
    if (c == ']' && open > 0) --open;
  }
  return false;
}

}  // namespace

Result<void> parse_markdown(std::string_view body, Article& article) {
  if (is_too_deep(body)) {
    article.notes.push_back({"N014", "Markdown nested too deep; read as plain text"});
    return parse_plain(body, article);
  }
  Gatherer gatherer(article);
  const MD_PARSER parser{0,
                         MD_FLAG_TABLES | MD_FLAG_STRIKETHROUGH | MD_FLAG_NOINDENTEDCODEBLOCKS,
                         on_enter_block,
                         on_leave_block,
                         on_enter_span,
                         on_leave_span,
                         on_text,
                         nullptr,
                         nullptr};
  if (md_parse(body.data(), static_cast<MD_SIZE>(body.size()), &parser, &gatherer) != 0) {
    article.notes.push_back({"N014", "Markdown could not be read (out of memory); read as plain text"});
    return parse_plain(body, article);
  }
  return {};
}

}  // namespace tearsheet
