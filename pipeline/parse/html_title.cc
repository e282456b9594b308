// HTML title: which of the strings that could be one is confirmed by the others.
#include "pipeline/parse/html_title.h"

#include <algorithm>
#include <string_view>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"

namespace tearsheet {
namespace {

constexpr std::size_t kHeadlineFrom = 15;
constexpr std::size_t kHeadlineAtMost = 300;

std::string key(std::string_view text) { return squash(text); }

// "Plant Opens - Harbour Wire" without the part that is the site: by its names, else the shorter end where the longer is a
// headline.
std::string without_site(std::string_view title, const std::vector<std::string>& names) {
  static constexpr std::string_view kBars[] = {" | ", " - ", " – ", " — ", " :: ", " » ", " · ", " • ", " / ", "｜", "ㅣ", " : "};
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

// What could be the headline, beside <h1>.
struct Strings {
  const std::string& linked;
  std::string og, tag;
};

bool is_site(std::string_view text, const std::vector<std::string>& publishers) {
  const std::string own = key(text);
  return own.empty() ||
         std::any_of(publishers.begin(), publishers.end(), [&](const std::string& name) { return key(name) == own; });
}

// The <h1> that another string says too, word for word before in part; else the first that is long enough to be a headline.
const PlacedText* choose_heading(const PageHead& head, const Strings& all, const std::vector<std::string>& publishers) {
  for (const bool exact : {true, false})
    for (const PlacedText& heading : head.headings)
      for (const std::string* other : {&all.linked, &all.og, &all.tag, &head.title})
        if (exact ? !other->empty() && key(heading.text) == key(*other) : agrees(heading.text, *other)) return &heading;
  for (const PlacedText& heading : head.headings)
    if (heading.text.size() >= kHeadlineFrom && heading.text.size() <= kHeadlineAtMost && !is_site(heading.text, publishers))
      return &heading;
  return nullptr;
}

// "Opinion What the board wants" where all others have it without its kicker; "What the board wants" where they have one.
std::string settled(const std::string& heading, const Strings& all) {
  const std::string own = key(heading), linked = key(all.linked), og = key(all.og), tag = key(all.tag);
  if (og.size() >= 12 && og == linked && own != og) return all.og;  // both of the data that are made for others say so
  const bool same = own == linked || own == og || own == tag;
  const std::string two = !og.empty() && (og == linked || og == tag) ? og : !tag.empty() && tag == linked ? tag : std::string();
  if (!same && two.size() >= 12 && (own.find(two) != std::string::npos || two.ends_with(own)))
    return og == two ? all.og : all.tag;
  if (linked.size() >= 15 && own.size() > linked.size() && own.size() <= linked.size() + 12 && own.ends_with(linked))
    return all.linked;
  return heading;
}

}  // namespace

std::uint32_t read_page_title(const PageHead& head, const LinkedArticle& linked, const std::vector<std::string>& publishers,
                              Meta& meta) {
  const Strings all{linked.headline, without_site(head.get("og:title"), publishers), without_site(head.title, publishers)};
  const PlacedText* heading = choose_heading(head, all, publishers);
  if (meta.title.empty() && heading != nullptr) put(meta, meta.title, settled(heading->text, all), "title", "h1");
  if (!is_site(linked.headline, publishers)) put(meta, meta.title, linked.headline, "title", "JSON-LD headline");
  put(meta, meta.title, all.og, "title", "og:title");
  if (head.headings.size() == 1) put(meta, meta.title, head.headings.front().text, "title", "h1");
  put(meta, meta.title, all.tag, "title", "<title>");
  put(meta, meta.title, head.get("twitter:title"), "title", "twitter:title");
  if (heading != nullptr) return heading->node;
  return head.headings.empty() ? 0 : head.headings.front().node;
}

}  // namespace tearsheet
