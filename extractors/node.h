// Node sizes: the reader behind rules/node.yaml: "7nm", "28/22nm", "0.18-micron", "N3E" to nanometres.
#pragma once

#include <memory>

#include "extractors/reader.h"
#include "tearsheet/error.h"

namespace tearsheet {

class Rulebook;

/// Makes the reader `node`. Groups it knows, all optional: `nm`, `um` (the number before its unit), `a`, `b`, `c` (numbers of a
/// list that share the unit of `nm`), `name` (of the lexicon node), `below` ("sub-"), `under` ("and below"), `plus` ("14nm++"),
/// `class` ("2nm-class"). Fills nm, name, class and modifier (below, max). Lengths of light used in lithography and lengths
/// outside 0.1 to 1000 nm are refused. Fails with R007 when the lexicon node is missing.
Result<std::unique_ptr<Reader>> make_node_reader(const Rulebook& rules);

}  // namespace tearsheet
