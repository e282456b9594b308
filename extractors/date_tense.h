// Date tense: whether the words around a date say that it lies behind or ahead.
#pragma once

#include <string_view>

#include "extractors/date_resolve.h"
#include "extractors/lexicon.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// The nearest cue before `span` in its sentence ("will meet on Friday", "to open in March", "said Monday"), else the first one
/// after it. What stands behind "Wednesday's" is an event, so an infinitive before it is no cue. `cues` is the lexicon of tense
/// words. Cost: looks at most 160 bytes to each side, never across a line.
Tense tense_at(std::string_view text, Span span, const Lexicon& cues);

}  // namespace tearsheet
