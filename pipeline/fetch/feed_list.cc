// Feed list: feeds.yaml read, and edited without losing a comment.
#include "pipeline/fetch/feed_list.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <set>

#include "base/file.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/lines.h"
#include "base/suggest.h"
#include "base/url.h"
#include "base/yaml.h"

namespace tearsheet {

namespace {

struct Reading {
  Lines lines;
  const std::string& path;
  std::size_t size;

  tl::unexpected<Error> error(std::string what, const Tree& at, std::string help = {}) const {
    const std::size_t from = std::min<std::size_t>(at.offset, size),
                      to = std::min(size, from + std::max<std::size_t>(at.scalar.size(), 1));
    const Span span{static_cast<std::uint32_t>(from), static_cast<std::uint32_t>(to)};
    return tl::unexpected(Error{"I061", std::move(what), place(from), std::move(help), lines.caret(span)});
  }
  Place place(std::size_t offset) const { return lines.place(path, offset); }
};

Result<bool> boolean(const Reading& in, const Tree& value) {
  const std::string said = lower_ascii(value.scalar);
  if (said == "true" || said == "on" || said == "yes") return true;
  if (said == "false" || said == "off" || said == "no") return false;
  return in.error("'" + value.scalar + "' is neither true nor false", value);
}

Result<std::int64_t> duration(const Reading& in, const Tree& value) {
  const auto seconds = seconds_from(value.scalar);
  if (!seconds || *seconds < 1) return in.error("'" + value.scalar + "' is no time", value, "as 90s, 30m, 6h or 7d");
  return *seconds;
}

Result<void> read_key(const Reading& in, FeedEntry& entry, const std::string& key, const Tree& value) {
  static const std::vector<std::string> kKeys = {"url",      "name", "interval", "headers", "full_text",
                                                 "language", "tags", "enabled",  "robots"};
  if (key == "name") {
    entry.name = value.scalar;
  } else if (key == "language") {
    entry.language = value.scalar;
  } else if (key == "interval") {
    const auto seconds = duration(in, value);
    if (!seconds) return tl::unexpected(seconds.error());
    entry.interval_s = std::max<std::int64_t>(*seconds, 60);
  } else if (key == "enabled" || key == "robots") {
    const auto said = boolean(in, value);
    if (!said) return tl::unexpected(said.error());
    (key == "enabled" ? entry.enabled : entry.robots) = *said;
  } else if (key == "full_text") {
    const std::string said = lower_ascii(value.scalar);
    if (said == "auto")
      entry.full_text = FullText::automatic;
    else if (said == "page" || said == "on" || said == "true")
      entry.full_text = FullText::page;
    else if (said == "feed" || said == "off" || said == "false")
      entry.full_text = FullText::feed;
    else
      return in.error("full_text cannot be '" + value.scalar + "'", value, "one of: auto, page (on), feed (off)");
  } else if (key == "tags") {
    entry.tags.clear();
    if (value.is_scalar()) entry.tags.push_back(value.scalar);
    for (const Tree& tag : value.items) entry.tags.push_back(tag.scalar);
  } else if (key == "headers") {
    if (!value.is_map()) return in.error("headers takes names and values", value, "as { Authorization: 'Bearer …' }");
    entry.headers.clear();
    for (const auto& [name, text] : value.members) entry.headers.emplace_back(name, text.scalar);
  } else if (key != "url") {
    return in.error("no key of a feed is called " + key, value, did_you_mean(key, kKeys));
  }
  return {};
}

Result<FeedEntry> entry_of(const Reading& in, const Tree& tree, const FeedEntry& defaults) {
  FeedEntry entry = defaults;
  entry.line = in.place(tree.offset).line;
  if (tree.is_scalar()) {
    entry.url = tree.scalar;
  } else {
    entry.url = tree.text("url");
    for (const auto& [key, value] : tree.members)
      if (auto done = read_key(in, entry, key, value); !done) return tl::unexpected(done.error());
  }
  const auto url = parse_url(entry.url);
  if (!url || !url->is_http())
    return in.error(entry.url.empty() ? "a feed without a url" : "'" + entry.url + "' is no http or https address", tree);
  return entry;
}

Result<void> read_setting(const Reading& in, FeedList& list, const std::string& key, const Tree& value) {
  static const std::vector<std::string> kKeys = {"contact", "state",   "output",   "archive", "gap",
                                                 "proxy",   "ca_file", "defaults", "feeds"};
  for (const auto& [name, into] : {std::pair<std::string_view, std::string*>{"contact", &list.contact},
                                   {"state", &list.state},
                                   {"output", &list.output},
                                   {"archive", &list.archive},
                                   {"proxy", &list.proxy},
                                   {"ca_file", &list.ca_file}}) {
    if (key != name) continue;
    *into = value.scalar;
    return {};
  }
  if (key == "gap") {
    const auto seconds =
        Decimal::parse(value.scalar.ends_with('s') ? value.scalar.substr(0, value.scalar.size() - 1) : value.scalar);
    if (!seconds || seconds->approximate() < 0)
      return in.error("gap cannot be '" + value.scalar + "'", value, "seconds between two requests to one host, as 1 or 2.5s");
    list.gap_ms = static_cast<std::int64_t>(seconds->approximate() * 1000);
    return {};
  }
  if (key == "defaults" || key == "feeds") return {};
  return in.error("no setting is called " + key, value, did_you_mean(key, kKeys));
}

std::string quoted(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_of(":#{}[],&*!|>'\"%@`\n\t") == std::string::npos && text.front() != ' ' &&
                     text.back() != ' ' && text.front() != '-' && text.front() != '?';
  if (plain) return text;
  std::string out;
  json::append_string(out, text);
  return out;
}

/// "https://a/feed" may stand bare: ':' without a blank behind it is no sign in YAML.
std::string quoted_url(const std::string& url) {
  return url.find_first_of(" #{}[],\"'&*") == std::string::npos ? url : quoted(url);
}

}  // namespace

std::optional<std::int64_t> seconds_from(std::string_view text) {
  std::int64_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value < 0 || value > 1'000'000'000) return std::nullopt;
  const std::string_view unit(end, static_cast<std::size_t>(text.data() + text.size() - end));
  if (unit.empty() || unit == "s") return value;
  if (unit == "m" || unit == "min") return value * 60;
  if (unit == "h") return value * 3600;
  if (unit == "d") return value * 86400;
  return std::nullopt;
}

std::string FeedList::resolved(const std::string& name) const {
  const std::filesystem::path one(name);
  if (name.empty() || one.is_absolute()) return name;
  const auto folder = std::filesystem::path(path).parent_path();
  return folder.empty() ? name : (folder / one).string();
}

Result<FeedList> parse_feed_list(std::string_view text, const std::string& path) {
  auto tree = yaml::parse(text, path);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  FeedList list;
  list.path = path;
  const Reading in{Lines(text), path, text.size()};
  if (tree->is_null()) return list;
  if (!tree->is_map()) return in.error("a list of feeds has settings and `feeds:`", *tree, "`tearsheet feeds add URL` makes one");
  for (const auto& [key, value] : tree->members)
    if (auto done = read_setting(in, list, key, value); !done) return tl::unexpected(done.error());
  FeedEntry defaults;
  if (const Tree* said = tree->find("defaults"); said != nullptr) {
    for (const auto& [key, value] : said->members)
      if (auto done = read_key(in, defaults, key, value); !done) return tl::unexpected(done.error());
  }
  const Tree* feeds = tree->find("feeds");
  if (feeds == nullptr || feeds->is_null()) return list;
  if (!feeds->is_list()) return in.error("feeds is a list", *feeds, "each feed begins with '- url: '");
  std::set<std::string> urls;
  for (const Tree& one : feeds->items) {
    auto entry = entry_of(in, one, defaults);
    if (!entry) return tl::unexpected(std::move(entry.error()));
    if (!urls.insert(entry->url).second) return in.error("the feed " + entry->url + " stands in the list twice", one);
    list.feeds.push_back(std::move(*entry));
  }
  return list;
}

Result<FeedList> read_feed_list(const std::string& path) {
  const auto contents = file::read(path, 64u << 20);
  if (!contents && contents.error().code == "F001")
    return fail("I060", "there is no list of feeds called " + path,
                "`tearsheet feeds add URL --feeds " + path + "` makes one; or name another with --feeds");
  if (!contents) return tl::unexpected(contents.error());
  return parse_feed_list(contents->bytes, path);
}

std::string with_feed(std::string_view text, const FeedEntry& entry) {
  std::string out(text);
  if (trim(out).empty())
    out =
        "# Feeds that `tearsheet fetch` polls; docs/feeds.md tells what may stand here.\n# contact: "
        "mailto:you@example.org\nfeeds:\n";
  if (!out.ends_with('\n')) out += '\n';
  // The style of the file's own entries: how far they are set in.
  std::string indent;
  const auto feeds = out.rfind("\nfeeds:") != std::string::npos ? out.rfind("\nfeeds:") + 1
                     : out.starts_with("feeds:")                ? 0
                                                                : std::string::npos;
  if (feeds == std::string::npos) {
    out += "feeds:\n";
  } else {
    const auto line = out.find('\n', feeds);
    const std::string head(trim(out.substr(feeds + 6, line - feeds - 6)));
    if (head == "[]") out.replace(feeds, line - feeds, "feeds:");
    for (auto end = out.find('\n', feeds); end != std::string::npos && end + 1 < out.size(); end = out.find('\n', end + 1)) {
      const auto dash = out.find_first_not_of(' ', end + 1);
      if (dash == std::string::npos || out[dash] == '#' || out[dash] == '\n') continue;
      if (out[dash] == '-') indent = std::string(dash - end - 1, ' ');
      break;
    }
  }
  std::string lines = indent + "- url: " + quoted_url(entry.url) + "\n";
  if (!entry.name.empty()) lines += indent + "  name: " + quoted(entry.name) + "\n";
  if (!entry.language.empty()) lines += indent + "  language: " + quoted(entry.language) + "\n";
  if (!entry.tags.empty()) {
    lines += indent + "  tags: [";
    for (std::size_t i = 0; i < entry.tags.size(); ++i) lines += (i == 0 ? "" : ", ") + quoted(entry.tags[i]);
    lines += "]\n";
  }
  if (!entry.enabled) lines += indent + "  enabled: false\n";
  // Behind the last feed, before a key that follows the list.
  std::size_t at = out.size();
  if (const auto from = out.starts_with("feeds:") ? 0 : out.rfind("\nfeeds:"); from != std::string::npos) {
    for (auto line = out.find('\n', from + 1); line != std::string::npos && line + 1 < out.size();
         line = out.find('\n', line + 1)) {
      const char first = out[line + 1];
      if (first == ' ' || first == '-' || first == '#' || first == '\n' || first == '\r') continue;
      at = line + 1;
      break;
    }
  }
  out.insert(at, lines);
  return out;
}

Result<std::string> with_enabled(std::string_view text, const std::string& path, const std::string& url, bool enabled) {
  auto tree = yaml::parse(text, path);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  const Tree* feeds = tree->find("feeds");
  const Tree* found = nullptr;
  if (feeds != nullptr) {
    for (const Tree& one : feeds->items) {
      const std::string_view said = one.is_scalar() ? std::string_view(one.scalar) : one.text("url");
      if (said == url || one.text("name") == url) found = &one;
    }
  }
  if (found == nullptr)
    return fail("I062", "no feed of " + path + " has the address " + url, "`tearsheet feeds list` shows them");
  std::string out(text);
  if (found->is_scalar()) {
    if (enabled) return out;
    return out.replace(
        found->offset,
        out.find('\n', found->offset) == std::string::npos ? std::string::npos : out.find('\n', found->offset) - found->offset,
        "{ url: " + quoted(found->scalar) + ", enabled: false }");
  }
  if (const Tree* said = found->find("enabled"); said != nullptr) {
    return out.replace(said->offset, said->scalar.size(), enabled ? "true" : "false");
  }
  if (enabled) return out;
  const auto& first = found->members.front();
  const std::size_t key = first.second.key_offset;
  const bool is_flow = out.find('{', found->offset) == found->offset;
  if (is_flow) return out.insert(key, "enabled: false, ");
  const auto line = key == 0 ? std::string::npos : out.rfind('\n', key - 1);
  const std::size_t column = key - (line == std::string::npos ? 0 : line + 1);
  return out.insert(key, "enabled: false\n" + std::string(column, ' '));
}

}  // namespace tearsheet
