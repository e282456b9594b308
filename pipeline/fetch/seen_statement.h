// Seen, inside: one SQLite statement, bound and stepped. Not a door: pipeline/fetch/seen.h is.
#pragma once

#include <sqlite3.h>

#include <cstdint>
#include <string>
#include <string_view>

namespace tearsheet {

/// A prepared statement that lives as long as its use. Text that is bound must outlive step().
class SeenStatement {
 public:
  SeenStatement(sqlite3* db, const char* sql) { code_ = sqlite3_prepare_v2(db, sql, -1, &statement_, nullptr); }
  SeenStatement(const SeenStatement&) = delete;
  SeenStatement& operator=(const SeenStatement&) = delete;
  ~SeenStatement() { sqlite3_finalize(statement_); }

  SeenStatement& bind(std::int64_t value) { return sqlite3_bind_int64(statement_, ++at_, value), *this; }
  SeenStatement& bind(int value) { return bind(std::int64_t{value}); }
  SeenStatement& bind(bool value) { return bind(std::int64_t{value ? 1 : 0}); }
  SeenStatement& bind(double value) { return sqlite3_bind_double(statement_, ++at_, value), *this; }
  SeenStatement& bind(std::string_view text) {
    return sqlite3_bind_text64(statement_, ++at_, text.data() == nullptr ? "" : text.data(), text.size(), SQLITE_STATIC,
                               SQLITE_UTF8),
           *this;
  }
  SeenStatement& bind(const std::string& text) { return bind(std::string_view(text)); }
  SeenStatement& bind(const char* text) { return bind(std::string_view(text)); }

  /// True while there is a row.
  bool row() {
    if (code_ == SQLITE_OK || code_ == SQLITE_ROW) code_ = sqlite3_step(statement_);
    return code_ == SQLITE_ROW;
  }
  /// Runs to the end; false on failure.
  bool run() {
    while (row()) {
    }
    return code_ == SQLITE_DONE;
  }
  bool failed() const { return code_ != SQLITE_OK && code_ != SQLITE_ROW && code_ != SQLITE_DONE; }

  std::int64_t number(int column) const { return sqlite3_column_int64(statement_, column); }
  double real(int column) const { return sqlite3_column_double(statement_, column); }
  std::string text(int column) const {
    const auto* bytes = static_cast<const char*>(sqlite3_column_blob(statement_, column));
    return bytes == nullptr ? std::string()
                            : std::string(bytes, static_cast<std::size_t>(sqlite3_column_bytes(statement_, column)));
  }

 private:
  sqlite3_stmt* statement_ = nullptr;
  int code_ = SQLITE_OK, at_ = 0;
};

}  // namespace tearsheet
