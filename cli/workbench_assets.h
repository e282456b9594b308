// Workbench assets: the page's files, compiled into the program by cli/workbench_page/build.mjs.
#pragma once

#include <span>
#include <string_view>

namespace tearsheet::cli {

struct Asset {
  std::string_view path, type, bytes;
};

/// "/", "/app.js", "/app.css".
std::span<const Asset> workbench_assets();

}  // namespace tearsheet::cli
