// WARC, reading: records out of a stream that may be clipped, torn or foreign.
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <charconv>
#include <cstring>

#include <fmt/format.h>

#include "base/fold.h"
#include "pipeline/fetch/warc.h"

namespace tearsheet::warc {

namespace {

constexpr std::size_t kPiece = 256u << 10;
constexpr std::size_t kLongestHead = 256u << 10;
constexpr std::string_view kMember = "\x1f\x8b\x08";

}  // namespace

Result<Reader> Reader::open(const std::string& path, std::uint64_t limit_bytes) {
  const int handle = ::open(path.c_str(), O_RDONLY | O_CLOEXEC);
  if (handle < 0) return fail(errno == ENOENT ? "F001" : "F002", std::string("it cannot be opened: ") + std::strerror(errno));
  struct stat info {};
  if (::fstat(handle, &info) == 0 && S_ISDIR(info.st_mode)) {
    ::close(handle);
    return fail("F003", "it is a folder, not an archive");
  }
  return Reader(handle, limit_bytes);
}

Reader::Reader(Reader&& other) noexcept
    : handle_(std::exchange(other.handle_, -1)),
      limit_(other.limit_),
      read_(other.read_),
      lost_(other.lost_),
      count_(other.count_),
      packed_(std::move(other.packed_)),
      plain_(std::move(other.plain_)),
      why_lost_(std::move(other.why_lost_)),
      packed_at_(other.packed_at_),
      packing_(other.packing_),
      unpacker_(std::move(other.unpacker_)),
      started_(other.started_),
      ended_(other.ended_),
      more_inside_(other.more_inside_) {}

Reader::~Reader() {
  if (handle_ >= 0) ::close(handle_);
}

void Reader::lose(std::string why) {
  if (lost_++ == 0) why_lost_ = std::move(why);
}

/// More packed bytes; false at the end of the file.
bool Reader::read_packed() {
  packed_.erase(0, std::exchange(packed_at_, 0));
  const std::size_t have = packed_.size();
  packed_.resize(have + kPiece);
  ssize_t got = 0;
  do got = ::read(handle_, packed_.data() + have, kPiece);
  while (got < 0 && errno == EINTR);
  packed_.resize(have + static_cast<std::size_t>(std::max<ssize_t>(got, 0)));
  if (got < 0) lose(std::string("reading failed: ") + std::strerror(errno));
  read_ += static_cast<std::uint64_t>(std::max<ssize_t>(got, 0));
  return got > 0;
}

/// After a member that does not unpack: to the next place that looks like the begin of one.
bool Reader::skip_to_member() {
  ++packed_at_;
  for (;;) {
    const auto at = packed_.find(kMember, packed_at_);
    if (at != std::string::npos) {
      packed_at_ = at;
      return true;
    }
    packed_at_ = packed_.size() < 2 ? 0 : std::max(packed_at_, packed_.size() - 2);
    if (!read_packed()) return false;
  }
}

/// Behind a whole member: an unpacker for the next. False where none follows.
bool Reader::next_member() {
  while (packed_.size() - packed_at_ < kMember.size() && read_packed()) {
  }
  const std::string_view rest = std::string_view(packed_).substr(packed_at_);
  unpacker_.emplace(packing_);
  if (rest.starts_with(kMember)) return true;
  lose("bytes between packed records that belong to none");
  if (skip_to_member()) return true;
  ended_ = true;
  return false;
}

/// Appends to plain_; false at the end.
bool Reader::fill() {
  while (!ended_) {
    if (packed_at_ == packed_.size() && !more_inside_ && !read_packed()) {
      ended_ = true;
      if (unpacker_ && !unpacker_->end()) lose("the file ends inside a packed record");
      return false;
    }
    if (!std::exchange(started_, true)) {
      packing_ = unpack::packing_of(packed_);
      if (packing_ != unpack::Packing::none) unpacker_.emplace(packing_);
    }
    if (packing_ == unpack::Packing::none) {
      plain_.append(packed_, packed_at_);
      packed_at_ = packed_.size();
      return true;
    }
    // A member of its own for each record: an unpacker of its own, so that a broken one is not taken for padding.
    if (packing_ == unpack::Packing::gzip && !more_inside_ && unpacker_->end() && !next_member()) return false;
    std::string_view in = std::string_view(packed_).substr(packed_at_);
    const std::size_t before = plain_.size(), given = in.size();
    const auto fed = unpacker_->feed(in, plain_, kPiece);
    packed_at_ += given - in.size();
    more_inside_ = fed && plain_.size() - before == kPiece;
    if (!fed) {
      lose("a packed record does not unpack");
      unpacker_.emplace(packing_);
      more_inside_ = false;
      if (packing_ != unpack::Packing::gzip || !skip_to_member()) {
        ended_ = true;
        return plain_.size() > before;
      }
    }
    if (plain_.size() > before) return true;
  }
  return false;
}

/// Moves plain_ to the next "WARC/"; what lies before it is lost, but for white space.
bool Reader::find_record() {
  for (;;) {
    std::size_t at = plain_.starts_with("WARC/") ? 0 : plain_.find("\nWARC/");
    if (at != std::string::npos) {
      if (plain_[at] == '\n') ++at;
      if (!trim(std::string_view(plain_).substr(0, at)).empty()) lose("bytes between records that belong to none");
      plain_.erase(0, at);
      return true;
    }
    // Keep what may be the begin of the mark.
    if (plain_.size() > 8) {
      if (!trim(plain_).empty()) lose("bytes between records that belong to none");
      plain_.erase(0, plain_.size() - 8);
    }
    if (!fill()) {
      if (!trim(plain_).empty() && count_ > 0) lose("bytes after the last record");
      plain_.clear();
      return false;
    }
  }
}

/// Fields up to the empty line; false where there is none in reach.
bool Reader::read_head(Record& record) {
  std::size_t at = 0;
  bool first = true;
  for (;;) {
    const auto end = plain_.find('\n', at);
    if (end == std::string::npos) {
      if (plain_.size() - at > kLongestHead || !fill()) return false;
      continue;
    }
    if (end > kLongestHead) return false;
    std::string_view line = std::string_view(plain_).substr(at, end - at);
    if (line.ends_with('\r')) line.remove_suffix(1);
    at = end + 1;
    if (line.empty()) break;
    if (std::exchange(first, false)) continue;  // "WARC/1.1"
    const auto colon = line.find(':');
    if ((line[0] == ' ' || line[0] == '\t') && !record.fields.empty())
      record.fields.back().second += " " + std::string(trim(line));
    else if (colon != std::string_view::npos)
      record.fields.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  }
  plain_.erase(0, at);
  return true;
}

bool Reader::read_block(Record& record, std::uint64_t size) {
  std::uint64_t left = size;
  while (left > 0) {
    if (plain_.empty() && !fill()) return false;
    const auto piece = static_cast<std::size_t>(std::min<std::uint64_t>(left, plain_.size()));
    const std::uint64_t room = limit_ - std::min<std::uint64_t>(limit_, record.block.size());
    record.block.append(plain_, 0, static_cast<std::size_t>(std::min<std::uint64_t>(room, piece)));
    if (room < piece) record.cut = true;
    plain_.erase(0, piece);
    left -= piece;
  }
  return true;
}

std::optional<Record> Reader::next() {
  while (find_record()) {
    Record record;
    record.number = count_++;
    const std::uint64_t lost_before = lost_;
    if (!read_head(record)) {
      lose("a record's head does not end");
      plain_.erase(0, std::min<std::size_t>(plain_.size(), 5));
      continue;
    }
    std::uint64_t size = 0;
    const std::string_view length = record.field("Content-Length");
    const auto [end, error] = std::from_chars(length.data(), length.data() + length.size(), size);
    if (length.empty() || error != std::errc() || end != length.data() + length.size()) {
      lose("a record without a length");
      continue;
    }
    if (!read_block(record, size)) {
      lose("the last record ends early");
      return std::nullopt;
    }
    // A member that broke inside this record has taken part of it away.
    if (lost_ != lost_before) continue;
    return record;
  }
  return std::nullopt;
}

}  // namespace tearsheet::warc
