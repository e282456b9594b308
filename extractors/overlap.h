// Overlap: of candidates that share text, one stays.
#pragma once

#include <vector>

#include "extractors/extract.h"
#include "extractors/reader.h"

namespace tearsheet {

/// Keeps the best of overlapping candidates, over all types, in text order: rank, then length (unless the rule says longest: false), then the earlier start,
/// then rule id, then where its reader put it. Losers go to `trace` with the winner's name. Cost: n log n.
std::vector<Candidate> resolve(std::vector<Candidate> candidates, std::vector<Trace>* trace);

}  // namespace tearsheet
