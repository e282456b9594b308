// Run fetch, report: a run as JSON and as metrics; what is wrong with which feed; a feed looked at without keeping anything.
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "pipeline/fetch/feed.h"
#include "pipeline/run_fetch.h"

namespace tearsheet {

/// The run as one JSON object (docs/feeds.md holds its keys), with a line break.
std::string summary_json(const FetchSummary& summary);
/// The run and the feeds' states in the text format of Prometheus, for its node exporter's textfile collector.
std::string metrics_text(const FetchSummary& summary, const std::vector<FeedState>& feeds, std::int64_t now_s);

/// What a look at a feed found.
struct ProbedFeed {
  std::string asked, url;  // where it was asked for, where it was found
  std::optional<FeedDocument> document;
  std::vector<FoundFeed> found;  // where the address is a page's
  std::optional<Error> error;
};
/// Fetches feeds politely and keeps nothing. A page's address gives the first feed that it names. In the order of `urls`.
Result<std::vector<ProbedFeed>> probe_feeds(const std::vector<std::string>& urls, const FeedList& list,
                                            const FetchOptions& options);

/// What `fetch gc` may remove: whole days of output and archive.
struct GcOptions {
  std::int64_t keep_s = 0;            // days older than this go; 0 = none by age
  std::uint64_t budget_bytes = 0;     // the oldest days of the archive go until output and archive fit; 0 = no budget
  std::int64_t prune_s = 90 * 86400;  // state of items that their feeds have not shown for so long
  bool dry_run = false;
};
struct GcResult {
  std::vector<std::string> removed;  // paths
  std::uint64_t freed_bytes = 0, left_bytes = 0, pruned_rows = 0;
};
/// Today's files always stay. Files that do not look like our own days are not touched. The caller holds the lock.
Result<GcResult> collect_garbage(const FeedList& list, Seen& seen, const GcOptions& options, std::int64_t now_ms);

}  // namespace tearsheet
