// Line finder: one pattern's hits in one line.
#include "extractors/line_finder.h"

#include <utility>

#include "base/utf8.h"
#include "extractors/condition.h"

namespace tearsheet {
namespace {

constexpr int kShorter = 16;  // how often a hit whose right edge fails is tried again, one character shorter

std::uint32_t after(std::string_view text, std::size_t at) {
  if (at >= text.size()) return static_cast<std::uint32_t>(text.size());
  utf8::next(text, at);
  return static_cast<std::uint32_t>(at);
}

}  // namespace

LineFinder::LineFinder(const Document& document, std::uint32_t line, const Rule& rule, std::uint16_t pattern, std::vector<Hit>& hits, std::vector<Trace>* trace)
    : text_(document.text),
      line_span_(document.lines[line]),
      begin_(line_span_.begin),
      line_(line),
      rule_(rule),
      pattern_(*rule.patterns[pattern]),
      index_(pattern),
      hits_(hits),
      trace_(trace) {}

void LineFinder::run() {
  const std::string_view view = line_span_.of(text_);  // `^` and `$` mean the line
  const bool at_once = pattern_.is_small();
  const auto shorter = [&](Span window, Span& span) { return pattern_.find_span(view, window, Pattern::At::start, span); };
  std::uint32_t at = 0;
  Pattern::Match match;
  while (at < view.size() && find(view, {at, line_span_.size()}, at_once, match)) {
    const Span first = match.span;
    Span span = first;
    if (span.empty()) {
      at = after(view, first.begin);
    } else if (fits(view, span, shorter)) {
      const bool in_place = span == first && (at_once || pattern_.near(span.of(view)).find(view, {first.begin, line_span_.size()}, match));
      if (!in_place || match.span != span) pattern_.capture(view, span, match);  // cut short: `\b` at its end sees nothing behind it
      add(match);
      at = span.end;
    } else {
      at = next_start(view, first.begin);
    }
  }
}

std::uint32_t LineFinder::run_at(std::uint32_t at, std::uint32_t words_end) {
  const std::string_view view = line_span_.of(text_);
  const std::uint32_t start = at - begin_;
  const Pattern::Near near = pattern_.near(view.substr(start, words_end - at));
  Pattern::Match match;
  if (!near.find(view, {start, line_span_.size()}, match) || match.span.empty()) return at;
  const Span first = match.span;
  Span span = first;
  if (!fits(view, span, [&](Span window, Span& found) { return near.find_span(view, window, found); })) return begin_ + next_start(view, first.begin);
  if (span != first) pattern_.capture(view, span, match);
  add(match);
  return begin_ + span.end;
}

bool LineFinder::find(std::string_view view, Span window, bool with_groups, Pattern::Match& match) const {
  return with_groups ? pattern_.find(view, window, Pattern::At::anywhere, match) : pattern_.find_span(view, window, Pattern::At::anywhere, match.span);
}

template <class Shorter>
bool LineFinder::fits(std::string_view view, Span& span, Shorter shorter) const {
  const Span first = span;
  const Edges left = rule_.edges == Edges::word ? Edges::left : rule_.edges == Edges::right ? Edges::none : rule_.edges;
  if (!keeps_edges(text_, absolute(first), left)) return refuse("edges", absolute(first));
  std::uint32_t end = first.end;
  for (int tries = 0; tries < kShorter; ++tries) {
    if (span.size() > rule_.max_len) {
      end = static_cast<std::uint32_t>(utf8::floor_boundary(view, first.begin + rule_.max_len));
    } else if (keeps_edges(text_, absolute(span), rule_.edges)) {
      return true;
    } else {
      end = static_cast<std::uint32_t>(utf8::floor_boundary(view, span.end - 1));
    }
    if (end <= first.begin || !shorter(Span{first.begin, end}, span) || span.empty()) break;
  }
  return refuse(first.size() > rule_.max_len ? "max_len" : "edges", absolute(first));
}

bool LineFinder::refuse(std::string outcome, Span span) const {
  if (trace_ != nullptr) trace_->push_back({&rule_, span, std::move(outcome), {}});
  return false;
}

/// Where the next hit may start. With a left edge that is never inside a word, so a long word is left at once: linear on "1111...1x".
std::uint32_t LineFinder::next_start(std::string_view view, std::uint32_t at) const {
  std::uint32_t next = after(view, at);
  if (rule_.edges != Edges::word && rule_.edges != Edges::left) return next;
  while (next < view.size()) {
    std::size_t before = next, behind = next;
    if (!utf8::is_word(utf8::previous(view, before)) || !utf8::is_word(utf8::next(view, behind))) break;
    next = static_cast<std::uint32_t>(behind);
  }
  return next;
}

void LineFinder::add(const Pattern::Match& match) {
  Hit hit;
  hit.rule = &rule_;
  hit.span = absolute(match.span);
  hit.pattern = index_;
  hit.line = line_;
  hit.groups.reserve(match.groups.size());
  for (const auto& group : match.groups) hit.groups.push_back(group ? std::optional(absolute(*group)) : std::nullopt);
  hits_.push_back(std::move(hit));
}

}  // namespace tearsheet
