// Gold interval: how sure a score is, given how few documents it was measured on.
#pragma once

#include <array>
#include <map>
#include <string>
#include <vector>

#include "pipeline/gold.h"

namespace tearsheet {

/// The four levels at which an annotated mention can be right: overlap (some of its words), strict (exactly its words), value (every field that is given),
/// whole (words and fields).
inline constexpr std::array<std::string_view, 4> kLevels = {"overlap", "strict", "value", "whole"};
std::uint64_t right_at(const Tally& tally, std::size_t level);

/// A percentage and the 95 % interval around it.
struct Estimate {
  double percent = 0, low = 0, high = 0;
};
struct LevelEstimate {
  Estimate precision, recall, f1;
};
using TypeEstimates = std::map<std::string, std::array<LevelEstimate, 4>>;

/// Scores of a whole and 95 % percentile intervals by resampling its documents with replacement (Efron 1979), 500 times from a fixed seed: the same
/// documents give the same interval. Cost: 500 times documents times types.
TypeEstimates estimates_of(const std::vector<Scores>& documents);

}  // namespace tearsheet
