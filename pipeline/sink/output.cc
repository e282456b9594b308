// Output: whole pieces to a file beside its name, or to standard output.
#include "pipeline/sink/output.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <cstdio>
#include <cstring>
#include <utility>

namespace tearsheet {

namespace {

constexpr std::size_t kBufferBytes = 1 << 16;

bool is_device_or_pipe(const std::string& path) {
  struct stat info {};
  return ::stat(path.c_str(), &info) == 0 && !S_ISREG(info.st_mode) && !S_ISDIR(info.st_mode);
}

std::string help_for(int number) {
  switch (number) {
    case ENOSPC:
    case EDQUOT:
      return "make room, then go on with --resume";
    case EACCES:
    case EPERM:
    case EROFS:
      return "choose another place with -o";
    case ENOENT:
    case ENOTDIR:
      return "make the folder first, or choose another place with -o";
    case EISDIR:
      return "-o takes a file's name, not a folder's";
    default:
      return "choose another place with -o";
  }
}

int write_all(int handle, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t done = ::write(handle, bytes.data(), bytes.size());
    if (done < 0 && errno == EINTR) continue;
    if (done < 0) return errno;
    bytes.remove_prefix(static_cast<std::size_t>(done));
  }
  return 0;
}

}  // namespace

Error Output::error_of(int number) const {
  const std::string name = path_.empty() ? "standard output" : path_;
  if (number == EPIPE) return Error{"S002", "nobody reads " + name + " any more", {}, {}, {}};
  return Error{"S001", "cannot write " + name + ": " + std::strerror(number), {}, help_for(number), {}};
}

Result<Output> Output::open(const std::string& path, bool append) {
  Output out;
  out.path_ = path;
  if (path.empty()) {
    out.handle_ = STDOUT_FILENO;
    return out;
  }
  struct stat info {};
  if (::stat(path.c_str(), &info) == 0 && S_ISDIR(info.st_mode)) return tl::unexpected(out.error_of(EISDIR));
  const bool direct = is_device_or_pipe(path);
  if (!direct) out.partial_ = path + ".partial";
  const int flags = O_WRONLY | O_CLOEXEC | (direct ? 0 : O_CREAT) | (append ? O_APPEND : O_TRUNC);
  out.handle_ = ::open(direct ? path.c_str() : out.partial_.c_str(), flags, 0644);
  if (out.handle_ < 0) return tl::unexpected(out.error_of(errno));
  out.owned_ = true;
  return out;
}

Output::Output(Output&& other) noexcept { *this = std::move(other); }

Output& Output::operator=(Output&& other) noexcept {
  std::swap(handle_, other.handle_);
  std::swap(owned_, other.owned_);
  std::swap(path_, other.path_);
  std::swap(partial_, other.partial_);
  std::swap(waiting_, other.waiting_);
  std::swap(failed_, other.failed_);
  return *this;
}

Output::~Output() {
  if (owned_) ::close(handle_);
}

Result<void> Output::write(std::string_view piece) {
  if (failed_ != 0) return tl::unexpected(error_of(failed_));
  waiting_.append(piece);
  if (waiting_.size() < kBufferBytes) return {};
  return flush();
}

Result<void> Output::flush() {
  if (failed_ == 0) failed_ = write_all(handle_, waiting_);
  waiting_.clear();
  if (failed_ != 0) return tl::unexpected(error_of(failed_));
  return {};
}

Result<void> Output::finish() {
  if (auto flushed = flush(); !flushed) return flushed;
  if (!owned_) return {};
  // A device such as a terminal cannot be synced, and need not be.
  if (::fsync(handle_) != 0 && errno != EINVAL && errno != EROFS && errno != ENOTSUP) failed_ = errno;
  if (::close(std::exchange(handle_, -1)) != 0 && failed_ == 0) failed_ = errno;
  owned_ = false;
  if (failed_ == 0 && !partial_.empty() && std::rename(partial_.c_str(), path_.c_str()) != 0) failed_ = errno;
  if (failed_ != 0) return tl::unexpected(error_of(failed_));
  return {};
}

Result<std::uint64_t> whole_lines_of_partial(const std::string& path) {
  const std::string partial = path + ".partial";
  const int handle = ::open(partial.c_str(), O_RDWR | O_CLOEXEC);
  if (handle < 0 && errno == ENOENT) return 0;
  if (handle < 0) return fail("S001", "cannot open " + partial + ": " + std::strerror(errno));
  std::array<char, kBufferBytes> buffer{};
  std::uint64_t lines = 0;
  off_t read_so_far = 0, whole = 0;
  for (;;) {
    const ssize_t got = ::read(handle, buffer.data(), buffer.size());
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    for (ssize_t i = 0; i < got; ++i) {
      if (buffer[static_cast<std::size_t>(i)] != '\n') continue;
      ++lines;
      whole = read_so_far + i + 1;
    }
    read_so_far += got;
  }
  const bool cut = whole == read_so_far || ::ftruncate(handle, whole) == 0;
  const int number = errno;
  ::close(handle);
  if (!cut) return fail("S001", "cannot cut the torn last line off " + partial + ": " + std::strerror(number));
  return lines;
}

}  // namespace tearsheet
