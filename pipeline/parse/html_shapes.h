// HTML shapes: pages that are no article as they stand: shown source, frames, pages built by scripts.
#pragma once

#include <optional>
#include <string>
#include <string_view>

namespace tearsheet {

/// The page whose source a browser shows and somebody saved ("view-source:"): Chrome's table of lines, Firefox' <pre>. Nothing
/// where the page is none. Cost: linear where it is one, the first kilobytes where not.
std::optional<std::string> source_shown(std::string_view html);

/// Why a page holds no text of an article, as far as its tags tell, with what to do; for the error's `what` and `help`.
struct NothingToRead {
  std::string what, help;
};
NothingToRead why_nothing(std::string_view html);

}  // namespace tearsheet
