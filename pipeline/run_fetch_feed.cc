// Run fetch, inside: what a poll brought: moves, failures, new items.
#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/url.h"
#include "pipeline/fetch/warc.h"
#include "pipeline/run_fetch_parts.h"

namespace tearsheet {

namespace {

constexpr std::int64_t kDay_s = 86400;
constexpr int kMovedRuns = 3;
constexpr std::size_t kFullTextBytes = 1000;  // a feed's own text shorter than this is an excerpt
constexpr std::size_t kMostContent = 2u << 20;
constexpr std::size_t kSitemapsAtOnce = 50;

/// "Read more", "[…]" at the end: the feed holds the begin only.
bool is_excerpt(std::string_view plain) {
  if (plain.size() < kFullTextBytes) return true;
  const std::string tail = lower_ascii(plain.substr(plain.size() - std::min<std::size_t>(plain.size(), 60)));
  for (const std::string_view end : {"…", "...", "[...]", "[…]", "…]", "read more", "continue reading", "weiterlesen",
                                     "lire la suite", "read more.", "more →"})
    if (tail.ends_with(end)) return true;
  return false;
}

std::int64_t seconds_of(const Date& date) {
  return std::int64_t{days_from_civil(date.year, std::max<unsigned>(date.month, 1), std::max<unsigned>(date.day, 1))} * kDay_s +
         date.hour * 3600 + date.minute * 60 + date.second - date.offset_min.value_or(0) * 60;
}

/// The item's text as a page of its own, so that its title and its blocks are read as a page's are.
std::string as_page(const FeedItem& item, const FeedText& text) {
  if (!text.is_html) return text.value;
  std::string out = "<!DOCTYPE html><html><body><article>";
  if (!item.title.empty()) {
    out += "<h1>";
    for (const char c : item.title.plain())
      out += c == '<' ? std::string("&lt;") : c == '&' ? std::string("&amp;") : std::string(1, c);
    out += "</h1>";
  }
  return out + text.value + "</article></body></html>";
}

bool is_skipped(std::int64_t at_s, const DueInput& input) {
  const auto hour = static_cast<std::uint8_t>(at_s / 3600 % 24);
  const auto day = static_cast<std::uint8_t>(weekday_of(static_cast<std::int32_t>(at_s / kDay_s)));
  const auto has = [](const std::vector<std::uint8_t>& list, std::uint8_t value) {
    return std::find(list.begin(), list.end(), value) != list.end();
  };
  return has(input.skip_hours, hour) || has(input.skip_days, day);
}

}  // namespace

std::int64_t next_due_s(const DueInput& input) {
  if (input.fails > 0) {
    // Slowed, never stopped: at worst once a day.
    const std::int64_t wait =
        std::min<std::int64_t>(input.interval_s << std::min<std::int64_t>(input.fails, 6), std::max(kDay_s, input.interval_s));
    return input.now_s + std::max(wait, std::min<std::int64_t>(input.retry_after_s.value_or(0), 7 * kDay_s));
  }
  // What a publisher asks for counts up to a day: a wrong header must not silence a feed.
  std::int64_t wait = input.interval_s;
  if (input.ttl_min) wait = std::max(wait, std::min<std::int64_t>(std::int64_t{*input.ttl_min} * 60, kDay_s));
  if (input.fresh_s) wait = std::max(wait, std::min(*input.fresh_s, kDay_s));
  // A run that comes every interval must not miss a feed by the seconds the last poll took.
  std::int64_t due = input.now_s + wait - std::min<std::int64_t>(60, wait / 10);
  for (int hours = 0; hours < 48 && is_skipped(due, input); ++hours) due = (due / 3600 + 1) * 3600;
  return due;
}

void FetchRun::note_move(Job& job, const FetchResult& result) {
  FeedState& feed = job.feed;
  if (result.moved_to.empty() || result.moved_to == feed.current_url) {
    feed.moved_to.clear();
    feed.moved_runs = 0;
    return;
  }
  feed.moved_runs = feed.moved_to == result.moved_to ? feed.moved_runs + 1 : 1;
  feed.moved_to = result.moved_to;
  if (feed.moved_runs < kMovedRuns) return;
  complain(feed.url,
           Error{"I070",
                 "the feed has moved for good to " + feed.moved_to,
                 {},
                 "it is polled there from now on; change the list when convenient",
                 {}},
           false);
  feed.current_url = std::exchange(feed.moved_to, {});
  feed.moved_runs = 0;
  ++summary_.moved;
}

Result<void> FetchRun::archive_poll(Job& job, const FetchResult& result) {
  Archive* archive = store_.archive();
  if (archive == nullptr) return {};
  std::vector<std::string> secret;
  for (const auto& [name, value] : job.entry->headers) secret.push_back(name);
  const std::string time = utc_time(now_ms());
  FeedState& feed = job.feed;
  for (const HttpAnswer& answer : job.answers) {
    std::optional<EarlierRecord> earlier;
    const bool is_last = answer.url == result.answer.url && answer.status == result.answer.status;
    const std::string digest = warc::digest(answer.body);
    if (answer.status == 304 || (is_last && !job.is_child && !feed.digest.empty() && digest == feed.digest))
      earlier = EarlierRecord{feed.warc_id, feed.warc_date, answer.url};
    auto id = archive->add(answer, time, secret, {}, earlier);
    if (!id) return tl::unexpected(std::move(id.error()));
    if (!earlier && is_last && answer.status / 100 == 2 && !job.is_child) {
      feed.digest = digest;
      feed.warc_id = *id;
      feed.warc_date = time;
    }
  }
  return {};
}

Result<void> FetchRun::poll_failed(Job& job, const FetchResult& result, Error error) {
  ++summary_.failed;
  FeedState& feed = job.feed;
  ++feed.fails;
  feed.last_error = error.what;
  DueInput due;
  due.now_s = now_s();
  due.interval_s = job.entry->interval_s;
  due.fails = feed.fails;
  due.retry_after_s = retry_after_s(header(result.answer.headers, "retry-after"), now_s());
  feed.next_due_s = next_due_s(due);
  complain(feed.url, std::move(error));
  return job.is_child ? Result<void>() : seen_.save(feed);
}

Result<void> FetchRun::poll_done(Job job, FetchResult result) {
  // Articles of this feed may have been read since it was queued.
  if (auto now = state_of(job.feed.id)) job.feed = std::move(*now);
  FeedState& feed = job.feed;
  if (result.deferred) {
    ++summary_.deferred;
    if (result.error && result.error->code == "H023") complain(feed.url, *result.error, false);
    return {};
  }
  if (!job.is_child) {
    feed.last_poll_s = now_s();
    feed.last_status = result.answer.status;
  }
  const std::int64_t status = result.answer.status;
  const bool was_same = !feed.digest.empty() && warc::digest(result.answer.body) == feed.digest;
  if (auto done = archive_poll(job, result); !done) return done;
  if (result.error) return poll_failed(job, result, *result.error);
  if (status == 410 && !job.is_child) {
    feed.gone = true;
    ++summary_.gone;
    return poll_failed(job, result,
                       Error{"I071",
                             "the feed is gone (HTTP 410) and is not polled any more",
                             {},
                             "take it from the list, or `tearsheet feeds enable` it",
                             {}});
  }
  if (status != 304 && status / 100 != 2)
    return poll_failed(job, result,
                       Error{"I072",
                             fmt::format("HTTP {} instead of a feed", status),
                             {},
                             status == 401 || status == 403 ? "it may want a login (headers:), or does not want us" : "",
                             {}});
  if (!job.is_child) note_move(job, result);
  if (status == 304 || (was_same && !job.is_child)) {
    ++summary_.unchanged;
    feed.fails = 0;
    feed.last_error.clear();
    feed.last_success_s = now_s();
    DueInput due;
    due.now_s = summary_.started_ms / 1000;
    due.interval_s = job.entry->interval_s;
    due.fresh_s = fresh_for_s(result.answer.headers, now_s());
    feed.next_due_s = next_due_s(due);
    return seen_.save(feed);
  }
  return poll_body(job, result);
}

Result<void> FetchRun::poll_body(Job& job, const FetchResult& result) {
  FeedSource source;
  source.url = result.final_url;
  source.content_type = header(result.answer.headers, "content-type");
  source.content_location = header(result.answer.headers, "content-location");
  auto document = read_feed(result.answer.body, source);
  if (!document) return poll_failed(job, result, std::move(document.error()));
  FeedState& feed = job.feed;
  if (document->format == FeedFormat::sitemap_index)
    take_sitemaps(job, *document);
  else if (auto done = take_items(job, *document); !done)
    return done;
  if (job.is_child) return {};
  ++summary_.updated;
  feed.fails = 0;
  feed.last_error.clear();
  feed.last_success_s = now_s();
  feed.baseline_done = true;
  feed.title = document->title.plain();
  feed.format = to_string(document->format);
  // In the same transaction as the items: a run that dies before its commit asks for the whole feed again.
  feed.etag = header(result.answer.headers, "etag");
  feed.last_modified = header(result.answer.headers, "last-modified");
  DueInput due;
  due.now_s = summary_.started_ms / 1000;
  due.interval_s = job.entry->interval_s;
  due.fresh_s = fresh_for_s(result.answer.headers, now_s());
  due.ttl_min = document->ttl_min;
  due.skip_hours = document->skip_hours;
  due.skip_days = document->skip_days;
  feed.next_due_s = next_due_s(due);
  return seen_.save(feed);
}

Result<void> FetchRun::take_items(Job& job, const FeedDocument& document) {
  const std::vector<std::string> keys = item_keys(document.items, urls_);
  const bool is_baseline = options_.baseline && !job.feed.baseline_done;
  std::set<std::string_view> in_this;
  const std::uint64_t before = summary_.items_new;
  for (std::size_t i = 0; i < keys.size(); ++i) {
    if (!in_this.insert(keys[i]).second) continue;
    if (seen_.item(job.feed.id, keys[i])) {
      if (auto done = seen_.show(job.feed.id, keys[i], now_s()); !done) return done;
    } else if (auto done = take_item(job, document, document.items[i], keys[i], is_baseline); !done) {
      return done;
    }
  }
  if (summary_.items_new == before) return {};
  more_pages_ = more_contents_ = true;
  FeedState& feed = job.feed;
  if (feed.last_new_s > 0) {
    const auto gap = static_cast<double>(std::max<std::int64_t>(1, now_s() - feed.last_new_s));
    feed.mean_gap_s = feed.mean_gap_s == 0 ? gap : feed.mean_gap_s * 0.8 + gap * 0.2;
  }
  feed.last_new_s = now_s();
  return {};
}

Result<void> FetchRun::take_item(Job& job, const FeedDocument& document, const FeedItem& item, const std::string& key,
                                 bool is_baseline) {
  PendingItem pending;
  pending.feed = job.feed.id;
  pending.key = key;
  pending.url = canonical_url(item.link, urls_);
  pending.link = pending.url.empty() ? std::string() : item.link;
  pending.title = item.title.plain();
  const FeedDate& said = item.published.empty() ? item.updated : item.published;
  // A date that has not come yet is a slip or an advertisement; the article may know better.
  if (said.date && seconds_of(*said.date) <= now_s() + kDay_s) pending.published = said.date->iso();
  pending.language = !job.entry->language.empty() ? job.entry->language
                     : !item.language.empty()     ? item.language
                                                  : document.language;
  pending.author = item.authors.empty() ? std::string() : item.authors.front().name;
  pending.publisher = item.publisher.empty() ? document.title.plain() : item.publisher;
  const FeedText* full = item.full();
  const FeedText* text = full != nullptr ? full : item.summary.empty() ? nullptr : &item.summary;
  const bool is_whole = full != nullptr && !is_excerpt(full->plain());
  const bool wants_feed = job.entry->full_text == FullText::feed || (job.entry->full_text == FullText::automatic && is_whole);
  if (text != nullptr && (wants_feed || pending.link.empty()) && text->value.size() <= kMostContent) {
    pending.content = as_page(item, *text);
    pending.content_is_html = text->is_html;
  }
  ItemState state = ItemState::pending;
  if (!pending.url.empty()) {
    auto known = seen_.know_url(pending.url, now_s());
    if (!known) return tl::unexpected(std::move(known.error()));
    if (*known) state = ItemState::duplicate_url;
  }
  if (pending.link.empty() && pending.content.empty()) state = ItemState::failed;
  if (is_baseline) state = ItemState::baseline;
  if (state != ItemState::pending) pending.content.clear();
  ++(state == ItemState::pending         ? summary_.items_new
     : state == ItemState::baseline      ? summary_.items_baseline
     : state == ItemState::duplicate_url ? summary_.items_known_url
                                         : summary_.items_empty);
  return seen_.add(pending, state, now_s());
}

/// The sitemaps of an index that have changed since the last success; the newest first, as many as one run may ask for.
void FetchRun::take_sitemaps(const Job& job, const FeedDocument& document) {
  std::vector<const FeedItem*> maps;
  for (const FeedItem& item : document.items) {
    const bool is_old =
        item.updated.date && job.feed.last_success_s > 0 && seconds_of(*item.updated.date) + kDay_s < job.feed.last_success_s;
    if (!is_old && !item.link.empty()) maps.push_back(&item);
  }
  const auto when = [](const FeedItem* item) { return item->updated.date ? seconds_of(*item->updated.date) : 0; };
  std::stable_sort(maps.begin(), maps.end(), [&](const FeedItem* a, const FeedItem* b) { return when(a) > when(b); });
  if (job.is_child) return;  // an index in an index: sitemaps.org allows none
  for (std::size_t i = 0; i < maps.size() && i < kSitemapsAtOnce; ++i) {
    FetchJob ask_for;
    ask_for.url = maps[i]->link;
    ask_for.robots = true;
    ask_for.rank = job.feed.next_due_s;
    const auto child = parse_url(maps[i]->link), own = parse_url(job.entry->url);
    if (child && own && child->origin() == own->origin()) ask_for.headers = job.entry->headers;
    Job kept;
    kept.is_child = true;
    kept.entry = job.entry;
    kept.feed = job.feed;
    ask(std::move(ask_for), std::move(kept));
  }
}

}  // namespace tearsheet
