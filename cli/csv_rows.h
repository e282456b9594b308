// CSV rows: a table of any size, one row at a time.
#pragma once

#include <istream>
#include <string>
#include <vector>

namespace tearsheet::cli {

/// Reads RFC 4180 tables (quotes, doubled quotes, line breaks in quotes), as they stand in a stream. Memory: one row and one
/// buffer.
class CsvRows {
 public:
  explicit CsvRows(std::istream& in) : in_(in), buffer_(1 << 16) {}
  /// The next row's cells, or false at the end. Empty lines are passed over; a byte-order mark before the first cell is dropped.
  bool next(std::vector<std::string>& cells);

 private:
  int get();

  std::istream& in_;
  std::vector<char> buffer_;
  std::size_t at_ = 0, filled_ = 0;
  bool begun_ = false;
};

}  // namespace tearsheet::cli
