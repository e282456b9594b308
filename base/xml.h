// XML: the one door to libxml2. Broken feeds in, a tree of elements out; no DTD, no network.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet::xml {

/// One element: a handle into its Document, which must outlive it. Cheap to copy. Views live as long as the document.
class Element {
 public:
  /// The name without its prefix, as written. An undeclared prefix is taken off too.
  std::string_view name() const;
  /// Namespace URI; empty where there is none or its prefix was not declared.
  std::string_view uri() const;
  /// The prefix as written, declared or not.
  std::string_view prefix() const;

  /// The value of an attribute without a namespace, entities replaced.
  std::optional<std::string> attribute(std::string_view name) const;
  /// The value of "xml:NAME" ("base", "lang").
  std::optional<std::string> xml_attribute(std::string_view name) const;
  /// True when there is at least one attribute.
  bool has_attributes() const;

  /// First child element, next sibling element, parent element.
  std::optional<Element> first() const;
  std::optional<Element> next() const;
  std::optional<Element> parent() const;

  /// All text inside, CDATA too, in document order; not trimmed. Cost: linear in what is inside.
  std::string text() const;
  /// Text that stands directly in this element, not in elements inside it.
  std::string own_text() const;
  /// What is inside as HTML: elements without prefixes and namespace declarations, text escaped. Cost: linear.
  std::string markup() const;
  /// Line in the parsed text, from 1; 0 when not known.
  std::uint32_t line() const;

 private:
  friend class Document;
  explicit Element(const void* node) : node_(node) {}
  const void* node_;
};

/// A parsed document. Owns all its elements.
class Document {
 public:
  /// Parses UTF-8 text, whatever encoding its declaration names.
  ///
  /// Mends before it parses: a DOCTYPE is cut out whole (so no entity it declares is ever used), HTML 4 entities become their
  /// characters, an '&' that begins no entity becomes "&amp;", characters that XML forbids become blanks, and what stands before
  /// the first '<' is dropped. Then libxml2 reads in recover mode: what it could make of a broken document is the result, and
  /// `repaired` is true.
  ///
  /// Fails with X001 (no element at all). Elements nested deeper than 256 end the reading there. Cost: linear; memory about six
  /// times the text. Safe from any thread, each document in one thread.
  static Result<Document> parse(std::string_view text);

  Document(Document&&) noexcept;
  Document& operator=(Document&&) noexcept;
  ~Document();

  Element root() const;
  /// True where the text was not well-formed XML; `why` is libxml2's first complaint with its line.
  bool repaired() const { return repaired_; }
  const std::string& why() const { return why_; }

 private:
  struct Tree;
  Document();
  std::unique_ptr<Tree> tree_;
  bool repaired_ = false;
  std::string why_;
};

/// The characters of an HTML 4 or XML entity by its name ("eacute", "amp") or number ("#233", "#xE9"), in UTF-8; empty when there
/// is none. Numbers from 128 to 159 are read as Windows-1252, as HTML does.
std::string entity(std::string_view name);

/// Appends `text` with '&', '<', '>' and '"' escaped, and without the characters that XML forbids.
void append_escaped(std::string& out, std::string_view text);

}  // namespace tearsheet::xml
