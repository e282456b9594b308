// Condition: near, preceded_by, followed_by, inside: guards that look around one hit.
#include "extractors/condition.h"

#include <algorithm>

#include "base/utf8.h"
#include "extractors/gazetteer.h"
#include "extractors/lexicon.h"
#include "extractors/pattern.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kReach = 400;          // bytes that a window of words may span to each side
constexpr std::uint32_t kParagraph = 16 << 10;  // bytes of a paragraph to each side: a page may be one paragraph

/// What may stand between a hit and the words that belong to it: blanks, hyphens, quotes, brackets that open.
bool is_gap(char32_t c) {
  return utf8::is_space(c) || c == U'-' || (c >= U'\u2010' && c <= U'\u2015') || c == U'"' || c == U'\'' || (c >= U'\u2018' && c <= U'\u201F') ||
         c == U'(' || c == U'[' || c == U'\u00AB' || c == U'\u00BB';
}

/// `count` words to the right of `at`, and the gap behind them; stops at `limit`.
std::uint32_t words_right(std::string_view text, std::uint32_t at, std::uint32_t limit, std::uint32_t count) {
  std::size_t i = at;
  for (std::uint32_t words = 0; i < limit;) {
    std::size_t next = i;
    const bool blank = utf8::is_space(utf8::next(text, next));
    if (!blank) {
      if (words == count) break;
      bool is_word = false;
      while (i < limit) {
        std::size_t after = i;
        const char32_t c = utf8::next(text, after);
        if (utf8::is_space(c)) break;
        is_word = is_word || utf8::is_word(c);
        i = after;
      }
      words += is_word ? 1 : 0;
    } else {
      i = next;
    }
  }
  return static_cast<std::uint32_t>(std::min<std::size_t>(i, limit));
}

std::uint32_t words_left(std::string_view text, std::uint32_t at, std::uint32_t limit, std::uint32_t count) {
  std::size_t i = at;
  for (std::uint32_t words = 0; i > limit;) {
    std::size_t before = i;
    const bool blank = utf8::is_space(utf8::previous(text, before));
    if (!blank) {
      if (words == count) break;
      bool is_word = false;
      while (i > limit) {
        std::size_t first = i;
        const char32_t c = utf8::previous(text, first);
        if (utf8::is_space(c)) break;
        is_word = is_word || utf8::is_word(c);
        i = first;
      }
      words += is_word ? 1 : 0;
    } else {
      i = before;
    }
  }
  return static_cast<std::uint32_t>(std::max<std::size_t>(i, limit));
}

class Checker {
 public:
  Checker(const Condition& condition, Span span, Surroundings& around)
      : condition_(condition), span_(span), around_(around), document_(around.document), text_(around.document.text) {}

  bool passes(const Test& test, Held& held) const {
    switch (test.where) {
      case Test::Where::inside: return inside(test.inside);
      case Test::Where::near: return near(test, held);
      case Test::Where::preceded_by:
        return condition_.scope <= Condition::Scope::words ? preceded(test, held) : search(test, {window().begin, span_.begin}, held);
      case Test::Where::followed_by:
        return condition_.scope <= Condition::Scope::words ? followed(test, held) : search(test, {span_.end, window().end}, held);
    }
    return false;
  }

 private:
  bool inside(const std::string& what) const {
    if (what == "url") return document_.inside_url(span_);
    if (what == "quote") return document_.inside_quote(span_);
    if (what == "bracket") return document_.inside_bracket(span_);
    if (what == "heading") {
      const auto block = block_at(document_.article->blocks, span_.begin);
      return block && (document_.article->blocks[*block].kind == Kind::heading || document_.article->blocks[*block].kind == Kind::title);
    }
    return to_string(document_.use_of(span_.begin)) == what;
  }

  /// The window that the scope gives, with the hit in it.
  Span window() const {
    switch (condition_.scope) {
      case Condition::Scope::sentence: return document_.sentence_of(span_.begin);
      case Condition::Scope::paragraph: return around_hit(document_.paragraph_of(span_.begin), kParagraph);
      case Condition::Scope::article: return {0, static_cast<std::uint32_t>(text_.size())};
      case Condition::Scope::touching:
      case Condition::Scope::words: break;
    }
    return around_hit(document_.line_of(span_.begin), kReach);
  }

  /// Past signs: the comma of "chip, one two 7" is not between words.
  std::uint32_t signs_left(std::size_t at, std::uint32_t limit) const {
    for (std::size_t before = at; before > limit; at = before) {
      if (utf8::is_word(utf8::previous(text_, before))) break;
    }
    return static_cast<std::uint32_t>(at);
  }
  std::uint32_t signs_right(std::size_t at, std::uint32_t limit) const {
    for (std::size_t next = at; next < limit; at = next) {
      if (utf8::is_word(utf8::next(text_, next))) break;
    }
    return static_cast<std::uint32_t>(at);
  }

  /// `whole`, at most `reach` bytes to each side of the hit.
  Span around_hit(Span whole, std::uint32_t reach) const {
    const std::uint32_t left = span_.begin > reach ? span_.begin - reach : 0;
    const std::size_t right = utf8::floor_boundary(text_, std::min<std::size_t>(text_.size(), std::size_t{span_.end} + reach));
    return {std::max(whole.begin, static_cast<std::uint32_t>(utf8::floor_boundary(text_, left))), std::min(whole.end, static_cast<std::uint32_t>(right))};
  }

  bool near(const Test& test, Held& held) const {
    const Span all = window();
    if (!test.entity.empty()) return entity_within(test, all);
    if (condition_.scope == Condition::Scope::article) return anywhere(test, all, held);
    const Span left{all.begin, std::max(all.begin, span_.begin)};
    const Span right{std::min(span_.end, all.end), all.end};
    if (condition_.scope > Condition::Scope::words) return search(test, left, held) || search(test, right, held);
    const std::uint32_t least = signs_left(words_left(text_, span_.begin, all.begin, condition_.words), all.begin);
    const std::uint32_t most = signs_right(words_right(text_, span_.end, all.end, condition_.words), all.end);
    return search(test, left, held, [&](Span s) { return s.end >= least; }) || search(test, right, held, [&](Span s) { return s.begin <= most; });
  }

  /// The article is read once for each test, so a hit that is itself the only match still counts.
  bool anywhere(const Test& test, Span all, Held& held) const {
    auto [at, fresh] = around_.article_wide.try_emplace(&test);
    if (fresh) {
      Held found;
      if (search(test, all, found)) at->second = found;
    }
    if (at->second) held = *at->second;
    return at->second.has_value();
  }

  bool entity_within(const Test& test, Span all) const {
    const bool words = condition_.scope <= Condition::Scope::words;
    const std::uint32_t least = words ? signs_left(words_left(text_, span_.begin, all.begin, condition_.words), all.begin) : all.begin;
    const std::uint32_t most = words ? signs_right(words_right(text_, span_.end, all.end, condition_.words), all.end) : all.end;
    return std::any_of(around_.entities.begin(), around_.entities.end(), [&](const Entity& entity) {
      return entity.type == test.entity && entity.span.end >= least && entity.span.begin <= most && all.overlaps(entity.span) && !entity.span.overlaps(span_);
    });
  }

  bool search(const Test& test, Span window, Held& held) const {
    return search(test, window, held, [](Span) { return true; });
  }

  /// Any match in the window that keeps its edges and is wanted.
  template <class Wanted>
  bool search(const Test& test, Span window, Held& held, Wanted wanted) const {
    if (window.begin >= window.end) return false;
    if (test.gazetteer) return look_up(test, window, held, wanted);
    Pattern::Match match;
    while (window.begin <= window.end && test.pattern->find(text_, window, Pattern::At::anywhere, match)) {
      if (wanted(match.span) && keeps_edges(text_, match.span, test.edges)) return take(test, match, held);
      if (match.span.begin >= window.end) break;
      std::size_t next = match.span.begin;
      utf8::next(text_, next);
      window.begin = static_cast<std::uint32_t>(next);
    }
    return false;
  }

  template <class Wanted>
  bool look_up(const Test& test, Span window, Held& held, Wanted wanted) const {
    std::vector<Gazetteer::Match> matches;
    test.gazetteer->find(text_, window, matches);
    for (const Gazetteer::Match& match : matches) {
      if (!wanted(match.span)) continue;
      held = Held{&condition_, &test, match.span, {}, match.surface};
      return true;
    }
    return false;
  }

  bool take(const Test& test, const Pattern::Match& match, Held& held) const {
    held = Held{&condition_, &test, match.span, match.groups, UINT32_MAX};
    return true;
  }

  /// Tries X at `at`, which must keep its edges.
  bool starts_at(const Test& test, std::uint32_t at, std::uint32_t limit, Held& held) const {
    if (test.gazetteer) {
      std::vector<Gazetteer::Match> matches;
      test.gazetteer->find_at_start(text_, {at, limit}, matches);
      if (matches.empty() || !keeps_edges(text_, matches[0].span, Edges::word)) return false;
      held = Held{&condition_, &test, matches[0].span, {}, matches[0].surface};
      return true;
    }
    Pattern::Match match;
    return test.pattern->find(text_, {at, limit}, Pattern::At::start, match) && keeps_edges(text_, match.span, test.edges) && take(test, match, held);
  }

  bool followed(const Test& test, Held& held) const {
    const Span line = around_hit(document_.line_of(span_.begin), kReach);
    std::uint32_t at = span_.end;
    for (std::uint32_t word = 0;; ++word) {
      while (true) {  // X may begin with a sign that is also a gap: try before each
        if (at >= line.end) return false;
        if (starts_at(test, at, line.end, held)) return true;
        if (condition_.scope == Condition::Scope::touching) return false;
        std::size_t next = at;
        if (!is_gap(utf8::next(text_, next))) break;
        at = static_cast<std::uint32_t>(next);
      }
      if (word >= condition_.words) return false;
      const std::uint32_t next = words_right(text_, at, line.end, 1);
      if (next <= at) return false;
      at = next;
    }
  }

  /// Tries X ending at `at`: its pattern ends in \z, so the window is cut there.
  bool ends_at(const Test& test, std::uint32_t begin, std::uint32_t at, Held& held) const {
    if (test.gazetteer) return look_up(test, {begin, at}, held, [&](Span s) { return s.end == at; });
    Span window{begin, at};
    Pattern::Match match;
    while (window.begin < window.end && test.pattern->find(text_, window, Pattern::At::anywhere, match)) {
      if (keeps_edges(text_, match.span, test.edges)) return take(test, match, held);
      std::size_t next = match.span.begin;
      if (next >= at) break;
      utf8::next(text_, next);
      window.begin = static_cast<std::uint32_t>(next);
    }
    return false;
  }

  bool preceded(const Test& test, Held& held) const {
    const Span line = around_hit(document_.line_of(span_.begin), kReach);
    std::uint32_t at = span_.begin;
    for (std::uint32_t word = 0;; ++word) {
      while (true) {
        if (at <= line.begin) return false;
        if (ends_at(test, line.begin, at, held)) return true;
        if (condition_.scope == Condition::Scope::touching) return false;
        std::size_t before = at;
        if (!is_gap(utf8::previous(text_, before))) break;
        at = static_cast<std::uint32_t>(before);
      }
      if (word >= condition_.words) return false;
      const std::uint32_t before = words_left(text_, at, line.begin, 1);
      if (before >= at) return false;
      at = before;
    }
  }

  const Condition& condition_;
  const Span span_;
  Surroundings& around_;
  const Document& document_;
  const std::string_view text_;
};

/// "%{@lex.column}" to "@lex" and "column".
std::pair<std::string_view, std::string_view> reference_of(std::string_view wanted) {
  if (wanted.substr(0, 2) != "%{" || wanted.empty() || wanted.back() != '}') return {};
  wanted = wanted.substr(2, wanted.size() - 3);
  const std::size_t dot = wanted.find('.');
  return {wanted.substr(0, dot), dot == std::string_view::npos ? std::string_view{} : wanted.substr(dot + 1)};
}

Scalar cell_of(const Lexicon& lexicon, const Surface& surface, std::string_view column) {
  const std::string_view cell = column.empty() ? lexicon.value(surface) : lexicon.cell(surface, column);
  return cell.empty() ? Scalar() : Scalar(cell);
}

}  // namespace

bool keeps_edges(std::string_view text, Span span, Edges edges) {
  if (span.empty() || edges == Edges::none) return true;
  const auto is_word_at = [&](std::size_t at) { return utf8::is_word(utf8::next(text, at)); };
  const auto is_word_before = [&](std::size_t at) { return utf8::is_word(utf8::previous(text, at)); };
  const auto digit = [&](std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; };
  const auto point = [&](std::size_t at) { return text[at] == '.' || text[at] == ','; };
  if (edges != Edges::right && span.begin > 0) {
    if (is_word_at(span.begin) && is_word_before(span.begin)) return false;
    if (span.begin > 1 && digit(span.begin) && point(span.begin - 1) && digit(span.begin - 2)) return false;
    if (point(span.begin) && digit(span.begin + 1) && digit(span.begin - 1)) return false;
  }
  if (edges != Edges::left && span.end < text.size()) {
    if (is_word_before(span.end) && is_word_at(span.end)) return false;
    if (digit(span.end - 1) && point(span.end) && digit(span.end + 1)) return false;
  }
  return true;
}

std::optional<Held> holds(const Condition& condition, Span span, Surroundings& around) {
  const Checker checker(condition, span, around);
  Held held;
  held.condition = &condition;
  for (const Test& test : condition.tests) {
    if (!checker.passes(test, held)) return std::nullopt;
  }
  return held;
}

Scalar filled(const Scalar& wanted, const Held& held, std::string_view text) {
  const auto* words = wanted.get<std::string>();
  if (words == nullptr) return wanted;
  const auto [name, column] = reference_of(*words);
  if (name.empty()) return wanted;
  if (held.test == nullptr) return {};
  for (const LexiconGroup& group : held.test->lexicons) {
    if (name != group.group && (name.substr(0, 1) != "@" || name.substr(1) != group.name)) continue;
    if (held.surface != UINT32_MAX) return cell_of(*group.lexicon, group.lexicon->surfaces()[held.surface], column);
    const int index = held.test->pattern->group(group.group);
    if (index < 0 || !held.groups[static_cast<std::size_t>(index)]) continue;
    const Surface* surface = group.lexicon->find(held.groups[static_cast<std::size_t>(index)]->of(text));
    if (surface != nullptr) return cell_of(*group.lexicon, *surface, column);
  }
  const int index = held.test->pattern ? held.test->pattern->group(name) : -1;
  if (index < 0 || !held.groups[static_cast<std::size_t>(index)]) return {};
  return Scalar(held.groups[static_cast<std::size_t>(index)]->of(text));
}

bool Condition::needs_entities() const {
  return std::any_of(tests.begin(), tests.end(), [](const Test& test) { return !test.entity.empty(); });
}

}  // namespace tearsheet
