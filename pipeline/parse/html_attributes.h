// HTML attributes: which of a tag's attributes reading a page asks for, and how they are handed on.
#pragma once

#include <string>
#include <string_view>

namespace tearsheet {

/// The attribute under which the NameBits of class and id are handed on, as a decimal number.
inline constexpr const char* kNamesAttribute = "c";

/// Rewrites the attributes of one tag. Feed each attribute once, then take the text. What nobody reads is dropped (images' sizes,
/// styles, data-...); class and id become their NameBits, a style that hides becomes `hidden`, a link keeps its address only
/// where it leads to an author. An attribute that comes twice counts once, as in HTML. No allocation but for what is kept.
class AttributeFilter {
 public:
  /// `keep_all`: for a page that selectors are asked of, every attribute stays as it is, beside what is made of it.
  explicit AttributeFilter(std::string_view tag, bool keep_all = false) : tag_(tag), keep_all_(keep_all) {}

  /// `name` in any case, `value` as it stands between its quotes, character references not decoded.
  void add(std::string_view name, std::string_view value);
  /// Appends what is left to `out`, with a blank before each attribute.
  void append_to(std::string& out);

 private:
  std::string_view tag_;
  std::string kept_;
  unsigned names_ = 0;
  unsigned seen_ = 0;
  void keep(std::string_view name, std::string_view value);

  bool hidden_ = false;
  bool keep_all_ = false;
};

/// True for an address whose path names an author ("/author/jane-doe").
bool leads_to_author(std::string_view href);

}  // namespace tearsheet
