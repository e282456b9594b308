// Messages: what the program says to an author, as whole texts in tests/messages/.
#include <doctest/doctest.h>

#include <filesystem>

#include "base/file.h"
#include "tests/cli/program.h"

using namespace tearsheet;
using test::Outcome;
using test::Process;
using test::Scratch;

namespace {

/// "$ tearsheet WORDS", then sections: "--- FILE" with its text, "--- prints", "--- says", "--- exit N".
struct Message {
  std::string command;
  std::vector<std::pair<std::string, std::string>> files;
  std::string prints, says, exit;
};

Message parse(const std::string& text) {
  Message out;
  std::string* into = nullptr;
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = text.find('\n', at) + 1;
    const std::string line = text.substr(at, end - at - 1);
    at = end;
    if (line.starts_with("$ tearsheet ")) {
      out.command = line.substr(12);
    } else if (line.starts_with("--- exit ")) {
      out.exit = line.substr(9);
    } else if (line == "--- prints" || line == "--- says") {
      into = line == "--- prints" ? &out.prints : &out.says;
    } else if (line.starts_with("--- ")) {
      out.files.emplace_back(line.substr(4), std::string());
      into = &out.files.back().second;
    } else if (into != nullptr) {
      *into += line + "\n";
    }
  }
  return out;
}

}  // namespace

TEST_CASE("messages: each is said as its file in tests/messages/ has it") {
  const auto entries = file::list(std::string(TEARSHEET_SOURCE_DIR) + "/tests/messages");
  REQUIRE(entries.has_value());
  CHECK(entries->size() > 35);
  for (const auto& entry : *entries) {
    const std::string name = entry.path().stem().string();
    CAPTURE(name);
    const auto text = file::read(entry.path().string());
    REQUIRE(text.has_value());
    const Message message = parse(text->bytes);
    const Scratch scratch;
    for (const auto& [path, contents] : message.files) scratch.write(path, contents);
    const Outcome done = Process(scratch, {"/bin/sh", "-c", "cd " + scratch.path() + " && exec " TEARSHEET_PROGRAM " " + message.command}).wait();
    CHECK(done.out == message.prints);
    CHECK(done.err == message.says);
    CHECK(std::to_string(done.code) == message.exit);
  }
}
