// Run corpus: every document of some inputs to a function, on all cores, for verbs that look at many articles.
#pragma once

#include <cstdint>
#include <functional>

#include "pipeline/engine.h"
#include "pipeline/fetch/source.h"

namespace tearsheet {

struct CorpusOptions {
  unsigned jobs = 0;        // 0 = all cores
  std::size_t limit = 0;    // at most so many documents; 0 = all
};
struct CorpusSummary {
  std::uint64_t read = 0, failed = 0, bytes = 0;
};

/// Calls `take` for each document that can be read, from `jobs` threads at once; `worker` is below jobs_of(options), so that callers can keep counts by
/// worker. `index` is the document's number in the inputs' order. `take` says whether the document could be used. Fails with what the source fails with.
Result<CorpusSummary> for_each_blob(const Inputs& inputs, const CorpusOptions& options, const std::function<bool(unsigned worker, std::size_t index, Blob blob)>& take);
unsigned jobs_of(const CorpusOptions& options);

}  // namespace tearsheet
