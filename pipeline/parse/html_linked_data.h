// HTML linked data: what a page's JSON-LD says of its article.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// Strings as they stand; empty = not said.
struct LinkedArticle {
  std::string headline, description, body, published, modified, section, url, language, image, publisher, free;
  std::vector<std::string> authors, keywords;
  std::string page_published;  // of a node that is no article: the page, a recipe, a video
  std::string data_published;  // of data that is no JSON-LD; filled by the caller
  bool found = false;
};

/// The first Article (NewsArticle, BlogPosting, Report...) of all scripts, looked for in lists and @graph; what it leaves open is
/// filled from later ones of the same headline. Broken JSON is read as far as base/json's tolerant reader goes, else passed over:
/// a page is no place to fail.
LinkedArticle read_linked_data(const std::vector<std::string>& scripts);

}  // namespace tearsheet
