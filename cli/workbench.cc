// Workbench: a page on 127.0.0.1 for rule authors; left out where the build found no npm or no cpp-httplib.
#include "cli/workbench_server.h"

#include "cli/command.h"
#include "cli/rules_loading.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"port", 0, "N", "the port to listen on; default: a free one"}, {"limit", 0, "N", "at most so many articles; default 1000"}};
constexpr Usage kUsage = {
    "[CORPUS...]",
    "Serves one page on 127.0.0.1: articles with coloured spans, the rule's YAML in an editor, the trace of a selected stretch, and what an edit changes over the corpus. Nothing is written before you "
    "save. The page needs the random token of the address that is printed; nothing is fetched from elsewhere. Ctrl-C ends it.",
    kOptions,
    {{"tearsheet workbench articles/ --rules mine", "your own pack over your articles"}, {"tearsheet workbench corpus --port 8600", "on a port that you choose"}}};

}  // namespace

const Usage& workbench_usage() { return kUsage; }

int workbench(const Arguments& arguments) {
#ifdef TEARSHEET_WORKBENCH
  return serve_workbench(arguments);
#else
  static_cast<void>(arguments);
  return misuse(Error{"U011", "this program was built without the workbench", {}, "build it where npm and cpp-httplib are installed; `tearsheet rules watch` works without", {}});
#endif
}

}  // namespace tearsheet::cli
