// HTML region: prose by paragraphs, furniture by tag, role and name, then one way down the tree.
#include "pipeline/parse/html_region.h"

#include <algorithm>

#include "base/fold.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kProseFrom = 60;  // letters a paragraph has at least to count
constexpr std::uint64_t kNearlyAll = 85;  // percent of the prose that a child must hold to be gone into
constexpr std::uint64_t kMost = 60;       // percent of the page's prose that no furniture holds
constexpr std::uint64_t kMuch = 25;       // the same for what only a doubtful name calls furniture
constexpr std::uint32_t kFormBox = 600;   // letters of a box around a form at most

bool is_furniture_tag(Tag tag) {
  return tag == Tag::nav || tag == Tag::footer || tag == Tag::aside || tag == Tag::form || tag == Tag::menu;
}

bool is_frame(Tag tag) { return tag == Tag::html || tag == Tag::body || tag == Tag::article || tag == Tag::main; }

class Finder {
 public:
  Finder(const Page& page, Strictness how) : page_(page), nodes_(page.nodes()), how_(how) {}

  Region run() {
    if (nodes_.empty()) return {};
    find_prose();
    find_furniture();
    take_furniture_off();
    region_.root = choose();
    return std::move(region_);
  }

 private:
  void find_prose() {
    region_.prose.assign(nodes_.size(), 0);
    titles_.assign(nodes_.size(), 0);
    std::vector<std::uint32_t> direct(nodes_.size(), 0);  // letters right below, or in inline elements right below
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      const PageNode& node = nodes_[i];
      if (node.is_text())
        direct[node.parent] += node.letters;
      else if (is_inline(node.tag))
        direct[node.parent] += direct[i];
    }
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      const PageNode& node = nodes_[i];
      const bool block = !node.is_text() && !is_inline(node.tag) && !is_never(node.tag);
      if (block && direct[i] >= kProseFrom && node.linked * 5 < node.letters * 2) region_.prose[i] += direct[i];
      if (is_never(node.tag)) region_.prose[i] = 0;
      titles_[i] += node.tag == Tag::h1;
      if (i > 0) {
        region_.prose[node.parent] += region_.prose[i];
        titles_[node.parent] += titles_[i];
      }
    }
  }

  void find_furniture() {
    region_.dropped.assign(nodes_.size(), 0);
    const std::uint64_t all = region_.prose[0];
    std::vector<std::uint8_t> inside(nodes_.size(), 0);  // of article or main; of a body by name
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const PageNode& node = nodes_[i];
      if (i > 0) {
        inside[i] = inside[node.parent];
        if (region_.dropped[node.parent] != 0) region_.dropped[i] = 1;
      }
      if (node.is_text() || region_.dropped[i] != 0) continue;
      if (node.tag == Tag::article || node.tag == Tag::main) inside[i] |= 1;
      if (is_body(node)) inside[i] |= 2;
      if (is_never(node.tag)) {
        region_.dropped[i] = 1;
        continue;
      }
      const std::uint64_t share = all == 0 ? 0 : region_.prose[i] * std::uint64_t{100} / all;
      region_.dropped[i] = share < limit(node, inside[i], region_.prose[i]);
      if (node.tag == Tag::form && region_.dropped[i] != 0 && how_ == Strictness::strict)
        drop_box_of(static_cast<std::uint32_t>(i));
    }
  }

  bool is_body(const PageNode& node) const {
    return (node.names & kBodyName) != 0 || page_.attribute(node, "itemprop") == "articleBody";
  }

  // Percent of the page's prose below which the element is furniture; 0 = it is none.
  std::uint64_t limit(const PageNode& node, std::uint8_t inside, std::uint32_t prose) const {
    if (is_furniture_tag(node.tag)) return kMost;
    if (node.tag == Tag::header) return inside != 0 ? 0 : kMost;
    if (is_frame(node.tag) || is_inline(node.tag)) return 0;
    if (is_hidden(node) && !is_paid_part(node, inside, prose)) return kMost;
    if (node.tag == Tag::p || node.tag == Tag::h1) return 0;
    const std::string_view role = page_.attribute(node, "role");
    if (role == "navigation" || role == "complementary" || role == "dialog" || role == "banner" || role == "contentinfo")
      return kMost;
    if (how_ == Strictness::lenient) return 0;
    const std::string_view prop = page_.attribute(node, "itemprop");
    if (prop == "articleBody" || prop == "description" || prop == "headline") return 0;
    if ((node.names & kFurnitureName) != 0) return (node.names & kBodyName) != 0 ? kMuch : kMost;
    return (node.names & kDoubtfulName) != 0 ? ((node.names & kStandfirstName) != 0 ? 0 : kMuch) : 0;
  }

  // The rest of a text, hidden from who has not paid: a paragraph or more right inside the body.
  bool is_paid_part(const PageNode& node, std::uint8_t inside, std::uint32_t prose) const {
    return (inside & 2) != 0 && prose > 0 && (node.names & kPaidName) != 0 && is_body(nodes_[node.parent]);
  }

  bool is_hidden(const PageNode& node) const { return (node.names & kHiddenName) != 0 || page_.has_attribute(node, "hidden"); }

  // "Get our newsletter ... [mail] [send]": the words beside a form belong to it.
  void drop_box_of(std::uint32_t form) {
    std::uint32_t box = form;
    for (std::uint32_t up = nodes_[form].parent; up != 0 && !is_frame(nodes_[up].tag) && nodes_[up].letters <= kFormBox;
         up = nodes_[up].parent) {
      if ((nodes_[up].names & kBodyName) != 0) break;
      box = up;
    }
    if (box == form || region_.prose[box] * std::uint64_t{10} > region_.prose[0]) return;
    const bool asks = std::any_of(nodes_.begin() + form, nodes_.begin() + nodes_[form].end, [&](const PageNode& node) {
      return node.tag == Tag::input && page_.attribute(node, "type") != "hidden";
    });
    if (asks) std::fill(region_.dropped.begin() + box, region_.dropped.begin() + nodes_[box].end, std::uint8_t{1});
  }

  // What was dropped is no prose of the elements above.
  void take_furniture_off() {
    std::vector<std::uint32_t> lost(nodes_.size(), 0);
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      if (region_.dropped[i] != 0) {
        if (region_.dropped[nodes_[i].parent] == 0) lost[nodes_[i].parent] += region_.prose[i];
        continue;
      }
      lost[nodes_[i].parent] += lost[i];
      region_.prose[i] -= std::min(region_.prose[i], lost[i]);
    }
    region_.prose[0] -= std::min(region_.prose[0], lost[0]);
  }

  std::uint32_t choose() const {
    const auto& prose = region_.prose;
    for (std::uint32_t at = 0;;) {
      std::uint32_t into = at, first_article = at, articles = 0;
      for (std::uint32_t child = at + 1; child < nodes_[at].end; child = nodes_[child].end) {
        if (region_.dropped[child] != 0 || nodes_[child].is_text()) continue;
        if (prose[child] * std::uint64_t{100} >= prose[at] * kNearlyAll && prose[child] > 0) into = child;
        const bool is_article = (nodes_[child].tag == Tag::article && (titles_[child] > 0 || titles_[at] == 0)) ||
                                page_.attribute(nodes_[child], "itemprop") == "articleBody" ||
                                (titles_[child] > 0 && titles_[child] < titles_[at]);  // a second headline is another article
        if (is_article && prose[child] * std::uint64_t{5} >= prose[at] && prose[child] >= kProseFrom * 3 && articles++ == 0)
          first_article = child;
      }
      if (into == at && articles > 0) into = first_article;
      // A list or a table is a part of the article, not the whole of it; the paragraph itself is no container.
      const Tag tag = nodes_[into].tag;
      if (into == at || tag == Tag::p || tag == Tag::li || tag == Tag::td || tag == Tag::tr || tag == Tag::blockquote) return at;
      at = into;
    }
  }

  const Page& page_;
  const std::vector<PageNode>& nodes_;
  Strictness how_;
  Region region_;
  std::vector<std::uint32_t> titles_;  // number of <h1> below each node
};

}  // namespace

Region find_region(const Page& page, Strictness how) { return Finder(page, how).run(); }

}  // namespace tearsheet
