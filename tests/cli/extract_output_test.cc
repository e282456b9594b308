// Extract, output: kinds, full disks, closed pipes, Ctrl-C and --resume; the same bytes on any number of threads.
#include <doctest/doctest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <chrono>
#include <thread>

#include "tests/cli/program.h"

using namespace tearsheet;
using test::command;
using test::count_of;
using test::has;
using test::Process;
using test::run_program;
using test::Scratch;

namespace {

void fill(const Scratch& scratch, int count) {
  for (int i = 0; i < count; ++i) {
    std::string name = std::to_string(i);
    name.insert(0, 5 - name.size(), '0');
    scratch.write("in/" + name + ".txt", "Unit " + name + " grew by " + std::to_string(i % 97) + " percent.\n\nIt was " +
                                             std::to_string(i) + " percent before, the office said.\n");
  }
}

}  // namespace

TEST_CASE("extract: the same bytes for 1 and 8 threads, over the whole corpus and every kind of output") {
  const Scratch scratch;
  const std::string corpus = std::string(TEARSHEET_SOURCE_DIR) + "/corpus";
  for (const std::string kind : {"jsonl", "csv", "table"}) {
    CAPTURE(kind);
    const auto one =
        run_program(scratch, {"extract", "--as", kind, "--with", "text,body,blocks", "--jobs", "1", "--quiet", corpus});
    const auto eight =
        run_program(scratch, {"extract", "--as", kind, "--with", "text,body,blocks", "--jobs", "8", "--quiet", corpus});
    CHECK_FALSE(one.out.empty());
    CHECK(one.out == eight.out);
    CHECK(one.err == eight.err);
    CHECK(one.code == eight.code);
  }
}

TEST_CASE("extract: --isolate writes the same bytes; its limits want it") {
  const Scratch scratch;
  const std::string corpus = std::string(TEARSHEET_SOURCE_DIR) + "/corpus/frontmatter";
  const auto here = run_program(scratch, {"extract", "--as", "jsonl", "--jobs", "1", "--quiet", corpus});
  const auto apart =
      run_program(scratch, {"extract", "--as", "jsonl", "--jobs", "2", "--isolate", "--limit-seconds", "50", "--quiet", corpus});
  CHECK(apart.code == here.code);
  CHECK(apart.out == here.out);
  CHECK(here.out.size() > 1000);
  for (const std::vector<std::string>& wrong : {std::vector<std::string>{"--limit-seconds", "5"},
                                                {"--isolate", "--limit-seconds", "0"},
                                                {"--isolate", "--limit-memory", "1k"}}) {
    std::vector<std::string> words{"extract", corpus};
    words.insert(words.end(), wrong.begin(), wrong.end());
    const auto outcome = run_program(scratch, words);
    CHECK(outcome.code == 2);
    CHECK(has(outcome.err, "U002"));
  }
}

TEST_CASE("extract: results on standard output, words on standard error, nothing but errors with --quiet") {
  const Scratch scratch;
  fill(scratch, 3);
  const auto loud = run_program(scratch, {"extract", scratch.path("in")});
  CHECK(count_of(loud.out, "\n") == 3);
  CHECK(has(loud.err, "read 3 articles"));
  CHECK(has(loud.err, "percent"));
  CHECK_FALSE(has(loud.err, "\x1b"));
  const auto quiet = run_program(scratch, {"extract", "--quiet", scratch.path("in")});
  CHECK(quiet.err.empty());
  CHECK(quiet.out == loud.out);
}

TEST_CASE("extract: a full disk is a clear error and exit 1") {
  const Scratch scratch;
  fill(scratch, 3);
  for (const std::string kind : {"jsonl", "csv"}) {
    CAPTURE(kind);
    const auto file = run_program(scratch, {"extract", "--as", kind, "-o", "/dev/full", scratch.path("in")});
    CHECK(file.code == 1);
    CHECK(has(file.err, "error[S001]"));
    CHECK(has(file.err, "No space left"));
    Process out(scratch, command({"extract", "--as", kind, scratch.path("in")}), {}, "/dev/full");
    CHECK(out.wait().code == 1);
  }
}

TEST_CASE("extract: a reader that has enough ends the program without a word") {
  const Scratch scratch;
  fill(scratch, 3000);
  const std::string line = std::string(TEARSHEET_PROGRAM) + " extract --quiet --with text " + scratch.path("in") +
                           " | head -n 1; echo ${PIPESTATUS[0]}";
  const auto done = Process(scratch, {"/bin/bash", "-c", line}).wait();
  CHECK(done.err.empty());
  CHECK(count_of(done.out, "tearsheet.reading/1") == 1);
  CHECK(done.out.ends_with("\n0\n"));
}

TEST_CASE("extract: Ctrl-C leaves a valid partial file, and --resume completes it to the same bytes") {
  const Scratch scratch;
  std::string first, second;
  for (int i = 0; i < 400; ++i) {
    const std::string line =
        "{\"id\":\"" + std::to_string(i) + "\",\"text\":\"Sales grew by " + std::to_string(i) + " percent.\"}\n";
    (i < 250 ? first : second) += line;
  }
  const auto words = [&](const std::string& name) {
    return std::vector<std::string>{"extract", "--from", "jsonl", "-", "-o", scratch.path(name)};
  };
  REQUIRE(run_program(scratch, words("whole.jsonl"), first + second).code == 0);

  // Standard input stays open after the first part, as a pipe from a slow crawler does.
  REQUIRE(::mkfifo(scratch.path("pipe").c_str(), 0600) == 0);
  Process process(scratch, command(words("cut.jsonl")), {}, {}, scratch.path("pipe"));
  const int pipe = ::open(scratch.path("pipe").c_str(), O_WRONLY);
  REQUIRE(::write(pipe, first.data(), first.size()) == static_cast<ssize_t>(first.size()));
  for (int i = 0; i < 200 && count_of(scratch.read("cut.jsonl.partial"), "\n") < 250; ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  // Flushed when the input paused: all of the first part is there while the program still waits for more.
  CHECK(count_of(scratch.read("cut.jsonl.partial"), "\n") == 250);
  ::kill(process.id(), SIGINT);
  const auto stopped = process.wait();
  ::close(pipe);
  CHECK(stopped.code == 130);
  CHECK(has(stopped.err, "--resume"));
  CHECK_FALSE(std::filesystem::exists(scratch.path("cut.jsonl")));
  const std::string partial = scratch.read("cut.jsonl.partial");
  CHECK(scratch.read("whole.jsonl").starts_with(partial));

  // A machine that lost power may leave a torn line.
  scratch.write("cut.jsonl.partial", partial + "{\"schema\":\"tear");
  auto resume = words("cut.jsonl");
  resume.push_back("--resume");
  const auto resumed = run_program(scratch, resume, first + second);
  CHECK(resumed.code == 0);
  CHECK(has(resumed.err, "going on after 250 lines"));
  CHECK(scratch.read("cut.jsonl") == scratch.read("whole.jsonl"));
}

TEST_CASE("extract: --resume counts only what gave a line: a skipped file gave none") {
  const Scratch scratch;
  fill(scratch, 6);
  scratch.write("in/00002.pdf", "%PDF-1.7\n%\xE2\xE3\xCF\xD3\n");
  scratch.write("in/00003.bin", std::string("%PDF-1.7\n%\xE2\xE3\xCF\xD3\n"));
  REQUIRE(run_program(scratch, {"extract", scratch.path("in"), "-o", scratch.path("whole.jsonl")}).code == 0);
  const std::string whole = scratch.read("whole.jsonl");
  std::size_t at = 0;
  for (int lines = 0; lines <= 6; ++lines) {
    CAPTURE(lines);
    scratch.write("cut.jsonl.partial", whole.substr(0, at));
    CHECK(run_program(scratch, {"extract", "--resume", scratch.path("in"), "-o", scratch.path("cut.jsonl")}).code == 0);
    CHECK(scratch.read("cut.jsonl") == whole);
    at = whole.find('\n', at) + 1;
  }
}

TEST_CASE("extract: a file's ending says the kind") {
  const Scratch scratch;
  fill(scratch, 3);
  for (const std::string name : {"o.jsonl", "o.ndjson", "o.csv", "o.db", "o.sqlite", "o.txt"}) {
    CAPTURE(name);
    CHECK(run_program(scratch, {"extract", scratch.path("in"), "-o", scratch.path(name)}).code == 0);
    CHECK_FALSE(scratch.read(name).empty());
  }
  CHECK(scratch.read("o.jsonl") == scratch.read("o.ndjson"));
  CHECK(scratch.read("o.db").starts_with("SQLite format 3"));
  CHECK(run_program(scratch, {"extract", scratch.path("in"), "-o", scratch.path("o.xml")}).code == 2);
}

TEST_CASE("extract: --fail-if sets how much may fail") {
  const Scratch scratch;
  fill(scratch, 9);
  scratch.write("in/empty.txt", "");
  struct Row {
    std::string_view fail_if;
    int code;
  };
  for (const Row& row : {Row{"5%", 1}, Row{"10%", 0}, Row{"0", 1}, Row{"1", 0}, Row{"x", 2}, Row{"-1", 2}}) {
    CAPTURE(row.fail_if);
    CHECK(run_program(scratch, {"extract", "--fail-if", std::string(row.fail_if), scratch.path("in")}).code == row.code);
  }
}

TEST_CASE("extract: text from outside never acts: an escape character of an article is shown in a table and in messages") {
  const Scratch scratch;
  scratch.write("in/a.txt", "Prices rose 5 percent\x1b]0;owned\x07 in March.\n");
  const auto table = run_program(scratch, {"extract", "--as", "table", scratch.path("in")});
  CHECK_FALSE(has(table.out, "\x1b"));
  scratch.write("bad/\x1b[31mred.txt", "");
  const auto message = run_program(scratch, {"extract", scratch.path("bad")});
  CHECK(message.code == 1);
  CHECK_FALSE(has(message.err, "\x1b"));
  CHECK_FALSE(has(run_program(scratch, {"show", "--why", scratch.path("in/a.txt")}).out, "\x1b"));
}
