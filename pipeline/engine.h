// Engine, inside: where rules are found, and all that is compiled from them.
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/extract.h"
#include "extractors/rulebook.h"
#include "pipeline/record/record.h"
#include "pipeline/parse/site_rules.h"
#include "pipeline/tidy/tidy.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// The rule folders to use, lowest layer first: `given`; else the folders of TEARSHEET_RULES (parted by ':'); else, for a program
/// that lies in its build folder, its own source's rules; else share/tearsheet/rules beside the program's bin folder, the folder
/// of the installation, the build's source. Fails with R090 where a named folder or all of them are missing.
Result<std::vector<std::string>> rule_folders(const std::vector<std::string>& given);

/// All rules compiled: one validator stands behind every command.
struct RuleSet {
  std::shared_ptr<const Rulebook> book;
  std::optional<Extractor> extractor;
  std::optional<TidyRules> tidy;
  SiteRules sites;                     // empty where they hold no sites.yaml
  std::optional<RecordRules> records;  // nothing where the folders hold no records.yaml
};

/// Loads and compiles folders. On failure the list holds every error found, and is never empty.
tl::expected<RuleSet, std::vector<Error>> load_rules(const std::vector<std::string>& folders, Matching how = Matching::fast);

/// Many errors as one: the code of the first, all of them in the lines of `what`.
Error joined(const std::vector<Error>& errors);

}  // namespace tearsheet
