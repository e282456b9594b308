// Run fetch, report: a run as JSON and as metrics.
#include "pipeline/run_fetch_report.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/json.h"
#include "base/url.h"
#include "pipeline/fetch/polite_fetch.h"

namespace tearsheet {

namespace {

struct Count {
  const char* name;
  const char* help;
  std::uint64_t FetchSummary::*value;
};
// One table for the summary and the metrics.
constexpr Count kCounts[] = {
    {"feeds", "Feeds in the list that are enabled.", &FetchSummary::feeds},
    {"due", "Feeds that were due.", &FetchSummary::due},
    {"updated", "Feeds whose content had changed.", &FetchSummary::updated},
    {"unchanged", "Feeds that had nothing new.", &FetchSummary::unchanged},
    {"failed", "Polls that failed.", &FetchSummary::failed},
    {"deferred", "Polls put off to a later run.", &FetchSummary::deferred},
    {"gone", "Feeds that are gone (HTTP 410).", &FetchSummary::gone},
    {"moved", "Feeds that have moved for good.", &FetchSummary::moved},
    {"items_new", "Items to be read.", &FetchSummary::items_new},
    {"items_baseline", "Items of new feeds that are known, not read.", &FetchSummary::items_baseline},
    {"items_known_url", "Items whose article another item had named.", &FetchSummary::items_known_url},
    {"items_empty", "Items with neither link nor text.", &FetchSummary::items_empty},
    {"pages_fetched", "Pages asked for.", &FetchSummary::pages_fetched},
    {"pages_failed", "Pages given up.", &FetchSummary::pages_failed},
    {"pages_postponed", "Pages to be tried again.", &FetchSummary::pages_postponed},
    {"read", "Articles read and written.", &FetchSummary::read},
    {"read_failed", "Pages that could not be read.", &FetchSummary::read_failed},
    {"duplicates", "Articles marked as told before.", &FetchSummary::duplicates},
    {"mentions", "Mentions found.", &FetchSummary::mentions},
    {"records", "Records found.", &FetchSummary::records},
    {"pending", "Articles that wait for a later run.", &FetchSummary::pending},
    {"bytes", "Bytes of bodies transferred.", &FetchSummary::bytes},
    {"requests", "Addresses asked for.", &FetchSummary::requests},
};

std::string label(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\' || c == '"') out += '\\';
    if (c == '\n')
      out += "\\n";
    else
      out += c;
  }
  return out;
}

}  // namespace

std::string summary_json(const FetchSummary& summary) {
  std::string out = "{\"schema\":\"tearsheet.fetch/1\",\"started\":";
  json::append_string(out, utc_time(summary.started_ms));
  out += ",\"ended\":";
  json::append_string(out, utc_time(summary.ended_ms));
  out += fmt::format(",\"seconds\":{:.3f}", static_cast<double>(summary.ended_ms - summary.started_ms) / 1000);
  for (const Count& count : kCounts) out += fmt::format(",\"{}\":{}", count.name, summary.*count.value);
  out += fmt::format(",\"stopped\":{},\"deadline_reached\":{},\"recovered\":{},\"failures\":[", summary.stopped,
                     summary.deadline_reached, summary.recovered);
  for (std::size_t i = 0; i < summary.failures.size(); ++i) {
    const auto& [where, error] = summary.failures[i];
    out += i == 0 ? "{\"where\":" : ",{\"where\":";
    json::append_string(out, where);
    out += ",\"code\":";
    json::append_string(out, error.code);
    out += ",\"what\":";
    json::append_string(out, error.what);
    out += '}';
  }
  return out + "]}\n";
}

std::string metrics_text(const FetchSummary& summary, const std::vector<FeedState>& feeds, std::int64_t now_s) {
  std::string out;
  const auto head = [&](std::string_view name, std::string_view help) {
    out += fmt::format("# HELP tearsheet_fetch_{0} {1}\n# TYPE tearsheet_fetch_{0} gauge\n", name, help);
  };
  for (const Count& count : kCounts) {
    head(count.name, fmt::format("{} Of the last run.", count.help));
    out += fmt::format("tearsheet_fetch_{} {}\n", count.name, summary.*count.value);
  }
  head("last_run_timestamp_seconds", "When the last run ended.");
  out += fmt::format("tearsheet_fetch_last_run_timestamp_seconds {}\n", summary.ended_ms / 1000);
  head("last_run_duration_seconds", "How long the last run took.");
  out += fmt::format("tearsheet_fetch_last_run_duration_seconds {:.3f}\n",
                     static_cast<double>(summary.ended_ms - summary.started_ms) / 1000);
  head("feed_last_success_timestamp_seconds", "When a feed last answered as a feed; 0 = never.");
  for (const FeedState& feed : feeds)
    out += fmt::format("tearsheet_fetch_feed_last_success_timestamp_seconds{{feed=\"{}\"}} {}\n", label(feed.url),
                       feed.last_success_s);
  head("feed_failures", "Polls of a feed that failed in a row.");
  for (const FeedState& feed : feeds)
    out += fmt::format("tearsheet_fetch_feed_failures{{feed=\"{}\"}} {}\n", label(feed.url), feed.fails);
  head("feed_unhealthy", "1 where `tearsheet feeds status` says that something is wrong with a feed.");
  for (const FeedState& feed : feeds)
    out += fmt::format("tearsheet_fetch_feed_unhealthy{{feed=\"{}\"}} {}\n", label(feed.url),
                       health_of(feed, now_s).empty() ? 0 : 1);
  return out;
}

namespace {

/// One look: what is asked, and whether a page's feed is asked for now.
struct Look {
  std::size_t index = 0;
  bool second = false;
};

void take_look(ProbedFeed& probed, const FetchResult& result, std::vector<std::string>& again) {
  probed.url = result.final_url;
  probed.error = result.error;
  if (!probed.error && result.answer.status / 100 != 2)
    probed.error = Error{"I072", fmt::format("HTTP {} instead of a feed", result.answer.status), {}, {}, {}};
  if (probed.error) return;
  FeedSource source;
  source.url = result.final_url;
  source.content_type = header(result.answer.headers, "content-type");
  auto document = read_feed(result.answer.body, source);
  if (document) {
    probed.document = std::move(*document);
    return;
  }
  probed.error = std::move(document.error());
  if (probed.error->code == "I031" && probed.found.empty()) {
    probed.found = find_feeds(result.answer.body, result.final_url);
    if (!probed.found.empty()) again.push_back(probed.found.front().url);
  }
}

}  // namespace

Result<std::vector<ProbedFeed>> probe_feeds(const std::vector<std::string>& urls, const FeedList& list,
                                            const FetchOptions& options) {
  HttpOptions http_options;
  http_options.user_agent = fmt::format("Tearsheet/{} (+{})", version(), list.contact);
  http_options.allow_private = options.allow_private;
  http_options.proxy = list.proxy;
  http_options.ca_file = list.resolved(list.ca_file);
  http_options.total_timeout_ms = options.timeout_ms;
  auto http = Http::open(std::move(http_options));
  if (!http) return tl::unexpected(std::move(http.error()));
  PoliteOptions polite;
  polite.gap_ms = list.gap_ms;
  PoliteFetch::Hooks hooks;
  hooks.now_ms = options.now_ms;
  PoliteFetch fetch(std::move(*http), polite, std::move(hooks));
  std::vector<ProbedFeed> out(urls.size());
  std::map<std::uint64_t, Look> looks;
  std::uint64_t id = 1;
  const auto ask = [&](const std::string& url, Look look) {
    FetchJob job;
    job.id = id++;
    job.url = url;
    const auto entry = std::find_if(list.feeds.begin(), list.feeds.end(), [&](const FeedEntry& one) { return one.url == url; });
    if (entry != list.feeds.end()) {
      job.headers = entry->headers;
      job.robots = entry->robots;
    }
    job.rank = static_cast<std::int64_t>(job.id);
    looks.emplace(job.id, look);
    fetch.add(std::move(job));
  };
  for (std::size_t i = 0; i < urls.size(); ++i) {
    out[i].asked = urls[i];
    ask(urls[i], {i, false});
  }
  while (fetch.open_jobs() > 0) {
    std::vector<FetchResult> results = fetch.step(200);
    if (options.stop != nullptr && options.stop->load())
      for (FetchResult& one : fetch.abandon()) results.push_back(std::move(one));
    for (const FetchResult& result : results) {
      const Look look = looks[result.id];
      std::vector<std::string> again;
      take_look(out[look.index], result, again);
      if (!look.second && !again.empty()) ask(again.front(), {look.index, true});
    }
  }
  return out;
}

}  // namespace tearsheet
