// Lock file: one program at a time.
#include "base/lock_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>
#include <utility>

namespace tearsheet {

Result<LockFile> LockFile::take(const std::string& path) {
  const int handle = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0644);
  if (handle < 0)
    return fail("F005", "cannot write " + path + ": " + std::strerror(errno), "check the permissions of its folder");
  if (::flock(handle, LOCK_EX | LOCK_NB) != 0) {
    std::array<char, 32> owner{};
    const ssize_t size = ::pread(handle, owner.data(), owner.size() - 1, 0);
    ::close(handle);
    const std::string who =
        size > 0 ? " (process " + std::string(owner.data()).substr(0, std::string(owner.data()).find('\n')) + ")" : "";
    return fail("F006", "another run holds " + path + who, "wait for it, or give both lists a state of their own");
  }
  const std::string id = std::to_string(::getpid()) + "\n";
  if (::ftruncate(handle, 0) == 0) static_cast<void>(::pwrite(handle, id.data(), id.size(), 0));
  return LockFile(handle);
}

LockFile::LockFile(LockFile&& other) noexcept : handle_(std::exchange(other.handle_, -1)) {}

LockFile::~LockFile() {
  if (handle_ >= 0) ::close(handle_);
}

}  // namespace tearsheet
