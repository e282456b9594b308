// Line finder: one pattern's hits in one line.
#pragma once

#include <cstdint>
#include <string_view>
#include <vector>

#include "extractors/document.h"
#include "extractors/extract.h"
#include "extractors/pattern.h"
#include "extractors/reader.h"

namespace tearsheet {

/// Looks for one pattern in one line; what it finds has its edges and its length. Lives as long as the call that made it: all it is given must outlive it.
class LineFinder {
 public:
  LineFinder(const Document& document, std::uint32_t line, const Rule& rule, std::uint16_t pattern, std::vector<Hit>& hits, std::vector<Trace>* trace);

  /// Appends all hits, leftmost first, none over another: the plain path. Cost: linear in the line but for edges that fail.
  void run();
  /// Appends the hit at `at` (in the document), if there is one; `words_end`: no match there ends behind it. Returns where the next may begin; `at` itself when
  /// nothing matched. Called from left to right at each place where the pattern may match, it finds what run() finds.
  std::uint32_t run_at(std::uint32_t at, std::uint32_t words_end);

 private:
  bool find(std::string_view view, Span window, bool with_groups, Pattern::Match& match) const;
  /// Makes a match fit its edges and max_len, taking a shorter one at the same start where that helps ("5 m" of "5 metres" is "5"). `shorter` finds it.
  template <class Shorter>
  bool fits(std::string_view view, Span& span, Shorter shorter) const;
  bool refuse(std::string outcome, Span span) const;
  std::uint32_t next_start(std::string_view view, std::uint32_t at) const;
  void add(const Pattern::Match& match);
  Span absolute(Span span) const { return {begin_ + span.begin, begin_ + span.end}; }

  const std::string_view text_;
  const Span line_span_;
  const std::uint32_t begin_;
  const std::uint32_t line_;
  const Rule& rule_;
  const Pattern& pattern_;
  const std::uint16_t index_;
  std::vector<Hit>& hits_;
  std::vector<Trace>* trace_;
};

}  // namespace tearsheet
