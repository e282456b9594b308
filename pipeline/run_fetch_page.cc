// Run fetch, inside: what the page of an article brought, and its reading.
#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/url.h"
#include "pipeline/run_fetch_parts.h"

namespace tearsheet {

namespace {

constexpr std::int64_t kMostTries = 5;
constexpr std::size_t kEmptyBody = 250;  // bytes: less is no article

std::string media_type(std::string_view content_type) {
  return lower_ascii(trim(content_type.substr(0, content_type.find(';'))));
}

bool is_page_type(std::string_view type) {
  return type.empty() || type == "text/html" || type == "application/xhtml+xml" || type == "text/plain" ||
         type == "application/xml" || type == "text/xml" || type == "application/octet-stream";
}

void grow(double& mean, double value, double weight, bool is_first) { mean = is_first ? value : mean + (value - mean) * weight; }

std::string kilobytes(double bytes) { return fmt::format("{:.1f} KB", bytes / 1000); }

std::string days(std::int64_t seconds) {
  return seconds >= 2 * 86400 ? fmt::format("{} d", seconds / 86400)
                              : fmt::format("{} h", std::max<std::int64_t>(1, seconds / 3600));
}

}  // namespace

bool is_consent_url(std::string_view text) {
  const auto url = parse_url(text);
  if (!url) return false;
  const std::string host = lower_ascii(url->host), path = lower_ascii(url->path);
  for (const std::string_view front :
       {"consent.", "login.", "signin.", "accounts.", "auth.", "sso.", "myprivacy.", "privacy-gate."})
    if (host.starts_with(front)) return true;
  for (const std::string_view part :
       {"/consent", "/collectconsent", "/privacy-gate", "/cookiewall", "/login", "/signin", "/sign-in", "/zustimmung"})
    if (path.starts_with(part)) return true;
  return false;
}

std::vector<std::string> health_of(const FeedState& feed, std::int64_t now_s) {
  std::vector<std::string> out;
  if (feed.gone) out.emplace_back("gone (HTTP 410)");
  if (feed.fails >= 3) out.push_back(fmt::format("{} polls in a row have failed: {}", feed.fails, feed.last_error));
  const std::int64_t quiet = now_s - feed.last_new_s;
  const auto patience = std::max<std::int64_t>(14 * 86400, static_cast<std::int64_t>(feed.mean_gap_s * 10));
  if (feed.last_new_s > 0 && feed.last_success_s > feed.last_new_s && quiet > patience)
    out.push_back(
        fmt::format("silent for {}{}", days(quiet),
                    feed.mean_gap_s > 0 ? ", usually new every " + days(static_cast<std::int64_t>(feed.mean_gap_s)) : ""));
  if (feed.pages >= 20 && feed.body_short < feed.body_long * 0.4)
    out.push_back(fmt::format("article bodies shrank from {} to {}", kilobytes(feed.body_long), kilobytes(feed.body_short)));
  if (feed.pages >= 5 && feed.empty_share > 0.5)
    out.push_back(fmt::format("{:.0f} % of its pages are empty", feed.empty_share * 100));
  if (feed.pages + 1 >= 3 && feed.consent_share > 0.3)
    out.push_back(fmt::format("{:.0f} % of its pages are consent or login pages", feed.consent_share * 100));
  return out;
}

std::optional<FeedState> FetchRun::state_of(std::int64_t feed) {
  const FeedEntry* entry = entry_of(feed);
  return entry == nullptr ? std::nullopt : seen_.find_feed(entry->url);
}

Result<void> FetchRun::archive_page(const PendingItem& item, const std::vector<HttpAnswer>& answers) {
  Archive* archive = store_.archive();
  if (archive == nullptr) return {};
  const std::string time = utc_time(now_ms());
  const ArchiveHints hints{item.url, item.title, item.published, item.language};
  std::vector<std::string> secret;
  if (const FeedEntry* entry = entry_of(item.feed))
    for (const auto& [name, value] : entry->headers) secret.push_back(name);
  for (const HttpAnswer& answer : answers) {
    auto id = archive->add(answer, time, secret, hints, std::nullopt);
    if (!id) return tl::unexpected(std::move(id.error()));
  }
  if (item.content.empty() || item.url.empty()) return {};
  return archive->add_content(item.url, item.content, item.content_is_html, time, hints);
}

Result<void> FetchRun::give_up(const PendingItem& item, const std::vector<HttpAnswer>& answers, Error error) {
  ++summary_.pages_failed;
  in_flight_.erase({item.feed, item.key});
  complain(item.link.empty() ? item.title : item.link, std::move(error));
  if (auto done = archive_page(item, answers); !done) return done;
  return seen_.settle(item.feed, item.key, ItemState::failed);
}

Result<void> FetchRun::put_off(const PendingItem& item, const std::vector<HttpAnswer>& answers, const Error& error) {
  if (item.tries + 1 >= kMostTries) {
    Error last = error;
    last.what += fmt::format("; given up after {} tries", kMostTries);
    return give_up(item, answers, std::move(last));
  }
  ++summary_.pages_postponed;
  in_flight_.erase({item.feed, item.key});
  if (auto done = archive_page(item, answers); !done) return done;
  return seen_.postpone(item.feed, item.key, now_s() + (std::int64_t{1800} << item.tries));
}

Result<void> FetchRun::page_done(Job job, FetchResult result) {
  if (result.deferred) {
    // Stays pending and, for this run, aside.
    return {};
  }
  ++summary_.pages_fetched;
  const long status = result.answer.status;
  if (result.error) {
    const bool for_good = result.error->code == "H001" || result.error->code == "H020" || result.error->code == "H006" ||
                          result.error->code == "H022";
    return for_good ? give_up(job.item, job.answers, *result.error) : put_off(job.item, job.answers, *result.error);
  }
  const Error refused{"I073", fmt::format("HTTP {} instead of the article", status), {}, {}, {}};
  if (status == 403 || status == 408 || status == 425 || status == 429 || status >= 500)
    return put_off(job.item, job.answers, refused);
  if (status / 100 != 2) return give_up(job.item, job.answers, refused);
  const std::string type = media_type(header(result.answer.headers, "content-type"));
  if (!is_page_type(type)) return give_up(job.item, job.answers, Error{"I074", "no page but " + type, {}, {}, {}});
  if (is_consent_url(result.final_url) && !is_consent_url(job.item.link)) {
    if (auto feed = state_of(job.item.feed)) {
      grow(feed->consent_share, 1, 0.2, false);
      if (auto done = seen_.save(*feed); !done) return done;
    }
    return give_up(job.item, job.answers,
                   Error{"I075",
                         "a consent or login page instead of the article: " + result.final_url,
                         {},
                         "give the feed the headers of a reader who has agreed (headers:), or full_text: feed",
                         {}});
  }
  PageWork work;
  Blob& blob = work.blob;
  blob.bytes = std::move(result.answer.body);
  blob.origin.uri = result.final_url;
  blob.content_type = header(result.answer.headers, "content-type");
  blob.fetched_at = utc_time(now_ms());
  blob.hints = {job.item.title, job.item.published, job.item.language, job.item.url};
  work.item = std::move(job.item);
  work.answers = std::move(job.answers);
  workers_.submit(std::move(work));
  return {};
}

Result<void> FetchRun::settle_page(PageWork work) {
  const PendingItem& item = work.item;
  Reading& reading = work.reading;
  if (reading.error) {
    ++summary_.read_failed;
    return give_up(item, work.answers, *reading.error);
  }
  const std::string body = body_of(reading.article);
  const FeedEntry* entry = entry_of(item.feed);
  Fields& extra = reading.article.meta.extra;
  set(extra, "feed", entry->url);
  if (!entry->name.empty()) set(extra, "feed_name", entry->name);
  if (!entry->tags.empty()) set(extra, "tags", std::vector<Scalar>(entry->tags.begin(), entry->tags.end()));
  if (!item.author.empty() && reading.article.meta.byline.empty()) reading.article.meta.byline.push_back(item.author);
  if (reading.article.meta.publisher.empty()) reading.article.meta.publisher = item.publisher;
  auto near = seen_.near(reading.fingerprint, reading.article.id, now_s());
  if (!near) return tl::unexpected(std::move(near.error()));
  if (!near->empty()) {
    set(extra, "duplicate_of", *near);
    ++summary_.duplicates;
  }
  if (auto feed = state_of(item.feed)) {
    const bool is_first = feed->pages == 0;
    const auto size = static_cast<double>(body.size());
    grow(feed->body_long, size, 0.03, is_first);
    grow(feed->body_short, size, 0.3, is_first);
    grow(feed->empty_share, body.size() < kEmptyBody ? 1 : 0, 0.1, is_first);
    grow(feed->consent_share, 0, 0.1, false);
    ++feed->pages;
    if (auto done = seen_.save(*feed); !done) return done;
  }
  if (auto done = archive_page(item, work.answers); !done) return done;
  if (auto done = store_.write(reading); !done) return done;
  ++summary_.read;
  summary_.mentions += reading.mentions.size();
  summary_.records += reading.records.size();
  in_flight_.erase({item.feed, item.key});
  return seen_.settle(item.feed, item.key, ItemState::done);
}

}  // namespace tearsheet
