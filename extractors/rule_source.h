// Rule source: the text of one rule file, and errors that point into it.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/lines.h"
#include "base/tree.h"
#include "extractors/vocabulary.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// One file as its author wrote it. Shared by everything that may have to complain about it.
class RuleSource {
 public:
  RuleSource(std::string path, std::string text);
  RuleSource(const RuleSource&) = delete;
  RuleSource& operator=(const RuleSource&) = delete;

  const std::string& path() const { return path_; }
  const std::string& text() const { return text_; }
  Place place(std::size_t offset) const { return lines_.place(path_, offset); }
  /// The byte of a place in this file.
  std::uint32_t offset(const Place& place) const { return static_cast<std::uint32_t>(lines_.offset(place.line, place.column)); }

  /// An error under bytes `where` of the file, with caret and remark.
  Error error(std::string code, std::string what, Span where, std::string_view remark = {}, std::string help = {}) const;
  /// An error under a whole scalar, or under the first character of a list or map.
  Error error(std::string code, std::string what, const Tree& node, std::string_view remark = {}, std::string help = {}) const;
  /// An error under the key of a map's member.
  Error key_error(std::string code, std::string what, std::string_view key, const Tree& value, std::string_view remark = {}, std::string help = {}) const;
  /// A flaw within the value of a scalar.
  Error error(const Flaw& flaw, const Tree& scalar) const;

  /// The bytes of the file that hold bytes `inner` of a scalar's value, minding quotes and doubled quotes.
  Span span_of(const Tree& scalar, Span inner) const;
  /// The character that opens the scalar: ' or " or | or >, or the first one of a plain scalar.
  char opener(const Tree& scalar) const { return scalar.offset < text_.size() ? text_[scalar.offset] : '\0'; }

 private:
  std::string path_, text_;
  Lines lines_;
};

}  // namespace tearsheet
