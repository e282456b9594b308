// Table: a reading as rows for a person at a terminal.
#pragma once

#include <memory>
#include <string>

#include "pipeline/sink/sink.h"

namespace tearsheet {

/// A heading an article, then a row a mention and a row a record, in SinkOptions::width columns. Text from outside is shown,
/// never sent.
Result<std::unique_ptr<Sink>> make_table(const std::string& path, const SinkOptions& options);

/// A mention's value in few words: "up to 322,000,000 USD", "2023-01-06", "Micron Technology, Inc. (MU)".
std::string value_in_words(const Mention& mention);

/// A decimal with its thousands grouped: "1,230,000.5".
std::string grouped(std::string_view decimal);

/// The escape sequence that colours a mention type, or "" without colour.
std::string_view colour_of(std::string_view type);

}  // namespace tearsheet
