// Trace near: how far a rule's patterns get where they do not match.
#pragma once

#include <optional>
#include <vector>

#include "extractors/trace.h"

namespace tearsheet {

/// The farthest near miss of each of the rule's patterns in `line` of `text`, at `where` when given. At least one part that says something stands there.
void near_misses(const Rule& rule, std::string_view text, Span line, const std::optional<Span>& where, std::vector<NearMiss>& out);

}  // namespace tearsheet
