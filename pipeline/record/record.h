// Record: facts from mentions and links, by rules/records.yaml.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "base/tree.h"
#include "extractors/settings.h"
#include "tearsheet/article.h"
#include "tearsheet/error.h"
#include "tearsheet/mention.h"
#include "tearsheet/record.h"

namespace tearsheet {

/// rules/records.yaml compiled. Const; share it.
class RecordRules {
 public:
  static tl::expected<RecordRules, std::vector<Error>> compile(const Tree& settings, std::string_view file, std::string_view text);
  /// The same of all layers joined: an overlay's file changes what it names and leaves the rest.
  static tl::expected<RecordRules, std::vector<Error>> compile(const Settings& settings);
  RecordRules(RecordRules&&) noexcept;
  RecordRules& operator=(RecordRules&&) noexcept;
  ~RecordRules();

  struct Parts;
  const Parts& parts() const { return *parts_; }

 private:
  explicit RecordRules(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// The facts of an article, in text order, ids r1, r2, ... A fact said twice (title, repeated lead) is one record with more evidence.
/// `sum_ok` is true at most once for the same money. Nothing is computed that the text does not say. Cost: linear in the mentions of each sentence.
std::vector<Record> record(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, const RecordRules& rules);

}  // namespace tearsheet
