// Revision: a rule folder as it was in a git revision, in a folder of its own.
#pragma once

#include <string>

#include "tearsheet/error.h"

namespace tearsheet::cli {

/// A folder that lives as long as its object.
class ScratchFolder {
 public:
  /// Makes an empty folder under the system's temporary one. Fails with F005.
  static Result<ScratchFolder> make();
  ScratchFolder(ScratchFolder&& other) noexcept;
  ScratchFolder& operator=(ScratchFolder&&) = delete;
  ~ScratchFolder();
  const std::string& path() const { return path_; }

 private:
  explicit ScratchFolder(std::string path) : path_(std::move(path)) {}
  std::string path_;
};

/// Writes what `revision` of the repository around `folder` held in `folder` below `into`; gives the path of the copy. Runs git, and touches neither
/// its index nor its working tree. Fails with V001 (no repository, or no git), V002 (no such revision, or the folder was not there).
Result<std::string> checkout(const std::string& folder, const std::string& revision, const std::string& into);

}  // namespace tearsheet::cli
