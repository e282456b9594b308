// Rule: one entry of a rule file, parsed and expanded, with where it stands.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/tree.h"
#include "extractors/lexicon.h"
#include "tearsheet/article.h"
#include "tearsheet/error.h"
#include "tearsheet/value.h"

namespace tearsheet {

class Expression;  // extractors/expression.h: emit and where
class Gazetteer;   // extractors/gazetteer.h: names by look-up
class Pattern;     // extractors/pattern.h: the door to RE2
class RuleSource;  // extractors/rule_source.h: a rule file's text

enum class Edges : std::uint8_t { word, none, left, right };
enum class Status : std::uint8_t { draft, trial, stable, off };

/// A group of a pattern that a lexicon stands behind: `%{@cur_sign:cur}`.
struct LexiconGroup {
  std::string group;
  std::shared_ptr<const Lexicon> lexicon;
  std::string name;           // as declared: "cur_sign"
  std::uint16_t pattern = 0;  // which of `any:`
  std::uint64_t rows = 0;     // hash of the rows that stand in the pattern, so that a changed row touches only those who use it
};

/// A stretch of an expanded pattern and the stretch of the pattern as written that gave it.
struct Piece {
  Span out;     // in the expanded pattern
  Span source;  // in the pattern as written
  bool pasted = false;
};

/// A pattern where its author wrote it, for carets and for edits of the file.
struct Written {
  std::shared_ptr<const RuleSource> source;
  Tree node;                  // the scalar
  std::vector<Piece> pieces;  // of its expansion
};

/// One key of a condition: near, preceded_by, followed_by or inside.
struct Test {
  enum class Where : std::uint8_t { near, preceded_by, followed_by, inside };

  Where where = Where::near;
  std::shared_ptr<const Pattern> pattern;      // words, lexicon or regex, compiled as one pattern; null for the three below
  std::shared_ptr<const Gazetteer> gazetteer;  // a lexicon of over 1,500 surfaces
  std::string entity;                          // near: { entity: company }
  std::string inside;                          // url | quote | bracket | heading | a block's use
  Edges edges = Edges::none;
  std::vector<LexiconGroup> lexicons;          // for `per: '%{@per_unit}'`
};

/// One condition of requires / unless / boost / set: holds when all of its tests hold.
struct Condition {
  enum class Scope : std::uint8_t { touching, words, sentence, paragraph, article };

  std::vector<Test> tests;
  Scope scope = Scope::words;
  std::uint32_t words = 0;  // for Scope::words: at most so many words between; 0 = only blanks, hyphens, quotes and opening brackets
  Fields set;               // set: fields to fill (a string "%{@lex}" or "%{group}" stands for the value matched)
  double boost = 0;         // boost: added to the confidence
  Place place;

  bool needs_entities() const;
};

struct Example {
  std::string text;                            // without the << >> marks
  std::vector<Span> spans;                     // the marked spans, in order; empty for rejects
  std::vector<Fields> want;                    // one per span; may be shorter
  std::string why;                             // rejects: the reason
  std::string by;                              // rejects: the guard that must stop it: pattern | edges | emit | where | unless | requires | conflict | reader | zones |
                                               // lang | max_len | unproven; empty = any
  std::string date;                            // reference date for the example, ISO; empty = none
  std::string lang, domain;                    // of the example's article; empty = not known
  Use use = Use::body;                         // of the example's block
  Place place;
};

/// A compiled rule. Owned by the Rulebook; const and shared by all threads.
struct Rule {
  std::string id, entity, doc, reader, notes;
  std::string version;                         // of its pack
  std::string hash;                            // 4 hex of the expanded form, its lexicon rows included
  std::string digest;                          // the same in 16 hex, for rules.lock
  std::string name;                            // "id@version#hash": what a mention carries
  std::vector<std::string> sources;            // patterns as written (one, or several with `any:`)
  std::vector<std::string> expanded;           // the exact RE2
  std::vector<Written> written;                // by source
  std::vector<std::shared_ptr<const Pattern>> patterns;
  std::shared_ptr<const Lexicon> gazetteer;    // set for a pattern that is one lexicon and nothing else: matched at word starts, longest first
  std::vector<std::uint32_t> gazetteer_surfaces;  // indices into gazetteer->surfaces()
  std::string gazetteer_group;
  std::vector<LexiconGroup> lexicons;
  std::vector<std::pair<std::string, std::shared_ptr<const Expression>>> emit;
  std::shared_ptr<const Expression> where;
  std::vector<Condition> requires_, unless, boost, set;
  int rank = 50;
  bool longest = true;
  double confidence = 0.9;
  Edges edges = Edges::word;
  Status status = Status::stable;
  std::vector<Use> zones;                      // empty = all
  std::vector<std::string> lang;               // empty = all
  std::uint32_t max_len = 400;                 // bytes
  std::vector<std::string> trigger, silence;
  std::vector<Example> examples, rejects, todo;
  std::shared_ptr<const RuleSource> source;    // the file that holds the rule
  Place place;                                 // of the rule
  Place pattern_place;                         // of the first pattern's text

  /// True when a guard asks for another type's mentions: such a rule is decided in a second round.
  bool needs_entities() const;
};

}  // namespace tearsheet
