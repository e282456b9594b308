// Workbench server: the page and its questions over HTTP on 127.0.0.1, to who has the token.
#pragma once

#include "cli/options.h"

namespace tearsheet::cli {

/// Reads the corpus, prints the page's address and serves it until Ctrl-C. Gives the exit code.
int serve_workbench(const Arguments& arguments);

}  // namespace tearsheet::cli
