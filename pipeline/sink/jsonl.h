// JSON lines: a reading, a mention or a record a line.
#pragma once

#include <memory>
#include <string>

#include "pipeline/sink/sink.h"

namespace tearsheet {

/// One line of the output contract (docs/records.md), with its line break.
std::string to_json_line(const Reading& reading, const SinkOptions& options);

Result<std::unique_ptr<Sink>> make_jsonl(const std::string& path, const SinkOptions& options);

}  // namespace tearsheet
