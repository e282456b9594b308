// HTML: guard, tree, meta, body, and what to do where one of them fails.
#include "pipeline/parse/html.h"

#include <algorithm>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_body.h"
#include "pipeline/parse/html_edges.h"
#include "pipeline/parse/html_guard.h"
#include "pipeline/parse/html_linked_data.h"
#include "pipeline/parse/html_meta.h"
#include "pipeline/parse/html_page.h"
#include "pipeline/parse/html_shapes.h"
#include "pipeline/parse/html_site.h"
#include "pipeline/parse/html_text.h"

namespace tearsheet {
namespace {

constexpr std::size_t kStandfirstAtMost = 600;
constexpr std::size_t kLittle = 300;    // letters of prose below which a page is read again, leniently
constexpr std::size_t kDataFrom = 400;  // bytes of an articleBody that says something
constexpr double kPlenty = 800;         // letters of prose that surely are an article
constexpr double kUncertain = 0.3;
constexpr double kDrift = 0.5;                 // share of paragraphs that a site's rule and the generic reading have in common
constexpr std::size_t kHead = 64u << 10;       // bytes in which the canonical address stands
constexpr std::size_t kTextAtMost = 4u << 20;  // of a page without a tree

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

// The text of a page that no tree is built of: what stands between its tags, up to a size.
void read_without_tree(std::string_view html, std::string_view why, Article& article) {
  article.notes.push_back({"N015", "the page is read as text without a tree: " + std::string(why)});
  bool whole = true;
  for (const std::string& line : lines_of_html(html, kTextAtMost, whole)) append_block(article, line, Kind::paragraph);
  if (!whole) article.notes.push_back({"N017", fmt::format("the page's text is cut at {} MB", kTextAtMost >> 20)});
}

struct Body {
  Article article;
  std::size_t prose = 0;
  std::string_view how;
};

Body read_body(const Page& page, const std::string& title, std::uint32_t headline, Strictness strictness, std::string_view how) {
  Body body;
  body.article.meta.title = title;
  const Region region = find_region(page, strictness);
  append_lead(page, region, headline, body.article);
  body.prose = append_region(page, region, body.article);
  body.how = how;
  return body;
}

Body body_of_data(const std::string& text) {
  Body body;
  append_lines(text, body.article, "JSON-LD articleBody");
  body.prose = text.size();
  body.how = "JSON-LD articleBody";
  return body;
}

// The page's own blocks; read leniently where hardly any prose came out; the data's text where that is three times as much.
Body choose_body(const Page& page, const LinkedArticle& linked, const std::string& title, std::uint32_t headline) {
  Body body = read_body(page, title, headline, Strictness::strict, "article region");
  if (body.prose < kLittle) {
    Body other = read_body(page, title, headline, Strictness::lenient, "article region, names not regarded");
    if (other.prose > 2 * body.prose) body = std::move(other);
  }
  if (linked.body.size() > kDataFrom && body.prose * 3 < linked.body.size()) return body_of_data(linked.body);
  return body;
}

// How sure it is that the body is the article: prose is plenty, a headline is there, the data's own text is about as long.
double confidence_of(const Body& body, const LinkedArticle& linked, const Article& article) {
  double sure = std::min(1.0, static_cast<double>(body.prose) / kPlenty) * 0.6;
  if (!article.meta.title.empty()) sure += 0.2;
  if (linked.body.size() > kDataFrom) {
    const double ratio = static_cast<double>(body.prose) / static_cast<double>(linked.body.size());
    sure += ratio > 0.6 && ratio < 1.4 ? 0.2 : -0.1;
  } else if (linked.found) {
    sure += 0.1;
  }
  return std::clamp(sure, 0.0, 1.0);
}

void note_choice(const Body& body, double confidence, Article& article) {
  article.meta.why.emplace_back("body", fmt::format("{}, confidence {:.2f}", body.how, confidence));
  if (confidence < kUncertain)
    article.notes.push_back(
        {"N018", fmt::format("the page may hold no article: {} letters of running text were found (confidence "
                             "{:.2f})",
                             body.prose, confidence)});
}

// The host of an address, or of the canonical one that stands in the page's head.
std::string_view host_of(std::string_view url, std::string_view html) {
  if (url.empty()) {
    const auto canonical = html.substr(0, kHead).find("canonical");
    if (canonical == std::string_view::npos) return {};
    const auto from = html.rfind('<', canonical);
    const std::string_view tag = html.substr(from == std::string_view::npos ? 0 : from, 1000);
    const auto address = tag.substr(0, tag.find('>')).find("http");
    if (address == std::string_view::npos) return {};
    url = tag.substr(address);
  }
  const auto scheme = url.find("://");
  if (scheme == std::string_view::npos) return {};
  url.remove_prefix(scheme + 3);
  return url.substr(0, url.find_first_of("/?#:\"'> "));
}

// The site's own rule, where it hits; what drifts is said.
void take_site_body(const Page& page, const SiteRule& site, Article& article, Body& generic) {
  Body body;
  body.article.meta.title = article.meta.title;
  body.prose = append_site_body(page, site, find_region(page, Strictness::lenient), body.article);
  if (body.prose == 0) {
    if (!site.body.empty())
      article.notes.push_back(
          {"N019", fmt::format("the rule {} of sites.yaml finds no body on this page; read without it", site.id)});
    return;
  }
  const double agrees = agreement(body.article, generic.article);
  if (agrees < kDrift)
    article.notes.push_back(
        {"N019", fmt::format("the rule {} of sites.yaml and the page's own shape agree on {:.0f} % of the text; "
                             "has the site changed?",
                             site.id, agrees * 100)});
  body.how = "sites.yaml";
  generic = std::move(body);
}

void put_around(const std::string& description, const Page& page, const Body& body, Article& article) {
  if (!has_use(article, Use::title)) append_block(article, article.meta.title, Kind::title, Use::title, "page title");
  const bool alone = body.article.blocks.empty();
  if (is_standfirst(description, page, body.article))
    append_block(article, description, Kind::paragraph, Use::excerpt, "standfirst");
  else if (alone)
    append_block(article, description, Kind::paragraph, Use::excerpt, "description");
  else if (!description.empty())
    set(article.meta.extra, "description", description);
}

}  // namespace

Result<void> parse_html(std::string_view html, Article& article, const SiteRules* sites) {
  if (const auto source = source_shown(html)) return parse_html(*source, article, sites);
  const SiteRule* site = sites == nullptr ? nullptr : sites->rule_for(host_of(article.origin.uri, html));
  GuardedPage guarded = guard_html(html, site != nullptr);
  if (!guarded.unclosed.empty())
    article.notes.push_back(
        {"N016", fmt::format("the page ends inside a <{}>; what follows its start was not read", guarded.unclosed)});
  if (!guarded.why_no_tree.empty()) {
    read_without_tree(html, guarded.why_no_tree, article);
    return {};
  }
  LinkedArticle linked = read_linked_data(guarded.linked_data);
  linked.data_published = std::move(guarded.data_published);
  const Page page(std::move(guarded.html));
  if (site != nullptr) read_site_meta(page, *site, article.meta);
  const PageMeta meta = read_page_meta(page, linked, article);
  Body body = choose_body(page, linked, article.meta.title, meta.headline);
  if (site != nullptr) take_site_body(page, *site, article, body);
  mark_edges(body.article, article.meta.byline);
  note_choice(body, confidence_of(body, linked, article), article);
  put_around(meta.description, page, body, article);
  join(article, std::move(body.article));
  if (!article.blocks.empty()) return {};
  NothingToRead nothing = why_nothing(html);
  return fail("I005", "nothing to read: " + nothing.what, std::move(nothing.help));
}

}  // namespace tearsheet
