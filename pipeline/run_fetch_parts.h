// Run fetch, inside: one run's parts and what its rooms share. Not a door: pipeline/run_fetch.h is.
#pragma once

#include <condition_variable>
#include <deque>
#include <map>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "pipeline/fetch/feed.h"
#include "pipeline/fetch/polite_fetch.h"
#include "pipeline/run_fetch.h"
#include "pipeline/run_fetch_store.h"

namespace tearsheet {

/// One article on its way through a worker.
struct PageWork {
  PendingItem item;
  Blob blob;
  Reading reading;                  // out
  std::vector<HttpAnswer> answers;  // to be archived when the article is settled, not before
};

/// Threads that read pages. submit() and take() are called by one thread.
class PageWorkers {
 public:
  PageWorkers(const Engine& engine, unsigned count);
  ~PageWorkers();
  PageWorkers(const PageWorkers&) = delete;
  PageWorkers& operator=(const PageWorkers&) = delete;
  void submit(PageWork work);
  /// What is finished. With `wait` at least one where any is open.
  std::vector<PageWork> take(bool wait);
  std::size_t open() const { return open_; }

 private:
  void work_all();
  const Engine& engine_;
  std::mutex mutex_;
  std::condition_variable more_, ready_;
  std::deque<PageWork> jobs_;
  std::vector<PageWork> finished_;
  std::size_t open_ = 0;  // the submitting thread's own
  bool over_ = false;
  std::vector<std::jthread> threads_;
};

/// One run.
class FetchRun {
 public:
  FetchRun(const Engine& engine, const FeedList& list, const UrlRules& urls, Seen& seen, const FetchOptions& options);
  Result<FetchSummary> go();

 private:
  struct Job {
    bool is_page = false, is_child = false;  // a child is a sitemap that a sitemap index names
    const FeedEntry* entry = nullptr;
    FeedState feed;    // of a poll
    PendingItem item;  // of a page
    std::vector<HttpAnswer> answers;
  };

  Result<void> queue_feeds();
  Result<void> queue_pages();
  Result<void> queue_contents();
  Result<void> loop(PoliteFetch& fetch);
  Result<void> take(PoliteFetch& fetch, FetchResult result);
  void ask(FetchJob job, Job kept);
  std::int64_t now_ms() const { return options_.now_ms(); }
  std::int64_t now_s() const { return now_ms() / 1000; }
  bool must_stop() const;
  void complain(const std::string& where, Error error, bool is_failure = true);

  // pipeline/run_fetch_feed
  Result<void> poll_done(Job job, FetchResult result);
  Result<void> poll_failed(Job& job, const FetchResult& result, Error error);
  Result<void> poll_body(Job& job, const FetchResult& result);
  Result<void> take_items(Job& job, const FeedDocument& document);
  Result<void> take_item(Job& job, const FeedDocument& document, const FeedItem& item, const std::string& key, bool is_baseline);
  void take_sitemaps(const Job& job, const FeedDocument& document);
  void note_move(Job& job, const FetchResult& result);
  Result<void> archive_poll(Job& job, const FetchResult& result);

  // pipeline/run_fetch_page
  Result<void> page_done(Job job, FetchResult result);
  Result<void> settle_page(PageWork work);
  Result<void> give_up(const PendingItem& item, const std::vector<HttpAnswer>& answers, Error error);
  Result<void> put_off(const PendingItem& item, const std::vector<HttpAnswer>& answers, const Error& error);
  Result<void> archive_page(const PendingItem& item, const std::vector<HttpAnswer>& answers);
  const FeedEntry* entry_of(std::int64_t feed) const;
  std::optional<FeedState> state_of(std::int64_t feed);

  const Engine& engine_;
  const FeedList& list_;
  const UrlRules& urls_;
  Seen& seen_;
  const FetchOptions& options_;
  FetchStore store_;
  PageWorkers workers_;
  FetchSummary summary_;
  std::map<std::uint64_t, Job> jobs_;
  std::map<std::int64_t, const FeedEntry*> entries_;          // by the row of their state
  std::set<std::pair<std::int64_t, std::string>> in_flight_;  // articles asked for, and those put aside for a later run
  PoliteFetch* fetch_ = nullptr;
  std::uint64_t next_id_ = 1;
  std::int64_t last_commit_ms_ = 0;
  bool more_pages_ = true, more_contents_ = true;  // the state may hold more than is queued
  std::uint32_t changes_ = 0;                      // since the last commit
};

}  // namespace tearsheet
