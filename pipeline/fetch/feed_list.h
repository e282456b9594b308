// Feed list: feeds.yaml read, and edited without losing a comment; OPML in and out.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

enum class FullText : std::uint8_t { automatic, page, feed };

/// One feed as its operator wants it.
struct FeedEntry {
  std::string url, name, language;
  std::int64_t interval_s = 1800;
  std::vector<std::pair<std::string, std::string>> headers;  // sent to the feed's own origin only
  FullText full_text = FullText::automatic;
  std::vector<std::string> tags;
  bool enabled = true;
  bool robots = true;      // ask robots.txt for the feed itself; pages always ask
  std::uint32_t line = 0;  // in the file
};

/// feeds.yaml. Paths are relative to its folder.
struct FeedList {
  std::string path;
  std::string contact;  // mailto: or http(s) address that stands in the User-Agent
  std::string state = "state.db", output = "out", archive = "archive";
  std::int64_t gap_ms = 1000;
  std::string proxy, ca_file;
  std::vector<FeedEntry> feeds;

  /// A path of the file, against its folder.
  std::string resolved(const std::string& path) const;
};

/// Reads a list. Fails with I060 (no such file: how to make one), Y00x (not YAML), I061 (unknown key, wrong value, no URL, the
/// same URL twice), each with line and caret.
Result<FeedList> read_feed_list(const std::string& path);
Result<FeedList> parse_feed_list(std::string_view text, const std::string& path);

/// The file's text with `entry` appended to its feeds, in its own style; a whole new file where `text` is empty. Comments and
/// order stay.
std::string with_feed(std::string_view text, const FeedEntry& entry);
/// The file's text with `enabled: false` (or without it) for the feed of that URL. Fails with I062 where no feed has it.
Result<std::string> with_enabled(std::string_view text, const std::string& path, const std::string& url, bool enabled);

/// "90s", "30m", "6h", "7d", "1800" to seconds; nothing when it is none.
std::optional<std::int64_t> seconds_from(std::string_view text);

/// Feeds of an OPML file, folders as tags. Fails with I063 where it holds no feed.
Result<std::vector<FeedEntry>> read_opml(std::string_view text);
std::string to_opml(const std::vector<FeedEntry>& feeds);

}  // namespace tearsheet
