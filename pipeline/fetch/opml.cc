// OPML: the lists of feeds that readers exchange (OPML 2.0).
#include <functional>

#include "base/fold.h"
#include "base/url.h"
#include "base/xml.h"
#include "pipeline/fetch/feed_list.h"

namespace tearsheet {

namespace {

constexpr int kDeepest = 16;

std::string attribute(const xml::Element& element, std::string_view name) {
  if (const auto value = element.attribute(name)) return std::string(trim(*value));
  return std::string(trim(element.attribute(lower_ascii(name)).value_or("")));
}

void read_outlines(const xml::Element& parent, std::vector<std::string>& folders, std::vector<FeedEntry>& into, int depth) {
  for (auto child = parent.first(); child; child = child->next()) {
    if (lower_ascii(child->name()) != "outline") {
      if (depth < kDeepest) read_outlines(*child, folders, into, depth + 1);
      continue;
    }
    FeedEntry entry;
    entry.url = attribute(*child, "xmlUrl");
    entry.name = attribute(*child, "title");
    if (entry.name.empty()) entry.name = attribute(*child, "text");
    entry.language = attribute(*child, "language");
    entry.tags = folders;
    const std::string category = attribute(*child, "category");
    for (std::string_view rest = category; !rest.empty();) {
      const auto comma = rest.find(',');
      const std::string_view tag = trim(rest.substr(0, comma));
      rest.remove_prefix(comma == std::string_view::npos ? rest.size() : comma + 1);
      if (!tag.empty()) entry.tags.emplace_back(tag);
    }
    const auto url = parse_url(entry.url);
    if (url && url->is_http()) {
      into.push_back(std::move(entry));
    } else if (depth < kDeepest) {
      const bool named = !entry.name.empty();
      if (named) folders.push_back(entry.name);
      read_outlines(*child, folders, into, depth + 1);
      if (named) folders.pop_back();
    }
  }
}

}  // namespace

Result<std::vector<FeedEntry>> read_opml(std::string_view text) {
  auto document = xml::Document::parse(text);
  std::vector<FeedEntry> feeds;
  std::vector<std::string> folders;
  if (document) read_outlines(document->root(), folders, feeds, 0);
  if (feeds.empty())
    return fail("I063", "no feed in it: an OPML file has <outline xmlUrl=\"https://…\">",
                "export the list from the reader as OPML");
  return feeds;
}

std::string to_opml(const std::vector<FeedEntry>& feeds) {
  std::string out =
      "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<opml version=\"2.0\">\n  <head><title>Feeds of tearsheet</title></head>\n  "
      "<body>\n";
  const auto put = [&](std::string_view name, std::string_view value) {
    out += " " + std::string(name) + "=\"";
    xml::append_escaped(out, value);
    out += '"';
  };
  for (const FeedEntry& feed : feeds) {
    out += "    <outline type=\"rss\"";
    put("text", feed.name.empty() ? feed.url : feed.name);
    if (!feed.name.empty()) put("title", feed.name);
    put("xmlUrl", feed.url);
    if (!feed.language.empty()) put("language", feed.language);
    if (!feed.tags.empty()) {
      std::string tags;
      for (const std::string& tag : feed.tags) tags += (tags.empty() ? "" : ",") + tag;
      put("category", tags);
    }
    out += "/>\n";
  }
  return out + "  </body>\n</opml>\n";
}

}  // namespace tearsheet
