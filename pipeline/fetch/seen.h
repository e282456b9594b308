// Seen: what earlier runs know: feeds, items, robots.txt, fingerprints, and how much of each output file counts. The door to
// SQLite for fetching.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

/// What is known about a feed. Times are seconds since 1970, 0 = never.
struct FeedState {
  std::int64_t id = 0;      // of its row
  std::string url;          // as the list of feeds names it
  std::string current_url;  // where it lives now; `url` until it has moved for good
  std::string title, format;
  std::string etag, last_modified;  // validators; stored with the items they stand for
  std::int64_t last_poll_s = 0, last_success_s = 0, last_new_s = 0, next_due_s = 0;
  std::int64_t fails = 0;        // in a row
  std::int64_t last_status = 0;  // HTTP
  std::string last_error;        // empty after a success
  std::string moved_to;          // by a permanent redirect not yet taken over
  std::int64_t moved_runs = 0;
  bool gone = false;                       // 410
  bool baseline_done = false;              // has been polled with success once
  std::string digest, warc_id, warc_date;  // of the last body archived
  // Health. Means are exponential.
  std::int64_t pages = 0;                // read so far
  double mean_gap_s = 0;                 // between new items
  double body_long = 0, body_short = 0;  // bytes of article bodies: slow and fast mean
  double empty_share = 0, consent_share = 0;
};

/// An item whose article is still to be read.
struct PendingItem {
  std::int64_t feed = 0;
  std::string key;   // pipeline/fetch/identity
  std::string url;   // canonical; empty where the item has none
  std::string link;  // as the feed gave it
  std::string title, published, language, author, publisher;
  std::string content;  // the feed's own text of it, empty where the page is to be fetched
  bool content_is_html = false;
  std::int64_t tries = 0, next_try_s = 0, first_seen_s = 0;
};

enum class ItemState : std::uint8_t { pending = 0, done = 1, failed = 2, baseline = 3, duplicate_url = 4 };

/// A file that grows: bytes behind `length` were never committed.
struct KnownFile {
  std::string path;
  std::uint64_t length = 0;
};

struct HostState {
  std::int64_t rest_until_ms = 0;
  int robots_status = -1;  // -1: never asked
  std::string robots;
  std::int64_t robots_fetched_s = 0;
};

/// The state of `tearsheet fetch`. One program at a time writes it (lock()); SQLite in WAL mode, synchronous FULL, so that what
/// commit() has said is kept is kept. All changes since the last commit() are one transaction. Not thread-safe.
class Seen {
 public:
  /// Opens or makes the state. With `read_only` nothing is written, and a missing file is an error.
  /// Fails with I050 (cannot be opened or written, with the reason), I051 (another program's database), I052 (made by a newer
  /// version).
  static Result<Seen> open(const std::string& path, bool read_only = false);
  Seen(Seen&&) noexcept;
  Seen& operator=(Seen&&) noexcept;
  ~Seen();

  /// Fails with I050 (disk full, read-only, ...). After a failure nothing since the last commit is kept.
  Result<void> commit();
  /// Forgets what was changed since the last commit.
  void roll_back();

  /// The feed's state; a new row where there is none.
  Result<FeedState> feed(const std::string& url);
  /// The same without making a row.
  std::optional<FeedState> find_feed(const std::string& url);
  Result<void> save(const FeedState& feed);
  std::vector<FeedState> feeds();

  /// What is known of an item: nothing where it is new.
  std::optional<ItemState> item(std::int64_t feed, std::string_view key);
  /// Adds an item, or says that its feed still shows it.
  Result<void> add(const PendingItem& item, ItemState state, std::int64_t now_s);
  Result<void> show(std::int64_t feed, std::string_view key, std::int64_t now_s);
  Result<void> settle(std::int64_t feed, std::string_view key, ItemState state);
  Result<void> postpone(std::int64_t feed, std::string_view key, std::int64_t next_try_s);
  /// Items to be read, those that wait longest first; `limit` at most: those whose feed gave their text, or those whose page is
  /// to be fetched.
  std::vector<PendingItem> pending(std::int64_t now_s, std::size_t limit, bool with_content);
  std::uint64_t count_pending();

  /// True where an article of that canonical URL was read or is waiting; marks it known either way.
  Result<bool> know_url(std::string_view url, std::int64_t now_s);
  /// The id of an article whose fingerprint is near (identity), the oldest; empty where there is none. The new one is kept.
  Result<std::string> near(std::uint64_t fingerprint, const std::string& article_id, std::int64_t now_s);

  HostState host(const std::string& name);
  Result<void> save_robots(const std::string& origin, int status, std::string_view text, std::int64_t fetched_s);
  Result<void> save_rest(const std::string& host, std::int64_t until_ms);

  /// Files in use, and how much of each counts.
  std::vector<KnownFile> files();
  Result<void> save_file(const std::string& path, std::uint64_t length);
  Result<void> forget_file(const std::string& path);

  /// Small values: "running" is "1" from the begin of a run to its clean end.
  std::string value(const std::string& name);
  Result<void> set_value(const std::string& name, std::string_view value);

  /// Forgets items that their feeds have not shown since `before_s`, and addresses and fingerprints older than that. Returns how
  /// many rows went.
  Result<std::uint64_t> prune(std::int64_t before_s);

 private:
  struct Database;
  explicit Seen(std::unique_ptr<Database> db);
  std::unique_ptr<Database> db_;
};

}  // namespace tearsheet
