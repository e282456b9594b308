// Bench of the whole program: articles a second, scaling and memory over folders of distinct files.
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "bench/texts.h"

namespace {

namespace fs = std::filesystem;

struct Measured {
  double seconds = 0, cpu_seconds = 0, peak_mb = 0;
};

/// Folders of 1,000 files each; made once, since making 100,000 files takes longer than reading them.
void make_folder(const tearsheet::bench::Texts& texts, const fs::path& root, std::size_t count) {
  if (fs::exists(root / "complete")) return;
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path folder = root / std::to_string(i / 1000);
    if (i % 1000 == 0) fs::create_directories(folder);
    std::ofstream(folder / (std::to_string(i) + ".txt"), std::ios::binary) << texts.article(i);
  }
  std::ofstream(root / "complete") << count;
}

Measured run(const std::vector<std::string>& arguments) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    if (std::freopen("/dev/null", "w", stderr) == nullptr) _exit(126);
    execv(argv[0], argv.data());
    _exit(127);
  }
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0) {
    std::fprintf(stderr, "program_bench: the program ended with status %d\n", status);
    std::exit(1);
  }
  const double wall = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto seconds = [](const timeval& t) { return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_usec) / 1e6; };
  return {wall, seconds(usage.ru_utime) + seconds(usage.ru_stime), static_cast<double>(usage.ru_maxrss) / 1024};
}

void row(const char* what, std::size_t articles, const Measured& m) {
  std::printf("%-34s %8.2f s %10.0f articles/s %8.2f cpu s %8.1f MB peak\n", what, m.seconds, static_cast<double>(articles) / m.seconds, m.cpu_seconds, m.peak_mb);
  std::fflush(stdout);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 3) {
    std::fprintf(stderr, "usage: program_bench PROGRAM FOLDER [--large]\n");
    return 2;
  }
  const std::string program = argv[1];
  const fs::path folder = argv[2];
  const bool large = argc > 3 && std::string(argv[3]) == "--large";
  const tearsheet::bench::Texts texts(TEARSHEET_SOURCE_DIR "/corpus");
  make_folder(texts, folder / "one", 1);
  make_folder(texts, folder / "10k", 10'000);
  const auto extract = [&](const char* set, const char* jobs) {
    return run({program, "extract", (folder / set).string(), "--glob", "*.txt", "--jobs", jobs, "--quiet", "-o", (folder / "out.jsonl").string()});
  };
  row("start to first result (1 article)", 1, extract("one", "1"));
  extract("10k", "2");  // warms the file cache
  row("10,000 articles, 1 job", 10'000, extract("10k", "1"));
  row("10,000 articles, 2 jobs", 10'000, extract("10k", "2"));
  if (large) {
    make_folder(texts, folder / "100k", 100'000);
    row("100,000 articles, 2 jobs", 100'000, extract("100k", "2"));
  }
  return 0;
}
