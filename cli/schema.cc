// Schema: prints the JSON Schemas.
#include "pipeline/schema.h"

#include "cli/command.h"
#include "cli/terminal.h"

namespace tearsheet::cli {

namespace {

constexpr Usage kUsage = {"readings|mentions|records|rules",
                          "Prints a JSON Schema (draft 2020-12): of the lines that extract writes (readings; mentions and "
                          "records with --by), or of rule files, for editors.",
                          {},
                          {{"tearsheet schema readings > reading.schema.json", "to check output with a validator"},
                           {"tearsheet schema rules > rules.schema.json", "to complete and check rule files in an editor"}}};

}  // namespace

const Usage& schema_usage() { return kUsage; }

int schema(const Arguments& arguments) {
  const std::string name = arguments.paths().empty() ? "readings" : arguments.paths().front();
  if (arguments.paths().size() > 1) {
    say(Error{"U008", "one schema at a time, not also " + arguments.paths()[1], {}, "call it once for each", {}});
    return kMisuse;
  }
  const auto text = schema_of(name);
  if (!text) {
    say(Error{"U008", "no schema is called " + name, {}, "one of: readings, mentions, records, rules", {}});
    return kMisuse;
  }
  return print(*text) ? kAllRead : kSomeFailed;
}

}  // namespace tearsheet::cli
