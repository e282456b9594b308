// Revision: a rule folder as it was in a git revision, in a folder of its own.
#include "cli/revision.h"

#include <fcntl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <cstdlib>
#include <filesystem>
#include <utility>
#include <vector>

namespace tearsheet::cli {

namespace {

namespace fs = std::filesystem;

/// Runs git with `words`, its output in `out`; its complaints are not shown. -1 where it could not be run.
int git(const std::vector<std::string>& words, const std::string& index, std::string& out) {
  std::vector<std::string> all = {"git"};
  all.insert(all.end(), words.begin(), words.end());
  std::vector<char*> argv;
  for (std::string& word : all) argv.push_back(word.data());
  argv.push_back(nullptr);
  int ends[2];
  if (::pipe2(ends, O_CLOEXEC) != 0) return -1;
  const pid_t child = ::fork();
  if (child == 0) {
    ::dup2(ends[1], 1);
    ::dup2(::open("/dev/null", O_WRONLY), 2);
    if (!index.empty()) ::setenv("GIT_INDEX_FILE", index.c_str(), 1);
    ::execvp("git", argv.data());
    ::_exit(127);
  }
  ::close(ends[1]);
  std::array<char, 4096> piece{};
  for (ssize_t n = 0; (n = ::read(ends[0], piece.data(), piece.size())) > 0;) out.append(piece.data(), static_cast<std::size_t>(n));
  ::close(ends[0]);
  int status = 0;
  if (child < 0 || ::waitpid(child, &status, 0) < 0) return -1;
  while (!out.empty() && out.back() == '\n') out.pop_back();
  return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

}  // namespace

Result<ScratchFolder> ScratchFolder::make() {
  std::string name = (fs::temp_directory_path() / "tearsheet-XXXXXX").string();
  if (::mkdtemp(name.data()) == nullptr) return fail("F005", "no folder could be made in " + fs::temp_directory_path().string(), "set TMPDIR to a folder that can be written");
  return ScratchFolder(std::move(name));
}

ScratchFolder::ScratchFolder(ScratchFolder&& other) noexcept : path_(std::exchange(other.path_, {})) {}

ScratchFolder::~ScratchFolder() {
  std::error_code ignored;
  if (!path_.empty()) fs::remove_all(path_, ignored);
}

Result<std::string> checkout(const std::string& folder, const std::string& revision, const std::string& into) {
  std::string top, prefix, directory, ignored;
  const bool known = git({"-C", folder, "rev-parse", "--show-toplevel"}, {}, top) == 0 && git({"-C", folder, "rev-parse", "--show-prefix"}, {}, prefix) == 0 &&
                     git({"-C", folder, "rev-parse", "--absolute-git-dir"}, {}, directory) == 0;
  if (!known) return fail("V001", folder + " lies in no git repository", "name two folders: tearsheet rules diff OLD NEW");
  if (prefix.empty()) prefix = ".";
  const int done = git({"--git-dir=" + directory, "--work-tree=" + into, "checkout", "--quiet", revision, "--", prefix}, into + "/.index", ignored);
  std::error_code missing;
  const std::string copy = (fs::path(into) / prefix).lexically_normal().string();
  if (done != 0 || !fs::is_directory(copy, missing)) {
    return fail("V002", "there is no " + prefix + " in '" + revision + "'", "a folder or a git revision is wanted, as HEAD, HEAD~3, main or a commit");
  }
  return copy;
}

}  // namespace tearsheet::cli
