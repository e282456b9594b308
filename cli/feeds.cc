// Feeds: the list of feeds looked at and changed.
#include <fmt/format.h>

#include <algorithm>

#include "base/file.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/lock_file.h"
#include "cli/command.h"
#include "cli/fetch_options.h"
#include "cli/stop.h"
#include "cli/terminal.h"
#include "pipeline/run_fetch_report.h"

namespace tearsheet::cli {

namespace {

constexpr Option kJson = {"json", 0, "", "JSON lines, one a feed"};

constexpr Option kListOptions[] = {kFeedsOption, kJson};
constexpr Usage kList = {
    "",
    "Lists the feeds: address, interval, name, tags. Those that are disabled are marked.",
    kListOptions,
    {{"tearsheet feeds list", "all feeds"}, {"tearsheet feeds list --json --feeds mine.yaml", "for a script"}}};

constexpr Option kStatusOptions[] = {
    kFeedsOption, kStateOption, {"unhealthy", 0, "", "only feeds with something wrong; exit 1 if there is one"}, kJson};
constexpr Usage kStatus = {"",
                           "Tells of each feed when it last answered, when it is due, and what is wrong: failures, silence, "
                           "article bodies that shrink or come "
                           "empty, consent pages. Reads the state only; a run may go on meanwhile.",
                           kStatusOptions,
                           {{"tearsheet feeds status", "all feeds, the worst first"},
                            {"tearsheet feeds status --unhealthy", "what needs a look, for a weekly mail"}}};

constexpr Option kAddOptions[] = {kFeedsOption,
                                  {"name", 0, "NAME", "what to call it; default its own title"},
                                  {"tag", 0, "TAG", "may be said again", {}, true},
                                  {"no-check", 0, "", "add the address as it is, without asking it"},
                                  kContactOption,
                                  kPrivateOption};
constexpr Usage kAdd = {"URL...",
                        "Adds feeds to the list, which is made where there is none; comments in it stay. Each address is asked "
                        "first: a page's address gives "
                        "the feed that the page names. What is no feed is not added.",
                        kAddOptions,
                        {{"tearsheet feeds add https://www.example.org/ --contact mailto:you@example.org", "the feed of a site"},
                         {"tearsheet feeds add --tag chips https://example.org/rss.xml", "a feed with a tag"}}};

constexpr Option kCheckOptions[] = {
    kFeedsOption, kContactOption, kPrivateOption, {"offline", 0, "", "only the list itself, no feed is asked"}, kJson};
constexpr Usage kCheck = {"[URL...]",
                          "Finds mistakes in the list, then asks each feed (or those named) once, politely, and tells what it "
                          "is: format, items, newest date, how many "
                          "hold the whole text. Keeps nothing. Exit 1 where a feed does not answer as one.",
                          kCheckOptions,
                          {{"tearsheet feeds check", "the whole list"},
                           {"tearsheet feeds check https://example.org/rss.xml", "one address, in the list or not"}}};

constexpr Option kImportOptions[] = {kFeedsOption};
constexpr Usage kImport = {"FILE",
                           "Adds the feeds of an OPML file, as feed readers export it; folders become tags. Feeds that are in "
                           "the list stay as they are.",
                           kImportOptions,
                           {{"tearsheet feeds import subscriptions.opml", "into feeds.yaml"},
                            {"tearsheet feeds import --feeds mine.yaml list.opml", "into another list"}}};

constexpr Option kExportOptions[] = {kFeedsOption, {"output", 'o', "FILE", "write to FILE instead of standard output"}};
constexpr Usage kExport = {
    "",
    "Writes the list as OPML 2.0, which every feed reader takes.",
    kExportOptions,
    {{"tearsheet feeds export > feeds.opml", "all feeds"}, {"tearsheet feeds export -o feeds.opml", "the same, to a file"}}};

constexpr Option kToggleOptions[] = {kFeedsOption, kStateOption};
constexpr Usage kDisable = {
    "URL...",
    "Marks feeds as not to be polled; what is known of them stays. A feed is named by its address or its name.",
    kToggleOptions,
    {{"tearsheet feeds disable https://example.org/rss.xml", "one feed"},
     {"tearsheet feeds disable 'Example News'", "by its name"}}};
constexpr Usage kEnable = {"URL...",
                           "Polls feeds again that were disabled, or that their server had called gone (HTTP 410).",
                           kToggleOptions,
                           {{"tearsheet feeds enable https://example.org/rss.xml", "one feed"},
                            {"tearsheet feeds enable 'Example News'", "by its name"}}};

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}
int failed(const Error& error) {
  say(error);
  return kSomeFailed;
}

/// The list's text, empty where there is no such file yet.
Result<std::string> text_of_list(const std::string& path, bool may_be_missing) {
  auto contents = file::read(path, 64u << 20);
  if (contents) return std::move(contents->bytes);
  if (contents.error().code == "F001" && may_be_missing) return std::string();
  if (contents.error().code == "F001") return tl::unexpected(read_feed_list(path).error());
  return tl::unexpected(contents.error());
}

std::string date_text(std::int64_t seconds) { return seconds <= 0 ? "never" : utc_time(seconds * 1000); }

void json_text(std::string& out, const char* name, const std::string& value) {
  out += out.size() <= 1 ? "\"" : ",\"";
  out += std::string(name) + "\":";
  json::append_string(out, value);
}

std::string one_line(const std::string& text) {
  return text.find('\n') == std::string::npos ? text : text.substr(0, text.find('\n'));
}

/// Adds `entries` to the list; what comes out must be a list that reads well.
Result<void> write_list(const std::string& path, std::string text, const std::vector<FeedEntry>& entries) {
  for (const FeedEntry& entry : entries) text = with_feed(text, entry);
  if (auto good = parse_feed_list(text, path); !good) return tl::unexpected(good.error());
  return file::write_atomic(path, text);
}

}  // namespace

const Usage& feeds_list_usage() { return kList; }
const Usage& feeds_status_usage() { return kStatus; }
const Usage& feeds_add_usage() { return kAdd; }
const Usage& feeds_check_usage() { return kCheck; }
const Usage& feeds_import_usage() { return kImport; }
const Usage& feeds_export_usage() { return kExport; }
const Usage& feeds_disable_usage() { return kDisable; }
const Usage& feeds_enable_usage() { return kEnable; }

int feeds_list(const Arguments& arguments) {
  const auto list = feed_list_of(arguments);
  if (!list) return misuse(list.error());
  std::string out;
  for (const FeedEntry& feed : list->feeds) {
    std::string tags;
    for (const std::string& tag : feed.tags) tags += (tags.empty() ? "" : ",") + tag;
    if (arguments.has("json")) {
      std::string line = "{";
      json_text(line, "url", feed.url);
      json_text(line, "name", feed.name);
      line += fmt::format(",\"interval_s\":{},\"enabled\":{}", feed.interval_s, feed.enabled);
      json_text(line, "tags", tags);
      out += line + "}\n";
    } else {
      out += fmt::format("{}{}  every {} min{}{}\n", feed.enabled ? "" : "(disabled) ", feed.url, feed.interval_s / 60,
                         feed.name.empty() ? "" : "  " + feed.name, tags.empty() ? "" : "  [" + tags + "]");
    }
  }
  return print(out) ? kAllRead : kSomeFailed;
}

int feeds_status(const Arguments& arguments) {
  const auto list = feed_list_of(arguments);
  if (!list) return misuse(list.error());
  auto seen = Seen::open(list->state, true);
  if (!seen)
    return failed(Error{"I050",
                        "there is no state yet at " + list->state + ", or it cannot be read",
                        {},
                        "`tearsheet fetch` makes it with its first run",
                        {}});
  const std::int64_t now = clock_ms() / 1000;
  struct Row {
    FeedState feed;
    const FeedEntry* entry;
    std::vector<std::string> wrong;
  };
  std::vector<Row> rows;
  for (const FeedEntry& entry : list->feeds) {
    FeedState feed = seen->find_feed(entry.url).value_or(FeedState());
    std::vector<std::string> wrong = health_of(feed, now);
    if (wrong.empty() && !feed.last_error.empty()) wrong.push_back(feed.last_error);
    if (!arguments.has("unhealthy") || !wrong.empty()) rows.push_back({std::move(feed), &entry, std::move(wrong)});
  }
  std::stable_sort(rows.begin(), rows.end(), [](const Row& a, const Row& b) { return a.wrong.size() > b.wrong.size(); });
  std::string out;
  for (const Row& row : rows) {
    const FeedState& feed = row.feed;
    if (arguments.has("json")) {
      std::string line = "{";
      json_text(line, "url", row.entry->url);
      json_text(line, "current_url", feed.current_url);
      line += fmt::format(",\"enabled\":{},\"gone\":{},\"fails\":{},\"status\":{},\"pages\":{}", row.entry->enabled, feed.gone,
                          feed.fails, feed.last_status, feed.pages);
      json_text(line, "last_poll", date_text(feed.last_poll_s));
      json_text(line, "last_success", date_text(feed.last_success_s));
      json_text(line, "last_new", date_text(feed.last_new_s));
      json_text(line, "next_due", date_text(feed.next_due_s));
      json_text(line, "error", feed.last_error);
      line += ",\"wrong\":[";
      for (std::size_t i = 0; i < row.wrong.size(); ++i) {
        if (i > 0) line += ',';
        json::append_string(line, row.wrong[i]);
      }
      out += line + "]}\n";
      continue;
    }
    out += fmt::format("{}{}\n  last answer {}, last new item {}, due {}\n", row.entry->enabled ? "" : "(disabled) ",
                       row.entry->url, date_text(feed.last_success_s), date_text(feed.last_new_s),
                       feed.next_due_s == 0 ? "now" : date_text(feed.next_due_s));
    for (const std::string& wrong : row.wrong) out += "  ! " + one_line(wrong) + "\n";
  }
  if (!print(out)) return kSomeFailed;
  return arguments.has("unhealthy") && !rows.empty() ? kSomeFailed : kAllRead;
}

int feeds_add(const Arguments& arguments) {
  if (arguments.paths().empty())
    return misuse(Error{"U004", "no address given", {}, "as in: tearsheet feeds add https://example.org/", {}});
  const std::string path = feed_list_path(arguments);
  auto text = text_of_list(path, true);
  if (!text) return misuse(text.error());
  auto list = parse_feed_list(*text, path);
  if (!list) return misuse(list.error());
  if (arguments.has("contact")) list->contact = arguments.text("contact");
  std::vector<ProbedFeed> probed;
  if (arguments.has("no-check")) {
    for (const std::string& url : arguments.paths()) probed.push_back({url, url, std::nullopt, {}, std::nullopt});
  } else {
    if (auto contact = check_contact(*list); !contact) return misuse(contact.error());
    const Stop stop;
    FetchOptions options;
    options.allow_private = arguments.has("allow-private");
    options.now_ms = clock_ms;
    options.stop = &stop.asked();
    auto done = probe_feeds(arguments.paths(), *list, options);
    if (!done) return failed(done.error());
    probed = std::move(*done);
  }
  int code = kAllRead;
  std::vector<FeedEntry> added;
  for (const ProbedFeed& one : probed) {
    if (one.error) {
      Error told = *one.error;
      told.what = one.asked + ": " + told.what;
      code = failed(told);
      continue;
    }
    FeedEntry entry;
    entry.url = one.url;
    entry.name = arguments.text("name");
    entry.tags = arguments.all("tag");
    if (entry.name.empty() && one.document) entry.name = one.document->title.plain();
    const auto is_same = [&](const FeedEntry& other) { return other.url == entry.url; };
    if (std::any_of(list->feeds.begin(), list->feeds.end(), is_same) || std::any_of(added.begin(), added.end(), is_same)) {
      say(entry.url + " is in the list already");
      continue;
    }
    say("added " + entry.url +
        (one.document ? fmt::format(" ({}, {})", to_string(one.document->format), counted(one.document->items.size(), "item"))
                      : ""));
    for (std::size_t i = 1; i < one.found.size() && i < 10; ++i)
      say("  the page also names " + one.found[i].url + (one.found[i].title.empty() ? "" : "  " + one.found[i].title));
    added.push_back(std::move(entry));
  }
  if (added.empty()) return code;
  std::string whole = std::move(*text);
  if (trim(whole).empty() && !list->contact.empty()) {
    whole = "# Feeds that `tearsheet fetch` polls; docs/feeds.md tells what may stand here.\ncontact: ";
    json::append_string(whole, list->contact);
    whole += "\nfeeds:\n";
  }
  if (auto done = write_list(path, std::move(whole), added); !done) return failed(done.error());
  return code;
}

int feeds_check(const Arguments& arguments) {
  auto list = feed_list_of(arguments);
  const bool only_named = !arguments.paths().empty();
  if (!list && !(only_named && list.error().code == "I060")) return misuse(list.error());
  FeedList checked = list ? std::move(*list) : FeedList();
  if (arguments.has("contact")) checked.contact = arguments.text("contact");
  std::vector<std::string> urls = arguments.paths();
  if (!only_named)
    for (const FeedEntry& feed : checked.feeds)
      if (feed.enabled) urls.push_back(feed.url);
  if (auto contact = check_contact(checked); !contact) return misuse(contact.error());
  if (arguments.has("offline")) {
    say(counted(checked.feeds.size(), "feed") + " in the list, no mistake");
    return kAllRead;
  }
  const Stop stop;
  FetchOptions options;
  options.allow_private = arguments.has("allow-private");
  options.now_ms = clock_ms;
  options.stop = &stop.asked();
  auto probed = probe_feeds(urls, checked, options);
  if (!probed) return failed(probed.error());
  int code = kAllRead;
  std::string out;
  for (const ProbedFeed& one : *probed) {
    std::size_t whole = 0, dated = 0;
    std::string newest;
    if (one.document) {
      for (const FeedItem& item : one.document->items) {
        whole += item.full() != nullptr && item.full()->plain().size() >= 1000 ? 1 : 0;
        const FeedDate& date = item.published.empty() ? item.updated : item.published;
        dated += date.date ? 1 : 0;
        if (date.date) newest = std::max(newest, date.date->iso());
      }
    }
    if (one.error) code = kSomeFailed;
    if (arguments.has("json")) {
      std::string line = "{";
      json_text(line, "url", one.asked);
      json_text(line, "found_at", one.url);
      json_text(line, "format", one.document ? std::string(to_string(one.document->format)) : "");
      line += fmt::format(",\"items\":{},\"dated\":{},\"whole\":{}", one.document ? one.document->items.size() : 0, dated, whole);
      json_text(line, "newest", newest);
      json_text(line, "error", one.error ? one.error->what : "");
      out += line + "}\n";
    } else if (one.error) {
      Error told = *one.error;
      told.what = one.asked + ": " + told.what;
      say(told);
    } else {
      out += fmt::format("{}  {} {}, {}, {} with a date{}, {} with the whole text\n", one.asked, to_string(one.document->format),
                         one.document->version, counted(one.document->items.size(), "item"), dated,
                         newest.empty() ? "" : " (newest " + newest + ")", whole);
      for (const Note& note : one.document->notes) out += "  " + note.code + " " + one_line(note.what) + "\n";
    }
  }
  return print(out) ? code : kSomeFailed;
}

int feeds_import(const Arguments& arguments) {
  if (arguments.paths().size() != 1)
    return misuse(Error{"U004", "import takes one file", {}, "as in: tearsheet feeds import subscriptions.opml", {}});
  auto contents = file::read(arguments.paths().front(), 64u << 20);
  if (!contents) return failed(contents.error());
  auto feeds = read_opml(contents->bytes);
  if (!feeds) return failed(feeds.error());
  const std::string path = feed_list_path(arguments);
  auto text = text_of_list(path, true);
  if (!text) return misuse(text.error());
  auto list = parse_feed_list(*text, path);
  if (!list) return misuse(list.error());
  std::vector<FeedEntry> added;
  for (FeedEntry& feed : *feeds) {
    const auto is_same = [&](const FeedEntry& other) { return other.url == feed.url; };
    if (std::none_of(list->feeds.begin(), list->feeds.end(), is_same) && std::none_of(added.begin(), added.end(), is_same))
      added.push_back(std::move(feed));
  }
  if (!added.empty())
    if (auto done = write_list(path, std::move(*text), added); !done) return failed(done.error());
  say(fmt::format("added {}; {} in the list already", counted(added.size(), "feed"), feeds->size() - added.size()));
  return kAllRead;
}

int feeds_export(const Arguments& arguments) {
  const auto list = read_feed_list(feed_list_path(arguments));
  if (!list) return misuse(list.error());
  const std::string opml = to_opml(list->feeds);
  if (!arguments.has("output")) return print(opml) ? kAllRead : kSomeFailed;
  if (auto done = file::write_atomic(arguments.text("output"), opml); !done) return failed(done.error());
  return kAllRead;
}

namespace {

int toggle(const Arguments& arguments, bool enabled) {
  if (arguments.paths().empty())
    return misuse(Error{"U004", "no feed named", {}, "give its address or its name; `tearsheet feeds list` shows them", {}});
  const std::string path = feed_list_path(arguments);
  auto text = text_of_list(path, false);
  if (!text) return misuse(text.error());
  std::string changed = *text;
  for (const std::string& url : arguments.paths()) {
    auto done = with_enabled(changed, path, url, enabled);
    if (!done) return misuse(done.error());
    changed = std::move(*done);
  }
  if (auto good = parse_feed_list(changed, path); !good) return misuse(good.error());
  if (auto done = file::write_atomic(path, changed); !done) return failed(done.error());
  if (!enabled) return kAllRead;
  // A feed that was gone is asked again.
  auto list = feed_list_of(arguments);
  if (!list) return misuse(list.error());
  if (!Seen::open(list->state, true)) return kAllRead;
  auto lock = LockFile::take(list->state + ".lock");
  if (!lock) {
    say(lock.error());
    return kTryLater;
  }
  auto seen = Seen::open(list->state);
  if (!seen) return failed(seen.error());
  for (const std::string& url : arguments.paths()) {
    for (const FeedEntry& entry : list->feeds) {
      if (entry.url != url && entry.name != url) continue;
      auto feed = seen->find_feed(entry.url);
      if (!feed) continue;
      feed->gone = false;
      feed->fails = 0;
      feed->next_due_s = 0;
      if (auto done = seen->save(*feed); !done) return failed(done.error());
    }
  }
  auto done = seen->commit();
  return done ? kAllRead : failed(done.error());
}

}  // namespace

int feeds_disable(const Arguments& arguments) { return toggle(arguments, false); }
int feeds_enable(const Arguments& arguments) { return toggle(arguments, true); }

}  // namespace tearsheet::cli
