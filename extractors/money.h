// Money: the reader behind rules/money.yaml: amounts, ranges, units and what stands around them.
#pragma once

#include <memory>

#include "extractors/reader.h"
#include "tearsheet/error.h"

namespace tearsheet {

class Rulebook;

/// Makes the reader `money`. Groups it knows, all optional: `cur`, `cur_b` (units), `low`, `scale`, `high`, `scale_b` (numbers),
/// `part`, `part_cur` (the minor part of "5 dollars and 20 cents"), `some` ("tens of billions of": no amount), `join` ("and",
/// "to", "-"), `tail` (a unit said twice: "$249 USD"). Fills the fields of a money mention as DESIGN.md lists them; settle()
/// decides ambiguous currencies by evidence. Fails when a lexicon it needs or rules/currency.yaml is missing.
Result<std::unique_ptr<Reader>> make_money_reader(const Rulebook& rules);

}  // namespace tearsheet
