// JSON Feed 1.0 and 1.1 (jsonfeed.org), and the feeds that an HTML page names.
#include <algorithm>

#include "base/fold.h"
#include "base/tree.h"
#include "base/url.h"
#include "base/xml.h"
#include "pipeline/fetch/feed.h"

namespace tearsheet {

namespace {

std::string text(const Tree& tree, std::string_view key) { return std::string(trim(tree.text(key))); }

std::string url_in(const Tree& tree, std::string_view key, const FeedSource& source) {
  const std::string href = text(tree, key);
  if (href.empty()) return {};
  const std::string url = resolve_url(href, source.url);
  return url.empty() ? href : url;
}

std::vector<FeedPerson> persons_in(const Tree& tree) {
  std::vector<FeedPerson> out;
  const auto add = [&](const Tree& one) {
    FeedPerson person{text(one, "name"), {}, text(one, "url")};
    if (!person.empty()) out.push_back(std::move(person));
  };
  if (const Tree* list = tree.find("authors"); list != nullptr && list->is_list())
    for (const Tree& one : list->items) add(one);
  else if (const Tree* one = tree.find("author"); one != nullptr && one->is_map())
    add(*one);
  return out;
}

FeedDate date_in(const Tree& tree, std::string_view key) {
  FeedDate date;
  date.text = text(tree, key);
  date.date = read_feed_date(date.text);
  return date;
}

FeedItem item_from(const Tree& tree, const FeedSource& source) {
  FeedItem item;
  item.id = text(tree, "id");
  item.title.value = text(tree, "title");
  item.title.type = "text/plain";
  item.link = url_in(tree, "url", source);
  if (item.link.empty()) item.link = url_in(tree, "external_url", source);
  item.authors = persons_in(tree);
  item.published = date_in(tree, "date_published");
  item.updated = date_in(tree, "date_modified");
  item.summary.value = text(tree, "summary");
  item.language = text(tree, "language");
  if (std::string html = text(tree, "content_html"); !html.empty())
    item.content.push_back({std::move(html), true, "text/html", item.language, source.url});
  if (std::string plain = text(tree, "content_text"); !plain.empty())
    item.content.push_back({std::move(plain), false, "text/plain", item.language, source.url});
  if (const Tree* tags = tree.find("tags"); tags != nullptr)
    for (const Tree& tag : tags->items)
      if (tag.is_scalar()) item.categories.push_back(tag.scalar);
  if (const Tree* files = tree.find("attachments"); files != nullptr)
    for (const Tree& file : files->items)
      item.links.push_back({url_in(file, "url", source), "enclosure", text(file, "mime_type"), text(file, "title"), 0});
  return item;
}

// --- autodiscovery

/// The value of an attribute in a tag as written; entities decoded.
std::string attribute_in(std::string_view tag, std::string_view name) {
  const std::string lower = lower_ascii(tag);
  for (auto at = lower.find(name); at != std::string::npos; at = lower.find(name, at + 1)) {
    if (at == 0 || (lower[at - 1] != ' ' && lower[at - 1] != '\t' && lower[at - 1] != '\n' && lower[at - 1] != '\r' &&
                    lower[at - 1] != '"' && lower[at - 1] != '\''))
      continue;
    auto from = lower.find_first_not_of(" \t\r\n", at + name.size());
    if (from == std::string::npos || lower[from] != '=') continue;
    from = lower.find_first_not_of(" \t\r\n", from + 1);
    if (from == std::string::npos) return {};
    const char quote = tag[from];
    const bool quoted = quote == '"' || quote == '\'';
    const auto end = quoted ? tag.find(quote, from + 1) : tag.find_first_of(" \t\r\n>", from);
    const auto begin = quoted ? from + 1 : from;
    return strip_markup(tag.substr(begin, end == std::string_view::npos ? end : end - begin));
  }
  return {};
}

bool is_feed_type(std::string_view type) {
  for (const std::string_view one : {"application/rss+xml", "application/atom+xml", "application/feed+json",
                                     "application/rdf+xml", "application/json", "text/rss+xml", "text/xml", "application/xml"})
    if (type.starts_with(one)) return true;
  return false;
}

bool looks_like_feed(std::string_view href) {
  const std::string path = lower_ascii(href.substr(0, href.find_first_of("?#")));
  for (const std::string_view end :
       {".rss", ".atom", ".rdf", "/feed", "/feed/", "/rss", "/rss/", "rss.xml", "feed.xml", "atom.xml", "index.xml", "feed.json"})
    if (path.ends_with(end)) return true;
  return false;
}

void add_feed(std::vector<FoundFeed>& found, std::string_view href, std::string title, std::string type, std::string_view base) {
  std::string url = resolve_url(href, base);
  if (!url.starts_with("http")) return;
  const bool known = std::any_of(found.begin(), found.end(), [&](const FoundFeed& one) { return one.url == url; });
  if (!known && found.size() < 200) found.push_back({std::move(url), std::move(title), std::move(type)});
}

}  // namespace

FeedDocument read_json_feed(const Tree& tree, const FeedSource& source) {
  FeedDocument document;
  document.format = FeedFormat::json;
  const std::string version = text(tree, "version");
  document.version = version.substr(version.rfind('/') == std::string::npos ? 0 : version.rfind('/') + 1);
  document.title.value = text(tree, "title");
  document.title.type = "text/plain";
  document.subtitle.value = text(tree, "description");
  document.link = url_in(tree, "home_page_url", source);
  if (std::string self = url_in(tree, "feed_url", source); !self.empty())
    document.links.push_back({std::move(self), "self", "application/feed+json", {}, 0});
  document.image = url_in(tree, "icon", source);
  document.language = text(tree, "language");
  document.authors = persons_in(tree);
  const Tree* items = tree.find("items");
  for (const Tree& one : items->items) {
    if (document.items.size() >= source.max_items) {
      document.notes.push_back({"N032", "more items than " + std::to_string(source.max_items) + "; the rest is passed over"});
      break;
    }
    if (one.is_map()) document.items.push_back(item_from(one, source));
  }
  return document;
}

std::vector<FoundFeed> find_feeds(std::string_view html, std::string_view url) {
  std::vector<FoundFeed> declared, seen;
  std::string base(url);
  for (auto at = html.find('<'); at != std::string_view::npos; at = html.find('<', at + 1)) {
    const std::string name = lower_ascii(html.substr(at + 1, 5));
    const bool is_link = name.starts_with("link"), is_base = name.starts_with("base"), is_anchor = name.starts_with("a ");
    if (!is_link && !is_base && !is_anchor) continue;
    const std::string_view tag = html.substr(at, html.find('>', at) == std::string_view::npos ? 2048 : html.find('>', at) - at);
    if (tag.size() > 4096) continue;
    const std::string href = attribute_in(tag, "href");
    if (href.empty()) continue;
    if (is_base) {
      if (const std::string resolved = resolve_url(href, url); resolved.starts_with("http")) base = resolved;
    } else if (is_link) {
      const std::string rel = " " + lower_ascii(attribute_in(tag, "rel")) + " ";
      const std::string type = lower_ascii(attribute_in(tag, "type"));
      if (rel.find(" feed ") != std::string::npos || (rel.find(" alternate ") != std::string::npos && is_feed_type(type)))
        add_feed(declared, href, attribute_in(tag, "title"), type, base);
    } else if (looks_like_feed(href)) {
      add_feed(seen, href, attribute_in(tag, "title"), {}, base);
    }
  }
  for (FoundFeed& one : seen) add_feed(declared, one.url, std::move(one.title), {}, base);
  return declared;
}

}  // namespace tearsheet
