// Mastheads: what stands around the text and says who, when and what it is.
#include "pipeline/tidy/mastheads.h"

#include <algorithm>
#include <array>
#include <optional>
#include <string>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/tidy/split.h"

namespace tearsheet {
namespace {

constexpr std::size_t kDateAtMost = 120;

bool has_digit(std::string_view words) { return words.find_first_of("0123456789") != std::string_view::npos; }

std::optional<DateText> date_in(std::string_view words) {
  if (words.size() > kDateAtMost || !has_digit(words)) return std::nullopt;
  auto read = read_date_text(words);
  if (!read || read->date.grain < Grain::day) return std::nullopt;  // "2023" alone may be anything
  return read;
}

// "Düsseldorf, 14.03.2024": the place, and the date behind a comma.
struct PlacedDate {
  std::string_view place;
  DateText date;
};
std::optional<PlacedDate> placed_date_in(std::string_view words) {
  if (words.size() > kDateAtMost || !has_digit(words)) return std::nullopt;
  if (words.starts_with("By ")) return std::nullopt;
  for (std::size_t at = words.find(','); at != std::string_view::npos; at = words.find(',', at + 1)) {
    const std::string_view front = trim(words.substr(0, at));
    if (front.empty() || has_digit(front)) return std::nullopt;
    auto date = date_in(trim(words.substr(at + 1)));
    if (!date) continue;
    const std::size_t blanks = static_cast<std::size_t>(std::count(front.begin(), front.end(), ' '));
    std::size_t first = 0;
    if (blanks > 3 || !utf8::is_upper(utf8::next(front, first))) return std::nullopt;
    return PlacedDate{front, *date};
  }
  return std::nullopt;
}

bool is_name(std::string_view part) {
  const auto blanks = std::count(part.begin(), part.end(), ' ');
  std::size_t at = 0;
  if (part.empty() || blanks < 1 || blanks > 4 || has_digit(part) || !utf8::is_upper(utf8::next(part, at))) return false;
  const std::string lower = lower_ascii(part);
  for (std::string_view role : {"staff", "writer", "reporter", "editor", "correspondent", "news", "desk", "agency",
                                "associated press", "bureau", "contributor", "team"})
    if (lower.find(role) != std::string::npos) return false;
  return true;
}

// "By Jane Doe and John Roe, Staff Writers | May 9, 2024" -> names.
std::vector<std::string> names_in(std::string_view words) {
  std::vector<std::string> names;
  const std::string lower = lower_ascii(words);
  std::size_t at = lower.starts_with("by ") || lower.starts_with("von ") || lower.starts_with("par ") || lower.starts_with("por ")
                       ? lower.find(' ') + 1
                       : lower.find(" by ");
  if (at == std::string::npos) return names;
  if (at >= 4 && lower.substr(at, 4) == " by ") at += 4;
  std::string_view rest = words.substr(at);
  rest = rest.substr(0, rest.find_first_of("|;•·("));
  while (!rest.empty()) {
    std::size_t cut = rest.size();
    std::size_t length = 0;
    for (std::string_view part : {" and ", " AND ", " & ", ",", " und ", " et ", " in ", " for ", " - ", " – ", " — "}) {
      const auto found = rest.find(part);
      if (found >= cut) continue;
      cut = found;
      length = part.size();
    }
    const bool ends = length > 0 && (rest.substr(cut, length) == " in " || rest.substr(cut, length) == " for ");
    std::string_view name = trim(rest.substr(0, cut));
    while (!name.empty() && (name.back() == '.' || name.back() == ')')) name.remove_suffix(1);
    if (name.starts_with("and ")) name.remove_prefix(4);
    if (is_name(name)) names.emplace_back(name);
    if (ends) break;
    rest.remove_prefix(cut + length);
  }
  return names;
}

// "Rui Tavares · 27 Feb 2025", where the markup has named the author: nothing else is in the line.
bool is_author_line(const Article& article, std::string_view words) {
  if (article.meta.byline.empty() || words.size() > kDateAtMost) return false;
  std::string rest(words);
  bool any = false;
  for (const std::string& name : article.meta.byline) {
    const auto at = rest.find(name);
    if (name.empty() || at == std::string::npos) continue;
    rest.erase(at, name.size());
    any = true;
  }
  if (!any) return false;
  const auto letter = rest.find_first_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789");
  if (letter == std::string::npos) return true;
  const std::string lower = lower_ascii(trim(rest));
  if (lower == "by" || lower == "and" || lower == "by  and") return true;
  std::string_view date = std::string_view(rest).substr(letter);
  return date_in(trim(date)).has_value();
}

void set_use(Block& block, Use use, std::string_view why) {
  block.use = use;
  block.why = why;
  if (block.kind == Kind::title && use != Use::title) block.kind = Kind::paragraph;
}

bool is_short_open(const Article& article, const Block& block, std::uint32_t at_most) {
  const std::string_view words = words_of(article, block);
  return words.size() <= std::size_t{at_most} * 4 && utf8::count(words) <= at_most && !is_full_stop(last_letter(words));
}

// "Related stories", "Read more:", not "Read more: Vale Raises Guidance".
bool is_pointer_heading(std::string_view words) { return words.size() < 40 && words.find(':') >= words.size() - 1; }

// "Related stories": the short lines below it belong to it, up to the first block of prose.
std::size_t take_along(Article& article, std::size_t heading, const TidyRules::Parts& rules) {
  std::size_t end = heading + 1;
  while (end < article.blocks.size() && article.blocks[end].use == Use::body && article.blocks[end].kind != Kind::heading &&
         is_short_open(article, article.blocks[end], rules.thresholds.tail_line_length))
    ++end;
  // One short line above prose may as well be a heading of the article.
  if (end - heading < 3 && end < article.blocks.size()) return heading + 1;
  for (std::size_t i = heading + 1; i < end; ++i) {
    const MarkRule* own = rules.mark_of(words_of(article, article.blocks[i]), false, true);
    set_use(article.blocks[i], own == nullptr ? Use::related : own->use, own == nullptr ? article.blocks[heading].why : own->id);
  }
  return end;
}

}  // namespace

void mark_by_words(Article& article, const TidyRules::Parts& rules) {
  bool prose_seen = false;
  std::size_t place = 0;  // among the blocks that are neither front matter nor marked by the parser
  for (std::size_t i = 0; i < article.blocks.size(); ++i) {
    Block& block = article.blocks[i];
    if (block.use != Use::body) continue;
    const std::string_view words = words_of(article, block);
    const bool in_head = ++place <= rules.thresholds.head_blocks;
    if (in_head && is_author_line(article, words)) {
      set_use(block, Use::byline, "author line");
      continue;
    }
    if (in_head && date_in(words)) {
      set_use(block, Use::byline, "date line");
      continue;
    }
    if (in_head && !prose_seen)
      if (const auto placed = placed_date_in(words)) {
        set_use(block, Use::byline, "place and date line");
        // One word is a town; two may as well be a person.
        if (article.meta.place.empty() && placed->place.find(' ') == std::string_view::npos) article.meta.place = placed->place;
        continue;
      }
    const MarkRule* mark = rules.mark_of(words, in_head, prose_seen);
    if (mark == nullptr) {
      prose_seen = prose_seen || (words.size() >= 100 && block.kind == Kind::paragraph);
      continue;
    }
    if (block.kind == Kind::title && mark->use == Use::boilerplate) continue;  // "Read more, pay less": a headline
    set_use(block, mark->use, mark->id);
    if (mark->use == Use::byline && article.meta.byline.empty()) {
      article.meta.byline = names_in(words);
      if (!article.meta.byline.empty()) article.meta.why.emplace_back("byline", mark->id);
    }
    if (mark->use == Use::boilerplate && is_pointer_heading(words)) i = take_along(article, i, rules) - 1;
  }
}

void mark_title(Article& article, const TidyRules::Parts&) {
  const std::uint64_t known = key_of(article.meta.title);
  const bool has_title =
      std::any_of(article.blocks.begin(), article.blocks.end(), [](const Block& block) { return block.use == Use::title; });
  std::uint64_t title = 0;
  for (Block& block : article.blocks) {
    if (block.use == Use::title) {
      title = key_of(words_of(article, block));
      if (article.meta.title.empty()) {
        article.meta.title = words_of(article, block);
        article.meta.why.emplace_back("title", block.why);
      }
      break;
    }
    if (has_title || block.use != Use::body) continue;
    const bool is_title = block.kind == Kind::title || (known != 0 && key_of(words_of(article, block)) == known);
    if (!is_title) break;
    set_use(block, Use::title, block.kind == Kind::title ? "first line" : "the title");
    block.kind = Kind::title;
    title = key_of(words_of(article, block));
    if (article.meta.title.empty()) {
      article.meta.title = words_of(article, block);
      article.meta.why.emplace_back("title", "first line");
    }
    break;
  }
  if (title == 0) title = known;
  if (title == 0) return;
  bool first = true;
  for (Block& block : article.blocks) {
    if (block.use == Use::title && first) {
      first = false;
      continue;
    }
    if ((block.use == Use::body || block.use == Use::title || block.use == Use::excerpt) &&
        key_of(words_of(article, block)) == title)
      set_use(block, Use::repeat, "the title again");
  }
}

namespace {

struct Candidate {
  DateText date;
  bool modified = false;
};

// Names of weekdays as they stand in English prose.
constexpr std::array<std::string_view, 7> kWeekdays{"Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"};

// The first weekday in the body: news of one day names that day.
int first_weekday(const Article& article) {
  for (const Block& block : article.blocks) {
    if (block.use != Use::body && block.use != Use::excerpt) continue;
    const std::string_view words = words_of(article, block);
    for (std::size_t at = words.find("day"); at != std::string_view::npos; at = words.find("day", at + 1))
      for (int day = 1; day <= 7; ++day) {
        const std::string_view name = kWeekdays[static_cast<std::size_t>(day - 1)];
        if (at + 3 >= name.size() && words.substr(at + 3 - name.size(), name.size()) == name) return day;
      }
  }
  return 0;
}

bool same_day(const Date& a, const Date& b) { return a.year == b.year && a.month == b.month && a.day == b.day; }
int weekday(const Date& date) { return weekday_of(days_from_civil(date.year, date.month, date.day)); }

// ".../2023/01/06/...": a date of the URL's path.
std::optional<Date> date_of_url(std::string_view url) {
  for (std::size_t at = url.find("/20"); at != std::string_view::npos; at = url.find("/20", at + 1))
    if (auto read = read_date_text(url.substr(at + 1, 10)); read && read->date.grain == Grain::day && !read->other)
      return read->date;
  return std::nullopt;
}

// True, with the date settled, when something proves one of its two readings.
bool settle(DateText& text, const std::vector<Candidate>& all, const Article& article) {
  if (!text.other) return true;
  const auto proved = [&](const Date& date) {
    const bool first = same_day(text.date, date);
    const bool second = same_day(*text.other, date);
    if (first == second) return false;
    if (second) text.date = *text.other;
    text.other.reset();
    return true;
  };
  for (const Candidate& candidate : all)
    if (!candidate.date.other && proved(candidate.date.date)) return true;
  if (const auto date = date_of_url(article.meta.url); date && proved(*date)) return true;
  const int day = first_weekday(article);
  if (day == 0) return false;
  const bool first = weekday(text.date) == day;
  const bool second = weekday(*text.other) == day;
  if (first == second) return false;
  return proved(first ? text.date : *text.other);
}

}  // namespace

void settle_published(Article& article) {
  std::vector<Candidate> all;
  for (const Block& block : article.blocks) {
    if (block.use != Use::byline) continue;
    const std::string_view words = words_of(article, block);
    auto date = date_in(words);
    if (!date)
      if (const auto placed = placed_date_in(words)) date = placed->date;
    if (!date) {  // "By Jane Doe | May 9, 2024"
      const auto bar = words.find_last_of("|•·");
      if (bar != std::string_view::npos) date = date_in(trim(words.substr(bar + 1)));
    }
    if (!date) continue;
    const std::string head = lower_ascii(words.substr(0, 16));
    all.push_back({*date, head.starts_with("updated") || head.starts_with("last updated") || head.starts_with("modified") ||
                              head.starts_with("last modified")});
  }
  Meta& meta = article.meta;
  const bool by_hint =
      std::find(meta.why.begin(), meta.why.end(), std::pair<std::string, std::string>("published", "hint")) != meta.why.end();
  std::optional<Date> published, modified;
  for (Candidate& candidate : all) {
    if (!settle(candidate.date, all, article)) continue;
    std::optional<Date>& into = candidate.modified ? modified : published;
    const Date& date = candidate.date.date;
    if (!into || (same_day(*into, date) && date.grain > into->grain)) into = date;
  }
  if (!published && modified) std::swap(published, modified);
  if (published && (!meta.published || by_hint)) {
    meta.published = published;
    std::erase_if(meta.why, [](const auto& why) { return why.first == "published"; });
    meta.why.emplace_back("published", "date line");
  }
  if (modified && !meta.modified) meta.modified = modified;
  if (!meta.published)
    if (const auto date = date_of_url(meta.url)) {
      meta.published = date;
      meta.why.emplace_back("published", "url");
    }
}

}  // namespace tearsheet
