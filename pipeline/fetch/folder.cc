// Folder: readdir level by level; only names are kept, as a folder may hold 100,000 of them.
#include "pipeline/fetch/folder.h"

#include <dirent.h>
#include <sys/stat.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "base/file.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMeasuredAtOnce = 256;

struct CloseDir {
  void operator()(DIR* dir) const { closedir(dir); }
};

std::string join(const std::string& folder, const std::string& name) {
  return folder.empty() || folder.back() == '/' ? folder + name : folder + '/' + name;
}

Error error_of(const std::string& path, int code) {
  const std::string why = std::generic_category().message(code);
  if (code == ENOENT)
    return {"F001", "there is no such file", {path, 0, 0}, "it is a link to nothing, or it vanished while the run read", {}};
  return {"F002", "it may not be read: " + why, {path, 0, 0}, "check its permissions, or leave it out with --exclude", {}};
}

bool any_matches(const std::vector<std::string>& globs, const std::string& path) {
  return std::any_of(globs.begin(), globs.end(), [&](const std::string& glob) { return file::glob_matches(glob, path); });
}

}  // namespace

FolderWalk::FolderWalk(std::string root, std::vector<std::string> glob, std::vector<std::string> exclude)
    : root_(std::move(root)), glob_(std::move(glob)), exclude_(std::move(exclude)) {}

bool FolderWalk::is_wanted(const std::string& path) const {
  if (any_matches(exclude_, path)) return false;
  return glob_.empty() || any_matches(glob_, path);
}

std::optional<Error> FolderWalk::enter(const std::string& folder) {
  struct stat info {};
  if (stat(folder.c_str(), &info) != 0) return error_of(folder, errno);
  if (!seen_.emplace(info.st_dev, info.st_ino).second) return std::nullopt;  // a loop, or the same folder by another link
  const std::unique_ptr<DIR, CloseDir> dir(opendir(folder.c_str()));
  if (!dir) return error_of(folder, errno);
  Level level;
  level.folder = folder;
  while (const dirent* entry = readdir(dir.get())) {
    if (entry->d_name[0] == '.') {
      left_out_ += std::strcmp(entry->d_name, ".") != 0 && std::strcmp(entry->d_name, "..") != 0;
      continue;
    }
    bool is_folder = entry->d_type == DT_DIR;
    if (entry->d_type == DT_LNK || entry->d_type == DT_UNKNOWN) {
      struct stat target {};
      is_folder = stat(join(folder, entry->d_name).c_str(), &target) == 0 && S_ISDIR(target.st_mode);
    }
    level.names.emplace_back(entry->d_name, is_folder);
  }
  std::sort(level.names.begin(), level.names.end());
  levels_.push_back(std::move(level));
  return std::nullopt;
}

std::optional<FolderWalk::Entry> FolderWalk::next() {
  if (!started_) {
    started_ = true;
    if (auto error = enter(root_)) return Entry{root_, std::move(error), false};
  }
  while (!levels_.empty()) {
    Level& level = levels_.back();
    if (level.at == level.names.size()) {
      levels_.pop_back();
      continue;
    }
    const std::size_t index = level.at++;
    const auto& [name, is_folder] = level.names[index];
    std::string path = join(level.folder, name);
    if (is_folder) {
      if (any_matches(exclude_, path)) {
        ++left_out_;
      } else if (auto error = enter(path)) {
        return Entry{std::move(path), std::move(error), false};
      }
      continue;
    }
    if (!is_wanted(path)) {
      ++left_out_;
      continue;
    }
    struct stat info {};
    if (stat(path.c_str(), &info) != 0) {
      Error error = error_of(path, errno);
      return Entry{std::move(path), std::move(error), false};
    }
    if (index >= level.measured) {
      bytes_ += S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
      level.measured = index + 1;
    }
    return Entry{std::move(path), std::nullopt, !S_ISREG(info.st_mode)};
  }
  return std::nullopt;
}

std::uint64_t FolderWalk::known_bytes() {
  std::size_t left = kMeasuredAtOnce;
  for (Level& level : levels_) {
    for (; level.measured < level.names.size() && left > 0; ++level.measured, --left) {
      const auto& [name, is_folder] = level.names[level.measured];
      struct stat info {};
      const std::string path = join(level.folder, name);
      if (!is_folder && is_wanted(path) && stat(path.c_str(), &info) == 0 && S_ISREG(info.st_mode))
        bytes_ += static_cast<std::uint64_t>(info.st_size);
    }
  }
  return bytes_;
}

}  // namespace tearsheet
