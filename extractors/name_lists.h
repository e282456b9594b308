// Name lists: the lexicons that tell companies, organisations, places and people apart.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>

#include "extractors/lexicon.h"
#include "extractors/reader.h"
#include "tearsheet/error.h"
#include "tearsheet/value.h"

namespace tearsheet {

class Rulebook;

/// What a rule of names starts from, told by the group behind its pattern.
enum class Clue : std::uint8_t { listed, legal_form, head, cue, person, title, abbreviation, ticker, domain, glued, index, blocked };

/// The lists and what is worked out of them. Built once, then const.
class NameLists {
 public:
  /// Fails with R007 when one of the lexicons is not declared.
  static Result<std::shared_ptr<const NameLists>> build(const Rulebook& rules);

  Clue clue_of(const Rule& rule) const;

  /// The company or organisation called so, or nothing. Ambiguous spellings count only with `ambiguous`.
  std::optional<LexiconRow> company(std::string_view name, bool ambiguous) const { return row(*company_, name, ambiguous); }
  std::optional<LexiconRow> organisation(std::string_view name, bool ambiguous) const { return row(*organisation_, name, ambiguous); }
  /// True for a country, its adjective or a place, ambiguous ones too.
  bool is_where(std::string_view word) const { return country_->find(word) != nullptr || place_->find(word) != nullptr; }
  bool is_country(std::string_view word) const { return country_->find(word) != nullptr; }
  /// True for a country or a region of several countries by its own name ("India", "Europe"), not for an adjective or a city.
  bool is_region(std::string_view name) const;
  /// True for a word in capitals that opens a sentence or names a post, and for stop names and products.
  bool is_stop(std::string_view word) const { return stop(word) != nullptr; }
  /// True for stop words that never stand inside a name, either: "The", "Said", "CEO".
  bool is_hard_stop(std::string_view word) const;
  bool is_other_name(std::string_view name) const;
  /// The same, with those that may also be a name.
  bool is_any_stop(std::string_view name) const { return other_->find(name) != nullptr || product_->find(name) != nullptr || title_->find(name) != nullptr; }
  bool is_title(std::string_view word) const;
  /// True for a given name that is nothing else; with `ambiguous` for any.
  bool is_given(std::string_view word, bool ambiguous) const;
  bool is_family(std::string_view word) const { return family_->find(word) != nullptr; }
  /// The head word's row, or nothing.
  std::optional<LexiconRow> head(std::string_view word) const { return row(*head_, word, true); }
  std::optional<LexiconRow> legal_form(std::string_view word) const { return row(*legal_form_, word, true); }
  /// True for words that many names share ("General", "Gold", "Services"): alone they stand for no one.
  bool is_generic(std::string_view word) const;

 private:
  const Surface* stop(std::string_view word) const;
  static std::optional<LexiconRow> row(const Lexicon& lexicon, std::string_view name, bool ambiguous);
  void count_words(const Lexicon& lexicon);

  std::shared_ptr<const Lexicon> company_, organisation_, country_, place_, stop_, other_, product_, title_, given_, family_, head_, legal_form_;
  std::unordered_map<std::string, std::uint32_t> names_with_;  // word -> how many listed names hold it
  std::unordered_map<const Rule*, Clue> clues_;
};

/// Fills name, id and what else the row of company.tsv or organisation.tsv knows.
void fill_from(const LexiconRow& row, Fields& fields);

}  // namespace tearsheet
