// Line reader: read, unpack, cut at '\n'; of a line over the cap only the front is kept.
#include "pipeline/fetch/line_reader.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>
#include <utility>

namespace tearsheet {
namespace {

constexpr std::size_t kStep = 256u << 10;

Error error_of(const std::string& path, int code) {
  const bool missing = code == ENOENT || code == ENOTDIR;
  return {missing          ? "F001"
          : code == EISDIR ? "F003"
                           : "F002",
          missing ? "there is no such file or folder" : "it may not be read: " + std::generic_category().message(code),
          {path, 0, 0},
          missing ? "check the spelling; relative paths start at the current folder" : "check its permissions and its owner's",
          {}};
}

}  // namespace

LineReader::LineReader(int fd, std::uint64_t limit_bytes) : fd_(fd), limit_(limit_bytes) {}

LineReader::LineReader(LineReader&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)),
      limit_(other.limit_),
      unpacker_(std::move(other.unpacker_)),
      ended_(other.ended_) {}  // moved only before the first read: open() hands it out

LineReader::~LineReader() {
  if (fd_ > STDIN_FILENO) ::close(fd_);
}

Result<LineReader> LineReader::open(const std::string& path, std::uint64_t limit_bytes) {
  if (path == "-") return LineReader(STDIN_FILENO, limit_bytes);
  const int fd = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (fd < 0) return tl::unexpected(error_of(path, errno));
  LineReader reader(fd, limit_bytes);
  struct stat info {};
  if (fstat(fd, &info) == 0 && S_ISDIR(info.st_mode)) return tl::unexpected(error_of(path, EISDIR));
  return reader;
}

// Brings more plain bytes; false at the end of the input.
Result<bool> LineReader::fill() {
  if (packed_left_.empty() && !more_inside_) {
    packed_.resize(kStep);
    ssize_t got = 0;
    do {
      got = ::read(fd_, packed_.data(), packed_.size());
    } while (got < 0 && errno == EINTR);
    if (got < 0)
      return fail("F004", "reading failed: " + std::generic_category().message(errno),
                  "the input may have vanished or its disk may be faulty");
    packed_.resize(static_cast<std::size_t>(got));
    packed_left_ = packed_;
    read_ += packed_.size();
    if (!unpacker_ && got > 0) unpacker_.emplace(unpack::packing_of(packed_));
    if (got == 0) {
      if (unpacker_)
        if (auto whole = unpacker_->end(); !whole) return tl::unexpected(std::move(whole.error()));
      return false;
    }
  }
  const std::size_t before = plain_.size();
  if (auto done = unpacker_->feed(packed_left_, plain_, kStep * 4); !done) return tl::unexpected(std::move(done.error()));
  more_inside_ = plain_.size() - before == kStep * 4;
  return true;
}

Result<std::optional<LineReader::Line>> LineReader::next() {
  Line line;
  while (true) {
    const auto end = plain_.find('\n', searched_);
    if (end != std::string::npos || (ended_ && at_ < plain_.size())) {
      const std::size_t stop = end == std::string::npos ? plain_.size() : end;
      const std::size_t room = limit_ > line.text.size() ? limit_ - line.text.size() : 0;
      line.cut = line.cut || stop - at_ > room;
      line.text.append(plain_, at_, std::min<std::size_t>(stop - at_, room));
      at_ = searched_ = end == std::string::npos ? stop : stop + 1;
      if (!line.text.empty() && line.text.back() == '\r') line.text.pop_back();
      line.bytes = std::exchange(read_, 0);
      return line;
    }
    if (ended_) {
      if (line.text.empty() && !line.cut) return std::optional<Line>{};
      line.bytes = std::exchange(read_, 0);
      return line;
    }
    // No end in sight: move what there is out of the buffer, so that a line of any length costs no more than the cap.
    const std::size_t room = limit_ > line.text.size() ? limit_ - line.text.size() : 0;
    line.cut = line.cut || plain_.size() - at_ > room;
    line.text.append(plain_, at_, std::min(plain_.size() - at_, room));
    plain_.clear();
    at_ = searched_ = 0;
    auto more = fill();
    if (!more) {
      ended_ = true;
      return tl::unexpected(std::move(more.error()));
    }
    ended_ = !*more;
  }
}

bool LineReader::would_wait() const {
  if (ended_ || plain_.find('\n', at_) != std::string::npos || !packed_left_.empty()) return false;
  pollfd poll_one{fd_, POLLIN, 0};
  return ::poll(&poll_one, 1, 0) == 0;
}

}  // namespace tearsheet
