// Datelines: patterns of rules/tidy.yaml on the head of the first paragraphs.
#include "pipeline/tidy/datelines.h"

#include <algorithm>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/tidy/split.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLook = 120;      // bytes: no dateline is longer
constexpr std::size_t kParagraphs = 3;  // a dateline stands in the first of them; an excerpt and a lead may come before
constexpr std::size_t kProse = 60;

struct Found {
  Span span, place;
  std::optional<Span> date;
  const DatelineRule* rule = nullptr;
};

// Most first paragraphs hold no dateline: a capital first, and a dash or a colon behind it.
bool may_hold_dateline(std::string_view head) {
  std::size_t at = 0;
  return utf8::is_upper(utf8::next(head, at)) &&
         (head.find(": ") != std::string_view::npos || head.find("- ") != std::string_view::npos ||
          head.find("\xE2\x80") != std::string_view::npos);
}

std::optional<Found> dateline_in(std::string_view words, const TidyRules::Parts& rules) {
  const std::string_view head = words.substr(0, utf8::floor_boundary(words, std::min(words.size(), kLook)));
  if (!may_hold_dateline(head)) return std::nullopt;
  const Span window{0, static_cast<std::uint32_t>(head.size())};
  Pattern::Match match;
  for (const DatelineRule& rule : rules.datelines) {
    if (rule.unless && rule.unless->find(head, window, Pattern::At::start, match)) continue;
    if (!rule.pattern->find(head, window, Pattern::At::start, match)) continue;
    Found found{match.span, *match.groups[static_cast<std::size_t>(rule.place)], std::nullopt, &rule};
    if (rule.date >= 0) found.date = match.groups[static_cast<std::size_t>(rule.date)];
    return found;
  }
  return std::nullopt;
}

}  // namespace

void split_datelines(Article& article, const TidyRules::Parts& rules) {
  std::size_t seen = 0;
  for (std::size_t i = 0; i < article.blocks.size() && seen < kParagraphs; ++i) {
    const Block& block = article.blocks[i];
    if ((block.use != Use::body && block.use != Use::excerpt) || block.kind != Kind::paragraph) continue;
    const std::string_view words = words_of(article, block);
    if (words.size() < kProse) continue;
    ++seen;
    const auto found = dateline_in(words, rules);
    if (!found) continue;
    const std::string place(found->place.of(words));
    const std::string date(found->date ? found->date->of(words) : std::string_view());
    const std::uint32_t begin = block.span.begin;
    if (!split_block(article, i, begin + found->span.end)) continue;
    article.blocks[i].use = Use::dateline;
    article.blocks[i].why = found->rule->id;
    if (article.meta.place.empty()) {
      article.meta.place = place;
      article.meta.why.emplace_back("place", found->rule->id);
    }
    if (!article.meta.published && !date.empty())
      if (const auto read = read_date_text(date); read && !read->other && read->date.grain >= Grain::day)
        article.meta.published = read->date;
    ++i;
  }
}

}  // namespace tearsheet
