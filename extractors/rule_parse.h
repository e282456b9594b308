// Rule parse: one entry of `rules:` to a Rule, every mistake told with its place.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/tree.h"
#include "extractors/rule.h"
#include "extractors/rule_source.h"
#include "extractors/vocabulary.h"

namespace tearsheet {

/// A rule before it is parsed: its tree, and whose text each key came from (an overlay may have changed some).
struct RuleDraft {
  Tree tree;
  std::shared_ptr<const RuleSource> source;
  std::vector<std::pair<std::string, std::shared_ptr<const RuleSource>>> changed;  // keys that an overlay has set
  const Vocabulary* words = nullptr;
  std::string version;

  std::shared_ptr<const RuleSource> shared_source_of(std::string_view key) const;
  const RuleSource& source_of(std::string_view key) const;
};

/// Keys a rule may have, and those that an overlay's `change:` may set.
const std::vector<std::string>& rule_keys();

/// Parses and expands a rule. Appends what is wrong to `errors`; the rule is usable only when nothing was appended.
std::unique_ptr<Rule> parse_rule(const RuleDraft& draft, std::vector<Error>& errors);

/// Complains (R001) about every member of `map` that is not in `known`.
void check_keys(const Tree& map, const std::vector<std::string>& known, const RuleSource& source, std::vector<Error>& errors);

/// A list of conditions: the value of unless, requires, boost (with `by:`) or set (with fields).
std::vector<Condition> parse_conditions(const Tree& list, std::string_view key, const RuleSource& source, const Vocabulary& words, std::vector<Error>& errors);

/// The value of examples, rejects or todo.
std::vector<Example> parse_examples(const Tree& list, std::string_view key, const RuleSource& source, std::vector<Error>& errors);

/// Expands and checks one regex that stands in `scalar`.
std::optional<Expansion> compile_text(const Tree& scalar, const RuleSource& source, const Vocabulary& words, bool name_all, std::vector<Error>& errors);

}  // namespace tearsheet
