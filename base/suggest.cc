// Suggest: optimal string alignment over three rows.
#include "base/suggest.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>

namespace tearsheet {
namespace {

std::size_t distance(std::string_view a, std::string_view b) {
  std::vector<std::size_t> before(b.size() + 1), last(b.size() + 1), row(b.size() + 1);
  for (std::size_t j = 0; j <= b.size(); ++j) last[j] = j;
  for (std::size_t i = 1; i <= a.size(); ++i) {
    row[0] = i;
    for (std::size_t j = 1; j <= b.size(); ++j) {
      const std::size_t change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1);
      row[j] = std::min({change, last[j] + 1, row[j - 1] + 1});
      const bool swapped = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1];
      if (swapped) row[j] = std::min(row[j], before[j - 2] + 1);
    }
    std::swap(before, last);
    std::swap(last, row);
  }
  return last[b.size()];
}

}  // namespace

std::string suggest(std::string_view word, const std::vector<std::string>& candidates) {
  const std::size_t most = std::clamp<std::size_t>(word.size() / 3, 1, 3);
  std::size_t nearest = most + 1;
  const std::string* found = nullptr;
  for (const std::string& candidate : candidates) {
    const std::size_t lengths = std::max(candidate.size(), word.size()) - std::min(candidate.size(), word.size());
    if (lengths >= nearest) continue;
    const std::size_t d = distance(word, candidate);
    if (d < nearest) {
      nearest = d;
      found = &candidate;
    }
  }
  return found ? *found : std::string();
}

std::string did_you_mean(std::string_view word, const std::vector<std::string>& candidates) {
  const std::string found = suggest(word, candidates);
  return found.empty() ? found : "did you mean " + found + "?";
}

}  // namespace tearsheet
