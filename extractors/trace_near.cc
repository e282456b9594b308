// Trace near: how far a rule's patterns get where they do not match.
#include "extractors/trace_near.h"

#include <algorithm>

#include "base/utf8.h"
#include "extractors/pattern.h"
#include "extractors/pattern_parts.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kFoundBytes = 24;

/// The expanded text of the part of a pattern up to source byte `end`.
std::string expanded_from(const Rule& rule, std::size_t index, std::uint32_t begin, std::uint32_t end) {
  const std::string& regex = rule.expanded[index];
  std::string out;
  for (const Piece& piece : rule.written[index].pieces) {
    if (piece.source.end <= begin || piece.source.begin >= end) continue;
    if (piece.pasted) {
      out += piece.out.of(regex);
      continue;
    }
    const std::uint32_t from = std::max(begin, piece.source.begin), to = std::min(end, piece.source.end);
    out += regex.substr(piece.out.begin + (from - piece.source.begin), to - from);
  }
  return out;
}

/// "(?i)" at the begin of a pattern holds for all of it.
std::string flags_of(std::string_view pattern) {
  const std::size_t close = pattern.find(')');
  return pattern.starts_with("(?") && close != std::string_view::npos && pattern.substr(0, close).find_first_of(":P<(") > 1 && pattern.substr(2, close - 2).find_first_not_of("imsU-") == std::string_view::npos
             ? std::string(pattern.substr(0, close + 1))
             : std::string();
}

bool says_something(std::string_view words) {
  return std::any_of(words.begin(), words.end(), [](unsigned char c) { return std::isspace(c) == 0; });
}

class Prober {
 public:
  Prober(const Rule& rule, std::string_view text, Span line, const std::optional<Span>& where) : rule_(rule), text_(text), line_(line), where_(where) {}

  std::optional<NearMiss> farthest(std::size_t index) const {
    std::optional<NearMiss> best;
    const std::string& source = rule_.sources[index];
    const std::string flags = flags_of(source);
    for (const std::vector<Span>& parts : parts_of(source)) {
      const auto miss = farthest(index, parts, flags);
      if (miss && (!best || miss->matched * best->parts > best->matched * miss->parts || (miss->matched == best->matched && miss->span.size() > best->span.size()))) best = miss;
    }
    return best;
  }

 private:
  std::optional<NearMiss> farthest(std::size_t index, const std::vector<Span>& parts, const std::string& flags) const {
    for (std::size_t count = parts.size(); count-- > 1;) {
      const auto span = match(flags, expanded_from(rule_, index, parts[0].begin, parts[count - 1].end));
      if (!span) continue;
      NearMiss miss;
      miss.rule = &rule_;
      miss.pattern = static_cast<std::uint16_t>(index);
      miss.parts = parts.size();
      miss.matched = count;
      miss.span = *span;
      miss.expected_at = parts[count];
      miss.expected = parts[count].of(rule_.sources[index]);
      const auto end = static_cast<std::uint32_t>(utf8::floor_boundary(text_, std::min(line_.end, span->end + kFoundBytes)));
      miss.found = Span{span->end, end}.of(text_);
      return miss;
    }
    return std::nullopt;
  }

  /// The longest match of the beginning that has words, at the place asked for.
  std::optional<Span> match(const std::string& flags, const std::string& beginning) const {
    const std::string regex = (beginning.starts_with(flags) ? std::string() : flags) + "(?:" + beginning + ")";
    if (Pattern::check(regex)) return std::nullopt;
    const Pattern pattern(regex);
    const std::string_view view = line_.of(text_);
    std::optional<Span> best;
    std::uint32_t at = 0;
    Span found;
    while (at < view.size() && pattern.find_span(view, {at, line_.size()}, Pattern::At::anywhere, found)) {
      at = std::max(found.end, found.begin + 1);
      const Span span{line_.begin + found.begin, line_.begin + found.end};
      // Where a place is asked for, the part must stand in it or end right before it.
      if (where_ && !(span.begin < where_->end && where_->begin <= span.end + 1)) continue;
      if (!says_something(span.of(text_)) || (best && span.size() <= best->size())) continue;
      best = span;
    }
    return best;
  }

  const Rule& rule_;
  std::string_view text_;
  Span line_;
  const std::optional<Span>& where_;
};

}  // namespace

void near_misses(const Rule& rule, std::string_view text, Span line, const std::optional<Span>& where, std::vector<NearMiss>& out) {
  if (rule.patterns.size() != rule.written.size()) return;  // a gazetteer has no parts
  const Prober prober(rule, text, line, where);
  for (std::size_t i = 0; i < rule.patterns.size(); ++i) {
    if (auto miss = prober.farthest(i)) out.push_back(std::move(*miss));
  }
}

}  // namespace tearsheet
