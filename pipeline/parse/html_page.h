// HTML page: gumbo's tree in an arena, laid flat in document order with text and link sizes. With html_page.cc the one door to
// gumbo.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// The elements that reading a page asks about; all others are `other`. `text` is no element.
enum class Tag : std::uint8_t {
  text,
  other,
  inline_other,
  never,
  html,
  head,
  title,
  meta,
  link,
  body,
  base,
  a,
  span,
  time,
  br,
  hr,
  p,
  div,
  section,
  article,
  main,
  header,
  footer,
  nav,
  aside,
  form,
  menu,
  address,
  h1,
  h2,
  h3,
  h4,
  h5,
  h6,
  ul,
  ol,
  dl,
  li,
  dd,
  dt,
  blockquote,
  pre,
  figure,
  figcaption,
  caption,
  table,
  tr,
  td,
  th,
  input,
  button,
  iframe,
  img,
};

bool is_inline(Tag tag);   // parts no words: a, span, time, b, em ...
bool is_never(Tag tag);    // its content is no text of the page: template, select, object, button ...
bool is_heading(Tag tag);  // h1 to h6

/// One element or text of a page, in document order.
struct PageNode {
  Tag tag = Tag::text;
  std::string_view text;  // of a text node, entities decoded
  std::uint32_t parent = 0;
  std::uint32_t end = 0;      // one behind the last node below it
  std::uint32_t letters = 0;  // bytes of text below it, blanks not counted; scripts and the like have none
  std::uint32_t linked = 0;   // of those inside <a>
  std::uint32_t images = 0;   // <img> below it
  std::uint32_t names = 0;    // NameBits of class and id
  const void* element = nullptr;

  bool is_text() const { return tag == Tag::text; }
};

/// A page's tree. Views and nodes live as long as the page. Built without recursion and freed without it.
class Page {
 public:
  explicit Page(std::string html);
  ~Page();
  Page(const Page&) = delete;
  Page& operator=(const Page&) = delete;

  const std::vector<PageNode>& nodes() const { return nodes_; }
  /// The value of an attribute, or "".
  std::string_view attribute(const PageNode& node, const char* name) const;
  /// The element's name as it is written in HTML, lower case; "" for text and for elements that HTML does not know.
  std::string_view tag_name(const PageNode& node) const;
  bool has_attribute(const PageNode& node, const char* name) const;
  /// All text below a node, blanks collapsed; block tags and line breaks part words. With `part_spans` so does a <span> between a
  /// small and a capital letter, as styles often set it on a line of its own ("<span>Strike</span>Trains stand still").
  std::string words(std::uint32_t index, bool part_spans = false) const;

 private:
  struct Arena;
  void flatten(const void* root);
  void measure();

  std::string html_;
  std::unique_ptr<Arena> arena_;
  std::vector<PageNode> nodes_;
};

}  // namespace tearsheet
