// Resolve: drafts of one article become its records: said twice is one, parts know their totals, sums count once.
#pragma once

#include <vector>

#include "pipeline/record/bind.h"
#include "tearsheet/mention.h"

namespace tearsheet {

/// Joins drafts that say the same fact (titles and repeated leads into the body's), adds restated amounts, relates parts to totals and decisions to what they
/// decide, sets sum_ok and the ids. `drafts` are in text order. Cost: quadratic in the drafts that share an amount, else linear.
std::vector<Record> resolve(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, std::vector<Draft> drafts);

}  // namespace tearsheet
