// HTML body: one walk over the region; every block tag closes the block before it.
#include "pipeline/parse/html_body.h"

#include <string>
#include <vector>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kProseFrom = 60;  // letters a paragraph has at least to count
constexpr std::uint32_t kSentence = 110;  // letters of a paragraph beside an image that is no caption
constexpr std::size_t kLeadBlocks = 3;    // paragraphs of a standfirst at most
constexpr std::size_t kLeadLetters = 1000;
constexpr std::uint32_t kEmbedAtMost = 1500;  // letters of an embedded post at most
constexpr std::string_view kBesideImage = "beside an image";

class Writer {
 public:
  Writer(const Page& page, const Region& region, Article& article)
      : page_(page), nodes_(page.nodes()), region_(region), article_(article), title_(squash(article.meta.title)) {}

  std::size_t run() {
    if (nodes_.empty()) return 0;
    const std::uint32_t root = region_.root;
    count_boxes(root);
    for (std::uint32_t i = root; i < nodes_[root].end;) i = step(i);
    flush();
    return written_;
  }

 private:
  struct Open {
    std::uint32_t end;
    Kind kind;
    std::uint8_t level;
    Use use;
    std::string_view why;
  };

  std::uint32_t step(std::uint32_t i) {
    while (!open_.empty() && open_.back().end <= i) {
      flush();
      open_.pop_back();
    }
    while (!blocks_.empty() && blocks_.back() <= i) {
      flush();
      blocks_.pop_back();
    }
    while (!links_.empty() && links_.back() <= i) links_.pop_back();
    const PageNode& node = nodes_[i];
    if (region_.dropped[i] != 0 && i != region_.root) {
      if (!is_inline(node.tag)) flush();
      return node.end;
    }
    if (node.is_text()) {
      words_ += node.text;
      letters_ += node.letters;
      if (!links_.empty()) linked_ += node.letters;
    } else {
      enter(node);
    }
    return i + 1;
  }

  void enter(const PageNode& node) {
    if (node.tag == Tag::a) {
      links_.push_back(node.end);
      ++link_count_;
    }
    if (node.tag == Tag::br) {
      words_ += words_.ends_with('\n') ? "\n" : " \n";
      if (words_.ends_with("\n\n")) flush();
      return;
    }
    if (is_inline(node.tag)) return;
    flush();
    blocks_.push_back(node.end);
    in_paragraph_ = node.tag == Tag::p || is_heading(node.tag);
    if (const Open kind = kind_of(node); kind.end != 0) open_.push_back(kind);
  }

  Open kind_of(const PageNode& node) const {
    const std::uint32_t end = node.end;
    if (is_heading(node.tag))
      return {end,
              Kind::heading,
              static_cast<std::uint8_t>(1 + static_cast<int>(node.tag) - static_cast<int>(Tag::h1)),
              Use::body,
              {}};
    if ((node.names & kEmbedName) != 0 && node.letters <= kEmbedAtMost)
      return {end, Kind::quote, 0, Use::related, "embedded post"};
    switch (node.tag) {
      case Tag::li:
      case Tag::dd:
      case Tag::dt:
        return {end, Kind::item, 1, Use::body, {}};
      case Tag::blockquote:
        return {end, Kind::quote, 0, Use::body, {}};
      case Tag::figure:
      case Tag::figcaption:
      case Tag::caption:
        return {end, Kind::caption, 0, Use::caption, "figure"};
      case Tag::td:
      case Tag::th:
        if (node.letters < 200) return {end, Kind::cell, 0, Use::body, {}};
        break;
      default:
        break;
    }
    if (is_image_box(node) && &node != &nodes_[region_.root]) return {end, Kind::caption, 0, Use::caption, kBesideImage};
    if ((node.names & kCaptionName) != 0 && node.letters < 400)
      return {end, Kind::caption, 0, Use::caption, "named as a caption"};
    return {0, Kind::paragraph, 0, Use::body, {}};
  }

  // "MORE: Plant opens", "[Related: Plant opens]": a word or a few, a colon, and a link to the end.
  static bool is_pointer(std::string_view line, std::uint32_t letters, std::uint32_t linked, Kind kind) {
    if (kind == Kind::heading || kind == Kind::cell || line.size() > 300 || linked * 2 < letters) return false;
    const auto colon = line.substr(0, 40).find_first_of(":|");
    return colon != std::string_view::npos && line.size() - colon >= 12 && letters - linked <= colon + 4;
  }

  // An image or two and a few words.
  static bool is_image_box(const PageNode& node) {
    return node.images > 0 && node.images <= 2 && node.tag != Tag::p && node.letters <= 300 && node.letters > 0;
  }

  void count_boxes(std::uint32_t root) {
    std::uint64_t boxed = 0;
    for (std::uint32_t i = root + 1; i < nodes_[root].end;) {
      const bool box = !nodes_[i].is_text() && !is_inline(nodes_[i].tag) && is_image_box(nodes_[i]);
      if (box) boxed += nodes_[i].letters;
      i = box || region_.dropped[i] != 0 ? nodes_[i].end : i + 1;
    }
    few_beside_images_ = boxed * 4 < nodes_[root].letters;
  }

  void flush() {
    const std::string line = one_line(words_);
    const std::uint32_t letters = letters_, linked = linked_, links = link_count_;
    words_.clear();
    letters_ = linked_ = link_count_ = 0;
    if (line.empty()) return;
    Open kind = open_.empty() ? Open{0, Kind::paragraph, 0, Use::body, {}} : open_.back();
    if (kind.why == kBesideImage && (!few_beside_images_ || (in_paragraph_ && letters >= kSentence)))
      kind = Open{0, Kind::paragraph, 0, Use::body, {}};
    // Teasers and pointers: nothing but a link, or mostly links. A cell of a table may well be one link, but not a menu.
    const bool pointer = is_pointer(line, letters, linked, kind.kind);
    const bool all_linked = linked > 0 && linked * 10 >= letters * 9;
    if (all_linked && (kind.kind != Kind::cell || links >= 3)) return;
    if (kind.kind == Kind::item && linked * 2 > letters) return;
    if (squash(line) == title_) return;  // it stands above as the title
    Block* block = append_block(article_, line, kind.kind, pointer && kind.use == Use::body ? Use::related : kind.use,
                                pointer ? "a word and a link" : kind.why);
    if (block == nullptr) return;
    block->level = kind.level;
    if (kind.use == Use::body && letters >= kProseFrom) written_ += letters;
  }

  const Page& page_;
  const std::vector<PageNode>& nodes_;
  const Region& region_;
  Article& article_;
  std::string title_;
  std::vector<Open> open_;                     // elements that give what is inside them a kind
  std::vector<std::uint32_t> blocks_, links_;  // ends of the open block elements and links
  std::string words_;
  std::uint32_t letters_ = 0, linked_ = 0, link_count_ = 0;  // of the block being gathered
  std::size_t written_ = 0;
  bool in_paragraph_ = false;
  bool few_beside_images_ = true;  // false where the article itself is told in boxes of an image and some words
};

}  // namespace

void append_lead(const Page& page, const Region& region, std::uint32_t headline, Article& article) {
  const auto& nodes = page.nodes();
  if (headline == 0 || headline >= region.root || nodes[headline].end > region.root) return;
  std::vector<std::string> lead;
  std::size_t letters = 0;
  for (std::uint32_t i = nodes[headline].end; i < region.root;) {
    const PageNode& node = nodes[i];
    const bool paragraph = node.tag == Tag::p || is_heading(node.tag) || (node.names & kStandfirstName) != 0;
    const bool holds_region = node.end > region.root;
    if (region.dropped[i] != 0 || node.tag == Tag::figure || (paragraph && !holds_region)) {
      const bool prose = region.dropped[i] == 0 && node.tag != Tag::figure && node.letters >= kProseFrom &&
                         node.linked * 5 < node.letters * 2 && (node.names & (kAuthorName | kDateName | kCaptionName)) == 0;
      if (prose) {
        lead.push_back(page.words(i));
        letters += node.letters;
      }
      i = node.end;
      continue;
    }
    ++i;
  }
  if (lead.size() > kLeadBlocks || letters > kLeadLetters) return;
  for (const std::string& words : lead) append_block(article, words, Kind::paragraph, Use::excerpt, "standfirst");
}

std::size_t append_region(const Page& page, const Region& region, Article& article) {
  return Writer(page, region, article).run();
}

}  // namespace tearsheet
