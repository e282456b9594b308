// Runs the built program as a user would, and keeps what it said.
#pragma once

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <string>
#include <vector>

#include "tests/pipeline/sink_fixture.h"

namespace tearsheet::test {

struct Outcome {
  int code = -1;  // exit code, or 128 + signal
  std::string out, err;
};

/// A program that runs with its output in files, so that no pipe can fill up.
class Process {
 public:
  /// `input` is fed from a file; `out_path` takes standard output, `in_path` gives standard input instead of files of our own.
  Process(const Scratch& scratch, const std::vector<std::string>& words, const std::string& input = {},
          const std::string& out_path = {}, const std::string& in_path = {})
      : scratch_(scratch) {
    static int count = 0;
    name_ = "process" + std::to_string(++count);
    scratch.write(name_ + ".in", input);
    const std::string in = in_path.empty() ? scratch.path(name_ + ".in") : in_path,
                      out = out_path.empty() ? scratch.path(name_ + ".out") : out_path, err = scratch.path(name_ + ".err");
    std::vector<char*> argv;
    words_ = words;
    for (std::string& word : words_) argv.push_back(word.data());
    argv.push_back(nullptr);
    id_ = ::fork();
    if (id_ != 0) return;
    ::dup2(::open(in.c_str(), O_RDONLY), 0);
    ::dup2(::open(out.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), 1);
    ::dup2(::open(err.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0644), 2);
    ::unsetenv("TEARSHEET_RULES");
    ::execv(argv[0], argv.data());
    ::_exit(127);
  }

  int id() const { return id_; }
  Outcome wait() {
    int status = 0;
    ::waitpid(id_, &status, 0);
    Outcome outcome;
    outcome.code = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
    outcome.out = scratch_.read(name_ + ".out");
    outcome.err = scratch_.read(name_ + ".err");
    return outcome;
  }

 private:
  const Scratch& scratch_;
  std::string name_;
  std::vector<std::string> words_;
  int id_ = 0;
};

inline std::vector<std::string> command(const std::vector<std::string>& words) {
  std::vector<std::string> all = {TEARSHEET_PROGRAM};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

inline Outcome run_program(const Scratch& scratch, const std::vector<std::string>& words, const std::string& input = {}) {
  return Process(scratch, command(words), input).wait();
}

inline std::size_t count_of(const std::string& text, const std::string& part) {
  std::size_t count = 0;
  for (std::size_t at = text.find(part); at != std::string::npos; at = text.find(part, at + part.size())) ++count;
  return count;
}

inline bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace tearsheet::test
