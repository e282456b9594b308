// Identity: when two items or two addresses are the same.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "pipeline/fetch/feed.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Query parameters that only say where a reader came from (rules/urls.yaml). Exact names, and few: a parameter too many merges
/// articles.
struct UrlRules {
  std::vector<std::string> drop;         // "fbclid"
  std::vector<std::string> drop_prefix;  // "utm_"

  /// Reads `urls.yaml` of the last of `folders` that has one; empty rules where none has. Fails with Y00x or R091 (unknown key,
  /// wrong type), with the place.
  static Result<UrlRules> load(const std::vector<std::string>& folders);
};

/// The address that an article is known by: parsed as browsers do, without fragment, credentials and the parameters of `rules`;
/// the order of the others stays. Empty when `url` is no http or https URL. Idempotent.
std::string canonical_url(std::string_view url, const UrlRules& rules);

/// The key of each item of a feed, in order: its guid where no other item of the feed has it, else guid and link, else the
/// canonical URL, else title and text. 32 hex. Two equal items of one feed get the same key.
std::vector<std::string> item_keys(const std::vector<FeedItem>& items, const UrlRules& rules);

/// True where two fingerprints (hash::simhash) are those of one text told twice: at most 3 of 64 bits differ, and neither is 0.
bool is_near(std::uint64_t a, std::uint64_t b);

}  // namespace tearsheet
