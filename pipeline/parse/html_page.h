// HTML page: gumbo's tree in an arena, laid flat in document order with text and link sizes. With html_page.cc the one door to
// gumbo.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// One element or text of a page, in document order.
struct PageNode {
  enum class Type : std::uint8_t { element, text };

  Type type = Type::element;
  std::string_view tag;   // lower case; empty for text
  std::string_view text;  // of a text node, entities decoded
  std::uint32_t parent = 0;
  std::uint32_t end = 0;      // one behind the last node below it
  std::uint32_t letters = 0;  // bytes of text below it, blanks not counted
  std::uint32_t linked = 0;   // of those inside <a>
  const void* element = nullptr;
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
  /// All text below a node, blanks collapsed.
  std::string words(std::uint32_t index) const;

 private:
  struct Arena;
  void flatten(const void* root);
  void measure();

  std::string html_;
  std::unique_ptr<Arena> arena_;
  std::vector<PageNode> nodes_;
};

}  // namespace tearsheet
