// Extract, bad input: each gets a message that says what, where and what to do; the run goes on; the exit code tells.
#include <doctest/doctest.h>
#include <sys/stat.h>

#include "base/json.h"
#include "tests/cli/program.h"

using namespace tearsheet;
using test::has;
using test::Scratch;
using test::run_program;

namespace {

const std::string kGood = "Prices rose 5 percent in March, the office said on Monday.\n";

std::vector<Tree> lines_of(const std::string& out) {
  std::vector<Tree> lines;
  for (std::size_t at = 0; at < out.size();) {
    const std::size_t end = out.find('\n', at);
    REQUIRE_MESSAGE(end != std::string::npos, "a torn last line");
    auto tree = json::parse(std::string_view(out).substr(at, end - at));
    REQUIRE(tree.has_value());
    lines.push_back(std::move(*tree));
    at = end + 1;
  }
  return lines;
}

std::string error_code(const Tree& line) {
  const Tree* error = line.find("error");
  return error == nullptr || error->is_null() ? std::string() : std::string(error->text("code"));
}

}  // namespace

TEST_CASE("extract: what is no article is told apart, and the run goes on") {
  struct Row {
    std::string_view why, name;
    std::string bytes;
    int code;
    std::size_t lines;      // with the good article's own
    std::string_view said;  // on standard error
  };
  const std::string utf16(
      "\xFF\xFEP\0r\0i\0c\0e\0s\0 \0r\0o\0s\0e\0 \0"
      "5\0%\0.\0",
      32);
  const Row rows[] = {
      {"empty file", "a.txt", "", 1, 2, "a.txt: error[I002]"},
      {"binary file", "a.txt",
       std::string("\x7F"
                   "ELF\x02\x01\x01\0\0\0\0\0\0\0\0\0\x03\0>\0\x01\0\0\0\0\0\0\0\0\0\0\0\x01\x02\x03\x04",
                   36),
       0, 1, "a.txt: skipped"},
      {"PDF", "a.pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n", 0, 1, "a.pdf: skipped[I004]"},
      {"PDF by its bytes", "a.txt", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n1 0 obj\n<<>>\nendobj\n", 0, 1, "a.txt: skipped[I004]"},
      {"DOCX", "a.docx", std::string("PK\x03\x04\x14\0\x06\0\x08\0\0\0!\0", 14) + "[Content_Types].xml word/document.xml", 0, 1,
       "a.docx: skipped[I004]"},
      {"PNG", "a.png", std::string("\x89PNG\r\n\x1A\n\0\0\0\rIHDR\0\0\0\x01", 20), 0, 1, "a.png: skipped[I004]"},
      {"broken UTF-8 is repaired", "a.txt", "Prices rose 5\xFF\xFE percent in M\xC3rz.\n", 0, 2, ""},
      {"UTF-16 with a mark", "a.txt", utf16, 0, 2, ""},
      {"front matter never closed", "a.md", "---\ntitle: Prices rise\n\nPrices rose 5 percent.\n", 0, 2, ""},
      {"front matter with anchors", "a.md", "---\na: &x [1, 2]\nb: *x\n---\n\nPrices rose 5 percent.\n", 0, 2, ""},
      {"front matter nested too deep", "a.md",
       "---\na: " + std::string(5000, '[') + std::string(5000, ']') + "\n---\n\nPrices rose 5 percent.\n", 0, 2, ""},
      {"front matter with tabs", "a.md", "---\na:\n\t- b\n---\n\nPrices rose 5 percent.\n", 0, 2, ""},
      {"front matter with a key said twice", "a.md", "---\ntitle: A\ntitle: B\n---\n\nPrices rose 5 percent.\n", 0, 2, ""},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const Scratch scratch;
    scratch.write("in/" + std::string(row.name), row.bytes);
    scratch.write("in/z.txt", kGood);
    const auto done = run_program(scratch, {"extract", scratch.path("in")});
    CAPTURE(done.err);
    CHECK(done.code == row.code);
    const auto lines = lines_of(done.out);
    REQUIRE(lines.size() == row.lines);
    CHECK(error_code(lines.back()).empty());
    CHECK(has(done.err, std::string(row.said)));
  }
}

TEST_CASE("extract: NUL bytes inside a text are an error or a repair, never a crash or a cut line") {
  const Scratch scratch;
  scratch.write("in/a.txt", std::string("Prices rose\0 5 percent\0.\n", 25));
  const auto done = run_program(scratch, {"extract", scratch.path("in")});
  CHECK(done.code <= 1);
  CHECK(done.code + done.out.size() > 0);
  lines_of(done.out);
}

TEST_CASE("extract: paths that cannot be read") {
  const Scratch scratch;
  scratch.write("z.txt", kGood);
  std::filesystem::create_directories(scratch.path("empty"));
  const auto no_path = run_program(scratch, {"extract", scratch.path("no/such")});
  CHECK(no_path.code == 1);
  CHECK(has(no_path.err, "error[I010]"));
  CHECK(has(no_path.err, "help:"));
  const auto empty = run_program(scratch, {"extract", scratch.path("empty")});
  CHECK(empty.code == 1);
  CHECK(has(empty.err, "error[I011]"));
  const auto list = scratch.write("list", scratch.path("gone.txt") + "\n" + scratch.path("z.txt") + "\n");
  const auto vanished = run_program(scratch, {"extract", "--files-from", list});
  CHECK(vanished.code == 1);
  CHECK(has(vanished.err, "gone.txt"));
  const auto lines = lines_of(vanished.out);
  REQUIRE(lines.size() == 2);
  CHECK_FALSE(error_code(lines[0]).empty());
  CHECK(error_code(lines[1]).empty());
}

TEST_CASE("extract: a file that may not be read is an error of its own" * doctest::skip(::geteuid() == 0) *
          doctest::description("root may read everything")) {
  const Scratch scratch;
  ::chmod(scratch.write("in/a.txt", kGood).c_str(), 0);
  scratch.write("in/z.txt", kGood);
  const auto done = run_program(scratch, {"extract", scratch.path("in")});
  CHECK(done.code == 1);
  CHECK(has(done.err, "a.txt"));
  CHECK(lines_of(done.out).size() == 2);
}

TEST_CASE("extract: one line out for each JSON line in, in order, with its id") {
  const Scratch scratch;
  const std::string input =
      "{\"id\":\"a\",\"text\":\"Prices rose 5 percent.\"}\n{\"id\":\"b\",\"text\":\"Prices "
      "ro\n{\"id\":\"c\"}\n[1,2]\n{\"id\":\"d\",\"html\":\"<p>Prices rose 6 percent in the whole of the year.</p>\"}\n"
      "{\"id\":\"e\",\"html_base64\":\"%%%\"}\n{\"id\":\"f\",\"text\":\"Prices rose 7 percent.\"}";
  const auto done = run_program(scratch, {"extract", "--from", "jsonl", "--with", "text", "-"}, input);
  CHECK(done.code == 1);
  const auto lines = lines_of(done.out);
  REQUIRE(lines.size() == 7);
  const auto id = [&](std::size_t i) { return std::string(lines[i].find("source")->text("id")); };
  CHECK(id(0) == "a");
  CHECK_FALSE(error_code(lines[1]).empty());
  CHECK(id(2) == "c");
  CHECK_FALSE(error_code(lines[2]).empty());
  CHECK_FALSE(error_code(lines[3]).empty());
  CHECK(id(4) == "d");
  CHECK_FALSE(error_code(lines[5]).empty());
  CHECK(id(6) == "f");
  CHECK(lines[6].text("text") == "Prices rose 7 percent.");
}

TEST_CASE("extract: a document over --max-bytes is cut with a note") {
  const Scratch scratch;
  std::string big;
  while (big.size() < 100'000) big += kGood;
  scratch.write("a.txt", big);
  const auto done = run_program(scratch, {"extract", "--max-bytes", "10k", "--with", "text", scratch.path("a.txt")});
  CHECK(done.code == 0);
  const auto lines = lines_of(done.out);
  REQUIRE(lines.size() == 1);
  CHECK(lines[0].text("text").size() <= 10'000);
  REQUIRE_FALSE(lines[0].find("notes")->items.empty());
  CHECK(lines[0].find("notes")->items[0].text("code") == "N001");
}

TEST_CASE("extract: a file of 100 MB is cut at 32 MB, and one line of 50 MB is read" * doctest::timeout(120)) {
  const Scratch scratch;
  {
    std::ofstream hundred(scratch.path("hundred.txt"), std::ios::binary);
    const std::string piece(1 << 20, 'x');
    for (int i = 0; i < 100; ++i) hundred << piece;
    std::ofstream line(scratch.path("line.txt"), std::ios::binary);
    const std::string words = "word ";
    std::string chunk;
    while (chunk.size() < (1u << 20)) chunk += words;
    for (int i = 0; i < 50; ++i) line << chunk;
  }
  const auto cut = run_program(scratch, {"extract", scratch.path("hundred.txt")});
  CHECK(cut.code <= 1);
  CHECK(has(cut.out + cut.err, "32"));
  CHECK(has(cut.out, "N001"));
  const auto line = run_program(scratch, {"extract", "--max-bytes", "64MB", scratch.path("line.txt")});
  CHECK(line.code == 0);
  CHECK(lines_of(line.out).size() == 1);
}
