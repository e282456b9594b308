// Feed: RSS, Atom, JSON Feed and sitemaps to one document.
#include "pipeline/fetch/feed.h"

#include <algorithm>
#include <unordered_set>

#include <fmt/format.h>

#include "base/charset.h"
#include "base/fold.h"
#include "base/json.h"
#include "base/magic.h"
#include "base/unpack.h"
#include "base/url.h"
#include "pipeline/fetch/feed_xml.h"

namespace tearsheet {

// pipeline/fetch/feed_json.cc
FeedDocument read_json_feed(const Tree& tree, const FeedSource& source);

namespace {

using feed_xml::Context;

std::string charset_in(std::string_view content_type) {
  const std::string lower = lower_ascii(content_type);
  const auto at = lower.find("charset=");
  if (at == std::string::npos) return {};
  std::string_view value = std::string_view(lower).substr(at + 8);
  while (!value.empty() && (value.front() == '"' || value.front() == '\'')) value.remove_prefix(1);
  return std::string(value.substr(0, value.find_first_of("\"'; \t")));
}

/// UTF-8, and the name of what it was.
charset::Decoded decoded(std::string_view bytes, const FeedSource& source) {
  std::string declared = charset_in(source.content_type);
  if (declared.empty()) declared = charset::declared_in(bytes);
  return charset::to_utf8(bytes, declared);
}

std::string first_base(const FeedSource& source) {
  if (source.content_location.empty()) return source.url;
  const std::string url = resolve_url(source.content_location, source.url);
  return url.starts_with("http") ? url : source.url;
}

bool is_item_name(std::string_view name) { return name == "item" || name == "entry"; }

void add_item(FeedDocument& document, const xml::Element& element, const Context& context, bool is_atom,
              const FeedSource& source) {
  const bool is_full = document.items.size() >= source.max_items;
  const bool is_said = !document.notes.empty() && document.notes.back().code == "N032";
  if (is_full && !is_said)
    document.notes.push_back({"N032", fmt::format("more items than {}; the rest is passed over", source.max_items)});
  if (is_full) return;
  document.items.push_back(feed_xml::read_item(element, context, is_atom, source));
}

/// Children of a channel, feed or RDF root: items, the channel's own elements, a channel inside.
void read_children(FeedDocument& document, const xml::Element& parent, const Context& context, bool is_atom,
                   const FeedSource& source) {
  for (auto child = parent.first(); child; child = child->next()) {
    const std::string name = feed_xml::lower_name(*child);
    const bool is_core = feed_xml::vocabulary_of(*child) == feed_xml::Vocabulary::core;
    if (is_core && is_item_name(name)) {
      add_item(document, *child, context, is_atom, source);
    } else if (is_core && name == "channel") {
      if (const auto href = child->attribute("HREF")) document.link = feed_xml::resolved(context, *href);
      read_children(document, *child, feed_xml::inside(context, *child), is_atom, source);
    } else if (is_core && name == "items" && child->first() && is_item_name(feed_xml::lower_name(*child->first()))) {
      read_children(document, *child, feed_xml::inside(context, *child), is_atom, source);
    } else {
      feed_xml::read_channel_element(document, *child, context, is_atom);
    }
  }
}

struct Shape {
  FeedFormat format = FeedFormat::unknown;
  std::string version;
};

Shape shape_of(const xml::Element& root) {
  const std::string name = feed_xml::lower_name(root);
  const std::string uri = lower_ascii(root.uri());
  if (name == "rss") return {FeedFormat::rss, std::string(trim(root.attribute("version").value_or("2.0")))};
  if (name == "rdf" || name == "item") return {FeedFormat::rdf, "1.0"};
  if (name == "feed" || name == "entry") {
    const std::string version(trim(root.attribute("version").value_or("")));
    return {FeedFormat::atom, !version.empty()                        ? version
                              : uri.find("2005") != std::string::npos ? "1.0"
                              : uri.find("atom") != std::string::npos ? "0.3"
                                                                      : "1.0"};
  }
  if (name == "urlset") return {FeedFormat::sitemap, "0.9"};
  if (name == "sitemapindex") return {FeedFormat::sitemap_index, "0.9"};
  if (name == "channel") return {root.attribute("HREF") ? FeedFormat::cdf : FeedFormat::rss, ""};
  return {};
}

/// The root, or a feed wrapped in something else (<xml><rss>...): two levels down.
std::optional<xml::Element> feed_root(const xml::Element& root) {
  if (shape_of(root).format != FeedFormat::unknown) return root;
  for (auto child = root.first(); child; child = child->next()) {
    const std::string name = feed_xml::lower_name(*child);
    if (name == "rss" || name == "feed" || name == "rdf" || name == "channel") return child;
  }
  return std::nullopt;
}

Error no_feed(std::string_view text, const FeedSource& source) {
  const std::string head = lower_ascii(text.substr(0, 4096));
  if (head.find("<html") == std::string::npos && head.find("<!doctype html") == std::string::npos &&
      head.find("<head") == std::string::npos)
    return {"I032", "no feed: neither XML nor JSON that any reader knows", {}, "check that the address is the feed's own", {}};
  std::string help = "the address is a page's; `tearsheet feeds add` finds the feeds of a page";
  const auto found = find_feeds(text, source.url);
  if (!found.empty()) help = "the page names " + found.front().url;
  return {"I031", "an HTML page instead of a feed", {}, help, {}};
}

Result<FeedDocument> read_xml(std::string_view text, const FeedSource& source) {
  auto parsed = xml::Document::parse(text);
  if (!parsed) return tl::unexpected(no_feed(text, source));
  const auto root = feed_root(parsed->root());
  if (!root) return tl::unexpected(no_feed(text, source));
  const Shape shape = shape_of(*root);
  FeedDocument document;
  document.format = shape.format;
  document.version = shape.version;
  if (parsed->repaired()) document.notes.push_back({"N030", "broken XML, read as far as it goes: " + parsed->why()});
  if (shape.format == FeedFormat::sitemap || shape.format == FeedFormat::sitemap_index) {
    feed_xml::read_sitemap(document, *root, source);
    return document;
  }
  const Context context = feed_xml::inside({first_base(source), {}}, *root);
  const bool is_atom = shape.format == FeedFormat::atom;
  if (const auto href = root->attribute("HREF"); href && shape.format == FeedFormat::cdf)
    document.link = feed_xml::resolved(context, *href);
  if (is_item_name(feed_xml::lower_name(*root)))
    add_item(document, *root, context, is_atom, source);
  else
    read_children(document, *root, context, is_atom, source);
  if (document.language.empty()) document.language = context.language;
  return document;
}

/// A list of addresses, one a line, is a sitemap too (sitemaps.org, "text file").
std::optional<FeedDocument> read_text_sitemap(std::string_view text, const FeedSource& source) {
  FeedDocument document;
  document.format = FeedFormat::sitemap;
  while (!text.empty()) {
    const auto end = text.find('\n');
    const std::string_view line = trim(text.substr(0, end));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    if (line.empty()) continue;
    if (!line.starts_with("http://") && !line.starts_with("https://")) return std::nullopt;
    if (document.items.size() >= source.max_items) break;
    FeedItem item;
    item.link = resolve_url(line, source.url);
    if (!item.link.empty()) document.items.push_back(std::move(item));
  }
  return document.items.empty() ? std::nullopt : std::optional(std::move(document));
}

void note_dates(FeedDocument& document) {
  std::size_t unread = 0;
  const std::string* first = nullptr;
  for (const FeedItem& item : document.items) {
    for (const FeedDate* date : {&item.published, &item.updated}) {
      if (date->empty() || date->date) continue;
      if (unread++ == 0) first = &date->text;
    }
  }
  if (unread > 0)
    document.notes.push_back({"N031", fmt::format("{} dates not understood, the first: '{}'", unread, first->substr(0, 80))});
}

}  // namespace

const FeedText* FeedItem::full() const {
  const FeedText* best = nullptr;
  for (const FeedText& text : content)
    if (!text.empty() && (best == nullptr || text.value.size() > best->value.size())) best = &text;
  return best;
}

std::string_view to_string(FeedFormat format) {
  switch (format) {
    case FeedFormat::rss:
      return "rss";
    case FeedFormat::rdf:
      return "rdf";
    case FeedFormat::atom:
      return "atom";
    case FeedFormat::json:
      return "json";
    case FeedFormat::sitemap:
      return "sitemap";
    case FeedFormat::sitemap_index:
      return "sitemap index";
    case FeedFormat::cdf:
      return "cdf";
    case FeedFormat::unknown:
      break;
  }
  return "unknown";
}

Result<FeedDocument> read_feed(std::string_view bytes, const FeedSource& source) {
  std::string plain;
  for (int depth = 0; depth < 2; ++depth) {
    const auto packing = unpack::packing_of(bytes);
    if (packing == unpack::Packing::none) break;
    auto unpacked = unpack::all(bytes, packing, source.max_bytes);
    if (!unpacked) return tl::unexpected(std::move(unpacked.error()));
    if (unpacked->cut)
      return fail("I033", fmt::format("larger than {} bytes when unpacked", source.max_bytes),
                  "a feed of that size is an attack or a mistake");
    plain = std::move(unpacked->bytes);
    bytes = plain;
  }
  if (trim(bytes).empty())
    return fail("I030", "an empty answer instead of a feed", "try the address in a browser; the site may be down");
  if (bytes.size() > source.max_bytes)
    return fail("I033", fmt::format("larger than {} bytes", source.max_bytes), "a feed of that size is an attack or a mistake");
  charset::Decoded text = decoded(bytes, source);
  const std::string_view front = trim(std::string_view(text.text).substr(0, 256));
  Result<FeedDocument> document = fail("I032", "no feed");
  if (front.starts_with('{')) {
    auto tree = json::parse_tolerant(text.text);
    if (!tree || !tree->is_map() || tree->find("items") == nullptr)
      return fail("I032", "JSON, but no JSON Feed: it has no `items`", "check that the address is the feed's own");
    document = read_json_feed(*tree, source);
  } else if (front.find('<') == std::string_view::npos) {
    auto list = read_text_sitemap(text.text, source);
    if (!list) return tl::unexpected(no_feed(text.text, source));
    document = std::move(*list);
  } else {
    document = read_xml(text.text, source);
  }
  if (!document) return document;
  document->charset = text.charset;
  note_dates(*document);
  return document;
}

}  // namespace tearsheet
