// Append file: grows by whole pieces, says how long it is for good, and can be cut back to that.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tearsheet/error.h"

namespace tearsheet {

/// A file that only grows. What write() took is on its way; what sync() has confirmed survives a crash of the machine. Owns its
/// descriptor.
class AppendFile {
 public:
  /// Opens `path` for appending, with its folders, and cuts it back to `length` bytes where it is longer: what lies behind was
  /// never confirmed. A shorter file stays as it is. Fails with S001.
  static Result<AppendFile> open(const std::string& path, std::uint64_t length);
  /// The same without cutting anything off.
  static Result<AppendFile> open(const std::string& path);
  /// Cuts a file back to `length` bytes; true where it was longer. A file that is not there is no failure.
  static Result<bool> cut(const std::string& path, std::uint64_t length);

  AppendFile(AppendFile&& other) noexcept;
  AppendFile& operator=(AppendFile&& other) noexcept;
  ~AppendFile();

  /// Appends the whole piece, or fails with S001 (disk full, ...); then the file may hold a part of it behind `length()`.
  Result<void> write(std::string_view piece);
  /// Forces all that was written to the disk.
  Result<void> sync();
  /// Bytes written so far, those of earlier runs with them.
  std::uint64_t length() const { return length_; }
  const std::string& path() const { return path_; }

 private:
  AppendFile() = default;
  int handle_ = -1;
  std::uint64_t length_ = 0;
  std::string path_;
  bool dirty_ = false;
};

}  // namespace tearsheet
