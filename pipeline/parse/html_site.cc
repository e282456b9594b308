// HTML site: selectors first, then the rooms of the generic reading.
#include "pipeline/parse/html_site.h"

#include <algorithm>
#include <set>

#include "base/date_text.h"
#include "base/hash.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/front_matter.h"
#include "pipeline/parse/html_body.h"
#include "pipeline/parse/html_date_search.h"

namespace tearsheet {
namespace {

std::set<std::uint64_t> paragraphs(const Article& article) {
  std::set<std::uint64_t> out;
  for (const Block& block : article.blocks)
    if (block.use == Use::body) out.insert(hash::xxh3(block.span.of(article.text)));
  return out;
}

std::optional<Date> date_of(const std::string& text) {
  std::optional<DateText> read = read_date_text(text);
  if (!read)
    if (const auto found = find_date(text)) read = found->date;
  if (!read || read->other || read->date.grain < Grain::day) return std::nullopt;
  return read->date;
}

}  // namespace

void read_site_meta(const Page& page, const SiteRule& rule, Meta& meta) {
  const std::string source = "sites.yaml " + rule.id;
  if (std::string title = select_text(page, rule.title); meta.title.empty() && !title.empty()) {
    meta.title = std::move(title);
    meta.why.emplace_back("title", source);
  }
  if (const auto date = date_of(select_text(page, rule.date)); !meta.published && date) {
    meta.published = date;
    meta.why.emplace_back("published", source);
  }
  if (!meta.byline.empty()) return;
  for (const Selector& selector : rule.authors) {
    for (const std::uint32_t index : select(page, selector)) {
      const std::string text = selector.attribute.empty()
                                   ? page.words(index)
                                   : one_line(page.attribute(page.nodes()[index], selector.attribute.c_str()));
      for (std::string& name : split_names(text))
        if (std::find(meta.byline.begin(), meta.byline.end(), name) == meta.byline.end()) meta.byline.push_back(std::move(name));
    }
    if (meta.byline.empty()) continue;
    meta.why.emplace_back("byline", source);
    return;
  }
}

std::size_t append_site_body(const Page& page, const SiteRule& rule, Region region, Article& article) {
  for (const Selector& selector : rule.drop)
    for (const std::uint32_t index : select(page, selector))
      std::fill(region.dropped.begin() + index, region.dropped.begin() + page.nodes()[index].end, std::uint8_t{1});
  std::size_t prose = 0;
  for (const Selector& selector : rule.body) {
    std::uint32_t done = 0;
    for (const std::uint32_t index : select(page, selector)) {
      if (index < done || region.dropped[index] != 0) continue;  // inside one that was taken, or dropped
      region.root = index;
      prose += append_region(page, region, article);
      done = page.nodes()[index].end;
    }
    if (prose > 0) break;
  }
  return prose;
}

double agreement(const Article& a, const Article& b) {
  const auto first = paragraphs(a), second = paragraphs(b);
  const std::size_t least = std::min(first.size(), second.size());
  if (least == 0) return first.size() == second.size() ? 1 : 0;
  const auto common = std::count_if(first.begin(), first.end(), [&](std::uint64_t key) { return second.count(key) != 0; });
  return static_cast<double>(common) / static_cast<double>(least);
}

}  // namespace tearsheet
