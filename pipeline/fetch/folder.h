// Folder: the files below a folder, one at a time, in the order of their bytes.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

/// Walks a folder depth first; names sorted by bytes, hidden ones left out. A folder is entered once (device and inode), so
/// symbolic links cannot make a loop. Memory: the names of the folders on the current path only.
class FolderWalk {
 public:
  /// Nothing is read before next(). `root` is kept as the user wrote it: paths come out below it.
  FolderWalk(std::string root, std::vector<std::string> glob, std::vector<std::string> exclude);

  struct Entry {
    std::string path;
    std::optional<Error> error;  // a folder that may not be read (F002), a link to nothing (F001)
    bool special = false;        // a device, pipe or socket
  };
  /// The next file or fault, or nothing at the end.
  std::optional<Entry> next();

  /// Sizes of the files found so far. Each call looks at a bounded number of files, so that the first result does not wait for
  /// 100,000 of them.
  std::uint64_t known_bytes();
  /// Hidden names and names that --glob or --exclude kept out.
  std::uint64_t left_out() const { return left_out_; }

 private:
  struct Level {
    std::string folder;                               // "" or ends with '/'
    std::vector<std::pair<std::string, bool>> names;  // name, is a folder
    std::size_t at = 0;
    std::size_t measured = 0;
  };
  std::optional<Error> enter(const std::string& folder);
  bool is_wanted(const std::string& path) const;

  std::string root_;
  std::vector<std::string> glob_, exclude_;
  std::vector<Level> levels_;
  std::set<std::pair<std::uint64_t, std::uint64_t>> seen_;  // device, inode
  std::uint64_t bytes_ = 0, left_out_ = 0;
  bool started_ = false;
};

}  // namespace tearsheet
