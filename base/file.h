// Files: read whole, list folders in order, write beside and rename.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet::file {

/// Contents of a file, at most `limit_bytes` of it (`cut` tells). Fails with F001 (no such file), F002 (may not be read), F003 (is a folder), F004 (read error).
struct Contents {
  std::string bytes;
  std::uint64_t size = 0;  // of the file as far as known
  bool cut = false;
};
Result<Contents> read(const std::string& path, std::uint64_t limit_bytes = UINT64_MAX);

/// Writes `bytes` to PATH.partial, syncs it and renames it to PATH. Fails with F005 (disk full, not writable, ...), leaving no partial file.
Result<void> write_atomic(const std::string& path, std::string_view bytes);

/// Names in a folder, sorted by bytes; hidden names left out. Fails with F001, F002.
Result<std::vector<std::filesystem::directory_entry>> list(const std::string& folder);

/// True when a shell glob (`*`, `**`, `?`, `[a-z]`, `{a,b}`) matches the whole of `path` or, for a glob without '/', its last part.
bool glob_matches(std::string_view glob, std::string_view path);

}  // namespace tearsheet::file
