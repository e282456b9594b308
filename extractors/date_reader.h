// Date reader: the reader behind rules of type date.
#pragma once

#include <memory>

#include "extractors/reader.h"

namespace tearsheet {

/// read() turns groups into parts; settle() joins a time with its day, decides day or month first, and sets all dates on the
/// calendar, in text order. Fields: value, grain, said, implied, mod, fiscal. Fails with R007 when rules/date.yaml does not
/// declare its lexicons.
Result<std::unique_ptr<Reader>> make_date_reader(const Rulebook& rules);

}  // namespace tearsheet
