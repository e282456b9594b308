// HTML linked data: schema.org's Article in its many shapes.
#include "pipeline/parse/html_linked_data.h"

#include <algorithm>

#include "base/json.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/entity.h"

namespace tearsheet {
namespace {

constexpr std::size_t kNodesAtMost = 10'000;

std::string clean(std::string_view text) { return one_line(decode_entities(text)); }

std::string text_of(const Tree* value) {
  if (value == nullptr) return {};
  if (value->is_scalar()) return clean(value->scalar);
  if (value->is_list() && !value->items.empty()) return text_of(&value->items.front());
  if (value->is_map())
    for (std::string_view key : {"name", "@value", "url", "@id"})
      if (const Tree* found = value->find(key)) return text_of(found);
  return {};
}

std::vector<std::string> texts_of(const Tree* value, bool split) {
  std::vector<std::string> out;
  if (value == nullptr) return out;
  if (value->is_list()) {
    for (const Tree& item : value->items)
      if (std::string text = text_of(&item); !text.empty()) out.push_back(std::move(text));
    return out;
  }
  std::string text = text_of(value);
  if (!split) {
    if (!text.empty()) out.push_back(std::move(text));
    return out;
  }
  for (std::string_view rest = text; !rest.empty();) {
    const std::size_t comma = std::min(rest.find(','), rest.size());
    if (std::string part = one_line(rest.substr(0, comma)); !part.empty()) out.push_back(std::move(part));
    rest.remove_prefix(std::min(comma + 1, rest.size()));
  }
  return out;
}

bool is_article(const Tree& node) {
  const Tree* type = node.find("@type");
  if (type == nullptr) return false;
  const auto fits = [](std::string_view name) {
    return name.find("Article") != std::string_view::npos || name.find("BlogPosting") != std::string_view::npos ||
           name.ends_with("Report") || name == "LiveBlogPosting";
  };
  if (type->is_scalar()) return fits(type->scalar);
  return std::any_of(type->items.begin(), type->items.end(), [&](const Tree& one) { return fits(one.scalar); });
}

void put(std::string& into, std::string value) {
  if (into.empty()) into = std::move(value);
}

void fill(LinkedArticle& article, const Tree& node) {
  const std::string headline = text_of(node.find("headline"));
  if (article.found && headline != article.headline) return;
  article.found = true;
  put(article.headline, headline.empty() ? text_of(node.find("name")) : headline);
  put(article.description, text_of(node.find("description")));
  if (const Tree* body = node.find("articleBody"); body != nullptr && body->is_scalar())
    put(article.body, decode_entities(body->scalar));
  put(article.published, text_of(node.find("datePublished")));
  put(article.modified, text_of(node.find("dateModified")));
  put(article.section, text_of(node.find("articleSection")));
  put(article.url, text_of(node.find("url")));
  put(article.language, text_of(node.find("inLanguage")));
  put(article.publisher, text_of(node.find("publisher")));
  put(article.free, text_of(node.find("isAccessibleForFree")));
  if (const Tree* image = node.find("image")) {
    const Tree* url = image->is_map() ? image->find("url") : image;
    put(article.image, text_of(url == nullptr ? image : url));
  }
  if (article.authors.empty()) article.authors = texts_of(node.find("author"), false);
  if (article.keywords.empty()) article.keywords = texts_of(node.find("keywords"), true);
}

}  // namespace

LinkedArticle read_linked_data(const std::vector<std::string>& scripts) {
  LinkedArticle article;
  for (const std::string& script : scripts) {
    const auto tree = json::parse_tolerant(script);
    if (!tree) continue;
    std::vector<const Tree*> stack{&*tree};
    for (std::size_t seen = 0; !stack.empty() && seen < kNodesAtMost; ++seen) {
      const Tree* node = stack.back();
      stack.pop_back();
      if (node->is_map() && is_article(*node)) fill(article, *node);
      if (node->is_map()) put(article.page_published, text_of(node->find("datePublished")));
      if (node->is_list())
        for (std::size_t i = node->items.size(); i-- > 0;) stack.push_back(&node->items[i]);
      if (!node->is_map()) continue;
      for (std::string_view key : {"mainEntityOfPage", "mainEntity", "@graph"})
        if (const Tree* inner = node->find(key); inner != nullptr && !inner->is_scalar()) stack.push_back(inner);
    }
  }
  return article;
}

}  // namespace tearsheet
