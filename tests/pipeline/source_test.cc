// Source: files, folders, lists and JSON lines, in order, with every fault named.
#include "pipeline/fetch/source.h"

#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/fetch/json_lines.h"

namespace {

namespace fs = std::filesystem;

// A folder of its own that goes when the test does.
class Scratch {
 public:
  Scratch() {
    std::string name = (fs::temp_directory_path() / "tearsheet_source_XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    root_ = name;
  }
  ~Scratch() {
    std::error_code ignored;
    fs::remove_all(root_, ignored);
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;

  std::string put(const std::string& name, std::string_view bytes = "text") const {
    const fs::path path = root_ / name;
    fs::create_directories(path.parent_path());
    std::ofstream(path, std::ios::binary) << bytes;
    return path.string();
  }
  std::string path(const std::string& name = {}) const { return name.empty() ? root_.string() : (root_ / name).string(); }

 private:
  fs::path root_;
};

// "a.txt b.txt !F001 ~c.pdf": names, '!' and the code for a failure, '~' for a skip.
std::string walk(const tearsheet::Inputs& inputs) {
  auto source = tearsheet::open_source(inputs);
  if (!source) return "!" + source.error().code;
  std::string out;
  while (auto item = (*source)->next()) {
    if (!out.empty()) out += ' ';
    const std::string name = fs::path(item->origin.path).filename().string();
    if (item->skipped)
      out += '~' + name;
    else if (!item->blob)
      out += '!' + item->blob.error().code + (item->origin.id ? ":" + *item->origin.id : "");
    else
      out += item->origin.id ? ":" + *item->origin.id : name;
  }
  return out;
}

tearsheet::Inputs of(std::vector<std::string> paths) {
  tearsheet::Inputs inputs;
  inputs.paths = std::move(paths);
  return inputs;
}

TEST_CASE("source: what is skipped, cut or empty counts for progress: the parts add up to the whole") {
  const Scratch scratch;
  scratch.put("a.txt", std::string(3000, 'x'));
  scratch.put("b.pdf", std::string(7000, 'x'));
  scratch.put("c.txt", std::string(900, 'x'));
  scratch.put("d.jsonl", "{\"id\":\"1\",\"text\":\"x\"}\n{\"id\":\n");
  scratch.put("e.txt", "");
  tearsheet::Inputs inputs;
  inputs.paths = {scratch.path()};
  inputs.max_bytes = 1000;
  auto source = tearsheet::open_source(inputs);
  REQUIRE(source.has_value());
  std::uint64_t read = 0, unread = 0, total = 0;
  while (auto item = (*source)->next()) {
    read += item->bytes;
    unread += item->unread_bytes;
    total = (*source)->total_bytes();
  }
  CHECK(total == 3000 + 7000 + 900 + 29);
  CHECK(read + unread == total);
  CHECK(unread == 1999 + 7000);
}

TEST_CASE("source: a folder is read in the order of its bytes, hidden names left out, other formats skipped") {
  const Scratch scratch;
  for (const char* name :
       {"b.txt", "a.txt", "B.txt", "sub/c.md", "a/z.txt", ".hidden", ".git/x.txt", "photo.JPG", "report.pdf.gz"})
    scratch.put(name);
  CHECK(walk(of({scratch.path()})) == "B.txt z.txt a.txt b.txt ~photo.JPG ~report.pdf.gz c.md");
}

TEST_CASE("source: glob keeps, exclude drops, and both hold for paths and names") {
  const Scratch scratch;
  for (const char* name : {"a.txt", "b.md", "sub/c.txt", "sub/d.md", "skip/e.txt"}) scratch.put(name);
  auto inputs = of({scratch.path()});
  inputs.glob = {"*.txt"};
  inputs.exclude = {"**/skip"};
  CHECK(walk(inputs) == "a.txt c.txt");
}

TEST_CASE("source: symbolic links cannot make a loop, and a link to nothing is told") {
  const Scratch scratch;
  scratch.put("a.txt");
  scratch.put("sub/b.txt");
  fs::create_directory_symlink(scratch.path(), scratch.path("sub/up"));
  fs::create_directory_symlink(scratch.path("sub"), scratch.path("sub2"));
  fs::create_symlink(scratch.path("gone.txt"), scratch.path("link.txt"));
  CHECK(walk(of({scratch.path()})) == "a.txt !F001 b.txt");
}

TEST_CASE("source: what is not there or not readable is one failed item, and the rest is read") {
  const Scratch scratch;
  const std::string good = scratch.put("good.txt");
  CHECK(walk(of({scratch.path("godo.txt"), good})) == "!I010 good.txt");
  auto missing = tearsheet::open_source(of({scratch.path("godo.txt")}));
  REQUIRE_FALSE(missing);
  CHECK(missing.error().code == "I010");
  CHECK(missing.error().help.find("good.txt") != std::string::npos);

  fs::create_directory(scratch.path("empty"));
  auto empty = tearsheet::open_source(of({scratch.path("empty")}));
  REQUIRE_FALSE(empty);
  CHECK(empty.error().code == "I011");
  CHECK_FALSE(empty.error().help.empty());

  if (geteuid() != 0) {  // root may read everything
    const std::string locked = scratch.put("locked.txt");
    chmod(locked.c_str(), 0);
    CHECK(walk(of({locked, good})) == "!F002 good.txt");
  }
}

TEST_CASE("source: a file that vanishes between listing and reading is one failed item") {
  const Scratch scratch;
  scratch.put("a.txt");
  const std::string gone = scratch.put("b.txt");
  scratch.put("c.txt");
  auto source = tearsheet::open_source(of({scratch.path()}));
  REQUIRE(source);
  CHECK((*source)->next()->blob);
  fs::remove(gone);
  const auto item = (*source)->next();
  REQUIRE(item);
  REQUIRE_FALSE(item->blob);
  CHECK(item->blob.error().code == "F001");
  CHECK(item->origin.path == gone);
  CHECK((*source)->next()->blob);
}

TEST_CASE("source: a list of paths, blank lines and CRLF passed over") {
  const Scratch scratch;
  const std::string a = scratch.put("a.txt");
  const std::string b = scratch.put("b.txt");
  tearsheet::Inputs inputs;
  inputs.files_from = scratch.put("list", a + "\r\n\n" + scratch.path("none.txt") + "\n" + b);
  CHECK(walk(inputs) == "a.txt !I010 b.txt");
}

TEST_CASE("source: a file over the limit is read one byte too far, so that decode can say so") {
  const Scratch scratch;
  auto inputs = of({scratch.put("long.txt", std::string(5000, 'a'))});
  inputs.max_bytes = 1000;
  auto source = tearsheet::open_source(inputs);
  REQUIRE(source);
  CHECK((*source)->total_bytes() == 5000);
  CHECK((*source)->next()->blob->bytes.size() == 1001);
}

TEST_CASE("source: JSON lines one by one; a bad line is a failed item with its line and id") {
  const Scratch scratch;
  std::string lines =
      "{\"id\":\"a\",\"text\":\"One.\"}\n"
      "{\"id\":\"b\",\"text\":\"cut sho\n"
      "\n"
      "{\"id\":7,\"html\":\"<p>Two</p>\",\"url\":\"https://x.example/2\",\"published\":\"2024-01-02\"}\r\n"
      "[1]\n"
      "{\"id\":\"c\"}\n"
      "{\"id\":\"d\",\"html_base64\":\"?\"}\n"
      "{\"id\":\"e\",\"text\":\"" +
      std::string(200'000, 'x') +
      "\"}\n"
      "{\"id\":\"f\",\"text\":\"last, without a line end\"}";
  auto inputs = of({scratch.put("in.jsonl", lines)});
  inputs.max_bytes = 50'000;
  CHECK(walk(inputs) == ":a !I020:b :7 !I020 !I021:c !I023:d !I022:e :f");

  auto source = tearsheet::open_source(inputs);
  REQUIRE(source);
  const auto first = (*source)->next();
  CHECK(first->blob->keep_text);
  CHECK(first->origin.container == inputs.paths[0]);
  const auto broken = (*source)->next();
  CHECK(broken->blob.error().place.line == 2);
  CHECK(broken->blob.error().place.file == inputs.paths[0]);
  const auto page = (*source)->next();
  CHECK(page->origin.index == 3);
  CHECK(page->blob->format == tearsheet::Format::html);
  CHECK(page->blob->is_text);
  CHECK(page->blob->hints.published == "2024-01-02");
  CHECK(page->blob->origin.uri == "https://x.example/2");
}

TEST_CASE("source: html_base64 is bytes with a charset of their own") {
  const auto item = tearsheet::read_json_line(
      R"({"id":"x","html_base64":"PHA+VW1z5HR6ZTwvcD4=","content_type":"text/html; charset=latin1"})", "in.jsonl", 1, false);
  REQUIRE(item.blob);
  CHECK(item.blob->bytes == "<p>Ums\xe4tze</p>");
  CHECK_FALSE(item.blob->is_text);
  CHECK(item.blob->content_type == "text/html; charset=latin1");
}

TEST_CASE("source: --from decides against the ending") {
  const Scratch scratch;
  auto inputs = of({scratch.put("page.json", "{\"id\":\"a\",\"text\":\"One.\"}\n")});
  CHECK(walk(inputs) == "~page.json");
  inputs.from = "jsonl";
  CHECK(walk(inputs) == ":a");
  inputs.from = "html";
  CHECK(walk(inputs) == "page.json");
}

}  // namespace
