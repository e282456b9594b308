// Seen: what earlier runs know: feeds, items, robots.txt, fingerprints, and how much of each output file counts.
#include "pipeline/fetch/seen.h"

#include <sqlite3.h>

#include <utility>

#include "base/hash.h"
#include "pipeline/fetch/identity.h"
#include "pipeline/fetch/seen_statement.h"

namespace tearsheet {

namespace {

constexpr int kApplicationId = 0x54534644;  // "TSFD"
constexpr int kSchemaVersion = 1;

constexpr const char* kSchema = R"sql(
CREATE TABLE feeds (
  id INTEGER PRIMARY KEY, url TEXT NOT NULL UNIQUE, current_url TEXT NOT NULL, title TEXT NOT NULL DEFAULT '', format TEXT NOT NULL DEFAULT '',
  etag TEXT NOT NULL DEFAULT '', last_modified TEXT NOT NULL DEFAULT '', last_poll INTEGER NOT NULL DEFAULT 0, last_success INTEGER NOT NULL DEFAULT 0,
  last_new INTEGER NOT NULL DEFAULT 0, next_due INTEGER NOT NULL DEFAULT 0, fails INTEGER NOT NULL DEFAULT 0, last_status INTEGER NOT NULL DEFAULT 0,
  last_error TEXT NOT NULL DEFAULT '', moved_to TEXT NOT NULL DEFAULT '', moved_runs INTEGER NOT NULL DEFAULT 0, gone INTEGER NOT NULL DEFAULT 0,
  baseline_done INTEGER NOT NULL DEFAULT 0, digest TEXT NOT NULL DEFAULT '', warc_id TEXT NOT NULL DEFAULT '', warc_date TEXT NOT NULL DEFAULT '',
  pages INTEGER NOT NULL DEFAULT 0, mean_gap REAL NOT NULL DEFAULT 0, body_long REAL NOT NULL DEFAULT 0, body_short REAL NOT NULL DEFAULT 0,
  empty_share REAL NOT NULL DEFAULT 0, consent_share REAL NOT NULL DEFAULT 0);
CREATE TABLE items (
  feed INTEGER NOT NULL, key TEXT NOT NULL, state INTEGER NOT NULL, url TEXT NOT NULL, link TEXT NOT NULL, title TEXT NOT NULL, published TEXT NOT NULL,
  language TEXT NOT NULL, author TEXT NOT NULL, publisher TEXT NOT NULL, content TEXT NOT NULL, is_html INTEGER NOT NULL, tries INTEGER NOT NULL,
  next_try INTEGER NOT NULL, first_seen INTEGER NOT NULL, last_shown INTEGER NOT NULL, PRIMARY KEY (feed, key)) WITHOUT ROWID;
CREATE INDEX items_pending ON items (next_try, first_seen) WHERE state = 0;
CREATE TABLE urls (hash INTEGER NOT NULL PRIMARY KEY, url TEXT NOT NULL, seen INTEGER NOT NULL);
CREATE TABLE fingerprints (
  id INTEGER PRIMARY KEY, fingerprint INTEGER NOT NULL, a INTEGER NOT NULL, b INTEGER NOT NULL, c INTEGER NOT NULL, d INTEGER NOT NULL,
  article TEXT NOT NULL UNIQUE, seen INTEGER NOT NULL);
CREATE INDEX fingerprints_a ON fingerprints (a);
CREATE INDEX fingerprints_b ON fingerprints (b);
CREATE INDEX fingerprints_c ON fingerprints (c);
CREATE INDEX fingerprints_d ON fingerprints (d);
CREATE TABLE hosts (
  name TEXT NOT NULL PRIMARY KEY, rest_until INTEGER NOT NULL DEFAULT 0, robots_status INTEGER NOT NULL DEFAULT -1, robots TEXT NOT NULL DEFAULT '',
  robots_fetched INTEGER NOT NULL DEFAULT 0) WITHOUT ROWID;
CREATE TABLE files (path TEXT NOT NULL PRIMARY KEY, length INTEGER NOT NULL) WITHOUT ROWID;
CREATE TABLE settings (name TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID;
)sql";

constexpr const char* kFeedColumns =
    "id, url, current_url, title, format, etag, last_modified, last_poll, last_success, last_new, next_due, fails, last_status, "
    "last_error, moved_to, "
    "moved_runs, gone, baseline_done, digest, warc_id, warc_date, pages, mean_gap, body_long, body_short, empty_share, "
    "consent_share";

FeedState feed_of(const SeenStatement& row) {
  FeedState feed;
  feed.id = row.number(0);
  feed.url = row.text(1);
  feed.current_url = row.text(2);
  feed.title = row.text(3);
  feed.format = row.text(4);
  feed.etag = row.text(5);
  feed.last_modified = row.text(6);
  feed.last_poll_s = row.number(7);
  feed.last_success_s = row.number(8);
  feed.last_new_s = row.number(9);
  feed.next_due_s = row.number(10);
  feed.fails = row.number(11);
  feed.last_status = row.number(12);
  feed.last_error = row.text(13);
  feed.moved_to = row.text(14);
  feed.moved_runs = row.number(15);
  feed.gone = row.number(16) != 0;
  feed.baseline_done = row.number(17) != 0;
  feed.digest = row.text(18);
  feed.warc_id = row.text(19);
  feed.warc_date = row.text(20);
  feed.pages = row.number(21);
  feed.mean_gap_s = row.real(22);
  feed.body_long = row.real(23);
  feed.body_short = row.real(24);
  feed.empty_share = row.real(25);
  feed.consent_share = row.real(26);
  return feed;
}

std::int64_t ask(sqlite3* db, const char* sql) {
  SeenStatement statement(db, sql);
  return statement.row() ? statement.number(0) : -1;
}

}  // namespace

struct Seen::Database {
  sqlite3* db = nullptr;
  std::string path;
  bool open_transaction = false, read_only = false;

  ~Database() {
    if (db == nullptr) return;
    if (open_transaction) sqlite3_exec(db, "ROLLBACK", nullptr, nullptr, nullptr);
    sqlite3_close_v2(db);
  }
  Error error() const {
    const std::string why = db == nullptr ? "no memory" : sqlite3_errmsg(db);
    const int code = db == nullptr ? SQLITE_NOMEM : sqlite3_errcode(db);
    std::string help = "check the disk and the permissions of the file and its folder";
    if (code == SQLITE_FULL) help = "make room; nothing is lost, the next run goes on where this one stopped";
    if (code == SQLITE_READONLY || code == SQLITE_CANTOPEN)
      help = "the user that runs fetch must be able to write the file and its folder";
    if (code == SQLITE_CORRUPT || code == SQLITE_NOTADB)
      help = "put back a copy of it, or move it away: feeds are then polled as new ones";
    return {"I050", "the state " + path + " cannot be used: " + why, {}, help, {}};
  }
  Result<void> execute(const std::string& sql) {
    if (sqlite3_exec(db, sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return tl::unexpected(error());
    return {};
  }
  Result<void> begin() {
    if (open_transaction) return {};
    auto done = execute("BEGIN IMMEDIATE");
    open_transaction = done.has_value();
    return done;
  }
  Result<void> run(SeenStatement& statement) {
    if (!statement.run()) return tl::unexpected(error());
    return {};
  }
};

Seen::Seen(std::unique_ptr<Database> db) : db_(std::move(db)) {}
Seen::Seen(Seen&&) noexcept = default;
Seen& Seen::operator=(Seen&&) noexcept = default;
Seen::~Seen() = default;

Result<Seen> Seen::open(const std::string& path, bool read_only) {
  auto db = std::make_unique<Database>();
  db->path = path;
  db->read_only = read_only;
  const int flags = read_only ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE;
  if (sqlite3_open_v2(path.c_str(), &db->db, flags, nullptr) != SQLITE_OK) return tl::unexpected(db->error());
  sqlite3_busy_timeout(db->db, 10'000);
  const auto tables = ask(db->db, "SELECT count(*) FROM sqlite_master");
  if (tables < 0) return tl::unexpected(db->error());
  if (tables > 0) {
    if (ask(db->db, "PRAGMA application_id") != kApplicationId)
      return fail("I051", path + " is a database of another program", "name another file as state");
    const auto version = ask(db->db, "PRAGMA user_version");
    if (version > kSchemaVersion)
      return fail("I052",
                  "the state " + path + " was made by a newer tearsheet (schema " + std::to_string(version) +
                      ", this one knows " + std::to_string(kSchemaVersion) + ")",
                  "use that version, or another state");
  }
  if (read_only) return Seen(std::move(db));
  auto done = db->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = FULL; PRAGMA journal_size_limit = 16777216");
  if (done && tables == 0)
    done = db->execute("BEGIN IMMEDIATE; PRAGMA application_id = " + std::to_string(kApplicationId) +
                       "; PRAGMA user_version = " + std::to_string(kSchemaVersion) + ";" + kSchema + "COMMIT");
  if (done) done = db->begin();  // shows now, not later, that the file cannot be written
  if (!done) return tl::unexpected(std::move(done.error()));
  return Seen(std::move(db));
}

Result<void> Seen::commit() {
  if (!db_->open_transaction) return {};
  auto done = db_->execute("COMMIT");
  if (!done) {
    roll_back();
    return done;
  }
  db_->open_transaction = false;
  return {};
}

void Seen::roll_back() {
  if (!std::exchange(db_->open_transaction, false)) return;
  sqlite3_exec(db_->db, "ROLLBACK", nullptr, nullptr, nullptr);
}

std::optional<FeedState> Seen::find_feed(const std::string& url) {
  SeenStatement statement(db_->db, (std::string("SELECT ") + kFeedColumns + " FROM feeds WHERE url = ?").c_str());
  statement.bind(url);
  if (!statement.row()) return std::nullopt;
  return feed_of(statement);
}

Result<FeedState> Seen::feed(const std::string& url) {
  if (auto known = find_feed(url)) return *known;
  if (auto done = db_->begin(); !done) return tl::unexpected(done.error());
  SeenStatement insert(db_->db, "INSERT INTO feeds (url, current_url) VALUES (?, ?)");
  insert.bind(url).bind(url);
  if (auto done = db_->run(insert); !done) return tl::unexpected(done.error());
  FeedState feed;
  feed.id = sqlite3_last_insert_rowid(db_->db);
  feed.url = feed.current_url = url;
  return feed;
}

Result<void> Seen::save(const FeedState& feed) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement update(db_->db,
                       "UPDATE feeds SET current_url=?, title=?, format=?, etag=?, last_modified=?, last_poll=?, last_success=?, "
                       "last_new=?, next_due=?, fails=?, "
                       "last_status=?, last_error=?, moved_to=?, moved_runs=?, gone=?, baseline_done=?, digest=?, warc_id=?, "
                       "warc_date=?, pages=?, mean_gap=?, "
                       "body_long=?, body_short=?, empty_share=?, consent_share=? WHERE id=?");
  update.bind(feed.current_url)
      .bind(feed.title)
      .bind(feed.format)
      .bind(feed.etag)
      .bind(feed.last_modified)
      .bind(feed.last_poll_s)
      .bind(feed.last_success_s);
  update.bind(feed.last_new_s)
      .bind(feed.next_due_s)
      .bind(feed.fails)
      .bind(feed.last_status)
      .bind(feed.last_error)
      .bind(feed.moved_to)
      .bind(feed.moved_runs);
  update.bind(feed.gone)
      .bind(feed.baseline_done)
      .bind(feed.digest)
      .bind(feed.warc_id)
      .bind(feed.warc_date)
      .bind(feed.pages)
      .bind(feed.mean_gap_s);
  update.bind(feed.body_long).bind(feed.body_short).bind(feed.empty_share).bind(feed.consent_share).bind(feed.id);
  return db_->run(update);
}

std::vector<FeedState> Seen::feeds() {
  std::vector<FeedState> out;
  SeenStatement statement(db_->db, (std::string("SELECT ") + kFeedColumns + " FROM feeds ORDER BY url").c_str());
  while (statement.row()) out.push_back(feed_of(statement));
  return out;
}

std::optional<ItemState> Seen::item(std::int64_t feed, std::string_view key) {
  SeenStatement statement(db_->db, "SELECT state FROM items WHERE feed = ? AND key = ?");
  statement.bind(feed).bind(key);
  if (!statement.row()) return std::nullopt;
  return static_cast<ItemState>(statement.number(0));
}

Result<void> Seen::add(const PendingItem& item, ItemState state, std::int64_t now_s) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement insert(db_->db, "INSERT OR IGNORE INTO items VALUES (?,?,?,?,?,?,?,?,?,?,?,?,?,?,?,?)");
  insert.bind(item.feed)
      .bind(item.key)
      .bind(static_cast<std::int64_t>(state))
      .bind(item.url)
      .bind(item.link)
      .bind(item.title)
      .bind(item.published);
  insert.bind(item.language)
      .bind(item.author)
      .bind(item.publisher)
      .bind(item.content)
      .bind(item.content_is_html)
      .bind(item.tries)
      .bind(item.next_try_s);
  insert.bind(now_s).bind(now_s);
  return db_->run(insert);
}

Result<void> Seen::show(std::int64_t feed, std::string_view key, std::int64_t now_s) {
  if (auto done = db_->begin(); !done) return done;
  // Once a day is enough to know that a feed still shows an item.
  SeenStatement update(db_->db, "UPDATE items SET last_shown = ? WHERE feed = ? AND key = ? AND last_shown < ?");
  update.bind(now_s).bind(feed).bind(key).bind(now_s - 86400);
  return db_->run(update);
}

Result<void> Seen::settle(std::int64_t feed, std::string_view key, ItemState state) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement update(db_->db, "UPDATE items SET state = ?, content = '', tries = tries + 1 WHERE feed = ? AND key = ?");
  update.bind(static_cast<std::int64_t>(state)).bind(feed).bind(key);
  return db_->run(update);
}

Result<void> Seen::postpone(std::int64_t feed, std::string_view key, std::int64_t next_try_s) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement update(db_->db, "UPDATE items SET tries = tries + 1, next_try = ? WHERE feed = ? AND key = ?");
  update.bind(next_try_s).bind(feed).bind(key);
  return db_->run(update);
}

std::vector<PendingItem> Seen::pending(std::int64_t now_s, std::size_t limit, bool with_content) {
  std::vector<PendingItem> out;
  SeenStatement statement(db_->db,
                          "SELECT feed, key, url, link, title, published, language, author, publisher, content, is_html, tries, "
                          "next_try, first_seen FROM items "
                          "WHERE state = 0 AND next_try <= ? AND (content <> '') = ? ORDER BY first_seen, feed, key LIMIT ?");
  statement.bind(now_s).bind(with_content).bind(static_cast<std::int64_t>(limit));
  while (statement.row()) {
    PendingItem item;
    item.feed = statement.number(0);
    item.key = statement.text(1);
    item.url = statement.text(2);
    item.link = statement.text(3);
    item.title = statement.text(4);
    item.published = statement.text(5);
    item.language = statement.text(6);
    item.author = statement.text(7);
    item.publisher = statement.text(8);
    item.content = statement.text(9);
    item.content_is_html = statement.number(10) != 0;
    item.tries = statement.number(11);
    item.next_try_s = statement.number(12);
    item.first_seen_s = statement.number(13);
    out.push_back(std::move(item));
  }
  return out;
}

std::uint64_t Seen::count_pending() {
  return static_cast<std::uint64_t>(std::max<std::int64_t>(0, ask(db_->db, "SELECT count(*) FROM items WHERE state = 0")));
}

Result<bool> Seen::know_url(std::string_view url, std::int64_t now_s) {
  if (auto done = db_->begin(); !done) return tl::unexpected(done.error());
  const auto hash = static_cast<std::int64_t>(hash::xxh3(url));
  SeenStatement update(db_->db, "UPDATE urls SET seen = ? WHERE hash = ?");
  update.bind(now_s).bind(hash);
  if (auto done = db_->run(update); !done) return tl::unexpected(done.error());
  if (sqlite3_changes(db_->db) > 0) return true;
  SeenStatement insert(db_->db, "INSERT INTO urls VALUES (?, ?, ?)");
  insert.bind(hash).bind(url).bind(now_s);
  if (auto done = db_->run(insert); !done) return tl::unexpected(done.error());
  return false;
}

Result<std::string> Seen::near(std::uint64_t fingerprint, const std::string& article_id, std::int64_t now_s) {
  if (fingerprint == 0) return std::string();
  if (auto done = db_->begin(); !done) return tl::unexpected(done.error());
  // Three differing bits leave at least one of four quarters as it is.
  const auto part = [&](int i) { return static_cast<std::int64_t>(fingerprint >> (16 * i) & 0xffff); };
  std::string found;
  {
    SeenStatement statement(
        db_->db,
        "SELECT fingerprint, article FROM fingerprints WHERE (a = ? OR b = ? OR c = ? OR d = ?) AND article <> ? ORDER BY id");
    statement.bind(part(0)).bind(part(1)).bind(part(2)).bind(part(3)).bind(article_id);
    while (found.empty() && statement.row())
      if (is_near(static_cast<std::uint64_t>(statement.number(0)), fingerprint)) found = statement.text(1);
  }
  SeenStatement insert(db_->db,
                       "INSERT OR REPLACE INTO fingerprints (fingerprint, a, b, c, d, article, seen) VALUES (?,?,?,?,?,?,?)");
  insert.bind(static_cast<std::int64_t>(fingerprint))
      .bind(part(0))
      .bind(part(1))
      .bind(part(2))
      .bind(part(3))
      .bind(article_id)
      .bind(now_s);
  if (auto done = db_->run(insert); !done) return tl::unexpected(done.error());
  return found;
}

HostState Seen::host(const std::string& name) {
  HostState host;
  SeenStatement statement(db_->db, "SELECT rest_until, robots_status, robots, robots_fetched FROM hosts WHERE name = ?");
  statement.bind(name);
  if (!statement.row()) return host;
  host.rest_until_ms = statement.number(0);
  host.robots_status = static_cast<int>(statement.number(1));
  host.robots = statement.text(2);
  host.robots_fetched_s = statement.number(3);
  return host;
}

Result<void> Seen::save_robots(const std::string& origin, int status, std::string_view text, std::int64_t fetched_s) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement insert(
      db_->db,
      "INSERT INTO hosts (name, robots_status, robots, robots_fetched) VALUES (?,?,?,?) ON CONFLICT (name) DO UPDATE SET "
      "robots_status = excluded.robots_status, robots = excluded.robots, robots_fetched = excluded.robots_fetched");
  insert.bind(origin).bind(status).bind(text).bind(fetched_s);
  return db_->run(insert);
}

Result<void> Seen::save_rest(const std::string& host, std::int64_t until_ms) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement insert(
      db_->db,
      "INSERT INTO hosts (name, rest_until) VALUES (?,?) ON CONFLICT (name) DO UPDATE SET rest_until = excluded.rest_until");
  insert.bind(host).bind(until_ms);
  return db_->run(insert);
}

std::vector<KnownFile> Seen::files() {
  std::vector<KnownFile> out;
  SeenStatement statement(db_->db, "SELECT path, length FROM files ORDER BY path");
  while (statement.row()) out.push_back({statement.text(0), static_cast<std::uint64_t>(statement.number(1))});
  return out;
}

Result<void> Seen::save_file(const std::string& path, std::uint64_t length) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement insert(db_->db, "INSERT INTO files VALUES (?,?) ON CONFLICT (path) DO UPDATE SET length = excluded.length");
  insert.bind(path).bind(static_cast<std::int64_t>(length));
  return db_->run(insert);
}

Result<void> Seen::forget_file(const std::string& path) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement remove(db_->db, "DELETE FROM files WHERE path = ?");
  remove.bind(path);
  return db_->run(remove);
}

std::string Seen::value(const std::string& name) {
  SeenStatement statement(db_->db, "SELECT value FROM settings WHERE name = ?");
  statement.bind(name);
  return statement.row() ? statement.text(0) : std::string();
}

Result<void> Seen::set_value(const std::string& name, std::string_view value) {
  if (auto done = db_->begin(); !done) return done;
  SeenStatement insert(db_->db, "INSERT INTO settings VALUES (?,?) ON CONFLICT (name) DO UPDATE SET value = excluded.value");
  insert.bind(name).bind(value);
  return db_->run(insert);
}

Result<std::uint64_t> Seen::prune(std::int64_t before_s) {
  if (auto done = db_->begin(); !done) return tl::unexpected(done.error());
  std::uint64_t rows = 0;
  for (const char* sql :
       {"DELETE FROM items WHERE last_shown < ? AND state <> 0", "DELETE FROM urls WHERE seen < ?",
        "DELETE FROM fingerprints WHERE seen < ?", "DELETE FROM hosts WHERE robots_fetched < ?1 AND rest_until < ?1 * 1000"}) {
    SeenStatement remove(db_->db, sql);
    remove.bind(before_s);
    if (auto done = db_->run(remove); !done) return tl::unexpected(done.error());
    rows += static_cast<std::uint64_t>(sqlite3_changes(db_->db));
  }
  return rows;
}

}  // namespace tearsheet
