// Run corpus: every document of some inputs to a function, on all cores, for verbs that look at many articles.
#include "pipeline/run_corpus.h"

#include <algorithm>
#include <mutex>
#include <thread>
#include <vector>

namespace tearsheet {

unsigned jobs_of(const CorpusOptions& options) { return options.jobs > 0 ? options.jobs : std::max(1u, std::thread::hardware_concurrency()); }

Result<CorpusSummary> for_each_blob(const Inputs& inputs, const CorpusOptions& options, const std::function<bool(unsigned worker, std::size_t index, Blob blob)>& take) {
  auto source = open_source(inputs);
  if (!source) return tl::unexpected(std::move(source.error()));
  std::mutex lock;
  std::size_t next = 0;
  CorpusSummary summary;
  const auto work = [&](unsigned worker) {
    for (;;) {
      std::optional<Item> item;
      std::size_t index = 0;
      {
        const std::lock_guard hold(lock);
        if (options.limit > 0 && next >= options.limit) return;
        item = (*source)->next();
        if (!item) return;
        if (item->skipped) continue;
        index = next++;
        summary.bytes += item->blob ? item->blob->bytes.size() : 0;
      }
      const bool read = item->blob && take(worker, index, std::move(*item->blob));
      const std::lock_guard hold(lock);
      ++(read ? summary.read : summary.failed);
    }
  };
  std::vector<std::jthread> threads;
  for (unsigned worker = 1; worker < jobs_of(options); ++worker) threads.emplace_back(work, worker);
  work(0);
  threads.clear();
  return summary;
}

}  // namespace tearsheet
