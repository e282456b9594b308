// Tails: from the last block upwards, as long as they look like headlines.
#include "pipeline/tidy/tails.h"

#include <algorithm>
#include <vector>

#include "base/utf8.h"
#include "pipeline/tidy/split.h"

namespace tearsheet {
namespace {

constexpr std::size_t kProse = 100;    // bytes of the paragraph that must stand above
constexpr std::size_t kShortest = 16;  // bytes; a headline has some words

// A stop inside, behind a small letter: "rose. Sales", not "U.S. Stock".
bool has_sentence_end(std::string_view words) {
  for (std::size_t at = words.find(". "); at != std::string_view::npos; at = words.find(". ", at + 1))
    if (at >= 2 && words[at - 1] >= 'a' && words[at - 1] <= 'z' && words[at - 2] >= 'a' && words[at - 2] <= 'z') return true;
  return false;
}

bool is_headline(const Article& article, const Block& block, std::uint32_t at_most) {
  if (block.use != Use::body || block.kind == Kind::cell || block.kind == Kind::quote) return false;
  const std::string_view words = words_of(article, block);
  if (words.size() < kShortest || words.size() > std::size_t{at_most} * 4 || utf8::count(words) > at_most) return false;
  const char32_t last = last_letter(words);
  return last != '.' && last != U'。' && last != U'…' && last != ':' && last != ';' && last != ',' && !has_sentence_end(words);
}

// Blank lines between two blocks.
std::size_t gap_before(const Article& article, std::size_t index) {
  if (index == 0) return 0;
  const std::uint32_t from = article.blocks[index - 1].span.end;
  const std::string_view between = std::string_view(article.text).substr(from, article.blocks[index].span.begin - from);
  const auto breaks = std::count(between.begin(), between.end(), '\n');
  return breaks == 0 ? 0 : static_cast<std::size_t>(breaks - 1);
}

}  // namespace

std::optional<std::uint32_t> title_case_of(std::string_view words) {
  std::uint32_t longer = 0, capital = 0, cased = 0, length = 0;
  bool starts_upper = false;
  const auto close = [&] {
    if (length >= 4) {
      ++longer;
      capital += starts_upper;
    }
    length = 0;
  };
  for (std::size_t at = 0; at < words.size();) {
    const char32_t c = utf8::next(words, at);
    if (!utf8::is_letter(c) && !utf8::is_digit(c) && c != '\'' && c != U'’') {
      close();
      continue;
    }
    if (length++ == 0) starts_upper = utf8::is_upper(c) || utf8::is_digit(c);
    cased += utf8::is_upper(c) || utf8::is_lower(c);
  }
  close();
  if (cased == 0 || longer < 2) return std::nullopt;
  return capital * 100 / longer;
}

void mark_tails(Article& article, const TidyRules::Parts& rules) {
  const Thresholds& limits = rules.thresholds;
  std::vector<Block>& blocks = article.blocks;
  std::vector<std::size_t> run;  // from the last upwards
  std::size_t end = blocks.size();
  for (std::size_t i = blocks.size(); i-- > 0;) {
    const Block& block = blocks[i];
    if (block.use == Use::boilerplate || block.use == Use::related || block.use == Use::repeat) continue;
    if (!is_headline(article, block, limits.tail_line_length)) break;
    run.push_back(i);
    end = i;
  }
  // What the run must look like, or how far off it must stand.
  while (run.size() >= limits.tail_lines) {
    std::size_t in_case = 0;
    for (const std::size_t i : run) in_case += title_case_of(words_of(article, blocks[i])).value_or(0) >= limits.title_case;
    const bool apart = gap_before(article, end) >= 2;
    const bool prose_above = std::any_of(
        blocks.begin(), blocks.begin() + static_cast<std::ptrdiff_t>(end),
        [&](const Block& block) { return (block.use == Use::body || block.use == Use::excerpt) && block.span.size() >= kProse; });
    if (!prose_above) return;
    if (in_case * 10 >= run.size() * 7 || (apart && (in_case * 10 >= run.size() * 3 || run.size() >= 5))) break;
    // The uppermost line may be the article's own last one.
    run.pop_back();
    if (!run.empty()) end = run.back();
  }
  if (run.size() < limits.tail_lines) return;
  for (const std::size_t i : run) {
    blocks[i].use = Use::boilerplate;
    blocks[i].why = "headline tail";
  }
}

}  // namespace tearsheet
