// Rule source: the text of one rule file, and errors that point into it.
#include "extractors/rule_source.h"

#include <algorithm>

namespace tearsheet {

RuleSource::RuleSource(std::string path, std::string text) : path_(std::move(path)), text_(std::move(text)), lines_(text_) {}

Error RuleSource::error(std::string code, std::string what, Span where, std::string_view remark, std::string help) const {
  return Error{std::move(code), std::move(what), place(where.begin), std::move(help), lines_.caret(where, remark)};
}

Error RuleSource::error(std::string code, std::string what, const Tree& node, std::string_view remark, std::string help) const {
  const auto length = static_cast<std::uint32_t>(node.scalar.size());
  return error(std::move(code), std::move(what), node.is_scalar() ? span_of(node, {0, length}) : Span{node.offset, node.offset + 1}, remark, std::move(help));
}

Error RuleSource::key_error(std::string code, std::string what, std::string_view key, const Tree& value, std::string_view remark, std::string help) const {
  return error(std::move(code), std::move(what), Span{value.key_offset, value.key_offset + static_cast<std::uint32_t>(key.size())}, remark, std::move(help));
}

Error RuleSource::error(const Flaw& flaw, const Tree& scalar) const {
  return error(flaw.code, flaw.what, span_of(scalar, flaw.where), flaw.remark, flaw.help);
}

Span RuleSource::span_of(const Tree& scalar, Span inner) const {
  const char open = opener(scalar);
  if (open == '|' || open == '>') return {scalar.offset, scalar.offset + 1};
  if (open != '\'' || !scalar.quoted) {
    const std::uint32_t first = scalar.offset + (scalar.quoted ? 1 : 0);
    return {first + inner.begin, first + inner.end};
  }
  const auto at = [&](std::uint32_t want) {
    std::size_t i = scalar.offset + 1;
    for (std::uint32_t n = 0; n < want && i < text_.size(); ++n) i += text_.compare(i, 2, "''") == 0 ? 2 : 1;
    return static_cast<std::uint32_t>(i);
  };
  return {at(inner.begin), at(inner.end)};
}

}  // namespace tearsheet
