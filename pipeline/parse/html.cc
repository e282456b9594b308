// HTML: guard, tree, meta, body, and what to do where one of them fails.
#include "pipeline/parse/html.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_body.h"
#include "pipeline/parse/html_edges.h"
#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_linked_data.h"
#include "pipeline/parse/html_meta.h"
#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_text.h"

namespace tearsheet {
namespace {

constexpr std::size_t kStandfirstAtMost = 600;
constexpr std::size_t kLittle = 300;  // bytes of prose below which a page is read again, leniently

void append_lines(std::string_view text, Article& article, std::string_view why) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    append_block(article, one_line(text.substr(0, end)), Kind::paragraph, Use::body, why);
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

// The description is a standfirst when it stands on the page, but not in the body that was found.
bool is_standfirst(const std::string& description, const Page& page, const Article& body) {
  const std::string key = squash(description);
  if (key.size() < 40 || description.size() > kStandfirstAtMost) return false;
  const std::string begin = key.substr(0, std::min<std::size_t>(key.size(), 60));
  if (squash(body.text).find(begin) != std::string::npos) return false;
  for (std::uint32_t i = 0; i < page.nodes().size(); ++i) {
    const PageNode& node = page.nodes()[i];
    const bool fits = !node.is_text() && !is_never(node.tag) && node.letters >= key.size() / 2 && node.letters <= key.size() * 2;
    if (fits && squash(page.words(i)).starts_with(begin)) return true;
  }
  return false;
}

void join(Article& article, Article&& body) {
  const auto shift = static_cast<std::uint32_t>(article.text.empty() ? 0 : article.text.size() + 2);
  if (!article.text.empty() && !body.text.empty()) article.text += "\n\n";
  article.text += body.text;
  for (Block& block : body.blocks) {
    block.span.begin += shift;
    block.span.end += shift;
    article.blocks.push_back(std::move(block));
  }
}

}  // namespace

Result<void> parse_html(std::string_view html, Article& article) {
  GuardedPage guarded = guard_html(html);
  LinkedArticle linked = read_linked_data(guarded.linked_data);
  linked.data_published = guarded.data_published;
  if (!guarded.why_no_tree.empty()) {
    article.notes.push_back({"N015", "the page is read as text without a tree: " + guarded.why_no_tree});
    for (const std::string& line : lines_of_html(html)) append_block(article, line, Kind::paragraph);
    return {};
  }
  const Page page(std::move(guarded.html));
  const std::string description = read_page_meta(page, linked, article);
  Article body;
  body.meta.title = article.meta.title;
  std::size_t prose = append_region(page, find_region(page, Strictness::strict), body);
  if (prose < kLittle) {
    Article other;
    other.meta.title = article.meta.title;
    const std::size_t more = append_region(page, find_region(page, Strictness::lenient), other);
    if (more > 2 * prose) {
      body = std::move(other);
      prose = more;
    }
  }
  mark_edges(body, article.meta.byline);
  if (linked.body.size() > 400 && prose * 3 < linked.body.size()) {
    body.text.clear();
    body.blocks.clear();
    append_lines(linked.body, body, "JSON-LD articleBody");
    article.meta.why.emplace_back("body", "JSON-LD articleBody");
  }
  if (!has_use(article, Use::title)) append_block(article, article.meta.title, Kind::title, Use::title, "page title");
  if (is_standfirst(description, page, body))
    append_block(article, description, Kind::paragraph, Use::excerpt, "standfirst");
  else if (!description.empty())
    set(article.meta.extra, "description", description);
  if (body.blocks.empty() && !description.empty())
    append_block(article, description, Kind::paragraph, Use::excerpt, "description");
  join(article, std::move(body));
  return {};
}

}  // namespace tearsheet
