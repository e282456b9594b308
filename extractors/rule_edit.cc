// Rule edit: changes of a rule file's text, comments and layout kept.
#include "extractors/rule_edit.h"

#include <algorithm>

#include "base/suggest.h"
#include "base/yaml.h"

namespace tearsheet {
namespace {

std::uint32_t line_begin(std::string_view text, std::size_t at) {
  const std::size_t before = at == 0 ? std::string_view::npos : text.rfind('\n', at - 1);
  return static_cast<std::uint32_t>(before == std::string_view::npos ? 0 : before + 1);
}
std::uint32_t line_end(std::string_view text, std::size_t at) {
  const std::size_t end = text.find('\n', at);
  return static_cast<std::uint32_t>(end == std::string_view::npos ? text.size() : end + 1);
}
std::string_view line_at(std::string_view text, std::size_t at) { return text.substr(at, line_end(text, at) - at); }

std::size_t indent_of(std::string_view line) { return std::min(line.find_first_not_of(' '), line.size()); }

bool is_blank_or_comment(std::string_view line) {
  const std::size_t word = line.find_first_not_of(" \t\r\n");
  return word == std::string_view::npos || line[word] == '#';
}

/// The end of what begins in the line of `from` and is indented by more than `indent`, without trailing blank lines and comments. `of_key`: the items of
/// a key's list may stand as far left as the key.
std::uint32_t block_end(std::string_view text, std::size_t from, std::size_t indent, bool of_key = false) {
  std::uint32_t end = line_end(text, from);
  for (std::size_t at = end; at < text.size(); at = line_end(text, at)) {
    const std::string_view line = line_at(text, at);
    if (is_blank_or_comment(line)) continue;
    const bool item = of_key && indent_of(line) == indent && line.substr(indent, 2) == "- ";
    if (indent_of(line) <= indent && !item) break;
    end = line_end(text, at);
  }
  return end;
}

std::string with_break(std::string_view text) {
  std::string out(text);
  if (!out.empty() && out.back() != '\n') out += '\n';
  return out;
}

std::string replaced(std::string_view text, Span where, std::string_view by) {
  return std::string(text.substr(0, where.begin)) + std::string(by) + std::string(text.substr(where.end));
}

/// Where a list item's dash stands, given where its first key does.
std::size_t dash_column(std::string_view text, const Tree& item) { return indent_of(line_at(text, line_begin(text, item.offset))); }

Span flow_span(std::string_view text, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\'' || c == '"') {
      for (++i; i < text.size() && text[i] != c; ++i) i += text[i] == '\\' && c == '"' ? 1 : 0;
    } else if (c == '[' || c == '{') {
      ++depth;
    } else if ((c == ']' || c == '}') && --depth == 0) {
      return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(i + 1)};
    }
  }
  return {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(text.size())};
}

}  // namespace

std::string yaml_quoted(std::string_view text) {
  std::string out = "'";
  for (const char c : text) out += c == '\'' ? std::string("''") : std::string(1, c);
  return out + "'";
}

Span scalar_span(std::string_view text, const Tree& scalar) {
  const std::size_t at = scalar.offset;
  const char open = at < text.size() ? text[at] : '\0';
  std::size_t end = at;
  if (scalar.quoted && open == '\'') {
    for (end = at + 1; end < text.size(); ++end) {
      if (text[end] != '\'') continue;
      if (text.substr(end + 1, 1) != "'") break;
      ++end;
    }
    ++end;
  } else if (scalar.quoted && open == '"') {
    for (end = at + 1; end < text.size() && text[end] != '"'; ++end) end += text[end] == '\\' ? 1 : 0;
    ++end;
  } else if (open == '|' || open == '>') {
    end = block_end(text, at, indent_of(line_at(text, line_begin(text, at)))) - 1;
  } else {
    end = at + scalar.scalar.size();
  }
  return {scalar.offset, static_cast<std::uint32_t>(std::min(end, text.size()))};
}

Result<RulePlace> find_rule(std::string_view text, std::string_view file, std::string_view id) {
  auto tree = yaml::parse(text, file);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  std::vector<std::string> known;
  const Tree* rules = tree->find("rules");
  for (const Tree& rule : rules == nullptr ? std::vector<Tree>{} : rules->items) {
    known.emplace_back(rule.text("id"));
    if (rule.text("id") != id) continue;
    RulePlace place;
    place.tree = rule;
    const std::uint32_t first = line_begin(text, rule.offset);
    const std::size_t dash = dash_column(text, rule);
    place.lines = {first, block_end(text, rule.offset, dash)};
    place.indent = rule.offset - first;
    return place;
  }
  return tl::unexpected(Error{"R022", "no rule of this file is called " + std::string(id), {std::string(file), 0, 0}, did_you_mean(id, known), {}});
}

Result<std::string> set_key(std::string_view text, std::string_view file, std::string_view id, std::string_view key, std::string_view yaml) {
  const auto rule = find_rule(text, file, id);
  if (!rule) return tl::unexpected(rule.error());
  if (const Tree* old = rule->tree.find(key)) {
    if (old->is_scalar()) return replaced(text, scalar_span(text, *old), yaml);
    if (text[old->offset] == '{' || text[old->offset] == '[') return replaced(text, flow_span(text, old->offset), yaml);
    const std::uint32_t end = block_end(text, old->key_offset, rule->indent, true);
    return replaced(text, {old->key_offset, end}, std::string(key) + ": " + std::string(yaml) + "\n");
  }
  return replaced(text, {rule->lines.end, rule->lines.end}, (text.substr(0, rule->lines.end).ends_with('\n') ? "" : "\n") + std::string(rule->indent, ' ') + std::string(key) + ": " + std::string(yaml) + "\n");
}

Result<std::string> add_entry(std::string_view text, std::string_view file, std::string_view id, std::string_view key, std::string_view yaml) {
  const auto rule = find_rule(text, file, id);
  if (!rule) return tl::unexpected(rule.error());
  const std::string pad(rule->indent, ' ');
  const Tree* list = rule->tree.find(key);
  const std::string lead = text.substr(0, rule->lines.end).ends_with('\n') ? "" : "\n";
  if (list == nullptr || list->is_null()) {
    std::string fresh = pad + std::string(key) + ":\n" + pad + "- " + std::string(yaml) + "\n";
    if (list == nullptr) return replaced(text, {rule->lines.end, rule->lines.end}, lead + fresh);
    const std::uint32_t line = line_begin(text, list->key_offset);
    return replaced(text, {line, line_end(text, line)}, fresh);
  }
  if (text[list->offset] == '[') {
    const Span flow = flow_span(text, list->offset);
    return replaced(text, {flow.end - 1, flow.end - 1}, (list->items.empty() ? "" : ", ") + std::string(yaml));
  }
  if (text[list->offset] == '{') {  // one condition without a list
    const Span flow = flow_span(text, list->offset);
    return replaced(text, flow, "\n" + pad + "- " + std::string(flow.of(text)) + "\n" + pad + "- " + std::string(yaml));
  }
  const Tree& last = list->items.back();
  const std::uint32_t line = line_begin(text, last.offset);
  const std::size_t dash = indent_of(line_at(text, line));
  const std::uint32_t end = std::min(block_end(text, last.offset, dash), rule->lines.end);
  return replaced(text, {end, end}, (text.substr(0, end).ends_with('\n') ? "" : "\n") + std::string(dash, ' ') + "- " + std::string(yaml) + "\n");
}

Result<std::string> add_rule(std::string_view text, std::string_view file, std::string_view yaml) {
  const auto tree = yaml::parse(text, file);
  if (!tree) return tl::unexpected(tree.error());
  const Tree* rules = tree->find("rules");
  const std::string base = with_break(text);
  if (rules == nullptr) return base + (base.empty() ? "" : "\n") + "rules:\n" + with_break(yaml);
  if (rules->items.empty()) {
    const std::uint32_t line = line_begin(text, rules->key_offset);
    return replaced(text, {line, line_end(text, line)}, "rules:\n" + with_break(yaml));
  }
  const Tree& last = rules->items.back();
  const std::size_t dash = dash_column(text, last);
  const std::uint32_t end = block_end(text, last.offset, dash);
  std::string indented;
  for (std::size_t at = 0; at < yaml.size(); at = line_end(yaml, at)) indented += std::string(dash, ' ') + std::string(line_at(yaml, at));
  return std::string(with_break(text.substr(0, end))) + "\n" + with_break(indented) + std::string(text.substr(end));
}

}  // namespace tearsheet
