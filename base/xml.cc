// XML: the one door to libxml2. Broken feeds in, a tree of elements out; no DTD, no network.
#include "base/xml.h"

#include <libxml/HTMLparser.h>
#include <libxml/parser.h>
#include <libxml/parserInternals.h>
#include <libxml/tree.h>

#include <algorithm>
#include <climits>
#include <mutex>

#include "base/utf8.h"

namespace tearsheet::xml {

namespace {

constexpr std::string_view kCdata = "<![CDATA[";
constexpr std::size_t kLongestEntity = 10;  // "thetasym", "#1114111"

const xmlNode* node_of(const void* node) { return static_cast<const xmlNode*>(node); }
const char* chars(const xmlChar* text) { return text == nullptr ? "" : reinterpret_cast<const char*>(text); }
const xmlChar* xml_chars(const std::string& text) { return reinterpret_cast<const xmlChar*>(text.c_str()); }

bool is_name_byte(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

bool is_allowed(char32_t c) {
  return c == 0x9 || c == 0xA || c == 0xD || (c >= 0x20 && c <= 0xD7FF) || (c >= 0xE000 && c <= 0xFFFD) ||
         (c >= 0x10000 && c <= 0x10FFFF);
}

/// What stands between '&' and ';' where that is an entity's shape; empty else.
std::string_view entity_at(std::string_view text) {
  std::size_t end = 1;
  if (end < text.size() && text[end] == '#') ++end;
  while (end < text.size() && end <= kLongestEntity && is_name_byte(text[end])) ++end;
  if (end >= text.size() || text[end] != ';' || end < 2) return {};
  return text.substr(1, end - 1);
}

/// The code point of "#233" or "#xE9"; 0 where it is none that XML allows.
char32_t reference(std::string_view name) {
  const bool hex = name.size() > 2 && (name[1] == 'x' || name[1] == 'X');
  char32_t value = 0;
  for (const char c : name.substr(hex ? 2 : 1)) {
    unsigned digit = 99;
    if (c >= '0' && c <= '9') digit = static_cast<unsigned>(c - '0');
    if (hex && c >= 'a' && c <= 'f') digit = static_cast<unsigned>(c - 'a') + 10;
    if (hex && c >= 'A' && c <= 'F') digit = static_cast<unsigned>(c - 'A') + 10;
    if (digit >= (hex ? 16u : 10u)) return 0;
    value = value * (hex ? 16 : 10) + digit;
    if (value > 0x10FFFF) return 0;
  }
  // Word processors write Windows-1252 numbers; HTML reads them so (WHATWG, numeric character reference end state).
  constexpr char32_t kWindows[32] = {0x20AC, 0,      0x201A, 0x192,  0x201E, 0x2026, 0x2020, 0x2021, 0x2C6,  0x2030, 0x160,
                                     0x2039, 0x152,  0,      0x17D,  0,      0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                     0x2013, 0x2014, 0x2DC,  0x2122, 0x161,  0x203A, 0x153,  0,      0x17E,  0x178};
  if (value >= 0x80 && value < 0xA0 && kWindows[value - 0x80] != 0) return kWindows[value - 0x80];
  return is_allowed(value) ? value : 0;
}

void append_reference(std::string& out, std::string_view name) {
  const bool is_xmls_own = name == "amp" || name == "lt" || name == "gt" || name == "quot" || name == "apos";
  if (is_xmls_own) {
    out += '&';
    out += name;
    out += ';';
    return;
  }
  if (name[0] == '#') {
    const char32_t c = reference(name);
    if (c == '<' || c == '&' || c == '>' || c == '"' || c == '\'') {
      out += "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
    } else if (c == '\n' || c == '\r' || c == '\t') {
      out += "&#" + std::to_string(static_cast<unsigned>(c)) + ";";
    } else if (c != 0) {
      utf8::append(out, c);
    } else {
      out += ' ';
    }
    return;
  }
  const std::string known = entity(name);
  if (!known.empty()) {
    out += known;
    return;
  }
  out += "&amp;";
  out += name;
  out += ';';
}

void append_text(std::string& out, std::string_view text) {
  while (!text.empty()) {
    const auto at = text.find('&');
    out += text.substr(0, at);
    if (at == std::string_view::npos) return;
    text.remove_prefix(at);
    const std::string_view name = entity_at(text);
    if (name.empty()) {
      out += "&amp;";
      text.remove_prefix(1);
    } else {
      append_reference(out, name);
      text.remove_prefix(name.size() + 2);
    }
  }
}

/// Index behind a DOCTYPE that begins at `at`, its internal subset too.
std::size_t behind_doctype(std::string_view text, std::size_t at) {
  int brackets = 0;
  char quote = 0;
  for (; at < text.size(); ++at) {
    const char c = text[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if (c == '"' || c == '\'') {
      quote = c;
    } else if (text.substr(at).starts_with("<!--")) {
      const auto end = text.find("-->", at + 4);
      if (end == std::string_view::npos) return text.size();
      at = end + 2;
    } else if (c == '[') {
      ++brackets;
    } else if (c == ']') {
      --brackets;
    } else if (c == '>' && brackets <= 0) {
      return at + 1;
    }
  }
  return text.size();
}

/// The prolog without its DOCTYPE and declaration; `text` is left at the first element.
std::string_view without_prolog(std::string_view text) {
  for (;;) {
    const auto at = text.find('<');
    if (at == std::string_view::npos) return {};
    text.remove_prefix(at);
    std::size_t end = std::string_view::npos;
    if (text.starts_with("<!--")) {
      end = text.find("-->");
      if (end != std::string_view::npos) end += 3;
    } else if (text.starts_with("<?")) {
      end = text.find("?>");
      if (end != std::string_view::npos) end += 2;
    } else if (text.starts_with("<!") && !text.starts_with(kCdata)) {
      end = behind_doctype(text, 2);
    } else if (text.size() > 1 && (is_name_byte(text[1]) || text[1] == '_' || (text[1] & 0x80) != 0)) {
      return text;
    } else {
      end = 1;
    }
    if (end == std::string_view::npos) return {};
    text.remove_prefix(end);
  }
}

void blank_forbidden(std::string& text) {
  for (char& c : text) {
    const auto u = static_cast<unsigned char>(c);
    if ((u < 0x20 && u != '\t' && u != '\n' && u != '\r') || u == 0x7f) c = ' ';
  }
  // U+FFFE and U+FFFF: EF BF BE, EF BF BF.
  for (std::size_t at = text.find("\xEF\xBF"); at != std::string::npos && at + 2 < text.size();
       at = text.find("\xEF\xBF", at + 3)) {
    if (static_cast<unsigned char>(text[at + 2]) >= 0xBE) text.replace(at, 3, "   ");
  }
}

std::string mended(std::string_view text) {
  text = without_prolog(text);
  std::string out;
  out.reserve(text.size() + text.size() / 16);
  while (!text.empty()) {
    const auto cdata = text.find(kCdata);
    append_text(out, text.substr(0, cdata));
    if (cdata == std::string_view::npos) break;
    text.remove_prefix(cdata);
    const auto end = text.find("]]>");
    out += text.substr(0, end == std::string_view::npos ? text.size() : end + 3);
    if (end == std::string_view::npos) {
      out += "]]>";
      break;
    }
    text.remove_prefix(end + 3);
  }
  blank_forbidden(out);
  return out;
}

const xmlNode* element_from(const xmlNode* node) {
  while (node != nullptr && node->type != XML_ELEMENT_NODE) node = node->next;
  return node;
}

bool is_text(const xmlNode* node) { return node->type == XML_TEXT_NODE || node->type == XML_CDATA_SECTION_NODE; }

/// The next node in document order below `top`, or null. Walks without recursion: depth is the document's choice.
const xmlNode* next_below(const xmlNode* node, const xmlNode* top, bool& leaving) {
  if (!leaving && node->type == XML_ELEMENT_NODE && node->children != nullptr) return node->children;
  if (!leaving && node->type == XML_ELEMENT_NODE) {
    leaving = true;
    return node;
  }
  leaving = false;
  if (node->next != nullptr) return node->next;
  leaving = true;
  return node->parent == top ? nullptr : node->parent;
}

bool is_void(std::string_view name) {
  for (std::string_view one :
       {"br", "img", "hr", "input", "meta", "link", "area", "base", "col", "embed", "source", "track", "wbr"})
    if (name == one) return true;
  return false;
}

std::string_view local_name(const xmlNode* node) {
  const std::string_view name = chars(node->name);
  if (node->ns != nullptr) return name;
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? name : name.substr(colon + 1);
}

std::string value_of(const xmlAttr* attribute) {
  std::string out;
  for (const xmlNode* part = attribute->children; part != nullptr; part = part->next) {
    if (part->content != nullptr) out += chars(part->content);
  }
  return out;
}

void open_tag(std::string& out, const xmlNode* node) {
  out += '<';
  out += local_name(node);
  for (const xmlAttr* attribute = node->properties; attribute != nullptr; attribute = attribute->next) {
    if (attribute->ns != nullptr) continue;
    out += ' ';
    out += chars(attribute->name);
    out += "=\"";
    append_escaped(out, value_of(attribute));
    out += '"';
  }
  out += node->children == nullptr && is_void(local_name(node)) ? " />" : ">";
}

void close_tag(std::string& out, const xmlNode* node) {
  if (node->children == nullptr && is_void(local_name(node))) return;
  out += "</";
  out += local_name(node);
  out += '>';
}

}  // namespace

std::string_view Element::name() const { return local_name(node_of(node_)); }

std::string_view Element::uri() const {
  const xmlNode* node = node_of(node_);
  return node->ns == nullptr ? std::string_view() : std::string_view(chars(node->ns->href));
}

std::string_view Element::prefix() const {
  const xmlNode* node = node_of(node_);
  if (node->ns != nullptr) return chars(node->ns->prefix);
  const std::string_view name = chars(node->name);
  const auto colon = name.find(':');
  return colon == std::string_view::npos ? std::string_view() : name.substr(0, colon);
}

std::optional<std::string> Element::attribute(std::string_view name) const {
  for (const xmlAttr* one = node_of(node_)->properties; one != nullptr; one = one->next) {
    if (one->ns == nullptr && name == chars(one->name)) return value_of(one);
  }
  return std::nullopt;
}

std::optional<std::string> Element::xml_attribute(std::string_view name) const {
  for (const xmlAttr* one = node_of(node_)->properties; one != nullptr; one = one->next) {
    if (one->ns != nullptr && name == chars(one->name) && std::string_view(chars(one->ns->prefix)) == "xml") return value_of(one);
  }
  return std::nullopt;
}

bool Element::has_attributes() const { return node_of(node_)->properties != nullptr; }

std::optional<Element> Element::first() const {
  const xmlNode* found = element_from(node_of(node_)->children);
  return found == nullptr ? std::nullopt : std::optional(Element(found));
}

std::optional<Element> Element::next() const {
  const xmlNode* found = element_from(node_of(node_)->next);
  return found == nullptr ? std::nullopt : std::optional(Element(found));
}

std::optional<Element> Element::parent() const {
  const xmlNode* found = node_of(node_)->parent;
  return found == nullptr || found->type != XML_ELEMENT_NODE ? std::nullopt : std::optional(Element(found));
}

std::string Element::text() const {
  std::string out;
  const xmlNode* top = node_of(node_);
  bool leaving = false;
  for (const xmlNode* node = top->children; node != nullptr; node = next_below(node, top, leaving)) {
    if (!leaving && is_text(node)) out += chars(node->content);
  }
  return out;
}

std::string Element::own_text() const {
  std::string out;
  for (const xmlNode* node = node_of(node_)->children; node != nullptr; node = node->next) {
    if (is_text(node)) out += chars(node->content);
  }
  return out;
}

std::string Element::markup() const {
  std::string out;
  const xmlNode* top = node_of(node_);
  bool leaving = false;
  for (const xmlNode* node = top->children; node != nullptr; node = next_below(node, top, leaving)) {
    if (is_text(node)) {
      if (!leaving) append_escaped(out, chars(node->content));
    } else if (node->type == XML_ELEMENT_NODE) {
      leaving ? close_tag(out, node) : open_tag(out, node);
    }
  }
  return out;
}

std::uint32_t Element::line() const {
  const long line = xmlGetLineNo(const_cast<xmlNode*>(node_of(node_)));
  return line > 0 ? static_cast<std::uint32_t>(line) : 0;
}

struct Document::Tree {
  xmlDoc* doc = nullptr;
  ~Tree() {
    if (doc != nullptr) xmlFreeDoc(doc);
  }
};

Document::Document() : tree_(std::make_unique<Tree>()) {}
Document::Document(Document&&) noexcept = default;
Document& Document::operator=(Document&&) noexcept = default;
Document::~Document() = default;

Result<Document> Document::parse(std::string_view text) {
  static std::once_flag once;  // libxml2 wants this before its first use from several threads
  std::call_once(once, [] { xmlInitParser(); });
  const std::string mend = mended(text);
  const auto nothing = [] {
    return fail("X001", "no XML element in it", "an XML document begins with an element, as <rss> or <feed>");
  };
  if (mend.empty() || mend.size() > INT_MAX) return nothing();

  Document document;
  xmlParserCtxt* context = xmlNewParserCtxt();
  if (context == nullptr) return fail("X002", "not enough memory for the XML parser");
  constexpr int kOptions =
      XML_PARSE_RECOVER | XML_PARSE_NONET | XML_PARSE_NOERROR | XML_PARSE_NOWARNING | XML_PARSE_NOCDATA | XML_PARSE_COMPACT;
  document.tree_->doc = xmlCtxtReadMemory(context, mend.data(), static_cast<int>(mend.size()), nullptr, "UTF-8", kOptions);
  document.repaired_ = context->wellFormed == 0;
  if (document.repaired_ && context->lastError.message != nullptr) {
    document.why_ = "line " + std::to_string(context->lastError.line) + ": " + context->lastError.message;
    while (!document.why_.empty() && document.why_.back() == '\n') document.why_.pop_back();
  }
  xmlFreeParserCtxt(context);
  if (document.tree_->doc == nullptr || xmlDocGetRootElement(document.tree_->doc) == nullptr) return nothing();
  return document;
}

Element Document::root() const { return Element(xmlDocGetRootElement(tree_->doc)); }

std::string entity(std::string_view name) {
  if (name == "apos") return "'";
  std::string out;
  if (name.size() > 1 && name[0] == '#') {
    if (const char32_t c = reference(name); c != 0) utf8::append(out, c);
    return out;
  }
  const std::string key(name);
  const htmlEntityDesc* found = htmlEntityLookup(xml_chars(key));
  if (found != nullptr) utf8::append(out, found->value);
  return out;
}

void append_escaped(std::string& out, std::string_view text) {
  for (const char c : text) {
    const auto u = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if (u >= 0x20 || c == '\t' || c == '\n' || c == '\r')
      out += c;
  }
}

}  // namespace tearsheet::xml
