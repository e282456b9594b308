// Front keys: one table.
#include "pipeline/parse/front_keys.h"

#include <iterator>

#include "base/fold.h"

namespace tearsheet {
namespace {

struct Key {
  std::string_view name;  // lower case, without '_', '-', ' ', ':'
  Role role;
};
// Within a role the first that can be read wins.
constexpr Key kKeys[] = {
    {"title", Role::title},
    {"headline", Role::title},
    {"ogtitle", Role::title},
    {"name", Role::title},
    {"subtitle", Role::subtitle},
    {"subheadline", Role::subtitle},
    {"subhead", Role::subtitle},
    {"deck", Role::subtitle},
    {"dek", Role::subtitle},
    {"excerpt", Role::excerpt},
    {"standfirst", Role::excerpt},
    {"lead", Role::excerpt},
    {"lede", Role::excerpt},
    {"summary", Role::excerpt},
    {"abstract", Role::excerpt},
    {"description", Role::excerpt},
    {"teaser", Role::excerpt},
    {"ogdescription", Role::excerpt},
    {"publisheddatetime", Role::published},
    {"publishedat", Role::published},
    {"datepublished", Role::published},
    {"publishedtime", Role::published},
    {"publishedon", Role::published},
    {"publisheddate", Role::published},
    {"publicationdate", Role::published},
    {"publishdate", Role::published},
    {"pubdate", Role::published},
    {"published", Role::published},
    {"firstpublished", Role::published},
    {"date", Role::published},
    {"datetime", Role::published},
    {"issued", Role::published},
    {"created", Role::published},
    {"createdat", Role::published},
    {"datecreated", Role::published},
    {"timestamp", Role::published},
    {"time", Role::published},
    {"modified", Role::modified},
    {"modifiedat", Role::modified},
    {"datemodified", Role::modified},
    {"modifieddatetime", Role::modified},
    {"updated", Role::modified},
    {"updatedat", Role::modified},
    {"updateddatetime", Role::modified},
    {"lastmod", Role::modified},
    {"lastmodified", Role::modified},
    {"lastupdated", Role::modified},
    {"author", Role::author},
    {"authors", Role::author},
    {"byline", Role::author},
    {"creator", Role::author},
    {"creators", Role::author},
    {"writer", Role::author},
    {"writers", Role::author},
    {"reporter", Role::author},
    {"provider", Role::publisher},
    {"publisher", Role::publisher},
    {"publication", Role::publisher},
    {"source", Role::publisher},
    {"site", Role::publisher},
    {"sitename", Role::publisher},
    {"website", Role::publisher},
    {"outlet", Role::publisher},
    {"domain", Role::domain},
    {"hostname", Role::domain},
    {"host", Role::domain},
    {"canonical", Role::url},
    {"canonicalurl", Role::url},
    {"url", Role::url},
    {"weburl", Role::url},
    {"originalurl", Role::url},
    {"permalink", Role::url},
    {"link", Role::url},
    {"sourceurl", Role::url},
    {"articleurl", Role::url},
    {"uri", Role::url},
    {"language", Role::language},
    {"lang", Role::language},
    {"inlanguage", Role::language},
    {"locale", Role::language},
    {"topics", Role::topics},
    {"tags", Role::topics},
    {"keywords", Role::topics},
    {"categories", Role::topics},
    {"topic", Role::topics},
    {"tag", Role::topics},
    {"section", Role::section},
    {"category", Role::section},
    {"articlesection", Role::section},
    {"rubric", Role::section},
    {"image", Role::image},
    {"images", Role::image},
    {"thumbnail", Role::image},
    {"cover", Role::image},
    {"coverimage", Role::image},
    {"featuredimage", Role::image},
    {"ogimage", Role::image},
    {"thumbnailurl", Role::image},
    {"imageurl", Role::image},
    {"place", Role::place},
    {"dateline", Role::place},
    {"location", Role::place},
    {"related", Role::related},
    {"relatedarticles", Role::related},
    {"seealso", Role::related},
    {"relatedposts", Role::related},
    {"relatedstories", Role::related},
    {"content", Role::body},
    {"body", Role::body},
    {"articlebody", Role::body},
    {"text", Role::body},
    {"fulltext", Role::body},
    {"paywall", Role::paywall},
    {"ispaywalled", Role::paywall},
    {"paywalled", Role::paywall},
};

}  // namespace

std::string plain_key(std::string_view key) {
  std::string out;
  for (char c : key)
    if (c != '_' && c != '-' && c != ' ' && c != ':' && c != '.') out.push_back(c);
  return lower_ascii(out);
}

std::optional<std::size_t> rank_of(std::string_view key) {
  const std::string name = plain_key(key);
  for (std::size_t i = 0; i < std::size(kKeys); ++i)
    if (kKeys[i].name == name) return i;
  return std::nullopt;
}

Role role_of(std::size_t rank) { return kKeys[rank].role; }

}  // namespace tearsheet
