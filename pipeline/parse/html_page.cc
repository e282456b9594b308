// HTML page: gumbo with `max_errors = 0` and an arena, as its own destroy recurses and crashes on 500,000 open <span>.
#include "pipeline/parse/html_page.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>

#include "pipeline/parse/blocks.h"

namespace tearsheet {
namespace {

constexpr std::size_t kArenaBlock = 256u << 10;

}  // namespace

struct Page::Arena {
  std::vector<std::unique_ptr<char[]>> blocks;
  std::size_t left = 0;
  char* next = nullptr;

  static void* allocate(void* self, std::size_t size) { return static_cast<Arena*>(self)->take(size); }
  static void release(void*, void*) {}  // all at once, at the end

  void* take(std::size_t size) {
    size = (size + alignof(std::max_align_t) - 1) & ~(alignof(std::max_align_t) - 1);
    if (size > left) {
      const std::size_t room = std::max(size, kArenaBlock);
      blocks.emplace_back(new char[room]);
      next = blocks.back().get();
      left = room;
    }
    char* out = next;
    next += size;
    left -= size;
    return out;
  }
};

Page::Page(std::string html) : html_(std::move(html)), arena_(std::make_unique<Arena>()) {
  GumboOptions options = kGumboDefaultOptions;
  options.allocator = Arena::allocate;
  options.deallocator = Arena::release;
  options.userdata = arena_.get();
  options.max_errors = 0;
  const GumboOutput* output = gumbo_parse_with_options(&options, html_.data(), html_.size());
  flatten(output->root);
  measure();
}

Page::~Page() = default;

void Page::flatten(const void* root) {
  struct Frame {
    const GumboNode* node;
    std::uint32_t parent;
    bool leaves;
  };
  std::vector<Frame> stack{{static_cast<const GumboNode*>(root), 0, false}};
  while (!stack.empty()) {
    const Frame frame = stack.back();
    stack.pop_back();
    if (frame.leaves) {
      nodes_[frame.parent].end = static_cast<std::uint32_t>(nodes_.size());
      continue;
    }
    const auto index = static_cast<std::uint32_t>(nodes_.size());
    PageNode node;
    node.parent = frame.parent;
    if (frame.node->type == GUMBO_NODE_TEXT || frame.node->type == GUMBO_NODE_WHITESPACE ||
        frame.node->type == GUMBO_NODE_CDATA) {
      node.type = PageNode::Type::text;
      node.text = frame.node->v.text.text;
      node.end = index + 1;
      nodes_.push_back(node);
      continue;
    }
    if (frame.node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = frame.node->v.element;
    node.element = &element;
    node.tag = gumbo_normalized_tagname(element.tag);
    nodes_.push_back(node);
    stack.push_back({nullptr, index, true});
    for (unsigned i = element.children.length; i-- > 0;)
      stack.push_back({static_cast<const GumboNode*>(element.children.data[i]), index, false});
  }
}

void Page::measure() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    PageNode& node = nodes_[i];
    if (node.type == PageNode::Type::text)
      node.letters = static_cast<std::uint32_t>(std::count_if(
          node.text.begin(), node.text.end(), [](char c) { return c != ' ' && c != '\n' && c != '\t' && c != '\r'; }));
    if (node.tag == "a") node.linked = node.letters;
    if (i == 0) break;
    nodes_[node.parent].letters += node.letters;
    nodes_[node.parent].linked += node.linked;
  }
}

std::string_view Page::attribute(const PageNode& node, const char* name) const {
  if (node.element == nullptr) return {};
  const GumboAttribute* found = gumbo_get_attribute(&static_cast<const GumboElement*>(node.element)->attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

std::string Page::words(std::uint32_t index) const {
  std::string all;
  for (std::uint32_t i = index; i < nodes_[index].end; ++i) {
    if (nodes_[i].type == PageNode::Type::text)
      all += nodes_[i].text;
    else if (nodes_[i].tag == "br" || nodes_[i].tag == "p" || nodes_[i].tag == "div")
      all += ' ';
  }
  return one_line(all);
}

}  // namespace tearsheet
