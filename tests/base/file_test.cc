// Files: whole, cut or missing; written at once or not at all; globs.
#include "base/file.h"

#include <doctest/doctest.h>
#include <sys/resource.h>
#include <unistd.h>

#include <csignal>
#include <filesystem>
#include <fstream>
#include <string>

namespace file = tearsheet::file;
namespace fs = std::filesystem;

namespace {

// A folder of its own that goes with the test.
struct Folder {
  Folder() {
    std::string name = (fs::temp_directory_path() / "tearsheet_file_XXXXXX").string();
    path = ::mkdtemp(name.data());
  }
  Folder(const Folder&) = delete;
  Folder& operator=(const Folder&) = delete;
  ~Folder() {
    std::error_code ignored;
    fs::remove_all(path, ignored);
  }
  std::string at(std::string_view name) const { return (path / name).string(); }
  void put(std::string_view name, std::string_view bytes) const { std::ofstream(at(name), std::ios::binary) << bytes; }
  fs::path path;
};

std::string code_of(const tearsheet::Result<void>& result) { return result ? "" : result.error().code; }

}  // namespace

TEST_CASE("file: reads all, or what the limit leaves") {
  const Folder folder;
  folder.put("a.txt", "0123456789");
  folder.put("empty", "");
  struct Row {
    std::string_view why, name;
    std::uint64_t limit;
    std::string_view want;
    bool cut;
  };
  constexpr Row kRows[] = {
      {"all", "a.txt", UINT64_MAX, "0123456789", false}, {"the limit is its size", "a.txt", 10, "0123456789", false},
      {"one over the limit", "a.txt", 9, "012345678", true}, {"nothing wanted", "a.txt", 0, "", true},
      {"an empty file", "empty", 5, "", false},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto got = file::read(folder.at(row.name), row.limit);
    REQUIRE(got.has_value());
    CHECK(got->bytes == row.want);
    CHECK(got->cut == row.cut);
    CHECK(got->size == fs::file_size(folder.at(row.name)));
  }
  const auto proc = file::read("/proc/self/status");  // tells a size of 0
  REQUIRE(proc.has_value());
  CHECK(proc->bytes.starts_with("Name:"));
}

TEST_CASE("file: says why it cannot read") {
  const Folder folder;
  folder.put("a.txt", "x");
  CHECK(file::read(folder.at("missing")).error().code == "F001");
  CHECK(file::read(folder.at("a.txt/b")).error().code == "F001");
  CHECK(file::read(folder.path.string()).error().code == "F003");
  CHECK(file::read(folder.at("missing")).error().place.file == folder.at("missing"));
  CHECK(file::read("/proc/self/mem").error().code == "F004");
  if (::geteuid() != 0) {
    fs::permissions(folder.at("a.txt"), fs::perms::none);
    CHECK(file::read(folder.at("a.txt")).error().code == "F002");
  }
}

TEST_CASE("file: writes at once, and leaves no partial file") {
  const Folder folder;
  REQUIRE(file::write_atomic(folder.at("out.jsonl"), "first\n").has_value());
  REQUIRE(file::write_atomic(folder.at("out.jsonl"), "second\n").has_value());
  CHECK(file::read(folder.at("out.jsonl"))->bytes == "second\n");
  fs::create_symlink("out.jsonl", folder.at("link"));
  REQUIRE(file::write_atomic(folder.at("link"), "third\n").has_value());
  CHECK(fs::is_symlink(folder.at("link")));
  CHECK(file::read(folder.at("out.jsonl"))->bytes == "third\n");
  CHECK(file::list(folder.path.string())->size() == 2);
}

TEST_CASE("file: a write that fails leaves the old file and nothing else") {
  const Folder folder;
  folder.put("old", "kept");
  CHECK(code_of(file::write_atomic("/dev/full", "x")) == "F005");
  CHECK(file::write_atomic("/dev/full", "x").error().help.find("space") != std::string::npos);
  CHECK(code_of(file::write_atomic("/dev/null", "x")).empty());
  CHECK(code_of(file::write_atomic(folder.at("no/such/folder"), "x")) == "F005");
  CHECK(code_of(file::write_atomic(folder.path.string(), "x")) == "F005");
  std::signal(SIGXFSZ, SIG_IGN);
  rlimit before{};
  ::getrlimit(RLIMIT_FSIZE, &before);
  rlimit small = before;
  small.rlim_cur = 1024;
  ::setrlimit(RLIMIT_FSIZE, &small);
  const std::string code = code_of(file::write_atomic(folder.at("old"), std::string(4096, 'x')));
  ::setrlimit(RLIMIT_FSIZE, &before);
  CHECK(code == "F005");
  CHECK(file::read(folder.at("old"))->bytes == "kept");
  CHECK(file::list(folder.path.string())->size() == 1);
}

TEST_CASE("file: a folder's names in byte order, hidden ones left out") {
  const Folder folder;
  for (const char* name : {"b", "a", "Z", ".hidden", "ü"}) folder.put(name, "");
  const auto entries = file::list(folder.path.string());
  REQUIRE(entries.has_value());
  std::string names;
  for (const auto& entry : *entries) names += entry.path().filename().string() + " ";
  CHECK(names == "Z a b ü ");
  CHECK(file::list(folder.at("missing")).error().code == "F001");
  CHECK(file::list(folder.at("a")).error().code == "F001");
}

TEST_CASE("file: globs") {
  struct Row {
    std::string_view why, glob, path;
    bool want;
  };
  constexpr Row kRows[] = {
      {"a name anywhere", "*.txt", "a/b/c.txt", true},
      {"a name at the top", "*.txt", "c.txt", true},
      {"another ending", "*.txt", "c.txt.gz", false},
      {"a star stops at a slash", "a/*.txt", "a/b/c.txt", false},
      {"two stars do not", "a/**.txt", "a/b/c.txt", true},
      {"folders between", "a/**/c.txt", "a/b/b/c.txt", true},
      {"no folder between", "a/**/c.txt", "a/c.txt", true},
      {"a folder's end is not between", "a/**/c.txt", "a/bc.txt", false},
      {"from the start", "**/c.txt", "c.txt", true},
      {"a star may stand for nothing", "a*b", "ab", true},
      {"a question mark may not", "a?b", "ab", false},
      {"one character, not one byte", "a?b", "aüb", true},
      {"a question mark is no slash", "a?b/c", "a/b/c", false},
      {"a set", "00[0-4].*", "003.txt", true},
      {"out of a set", "00[0-4].*", "005.txt", false},
      {"a set turned round", "[!a-c]x", "dx", true},
      {"a set turned round, inside", "[^a-c]x", "bx", false},
      {"a bracket in a set", "[]x]y", "]y", true},
      {"a set that never closes is a bracket", "a[b", "a[b", true},
      {"alternatives", "*.{html,htm}", "x.htm", true},
      {"no alternative", "*.{html,htm}", "x.txt", false},
      {"an empty alternative", "x{,.gz}", "x", true},
      {"alternatives in alternatives", "{a,{b,c}d}", "cd", true},
      {"one brace alone is a brace", "a{b", "a{b", true},
      {"braces without a comma are braces", "a{b}", "a{b}", true},
      {"a backslash takes the meaning away", "\\*", "*", true},
      {"and only that", "\\*", "x", false},
      {"the whole path counts", "a/b", "x/a/b", false},
      {"nothing matches nothing", "", "", true},
      {"nothing matches no name", "", "a", false},
      {"case counts", "*.TXT", "a.txt", false},
      {"a folder named with a slash", "b", "a/b/", true},
  };
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(file::glob_matches(row.glob, row.path) == row.want);
  }
  CHECK_FALSE(file::glob_matches("*a*a*a*a*a*a*a*a*a*a*a*a*b", std::string(5000, 'a')));  // quadratic at most: a backtracker never ends
}
