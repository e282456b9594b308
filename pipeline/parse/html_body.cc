// HTML body: prose by text density, furniture by tag and name, then one walk that writes blocks.
#include "pipeline/parse/html_body.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kProseFrom = 60;  // letters a paragraph has at least to count
constexpr std::uint32_t kNearlyAll = 85;  // percent of the prose that a child must hold to be gone into
constexpr std::uint32_t kMost = 60;       // percent of the prose that no furniture holds

bool is_one_of(std::string_view name, std::string_view padded) {
  const auto at = padded.find(name);
  for (std::size_t i = at; i != std::string_view::npos; i = padded.find(name, i + 1))
    if (i > 0 && padded[i - 1] == ' ' && padded[i + name.size()] == ' ') return !name.empty();
  return false;
}

constexpr std::string_view kNever =
    " title script style noscript template iframe object embed canvas svg math head select option datalist dialog audio video button "
    "textarea input ";
constexpr std::string_view kFurnitureTags = " nav footer aside form menu ";
constexpr std::string_view kInline =
    " a abbr acronym b bdi bdo big cite code data del dfn em font i ins kbd label mark q s samp small span strike strong sub sup "
    "time tt u var wbr ";
// Parts of class and id names, as words: "related-posts", "shareBar", "newsletter_box".
constexpr std::string_view kFurnitureWords =
    " related recommended recommendations newsletter newsletters subscribe subscription signup share sharing social sociallinks "
    "cookie cookies consent gdpr comment comments disqus "
    "sidebar breadcrumb breadcrumbs nav navbar navigation menu footer promo promos promotion advert advertisement advertising "
    "ad ads adslot banner popup modal overlay trending popular "
    "mostread outbrain taboola sponsored tags taglist toolbar pagination pager widget teaser teasers readmore readnext morenews "
    "morefrom authorbio bio masthead skip copyright "
    "disclaimer poll quiz carousel slider marketing paywall login hidden ";

// The words of a class or id: cut at signs and at small-to-capital; lower case.
bool names_furniture(std::string_view name) {
  std::string word;
  const auto known = [&] { return word.size() >= 2 && is_one_of(word, kFurnitureWords); };
  for (std::size_t i = 0; i < name.size(); ++i) {
    const char c = name[i];
    const bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    const bool upper = c >= 'A' && c <= 'Z';
    const bool edge = !letter || (upper && i > 0 && name[i - 1] >= 'a' && name[i - 1] <= 'z');
    if (edge) {
      if (known()) return true;
      word.clear();
    }
    if (letter) word.push_back(upper ? static_cast<char>(c - 'A' + 'a') : c);
  }
  return known();
}

bool is_hidden(const Page& page, const PageNode& node) {
  const std::string style = lower_ascii(page.attribute(node, "style").substr(0, 200));
  return style.find("display:none") != std::string::npos || style.find("display: none") != std::string::npos;
}

class Reader {
 public:
  Reader(const Page& page, Article& article) : page_(page), nodes_(page.nodes()), article_(article) {}

  std::size_t run() {
    find_prose();
    find_furniture();
    write(choose());
    return written_;
  }

 private:
  // Prose of an element: the letters of its paragraphs, each credited to all elements above it.
  void find_prose() {
    prose_.assign(nodes_.size(), 0);
    titles_.assign(nodes_.size(), 0);
    std::vector<std::uint32_t> direct(nodes_.size(), 0);  // letters right below, or in inline elements right below
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      const PageNode& node = nodes_[i];
      if (node.type == PageNode::Type::text || is_one_of(node.tag, kInline))
        direct[node.parent] += node.type == PageNode::Type::text ? node.letters : direct[i];
    }
    for (std::size_t i = nodes_.size(); i-- > 0;) {
      const PageNode& node = nodes_[i];
      const bool block = node.type == PageNode::Type::element && !is_one_of(node.tag, kInline) && !is_one_of(node.tag, kNever);
      if (block && direct[i] >= kProseFrom && node.linked * 5 < node.letters * 2) prose_[i] += direct[i];
      if (is_one_of(node.tag, kNever)) prose_[i] = 0;
      titles_[i] += node.tag == "h1";
      if (i > 0) {
        prose_[node.parent] += prose_[i];
        titles_[node.parent] += titles_[i];
      }
    }
  }

  void find_furniture() {
    dropped_.assign(nodes_.size(), false);
    const std::uint32_t all = prose_.empty() ? 0 : prose_[0];
    std::vector<bool> in_article(nodes_.size(), false);
    for (std::size_t i = 0; i < nodes_.size(); ++i) {
      const PageNode& node = nodes_[i];
      in_article[i] = (i > 0 && in_article[node.parent]) || node.tag == "article" || node.tag == "main";
      if (i > 0 && dropped_[node.parent]) {
        dropped_[i] = true;
        continue;
      }
      if (node.type == PageNode::Type::text) continue;
      if (is_one_of(node.tag, kNever)) {
        dropped_[i] = true;
      } else if (is_furniture(node, in_article[i])) {
        dropped_[i] = all == 0 || prose_[i] * std::uint64_t{100} < std::uint64_t{all} * kMost;
      }
    }
    // What was dropped is no prose of the elements above.
    std::vector<std::uint32_t> lost(nodes_.size(), 0);
    for (std::size_t i = nodes_.size(); i-- > 1;) {
      if (dropped_[i] && !dropped_[nodes_[i].parent])
        lost[nodes_[i].parent] += prose_[i];
      else if (!dropped_[i])
        lost[nodes_[i].parent] += lost[i];
      if (!dropped_[i]) prose_[i] -= std::min(prose_[i], lost[i]);
    }
    if (!prose_.empty()) prose_[0] -= std::min(prose_[0], lost[0]);
  }

  bool is_furniture(const PageNode& node, bool in_article) const {
    if (is_one_of(node.tag, kFurnitureTags)) return true;
    if (node.tag == "header") return !in_article;
    if (node.tag == "body" || node.tag == "html" || node.tag == "article" || node.tag == "main" || is_one_of(node.tag, kInline))
      return false;
    if (is_hidden(page_, node)) return true;
    if (node.tag == "p" || node.tag == "h1") return false;
    const std::string_view role = page_.attribute(node, "role");
    if (role == "navigation" || role == "complementary" || role == "dialog" || role == "banner" || role == "contentinfo")
      return true;
    return names_furniture(page_.attribute(node, "class")) || names_furniture(page_.attribute(node, "id"));
  }

  // Down from the root while one child holds nearly all the prose; of several articles the first that is one.
  std::uint32_t choose() const {
    std::uint32_t at = 0;
    while (true) {
      std::uint32_t into = at;
      std::uint32_t first_article = at, articles = 0;
      for (std::uint32_t child = at + 1; child < nodes_[at].end; child = nodes_[child].end) {
        if (dropped_[child] || nodes_[child].type == PageNode::Type::text) continue;
        if (prose_[child] * std::uint64_t{100} >= std::uint64_t{prose_[at]} * kNearlyAll && prose_[child] > 0) into = child;
        const bool is_article = nodes_[child].tag == "article" || page_.attribute(nodes_[child], "itemprop") == "articleBody" ||
                                (titles_[child] > 0 && titles_[child] < titles_[at]);  // a second headline is another article
        if (is_article && prose_[child] * std::uint64_t{5} >= prose_[at] && prose_[child] >= kProseFrom * 3 && articles++ == 0)
          first_article = child;
      }
      if (into == at && articles > 0) into = first_article;
      // A list or a table is a part of the article, not the whole of it; the paragraph itself is no container.
      if (into == at || is_one_of(nodes_[into].tag, " p li td tr blockquote ")) return at;
      at = into;
    }
  }

  struct Open {
    std::uint32_t end;
    Kind kind;
    std::uint8_t level;
  };

  void write(std::uint32_t root) {
    if (nodes_.empty()) return;
    std::vector<Open> open;  // elements that give what is inside them a kind
    for (std::uint32_t i = root; i < nodes_[root].end;) {
      while (!open.empty() && open.back().end <= i) {
        flush(open);
        open.pop_back();
      }
      while (!blocks_.empty() && blocks_.back() <= i) {
        flush(open);
        blocks_.pop_back();
      }
      while (!links_.empty() && links_.back() <= i) links_.pop_back();
      const PageNode& node = nodes_[i];
      if (dropped_[i] && i != root) {
        if (!is_one_of(node.tag, kInline)) flush(open);
        i = node.end;
        continue;
      }
      if (node.type == PageNode::Type::text) {
        words_ += node.text;
        letters_ += node.letters;
        if (!links_.empty()) linked_ += node.letters;
        ++i;
        continue;
      }
      enter(node, open);
      ++i;
    }
    flush(open);
  }

  void enter(const PageNode& node, std::vector<Open>& open) {
    if (node.tag == "a") {
      links_.push_back(node.end);
      ++link_count_;
    }
    if (node.tag == "br") {
      words_ += words_.ends_with('\n') ? "\n" : " \n";
      if (words_.ends_with("\n\n")) flush(open);
      return;
    }
    if (is_one_of(node.tag, kInline)) return;
    flush(open);
    blocks_.push_back(node.end);
    const bool heading = node.tag.size() == 2 && node.tag[0] == 'h' && node.tag[1] >= '1' && node.tag[1] <= '6';
    if (heading)
      open.push_back({node.end, Kind::heading, static_cast<std::uint8_t>(node.tag[1] - '0')});
    else if (node.tag == "li" || node.tag == "dd" || node.tag == "dt")
      open.push_back({node.end, Kind::item, 1});
    else if (node.tag == "blockquote")
      open.push_back({node.end, Kind::quote, 0});
    else if (node.tag == "figure" || node.tag == "figcaption" || node.tag == "caption")
      open.push_back({node.end, Kind::caption, 0});
    else if ((node.tag == "td" || node.tag == "th") && node.letters < 200)
      open.push_back({node.end, Kind::cell, 0});
  }

  void flush(const std::vector<Open>& open) {
    const std::string line = one_line(words_);
    const std::uint32_t letters = letters_;
    const std::uint32_t linked = linked_;
    const std::uint32_t links = link_count_;
    words_.clear();
    letters_ = linked_ = link_count_ = 0;
    if (line.empty()) return;
    const Open kind = open.empty() ? Open{0, Kind::paragraph, 0} : open.back();
    // Teasers and pointers: nothing but a link, or mostly links. A cell of a table may well be one link, but not a menu.
    const bool all_linked = linked > 0 && linked * 10 >= letters * 9;
    if (all_linked && (kind.kind != Kind::cell || links >= 3)) return;
    if (kind.kind == Kind::item && linked * 2 > letters) return;
    if (squash(line) == squash(article_.meta.title)) return;  // it stands above as the title
    Block* block = append_block(article_, line, kind.kind, kind.kind == Kind::caption ? Use::caption : Use::body,
                                kind.kind == Kind::caption ? "figure" : "");
    if (block == nullptr) return;
    block->level = kind.level;
    if (kind.kind != Kind::caption && letters >= kProseFrom) written_ += letters;
  }

  const Page& page_;
  const std::vector<PageNode>& nodes_;
  Article& article_;
  std::vector<std::uint32_t> prose_, titles_;  // letters of prose and number of <h1> below each node
  std::vector<bool> dropped_;
  std::vector<std::uint32_t> blocks_, links_;  // ends of the open block elements and links
  std::string words_;
  std::uint32_t letters_ = 0, linked_ = 0, link_count_ = 0;  // of the block being gathered
  std::size_t written_ = 0;
};

}  // namespace

std::size_t append_page_body(const Page& page, Article& article) { return Reader(page, article).run(); }

}  // namespace tearsheet
