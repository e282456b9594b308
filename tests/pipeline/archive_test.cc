// Archives: our own records read back; clipped, torn and foreign ones read as far as they go, with what was lost counted.
#include "pipeline/fetch/archive.h"

#include <doctest/doctest.h>

#include "base/unpack.h"
#include "pipeline/fetch/source.h"
#include "pipeline/fetch/warc.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

constexpr const char* kDate = "2026-11-22T10:00:00Z";

HttpAnswer answer(const std::string& url, const std::string& body, long status = 200, const std::string& type = "text/html") {
  HttpAnswer out;
  out.url = url;
  out.status = status;
  out.status_line = "HTTP/1.1 " + std::to_string(status) + " Whatever";
  out.headers = {{"Content-Type", type}, {"Content-Encoding", "gzip"}, {"Set-Cookie", "session=1"}};
  out.request_head = "GET / HTTP/1.1\r\nAuthorization: Bearer secret\r\nX-Key: secret\r\nAccept: */*\r\n\r\n";
  out.body = body;
  out.address = "93.184.216.34";
  return out;
}

std::string page(const std::string& words) { return "<html><body><p>" + words + "</p></body></html>"; }

std::vector<Item> read_all(const std::string& path) {
  Inputs inputs;
  inputs.paths = {path};
  auto source = open_source(inputs);
  REQUIRE(source.has_value());
  std::vector<Item> items;
  while (auto item = (*source)->next()) items.push_back(std::move(*item));
  return items;
}

std::size_t pages(const std::vector<Item>& items) {
  return static_cast<std::size_t>(
      std::count_if(items.begin(), items.end(), [](const Item& item) { return item.blob.has_value(); }));
}

std::string lost(const std::vector<Item>& items) {
  for (const Item& item : items)
    if (!item.blob && item.blob.error().code == "I043") return item.blob.error().what;
  return {};
}

std::string packed(const std::string& block, const std::string& type = "response", const std::string& url = "http://a/1") {
  std::string out;
  warc::append_record(out, type, kDate, {{"WARC-Target-URI", url}, {"Content-Type", "application/http; msgtype=response"}}, block,
                      url);
  return out;
}

std::string plain(const std::string& record) {
  auto bytes = unpack::all(record, unpack::Packing::gzip, 1 << 20);
  REQUIRE(bytes.has_value());
  return bytes->bytes;
}

std::string response(const std::string& body, const std::string& more = "") {
  return "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n" + more + "\r\n" + body;
}

}  // namespace

TEST_CASE("archive: what is written is read back, with its hints; secrets are not in it") {
  const test::Scratch scratch;
  Archive archive({scratch.path("archive"), 1 << 20, "tearsheet/test", "mailto:a@b.c"});
  CHECK(archive.turn_to("2026-11-22").value());
  REQUIRE(archive.begin(kDate).has_value());
  CHECK_FALSE(archive.turn_to("2026-11-22").value());
  const auto id = archive.add(answer("https://u:p@a/1", page("one")), kDate, {"x-key"},
                              {"https://a/1", "Title\r\nX: y", "2023-01-06", "en"}, std::nullopt);
  REQUIRE(id.has_value());
  REQUIRE(archive.add(answer("https://a/1", page("one")), kDate, {"x-key"}, {}, EarlierRecord{*id, kDate, "https://a/1"})
              .has_value());
  REQUIRE(archive.add(answer("https://a/feed", "<rss/>", 200, "application/rss+xml"), kDate, {"x-key"}, {}, std::nullopt)
              .has_value());
  REQUIRE(archive.add(answer("https://a/gone", page("gone"), 404), kDate, {"X-Key"}, {}, std::nullopt).has_value());
  REQUIRE(archive.add_content("https://a/2", "<p>two</p>", true, kDate, {"https://a/2", "Two", "", ""}).has_value());
  REQUIRE(archive.sync().has_value());
  const std::string bytes = scratch.read("archive/2026-11-22/00000.warc.gz");
  CHECK(bytes.size() == archive.length());
  const std::string all = plain(bytes);
  for (const char* secret : {"secret", "session=1", "u:p@"}) CHECK(all.find(secret) == std::string::npos);
  CHECK(all.find("X-Archive-Orig-Content-Encoding: gzip") != std::string::npos);
  CHECK(all.find("revisit/identical-payload-digest") != std::string::npos);
  CHECK(all.find("WARC-Refers-To: " + *id) != std::string::npos);
  CHECK(all.find("\r\nX: y") == std::string::npos);

  const auto items = read_all(archive.path());
  REQUIRE(items.size() == 3);
  CHECK(items[0].origin.uri == "https://a/1");
  CHECK(items[0].blob->bytes == page("one"));
  CHECK(items[0].blob->hints.published == "2023-01-06");
  CHECK(items[0].blob->hints.language == "en");
  CHECK(items[0].blob->hints.url == "https://a/1");
  CHECK(items[0].blob->fetched_at == kDate);
  CHECK(items[1].blob->hints.title == "Two");
  CHECK(items[2].skipped);
  CHECK(items[2].blob.error().what.find("1 HTTP 404") != std::string::npos);
}

TEST_CASE("archive: a file that is full is followed by the next, a day by its own folder") {
  const test::Scratch scratch;
  Archive archive({scratch.path("archive"), 2000, "t", "c"});
  std::vector<std::string> paths;
  for (int i = 0; i < 6; ++i) {
    if (archive.turn_to(i < 5 ? "2026-11-22" : "2026-11-23").value()) {
      REQUIRE(archive.begin(kDate).has_value());
      paths.push_back(archive.path());
    }
    std::string noise;
    for (int n = 0; n < 200; ++n) noise += std::to_string(n * 7919 * (i + 1));
    REQUIRE(archive.add(answer("https://a/" + std::to_string(i), page(noise)), kDate, {}, {}, std::nullopt).has_value());
  }
  REQUIRE(paths.size() > 2);
  CHECK(paths.back().ends_with("2026-11-23/00000.warc.gz"));
  std::size_t read = 0;
  for (const std::string& path : paths) read += pages(read_all(path));
  CHECK(read == 6);
}

TEST_CASE("warc: broken archives give what is whole, and say what is lost") {
  const test::Scratch scratch;
  const std::string one = packed(response(page("one"))), two = packed(response(page("two"))),
                    three = packed(response(page("three")));
  std::string torn = two;
  for (std::size_t i = 20; i < torn.size() - 8; ++i) torn[i] = static_cast<char>(torn[i] ^ 0x5a);
  struct Row {
    std::string why;
    const char* name;
    std::string bytes;
    std::size_t pages;
    bool lost;
  };
  const std::string no_length = "WARC/1.0\r\nWARC-Type: response\r\n\r\nHTTP/1.1 200 OK\r\n\r\nx\r\n\r\n";
  const Row rows[] = {
      {"whole", "a.warc.gz", one + two + three, 3, false},
      {"whole, unpacked", "b.warc", plain(one) + plain(two), 2, false},
      {"one gzip member around all", "c.warc.gz", one + two, 2, false},
      {"cut in the last record", "d.warc.gz", (one + two).substr(0, one.size() + two.size() / 2), 1, true},
      {"cut, unpacked", "e.warc", (plain(one) + plain(two)).substr(0, plain(one).size() + plain(two).size() / 2), 1, true},
      {"a torn member in the middle", "f.warc.gz", one + torn + three, 2, true},
      {"junk between records", "g.warc", plain(one) + "junk\n" + plain(two), 2, true},
      {"a record without a length", "h.warc", plain(one) + no_length + plain(two), 2, true},
      {"nothing", "i.warc", "", 0, false},
      {"no archive at all", "j.warc", "just some words\nand more\n", 0, true},
      {"line ends without a carriage return", "k.warc",
       "WARC/1.0\nWARC-Type: response\nWARC-Target-URI: <http://a/1>\nContent-Length: 46\n\nHTTP/1.1 200 OK\nContent-Type: "
       "text/html\n\n<p>x<\n\n",
       1, false},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto items = read_all(scratch.write(row.name, row.bytes));
    CHECK(pages(items) == row.pages);
    CHECK(lost(items).empty() != row.lost);
  }
}

TEST_CASE("warc: encodings are undone, what is no page is passed over by its reason") {
  struct Row {
    const char* why;
    std::string block;
    const char* type;
    std::string body, passed;
  };
  const std::string zipped = packed("x").substr(0, 0) + [] {
    std::string record;
    warc::append_record(record, "x", kDate, {}, "words in gzip", "y");
    return record;
  }();
  const Row rows[] = {
      {"chunked", response("5\r\nhello\r\n6;ext=1\r\n world\r\n0\r\n\r\n", "Transfer-Encoding: chunked\r\n"), "response",
       "hello world", ""},
      {"said to be chunked, stored joined", response("hello", "Transfer-Encoding: chunked\r\n"), "response", "hello", ""},
      {"a request", "GET / HTTP/1.1\r\n\r\n", "request", "", "a request"},
      {"a revisit", response(""), "revisit", "", "a revisit"},
      {"an image", "HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\nx", "response", "", "image/png"},
      {"a redirect", "HTTP/1.1 301 Moved\r\n\r\n", "response", "", "HTTP 301"},
      {"empty", response(" "), "response", "", "an empty page"},
      {"a resource", "<p>plain</p>", "resource", "", "application/http"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    warc::Record record;
    record.fields = {{"warc-type", row.type}, {"WARC-Target-URI", "http://a/1"}, {"Content-Type", "application/http"}};
    record.block = row.block;
    const auto verdict = warc::page_of(std::move(record), 1 << 20);
    CHECK((verdict.page ? verdict.page->body : "") == row.body);
    CHECK(verdict.passed_over == row.passed);
  }
  warc::Record gz;
  gz.fields = {{"WARC-Type", "response"}, {"WARC-Target-URI", "http://a/1"}};
  gz.block = response(zipped, "Content-Encoding: gzip\r\n");
  const auto verdict = warc::page_of(std::move(gz), 1 << 20);
  REQUIRE(verdict.page.has_value());
  CHECK(verdict.page->body.find("words in gzip") != std::string::npos);
}
