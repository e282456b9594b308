// Qualifiers: what stands around a value and changes how it is meant: "up to", "a share", "fell by".
#pragma once

#include <cstdint>
#include <memory>
#include <string_view>

#include "extractors/lexicon.h"
#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

class Rulebook;

/// What the words around a value say of it. Views into the lexicons, which live as long as the Rulebook; empty = not said.
struct Around {
  std::string_view modifier;  // approx | max | min
  std::string_view change;    // up | down
  std::string_view per;       // share, year, barrel
};

/// What the value is. `small` is one in minor units or for one share, where "lost 61 cents" is a move, not a loss. `share` is a
/// percentage or a quantity: it moves like a small value, and the move may also stand behind it ("a 12% increase") or have an
/// object before its "by" ("cut its staff by 5%").
enum class ValueSort : std::uint8_t { sum, small, share };

/// Reads the words before and after a value by the lexicons `qualifier`, `change` and `per_unit`. Const; safe from any thread.
class Qualifiers {
 public:
  /// Fails with R007 when the rules declare no such lexicon.
  static Result<Qualifiers> make(const Rulebook& rules);

  /// What is said around `value` within `line`. Looks at no more than eight words on either side.
  Around around(std::string_view text, Span line, Span value, ValueSort sort) const;

 private:
  Around after(std::string_view text, Span line, Span value, ValueSort sort, Around found) const;
  std::string_view change_behind(std::string_view left, std::string_view right) const;

  std::shared_ptr<const Lexicon> qualifier_, change_, per_unit_;
};

}  // namespace tearsheet
