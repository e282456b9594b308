// Archive: what was fetched, as WARC 1.1 files a day, rotated by size.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/append_file.h"
#include "pipeline/fetch/http.h"
#include "tearsheet/error.h"

namespace tearsheet {

struct ArchiveOptions {
  std::string folder;                     // files are FOLDER/2026-11-22/00000.warc.gz
  std::uint64_t rotate_bytes = 1u << 30;  // a file longer than this is followed by the next
  std::string software;                   // "tearsheet/0.1.0", for warcinfo
  std::string contact;                    // operator, for warcinfo
};

/// What the extraction knows about a page beside its bytes; kept with the record, so that a later reading has it too.
struct ArchiveHints {
  std::string canonical_url, title, published, language;
};

/// An earlier answer of the same address with the same body.
struct EarlierRecord {
  std::string id, date, url;
};

/// Writes WARC records. Not thread-safe. Nothing counts before the owner has committed lengths(): a crash leaves bytes behind
/// them, which the next open() cuts off.
class Archive {
 public:
  explicit Archive(ArchiveOptions options) : options_(std::move(options)) {}

  /// The file that the next record goes to: opened, begun with a warcinfo record where it is new. `day` is 2026-11-22. True where
  /// it is another file than before: the owner then commits its name with length 0 before anything is written.
  Result<bool> turn_to(const std::string& day);
  /// After turn_to() of a new file was committed.
  Result<void> begin(const std::string& date);

  /// Writes request and response; with `earlier` a revisit instead of a response: of the profile server-not-modified for a 304,
  /// else of identical-payload-digest. `date` is 2026-11-22T10:00:00Z. Credentials, cookies and the headers named in `secret` are
  /// written as "[redacted]". Returns the id of the response or revisit.
  Result<std::string> add(const HttpAnswer& answer, const std::string& date, const std::vector<std::string>& secret,
                          const ArchiveHints& hints, const std::optional<EarlierRecord>& earlier);
  /// Writes a feed item's own text as a resource record.
  Result<void> add_content(std::string_view url, std::string_view content, bool is_html, const std::string& date,
                           const ArchiveHints& hints);

  Result<void> sync();
  /// The file in use and its length; an empty path where there is none.
  std::string path() const { return file_ ? file_->path() : std::string(); }
  std::uint64_t length() const { return file_ ? file_->length() : 0; }

 private:
  Result<void> write(std::string_view bytes) { return file_->write(bytes); }
  ArchiveOptions options_;
  std::optional<AppendFile> file_;
  std::string day_;
};

/// A request head as it may be kept: values of Authorization, Proxy-Authorization, Cookie and of the headers named in `secret`
/// replaced.
std::string redacted_head(std::string_view head, const std::vector<std::string>& secret);

}  // namespace tearsheet
