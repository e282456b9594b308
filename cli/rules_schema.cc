// Rules schema: JSON Schema of rule files, so that editors complete and check them.
#include "cli/command.h"
#include "cli/terminal.h"
#include "pipeline/schema.h"

namespace tearsheet::cli {

namespace {

constexpr Usage kUsage = {"",
                          "Prints the JSON Schema (draft 2020-12) of rule files and of the settings beside them. docs/rules/editors.md says how VS Code and Neovim use it. The same as `tearsheet schema rules`.",
                          {},
                          {{"tearsheet rules schema > rules.schema.json", "once, beside your rules"}, {"tearsheet rules schema | jq '.\"$defs\".rule_keys.properties | keys'", "the keys of a rule"}}};

}  // namespace

const Usage& rules_schema_usage() { return kUsage; }

int rules_schema(const Arguments&) { return print(*schema_of("rules")) ? kAllRead : kSomeFailed; }

}  // namespace tearsheet::cli
