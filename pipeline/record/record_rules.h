// Record rules: rules/records.yaml as the binder uses it.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/word.h"
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
  bool is_value() const;                   // filled by the nearest mention of its types, not by who acts
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
  std::vector<std::vector<std::string>> needs;  // of each list the sentence must hold a mention of one type, or no slot filling can succeed
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

/// Several words that trigger a rule.
struct PhraseTrigger {
  std::vector<std::string> words;
  std::uint32_t rule = 0;
};

/// What one spelling may be to the rules.
struct Lexeme {
  std::vector<Trigger> triggers;                            // by rule
  std::vector<std::uint32_t> phrases;                       // that begin with it; into Parts::phrases
  std::vector<std::pair<std::string, VerbForm>> governs;    // a form of these `with` verbs
};

struct RecordRules::Parts {
  std::vector<RecordRule> rules;
  std::vector<PhraseTrigger> phrases;
  WordTable<Lexeme> lexemes;                                      // by lower-case spelling
  std::vector<Cue> status, certainty, measure, instrument;        // defaults
};

/// The first cue whose pattern is found in `words`, or "".
std::string_view first_cue(const std::vector<Cue>& cues, std::string_view words);

}  // namespace tearsheet
