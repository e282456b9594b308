// CSV rows: a table of any size, one row at a time.
#include "cli/csv_rows.h"

namespace tearsheet::cli {

int CsvRows::get() {
  if (at_ == filled_) {
    in_.read(buffer_.data(), static_cast<std::streamsize>(buffer_.size()));
    filled_ = static_cast<std::size_t>(in_.gcount());
    at_ = 0;
    if (filled_ == 0) return -1;
  }
  return static_cast<unsigned char>(buffer_[at_++]);
}

bool CsvRows::next(std::vector<std::string>& cells) {
  cells.assign(1, {});
  bool quoted = false, was_quote = false, any = false;
  for (int c = get(); c >= 0; c = get()) {
    std::string& cell = cells.back();
    if (quoted) {
      if (c == '"') {
        quoted = false;
        was_quote = true;
      } else {
        cell += static_cast<char>(c);
      }
      continue;
    }
    if (c == '"') {
      // A quote right after a closing one is a quote that is meant.
      if (was_quote) cell += '"';
      quoted = any = true;
    } else if (c == ',') {
      cells.emplace_back();
      any = true;
    } else if (c == '\n') {
      if (any || !cell.empty() || cells.size() > 1) break;
    } else if (c != '\r') {
      cell += static_cast<char>(c);
      any = true;
    }
    was_quote = false;
  }
  if (!begun_ && cells.front().starts_with("\xEF\xBB\xBF")) cells.front().erase(0, 3);
  begun_ = true;
  return any;
}

}  // namespace tearsheet::cli
