// SQLite: readings in a database that can be asked; docs/records.md holds the schema.
#pragma once

#include <memory>
#include <string>

#include "pipeline/sink/sink.h"

namespace tearsheet {

/// Opens or makes the database `path`. A reading replaces an earlier one of the same article id and source; one transaction a
/// batch of readings. Fails with S001 (cannot be opened or written), S003 (a database of another program, or of a newer schema).
Result<std::unique_ptr<Sink>> make_sqlite(const std::string& path, const SinkOptions& options);

}  // namespace tearsheet
