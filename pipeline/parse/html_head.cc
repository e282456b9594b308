// HTML head: one walk for tags and attributes, one for the short lines.
#include "pipeline/parse/html_head.h"

#include <algorithm>

#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_attributes.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLineAtMost = 300;
constexpr std::size_t kHeadOfLine = 100;
constexpr std::size_t kLines = 1000;
constexpr std::uint32_t kSmallBox = 300;  // letters of a box whose name speaks for the lines in it

class Looker {
 public:
  explicit Looker(const Page& page) : page_(page), nodes_(page.nodes()) {}

  PageHead run() {
    for (std::uint32_t i = 0; i < nodes_.size(); ++i) {
      leave(i);
      const PageNode& node = nodes_[i];
      if (node.is_text()) {
        if (silent_until_ <= i) {
          if (!line_.empty()) line_ += ' ';  // "Jane Doe</a><span>3.11.2023": words of a line are looked at, not kept
          line_ += node.text;
        }
        continue;
      }
      tags(i);
      lines(i);
    }
    close_line(static_cast<std::uint32_t>(nodes_.size()));
    return std::move(head_);
  }

 private:
  struct Box {
    std::uint32_t end, names;
  };

  void tags(std::uint32_t index) {
    const PageNode& node = nodes_[index];
    switch (node.tag) {
      case Tag::meta:
        meta(node);
        return;
      case Tag::title:
        if (head_.title.empty()) head_.title = page_.words(index);
        return;
      case Tag::h1:
        if (std::string words = page_.words(index, true); !words.empty() && head_.headings.size() < 8)
          head_.headings.push_back({index, std::move(words)});
        return;
      case Tag::link:
        if (head_.canonical.empty() && lower_ascii(page_.attribute(node, "rel")) == "canonical")
          head_.canonical = page_.attribute(node, "href");
        return;
      case Tag::base:
        if (head_.base.empty()) head_.base = page_.attribute(node, "href");
        return;
      case Tag::html:
        head_.language = page_.attribute(node, "lang");
        return;
      default:
        break;
    }
    dates(index);
    authors(index);
  }

  void meta(const PageNode& node) {
    std::string_view key = page_.attribute(node, "property");
    if (key.empty()) key = page_.attribute(node, "name");
    if (key.empty()) key = page_.attribute(node, "itemprop");
    const std::string value = one_line(page_.attribute(node, "content"));
    if (!key.empty() && !value.empty()) head_.meta[lower_ascii(key)].push_back(value);
  }

  void dates(std::uint32_t index) {
    const PageNode& node = nodes_[index];
    const std::string_view prop = page_.attribute(node, "itemprop");
    const bool named = prop == "datePublished" || prop == "dateModified" || prop == "dateCreated";
    if (!named && node.tag != Tag::time) {
      // <abbr class="published" title="2012-05-31T10:00">
      const std::string_view title = (node.names & kDateName) != 0 && node.letters < 60 ? page_.attribute(node, "title") : "";
      if (title.size() >= 10 && title.size() < 40) add(head_.times, index, std::string(title));
      return;
    }
    std::string_view value = page_.attribute(node, "datetime");
    if (value.empty()) value = page_.attribute(node, "content");
    std::string text = value.empty() && node.letters < 60 ? page_.words(index) : std::string(value);
    if (named && !text.empty()) head_.meta[lower_ascii(prop)].push_back(text);
    add(head_.times, index, std::move(text));
  }

  void authors(std::uint32_t index) {
    const PageNode& node = nodes_[index];
    if (node.letters < 3 || node.letters > 200) return;
    const std::string_view rel = page_.attribute(node, "rel");
    const std::string_view prop = page_.attribute(node, "itemprop");
    const bool said = rel == "author" || prop == "author" || prop == "creator";
    const bool linked = node.tag == Tag::a && leads_to_author(page_.attribute(node, "href"));
    const bool named = (node.names & kAuthorName) != 0 && (node.names & kFurnitureName) == 0 && node.letters <= 100;
    if (!said && !linked && !named) return;
    add(head_.authors, index, page_.words(index));
    if (!head_.authors.empty() && head_.authors.back().node == index)
      head_.authors.back().sure = linked || rel == "author" || (said && node.letters < 40);
  }

  void add(std::vector<PlacedText>& list, std::uint32_t index, std::string text) {
    if (text.empty() || list.size() >= kLines) return;
    list.push_back(
        {index, std::move(text), nodes_[index].names | inherited() | (furniture_until_ > index ? kFurnitureName : 0u)});
  }

  std::uint32_t inherited() const { return boxes_.empty() ? 0 : boxes_.back().names; }

  // Lines end where block tags begin and end.
  void lines(std::uint32_t index) {
    const PageNode& node = nodes_[index];
    if (is_never(node.tag)) {
      silent_until_ = std::max(silent_until_, node.end);
      return;
    }
    const bool furniture = node.tag == Tag::nav || (node.names & (kFurnitureName | kEmbedName)) != 0;
    if (furniture && node.tag != Tag::body && !is_inline(node.tag) && node.letters * 4 < nodes_[0].letters)
      furniture_until_ = std::max(furniture_until_, node.end);
    if (node.tag == Tag::br || !is_inline(node.tag)) {
      close_line(index);
      ends_.push_back(node.end);
    }
    if (node.letters <= kSmallBox && node.letters > 0) boxes_.push_back({node.end, node.names | inherited()});
  }

  void leave(std::uint32_t index) {
    while (!ends_.empty() && ends_.back() <= index) {
      close_line(index);
      ends_.pop_back();
    }
    while (!boxes_.empty() && boxes_.back().end <= index) {
      if (boxes_.back().names != 0) line_names_ |= line_.empty() ? 0 : boxes_.back().names;
      boxes_.pop_back();
    }
  }

  void close_line(std::uint32_t index) {
    const std::uint32_t names = line_names_ | inherited() | (furniture_until_ >= index ? kFurnitureName : 0u);
    line_names_ = 0;
    if (line_.size() < 4 || line_.size() > 40 * kLineAtMost || head_.lines.size() >= kLines) {
      line_.clear();
      return;
    }
    std::string text = one_line(std::string_view(line_).substr(0, 4 * kLineAtMost));
    if (text.size() > kLineAtMost) text.resize(utf8::floor_boundary(text, kHeadOfLine));  // "(18.01.2018) The farmers ..."
    line_.clear();
    const bool digit = text.find_first_of("0123456789") != std::string::npos;
    if (digit || (names & kAuthorName) != 0 || text.size() <= 100) head_.lines.push_back({index, std::move(text), names});
  }

  const Page& page_;
  const std::vector<PageNode>& nodes_;
  PageHead head_;
  std::vector<Box> boxes_;
  std::vector<std::uint32_t> ends_;
  std::string line_;
  std::uint32_t line_names_ = 0;
  std::uint32_t silent_until_ = 0, furniture_until_ = 0;
};

}  // namespace

std::string_view PageHead::get(std::string_view key) const {
  const auto at = meta.find(key);
  return at == meta.end() ? std::string_view() : std::string_view(at->second.front());
}

PageHead read_head(const Page& page) { return Looker(page).run(); }

}  // namespace tearsheet
