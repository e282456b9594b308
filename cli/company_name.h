// Company name: from a register's spelling to the surfaces that news writes.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace tearsheet::cli {

/// One surface of a name; `ambiguous` when it needs context to count.
struct NameSurface {
  std::string text;
  bool ambiguous = false;
};

/// The register's name, the same in title case where it is all capitals, and the name without its legal form. A single plain word
/// is marked ambiguous, as it may be a word or a person; a form of under three letters is left out. Empty for a name that is no
/// name.
std::vector<NameSurface> surfaces_of(std::string_view name);

/// A stable id of lower-case letters, digits and '_'.
std::string slug_of(std::string_view name);

}  // namespace tearsheet::cli
