// HTML meta: title, dates and authors by their rooms; the rest by the first source that has it.
#include "pipeline/parse/html_meta.h"

#include <algorithm>
#include <utility>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_authors.h"
#include "pipeline/parse/html_dates.h"
#include "pipeline/parse/html_head.h"
#include "pipeline/parse/html_title.h"

namespace tearsheet {
namespace {

void put(Meta& meta, std::string& into, std::string_view value, std::string_view name, std::string_view source) {
  if (!into.empty() || trim(value).empty()) return;
  into = one_line(value);
  meta.why.emplace_back(name, source);
}

// "/a", "//host/a", "a" against <base> or the page's own address; "" where neither says a host.
std::string absolute(std::string_view address, const PageHead& head, std::string_view uri) {
  if (address.empty() || address.starts_with("http://") || address.starts_with("https://")) return std::string(address);
  const std::string_view base = head.base.starts_with("http") ? std::string_view(head.base) : uri;
  const auto scheme = base.find("://");
  if (scheme == std::string_view::npos || address.find(':') < address.find('/')) return {};
  if (address.starts_with("//")) return std::string(base.substr(0, scheme + 1)) + std::string(address);
  const auto path = std::min(base.find('/', scheme + 3), base.size());
  if (address.starts_with('/')) return std::string(base.substr(0, path)) + std::string(address);
  const std::string_view plain = base.substr(0, base.find_first_of("?#"));
  const auto last = plain.rfind('/');
  return std::string(last > path ? plain.substr(0, last) : base.substr(0, path)) + "/" + std::string(address);
}

void put_topics(const PageHead& head, const LinkedArticle& linked, Meta& meta) {
  if (!meta.topics.empty()) return;
  meta.topics = linked.keywords;
  if (meta.topics.empty())
    if (const auto tags = head.meta.find("article:tag"); tags != head.meta.end()) meta.topics = tags->second;
  if (meta.topics.empty())
    for (std::string_view rest = head.get("keywords"); !rest.empty();) {
      const std::size_t comma = std::min(rest.find(','), rest.size());
      if (std::string part = one_line(rest.substr(0, comma)); !part.empty()) meta.topics.push_back(std::move(part));
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
}

}  // namespace

PageMeta read_page_meta(const Page& page, const LinkedArticle& linked, Article& article) {
  const PageHead head = read_head(page);
  Meta& meta = article.meta;
  put(meta, meta.publisher, linked.publisher, "publisher", "JSON-LD publisher");
  put(meta, meta.publisher, head.get("og:site_name"), "publisher", "og:site_name");
  put(meta, meta.publisher, head.get("application-name"), "publisher", "application-name");
  std::vector<std::string> names;
  for (std::string_view name : {std::string_view(meta.publisher), std::string_view(linked.publisher), head.get("og:site_name"),
                                head.get("application-name")})
    if (!name.empty()) names.emplace_back(name);
  const std::uint32_t headline = read_page_title(head, linked, names, meta);
  std::string_view url = article.origin.uri;
  if (url.empty()) url = head.canonical.empty() ? head.get("og:url") : head.canonical;
  read_page_dates(head, linked, headline, url, meta);
  read_page_authors(head, linked, headline, names, meta);
  put_topics(head, linked, meta);
  put(meta, meta.url, absolute(head.canonical, head, article.origin.uri), "url", "canonical");
  put(meta, meta.url, absolute(head.get("og:url"), head, article.origin.uri), "url", "og:url");
  std::string language = head.language.empty() ? linked.language : head.language;
  if (language.empty()) language = head.get("og:locale");
  std::replace(language.begin(), language.end(), '_', '-');
  if (language.size() <= 35) put(meta, meta.language, language, "language", "declared");
  put(meta, meta.section, linked.section, "section", "JSON-LD articleSection");
  put(meta, meta.section, head.get("article:section"), "section", "article:section");
  put(meta, meta.image, absolute(head.get("og:image"), head, article.origin.uri), "image", "og:image");
  put(meta, meta.image, linked.image, "image", "JSON-LD image");
  if (!meta.paywall && !linked.free.empty()) meta.paywall = linked.free == "false" || linked.free == "False";
  std::string description(head.get("og:description"));
  if (description.empty()) description = head.get("description");
  if (description.empty()) description = linked.description;
  return {std::move(description), headline};
}

}  // namespace tearsheet
