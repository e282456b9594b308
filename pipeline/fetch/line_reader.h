// Line reader: the lines of a file or of standard input, also through gzip and zstd, with a cap on a line.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/unpack.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Reads lines lazily, 256 KB at a time. Owns its file descriptor, but not that of standard input.
class LineReader {
 public:
  /// "-" is standard input. Fails with F001, F002, F003.
  static Result<LineReader> open(const std::string& path, std::uint64_t limit_bytes);
  LineReader(LineReader&& other) noexcept;
  LineReader(const LineReader&) = delete;
  LineReader& operator=(const LineReader&) = delete;
  LineReader& operator=(LineReader&&) = delete;
  ~LineReader();

  struct Line {
    std::string text;         // without its end; the first `limit_bytes` of it
    bool cut = false;         // it was longer
    std::uint64_t bytes = 0;  // read from the input for it, as it lies there
  };
  /// The next line, or nothing at the end. Fails with F004 or I001; then it is at its end.
  Result<std::optional<Line>> next();

  /// True when no whole line is at hand and the input has nothing to give right now: a reader should flush what it has.
  bool would_wait() const;

 private:
  LineReader(int fd, std::uint64_t limit_bytes);
  Result<bool> fill();

  int fd_;
  std::uint64_t limit_;
  std::string packed_, plain_;  // read but not unpacked; unpacked but not cut into lines
  std::string_view packed_left_;
  std::size_t at_ = 0, searched_ = 0;
  std::optional<unpack::Unpacker> unpacker_;
  std::uint64_t read_ = 0;
  bool ended_ = false;
  bool more_inside_ = false;  // the unpacker stopped for want of room
};

}  // namespace tearsheet
