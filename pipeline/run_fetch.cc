// Run fetch: one run of `tearsheet fetch`: poll what is due, fetch new articles, archive, extract, write.
#include "pipeline/run_fetch.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/hash.h"
#include "base/url.h"
#include "pipeline/run_fetch_parts.h"

namespace tearsheet {

namespace {

constexpr std::int64_t kCommitEvery_ms = 2000;  // or so many polls and articles, whichever comes first
constexpr std::uint32_t kCommitEvery = 25;
constexpr std::int64_t kGrace_ms = 5000;  // for what is on its way when the deadline comes
constexpr std::size_t kPagesQueued = 5000, kContentsAtOnce = 64;
constexpr std::size_t kFailuresKept = 1000;
constexpr std::int64_t kPageRank = std::int64_t{1} << 40;  // feeds before pages

FetchStore::Options store_options(const FeedList& list, const FetchOptions& options, const Engine& engine) {
  FetchStore::Options out;
  out.output_folder = list.resolved(list.output);
  out.archive_folder = list.resolved(list.archive);
  out.software = "tearsheet/" + std::string(version());
  out.contact = list.contact;
  out.as = options.as;
  out.sink = options.sink;
  out.sink.rules_hash = engine.rules_hash();
  out.archive = options.archive;
  out.rotate_bytes = options.rotate_bytes;
  return out;
}

}  // namespace

std::string utc_time(std::int64_t ms) {
  const std::int64_t seconds = ms / 1000, days = seconds / 86400;
  const Date day = civil_from_days(static_cast<std::int32_t>(days));
  const std::int64_t rest = seconds - days * 86400;
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", day.year, day.month, day.day, rest / 3600, rest / 60 % 60,
                     rest % 60);
}
std::string utc_day(std::int64_t ms) { return utc_time(ms).substr(0, 10); }

PageWorkers::PageWorkers(const Engine& engine, unsigned count) : engine_(engine) {
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
  for (unsigned i = 0; i < (count == 0 ? cores : count); ++i) threads_.emplace_back([this] { work_all(); });
}

PageWorkers::~PageWorkers() {
  {
    const std::scoped_lock lock(mutex_);
    over_ = true;
  }
  more_.notify_all();
}

void PageWorkers::submit(PageWork work) {
  {
    const std::scoped_lock lock(mutex_);
    jobs_.push_back(std::move(work));
  }
  ++open_;
  more_.notify_one();
}

std::vector<PageWork> PageWorkers::take(bool wait) {
  std::unique_lock lock(mutex_);
  if (wait && open_ > 0) ready_.wait(lock, [&] { return !finished_.empty(); });
  open_ -= finished_.size();
  return std::exchange(finished_, {});
}

void PageWorkers::work_all() {
  for (;;) {
    std::unique_lock lock(mutex_);
    more_.wait(lock, [&] { return over_ || !jobs_.empty(); });
    if (over_) return;
    PageWork work = std::move(jobs_.front());
    jobs_.pop_front();
    lock.unlock();
    work.reading = engine_.read(std::move(work.blob));
    lock.lock();
    finished_.push_back(std::move(work));
    ready_.notify_one();
  }
}

FetchRun::FetchRun(const Engine& engine, const FeedList& list, const UrlRules& urls, Seen& seen, const FetchOptions& options)
    : engine_(engine),
      list_(list),
      urls_(urls),
      seen_(seen),
      options_(options),
      store_(seen, store_options(list, options, engine)),
      workers_(engine, options.jobs) {}

bool FetchRun::must_stop() const {
  const bool asked = options_.stop != nullptr && options_.stop->load();
  return asked || (options_.deadline_s > 0 && now_ms() - summary_.started_ms >= options_.deadline_s * 1000);
}

void FetchRun::complain(const std::string& where, Error error, bool is_failure) {
  if (is_failure && summary_.failures.size() < kFailuresKept) summary_.failures.emplace_back(where, error);
  if (options_.complain) options_.complain(where, error);
}

void FetchRun::ask(FetchJob job, Job kept) {
  job.id = next_id_++;
  jobs_.emplace(job.id, std::move(kept));
  ++summary_.requests;
  fetch_->add(std::move(job));
}

const FeedEntry* FetchRun::entry_of(std::int64_t feed) const {
  const auto found = entries_.find(feed);
  return found == entries_.end() ? nullptr : found->second;
}

Result<void> FetchRun::queue_feeds() {
  const std::int64_t now = now_s();
  for (const FeedEntry& entry : list_.feeds) {
    auto feed = seen_.feed(entry.url);
    if (!feed) return tl::unexpected(std::move(feed.error()));
    entries_.emplace(feed->id, &entry);
    if (!entry.enabled || feed->gone) continue;
    ++summary_.feeds;
    // A clock that was set back must not silence a feed until it has caught up.
    const bool clock_went_back = feed->last_poll_s > now + 60;
    if (!options_.all && !clock_went_back && feed->next_due_s > now) continue;
    ++summary_.due;
    FetchJob job;
    job.url = feed->current_url;
    job.headers = entry.headers;
    job.everywhere.emplace_back(
        "Accept",
        "application/rss+xml, application/atom+xml, application/feed+json, application/xml;q=0.9, text/xml;q=0.8, */*;q=0.5");
    if (!feed->etag.empty()) job.everywhere.emplace_back("If-None-Match", feed->etag);
    if (!feed->last_modified.empty()) job.everywhere.emplace_back("If-Modified-Since", feed->last_modified);
    job.robots = entry.robots;
    job.rank = feed->next_due_s;  // longest due first
    Job kept;
    kept.entry = &entry;
    kept.feed = std::move(*feed);
    ask(std::move(job), std::move(kept));
  }
  return {};
}

/// Articles that wait, of this run or of an earlier one: their pages into the queues of their hosts.
Result<void> FetchRun::queue_pages() {
  if (!more_pages_ || in_flight_.size() >= kPagesQueued / 2) return {};
  std::vector<PendingItem> items = seen_.pending(now_s(), kPagesQueued, false);
  more_pages_ = items.size() == kPagesQueued;
  for (PendingItem& item : items) {
    const FeedEntry* entry = entry_of(item.feed);
    if (entry == nullptr) {  // its feed was taken from the list
      if (auto done = seen_.settle(item.feed, item.key, ItemState::failed); !done) return done;
      continue;
    }
    if (!in_flight_.emplace(item.feed, item.key).second) continue;
    FetchJob job;
    job.url = item.link;
    const auto page = parse_url(item.link), feed = parse_url(entry->url);
    if (page && feed && page->origin() == feed->origin()) job.headers = entry->headers;
    job.everywhere.emplace_back("Accept", "text/html, application/xhtml+xml, */*;q=0.5");
    job.rank = kPageRank + item.first_seen_s;
    Job kept;
    kept.is_page = true;
    kept.entry = entry;
    kept.item = std::move(item);
    ask(std::move(job), std::move(kept));
  }
  return {};
}

/// Articles whose text their feed gave: straight to the workers.
Result<void> FetchRun::queue_contents() {
  if (!more_contents_ || workers_.open() >= kContentsAtOnce / 2) return {};
  std::vector<PendingItem> items = seen_.pending(now_s(), kContentsAtOnce, true);
  more_contents_ = items.size() == kContentsAtOnce;
  for (PendingItem& item : items) {
    if (entry_of(item.feed) == nullptr) {
      if (auto done = seen_.settle(item.feed, item.key, ItemState::failed); !done) return done;
      continue;
    }
    if (!in_flight_.emplace(item.feed, item.key).second) continue;
    PageWork work;
    Blob& blob = work.blob;
    blob.origin.uri = item.link;
    blob.content_type = item.content_is_html ? "text/html; charset=utf-8" : "text/plain; charset=utf-8";
    blob.format = item.content_is_html ? Format::html : Format::plain;
    blob.is_text = true;
    blob.bytes = item.content;
    blob.hints = {item.title, item.published, item.language, item.url};
    work.item = std::move(item);
    workers_.submit(std::move(work));
  }
  return {};
}

Result<void> FetchRun::take(PoliteFetch&, FetchResult result) {
  auto node = jobs_.extract(result.id);
  if (node.empty()) return {};
  summary_.bytes += result.answer.wire_bytes;
  ++changes_;
  if (auto done = store_.turn_to(now_ms()); !done) return done;
  Job job = std::move(node.mapped());
  return job.is_page ? page_done(std::move(job), std::move(result)) : poll_done(std::move(job), std::move(result));
}

Result<void> FetchRun::loop(PoliteFetch& fetch) {
  std::int64_t stop_at_ms = 0;
  for (;;) {
    if (!must_stop()) {
      if (auto done = queue_pages(); !done) return done;
      if (auto done = queue_contents(); !done) return done;
    }
    if (fetch.open_jobs() == 0 && workers_.open() == 0) return {};
    std::vector<FetchResult> results;
    if (must_stop()) {
      if (stop_at_ms == 0) {
        stop_at_ms = now_ms();
        summary_.stopped = options_.stop != nullptr && options_.stop->load();
        summary_.deadline_reached = !summary_.stopped;
        results = fetch.stop_waiting();
      } else if (now_ms() - stop_at_ms > (summary_.stopped ? 0 : kGrace_ms)) {
        results = fetch.abandon();
      }
    }
    if (results.empty() && fetch.open_jobs() > 0) results = fetch.step(workers_.open() > 0 ? 20 : 200);
    for (FetchResult& result : results)
      if (auto done = take(fetch, std::move(result)); !done) return done;
    for (PageWork& work : workers_.take(fetch.open_jobs() == 0)) {
      ++changes_;
      if (auto done = store_.turn_to(now_ms()); !done) return done;
      if (auto done = settle_page(std::move(work)); !done) return done;
    }
    if (changes_ >= kCommitEvery || (changes_ > 0 && now_ms() - last_commit_ms_ >= kCommitEvery_ms)) {
      if (auto done = store_.commit(); !done) return done;
      changes_ = 0;
      last_commit_ms_ = now_ms();
    }
  }
}

Result<FetchSummary> FetchRun::go() {
  summary_.started_ms = last_commit_ms_ = now_ms();
  HttpOptions http_options;
  http_options.user_agent = fmt::format("Tearsheet/{} (+{})", version(), list_.contact);
  http_options.allow_private = options_.allow_private;
  http_options.parallel = options_.parallel;
  http_options.proxy = list_.proxy;
  http_options.ca_file = list_.resolved(list_.ca_file);
  http_options.total_timeout_ms = options_.timeout_ms;
  auto http = Http::open(std::move(http_options));
  if (!http) return tl::unexpected(std::move(http.error()));

  PoliteOptions polite;
  polite.gap_ms = list_.gap_ms;
  polite.robots_age_s = options_.robots_age_s;
  polite.seed = static_cast<std::uint64_t>(summary_.started_ms);
  PoliteFetch::Hooks hooks;
  hooks.now_ms = options_.now_ms;
  hooks.load_robots = [this](const std::string& origin) -> std::optional<RobotsCopy> {
    const HostState host = seen_.host(origin);
    if (host.robots_status < 0) return std::nullopt;
    return RobotsCopy{host.robots_status, host.robots, host.robots_fetched_s};
  };
  hooks.store_robots = [this](const std::string& origin, const RobotsCopy& copy) {
    (void)seen_.save_robots(origin, copy.status, copy.text, copy.fetched_s);
  };
  hooks.rests_until_ms = [this](const std::string& host) { return seen_.host(host).rest_until_ms; };
  hooks.store_rest = [this](const std::string& host, std::int64_t until_ms) { (void)seen_.save_rest(host, until_ms); };
  hooks.archive = [this](const HttpAnswer& answer) {
    const auto found = jobs_.find(answer.id);
    if (options_.archive && found != jobs_.end()) found->second.answers.push_back(answer);
  };
  PoliteFetch fetch(std::move(*http), polite, std::move(hooks));
  fetch_ = &fetch;

  auto done = store_.begin(summary_.recovered);
  if (done) done = queue_feeds();
  if (done) done = loop(fetch);
  if (done) done = store_.end();
  if (!done) {
    seen_.roll_back();
    return tl::unexpected(std::move(done.error()));
  }
  summary_.pending = seen_.count_pending();
  summary_.ended_ms = now_ms();
  return std::move(summary_);
}

Result<FetchSummary> run_fetch(const Engine& engine, const FeedList& list, const UrlRules& urls, Seen& seen,
                               const FetchOptions& options) {
  return FetchRun(engine, list, urls, seen, options).go();
}

}  // namespace tearsheet
