// Qualifiers: what stands around a value and changes how it is meant: "up to", "a share", "fell by".
#include "extractors/qualifier.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/fold.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMostWords = 8;
constexpr std::size_t kMostBytes = 90;

bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\xA0' || c == '\xC2'; }

bool opens(char c) { return c == '(' || c == '[' || c == '"'; }

/// Drops blanks (NBSP by its two bytes) and opening marks at the end.
std::string_view rtrim(std::string_view text) {
  while (!text.empty()) {
    const bool nbsp = text.size() >= 2 && text.substr(text.size() - 2) == "\u00A0";
    if (nbsp)
      text.remove_suffix(2);
    else if (text.back() == ' ' || text.back() == '\t' || opens(text.back()))
      text.remove_suffix(1);
    else
      break;
  }
  return text;
}

/// The words at the end of `text`, nearest first: words[0] begins the last word, words[1] the last two.
struct Tail {
  std::array<std::size_t, kMostWords> begin{};
  std::size_t count = 0;
};

Tail words_before(std::string_view text) {
  Tail tail;
  std::size_t at = text.size();
  while (at > 0 && tail.count < kMostWords) {
    while (at > 0 && !is_blank(text[at - 1]) && !opens(text[at - 1])) --at;
    tail.begin[tail.count++] = at;
    if (at > 0 && opens(text[at - 1])) break;
    const std::string_view left = rtrim(text.substr(0, at));
    if (left.empty()) break;
    const char last = left.back();
    if (last == ',' || last == ';' || last == ':' || last == '.') break;  // words beyond a stop belong to another clause
    at = left.size();
  }
  return tail;
}

bool is_filler(std::string_view word) {
  for (std::string_view filler :
       {"a",          "an",    "the", "its",  "his",   "her",      "their", "this",     "another",    "further",
        "additional", "extra", "new", "some", "total", "combined", "full",  "whopping", "staggering", "record"}) {
    if (equals_ignoring_case(word, filler)) return true;
  }
  return false;
}

/// Takes the longest phrase of `lexicon` off the end of `left`, or gives null.
const Surface* take_phrase(const Lexicon& lexicon, std::string_view& left) {
  const Tail tail = words_before(left);
  for (std::size_t n = tail.count; n > 0; --n) {
    const Surface* found = lexicon.find(left.substr(tail.begin[n - 1]));
    if (found == nullptr) continue;
    const bool to = found->text.starts_with("to ");  // "up to about": the "to" belongs to what stands before
    left = rtrim(left.substr(0, tail.begin[n - 1] + (to ? 2 : 0)));
    return found;
  }
  return nullptr;
}

std::string_view last_word(std::string_view left) {
  const Tail tail = words_before(left);
  return tail.count == 0 ? std::string_view{} : left.substr(tail.begin[0]);
}

/// "max" and "min" say more than "approx": "up to about $5".
bool says_more(std::string_view now, std::string_view next) { return now.empty() || (now == "approx" && next != "approx"); }

/// "a 31% jump in profit to": after an article or a percentage it is a noun, and what it says belongs to the percentage.
bool is_noun_there(std::string_view left) {
  const std::string_view word = last_word(left);
  return word.find('%') != std::string_view::npos || equals_ignoring_case(word, "a") || equals_ignoring_case(word, "the") ||
         equals_ignoring_case(word, "percent");
}

/// "lifted half-year profit before tax to": the verb before "to", with no figure between.
const Surface* verb_before_to(const Lexicon& change, std::string_view left) {
  for (std::size_t n = 0; n < kMostWords && !left.empty(); ++n) {
    std::string_view rest = left;
    if (const Surface* found = take_phrase(change, rest)) return is_noun_there(rest) ? nullptr : found;
    const Tail tail = words_before(left);
    if (tail.count == 0) return nullptr;
    const std::string_view word = left.substr(tail.begin[0]);
    if (word.find_first_of("0123456789%$,;:") != std::string_view::npos || equals_ignoring_case(word, "percent")) return nullptr;
    if (tail.count == 1) return nullptr;
    left = rtrim(left.substr(0, tail.begin[0]));
  }
  return nullptr;
}

std::string_view change_before(const Lexicon& change, std::string_view left, ValueSort sort) {
  const std::string_view word = last_word(left);
  const Surface* found = nullptr;
  if (equals_ignoring_case(word, "to")) {
    found = verb_before_to(change, rtrim(left.substr(0, left.size() - word.size())));
    return found == nullptr || change.value(*found) == "none" ? std::string_view{} : change.value(*found);
  }
  const bool by = equals_ignoring_case(word, "by") || equals_ignoring_case(word, "um");  // German: "sank um 3 Prozent"
  if (by) left = rtrim(left.substr(0, left.size() - word.size()));
  if (by && sort == ValueSort::share) {
    found = verb_before_to(change, left);
    return found == nullptr || change.value(*found) == "none" ? std::string_view{} : change.value(*found);
  }
  found = take_phrase(change, left);
  if (found == nullptr || change.value(*found) == "none") return {};
  const std::string_view when = change.cell(*found, "when");
  if (when == "not" || (!by && when == "by")) return {};
  if (!by && when == "small" && sort == ValueSort::sum) return {};
  return change.value(*found);
}

/// The longest phrase of `lexicon`, at most four words, at the start of `text`. Takes it off.
const Surface* take_front(const Lexicon& lexicon, std::string_view& text) {
  while (!text.empty() && is_blank(text[0])) text.remove_prefix(1);
  const Surface* best = nullptr;
  std::size_t end = 0, taken = 0;
  for (int n = 0; n < 4 && end < text.size(); ++n) {
    if (n > 0) ++end;
    while (end < text.size() && !is_blank(text[end]) && std::string_view(",;:()[]\"").find(text[end]) == std::string_view::npos)
      ++end;
    std::string_view phrase = text.substr(0, end);
    const Surface* found = lexicon.find(phrase);
    while (found == nullptr && !phrase.empty() && std::string_view(".?!'").find(phrase.back()) != std::string_view::npos) {
      phrase.remove_suffix(1);
      found = lexicon.find(phrase);
    }
    if (found != nullptr) best = found, taken = phrase.size();
    if (end < text.size() && !is_blank(text[end])) break;
  }
  text.remove_prefix(taken);
  return best;
}

/// "per share", "a year", "/MWh", "-a-share", "apiece": the lexicon holds them with their connector. Words such as "daily" count
/// for other nouns.
std::string_view per_after(const Lexicon& units, std::string_view right) {
  if (right.substr(0, 1) == "-" || right.substr(0, 1) == ")" || right.substr(0, 1) == "]") right.remove_prefix(1);
  for (std::string_view between : {" in cash", " for"})  // "96 crowns in cash for each share"
    if (right.substr(0, between.size()) == between && right.substr(between.size(), 1) == " ") right.remove_prefix(between.size());
  std::string slashed;
  if (right.substr(0, 3) == " / ") right = slashed = "/" + std::string(right.substr(3));  // "$260 / year"
  const Surface* unit = take_front(units, right);
  if (unit == nullptr || unit->ambiguous) return {};
  const std::string_view next = trim(right.substr(0, 12));
  for (std::string_view time :
       {"earlier", "ago", "later", "before", "after", "prior", "previous"})  // "$9 million a year earlier"
    if (next.substr(0, time.size()) == time) return {};
  return units.value(*unit);
}

/// "rose above $70", "fell below 75,000 yuan": the amount is a mark that was passed.
bool is_threshold(std::string_view qualifier) {
  return equals_ignoring_case(qualifier, "above") || equals_ignoring_case(qualifier, "below") ||
         equals_ignoring_case(qualifier, "under");
}

/// Words that before an article are about something: "a row over a $50 million loan", "talks about the $5 fee".
bool is_preposition(std::string_view qualifier) {
  for (std::string_view word : {"over", "under", "about", "around", "near", "above", "below", "beyond", "within"})
    if (equals_ignoring_case(qualifier, word)) return true;
  return false;
}

/// "earnings per share came in at 31.2p": the unit stands before the amount. Looks at the last 90 bytes.
bool speaks_of_shares(std::string_view left) {
  if (left.size() > kMostBytes) left.remove_prefix(left.size() - kMostBytes);
  const std::size_t stop = left.rfind(". ");
  if (stop != std::string_view::npos) left.remove_prefix(stop);
  return left.find("per share") != std::string_view::npos || left.find("dividend") != std::string_view::npos;
}

/// "a 12% increase": an article makes the value part of a noun phrase.
bool has_article(std::string_view left) {
  const std::string_view word = last_word(rtrim(left));
  return equals_ignoring_case(word, "a") || equals_ignoring_case(word, "an") || equals_ignoring_case(word, "the") ||
         equals_ignoring_case(word, "its") || equals_ignoring_case(word, "their");
}

/// Takes one word off the front; false at a stop or at the end.
bool drop_word(std::string_view& text) {
  while (!text.empty() && (is_blank(text[0]) || text[0] == '-')) text.remove_prefix(1);
  const std::size_t end = std::min(text.find(' '), text.size());
  if (end == 0 || std::string_view(",.;:()[]").find(text[end - 1]) != std::string_view::npos) return false;
  text.remove_prefix(end);
  return !text.empty();
}

bool is_bound(std::string_view value) { return value == "approx" || value == "max" || value == "min"; }

}  // namespace

Result<Qualifiers> Qualifiers::make(const Rulebook& rules) {
  Qualifiers made;
  made.qualifier_ = rules.lexicon("qualifier");
  made.change_ = rules.lexicon("change");
  made.per_unit_ = rules.lexicon("per_unit");
  if (!made.qualifier_ || !made.change_ || !made.per_unit_) {
    return fail("R007", "the lexicons qualifier, change and per_unit must be declared",
                "the money rules read the words around an amount by them");
  }
  return made;
}

Around Qualifiers::around(std::string_view text, Span line, Span value, ValueSort sort) const {
  Around found;
  const std::size_t from = std::max<std::size_t>(line.begin, value.begin > kMostBytes ? value.begin - kMostBytes : 0);
  std::string_view left = rtrim(text.substr(from, value.begin - from));
  bool skipped = false;
  for (int step = 0; step < 4 && !left.empty(); ++step) {
    if (const Surface* row = take_phrase(*qualifier_, left)) {
      if (qualifier_->value(*row) == "range") return after(text, line, value, sort, found);  // "up from $5": the sum it came from
      if (is_threshold(row->text) && !change_before(*change_, left, ValueSort::small).empty())
        return after(text, line, value, sort, found);
      if (skipped && is_preposition(row->text)) break;  // "a fight over a $50 million loan"
      const std::string_view bound = qualifier_->value(*row);
      const bool here = qualifier_->cell(*row, "side") != "after" && is_bound(bound);
      if (here && says_more(found.modifier, bound)) found.modifier = bound;
      continue;
    }
    const std::string_view word = last_word(left);
    if (!is_filler(word)) break;
    found.change = change_before(*change_, left, sort);  // "an increase of": the filler may belong to it
    if (!found.change.empty()) break;
    left = rtrim(left.substr(0, left.size() - word.size()));
    skipped = true;
  }
  if (found.change.empty()) found.change = change_before(*change_, left, sort);
  return after(text, line, value, sort, found);
}

/// "a 12% increase", "3% higher", "a 5% pay rise": the word that tells the move behind the value. Only behind an article may one
/// or two words stand between.
std::string_view Qualifiers::change_behind(std::string_view left, std::string_view right) const {
  const int most = has_article(left) ? 2 : 0;
  for (int skipped = 0; skipped <= most; ++skipped) {
    std::string_view rest = right;
    if (!rest.empty() && rest[0] == '-') rest.remove_prefix(1);
    if (const Surface* row = take_front(*change_, rest))
      return change_->cell(*row, "behind") == "yes" ? change_->value(*row) : std::string_view{};
    if (!drop_word(right)) return {};
  }
  return {};
}

Around Qualifiers::after(std::string_view text, Span line, Span value, ValueSort sort, Around found) const {
  std::string_view right =
      text.substr(value.end, std::min<std::size_t>(kMostBytes, line.end > value.end ? line.end - value.end : 0));
  std::string_view rest = right;
  if (const Surface* row = take_front(*qualifier_, rest);
      row != nullptr && qualifier_->cell(*row, "side") != "before" && is_bound(qualifier_->value(*row))) {
    if (says_more(found.modifier, qualifier_->value(*row))) found.modifier = qualifier_->value(*row);
    right = rest;
  }
  found.per = per_after(*per_unit_, right);
  if (found.change.empty() && sort == ValueSort::share)
    found.change = change_behind(text.substr(line.begin, value.begin - line.begin), right);
  if (found.per.empty() && sort == ValueSort::small && speaks_of_shares(text.substr(line.begin, value.begin - line.begin)))
    found.per = "share";
  return found;
}

}  // namespace tearsheet
