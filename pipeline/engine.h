// Engine, inside: where rules are found, and all that is compiled from them.
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "extractors/extract.h"
#include "extractors/rulebook.h"
#include "pipeline/record/record.h"
#include "pipeline/parse/site_rules.h"
#include "pipeline/tidy/tidy.h"
#include "tearsheet/article.h"
#include "tearsheet/blob.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// The rule folders to use, lowest layer first: `given`; else the folders of TEARSHEET_RULES (parted by ':'); else, for a program
/// that lies in its build folder, its own source's rules; else share/tearsheet/rules beside the program's bin folder, the folder
/// of the installation, the build's source. Named folders whose packs extend one that none of them holds stand on the shipped rules: those come first
/// then. Fails with R090 where a named folder or all of them are missing.
Result<std::vector<std::string>> rule_folders(const std::vector<std::string>& given);

/// All rules compiled: one validator stands behind every command.
struct RuleSet {
  std::shared_ptr<const Rulebook> book;
  std::optional<Extractor> extractor;
  std::optional<TidyRules> tidy;
  SiteRules sites;                     // empty where they hold no sites.yaml
  std::optional<RecordRules> records;  // nothing where the folders hold no records.yaml
};

/// Loads and compiles folders. On failure the list holds every error found, and is never empty. `instead`: texts by path, as Rulebook::load takes them.
tl::expected<RuleSet, std::vector<Error>> load_rules(const std::vector<std::string>& folders, const std::map<std::string, std::string>& instead = {}, Matching how = Matching::fast);

/// The first three stations of the belt: decode, parse, tidy. What Engine::read does before it extracts. Fails with what the stages fail with.
Result<Article> article_of(Blob blob, const RuleSet& rules, std::size_t max_bytes = 32u << 20);

/// Many errors as one: the code of the first, all of them in the lines of `what`.
Error joined(const std::vector<Error>& errors);

}  // namespace tearsheet
