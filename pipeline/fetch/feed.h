// Feed: RSS, Atom, JSON Feed and sitemaps to one document.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// A text as a feed gives it. `value` is UTF-8; with `is_html` it is markup.
struct FeedText {
  std::string value;
  bool is_html = false;
  std::string type;      // "text/plain", "text/html", "application/xhtml+xml", or what the feed says
  std::string language;  // of the text, inherited
  std::string base;      // against which links in it resolve

  bool empty() const { return value.empty(); }
  /// Without markup, entities decoded, white space squeezed.
  std::string plain() const;
};

struct FeedPerson {
  std::string name, email, url;
  bool empty() const { return name.empty() && email.empty() && url.empty(); }
};

struct FeedLink {
  std::string href, rel, type, title;
  std::uint64_t length = 0;  // bytes, of an enclosure; 0 = not said
};

/// A date as written, and as read: nothing where nobody can tell. Never a guess, never "now".
struct FeedDate {
  std::string text;
  std::optional<Date> date;
  bool empty() const { return text.empty(); }
};

/// One entry of a feed, one URL of a sitemap.
struct FeedItem {
  std::string id;           // guid, atom:id; empty where there is none
  bool id_is_link = false;  // guid without isPermaLink="false"
  FeedText title;
  std::string link;  // absolute where it can be made so
  std::vector<FeedLink> links;
  std::vector<FeedPerson> authors;
  FeedDate published, updated, created, expires;
  FeedText summary;
  std::vector<FeedText> content;
  std::vector<std::string> categories;
  std::string language;
  std::string publisher;  // of a news sitemap or a source element

  /// The longest content, or null.
  const FeedText* full() const;
};

enum class FeedFormat : std::uint8_t { unknown, rss, rdf, atom, json, sitemap, sitemap_index, cdf };
std::string_view to_string(FeedFormat format);

struct FeedDocument {
  FeedFormat format = FeedFormat::unknown;
  std::string version;  // "2.0", "0.92", "1.0", "0.3", "1.1"
  std::string charset;  // what the bytes were, WHATWG name
  std::string id;
  FeedText title, subtitle, rights;
  std::string link;  // of the site
  std::vector<FeedLink> links;
  std::vector<FeedPerson> authors;
  FeedDate published, updated;
  std::string language, generator, image;
  std::optional<std::uint32_t> ttl_min;  // ttl; or updatePeriod and updateFrequency of the syndication module
  std::vector<std::uint8_t> skip_hours;  // 0..23, UTC
  std::vector<std::uint8_t> skip_days;   // 1 = Monday .. 7
  std::vector<FeedItem> items;           // in the feed's order; of a sitemap index: its sitemaps
  std::vector<Note> notes;               // N030 broken XML mended, N031 date not understood, N032 items passed over
};

/// What is known about the bytes before they are read.
struct FeedSource {
  std::string url;           // it was fetched from, after redirects: the first base
  std::string content_type;  // as the server said, with its charset
  std::string content_location;
  std::size_t max_bytes = 16u << 20;  // after unpacking
  std::uint32_t max_items = 200'000;
};

/// Reads a feed of any of the formats, by what it holds and not by what it says it is; gzip is unpacked first.
///
/// Fails with I030 (empty), I031 (an HTML page; the help names its feeds where it links any), I032 (no feed: what it is instead),
/// I033 (larger than max_bytes), I001 (broken gzip). A broken feed is read as far as it goes, with a note. Cost: linear. Safe
/// from any thread.
Result<FeedDocument> read_feed(std::string_view bytes, const FeedSource& source);

/// One feed that a page links to (<link rel="alternate">, or a visible link that looks like a feed).
struct FoundFeed {
  std::string url, title, type;
};
/// The feeds that an HTML page names, declared ones first, each once. Cost: linear.
std::vector<FoundFeed> find_feeds(std::string_view html, std::string_view url);

/// Reads a date in any form that feeds use: what base/date_text reads, and named zones (Europe/Brussels), remarks in brackets,
/// weekdays that contradict their date, weekdays and zones of other languages, "11 04 2020" (day first), old Korean, Greek and
/// Hungarian forms.
std::optional<Date> read_feed_date(std::string_view text);

/// Markup to text: tags out, entities decoded, white space squeezed; script and style with their contents.
std::string strip_markup(std::string_view html);
/// True where `text` holds a tag or an entity: what is to be read as HTML although its feed does not say so.
bool looks_like_markup(std::string_view text);

}  // namespace tearsheet
