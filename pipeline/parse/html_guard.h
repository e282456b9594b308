// HTML guard: one linear pass over a page before any tree is built: what would break the builder is seen, what nobody reads is
// left out.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

struct GuardedPage {
  std::string html;                      // without comments, scripts, styles, attributes nobody reads; runs of blanks are one
  std::vector<std::string> linked_data;  // contents of <script type="application/ld+json">, in order
  std::string data_published;            // the first "datePublished" or the like in another script; empty: none
  std::string why_no_tree;               // empty: a tree may be built. Else the cap it breaks
  std::string unclosed;                  // "script" where the page ends inside one: what follows it was not read
};

/// Gumbo takes 9 s for 50,000 nested <div>, 26 s for 340 KB of distinct <font>, 1.2 s for 20,000 attributes, and cannot be
/// stopped; real pages stay below 139 levels and 150 attributes. Caps: 512 elements open at once (elements that HTML closes by
/// itself do not count), 400 attributes on a tag, 300,000 tags, 8 MB of what is left, and one second by the cost of both. A page
/// over a cap is not copied further. Scripts end by HTML's rules ("script data double escaped"); drawings (svg) are emptied where
/// nothing but drawing is in them, as other tags end them. The text of the tree is the same with and without. Cost: linear.
/// `keep_attributes`: all of them stay, for a page that selectors are asked of.
GuardedPage guard_html(std::string_view html, bool keep_attributes = false);

}  // namespace tearsheet
