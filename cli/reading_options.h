// Reading options: the options by which extract, show and score read, and the engine they make.
#pragma once

#include "cli/options.h"
#include "tearsheet/engine.h"

namespace tearsheet::cli {

/// The engine options that `arguments` say. Fails with U002 where a value is wrong: --date, --type, --use, --min-confidence,
/// --max-bytes.
Result<Options> engine_options(const Arguments& arguments);

/// Opens the engine; broken rules are said on standard error, all of them. Nothing then: exit with kMisuse.
std::optional<Engine> open_engine(Options options);

/// "32MB", "500k", "1GiB", "1048576" to bytes; nothing when it is no size, or zero.
std::optional<std::uint64_t> size_from(std::string_view text);

/// The built-in types, for help and completion: rule files add others.
inline constexpr std::string_view kTypes = "money,percent,date,duration,company,organisation,country,place,node_size,quantity";
inline constexpr std::string_view kUses = "body,title,excerpt,byline,dateline,caption,repeat,related,boilerplate";

}  // namespace tearsheet::cli
