// SQLite: readings in a database that can be asked; docs/records.md holds the schema.
#include "pipeline/sink/sqlite.h"

#ifdef TEARSHEET_SQLITE

#include <sqlite3.h>

#include <array>
#include <utility>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/filter.h"
#include "pipeline/row.h"
#include "pipeline/sink/frame.h"

namespace tearsheet {

namespace {

constexpr int kApplicationId = 0x54454152;  // "TEAR"
constexpr int kSchemaVersion = 1;
constexpr int kBatch = 500;  // readings a transaction

constexpr const char* kSchema = R"sql(
CREATE TABLE articles (
  key INTEGER PRIMARY KEY, id TEXT NOT NULL, source TEXT NOT NULL, source_id TEXT, path TEXT, source_url TEXT, container TEXT, position INTEGER NOT NULL,
  format TEXT, charset TEXT, bytes INTEGER, sha256 TEXT, title TEXT, byline TEXT, published TEXT, modified TEXT, place TEXT, publisher TEXT,
  domain TEXT, language TEXT, url TEXT, topics TEXT, section TEXT, image TEXT, paywall INTEGER, fingerprint TEXT, extra TEXT, text TEXT, body TEXT,
  rules TEXT, error_code TEXT, error TEXT, UNIQUE (id, source));
CREATE TABLE mentions (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, mention INTEGER NOT NULL, type TEXT NOT NULL, span_begin INTEGER NOT NULL,
  span_end INTEGER NOT NULL, text TEXT NOT NULL, use TEXT NOT NULL, rule TEXT, confidence REAL, amount TEXT, amount_high TEXT, currency TEXT,
  modifier TEXT, value TEXT, name TEXT, entity_id TEXT, ticker TEXT, country TEXT, nm TEXT, unit TEXT, fields TEXT NOT NULL,
  PRIMARY KEY (article, mention)) WITHOUT ROWID;
CREATE TABLE links (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, kind TEXT NOT NULL, mention_from INTEGER NOT NULL, mention_to INTEGER NOT NULL, why TEXT);
CREATE TABLE records (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, record TEXT NOT NULL, kind TEXT NOT NULL, use TEXT NOT NULL, measure TEXT,
  status TEXT, certainty TEXT, sum_ok INTEGER NOT NULL, amount TEXT, amount_high TEXT, currency TEXT, modifier TEXT, usd_stated TEXT, instrument TEXT,
  purpose TEXT, place TEXT, sentence TEXT, fields TEXT NOT NULL, rule TEXT, confidence REAL, PRIMARY KEY (article, record)) WITHOUT ROWID;
CREATE TABLE record_money (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, record TEXT NOT NULL, position INTEGER NOT NULL, text TEXT, mention INTEGER,
  amount TEXT, amount_high TEXT, currency TEXT, modifier TEXT, per TEXT, said_as TEXT, rate TEXT, fields TEXT NOT NULL);
CREATE TABLE record_roles (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, record TEXT NOT NULL, role TEXT NOT NULL, position INTEGER NOT NULL, text TEXT,
  span_begin INTEGER, span_end INTEGER, mention INTEGER, type TEXT, entity_id TEXT, name TEXT, how TEXT);
CREATE TABLE record_relations (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, record TEXT NOT NULL, type TEXT NOT NULL, other TEXT NOT NULL, basis TEXT);
CREATE TABLE record_evidence (
  article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, record TEXT NOT NULL, span_begin INTEGER NOT NULL, span_end INTEGER NOT NULL);
CREATE TABLE notes (article INTEGER NOT NULL REFERENCES articles(key) ON DELETE CASCADE, code TEXT NOT NULL, what TEXT NOT NULL);
CREATE INDEX mentions_by_type ON mentions (type, name);
CREATE INDEX links_by_article ON links (article);
CREATE INDEX money_by_record ON record_money (article, record);
CREATE INDEX roles_by_record ON record_roles (article, record);
CREATE INDEX roles_by_name ON record_roles (name);
CREATE INDEX relations_by_record ON record_relations (article, record);
CREATE INDEX evidence_by_record ON record_evidence (article, record);
CREATE INDEX notes_by_article ON notes (article);
)sql";

enum Table : std::uint8_t { kArticles, kMentions, kLinks, kRecords, kMoney, kRoles, kRelations, kEvidence, kNotes };
struct TableRow {
  const char* name;
  int cells;  // without the article's key, which the writer puts first
};
constexpr std::array<TableRow, 9> kTables = {{{"articles", 31},
                                              {"mentions", 20},
                                              {"links", 4},
                                              {"records", 19},
                                              {"record_money", 12},
                                              {"record_roles", 11},
                                              {"record_relations", 4},
                                              {"record_evidence", 3},
                                              {"notes", 2}}};

/// Cells of one row; texts live until the row is written.
class Cells {
 public:
  Cells& text(std::string value) {
    texts_.push_back(std::make_unique<std::string>(std::move(value)));
    cells_.emplace_back(std::string_view(*texts_.back()));
    return *this;
  }
  Cells& text_or_null(std::string value) {
    if (value.empty())
      cells_.emplace_back();
    else
      text(std::move(value));
    return *this;
  }
  Cells& number(std::int64_t value) { return cells_.emplace_back(value), *this; }
  Cells& real(double value) { return cells_.emplace_back(value), *this; }
  Cells& null() { return cells_.emplace_back(), *this; }
  Cells& field(const Fields& fields, std::string_view name) {
    const Scalar* value = find(fields, name);
    return text_or_null(value == nullptr ? std::string() : readable(*value));
  }
  Cells& object(const Fields& fields) {
    std::string out;
    json::append_object(out, fields);
    return text(std::move(out));
  }
  Cells& strings(const std::vector<std::string>& values) {
    std::string out = "[";
    for (const std::string& value : values) {
      if (out.size() > 1) out += ',';
      json::append_string(out, value);
    }
    return text(out + "]");
  }
  void write(FrameWriter& frame, Table table) { frame.row(table, cells_); }

 private:
  std::vector<Cell> cells_;
  std::vector<std::unique_ptr<std::string>> texts_;
};

/// Spans as the caller counts them.
struct Spans : FieldVisitor {
  Spans(const Reading& reading, bool chars) {
    if (chars) offsets.emplace(reading.article.text);
  }
  void span(Span& span) override { span = out(span); }
  Span out(Span span) const { return offsets ? Span{offsets->at(span.begin), offsets->at(span.end)} : span; }
  std::optional<utf8::CodePointOffsets> offsets;
};

void render_article(FrameWriter& frame, const Reading& reading, const SinkOptions& options) {
  const Article& a = reading.article;
  const Meta& m = a.meta;
  Cells cells;
  cells.text(a.id).text(source_name(a.origin));
  if (a.origin.id)
    cells.text(*a.origin.id);
  else
    cells.null();
  cells.text_or_null(a.origin.path).text_or_null(a.origin.uri).text_or_null(a.origin.container).number(a.origin.index);
  cells.text_or_null(reading.error ? "" : std::string(to_string(a.format)))
      .text_or_null(a.charset)
      .number(static_cast<std::int64_t>(a.bytes));
  cells.text_or_null(a.sha256).text_or_null(m.title).strings(m.byline).text_or_null(m.published ? m.published->iso() : "");
  cells.text_or_null(m.modified ? m.modified->iso() : "").text_or_null(m.place).text_or_null(m.publisher).text_or_null(m.domain);
  cells.text_or_null(m.language).text_or_null(m.url).strings(m.topics).text_or_null(m.section).text_or_null(m.image);
  if (m.paywall)
    cells.number(*m.paywall ? 1 : 0);
  else
    cells.null();
  cells.text(hash::hex64(reading.fingerprint)).object(m.extra);
  cells.text_or_null(options.with_text ? a.text : "").text_or_null(options.with_body && !reading.error ? body_of(a) : "");
  cells.text(options.rules_hash)
      .text_or_null(reading.error ? reading.error->code : "")
      .text_or_null(reading.error ? reading.error->what : "");
  cells.write(frame, kArticles);
}

void render_mentions(FrameWriter& frame, const Reading& reading, const Spans& spans) {
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    const Mention& m = reading.mentions[i];
    const Span span = spans.out(m.span);
    Cells cells;
    cells.number(static_cast<std::int64_t>(i))
        .text(m.type)
        .number(span.begin)
        .number(span.end)
        .text(std::string(m.span.of(reading.article.text)));
    cells.text(std::string(to_string(use_of(reading.article, m)))).text(m.rule).real(m.confidence);
    for (std::string_view name :
         {"amount", "amount_high", "currency", "modifier", "value", "name", "id", "ticker", "country", "nm", "unit"})
      cells.field(m.fields, name);
    cells.object(m.fields).write(frame, kMentions);
  }
  for (const Link& link : reading.links) {
    Cells cells;
    cells.text(link.kind).number(link.from).number(link.to).text(link.why).write(frame, kLinks);
  }
}

void render_role(FrameWriter& frame, const Record& record, std::string_view role, std::int64_t position, const Ref& ref) {
  Cells cells;
  cells.text(record.id).text(std::string(role)).number(position).text_or_null(ref.text);
  if (ref.span)
    cells.number(ref.span->begin).number(ref.span->end);
  else
    cells.null().null();
  if (ref.mention)
    cells.number(*ref.mention);
  else
    cells.null();
  cells.text_or_null(ref.type).text_or_null(ref.id).text_or_null(ref.name).text(ref.how).write(frame, kRoles);
}

void render_roles(FrameWriter& frame, const Record& record) {
  for (const Field& field : record.fields) {
    if (const Ref* ref = field.value.ref()) render_role(frame, record, field.name, 0, *ref);
    const auto* list = field.value.get<std::vector<Scalar>>();
    for (std::size_t i = 0; list != nullptr && i < list->size(); ++i) {
      if (const Ref* ref = (*list)[i].ref()) render_role(frame, record, field.name, static_cast<std::int64_t>(i), *ref);
    }
  }
}

void render_money(FrameWriter& frame, const Record& record) {
  for (std::size_t i = 0; i < record.money.size(); ++i) {
    const Fields& money = record.money[i];
    Cells cells;
    cells.text(record.id).number(static_cast<std::int64_t>(i)).field(money, "text");
    const Scalar* mention = find(money, "mention");
    if (mention != nullptr && mention->get<std::int64_t>() != nullptr)
      cells.number(*mention->get<std::int64_t>());
    else
      cells.null();
    for (std::string_view name : {"amount", "amount_high", "currency", "modifier", "per", "as", "rate"}) cells.field(money, name);
    cells.object(money).write(frame, kMoney);
  }
}

void render_record(FrameWriter& frame, Sentences& sentences, Record record, Spans& spans) {
  const std::string sentence = sentences.of(record);
  visit(record.fields, spans);
  for (Fields& money : record.money) visit(money, spans);
  const Fields money = record.money.empty() ? Fields() : record.money.front();
  Cells cells;
  cells.text(record.id)
      .text(record.kind)
      .text(std::string(to_string(record.use)))
      .text_or_null(record.measure)
      .text_or_null(record.status);
  cells.text_or_null(record.certainty).number(record.sum_ok ? 1 : 0);
  for (std::string_view name : {"amount", "amount_high", "currency", "modifier"}) cells.field(money, name);
  cells.text_or_null(usd_stated(record));
  for (std::string_view name : {"instrument", "purpose", "place"}) cells.field(record.fields, name);
  cells.text_or_null(sentence).object(record.fields).text(record.rule).real(record.confidence).write(frame, kRecords);
  render_money(frame, record);
  render_roles(frame, record);
  for (const Relation& rel : record.rel) {
    Cells row;
    row.text(record.id).text(rel.type).text(rel.to).text_or_null(rel.basis).write(frame, kRelations);
  }
  for (const Span& evidence : record.evidence) {
    const Span span = spans.out(evidence);
    Cells row;
    row.text(record.id).number(span.begin).number(span.end).write(frame, kEvidence);
  }
}

struct Close {
  void operator()(sqlite3* db) const { sqlite3_close_v2(db); }
  void operator()(sqlite3_stmt* statement) const { sqlite3_finalize(statement); }
};
using Database = std::unique_ptr<sqlite3, Close>;
using Statement = std::unique_ptr<sqlite3_stmt, Close>;

class Sqlite : public Sink {
 public:
  Sqlite(std::string path, Database db, const SinkOptions& options)
      : path_(std::move(path)), db_(std::move(db)), options_(options) {}

  Result<void> prepare_all() {
    for (const TableRow& table : kTables) {
      std::string sql = "INSERT INTO " + std::string(table.name) + " VALUES (?";
      for (int i = 0; i < table.cells; ++i) sql += ",?";
      if (auto done = prepare(sql + ")", inserts_.emplace_back()); !done) return done;
    }
    return prepare("DELETE FROM articles WHERE source = ?2 AND (id = ?1 OR error_code IS NOT NULL)", remove_);
  }

  std::string render(const Reading& reading) const override {
    FrameWriter frame;
    Spans spans(reading, options_.offsets_chars);
    render_article(frame, reading, options_);
    render_mentions(frame, reading, spans);
    Sentences sentences(reading);
    for (const Record& record : reading.records) render_record(frame, sentences, record, spans);
    for (const Note& note : reading.notes) Cells().text(note.code).text(note.what).write(frame, kNotes);
    return frame.take();
  }

  Result<void> write(std::string_view rendered) override {
    if (!open_) {
      if (auto done = execute("BEGIN IMMEDIATE"); !done) return done;
      open_ = true;
    }
    FrameReader frame(rendered);
    std::vector<Cell> cells;
    while (const auto table = frame.next(cells)) {
      if (auto done = insert(*table, cells); !done) return done;
    }
    return ++in_batch_ >= kBatch ? flush() : Result<void>();
  }

  Result<void> flush() override {
    in_batch_ = 0;
    if (!std::exchange(open_, false)) return {};
    return execute("COMMIT");
  }
  Result<void> finish() override { return flush(); }

  Result<void> execute(const std::string& sql) {
    if (sqlite3_exec(db_.get(), sql.c_str(), nullptr, nullptr, nullptr) != SQLITE_OK) return broken();
    return {};
  }

 private:
  tl::unexpected<Error> broken() const {
    return fail("S001", "cannot write " + path_ + ": " + sqlite3_errmsg(db_.get()),
                "what was committed before is kept; run again to complete it");
  }

  Result<void> prepare(const std::string& sql, Statement& statement) {
    sqlite3_stmt* raw = nullptr;
    if (sqlite3_prepare_v2(db_.get(), sql.c_str(), -1, &raw, nullptr) != SQLITE_OK) return broken();
    statement.reset(raw);
    return {};
  }

  static void bind(sqlite3_stmt* statement, int at, const Cell& cell) {
    if (const auto* number = std::get_if<std::int64_t>(&cell))
      sqlite3_bind_int64(statement, at, *number);
    else if (const auto* real = std::get_if<double>(&cell))
      sqlite3_bind_double(statement, at, *real);
    else if (const auto* text = std::get_if<std::string_view>(&cell)) {
      sqlite3_bind_text64(statement, at, text->data() == nullptr ? "" : text->data(), text->size(), SQLITE_STATIC, SQLITE_UTF8);
    } else
      sqlite3_bind_null(statement, at);
  }

  Result<void> step(sqlite3_stmt* statement) {
    const int code = sqlite3_step(statement);
    auto result = code == SQLITE_DONE ? Result<void>() : Result<void>(broken());
    sqlite3_reset(statement);
    return result;
  }

  Result<void> insert(std::uint8_t table, const std::vector<Cell>& cells) {
    if (table == kArticles) {
      bind(remove_.get(), 1, cells[0]);
      bind(remove_.get(), 2, cells[1]);
      if (auto done = step(remove_.get()); !done) return done;
    }
    sqlite3_stmt* statement = inserts_[table].get();
    bind(statement, 1, table == kArticles ? Cell() : Cell(article_));
    for (std::size_t i = 0; i < cells.size(); ++i) bind(statement, static_cast<int>(i) + 2, cells[i]);
    auto done = step(statement);
    if (done && table == kArticles) article_ = sqlite3_last_insert_rowid(db_.get());
    return done;
  }

  std::string path_;
  Database db_;
  SinkOptions options_;
  std::vector<Statement> inserts_;
  Statement remove_;
  std::int64_t article_ = 0;
  bool open_ = false;
  int in_batch_ = 0;
};

std::int64_t ask(sqlite3* db, const char* sql) {
  sqlite3_stmt* raw = nullptr;
  if (sqlite3_prepare_v2(db, sql, -1, &raw, nullptr) != SQLITE_OK) return -1;
  const Statement statement(raw);
  return sqlite3_step(raw) == SQLITE_ROW ? sqlite3_column_int64(raw, 0) : -1;
}

Result<void> check_owner(sqlite3* db, const std::string& path) {
  const auto tables = ask(db, "SELECT count(*) FROM sqlite_master");
  if (tables < 0) return fail("S003", path + " is no SQLite database: " + sqlite3_errmsg(db), "choose another name with -o");
  if (tables == 0) return {};
  if (ask(db, "PRAGMA application_id") != kApplicationId)
    return fail("S003", path + " is a database of another program", "choose another name with -o");
  const auto schema = ask(db, "PRAGMA user_version");
  if (schema != kSchemaVersion)
    return fail("S003",
                path + " has schema " + std::to_string(schema) + ", this program writes " + std::to_string(kSchemaVersion),
                "choose another name with -o");
  return {};
}

}  // namespace

Result<std::unique_ptr<Sink>> make_sqlite(const std::string& path, const SinkOptions& options) {
  if (path.empty()) return fail("S004", "a SQLite database cannot go to standard output", "name a file: -o out.db");
  sqlite3* raw = nullptr;
  const int code = sqlite3_open_v2(path.c_str(), &raw, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, nullptr);
  Database db(raw);
  if (code != SQLITE_OK)
    return fail("S001", "cannot open " + path + ": " + (raw == nullptr ? "no memory" : sqlite3_errmsg(raw)),
                "choose another place with -o");
  sqlite3_busy_timeout(raw, 5000);
  if (auto owner = check_owner(raw, path); !owner) return tl::unexpected(std::move(owner.error()));
  const bool is_new = ask(raw, "SELECT count(*) FROM sqlite_master") == 0;
  auto sink = std::make_unique<Sqlite>(path, std::move(db), options);
  auto done = sink->execute("PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL; PRAGMA foreign_keys = ON");
  if (done && is_new) {
    done = sink->execute("BEGIN; PRAGMA application_id = " + std::to_string(kApplicationId) +
                         "; PRAGMA user_version = " + std::to_string(kSchemaVersion) + ";" + kSchema + "COMMIT");
  }
  if (done) done = sink->prepare_all();
  if (!done) return tl::unexpected(std::move(done.error()));
  return sink;
}

}  // namespace tearsheet

#else

namespace tearsheet {

Result<std::unique_ptr<Sink>> make_sqlite(const std::string&, const SinkOptions&) {
  return fail("S004", "this program was built without SQLite", "build it with -DTEARSHEET_SQLITE=ON");
}

}  // namespace tearsheet

#endif
