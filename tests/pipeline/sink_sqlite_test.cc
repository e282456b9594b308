// SQLite: a database that is updated, not filled twice.
#include <doctest/doctest.h>
#include <sqlite3.h>

#include "pipeline/sink/sqlite.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

std::string ask(const std::string& path, const std::string& sql) {
  sqlite3* db = nullptr;
  REQUIRE(sqlite3_open_v2(path.c_str(), &db, SQLITE_OPEN_READONLY, nullptr) == SQLITE_OK);
  std::string out;
  sqlite3_stmt* statement = nullptr;
  REQUIRE_MESSAGE(sqlite3_prepare_v2(db, sql.c_str(), -1, &statement, nullptr) == SQLITE_OK, sqlite3_errmsg(db));
  while (sqlite3_step(statement) == SQLITE_ROW) {
    for (int i = 0; i < sqlite3_column_count(statement); ++i) {
      const auto* text = sqlite3_column_text(statement, i);
      out += (out.empty() ? "" : " ") + std::string(text == nullptr ? "NULL" : reinterpret_cast<const char*>(text));
    }
  }
  sqlite3_finalize(statement);
  sqlite3_close(db);
  return out;
}

void write(const std::string& path, const Reading& reading) {
  auto sink = make_sqlite(path, {});
  REQUIRE_MESSAGE(sink.has_value(), (sink ? std::string() : sink.error().what));
  const auto done = (*sink)->write((*sink)->render(reading));
  REQUIRE_MESSAGE(done.has_value(), (done ? std::string() : done.error().what));
  REQUIRE((*sink)->finish().has_value());
}

}  // namespace

TEST_CASE("sqlite: a reading can be asked for") {
  const test::Scratch scratch;
  const std::string path = scratch.path("out.db");
  write(path, test::payment());
  CHECK(ask(path, "SELECT amount, currency FROM mentions WHERE type = 'money' ORDER BY mention") ==
        "1500000000 JPY 10000000 USD");
  CHECK(ask(path, "SELECT kind, status, sum_ok, usd_stated FROM records") == "flow done 1 10000000");
  CHECK(ask(path, "SELECT role, name, span_begin FROM record_roles ORDER BY role") == "payer Foo AG 9 recipient Bar 42");
  CHECK(ask(path, "SELECT said_as FROM record_money ORDER BY position") == "said conversion");
  CHECK(ask(path, "SELECT mention_from, mention_to FROM links") == "1 2");
  CHECK(ask(path,
            "SELECT published, json_extract(fields, '$.name') FROM articles JOIN mentions ON article = key WHERE mention = 0") ==
        "2023-01-06T17:17Z Foo AG");
}

TEST_CASE("sqlite: a second run updates instead of duplicating") {
  const test::Scratch scratch;
  const std::string path = scratch.path("out.db");
  write(path, test::payment());
  Reading again = test::payment();
  again.mentions.resize(1);
  again.links.clear();
  again.records.clear();
  write(path, again);
  CHECK(ask(path, "SELECT count(*) FROM articles") == "1");
  CHECK(ask(path, "SELECT count(*) FROM mentions") == "1");
  CHECK(ask(path, "SELECT count(*) FROM record_roles") == "0");
  CHECK(ask(path, "SELECT count(*) FROM links") == "0");
}

TEST_CASE("sqlite: an error gives way to a later reading of the same source") {
  const test::Scratch scratch;
  const std::string path = scratch.path("out.db");
  Reading broken;
  broken.article.origin.path = "a/b.txt";
  broken.error = Error{"F002", "may not be read", {}, {}, {}};
  write(path, broken);
  CHECK(ask(path, "SELECT error_code FROM articles") == "F002");
  write(path, test::payment());
  CHECK(ask(path, "SELECT count(*), max(error_code) FROM articles") == "1 NULL");
}

TEST_CASE("sqlite: the same article from another source is a row of its own") {
  const test::Scratch scratch;
  Reading copy = test::payment();
  copy.article.origin.path = "c/d.txt";
  write(scratch.path("out.db"), test::payment());
  write(scratch.path("out.db"), copy);
  CHECK(ask(scratch.path("out.db"), "SELECT count(*) FROM articles") == "2");
}

TEST_CASE("sqlite: hostile text is data") {
  const test::Scratch scratch;
  Reading reading = test::payment();
  reading.article.meta.title = "'); DROP TABLE articles; --";
  write(scratch.path("out.db"), reading);
  CHECK(ask(scratch.path("out.db"), "SELECT title FROM articles") == reading.article.meta.title);
}

TEST_CASE("sqlite: a file of another program is left alone") {
  const test::Scratch scratch;
  const std::string text = scratch.write("out.db", std::string(4096, 'x'));
  CHECK(make_sqlite(text, {}).error().code == "S003");
  CHECK(scratch.read("out.db") == std::string(4096, 'x'));
  sqlite3* db = nullptr;
  sqlite3_open(scratch.path("other.db").c_str(), &db);
  sqlite3_exec(db, "CREATE TABLE t (a)", nullptr, nullptr, nullptr);
  sqlite3_close(db);
  CHECK(make_sqlite(scratch.path("other.db"), {}).error().code == "S003");
}

TEST_CASE("sqlite: no standard output, no folder that is not there") {
  const test::Scratch scratch;
  CHECK(make_sqlite("", {}).error().code == "S004");
  CHECK(make_sqlite(scratch.path("no/such/out.db"), {}).error().code == "S001");
}
