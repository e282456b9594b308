// Gold interval: how sure a score is, given how few documents it was measured on.
#include "pipeline/gold_interval.h"

#include <algorithm>
#include <random>

namespace tearsheet {
namespace {

constexpr std::size_t kResamples = 500;

void add(Tally& to, const Tally& more) {
  to.gold += more.gold;
  to.found += more.found;
  to.strict += more.strict;
  to.overlap += more.overlap;
  to.value += more.value;
  to.whole += more.whole;
}

Estimate estimate(double all, std::vector<double>& drawn) {
  std::sort(drawn.begin(), drawn.end());
  const auto at = [&](double share) { return drawn[static_cast<std::size_t>(share * static_cast<double>(drawn.size() - 1))]; };
  return {all, at(0.025), at(0.975)};
}

std::array<LevelEstimate, 4> estimates_of(const std::vector<Tally>& tallies) {
  Tally all;
  for (const Tally& tally : tallies) add(all, tally);
  std::mt19937_64 random(20230106);
  std::vector<Tally> drawn(kResamples);
  for (Tally& tally : drawn) {
    for (std::size_t n = 0; n < tallies.size(); ++n) add(tally, tallies[random() % tallies.size()]);
  }
  std::array<LevelEstimate, 4> out;
  std::vector<double> values(kResamples);
  const auto fill = [&](auto measure, std::size_t level) {
    for (std::size_t i = 0; i < drawn.size(); ++i) values[i] = (drawn[i].*measure)(right_at(drawn[i], level));
    return estimate((all.*measure)(right_at(all, level)), values);
  };
  for (std::size_t level = 0; level < out.size(); ++level) out[level] = {fill(&Tally::precision, level), fill(&Tally::recall, level), fill(&Tally::f1, level)};
  return out;
}

}  // namespace

std::uint64_t right_at(const Tally& tally, std::size_t level) {
  const std::array<std::uint64_t, 4> rights = {tally.overlap, tally.strict, tally.value, tally.whole};
  return rights[level];
}

TypeEstimates estimates_of(const std::vector<Scores>& documents) {
  std::map<std::string, std::vector<Tally>> by_type;
  for (const Scores& scores : documents) {
    for (const auto& [type, tally] : scores.types) by_type[type].push_back(tally);
  }
  TypeEstimates out;
  for (const auto& [type, tallies] : by_type) out[type] = estimates_of(tallies);
  return out;
}

}  // namespace tearsheet
