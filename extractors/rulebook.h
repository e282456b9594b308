// Rulebook: rule folders compiled once: macros, lexicons, rules, settings.
#pragma once

#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/tree.h"
#include "extractors/lexicon.h"
#include "extractors/rule.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// A YAML file of another language that lies in a rule folder: tidy.yaml, records.yaml, currency.yaml, sites.yaml. `kind` is its top key `kind:`.
struct SettingsFile {
  std::string path;
  std::string text;
  Tree tree;
};

/// The types of mentions that the program has readers, links or records for. Rule files add others.
inline constexpr std::string_view kBuiltInTypes[] = {"money",        "percent", "date",  "duration",  "company",
                                                     "organisation", "country", "place", "node_size", "quantity"};

/// All that the rule folders say. Built once, then const; share it among threads.
class Rulebook {
 public:
  /// Loads folders, lowest layer first. Files with `rules:`, `macros:` or `lexicons:` are rule files (see docs/rules.md); files with `kind:` are kept as settings.
  /// Files of one `pack` share macros and lexicons. A later folder's pack may `extends:` an earlier one.
  /// All errors are collected: on failure the list is never empty. Cost: reading and compiling; see bench/.
  static tl::expected<Rulebook, std::vector<Error>> load(const std::vector<std::string>& folders);

  const std::vector<std::unique_ptr<Rule>>& rules() const { return rules_; }
  const Rule* find(std::string_view id) const;
  /// A lexicon declared by any file of the book (by its declared name), or null.
  std::shared_ptr<const Lexicon> lexicon(std::string_view name) const;
  /// The settings file of a kind ("tidy", "records", "currency"), or null. With overlays: all layers, lowest first, by settings_layers().
  const SettingsFile* settings(std::string_view kind) const;
  std::vector<const SettingsFile*> settings_layers(std::string_view kind) const;
  const std::string& hash() const { return hash_; }  // 12 hex over all rules and settings
  const std::vector<std::string>& folders() const { return folders_; }
  const std::vector<Error>& warnings() const { return warnings_; }
  /// Types of mentions, sorted: the built-in ones and the entities of the rules.
  const std::vector<std::string>& types() const { return types_; }
  /// Fields that `emit:` and `set:` of the rules fill, sorted. (Readers fill more.)
  const std::vector<std::string>& fields() const { return fields_; }

 private:
  friend class RulebookLoader;
  std::vector<std::unique_ptr<Rule>> rules_;
  std::map<std::string, std::shared_ptr<const Lexicon>, std::less<>> lexicons_;
  std::map<std::string, std::vector<SettingsFile>, std::less<>> settings_;
  std::string hash_;
  std::vector<std::string> folders_;
  std::vector<Error> warnings_;
  std::vector<std::string> types_, fields_;
};

}  // namespace tearsheet
