// Lexicon: a TSV list of words that is alternation, normaliser and trigger at once.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/fold.h"
#include "extractors/key_table.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// One surface of a lexicon row. `cells[0]` is the value, the rest follow Lexicon::columns().
struct Surface {
  std::string text;         // as written in the file
  bool ambiguous = false;   // marked `?`: also a word, a person or a place
  std::uint32_t row = 0;
};

/// The key under which a lexicon meets a word: fold(), and a curly apostrophe counts as a straight one.
std::string lexicon_key(std::string_view word, Fold how);

/// A compiled lexicon: rules/lexicons/README.md says how the file looks. Const after load; share it.
class Lexicon {
 public:
  /// Reads TSV `text` (UTF-8). Fails with L001 (no header), L002 (cell count), L003 (surface said twice), L004 (empty surface or value), with file
  /// and line.
  static Result<Lexicon> parse(std::string_view text, std::string_view file, Fold how);

  /// Adds another file's rows to this one (an overlay): a surface said again replaces the earlier row. Fails with L005 (unknown column).
  Result<void> merge(const Lexicon& other);

  /// The surface that equals `word` under this lexicon's fold, or null. Cost: one hash look-up; folds into a local buffer.
  const Surface* find(std::string_view word) const;

  /// Cell of a row: "value" is column 0; "" when the row or column is empty or unknown.
  std::string_view cell(const Surface& surface, std::string_view column) const;
  std::string_view value(const Surface& surface) const { return rows_[surface.row][0]; }
  /// All surfaces, in file order; those of one row stand together, but for those that merge() replaced.
  const std::vector<Surface>& surfaces() const { return surfaces_; }
  const std::vector<std::string>& columns() const { return columns_; }
  const std::vector<std::vector<std::string>>& rows() const { return rows_; }
  Fold how() const { return how_; }
  /// Hash of the file's bytes and the fold, for rule hashes.
  std::uint64_t hash() const { return hash_; }
  const std::string& file() const { return file_; }

 private:
  bool is_spelling(const Surface& known, const Surface& surface, std::string_view value) const;
  Result<void> add_row(const std::vector<std::string_view>& cells, std::uint32_t line);

  std::string file_;
  Fold how_ = Fold::none;
  std::vector<std::string> columns_;               // "value", then the attributes
  std::vector<std::vector<std::string>> rows_;
  std::vector<Surface> surfaces_;
  KeyTable by_key_;  // folded surface -> index into surfaces_
  std::uint64_t hash_ = 0;
};

}  // namespace tearsheet
