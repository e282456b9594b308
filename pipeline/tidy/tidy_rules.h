// Tidy rules: rules/tidy.yaml compiled.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/pattern.h"
#include "pipeline/tidy/opening.h"
#include "pipeline/tidy/tidy.h"

namespace tearsheet {

struct Thresholds {
  std::uint32_t tail_lines = 3, tail_line_length = 160, title_case = 60, repeat_cover = 80, repeat_length = 60, head_blocks = 12;
};

/// Where in an article a mark may stand.
enum class Where : std::uint8_t { any, head, tail };

struct MarkRule {
  std::string id;
  Use use = Use::boilerplate;
  Where where = Where::any;
  std::uint32_t max_length = 200;  // code points
  std::unique_ptr<Pattern> pattern;
  Openings openings;               // of this pattern alone
  std::vector<std::string> examples, rejects;
};

struct DatelineRule {
  std::string id;
  std::unique_ptr<Pattern> pattern;
  std::unique_ptr<Pattern> unless;  // may be null
  int place = -1, date = -1;        // groups
};

struct TidyRules::Parts {
  Thresholds thresholds;
  std::vector<MarkRule> marks;
  std::vector<DatelineRule> datelines;
  Openings openings;                    // of the marks: most blocks fit none
  std::size_t longest_mark = 0;         // code points

  /// The first mark that fits a block's words, or null.
  const MarkRule* mark_of(std::string_view words, bool in_head, bool in_tail) const;
};

}  // namespace tearsheet
