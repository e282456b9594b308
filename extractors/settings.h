// Settings: the files of one kind from all layers, as one tree that still knows where each word stands.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/lines.h"
#include "base/tree.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// A YAML file of another language that lies in a rule folder: tidy.yaml, records.yaml, currency.yaml, sites.yaml. `kind` is its top key `kind:`.
struct SettingsFile {
  std::string path;
  std::string text;
  Tree tree;
};

/// One tree of several files. Offsets in the tree count over the files laid end to end; the files must outlive it.
///
/// How layers meet: maps are joined key by key, and the upper layer's scalar or list stands. A list of maps with `id` is joined by id: an entry with
/// a known id changes single keys of the lower one, one with `status: off` takes it out, and new ones come first, since the first that fits wins.
/// A map of cues (patterns to values) keeps its order, the upper layer's first.
class Settings {
 public:
  Settings() = default;
  explicit Settings(const std::vector<const SettingsFile*>& layers);

  const Tree& tree() const { return tree_; }
  /// What an upper layer said in vain: W13, with its place.
  const std::vector<Error>& ignored() const { return ignored_; }
  Place place(std::size_t offset) const;
  std::string caret(Span span, std::string_view remark = {}) const;

 private:
  struct File {
    std::string_view path;
    std::size_t base = 0;
    Lines lines;
  };
  const File* file_of(std::size_t offset) const;
  void join(Tree& below, const Tree& above);
  void join_list(Tree& below, const Tree& above);

  Tree tree_;
  std::vector<File> files_;
  std::vector<Error> ignored_;
};

}  // namespace tearsheet
