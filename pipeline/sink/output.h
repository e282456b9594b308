// Output: whole pieces to a file beside its name, or to standard output.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet {

/// Bytes on their way out. A file is written as NAME.partial and renamed by finish(); a device or a pipe is written as it is.
/// Pieces are never torn but by the system running full. Not thread-safe.
class Output {
 public:
  /// `path` empty: standard output. `append`: go on in NAME.partial. Fails with S001.
  static Result<Output> open(const std::string& path, bool append = false);

  Output(Output&& other) noexcept;
  Output& operator=(Output&& other) noexcept;
  ~Output();

  /// Fails with S001 (disk full, not writable, ...) or S002 (nobody reads the pipe any more). After a failure all calls repeat
  /// it.
  Result<void> write(std::string_view piece);
  Result<void> flush();
  /// Flushes, syncs and renames. The partial file stays where anything fails before.
  Result<void> finish();

 private:
  Output() = default;
  Error error_of(int number) const;

  int handle_ = -1;
  bool owned_ = false;
  std::string path_;     // empty: standard output
  std::string partial_;  // empty: no rename at the end
  std::string waiting_;
  int failed_ = 0;  // errno of the first failure
};

/// Whole lines in PATH.partial; a torn last line is cut off. 0 where there is no such file. Fails with S001.
Result<std::uint64_t> whole_lines_of_partial(const std::string& path);

}  // namespace tearsheet
