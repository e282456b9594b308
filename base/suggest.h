// Suggest: the known word that someone probably meant.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// The candidate nearest to `word` by Damerau-Levenshtein distance (optimal string alignment), if within a third of its length
/// (at least 1, at most 3); ties go to the first. Empty when nothing is near.
std::string suggest(std::string_view word, const std::vector<std::string>& candidates);

/// "did you mean X?" or an empty string.
std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace tearsheet
