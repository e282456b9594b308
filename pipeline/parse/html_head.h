// HTML head: what a page says of itself in tags: meta, link, h1, time, microdata.
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/html_page.h"

namespace tearsheet {

/// A string and the node it stands at.
struct PlacedText {
  std::uint32_t node = 0;
  std::string text;
  std::uint32_t names = 0;  // NameBits of the element and the small boxes around it
  bool sure = false;        // of an author: the markup says so, not only a class
};

/// The first value of a key counts, but for lists.
struct PageHead {
  std::map<std::string, std::vector<std::string>, std::less<>> meta;  // by property, name or itemprop, lower case
  std::vector<PlacedText> headings;                                   // h1
  std::vector<PlacedText> times;                                      // datetime of <time>, content of itemprop datePublished
  std::vector<PlacedText> authors;  // rel=author, itemprop=author, links to an author's page, elements named so
  std::vector<PlacedText> lines;    // short lines with a digit or a byline, outside of menus and comments
  std::string title, canonical, language, base;

  std::string_view get(std::string_view key) const;
};

/// Reads all of them in one walk over the page. Cost: linear.
PageHead read_head(const Page& page);

}  // namespace tearsheet
