// WARC 1.1 (ISO 28500): records written one gzip member each, and read from anybody's archives.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "base/unpack.h"
#include "tearsheet/error.h"

namespace tearsheet::warc {

using Fields = std::vector<std::pair<std::string, std::string>>;

/// Appends one record as a gzip member of its own. `fields` come after WARC-Type, WARC-Record-ID, WARC-Date and before
/// Content-Length. Returns the record's id ("<urn:uuid:...>"), which is made from what the record holds and from `where`: the
/// same record at the same place has the same id.
std::string append_record(std::string& out, std::string_view type, std::string_view date, const Fields& fields,
                          std::string_view block, std::string_view where);

/// "sha256:<64 hex>".
std::string digest(std::string_view payload);

/// One record as read. Field names are as written; look them up with field().
struct Record {
  Fields fields;
  std::string block;         // at most the reader's limit
  bool cut = false;          // there was more
  std::uint32_t number = 0;  // of the record in its file, from 0

  std::string_view field(std::string_view name) const;  // any case; empty when there is none
  std::string_view type() const { return field("WARC-Type"); }
};

/// Reads the records of an archive one by one, packed (gzip a record or a file, zstd) or plain, in memory of one record.
///
/// What is broken is passed over to the next record that can be found, and counted: a member that does not unpack, a record
/// without a length, one that ends early.
class Reader {
 public:
  /// Fails with F001, F002, F003.
  static Result<Reader> open(const std::string& path, std::uint64_t limit_bytes);
  Reader(Reader&& other) noexcept;
  Reader& operator=(Reader&&) = delete;
  ~Reader();

  /// The next record, or nothing at the end.
  std::optional<Record> next();

  /// Broken places so far, and the first of them in words.
  std::uint64_t lost() const { return lost_; }
  const std::string& why_lost() const { return why_lost_; }
  /// Bytes read from the file so far.
  std::uint64_t read_bytes() const { return read_; }

 private:
  Reader(int handle, std::uint64_t limit_bytes) : handle_(handle), limit_(limit_bytes) {}
  bool fill();
  bool read_packed();
  bool skip_to_member();
  bool next_member();
  bool find_record();
  bool read_head(Record& record);
  bool read_block(Record& record, std::uint64_t size);
  void lose(std::string why);

  int handle_;
  std::uint64_t limit_, read_ = 0, lost_ = 0;
  std::uint32_t count_ = 0;
  std::string packed_, plain_, why_lost_;
  std::size_t packed_at_ = 0;
  unpack::Packing packing_ = unpack::Packing::none;
  std::optional<unpack::Unpacker> unpacker_;
  bool started_ = false, ended_ = false, more_inside_ = false;
};

/// The page in a response, resource or conversion record: its HTTP head taken off, transfer and content encodings undone.
struct Page {
  std::string url, content_type, fetched_at;
  std::string canonical_url, title, published, language;  // hints that our own archives keep
  std::string body;
};
/// The page, or why there is none: "a revisit", "a request", "HTTP 404", "image/png", "packed as br"; broken ones with an error.
/// `limit_bytes` caps what is unpacked.
struct Verdict {
  std::optional<Page> page;
  std::string passed_over;     // not for reading, no fault
  std::optional<Error> error;  // I042: the record is broken
};
Verdict page_of(Record record, std::uint64_t limit_bytes);

}  // namespace tearsheet::warc
