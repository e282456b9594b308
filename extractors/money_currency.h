// Money currency: which currency an ambiguous sign or word means, by what the article says.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/document.h"
#include "extractors/reader.h"
#include "tearsheet/error.h"

namespace tearsheet {

class Rulebook;

/// True when `right` opens a bracket right behind `left`: "5 million dollars (US$3.4 million)".
bool is_bracketed_pair(std::string_view text, Span left, Span right);

/// The evidence of rules/currency.yaml (kind: currency) and of the country lexicon. Const; safe from any thread.
class CurrencyEvidence {
 public:
  /// Fails with R030 when rules/currency.yaml is missing or names an evidence that is unknown, R007 when the country lexicon is
  /// missing.
  static Result<CurrencyEvidence> make(const Rulebook& rules);

  /// Decides every money mention that has `candidates`: sets `currency` (none where the evidence only rules out) and `evidence`.
  /// `kept` is in text order. Cost: one pass over the text where there is something to decide.
  void settle(const Document& document, std::vector<Candidate>& kept) const;

  /// True when `text` holds a word that goes with prices, pay and budgets: what an ambiguous unit needs beside its number.
  bool speaks_of_money(std::string_view text) const;
  /// True for a unit that measures weight as well: "pounds".
  bool is_weight(std::string_view unit) const;

 private:
  struct Cue {
    std::string rest;  // what must follow the first word
    std::string currency;
  };
  struct Seen {
    std::uint32_t at;
    const Cue* cue;
    std::string_view words;
  };
  struct Case;  // one mention being decided

  std::vector<Seen> cues_in(std::string_view text) const;
  void decide(Case& now) const;
  bool try_one(std::string_view kind, Case& now) const;

  std::unordered_multimap<std::string, Cue> cues_;  // by first word
  std::map<std::string, std::vector<std::string>, std::less<>>
      orders_;                                             // surface, folded -> evidence, strongest first; "" = all others
  std::map<std::string, std::string, std::less<>> local_;  // ISO 3166 -> ISO 4217
  std::vector<std::string> money_words_, weights_;
};

}  // namespace tearsheet
