// Rule edit: changes of a rule file's text, comments and layout kept.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/tree.h"
#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// `text` as a YAML scalar in single quotes.
std::string yaml_quoted(std::string_view text);
/// The bytes of a scalar in its file: quotes included, a block scalar up to its last line.
Span scalar_span(std::string_view text, const Tree& scalar);

/// One rule of a file, found by its id. Offsets into the file's text.
struct RulePlace {
  Tree tree;                // the rule
  Span lines;               // whole lines: from the one with its dash to the last that belongs to it
  std::uint32_t indent = 0; // columns before its keys
};
/// Fails with Y-codes (the text is broken) and R022 (no rule is called so).
Result<RulePlace> find_rule(std::string_view text, std::string_view file, std::string_view id);

/// Sets a key of a rule to a scalar, already spelled as YAML; replaces the old value or adds a line. Gives the new text.
Result<std::string> set_key(std::string_view text, std::string_view file, std::string_view id, std::string_view key, std::string_view yaml);
/// Appends one entry, spelled as YAML on one line, to a list of a rule (examples, rejects, unless, ...); makes the list where there is none.
Result<std::string> add_entry(std::string_view text, std::string_view file, std::string_view id, std::string_view key, std::string_view yaml);
/// Appends a whole rule, spelled as YAML from "- id:" on, to the file's `rules:`; makes the list where there is none.
Result<std::string> add_rule(std::string_view text, std::string_view file, std::string_view yaml);

/// Keys of a rule in the order that fmt gives them.
const std::vector<std::string>& rule_key_order();

/// Lays a rule file out: no trailing blanks, one blank line between rules, the rules' list at the left edge, keys in their order, patterns in single quotes.
/// Comments stay with what stands below them. Fails with Y-codes, and with R023 where the result would not say the same (a fault of ours; nothing is lost).
/// Files of settings (`kind:`) get the first two only.
Result<std::string> format_rules(std::string_view text, std::string_view file);

}  // namespace tearsheet
