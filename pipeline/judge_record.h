// Judge record: the facts of one reading against what its annotator saw.
#pragma once

#include <string>
#include <string_view>

#include "pipeline/gold.h"

namespace tearsheet {

/// Pairs each annotated record with a found one of the same kind that shares an amount (or, where no amount is said, a role),
/// then compares the fields that the annotator gave. Overlap counts pairs, value those with every field right, strict those whose
/// money is the same list as well. Records that nobody asked for count only where `records` is complete.
void judge_records(const Reading& reading, const GoldDocument& gold, const std::string& where, Scores& scores);

/// True for equal words, equal decimals ("0.60", "0.6") and equal moments.
bool same_value(std::string_view want, std::string_view got);

}  // namespace tearsheet
