// Gold: annotated cases, and how well the engine reads them.
#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "base/tree.h"
#include "tearsheet/engine.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// One mention that an annotator saw. `nth` counts occurrences of `text` from 1.
struct GoldMention {
  std::string type, text, use;
  std::uint32_t nth = 1;
  bool maybe = false;  // either answer is accepted
  Tree want;           // a map of the fields to compare, or null
};
struct GoldLink {
  std::string kind, from, to;
};
struct GoldTrap {
  std::string text, type, why;  // `text` must not come out as `type`
};
struct GoldUse {
  std::string starts, use;
};

/// What a perfect reading of one document is: docs/annotating.md says how it is written.
struct GoldDocument {
  std::string id;  // of the line in a JSON-lines case; else empty
  std::optional<Date> reference;
  Tree article;  // a map, or null
  std::set<std::string> complete;
  std::vector<GoldMention> mentions;
  std::vector<GoldLink> links;
  std::vector<Tree> records;
  std::vector<GoldTrap> traps;
  std::vector<GoldUse> uses;
};
struct GoldCase {
  std::string name, file, want_file;  // "wire/chip_fab", the article, the annotation
  std::vector<GoldDocument> documents;
};

/// What a want file may name beside the built-in types and their fields: those of the rules in use.
struct GoldNames {
  std::vector<std::string> types, fields;
};

/// Reads one want file. Fails with Y-codes, G001 (unknown key or value), G002 (no such type, use or kind), each with its place.
Result<GoldCase> read_case(const std::string& want_file, const GoldNames& names = {});
/// All cases at `path`: a folder (with its folders, in sorted order), a want file or an article that has one. Every faulty file
/// is an error in the list. G003: no cases there.
tl::expected<std::vector<GoldCase>, std::vector<Error>> read_cases(const std::string& path, const GoldNames& names = {});

/// Counts of one type: how many were asked for, how many came, and how many of those were right in span, by overlap and in value.
struct Tally {
  std::uint64_t gold = 0, found = 0, strict = 0, overlap = 0, value = 0, whole = 0;  // whole: span and value
  /// Precision, recall and F1 in percent of `right` (one of the three counts); 100 where nothing was asked and nothing came.
  double precision(std::uint64_t right) const;
  double recall(std::uint64_t right) const;
  double f1(std::uint64_t right) const;
};

/// How often what came with one confidence was right: found, and annotated with the value that came.
struct Bin {
  std::uint64_t found = 0, right = 0;
  double percent() const;
};
/// One bin for each tenth of confidence, the first with all below 0.6: 0.5-0.6, 0.6-0.7, ... 0.9-1.0.
using Calibration = std::array<Bin, 5>;
/// The bin of a confidence. 0.9 is in the last one.
std::size_t bin_of(double confidence);

/// One thing that is not as the annotator says: kind is missed, extra, span, value, trap, use, article, link, record or
/// unreadable.
struct Difference {
  std::string where, kind, type, what;
};

struct Scores {
  std::map<std::string, Tally> types;  // by mention type, and "links" and "records"
  std::uint64_t cases = 0, documents = 0;
  std::uint64_t traps = 0, traps_kept = 0, uses = 0, uses_right = 0, facts = 0, facts_right = 0;  // facts: article fields
  std::map<std::string, std::map<std::string, Calibration>> calibration;  // by mention type, then by rule id; "" is all of a type
  std::map<std::string, std::uint64_t> hits;  // mentions of all types by rule id
  std::vector<Difference> differences;
};

/// Compares one reading with its document and adds to `scores`. `where` names it in differences.
void judge(const Reading& reading, const GoldDocument& gold, const std::string& where, Scores& scores);

/// Reads all cases with `engine` and judges them. Fails with G004 where an annotated text does not stand in its article that
/// often, and with what the source fails with.
Result<Scores> score_cases(const Engine& engine, const std::vector<GoldCase>& cases);
/// The same, each document by itself: for intervals. In the cases' order.
Result<std::vector<Scores>> score_documents(const Engine& engine, const std::vector<GoldCase>& cases);
/// Adds all counts and differences of `more`.
void add_scores(Scores& to, const Scores& more);

/// What bar.yaml asks for: least F1 in percent.
struct Bar {
  double strict = 0, overlap = 0, value = 0;
};
Result<std::map<std::string, Bar>> read_bar(const std::string& file);

}  // namespace tearsheet
