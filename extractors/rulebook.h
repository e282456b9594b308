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
#include "extractors/settings.h"
#include "tearsheet/error.h"

namespace tearsheet {

struct Vocabulary;  // extractors/vocabulary.h: macros and lexicons of a pack

/// A macro as its author wrote it.
struct Macro {
  std::string name, pack;
  Written written;
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
  /// `instead`: texts by path that stand for what the file of that path holds, as an editor has them before they are saved; a path in none
  /// of the folders is left alone.
  static tl::expected<Rulebook, std::vector<Error>> load(const std::vector<std::string>& folders, const std::map<std::string, std::string>& instead = {});

  const std::vector<std::unique_ptr<Rule>>& rules() const { return rules_; }
  const Rule* find(std::string_view id) const;
  /// A lexicon declared by any file of the book (by its declared name), or null.
  std::shared_ptr<const Lexicon> lexicon(std::string_view name) const;
  /// The settings file of a kind ("tidy", "records", "currency"), or null. With overlays: all layers, lowest first, by settings_layers().
  const SettingsFile* settings(std::string_view kind) const;
  std::vector<const SettingsFile*> settings_layers(std::string_view kind) const;
  /// All layers of a kind joined to one; see extractors/settings.h for how. A null tree where there are none. Views into this book.
  Settings settings_joined(std::string_view kind) const { return Settings(settings_layers(kind)); }
  /// Macros of all packs, in file order.
  const std::vector<Macro>& macros() const { return macros_; }
  /// What `%{...}` stands for in the files of the uppermost pack of this name, or null. Owned by the book.
  const Vocabulary* vocabulary(std::string_view pack) const;
  /// Names of all packs, lowest layer first.
  const std::vector<std::string>& packs() const { return packs_; }
  /// Names of the lexicons that lexicon() knows, sorted.
  std::vector<std::string> lexicon_names() const;
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
  std::vector<Macro> macros_;
  std::vector<std::string> packs_;
  std::shared_ptr<const std::map<std::string, const Vocabulary*, std::less<>>> vocabularies_;  // shares what holds them
  std::vector<std::string> types_, fields_;
};

}  // namespace tearsheet
