// Bench of the whole program: articles a second, scaling and memory over folders of distinct files.
#include <sched.h>
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
template <class Make>
void make_folder(Make make, const fs::path& root, std::size_t count) {
  if (fs::exists(root / "complete")) return;
  for (std::size_t i = 0; i < count; ++i) {
    const fs::path folder = root / std::to_string(i / 1000);
    if (i % 1000 == 0) fs::create_directories(folder);
    std::ofstream(folder / (std::to_string(i) + ".txt"), std::ios::binary) << make(i);
  }
  std::ofstream(root / "complete") << count;
}

/// Runs the program on `cores` cores: all its threads share them, reader and writer too.
Measured run(const std::vector<std::string>& arguments, int cores) {
  const auto begin = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    std::vector<char*> argv;
    for (const std::string& argument : arguments) argv.push_back(const_cast<char*>(argument.c_str()));
    argv.push_back(nullptr);
    cpu_set_t set;
    CPU_ZERO(&set);
    for (int core = 0; core < cores; ++core) CPU_SET(core, &set);
    if (sched_setaffinity(0, sizeof set, &set) != 0) _exit(125);
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
  const tearsheet::bench::Texts texts(TEARSHEET_SOURCE_DIR "/corpus", TEARSHEET_SOURCE_DIR "/bench/prose.txt");
  const auto news = [&](std::size_t i) { return texts.news(i); };
  const auto dense = [&](std::size_t i) { return texts.dense(i); };
  make_folder(news, folder / "news-one", 1);
  make_folder(news, folder / "news-10k", 10'000);
  make_folder(dense, folder / "dense-10k", 10'000);
  const auto extract = [&](const char* set, int cores) {
    return run({program, "extract", (folder / set).string(), "--glob", "*.txt", "--jobs", std::to_string(cores), "--quiet", "-o", (folder / "out.jsonl").string()}, cores);
  };
  extract("news-one", 2);
  row("start to first result (1 article)", 1, extract("news-one", 2));
  for (const char* set : {"news-10k", "dense-10k"}) {
    extract(set, 2);  // warms the file cache
    row((std::string(set) + ", 1 core").c_str(), 10'000, extract(set, 1));
    row((std::string(set) + ", 2 cores").c_str(), 10'000, extract(set, 2));
  }
  if (large) {
    make_folder(news, folder / "news-100k", 100'000);
    row("news-100k, 2 cores", 100'000, extract("news-100k", 2));
  }
  return 0;
}
