// Rule format: rule files laid out, comments kept, what they say unchanged.
#include <algorithm>

#include "base/yaml.h"
#include "extractors/rule_edit.h"

namespace tearsheet {
namespace {

using Lines = std::vector<std::string>;

Lines split(std::string_view text) {
  Lines out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string line(text.substr(0, end));
    while (!line.empty() && (line.back() == ' ' || line.back() == '\t' || line.back() == '\r')) line.pop_back();
    out.push_back(std::move(line));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string joined(const Lines& lines) {
  std::string out;
  std::size_t blank = 0;
  for (const std::string& line : lines) {
    blank = line.empty() ? blank + 1 : 0;
    if (blank > 1 || (line.empty() && out.empty())) continue;
    out += line + '\n';
  }
  while (out.ends_with("\n\n")) out.pop_back();
  return out;
}

std::size_t indent_of(const std::string& line) { return std::min(line.find_first_not_of(' '), line.size()); }
bool is_comment(const std::string& line) { return indent_of(line) < line.size() && line[indent_of(line)] == '#'; }

/// True where a scalar runs over several lines: those files are left in their order and place.
bool has_block_scalar(const Tree& tree, std::string_view text) {
  if (tree.is_scalar()) return text.substr(tree.offset, 1) == "|" || text.substr(tree.offset, 1) == ">" || (tree.quoted && scalar_span(text, tree).of(text).find('\n') != std::string_view::npos);
  return std::any_of(tree.items.begin(), tree.items.end(), [&](const Tree& item) { return has_block_scalar(item, text); }) ||
         std::any_of(tree.members.begin(), tree.members.end(), [&](const auto& member) { return has_block_scalar(member.second, text); });
}

struct Quote {
  Span where;
  std::string text;
};

void quote(const Tree& scalar, std::string_view text, std::vector<Quote>& out) {
  const char open = text[scalar.offset];
  if (!scalar.is_scalar() || open == '\'' || open == '|' || open == '>' || scalar.scalar.find('\n') != std::string::npos) return;
  const Span where = scalar_span(text, scalar);
  if (!scalar.quoted && where.of(text) != scalar.scalar) return;  // a plain scalar over several lines
  out.push_back({where, yaml_quoted(scalar.scalar)});
}

/// Patterns and macros in single quotes. (Examples may be in any.)
std::string single_quoted(std::string_view text, const Tree& tree) {
  std::vector<Quote> quotes;
  if (const Tree* macros = tree.find("macros")) {
    for (const auto& [name, body] : macros->members) quote(body, text, quotes);
  }
  const Tree* rules = tree.find("rules");
  for (const Tree& rule : rules == nullptr ? std::vector<Tree>{} : rules->items) {
    if (const Tree* pattern = rule.find("pattern")) quote(*pattern, text, quotes);
    if (const Tree* any = rule.find("any")) {
      for (const Tree& pattern : any->items) quote(pattern, text, quotes);
    }
  }
  std::string out(text);
  for (auto it = quotes.rbegin(); it != quotes.rend(); ++it) out.replace(it->where.begin, it->where.size(), it->text);
  return out;
}

std::size_t order_of(const std::string& key) {
  const auto& order = rule_key_order();
  return static_cast<std::size_t>(std::find(order.begin(), order.end(), key) - order.begin());
}

/// The lines of one key of a rule, with the comments above it.
struct KeyLines {
  std::size_t order = 0;
  Lines lines;
};

/// One rule's lines, dash at column 0, keys sorted.
Lines in_order(const Lines& rule) {
  std::vector<KeyLines> keys;
  Lines above;
  for (const std::string& line : rule) {
    const bool key = indent_of(line) == 2 && !is_comment(line) && line[2] != '-';
    if (key || keys.empty()) {
      if (is_comment(line) && indent_of(line) <= 2) {
        above.push_back(line);
        continue;
      }
      keys.push_back({order_of(line.substr(2, line.find(':', 2) - 2)), above});
      above.clear();
    } else if (is_comment(line) && indent_of(line) <= 2) {
      above.push_back(line);
      continue;
    }
    keys.back().lines.insert(keys.back().lines.end(), above.begin(), above.end());
    above.clear();
    if (!line.empty()) keys.back().lines.push_back(line);
  }
  std::stable_sort(keys.begin(), keys.end(), [](const KeyLines& a, const KeyLines& b) { return a.order < b.order; });
  Lines out;
  for (const KeyLines& key : keys) out.insert(out.end(), key.lines.begin(), key.lines.end());
  out.insert(out.end(), above.begin(), above.end());
  return out;
}

/// The lines of `rules:`, laid out: dashes at the left edge, one blank line between rules, keys in order.
Lines rules_laid_out(const Lines& lines) {
  std::size_t dash = std::string::npos;
  for (const std::string& line : lines) {
    if (dash == std::string::npos && indent_of(line) < line.size() && line[indent_of(line)] == '-') dash = indent_of(line);
  }
  if (dash == std::string::npos) return lines;
  std::vector<Lines> rules(1);  // the first holds what stands above all rules
  Lines above;
  for (std::string line : lines) {
    line.erase(0, std::min(dash, indent_of(line)));
    if (line.starts_with("- ")) {
      rules.emplace_back();
      rules.back().push_back("  " + line.substr(2));
      rules.back().insert(rules.back().begin(), above.begin(), above.end());
      above.clear();
    } else if (is_comment(line) && indent_of(line) == 0) {
      above.push_back(line);
    } else if (!line.empty() || above.empty()) {
      rules.back().insert(rules.back().end(), above.begin(), above.end());
      above.clear();
      rules.back().push_back(line);
    } else {
      above.push_back(line);
    }
  }
  Lines out = rules[0];
  for (std::size_t i = 1; i < rules.size(); ++i) {
    Lines head;
    while (!rules[i].empty() && (rules[i][0].empty() || (is_comment(rules[i][0]) && indent_of(rules[i][0]) == 0))) {
      head.push_back(rules[i][0]);
      rules[i].erase(rules[i].begin());
    }
    Lines body = in_order(rules[i]);
    for (std::string& line : body) {
      if (!is_comment(line)) {
        line[0] = '-';
        break;
      }
    }
    if (i > 1) out.emplace_back();
    out.insert(out.end(), head.begin(), head.end());
    out.insert(out.end(), body.begin(), body.end());
  }
  out.insert(out.end(), above.begin(), above.end());
  return out;
}

/// What a file says, without order and spelling.
std::string said(const Tree& tree) {
  std::string out = tree.is_map() ? "{" : tree.is_list() ? "[" : "=" + tree.scalar;
  for (const Tree& item : tree.items) out += said(item) + ",";
  std::vector<std::string> members;
  for (const auto& [key, value] : tree.members) members.push_back(key + ":" + said(value));
  std::sort(members.begin(), members.end());
  for (const std::string& member : members) out += member + ";";
  return out + "]";
}

}  // namespace

const std::vector<std::string>& rule_key_order() {
  static const std::vector<std::string> order = {"id",       "entity", "doc", "notes", "status",  "lang",     "zones",      "pattern", "any",      "edges",   "max_len", "trigger", "emit",
                                                 "where",    "reader", "requires", "unless", "set", "boost", "conflict", "confidence", "silence", "examples", "rejects", "todo"};
  return order;
}

Result<std::string> format_rules(std::string_view text, std::string_view file) {
  const auto tree = yaml::parse(text, file);
  if (!tree) return tl::unexpected(tree.error());
  if (has_block_scalar(*tree, text)) return std::string(text);  // their blanks may be meant
  const Tree* rules = tree->find("rules");
  if (tree->find("kind") != nullptr || rules == nullptr || !rules->is_list() || rules->items.empty() || text[rules->offset] == '[') return joined(split(text));
  const std::string quoted = single_quoted(text, *tree);
  const Lines lines = split(quoted);
  std::size_t begin = 0;
  while (begin < lines.size() && !lines[begin].starts_with("rules:")) ++begin;
  std::size_t end = begin + 1;
  while (end < lines.size() && (lines[end].empty() || lines[end][0] == ' ' || lines[end][0] == '-' || lines[end][0] == '#')) ++end;
  Lines out(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(std::min(begin + 1, lines.size())));
  if (begin < lines.size()) {
    const Lines laid = rules_laid_out({lines.begin() + static_cast<std::ptrdiff_t>(begin) + 1, lines.begin() + static_cast<std::ptrdiff_t>(end)});
    out.insert(out.end(), laid.begin(), laid.end());
    if (end < lines.size()) out.emplace_back();
    out.insert(out.end(), lines.begin() + static_cast<std::ptrdiff_t>(end), lines.end());
  }
  const std::string result = joined(out);
  const auto again = yaml::parse(result, file);
  if (!again || said(*again) != said(*tree)) {
    return tl::unexpected(Error{"R023", "this file cannot be laid out without changing what it says, so it was left as it is", {std::string(file), 0, 0}, "please report it with the file", {}});
  }
  return result;
}

}  // namespace tearsheet
