// Matcher: all rules over an article's lines: which hit, and where.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "extractors/document.h"
#include "extractors/extract.h"
#include "extractors/reader.h"
#include "extractors/rulebook.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// The plain path: one RE2::Set says which rules match a line, then each of those rules finds its spans; gazetteers run at word starts.
/// Const and safe from any thread.
class Matcher {
 public:
  /// Fails with R030 when the set does not fit its memory. Rules with status `off` are left out.
  static Result<Matcher> build(const Rulebook& rules);

  Matcher(Matcher&&) noexcept;
  Matcher& operator=(Matcher&&) noexcept;
  ~Matcher();

  /// All hits whose edges hold, sorted by place, then rule. One pattern's hits do not overlap each other; those of several do.
  /// Rules shut out by `zones` or `lang` are not run, but for `trace`.
  std::vector<Hit> find(const Document& document, std::vector<Trace>* trace = nullptr) const;

 private:
  struct Parts;
  explicit Matcher(std::unique_ptr<Parts> parts);
  std::unique_ptr<Parts> parts_;
};

}  // namespace tearsheet
