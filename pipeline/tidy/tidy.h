// Tidy: give every block its use. Marks, deletes nothing.
#pragma once

#include <memory>
#include <vector>

#include "base/tree.h"
#include "extractors/settings.h"
#include "tearsheet/article.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// rules/tidy.yaml compiled: cues for bylines, datelines, captions, furniture, and the thresholds of the steps. Const; share it.
class TidyRules {
 public:
  /// Fails with every fault of the file (unknown key, bad pattern), each with its place.
  static tl::expected<TidyRules, std::vector<Error>> compile(const Tree& settings, std::string_view file, std::string_view text);
  /// The same of all layers joined: an overlay's file changes what it names and leaves the rest.
  static tl::expected<TidyRules, std::vector<Error>> compile(const Settings& settings);
  TidyRules(TidyRules&&) noexcept;
  TidyRules& operator=(TidyRules&&) noexcept;
  ~TidyRules();

  struct Parts;
  const Parts& parts() const { return *parts_; }

 private:
  explicit TidyRules(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

/// Marks each block: headline tails and link lists, repeated leads and titles, captions (glued ones, too), datelines, bylines,
/// related items; splits a block where two uses share a line
/// ("06.01.2023" byline lines; a glued caption). Fills meta.title, byline, place, published (with `said` parts) from marked
/// blocks where they are not known yet; language by CLD2 where undeclared. Block::why names the rule. Cost: linear in the text
/// (hashes for repeats).
void tidy(Article& article, const TidyRules& rules);

}  // namespace tearsheet
