// HTML meta: every source is a candidate with a name; the first in a table of trust wins.
#include "pipeline/parse/html_meta.h"

#include <algorithm>
#include <map>
#include <optional>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/front_matter.h"

namespace tearsheet {
namespace {

// What stands in the head and in itemprops, by key; the first value of a key counts.
struct Found {
  std::map<std::string, std::vector<std::string>, std::less<>> meta;
  std::vector<std::string> headings;  // h1
  std::string title, canonical, language, time;
  std::vector<std::string> authors, bylines;  // by rel or itemprop, by class

  std::string_view get(std::string_view key) const {
    const auto at = meta.find(key);
    return at == meta.end() ? std::string_view() : std::string_view(at->second.front());
  }
};

// <a class="url fn author">Jane Doe</a>: an inline element whose class names an author, with a person's name in it.
bool is_author_element(const Page& page, const PageNode& node) {
  if ((node.tag != Tag::a && node.tag != Tag::span) || node.letters < 5 || node.letters > 40) return false;
  const std::string_view name = page.attribute(node, "class");
  return name.find("author") != std::string_view::npos || name.find("byline") != std::string_view::npos;
}

bool is_person(std::string_view words) {
  std::size_t capital = 0, all = 0;
  for (std::string_view rest = words; !rest.empty();) {
    const std::size_t blank = std::min(rest.find(' '), rest.size());
    const std::string_view word = rest.substr(0, blank);
    rest.remove_prefix(std::min(blank + 1, rest.size()));
    std::size_t at = 0;
    ++all;
    capital += !word.empty() && utf8::is_upper(utf8::next(word, at));
  }
  return all >= 2 && all <= 4 && capital == all && words.find_first_of("0123456789:|") == std::string_view::npos;
}

void look_at(const Page& page, std::uint32_t index, Found& found) {
  const PageNode& node = page.nodes()[index];
  const std::string_view prop = page.attribute(node, "itemprop");
  if (node.tag == Tag::meta) {
    std::string_view key = page.attribute(node, "property");
    if (key.empty()) key = page.attribute(node, "name");
    if (key.empty()) key = prop;
    const std::string value = one_line(page.attribute(node, "content"));
    if (!key.empty() && !value.empty()) found.meta[lower_ascii(key)].push_back(value);
  } else if (node.tag == Tag::title && found.title.empty()) {
    found.title = page.words(index);
  } else if (node.tag == Tag::h1) {
    if (std::string words = page.words(index); !words.empty() && found.headings.size() < 8)
      found.headings.push_back(std::move(words));
  } else if (node.tag == Tag::link && lower_ascii(page.attribute(node, "rel")) == "canonical") {
    if (found.canonical.empty()) found.canonical = page.attribute(node, "href");
  } else if (node.tag == Tag::html) {
    found.language = page.attribute(node, "lang");
  } else if (node.tag == Tag::time) {
    if (found.time.empty() || prop == "datePublished") found.time = page.attribute(node, "datetime");
  } else if (prop == "datePublished" || prop == "dateModified") {
    const std::string_view content = page.attribute(node, "content");
    found.meta[lower_ascii(prop)].push_back(content.empty() ? page.words(index) : std::string(content));
  } else if (page.attribute(node, "rel") == "author" || prop == "author") {
    if (std::string words = page.words(index); !words.empty() && words.size() < 80 && found.authors.size() < 8)
      found.authors.push_back(std::move(words));
  } else if (is_author_element(page, node)) {
    if (std::string words = page.words(index); is_person(words) && found.bylines.empty())
      found.bylines.push_back(std::move(words));
  }
}

Found look(const Page& page) {
  Found found;
  for (std::uint32_t i = 0; i < page.nodes().size(); ++i)
    if (!page.nodes()[i].is_text()) look_at(page, i, found);
  return found;
}

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

void vote_title(const Found& found, const LinkedArticle& linked, const std::vector<std::string>& names, Meta& meta) {
  if (!meta.title.empty()) return;
  const std::string_view og = found.get("og:title");
  for (const std::string& heading : found.headings)
    if (agrees(heading, linked.headline) || agrees(heading, og) || agrees(heading, found.title))
      return put(meta, meta.title, heading, "title", "h1");
  put(meta, meta.title, linked.headline, "title", "JSON-LD headline");
  put(meta, meta.title, without_site(og, names), "title", "og:title");
  if (found.headings.size() == 1) put(meta, meta.title, found.headings.front(), "title", "h1");
  put(meta, meta.title, without_site(found.title, names), "title", "<title>");
  put(meta, meta.title, found.get("twitter:title"), "title", "twitter:title");
}

void put_date(std::optional<Date>& into, std::string_view value, std::string_view name, std::string_view source, Meta& meta) {
  if (into || value.empty()) return;
  const auto read = read_date_text(value);
  if (!read || read->other || read->date.grain < Grain::day) return;
  into = read->date;
  meta.why.emplace_back(name, source);
}

void put_dates(const Found& found, const LinkedArticle& linked, Meta& meta) {
  put_date(meta.published, linked.published, "published", "JSON-LD datePublished", meta);
  for (std::string_view name : {"article:published_time",
                                "datepublished",
                                "og:published_time",
                                "article:published",
                                "date",
                                "pubdate",
                                "publishdate",
                                "publish-date",
                                "parsely-pub-date",
                                "sailthru.date",
                                "dc.date",
                                "dc.date.issued",
                                "dcterms.created",
                                "dcterms.date",
                                "article.published",
                                "cxenseparse:recs:publishtime",
                                "originalpublicationdate",
                                "publication_date",
                                "published_at",
                                "timestamp"})
    put_date(meta.published, found.get(name), "published", name, meta);
  put_date(meta.published, found.time, "published", "<time>", meta);
  put_date(meta.modified, linked.modified, "modified", "JSON-LD dateModified", meta);
  for (std::string_view name :
       {"article:modified_time", "datemodified", "og:updated_time", "last-modified", "lastmod", "dcterms.modified"})
    put_date(meta.modified, found.get(name), "modified", name, meta);
}

bool is_author(std::string_view name, const std::vector<std::string>& names) {
  if (name.size() < 3 || name.size() > 60 || name.find("http") != std::string_view::npos ||
      name.find('@') != std::string_view::npos || name.find("View all") != std::string_view::npos ||
      (name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos))
    return false;
  return std::none_of(names.begin(), names.end(), [&](const std::string& other) { return key(other) == key(name); });
}

void put_authors(const Found& found, const LinkedArticle& linked, const std::vector<std::string>& names, Meta& meta) {
  const auto take = [&](const std::vector<std::string>& list, std::string_view source) {
    if (!meta.byline.empty()) return;
    for (const std::string& entry : list)
      for (const std::string& name : split_names(entry))
        if (is_author(name, names) && std::find(meta.byline.begin(), meta.byline.end(), name) == meta.byline.end())
          meta.byline.push_back(name);
    if (!meta.byline.empty()) meta.why.emplace_back("byline", source);
  };
  take(linked.authors, "JSON-LD author");
  for (std::string_view name : {"author", "article:author", "parsely-author", "byl", "dc.creator", "sailthru.author"})
    if (const auto at = found.meta.find(name); at != found.meta.end()) take(at->second, name);
  take(found.authors, "rel=author");
  take(found.bylines, "class author");
}

void put_topics(const Found& found, const LinkedArticle& linked, Meta& meta) {
  if (!meta.topics.empty()) return;
  meta.topics = linked.keywords;
  if (meta.topics.empty())
    if (const auto tags = found.meta.find("article:tag"); tags != found.meta.end()) meta.topics = tags->second;
  if (meta.topics.empty())
    for (std::string_view rest = found.get("keywords"); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (std::string part = one_line(rest.substr(0, comma)); !part.empty()) meta.topics.push_back(std::move(part));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
}

}  // namespace

std::string read_page_meta(const Page& page, const LinkedArticle& linked, Article& article) {
  const Found found = look(page);
  Meta& meta = article.meta;
  put(meta, meta.publisher, linked.publisher, "publisher", "JSON-LD publisher");
  put(meta, meta.publisher, found.get("og:site_name"), "publisher", "og:site_name");
  put(meta, meta.publisher, found.get("application-name"), "publisher", "application-name");
  std::vector<std::string> names;
  for (std::string_view name : {std::string_view(meta.publisher), std::string_view(linked.publisher), found.get("og:site_name"),
                                found.get("application-name")})
    if (!name.empty()) names.emplace_back(name);
  vote_title(found, linked, names, meta);
  put_dates(found, linked, meta);
  put_authors(found, linked, names, meta);
  put_topics(found, linked, meta);
  if (found.canonical.starts_with("http")) put(meta, meta.url, found.canonical, "url", "canonical");
  put(meta, meta.url, found.get("og:url"), "url", "og:url");
  std::string language = found.language.empty() ? linked.language : found.language;
  if (language.empty()) language = found.get("og:locale");
  std::replace(language.begin(), language.end(), '_', '-');
  if (language.size() <= 35) put(meta, meta.language, language, "language", "declared");
  put(meta, meta.section, linked.section, "section", "JSON-LD articleSection");
  put(meta, meta.section, found.get("article:section"), "section", "article:section");
  put(meta, meta.image, found.get("og:image"), "image", "og:image");
  put(meta, meta.image, linked.image, "image", "JSON-LD image");
  if (!meta.paywall && !linked.free.empty()) meta.paywall = linked.free == "false" || linked.free == "False";
  std::string description(found.get("og:description"));
  if (description.empty()) description = found.get("description");
  if (description.empty()) description = linked.description;
  return description;
}

}  // namespace tearsheet
