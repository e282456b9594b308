// HTML shapes: by the few marks that browsers and builders leave.
#include "pipeline/parse/html_shapes.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_page.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLook = 16u << 10;

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

}  // namespace

std::optional<std::string> source_shown(std::string_view html) {
  const std::string head = lower_ascii(html.substr(0, kLook));
  const bool chrome = count(head, "line-content") >= 2 && head.find("line-number") != std::string::npos;
  const bool firefox = head.find("id=\"viewsource\"") != std::string::npos;
  if (!chrome && !firefox) return std::nullopt;
  const GuardedPage guarded = guard_html(html, true);
  if (!guarded.why_no_tree.empty()) return std::nullopt;
  const Page page(guarded.html);
  std::string source;
  for (std::uint32_t i = 0; i < page.nodes().size(); ++i) {
    const PageNode& node = page.nodes()[i];
    const bool line = chrome ? node.tag == Tag::td && page.attribute(node, "class") == "line-content" : node.tag == Tag::pre;
    if (!line) continue;
    for (std::uint32_t below = i + 1; below < node.end; ++below) source += page.nodes()[below].text;
    source += '\n';
  }
  if (source.find('<') == std::string::npos) return std::nullopt;
  return source;
}

NothingToRead why_nothing(std::string_view html) {
  const std::string head = lower_ascii(html.substr(0, 4 * kLook));
  if (head.find("<frameset") != std::string::npos)
    return {"the page is a set of frames; the text stands in the pages that they show",
            "save or fetch the page of the frame itself"};
  const std::size_t kept = guard_html(html).html.size();
  if (html.size() > 4096 && kept * 8 < html.size())
    return {
        fmt::format("the page holds no text of an article: {} of its {} KB are scripts and styles, which build it in a browser",
                    (html.size() - kept) >> 10, html.size() >> 10),
        "save it from a browser once it is shown, or look for its print or AMP version"};
  if (head.find("http-equiv=\"refresh\"") != std::string::npos)
    return {"the page only leads to another", "fetch the page that it leads to"};
  return {"the page holds no text of an article",
          "look whether it is a consent page or an error page; `tearsheet show` prints what was kept"};
}

}  // namespace tearsheet
