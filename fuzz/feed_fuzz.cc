// Fuzz: feeds of any format, their dates, texts and the feeds that a page names; an address that came out absolute parses again.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string_view>

#include "base/url.h"
#include "pipeline/fetch/feed.h"
#include "pipeline/fetch/feed_list.h"
#include "pipeline/fetch/identity.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  tearsheet::FeedSource source;
  source.url = "https://example.org/feed";
  source.max_bytes = 1u << 20;
  if (const auto feed = tearsheet::read_feed(text, source)) {
    (void)tearsheet::item_keys(feed->items, {});
    for (const auto& item : feed->items) {
      (void)item.title.plain();
      (void)item.summary.plain();
      if (item.link.starts_with("http") && tearsheet::parse_url(item.link)) {
        const auto once = tearsheet::canonical_url(item.link, {});
        if (tearsheet::canonical_url(once, {}) != once) std::abort();
      }
    }
  }
  (void)tearsheet::find_feeds(text, source.url);
  (void)tearsheet::read_feed_date(text);
  (void)tearsheet::read_opml(text);
  return 0;
}
