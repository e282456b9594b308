// HTML guard: a scan from tag to tag.
#include "pipeline/parse/html_guard.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "pipeline/parse/html_attributes.h"
#include "pipeline/parse/html_date_search.h"

namespace tearsheet {
namespace {

constexpr int kDepth = 512;
constexpr int kAttributes = 400;
constexpr std::size_t kTags = 300'000;
constexpr std::size_t kBytes = 8u << 20;
// Measured on a 2.1 GHz core with Debian's library: what a byte and a tag of the prepared page take.
constexpr std::size_t kByte_ns = 45, kTag_ns = 1'500, kTime_ns = 1'000'000'000;

// Elements whose opening is not counted: HTML closes them by itself, or they hold nothing.
constexpr std::string_view kUncounted =
    " p li dt dd tr td th tbody thead tfoot option optgroup colgroup rt rp area base br col embed hr img input link meta param "
    "source track wbr html body head ";
constexpr std::string_view kDrawing =
    " svg g path circle rect line polygon polyline ellipse defs use symbol clippath mask lineargradient radialgradient stop text "
    "tspan "
    "title desc filter fegaussianblur feoffset feblend fecolormatrix feflood fecomposite femerge femergenode pattern marker "
    "animate "
    "animatetransform image view metadata switch style ";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

bool is_one_of(std::string_view name, std::string_view padded) {
  for (std::size_t at = padded.find(name); at != std::string_view::npos; at = padded.find(name, at + 1))
    if (at > 0 && padded[at - 1] == ' ' && padded[at + name.size()] == ' ') return !name.empty();
  return false;
}

bool starts_with_fold(std::string_view text, std::size_t at, std::string_view word) {
  if (text.size() - at < word.size()) return false;
  for (std::size_t i = 0; i < word.size(); ++i)
    if (lower(text[at + i]) != word[i]) return false;
  return true;
}

// "&#499999999999;": the tree builder's number overflows, and what comes out is no UTF-8. Nothing above U+10FFFF is a character.
void mend_references(std::string& html) {
  std::string out;
  std::size_t copied = 0;
  for (auto at = html.find("&#"); at != std::string::npos; at = html.find("&#", at + 2)) {
    const bool hex = at + 2 < html.size() && lower(html[at + 2]) == 'x';
    std::uint64_t value = 0;
    std::size_t end = at + (hex ? 3 : 2);
    for (; end < html.size(); ++end) {
      const char c = lower(html[end]);
      const int digit = c >= '0' && c <= '9' ? c - '0' : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
      if (digit < 0) break;
      value = std::min<std::uint64_t>(value * (hex ? 16 : 10) + static_cast<std::uint64_t>(digit), 1u << 30);
    }
    if (value <= 0x10FFFF) continue;
    out.append(html, copied, at - copied);
    out += "&#xFFFD";
    copied = end;
  }
  if (copied == 0) return;
  out.append(html, copied);
  html = std::move(out);
}

struct Tag {
  std::array<char, 32> letters{};
  std::size_t size = 0;
  bool closing = false, self_closing = false;
  int attributes = 0;
  std::size_t end = 0;  // behind '>'
  std::string_view name() const { return {letters.data(), size}; }
};

class Scanner {
 public:
  Scanner(std::string_view html, bool keep_attributes) : html_(html), keep_attributes_(keep_attributes) {
    page_.html.reserve(std::min<std::size_t>(html.size(), kBytes) / 2 + 64);
  }

  GuardedPage run() {
    for (std::size_t at = 0; at < html_.size() && page_.why_no_tree.empty();) {
      const std::size_t open = std::min(html_.find('<', at), html_.size());
      copy_text(html_.substr(at, std::min(open - at, kBytes + 1)));
      if (page_.html.size() > kBytes) {
        page_.why_no_tree = fmt::format("more than {} MB without its scripts and styles", kBytes >> 20);
        break;
      }
      at = open;
      if (at < html_.size()) at = step(at);
    }
    if (page_.why_no_tree.empty() && page_.html.size() * kByte_ns + tags_ * kTag_ns > kTime_ns)
      page_.why_no_tree = fmt::format("{} bytes with {} tags would take the tree builder too long", page_.html.size(), tags_);
    if (page_.why_no_tree.empty()) mend_references(page_.html);
    return std::move(page_);
  }

 private:
  // Runs of blanks are one; a line break stays one.
  void copy_text(std::string_view text) {
    for (std::size_t at = 0; at < text.size();) {
      std::size_t end = at;
      while (end < text.size() && !is_blank(text[end])) ++end;
      page_.html.append(text.substr(at, end - at));
      at = end;
      while (at < text.size() && is_blank(text[at])) ++at;
      if (at > end) page_.html.push_back(text[end] == '\r' || text[end] == '\n' ? '\n' : ' ');
    }
  }

  std::size_t step(std::size_t at) {
    if (html_.compare(at, 4, "<!--") == 0) return comment_end(at + 4);
    const char next = at + 1 < html_.size() ? html_[at + 1] : ' ';
    const bool closing = next == '/';
    const char first = closing ? (at + 2 < html_.size() ? html_[at + 2] : ' ') : next;
    if (!is_letter(first)) {
      page_.html.push_back('<');
      return at + 1;
    }
    const std::size_t mark = page_.html.size();
    const Tag tag = copy_tag(at + (closing ? 2 : 1), closing);
    count(tag);
    if (closing || tag.self_closing) return tag.end;
    const std::string_view name = tag.name();
    if (name == "script" || name == "style") {
      page_.html.resize(mark);
      return skip_raw(at, tag);
    }
    if (name == "svg")
      if (const std::size_t end = svg_end(tag.end); end != 0) {
        page_.html += "</svg>";
        close("svg");
        return end;
      }
    if (name == "title" || name == "textarea") return copy_until_close(tag);
    return tag.end;
  }

  std::size_t comment_end(std::size_t at) const {
    if (html_.compare(at, 1, ">") == 0) return at + 1;
    if (html_.compare(at, 2, "->") == 0) return at + 2;
    for (auto end = html_.find("--", at); end != std::string_view::npos; end = html_.find("--", end + 1)) {
      if (html_.compare(end + 2, 1, ">") == 0) return end + 3;
      if (html_.compare(end + 2, 2, "!>") == 0) return end + 4;
    }
    return html_.size();
  }

  Tag copy_tag(std::size_t at, bool closing) {
    Tag tag;
    tag.closing = closing;
    const std::size_t name = at;
    while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '>' && html_[at] != '/') {
      if (tag.size < tag.letters.size()) tag.letters[tag.size++] = lower(html_[at]);
      ++at;
    }
    const std::string_view whole = html_.substr(name, at - name);
    AttributeFilter filter(tag.name(), keep_attributes_);
    at = attributes(at, tag, filter);
    if (at >= html_.size()) {  // a tag that never ends is no tag
      tag.end = html_.size();
      return tag;
    }
    page_.html += closing ? "</" : "<";
    page_.html += whole;
    if (!closing) filter.append_to(page_.html);
    page_.html += tag.self_closing ? "/>" : ">";
    tag.end = at + 1;
    return tag;
  }

  // To the '>' that ends the tag.
  std::size_t attributes(std::size_t at, Tag& tag, AttributeFilter& filter) const {
    while (at < html_.size() && html_[at] != '>') {
      const char c = html_[at];
      if (is_blank(c) || c == '/') {
        tag.self_closing = c == '/' && at + 1 < html_.size() && html_[at + 1] == '>';
        ++at;
        continue;
      }
      const std::size_t begin = at++;
      while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '=' && html_[at] != '>' && html_[at] != '/') ++at;
      const std::string_view name = html_.substr(begin, at - begin);
      std::size_t equals = at;
      while (equals < html_.size() && is_blank(html_[equals])) ++equals;
      std::string_view value;
      if (equals < html_.size() && html_[equals] == '=') at = value_end(equals + 1, value);
      if (++tag.attributes <= kAttributes) filter.add(name, value);
    }
    return at;
  }

  std::size_t value_end(std::size_t at, std::string_view& value) const {
    while (at < html_.size() && is_blank(html_[at])) ++at;
    if (at < html_.size() && (html_[at] == '"' || html_[at] == '\'')) {
      const auto end = std::min(html_.find(html_[at], at + 1), html_.size());
      value = html_.substr(at + 1, end - at - 1);
      return std::min(end + 1, html_.size());
    }
    const std::size_t begin = at;
    while (at < html_.size() && !is_blank(html_[at]) && html_[at] != '>') ++at;
    value = html_.substr(begin, at - begin);
    return at;
  }

  void count(const Tag& tag) {
    if (++tags_ > kTags) page_.why_no_tree = fmt::format("more than {} tags", kTags);
    if (tag.attributes > kAttributes) page_.why_no_tree = fmt::format("more than {} attributes on one tag", kAttributes);
    if (tag.closing) {
      close(tag.name());
    } else if (!is_one_of(tag.name(), kUncounted) && !(tag.self_closing && is_one_of(tag.name(), kDrawing))) {
      open_.push_back(key_of(tag.name()));
      if (open_.size() > kDepth) page_.why_no_tree = fmt::format("more than {} elements open at once", kDepth);
    }
  }

  // FNV-1a: a collision costs one level of an estimate.
  static std::uint32_t key_of(std::string_view name) {
    std::uint32_t hash = 2166136261u;
    for (const char c : name) hash = (hash ^ static_cast<unsigned char>(c)) * 16777619u;
    return hash;
  }

  // Takes the innermost element of that name off, and only it: what stays open inside it may be a formatting element.
  void close(std::string_view name) {
    const std::uint32_t key = key_of(name);
    for (std::size_t i = open_.size(); i-- > 0;)
      if (open_[i] == key) {
        open_.erase(open_.begin() + static_cast<std::ptrdiff_t>(i));
        return;
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
    for (at = next_mark(at, escaped); at < html_.size(); at = next_mark(at + 1, escaped)) {
      if (html_[at] == '-') {
        if (html_.compare(at, 3, "-->") == 0) escaped = doubly = false;
      } else if (html_.compare(at, 4, "<!--") == 0) {
        escaped = true;
        at += 1;  // "<!-->" closes at once
      } else if (escaped && !doubly && ends_name(at, "<script")) {
        doubly = true;
      } else if (ends_name(at, "</script")) {
        if (!doubly) return at;
        doubly = false;
      }
    }
    return html_.size();
  }

  std::size_t next_mark(std::size_t at, bool escaped) const {
    return std::min(escaped ? html_.find_first_of("<-", at) : html_.find('<', at), html_.size());
  }

  bool ends_name(std::size_t at, std::string_view name) const {
    const std::size_t after = at + name.size();
    return starts_with_fold(html_, at, name) &&
           (after >= html_.size() || is_blank(html_[after]) || html_[after] == '>' || html_[after] == '/');
  }

  std::size_t skip_raw(std::size_t at, const Tag& tag) {
    close(tag.name());
    const bool script = tag.name() == "script";
    const std::size_t end = script ? script_end(tag.end) : close_of(tag.name(), tag.end);
    if (end == html_.size()) page_.unclosed = tag.name();
    if (script) {
      const std::string_view head = html_.substr(at, tag.end - at), content = html_.substr(tag.end, end - tag.end);
      if (head.find("ld+json") != std::string_view::npos)
        page_.linked_data.emplace_back(content);
      else if (page_.data_published.empty())
        page_.data_published = date_in_data(content);
    }
    const auto close = html_.find('>', end);
    return close == std::string_view::npos ? html_.size() : close + 1;
  }

  // Behind the `</svg>` of a drawing, 0 where there is none or something else stands in it: then it stays.
  std::size_t svg_end(std::size_t at) {
    if (svg_unclosed_) return 0;
    int depth = 1;
    for (at = html_.find('<', at); at != std::string_view::npos; at = html_.find('<', at + 1)) {
      const bool closing = html_.compare(at, 2, "</") == 0;
      std::size_t begin = at + (closing ? 2 : 1), end = begin;
      std::array<char, 24> letters{};
      while (end < html_.size() && end - begin < letters.size() && is_letter(html_[end])) {
        letters[end - begin] = lower(html_[end]);
        ++end;
      }
      const std::string_view name(letters.data(), end - begin);
      if (!is_one_of(name, kDrawing)) return 0;
      const auto close = html_.find('>', end);
      if (close == std::string_view::npos) break;
      if (name == "svg" && closing && --depth == 0) return close + 1;
      if (name == "svg" && !closing && html_[close - 1] != '/') ++depth;
    }
    svg_unclosed_ = true;
    return 0;
  }

  std::size_t copy_until_close(const Tag& tag) {
    const std::size_t end = close_of(tag.name(), tag.end);
    page_.html.append(html_.substr(tag.end, std::min(end - tag.end, kBytes)));
    return end;
  }

  std::string_view html_;
  bool keep_attributes_;
  GuardedPage page_;
  std::vector<std::uint32_t> open_;
  std::size_t tags_ = 0;
  bool svg_unclosed_ = false;
};

}  // namespace

GuardedPage guard_html(std::string_view html, bool keep_attributes) { return Scanner(html, keep_attributes).run(); }

}  // namespace tearsheet
