// YAML: the one door to yaml-cpp. Events to a Tree, with limits.
#pragma once

#include <cstdint>
#include <string_view>

#include "base/tree.h"
#include "tearsheet/error.h"

namespace tearsheet::yaml {

struct Limits {
  std::uint32_t depth = 64;
  std::uint32_t nodes = 200'000;
  bool anchors = false;      // anchors and aliases refused (Y002) unless set
  bool duplicates = false;   // a key said twice is an error (Y003) unless set; then the first wins
};

/// Parses one YAML 1.2 document (core schema: only true/false/null/decimal numbers are typed; `yes`, dates, versions and 0x1F stay strings).
///
/// Keys are words. Refused although yaml-cpp takes them: a word without a colon among a block map's keys (`? a` too), an empty item
/// between commas, an unclosed quote, unknown directives.
///
/// `file` names the source in errors. Fails with Y001 (not YAML), Y002 (anchor or alias), Y003 (duplicate key), Y004 (too deep or too large); each with
/// file, line, column and caret. An empty document is a null node. Never throws. Cost: linear; no copy of `text` is kept.
Result<Tree> parse(std::string_view text, std::string_view file, const Limits& limits = {});

}  // namespace tearsheet::yaml
