// HTML page: gumbo with `max_errors = 0` and an arena, as its own destroy recurses and crashes on 500,000 open <span>.
#include "pipeline/parse/html_page.h"

#include <gumbo.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>

#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_attributes.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

constexpr std::size_t kArenaBlock = 256u << 10;

Tag tag_of(GumboTag tag) {
  switch (tag) {
    case GUMBO_TAG_HTML:
      return Tag::html;
    case GUMBO_TAG_HEAD:
      return Tag::head;
    case GUMBO_TAG_TITLE:
      return Tag::title;
    case GUMBO_TAG_META:
      return Tag::meta;
    case GUMBO_TAG_LINK:
      return Tag::link;
    case GUMBO_TAG_BODY:
      return Tag::body;
    case GUMBO_TAG_BASE:
      return Tag::base;
    case GUMBO_TAG_A:
      return Tag::a;
    case GUMBO_TAG_SPAN:
      return Tag::span;
    case GUMBO_TAG_TIME:
      return Tag::time;
    case GUMBO_TAG_BR:
      return Tag::br;
    case GUMBO_TAG_HR:
      return Tag::hr;
    case GUMBO_TAG_P:
      return Tag::p;
    case GUMBO_TAG_DIV:
      return Tag::div;
    case GUMBO_TAG_SECTION:
      return Tag::section;
    case GUMBO_TAG_ARTICLE:
      return Tag::article;
    case GUMBO_TAG_MAIN:
      return Tag::main;
    case GUMBO_TAG_HEADER:
      return Tag::header;
    case GUMBO_TAG_FOOTER:
      return Tag::footer;
    case GUMBO_TAG_NAV:
      return Tag::nav;
    case GUMBO_TAG_ASIDE:
      return Tag::aside;
    case GUMBO_TAG_FORM:
      return Tag::form;
    case GUMBO_TAG_MENU:
      return Tag::menu;
    case GUMBO_TAG_ADDRESS:
      return Tag::address;
    case GUMBO_TAG_H1:
      return Tag::h1;
    case GUMBO_TAG_H2:
      return Tag::h2;
    case GUMBO_TAG_H3:
      return Tag::h3;
    case GUMBO_TAG_H4:
      return Tag::h4;
    case GUMBO_TAG_H5:
      return Tag::h5;
    case GUMBO_TAG_H6:
      return Tag::h6;
    case GUMBO_TAG_UL:
      return Tag::ul;
    case GUMBO_TAG_OL:
      return Tag::ol;
    case GUMBO_TAG_DL:
      return Tag::dl;
    case GUMBO_TAG_LI:
      return Tag::li;
    case GUMBO_TAG_DD:
      return Tag::dd;
    case GUMBO_TAG_DT:
      return Tag::dt;
    case GUMBO_TAG_BLOCKQUOTE:
      return Tag::blockquote;
    case GUMBO_TAG_PRE:
      return Tag::pre;
    case GUMBO_TAG_FIGURE:
      return Tag::figure;
    case GUMBO_TAG_FIGCAPTION:
      return Tag::figcaption;
    case GUMBO_TAG_CAPTION:
      return Tag::caption;
    case GUMBO_TAG_TABLE:
      return Tag::table;
    case GUMBO_TAG_TR:
      return Tag::tr;
    case GUMBO_TAG_TD:
      return Tag::td;
    case GUMBO_TAG_TH:
      return Tag::th;
    case GUMBO_TAG_INPUT:
      return Tag::input;
    case GUMBO_TAG_BUTTON:
      return Tag::button;
    case GUMBO_TAG_IFRAME:
      return Tag::iframe;
    case GUMBO_TAG_IMG:
      return Tag::img;
    case GUMBO_TAG_SCRIPT:
    case GUMBO_TAG_STYLE:
    case GUMBO_TAG_NOSCRIPT:
    case GUMBO_TAG_TEMPLATE:
    case GUMBO_TAG_OBJECT:
    case GUMBO_TAG_EMBED:
    case GUMBO_TAG_CANVAS:
    case GUMBO_TAG_SVG:
    case GUMBO_TAG_MATH:
    case GUMBO_TAG_SELECT:
    case GUMBO_TAG_OPTION:
    case GUMBO_TAG_DATALIST:
    case GUMBO_TAG_AUDIO:
    case GUMBO_TAG_VIDEO:
    case GUMBO_TAG_TEXTAREA:
      return Tag::never;
    case GUMBO_TAG_ABBR:
    case GUMBO_TAG_ACRONYM:
    case GUMBO_TAG_B:
    case GUMBO_TAG_BDI:
    case GUMBO_TAG_BDO:
    case GUMBO_TAG_BIG:
    case GUMBO_TAG_CITE:
    case GUMBO_TAG_CODE:
    case GUMBO_TAG_DATA:
    case GUMBO_TAG_DEL:
    case GUMBO_TAG_DFN:
    case GUMBO_TAG_EM:
    case GUMBO_TAG_FONT:
    case GUMBO_TAG_I:
    case GUMBO_TAG_INS:
    case GUMBO_TAG_KBD:
    case GUMBO_TAG_LABEL:
    case GUMBO_TAG_MARK:
    case GUMBO_TAG_NOBR:
    case GUMBO_TAG_Q:
    case GUMBO_TAG_RB:
    case GUMBO_TAG_RP:
    case GUMBO_TAG_RT:
    case GUMBO_TAG_RUBY:
    case GUMBO_TAG_S:
    case GUMBO_TAG_SAMP:
    case GUMBO_TAG_SMALL:
    case GUMBO_TAG_STRIKE:
    case GUMBO_TAG_STRONG:
    case GUMBO_TAG_SUB:
    case GUMBO_TAG_SUP:
    case GUMBO_TAG_TT:
    case GUMBO_TAG_U:
    case GUMBO_TAG_VAR:
    case GUMBO_TAG_WBR:
      return Tag::inline_other;
    default:
      return Tag::other;
  }
}

}  // namespace

bool is_inline(Tag tag) { return tag == Tag::a || tag == Tag::span || tag == Tag::time || tag == Tag::inline_other; }
bool is_never(Tag tag) {
  return tag == Tag::never || tag == Tag::head || tag == Tag::title || tag == Tag::button || tag == Tag::input ||
         tag == Tag::iframe;
}
bool is_heading(Tag tag) { return tag >= Tag::h1 && tag <= Tag::h6; }

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

namespace {

std::uint32_t names_of(const GumboElement& element) {
  std::uint32_t names = 0;
  for (unsigned i = 0; i < element.attributes.length; ++i) {
    const auto* attribute = static_cast<const GumboAttribute*>(element.attributes.data[i]);
    const std::string_view name = attribute->name;
    if (name == kNamesAttribute) names |= static_cast<std::uint32_t>(std::strtoul(attribute->value, nullptr, 10));
    if (name == "class" || name == "id") names |= read_names(attribute->value);
  }
  return names;
}

}  // namespace

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
      node.text = frame.node->v.text.text;
      node.end = index + 1;
      nodes_.push_back(node);
      continue;
    }
    if (frame.node->type != GUMBO_NODE_ELEMENT) continue;
    const GumboElement& element = frame.node->v.element;
    node.element = &element;
    node.tag = tag_of(element.tag);
    if (node.tag >= Tag::a || node.tag == Tag::other) node.names = names_of(element);
    nodes_.push_back(node);
    stack.push_back({nullptr, index, true});
    for (unsigned i = element.children.length; i-- > 0;)
      stack.push_back({static_cast<const GumboNode*>(element.children.data[i]), index, false});
  }
}

void Page::measure() {
  for (std::size_t i = nodes_.size(); i-- > 0;) {
    PageNode& node = nodes_[i];
    if (node.is_text())
      node.letters = static_cast<std::uint32_t>(std::count_if(
          node.text.begin(), node.text.end(), [](char c) { return c != ' ' && c != '\n' && c != '\t' && c != '\r'; }));
    if (node.tag == Tag::a) node.linked = node.letters;
    if (node.tag == Tag::img) node.images = 1;
    if (i == 0) break;
    if (is_never(node.tag)) continue;
    nodes_[node.parent].letters += node.letters;
    nodes_[node.parent].linked += node.linked;
    nodes_[node.parent].images += node.images;
  }
}

std::string_view Page::attribute(const PageNode& node, const char* name) const {
  if (node.element == nullptr) return {};
  const GumboAttribute* found = gumbo_get_attribute(&static_cast<const GumboElement*>(node.element)->attributes, name);
  return found == nullptr ? std::string_view() : std::string_view(found->value);
}

std::string_view Page::tag_name(const PageNode& node) const {
  if (node.element == nullptr) return {};
  const char* name = gumbo_normalized_tagname(static_cast<const GumboElement*>(node.element)->tag);
  return name == nullptr ? std::string_view() : std::string_view(name);
}

bool Page::has_attribute(const PageNode& node, const char* name) const {
  return node.element != nullptr &&
         gumbo_get_attribute(&static_cast<const GumboElement*>(node.element)->attributes, name) != nullptr;
}

std::string Page::words(std::uint32_t index, bool part_spans) const {
  std::string all;
  bool border = false;
  for (std::uint32_t i = index; i < nodes_[index].end;) {
    const PageNode& node = nodes_[i];
    if (i != index && is_never(node.tag)) {
      i = node.end;
      continue;
    }
    if (node.is_text()) {
      const bool small = !all.empty() && all.back() >= 'a' && all.back() <= 'z';
      if (border && small && !node.text.empty() && node.text.front() >= 'A' && node.text.front() <= 'Z') all += ' ';
      all += node.text;
    } else if (!is_inline(node.tag)) {
      all += ' ';
    }
    border = part_spans && (node.tag == Tag::span || node.is_text());
    ++i;
  }
  return one_line(all);
}

}  // namespace tearsheet
