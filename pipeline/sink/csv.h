// CSV: one flat table, of mentions or of records.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "pipeline/sink/sink.h"

namespace tearsheet {

/// A cell by RFC 4180: quoted where it must be. A cell that a spreadsheet would take for a formula (begins with = + - @, tab or
/// CR) gets an apostrophe before it; plain negative numbers stay numbers.
std::string csv_cell(std::string_view text);

/// --by record gives the table of records, all else the table of mentions.
Result<std::unique_ptr<Sink>> make_csv(const std::string& path, const SinkOptions& options);

}  // namespace tearsheet
