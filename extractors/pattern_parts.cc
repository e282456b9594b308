// Pattern parts: a pattern as written, taken apart.
#include "extractors/pattern_parts.h"

#include <algorithm>

#include "extractors/pattern.h"

namespace tearsheet {
namespace {

Span span_of(std::size_t begin, std::size_t end) { return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}; }

/// Behind the `)` of a group that opens at `at`.
std::size_t group_end(std::string_view pattern, std::size_t at) {
  int depth = 0;
  for (std::size_t i = at; i < pattern.size(); ++i) {
    if (pattern.substr(i, 2) == "%{") {
      i = std::min(pattern.find('}', i), pattern.size() - 1);
    } else if (pattern[i] == '\\') {
      ++i;
    } else if (pattern[i] == '[') {
      i = std::min(class_end(pattern, i), pattern.size() - 1);
    } else if (pattern[i] == '(') {
      ++depth;
    } else if (pattern[i] == ')' && --depth == 0) {
      return i + 1;
    }
  }
  return pattern.size();
}

}  // namespace

std::size_t quantifier_end(std::string_view pattern, std::size_t at) {
  while (at < pattern.size() && (pattern[at] == '?' || pattern[at] == '*' || pattern[at] == '+' || pattern[at] == '{')) {
    at = pattern[at] == '{' ? std::min(pattern.find('}', at), pattern.size() - 1) + 1 : at + 1;
  }
  return at;
}

std::size_t atom_end(std::string_view pattern, std::size_t at) {
  if (pattern.substr(at, 2) == "%{") return std::min(pattern.find('}', at), pattern.size() - 1) + 1;
  if (pattern[at] == '(') return group_end(pattern, at);
  if (pattern[at] == '[') return std::min(class_end(pattern, at), pattern.size() - 1) + 1;
  if (pattern[at] == '\\') {
    const bool braced = at + 2 < pattern.size() && pattern[at + 2] == '{' && (pattern[at + 1] == 'x' || pattern[at + 1] == 'p' || pattern[at + 1] == 'P');
    return braced ? std::min(pattern.find('}', at), pattern.size() - 1) + 1 : std::min(at + 2, pattern.size());
  }
  std::size_t end = at + 1;  // a letter of several bytes is one atom
  while (end < pattern.size() && (static_cast<unsigned char>(pattern[end]) & 0xC0) == 0x80) ++end;
  return end;
}

namespace {

bool is_letter(std::string_view pattern, std::size_t at) { return std::string_view("%([\\.^$|)?*+{").find(pattern[at]) == std::string_view::npos; }

/// The inside of a group, behind its "(?P<name>" or "(?:".
Span inside_of(std::string_view pattern, Span group) {
  std::size_t begin = group.begin + 1;
  if (pattern.substr(begin, 1) == "?") {
    const std::size_t end = pattern.substr(begin, 3) == "?P<" ? pattern.find('>', begin) : pattern.find(':', begin);
    begin = end == std::string_view::npos || end >= group.end ? group.end - 1 : end + 1;
  }
  return span_of(begin, group.end - 1);
}

std::vector<std::vector<Span>> rows_of(std::string_view pattern, Span within) {
  std::vector<std::vector<Span>> rows(1);
  const std::string_view text = pattern.substr(0, within.end);
  for (std::size_t at = within.begin; at < text.size();) {
    if (text[at] == '|') {
      rows.emplace_back();
      ++at;
      continue;
    }
    std::size_t end = atom_end(text, at);
    while (is_letter(text, at) && end < text.size() && is_letter(text, end)) {  // a word is one part, up to a letter that is counted
      const std::size_t next = atom_end(text, end);
      if (quantifier_end(text, next) > next) break;
      end = next;
    }
    end = std::min(quantifier_end(text, end), text.size());
    rows.back().push_back(span_of(at, end));
    at = end;
  }
  return rows;
}

}  // namespace

std::vector<std::vector<Span>> parts_of(std::string_view pattern) {
  Span within = span_of(0, pattern.size());
  for (;;) {
    auto rows = rows_of(pattern, within);
    const bool alone = rows.size() == 1 && rows[0].size() == 1 && pattern.substr(rows[0][0].begin, 1) == "(" && rows[0][0].end == group_end(pattern, rows[0][0].begin);
    if (!alone) return rows;
    within = inside_of(pattern, rows[0][0]);
  }
}

}  // namespace tearsheet
