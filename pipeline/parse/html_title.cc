// HTML title: which of the strings that could be one is confirmed by the others.
#include "pipeline/parse/html_title.h"

#include <algorithm>
#include <string_view>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"

namespace tearsheet {
namespace {

std::string key(std::string_view text) { return squash(text); }

// "Plant Opens - Harbour Wire" without the part that is the site: by its names, else the shorter end where the longer is a
// headline.
std::string without_site(std::string_view title, const std::vector<std::string>& names) {
  static constexpr std::string_view kBars[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / "};
  for (int pass = 0; pass < 2; ++pass)
    for (std::string_view bar : kBars) {
      const auto last = title.rfind(bar);
      if (last == std::string_view::npos) continue;
      const std::string_view head = trim(title.substr(0, last));
      const std::string_view tail = trim(title.substr(last + bar.size()));
      const std::string tail_key = key(tail);
      const auto first = title.find(bar);
      const std::string front_key = key(title.substr(0, first));
      for (const std::string& name : names) {
        const std::string name_key = key(name);
        if (name_key.empty()) continue;
        if (tail_key == name_key || (tail_key.size() >= 4 && name_key.find(tail_key) != std::string::npos))
          return without_site(head, names);
        if (front_key == name_key) return std::string(trim(title.substr(first + bar.size())));
      }
      if (pass == 1 && (bar == " | " || bar == " :: " || bar == " » ") && head.size() >= 15 && tail.size() < head.size())
        return std::string(head);
    }
  return std::string(title);
}

void put(Meta& meta, std::string& into, std::string_view value, std::string_view name, std::string_view source) {
  if (!into.empty() || trim(value).empty()) return;
  into = one_line(value);
  meta.why.emplace_back(name, source);
}

bool agrees(const std::string& heading, std::string_view other) {
  const std::string a = key(heading);
  const std::string b = key(other);
  return !a.empty() && (a == b || (a.size() >= 12 && b.find(a) != std::string::npos));
}

}  // namespace

std::uint32_t read_page_title(const PageHead& head, const LinkedArticle& linked, const std::vector<std::string>& publishers,
                              Meta& meta) {
  const std::string og = without_site(head.get("og:title"), publishers);
  const std::string tag = without_site(head.title, publishers);
  std::uint32_t place = head.headings.empty() ? 0 : head.headings.front().node;
  if (meta.title.empty())
    for (const PlacedText& heading : head.headings)
      if (agrees(heading.text, linked.headline) || agrees(heading.text, og) || agrees(heading.text, head.title)) {
        put(meta, meta.title, heading.text, "title", "h1");
        break;
      }
  put(meta, meta.title, linked.headline, "title", "JSON-LD headline");
  put(meta, meta.title, og, "title", "og:title");
  if (head.headings.size() == 1) put(meta, meta.title, head.headings.front().text, "title", "h1");
  put(meta, meta.title, tag, "title", "<title>");
  put(meta, meta.title, head.get("twitter:title"), "title", "twitter:title");
  for (const PlacedText& heading : head.headings)
    if (key(heading.text) == key(meta.title)) return heading.node;
  return place;
}

}  // namespace tearsheet
