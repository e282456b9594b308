// Tutorial: docs/rules/tutorial.md does what it says, command by command; docs/rules/lints.md has every code.
#include <doctest/doctest.h>

#include <filesystem>
#include <regex>
#include <set>

#include "base/file.h"
#include "tests/cli/program.h"

using namespace tearsheet;
using test::has;
using test::Outcome;
using test::Process;
using test::Scratch;

namespace {

/// A fenced block of the page: its info string and its lines.
struct Fence {
  std::string info;
  std::vector<std::string> lines;
};

std::vector<Fence> blocks_of(const std::string& page) {
  std::vector<Fence> out;
  bool inside = false;
  for (std::size_t at = 0; at < page.size();) {
    const std::size_t end = std::min(page.find('\n', at), page.size());
    const std::string line = page.substr(at, end - at);
    at = end + 1;
    if (line.starts_with("```")) {
      inside = !inside;
      if (inside) out.push_back({line.substr(3), {}});
    } else if (inside) {
      out.back().lines.push_back(line);
    }
  }
  return out;
}

/// A thousand short articles, every tenth with one capacity, another tenth with one said otherwise.
void write_articles(const Scratch& scratch) {
  for (int i = 0; i < 1000; ++i) {
    std::string number = std::to_string(i);
    number.insert(0, 4 - number.size(), '0');
    std::string text = "Wire report " + number + "\n\nThe town council met on Friday and spoke about roads for two hours, a clerk said.\n";
    if (i % 10 == 0) text += "\nThe plant at the harbour has " + std::to_string(120 + i) + " megawatts of capacity, its owner said.\n";
    if (i % 10 == 3) text += "\nThe firm will add " + std::to_string(40 + i) + " MW capacity next year, its owner said.\n";
    scratch.write("articles/article" + number + ".txt", text);
  }
}

}  // namespace

TEST_CASE("tutorial: from nothing to a working rule in under ten commands, over a thousand articles") {
  const auto page = file::read(std::string(TEARSHEET_SOURCE_DIR) + "/docs/rules/tutorial.md");
  REQUIRE(page.has_value());
  const Scratch scratch;
  write_articles(scratch);
  int commands = 0;
  for (const Fence& block : blocks_of(page->bytes)) {
    if (block.info.starts_with("yaml ")) {
      std::string text;
      for (const std::string& line : block.lines) text += line + "\n";
      scratch.write(block.info.substr(5), text);
      continue;
    }
    if (block.info != "console") continue;
    REQUIRE(block.lines[0].starts_with("$ tearsheet "));
    ++commands;
    CAPTURE(block.lines[0]);
    const Outcome done = Process(scratch, {"/bin/sh", "-c", "cd " + scratch.path() + " && exec " TEARSHEET_PROGRAM " " + block.lines[0].substr(12)}).wait();
    const std::string said = done.out + done.err;
    CAPTURE(said);
    CHECK(done.code == 0);
    for (std::size_t i = 1; i < block.lines.size(); ++i) CHECK_MESSAGE(has(said, block.lines[i]), block.lines[i]);
  }
  CHECK(commands == 8);  // and one edit
}

TEST_CASE("lints: every code that the sources give has its section") {
  const std::string root = TEARSHEET_SOURCE_DIR;
  const auto page = file::read(root + "/docs/rules/lints.md");
  REQUIRE(page.has_value());
  std::set<std::string> codes;
  const std::regex code("\"((?:R0|W|K0|V0|L0|Y0)[0-9]+)\"");
  for (const std::string folder : {"/extractors", "/pipeline/record", "/pipeline/tidy", "/cli", "/base"}) {
    for (const auto& entry : std::filesystem::recursive_directory_iterator(root + folder)) {
      if (entry.path().extension() != ".cc") continue;
      const std::string text = file::read(entry.path().string())->bytes;
      for (auto it = std::sregex_iterator(text.begin(), text.end(), code); it != std::sregex_iterator(); ++it) codes.insert((*it)[1]);
    }
  }
  CHECK(codes.size() > 50);
  codes.erase("R000");  // many errors as one
  std::string headings;
  for (std::size_t at = page->bytes.find("\n### "); at != std::string::npos; at = page->bytes.find("\n### ", at + 1)) headings += page->bytes.substr(at, page->bytes.find('\n', at + 1) - at);
  for (const std::string& one : codes) CHECK_MESSAGE(has(headings, one), one);
}
