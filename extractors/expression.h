// Expression: the small language of `emit` and `where`, over groups and exact decimals.
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include <tl/expected.hpp>

#include "extractors/vocabulary.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// What the names of an expression stand for.
class Names {
 public:
  virtual ~Names() = default;
  /// The value of a name: of its lexicon row where a lexicon stands behind it, else its words. None when the group took no part.
  virtual Scalar value(std::string_view name) const = 0;
  /// The words as they stand in the text.
  virtual std::string text(std::string_view name) const = 0;
  /// A cell of the lexicon row behind the name; "" when empty.
  virtual std::string cell(std::string_view name, std::string_view column) const = 0;
  /// Words to a number: "1,234", "seven".
  virtual std::optional<Decimal> number(std::string_view words) const = 0;
};

/// A parsed expression. Const; safe from any thread.
///
/// `or`, `and`, `not`; `=` `!=` `<` `<=` `>` `>=`; `+` `-`; `*` `/` (only where it goes up exactly); numbers, 'strings', names, (...); and the functions
/// number(x) scaled(x) scale(x) text(g) lookup(g, 'column') lower(x) list(x) coalesce(a, b, ...) min(a, ...) max(a, ...) if(test, a, b).
/// An absent operand of `+`, `-`, `*`, `/` is left out; a comparison with something absent is false.
class Expression {
 public:
  struct Name {
    std::string name;
    Span where;        // in the source
    std::string column;  // of lookup(name, 'column')
  };

  /// Fails with R013 (no such expression) and where.
  static tl::expected<Expression, Flaw> parse(std::string_view source);

  /// Fails with a sentence: a word that is no number, a division that does not go up, a number out of range.
  tl::expected<Scalar, std::string> evaluate(const Names& names) const;
  /// Every name that is used, for checking against the groups.
  const std::vector<Name>& names() const { return names_; }
  const std::string& source() const { return source_; }

  struct Node {
    enum class Op : std::uint8_t { number, string, name, call, negate, invert, multiply, divide, add, subtract, less, less_equal, equal, unequal, both, either };
    Op op = Op::number;
    Scalar value;              // number, string
    std::string text;          // name, function
    std::vector<Node> operands;
  };

 private:
  std::string source_;
  Node root_;
  std::vector<Name> names_;
};

/// True for none, false, zero and the empty string.
bool is_false(const Scalar& value);

}  // namespace tearsheet
