// HTML guard: a scan from tag to tag.
#include "pipeline/parse/html_guard.h"

#include <algorithm>
#include <unordered_map>

#include <fmt/format.h>

namespace tearsheet {
namespace {

constexpr int kDepth = 512;
constexpr int kAttributes = 400;
constexpr std::size_t kTags = 500'000;

constexpr std::string_view kUncounted =
    " p li dt dd tr td th tbody thead tfoot option optgroup colgroup rt rp area base br col embed hr img input link meta param "
    "source track wbr html body head ";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

bool starts_with_fold(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[at + i]) != word[i]) return false;
  return true;
}

// The value behind "datePublished" in the data that a page's own scripts are fed with, quotes escaped or not.
std::string date_in_data(std::string_view data) {
  for (const std::string_view key : {"datePublished", "publishedDate", "published_at", "publishedAt", "publishDate", "createdDate"}) {
    const auto at = data.find(key);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = data.substr(at + key.size(), 80);
    const auto begin = rest.find_first_not_of("\\\"&quot;: ");
    if (begin == std::string_view::npos || begin < 2 || begin > 20) continue;
    const auto end = rest.find_first_of("\\\"&<", begin);
    if (end != std::string_view::npos && end - begin >= 8 && end - begin <= 40) return std::string(rest.substr(begin, end - begin));
  }
  return {};
}

struct Tag {
  std::string name;
  bool closing = false, self_closing = false;
  int attributes = 0;
  std::size_t end = 0;  // behind '>'
};

class Scanner {
 public:
  explicit Scanner(std::string_view html) : html_(html) { page_.html.reserve(html.size()); }

  GuardedPage run() {
    for (std::size_t at = 0; at < html_.size();) {
      const std::size_t open = std::min(html_.find('<', at), html_.size());
      page_.html.append(html_.substr(at, open - at));
      at = open;
      if (at < html_.size()) at = step(at);
    }
    return std::move(page_);
  }

 private:
  std::size_t step(std::size_t at) {
    if (html_.substr(at).starts_with("<!--")) {
      const auto end = html_.find("-->", at + 4 - (html_.substr(at).starts_with("<!-->") ? 2 : 0));
      return end == std::string_view::npos ? html_.size() : end + 3;
    }
    const char next = at + 1 < html_.size() ? html_[at + 1] : ' ';
    const bool closing = next == '/';
    const char first = closing ? (at + 2 < html_.size() ? html_[at + 2] : ' ') : next;
    if (!((first >= 'a' && first <= 'z') || (first >= 'A' && first <= 'Z'))) {
      page_.html.push_back('<');
      return at + 1;
    }
    const Tag tag = read_tag(at + (closing ? 2 : 1), closing);
    count(tag);
    if (!closing && !tag.self_closing && (tag.name == "script" || tag.name == "style")) return skip_raw(at, tag);
    if (!closing && !tag.self_closing && tag.name == "svg")
      if (const std::size_t end = svg_end(tag.end); end != 0) {
        --open_["svg"];
        --depth_;
        return end;
      }
    page_.html.append(html_.substr(at, tag.end - at));
    if (!closing && (tag.name == "title" || tag.name == "textarea")) return copy_until_close(tag);
    return tag.end;
  }

  Tag read_tag(std::size_t at, bool closing) const {
    Tag tag;
    tag.closing = closing;
    while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '>' && html_[at] != '/') {
      if (tag.name.size() < 32) tag.name.push_back(lower(html_[at]));
      ++at;
    }
    bool in_name = false;
    while (at < html_.size() && html_[at] != '>') {
      const char c = html_[at];
      if (is_blank(c) || c == '/') {
        in_name = false;
        tag.self_closing = c == '/' && at + 1 < html_.size() && html_[at + 1] == '>';
      } else if (c == '=' && in_name) {
        at = value_end(at + 1);
        in_name = false;
        continue;
      } else if (!in_name) {
        in_name = true;
        ++tag.attributes;
      }
      ++at;
    }
    tag.end = std::min(at + 1, html_.size());
    return tag;
  }

  std::size_t value_end(std::size_t at) const {
    while (at < html_.size() && is_blank(html_[at])) ++at;
    if (at < html_.size() && (html_[at] == '"' || html_[at] == '\'')) {
      const auto end = html_.find(html_[at], at + 1);
      return end == std::string_view::npos ? html_.size() : end + 1;
    }
    while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '>') ++at;
    return at;
  }

  void count(const Tag& tag) {
    if (!page_.why_no_tree.empty()) return;
    if (++tags_ > kTags) page_.why_no_tree = fmt::format("more than {} tags", kTags);
    if (tag.attributes > kAttributes) page_.why_no_tree = fmt::format("more than {} attributes on one tag", kAttributes);
    if (kUncounted.find(" " + tag.name + " ") != std::string_view::npos) return;
    int& open = open_[tag.name];
    if (tag.closing) {
      depth_ -= open > 0;
      open -= open > 0;
    } else if (!tag.self_closing || tag.name != "svg") {
      ++open;
      if (++depth_ > kDepth) page_.why_no_tree = fmt::format("more than {} elements open at once", kDepth);
    }
  }

  // Place of `</name` followed by a blank, '/' or '>', or the end.
  std::size_t close_of(std::string_view name, std::size_t at) const {
    for (at = html_.find("</", at); at != std::string_view::npos; at = html_.find("</", at + 2)) {
      const std::size_t after = at + 2 + name.size();
      if (starts_with_fold(html_, at + 2, name) &&
          (after >= html_.size() || is_blank(html_[after]) || html_[after] == '>' || html_[after] == '/'))
        return at;
    }
    return html_.size();
  }

  // Where a script ends: `<!-- <script> </script> -->` inside it does not end it ("script data double escaped").
  std::size_t script_end(std::size_t at) const {
    bool escaped = false, doubly = false;
    for (at = html_.find_first_of("<-", at); at != std::string_view::npos; at = html_.find_first_of("<-", at + 1)) {
      if (html_[at] == '-') {
        if (escaped && html_.substr(at).starts_with("-->")) escaped = doubly = false;
      } else if (html_.substr(at).starts_with("<!--")) {
        escaped = true;
        at += 1;  // "<!-->" closes at once
      } else if (escaped && !doubly && starts_with_fold(html_, at, "<script")) {
        doubly = true;
      } else if (starts_with_fold(html_, at, "</script")) {
        if (!doubly) return at;
        doubly = false;
      }
    }
    return close_of("script", html_.size());
  }

  std::size_t skip_raw(std::size_t at, const Tag& tag) {
    --open_[tag.name];
    --depth_;
    const std::size_t end = tag.name == "script" ? script_end(tag.end) : close_of(tag.name, tag.end);
    if (tag.name == "script") {
      const std::string_view head = html_.substr(at, tag.end - at);
      const std::string_view content = html_.substr(tag.end, end - tag.end);
      if (head.find("ld+json") != std::string_view::npos)
        page_.linked_data.emplace_back(content);
      else if (page_.data_published.empty())
        page_.data_published = date_in_data(content);
    }
    const auto close = html_.find('>', end);
    return close == std::string_view::npos ? html_.size() : close + 1;
  }

  // Behind the `</svg>` that closes, 0 when there is none: then it stays.
  std::size_t svg_end(std::size_t at) {
    if (svg_unclosed_) return 0;
    int depth = 1;
    for (at = html_.find('<', at); at != std::string_view::npos; at = html_.find('<', at + 1)) {
      if (starts_with_fold(html_, at, "<svg")) {
        const auto end = html_.find('>', at);
        if (end != std::string_view::npos && html_[end - 1] != '/') ++depth;
      } else if (starts_with_fold(html_, at, "</svg")) {
        const auto end = html_.find('>', at);
        if (--depth == 0) return end == std::string_view::npos ? html_.size() : end + 1;
      }
    }
    svg_unclosed_ = true;
    return 0;
  }

  std::size_t copy_until_close(const Tag& tag) {
    const std::size_t end = close_of(tag.name, tag.end);
    page_.html.append(html_.substr(tag.end, end - tag.end));
    return end;
  }

  std::string_view html_;
  GuardedPage page_;
  std::unordered_map<std::string, int> open_;
  int depth_ = 0;
  std::size_t tags_ = 0;
  bool svg_unclosed_ = false;
};

}  // namespace

GuardedPage guard_html(std::string_view html) { return Scanner(html).run(); }

}  // namespace tearsheet
