// Bench of reading web pages: tearsheet_pages_bench PAGES.jsonl [ROUNDS]. Each line holds `html`. Prints pages a second of one
// core (processor time of the thread, so that other work on the machine counts little), each step's share, the slowest pages, the
// memory, and on how many pages the text of the tree is another without the pre-pass. No pages are shipped: they are their
// publishers'.
#include <sys/resource.h>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <fstream>
#include <string>
#include <vector>

#include "base/json.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html.h"
#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_linked_data.h"
#include "pipeline/parse/html_meta.h"
#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_region.h"
#include "tearsheet/engine.h"

namespace {

using namespace tearsheet;

double now_ms() {
  timespec time{};
  clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
  return static_cast<double>(time.tv_sec) * 1e3 + static_cast<double>(time.tv_nsec) / 1e6;
}

struct Input {
  std::string html, url;
};

std::vector<Input> load(const char* path) {
  std::vector<Input> pages;
  std::ifstream file(path);
  for (std::string line; std::getline(file, line);)
    if (const auto tree = json::parse(line)) pages.push_back({std::string(tree->text("html")), std::string(tree->text("url"))});
  return pages;
}

// All words of a tree that a reader could see, blanks collapsed.
std::string visible(const Page& page) {
  std::string text;
  for (std::uint32_t i = 0; i < page.nodes().size();) {
    const PageNode& node = page.nodes()[i];
    if (is_never(node.tag)) {
      i = node.end;
      continue;
    }
    if (node.is_text()) text += node.text;
    ++i;
  }
  return one_line(text);
}

enum Step { kGuard, kTree, kData, kMeta, kRegion, kParse, kRead, kSteps };
constexpr const char* kNames[] = {"pre-pass",   "tree (gumbo, laid flat)", "JSON-LD", "meta", "region", "parse, whole",
                                  "read, whole"};

Blob blob_of(const Input& input) {
  Blob blob;
  blob.bytes = input.html;
  blob.format = Format::html;
  blob.is_text = true;
  blob.hints.url = input.url;
  return blob;
}

void measure(const std::vector<Input>& pages, const Engine& engine, int rounds) {
  double sum[kSteps] = {};
  std::vector<double> reads;
  std::size_t bytes = 0, kept = 0;
  for (int round = 0; round < rounds; ++round)
    for (const Input& input : pages) {
      double last = now_ms();
      const auto lap = [&](Step step) {
        const double time = now_ms();
        sum[step] += time - last;
        last = time;
      };
      GuardedPage guarded = guard_html(input.html);
      lap(kGuard);
      bytes += input.html.size();
      kept += guarded.html.size();
      if (guarded.why_no_tree.empty()) {
        const Page page(std::move(guarded.html));
        lap(kTree);
        const LinkedArticle linked = read_linked_data(guarded.linked_data);
        lap(kData);
        Article article;
        read_page_meta(page, linked, article);
        lap(kMeta);
        find_region(page, Strictness::strict);
        lap(kRegion);
      }
      last = now_ms();
      Article article;
      static_cast<void>(parse_html(input.html, article));  // some hold nothing to read
      lap(kParse);
      const double before = sum[kRead];
      engine.read(blob_of(input));
      lap(kRead);
      reads.push_back(sum[kRead] - before);
    }
  std::sort(reads.begin(), reads.end());
  const double count = static_cast<double>(pages.size()) * rounds;
  std::printf("%zu pages, %.0f KB in the mean, %.0f KB after the pre-pass\n", pages.size(),
              static_cast<double>(bytes) / count / 1e3, static_cast<double>(kept) / count / 1e3);
  for (int step = 0; step < kSteps; ++step)
    std::printf("%-26s %8.3f ms a page %8.0f pages/s %5.1f %% of the read\n", kNames[step], sum[step] / count,
                1e3 * count / sum[step], 100 * sum[step] / sum[kRead]);
  std::printf("read: half of the pages under %.1f ms, 99 of 100 under %.1f ms\n", reads[reads.size() / 2],
              reads[reads.size() * 99 / 100]);
}

void prove(const std::vector<Input>& pages) {
  std::size_t differ = 0, unread = 0;
  for (std::size_t i = 0; i < pages.size(); ++i) {
    GuardedPage guarded = guard_html(pages[i].html);
    if (!guarded.why_no_tree.empty()) {
      ++unread;
      continue;
    }
    const std::string with = visible(Page(std::move(guarded.html))), without = visible(Page(pages[i].html));
    if (with == without) continue;
    ++differ;
    const auto at =
        static_cast<std::size_t>(std::mismatch(with.begin(), with.end(), without.begin(), without.end()).first - with.begin());
    const std::size_t from = at < 40 ? 0 : at - 40;
    std::printf("page %zu (%s) differs at byte %zu: with %s | without %s\n", i, pages[i].url.c_str(), at,
                with.substr(from, 80).c_str(), without.substr(std::min(from, without.size()), 80).c_str());
  }
  std::printf("pre-pass: the text differs on %zu of %zu pages; %zu got no tree\n", differ, pages.size(), unread);
}

}  // namespace

int main(int count, char** words) {
  if (count < 2) {
    std::fputs("usage: tearsheet_pages_bench PAGES.jsonl [ROUNDS]   (each line: {\"html\": ..., \"url\": ...})\n", stderr);
    return 2;
  }
  const std::vector<Input> pages = load(words[1]);
  if (pages.empty()) {
    std::fprintf(stderr, "no pages in %s\n", words[1]);
    return 2;
  }
  Options options;
  options.rules = {TEARSHEET_SOURCE_DIR "/rules"};
  const auto engine = Engine::open(options);
  if (!engine) return 2;
  measure(pages, *engine, count > 2 ? std::max(1, std::atoi(words[2])) : 1);
  prove(pages);
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  std::printf("memory: at most %ld MB, with the pages themselves in it\n", usage.ru_maxrss / 1024);
  return 0;
}
