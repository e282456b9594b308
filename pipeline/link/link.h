// Link: which mentions say the same thing.
#pragma once

#include <vector>

#include "tearsheet/article.h"
#include "tearsheet/mention.h"

namespace tearsheet {

/// Links of one article, in order of `from`, then `to` (indices into `mentions`, which are in text order):
/// - same_amount: bracketed conversions ("70 billion yen [$526 million]", the implied rate named and checked against a wide plausible range by currency pair),
///   restatements of one amount ("$13bn" = "$13.2 billion": same currency, equal when rounded to the coarser one's digits), repeats. A bracket takes part in one link only.
/// - same_company: aliases of one id, "Full Name (ABBR)", short forms ("Hitachi High-Tech Group" ... "Hitachi High-Tech").
/// May complete mentions where a link proves it: currency of a bare scale ("600 crores ($77.4m)"), modifier carried from an amount to its bracketed conversion, company name and id through an abbreviation.
/// Cost: linear but for one sort.
std::vector<Link> link(const Article& article, std::vector<Mention>& mentions);

}  // namespace tearsheet
