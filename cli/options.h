// Options: a command's options as rows, and the arguments read by them. The one door to Boost.Program_options.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet::cli {

/// One option. `value` is its placeholder in the help; empty for a switch. `choices` (parted by ',') are checked and completed; a
/// list option (`many`) may be said again, and takes several choices parted by ','. The choices of an `open` option are only the usual ones.
struct Option {
  std::string_view name;
  char letter = 0;
  std::string_view value, help, choices = {};
  bool many = false;
  bool open = false;
};

/// What was said on the command line.
class Arguments {
 public:
  /// Fails with U001 (unknown option, with the nearest one), U002 (value missing or wrong).
  static Result<Arguments> parse(const std::vector<std::string>& words, std::span<const Option> options);

  bool has(std::string_view name) const;
  /// The last value of an option, or "".
  std::string text(std::string_view name) const;
  /// All values of an option that may be said again, in order.
  std::vector<std::string> all(std::string_view name) const;
  /// The same, each split at ",": --type money,date.
  std::vector<std::string> list(std::string_view name) const;
  const std::vector<std::string>& paths() const { return paths_; }

 private:
  std::vector<std::pair<std::string, std::string>> said_;
  std::vector<std::string> paths_;
};

}  // namespace tearsheet::cli
