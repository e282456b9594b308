// HTML names: what the words of an element's class and id say that it is.
#pragma once

#include <cstdint>
#include <string_view>

namespace tearsheet {

/// Bits of what a name says. One element may say several things.
enum NameBit : std::uint32_t {
  kFurnitureName = 1u << 0,   // comments, sharing, newsletters, related: never the article's own words
  kDoubtfulName = 1u << 1,    // sidebar, widget, promo: mostly furniture, sometimes the layout of the whole page
  kBodyName = 1u << 2,        // article-body, entry-content
  kCaptionName = 1u << 3,     // caption, credit
  kEmbedName = 1u << 4,       // a post of a social network, set into the page
  kAuthorName = 1u << 5,      // author, byline
  kDateName = 1u << 6,        // date, published, timestamp
  kStandfirstName = 1u << 7,  // standfirst, lead, subtitle
  kHiddenName = 1u << 8,      // hidden, sr-only: not to be seen
  kAuthorBox = 1u << 9,       // author-bio, about-the-author
  kPaidName = 1u << 10,       // subscriber-only, premium: hidden from who has not paid
};

/// Reads `name`, a class or id as it stands ("related-posts", "shareBar", "sidebar_right"): cut at signs and where a small letter
/// meets a capital. A word that is denied ("no-share", "hasSidebar", "label-hidden") says nothing. Cost: linear, no allocation.
std::uint32_t read_names(std::string_view name);

}  // namespace tearsheet
