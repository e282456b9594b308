// Record rules: rules/records.yaml as the binder uses it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "extractors/pattern.h"
#include "pipeline/record/record.h"
#include "pipeline/record/words.h"

namespace tearsheet {

/// A pattern over lower-case words and what it means, in file order.
struct Cue {
  std::shared_ptr<const Pattern> pattern;
  std::string is;
};

enum class Side : std::uint8_t { any, subject, object, before, after, by };

/// One role of a record and what may fill it.
struct RoleSlot {
  std::string name;                        // payer, recipient, money, purpose, ...
  std::vector<std::string> types;          // mention or Ref types
  std::vector<std::string> prepositions;   // the noun phrase hangs on one of these; "" = on none; empty list = any
  std::vector<std::vector<std::string>> phrases;  // words that open a phrase ("to", "for", "as part of"): the slot is that phrase
  Side side = Side::any;
  bool required = false;
  bool many = false;
};

struct RecordRule {
  std::string id, kind, name;              // name: id@version#hash
  std::vector<std::string> verbs, nouns, phrases;
  std::vector<std::string> with;           // nouns only: verbs that may govern the noun ("approve" a budget)
  bool with_required = false;
  Fields set;                              // instrument, metric, outcome, status, measure, certainty, direction, sum
  std::vector<RoleSlot> slots;
  std::vector<Cue> status, certainty, measure, instrument, metric, outcome;
  std::shared_ptr<const Pattern> requires_sentence, requires_paragraph, unless_sentence;
  int rank = 50;
  double confidence = 0.7;
  const RoleSlot* slot(std::string_view slot_name) const;
};

/// Which rule a word may trigger.
struct Trigger {
  enum class Type : std::uint8_t { verb, noun } type = Type::verb;
  std::uint32_t rule = 0;
  VerbForm form = VerbForm::base;
};

struct RecordRules::Parts {
  std::vector<RecordRule> rules;
  std::unordered_multimap<std::string, Trigger> by_word;          // lower-case spelling
  std::vector<std::pair<std::vector<std::string>, std::uint32_t>> phrases;  // words, rule
  std::unordered_multimap<std::string, std::pair<std::string, VerbForm>> verb_forms;  // spelling of every `with` verb -> lemma
  std::vector<Cue> status, certainty, measure, instrument;        // defaults
};

/// The first cue whose pattern is found in `words`, or "".
std::string_view first_cue(const std::vector<Cue>& cues, std::string_view words);

}  // namespace tearsheet
