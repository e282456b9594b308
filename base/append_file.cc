// Append file: grows by whole pieces, says how long it is for good, and can be cut back to that.
#include "base/append_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <utility>

namespace tearsheet {

namespace {

tl::unexpected<Error> failed(const std::string& path, int number) {
  const std::string help = number == ENOSPC || number == EDQUOT
                               ? "make room; what was confirmed before is kept, and the next run goes on from there"
                               : "check the permissions of the file and its folder";
  return fail("S001", "cannot write " + path + ": " + std::strerror(number), help);
}

/// A new name is only safe once its folder is on the disk.
void sync_folder(const std::string& path) {
  const int folder = ::open(std::filesystem::path(path).parent_path().c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (folder < 0) return;
  ::fsync(folder);
  ::close(folder);
}

}  // namespace

Result<AppendFile> AppendFile::open(const std::string& path, std::uint64_t length) {
  if (auto done = cut(path, length); !done) return tl::unexpected(done.error());
  return open(path);
}

Result<AppendFile> AppendFile::open(const std::string& path) {
  std::error_code ignored;
  std::filesystem::create_directories(std::filesystem::path(path).parent_path(), ignored);
  AppendFile file;
  file.path_ = path;
  struct stat info {};
  const bool is_new = ::stat(path.c_str(), &info) != 0;
  file.handle_ = ::open(path.c_str(), O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644);
  if (file.handle_ < 0) return failed(path, errno);
  if (::fstat(file.handle_, &info) != 0) return failed(path, errno);
  file.length_ = static_cast<std::uint64_t>(info.st_size);
  if (is_new) sync_folder(path);
  return file;
}

Result<bool> AppendFile::cut(const std::string& path, std::uint64_t length) {
  struct stat info {};
  if (::stat(path.c_str(), &info) != 0) return false;
  if (static_cast<std::uint64_t>(info.st_size) <= length) return false;
  if (::truncate(path.c_str(), static_cast<off_t>(length)) != 0) return failed(path, errno);
  return true;
}

AppendFile::AppendFile(AppendFile&& other) noexcept { *this = std::move(other); }

AppendFile& AppendFile::operator=(AppendFile&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(length_, other.length_);
  std::swap(path_, other.path_);
  std::swap(dirty_, other.dirty_);
  return *this;
}

AppendFile::~AppendFile() {
  if (handle_ >= 0) ::close(handle_);
}

Result<void> AppendFile::write(std::string_view piece) {
  while (!piece.empty()) {
    const ssize_t done = ::write(handle_, piece.data(), piece.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return failed(path_, errno);
    dirty_ = true;
    length_ += static_cast<std::uint64_t>(done);
    piece.remove_prefix(static_cast<std::size_t>(done));
  }
  return {};
}

Result<void> AppendFile::sync() {
  if (!std::exchange(dirty_, false)) return {};
  if (::fdatasync(handle_) != 0 && errno != EINVAL && errno != EROFS) return failed(path_, errno);
  return {};
}

}  // namespace tearsheet
