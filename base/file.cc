// Files: plain POSIX calls, each failure named with what to do about it.
#include "base/file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

namespace tearsheet::file {
namespace {

std::string reason(int error) { return std::generic_category().message(error); }

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (fd_ >= 0) ::close(fd_);
  }
  int get() const { return fd_; }
  bool ok() const { return fd_ >= 0; }
  // Errors of a write may only show here (NFS, quotas).
  int close_now() {
    const int result = ::close(fd_);
    fd_ = -1;
    return result;
  }

 private:
  int fd_;
};

tl::unexpected<Error> failed_to_open(const std::string& path, int error) {
  Error failure;
  failure.place.file = path;
  if (error == ENOENT || error == ENOTDIR) {
    failure.code = "F001";
    failure.what = "there is no such file or folder";
    failure.help = "check the spelling; relative paths start at the current folder";
  } else {
    failure.code = error == EACCES || error == EPERM ? "F002" : "F004";
    failure.what = "it may not be read: " + reason(error);
    failure.help = error == EACCES || error == EPERM ? "check its permissions and its owner's" : "";
  }
  return tl::unexpected<Error>(std::move(failure));
}

tl::unexpected<Error> failed(std::string code, const std::string& path, std::string what, std::string help = {}) {
  return tl::unexpected<Error>(Error{std::move(code), std::move(what), {path, 0, 0}, std::move(help), {}});
}

// Errno, or 0 when all is written.
int write_all(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(fd, bytes.data(), std::min<std::size_t>(bytes.size(), 1u << 30));
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(written));
  }
  return 0;
}

tl::unexpected<Error> failed_to_write(const std::string& path, int error) {
  const bool full = error == ENOSPC || error == EDQUOT || error == EFBIG;
  return failed("F005", path, "it cannot be written: " + reason(error),
                full ? "free some space or write elsewhere" : "check that its folder exists and may be written");
}

// A device or a pipe cannot be renamed over: "-o /dev/stdout" writes to it as it is.
Result<void> write_through(const std::string& path, std::string_view bytes) {
  Descriptor out(::open(path.c_str(), O_WRONLY | O_CLOEXEC));
  if (!out.ok()) return failed_to_write(path, errno);
  if (const int error = write_all(out.get(), bytes)) return failed_to_write(path, error);
  if (out.close_now() != 0) return failed_to_write(path, errno);
  return {};
}

int write_partial(const std::string& partial, std::string_view bytes, const struct stat* like) {
  Descriptor out(::open(partial.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0666));
  if (!out.ok()) return errno;
  if (like) static_cast<void>(::fchmod(out.get(), like->st_mode & 07777));
  if (const int error = write_all(out.get(), bytes)) return error;
  if (::fsync(out.get()) != 0) return errno;
  return out.close_now() != 0 ? errno : 0;
}

}  // namespace

Result<Contents> read(const std::string& path, std::uint64_t limit_bytes) {
  Descriptor in(::open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (!in.ok()) return failed_to_open(path, errno);
  struct stat info {};
  if (::fstat(in.get(), &info) != 0) return failed("F004", path, "reading it failed: " + reason(errno));
  if (S_ISDIR(info.st_mode)) return failed("F003", path, "it is a folder, not a file", "name a file in it");
  Contents contents;
  const auto told = S_ISREG(info.st_mode) ? static_cast<std::uint64_t>(info.st_size) : 0;
  // One byte more than told shows the end in one call, and that a file grew; pipes and /proc tell no size.
  std::uint64_t room = std::min(limit_bytes, told == 0 ? std::uint64_t{1} << 16 : told + 1);
  std::uint64_t have = 0;
  bool ended = false;
  while (have < limit_bytes) {
    if (have == room) room = std::min(limit_bytes, room * 2);
    contents.bytes.resize(room);
    const ssize_t got = ::read(in.get(), contents.bytes.data() + have, room - have);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return failed("F004", path, "reading it failed: " + reason(errno));
    ended = got == 0;
    if (ended) break;
    have += static_cast<std::uint64_t>(got);
  }
  contents.bytes.resize(have);
  if (!ended) {
    char more = 0;
    contents.cut = ::read(in.get(), &more, 1) == 1;
  }
  contents.size = std::max(told, have + (contents.cut ? 1 : 0));
  return contents;
}

Result<void> write_atomic(const std::string& path, std::string_view bytes) {
  struct stat info {};
  const bool exists = ::stat(path.c_str(), &info) == 0;
  if (exists && S_ISDIR(info.st_mode)) return failed("F005", path, "it cannot be written: it is a folder", "name a file in it");
  if (exists && !S_ISREG(info.st_mode)) return write_through(path, bytes);
  std::error_code error_code;
  std::string target = path;
  if (exists) {  // a link stays a link: what it points to is replaced
    const auto real = std::filesystem::canonical(path, error_code);
    if (!error_code) target = real.string();
  }
  const std::string partial = target + ".partial";
  int error = write_partial(partial, bytes, exists ? &info : nullptr);
  if (error == 0 && ::rename(partial.c_str(), target.c_str()) != 0) error = errno;
  if (error != 0) {
    ::unlink(partial.c_str());
    return failed_to_write(path, error);
  }
  return {};
}

Result<std::vector<std::filesystem::directory_entry>> list(const std::string& folder) {
  std::vector<std::filesystem::directory_entry> entries;
  std::error_code error;
  std::filesystem::directory_iterator it(folder, error);
  if (error) return failed_to_open(folder, error.value());
  for (const auto end = std::filesystem::directory_iterator(); it != end;) {
    if (!it->path().filename().native().starts_with('.')) entries.push_back(*it);
    it.increment(error);
    if (error) return failed_to_open(folder, error.value());
  }
  std::sort(entries.begin(), entries.end(),
            [](const auto& a, const auto& b) { return a.path().filename().native() < b.path().filename().native(); });
  return entries;
}

}  // namespace tearsheet::file
