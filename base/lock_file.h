// Lock file: one program at a time.
#pragma once

#include <string>

#include "tearsheet/error.h"

namespace tearsheet {

/// Holds a lock (flock) on a file while it lives; the system frees it when the program dies, however it dies. The file stays.
class LockFile {
 public:
  /// Does not wait. Fails with F006 where another program holds it (`what` names its process where known), F005 where the file
  /// cannot be made.
  static Result<LockFile> take(const std::string& path);
  LockFile(LockFile&& other) noexcept;
  LockFile& operator=(LockFile&&) = delete;
  ~LockFile();

 private:
  explicit LockFile(int handle) : handle_(handle) {}
  int handle_;
};

}  // namespace tearsheet
