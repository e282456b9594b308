// Figures: the reader behind percentages and quantities: whether a number is about, at most, up or down.
#pragma once

#include <memory>

#include "extractors/reader.h"
#include "tearsheet/error.h"

namespace tearsheet {

class Rulebook;

/// Makes the reader `figure`. The rule's `emit` gives the number; the reader fills `modifier` where the rule says "exact" or
/// nothing, and `change` where the text says that something moved by or to the figure; settle() carries the change of an amount
/// to its percentage ("down 46 cents, or 0.6%"). Takes no group and refuses no hit. Fails
/// when the lexicons `qualifier`, `change` and `per_unit` are not declared.
Result<std::unique_ptr<Reader>> make_figure_reader(const Rulebook& rules);

}  // namespace tearsheet
