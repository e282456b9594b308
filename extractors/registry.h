// Registry: the one table of readers.
#pragma once

#include <span>

#include "extractors/reader.h"

namespace tearsheet {

/// All readers, in the order in which their expand() and settle() run.
std::span<const ReaderRow> readers();

}  // namespace tearsheet
