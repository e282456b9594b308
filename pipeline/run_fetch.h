// Run fetch: one run of `tearsheet fetch`: poll what is due, fetch new articles, archive, extract, write.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "pipeline/fetch/feed_list.h"
#include "pipeline/fetch/identity.h"
#include "pipeline/fetch/seen.h"
#include "pipeline/sink/sink.h"
#include "tearsheet/engine.h"

namespace tearsheet {

struct FetchOptions {
  std::string as = "jsonl";  // jsonl: OUTPUT/2026-11-22.jsonl a day; sqlite: OUTPUT/readings.db
  SinkOptions sink;
  std::int64_t deadline_s = 0;  // no new request after so many seconds; 0 = none
  bool baseline = false;        // a feed polled for the first time: its items are known, not read
  bool all = false;             // poll all feeds, due or not
  bool archive = true;
  bool allow_private = false;
  std::uint32_t parallel = 32;
  unsigned jobs = 0;  // threads that read pages; 0 = all cores
  std::uint64_t rotate_bytes = 1u << 30;
  std::int64_t robots_age_s = 24 * 3600;
  std::uint32_t timeout_ms = 60'000;
  std::function<std::int64_t()> now_ms;     // milliseconds since 1970: the only clock
  const std::atomic<bool>* stop = nullptr;  // SIGTERM: end cleanly
  std::function<void(const std::string& where, const Error&)>
      complain;  // each failure and each change an operator should know of
};

/// What a run did, for the summary, the metrics and the exit code.
struct FetchSummary {
  std::int64_t started_ms = 0, ended_ms = 0;
  std::uint64_t feeds = 0, due = 0;  // in the list and enabled; to be polled in this run
  std::uint64_t updated = 0, unchanged = 0, failed = 0, deferred = 0, gone = 0, moved = 0;
  std::uint64_t items_new = 0, items_baseline = 0, items_known_url = 0, items_empty = 0;
  std::uint64_t pages_fetched = 0, pages_failed = 0, pages_postponed = 0;
  std::uint64_t read = 0, read_failed = 0, duplicates = 0, mentions = 0, records = 0;
  std::uint64_t pending = 0;  // articles that wait for a later run
  std::uint64_t bytes = 0, requests = 0;
  bool stopped = false, deadline_reached = false, recovered = false;
  std::vector<std::pair<std::string, Error>> failures;  // the first 1,000
};

/// Runs once. The state is locked by the caller and holds, at any moment, what output and archive hold: a run that is killed is
/// cut back to its last commit when the next one begins, so that nothing is lost and nothing doubled. Fails only where the run
/// cannot go on: the state, the output or the archive cannot be written. Everything else is in the summary.
Result<FetchSummary> run_fetch(const Engine& engine, const FeedList& list, const UrlRules& urls, Seen& seen,
                               const FetchOptions& options);

/// What is wrong with a feed that answers: "silent for 40 d, usually new every 6 h", "article bodies shrank from 5.1 to 0.6 KB",
/// "82 % of pages empty", "31 % of pages are consent pages". Empty where all is well.
std::vector<std::string> health_of(const FeedState& feed, std::int64_t now_s);

/// True where the address is that of a page that asks for consent or a login instead of showing the article.
bool is_consent_url(std::string_view url);

/// When a feed is due again. Public for its tests. `answered` are the answer's headers, empty after a failure.
struct DueInput {
  std::int64_t now_s = 0, interval_s = 1800, fails = 0;
  std::optional<std::int64_t> fresh_s, retry_after_s;
  std::optional<std::uint32_t> ttl_min;
  std::vector<std::uint8_t> skip_hours, skip_days;
};
std::int64_t next_due_s(const DueInput& input);

/// "2026-11-22T10:00:00Z" and "2026-11-22".
std::string utc_time(std::int64_t ms);
std::string utc_day(std::int64_t ms);

}  // namespace tearsheet
