// Expression values: works an expression out, exactly.
#include <algorithm>
#include <optional>

#include "base/fold.h"
#include "extractors/expression.h"
#include "extractors/number.h"

namespace tearsheet {
namespace {

using Node = Expression::Node;
using Op = Node::Op;
using Worked = tl::expected<Scalar, std::string>;
__extension__ using Wide = __int128;

/// a / b where it goes up within 18 digits after the point.
std::optional<Decimal> divide(const Decimal& a, const Decimal& b) {
  if (b.is_zero()) return std::nullopt;
  Wide dividend = a.mantissa();
  for (int digits = 0; digits <= 18; ++digits) {
    if (dividend % b.mantissa() == 0) {
      const Wide quotient = dividend / b.mantissa();
      if (quotient > INT64_MAX || quotient < INT64_MIN) return std::nullopt;
      return Decimal(static_cast<std::int64_t>(quotient), a.exponent() - b.exponent() - digits);
    }
    dividend *= 10;
  }
  return std::nullopt;
}

class Evaluator {
 public:
  explicit Evaluator(const Names& names) : names_(names) {}

  Worked run(const Node& node) const {
    switch (node.op) {
      case Op::number:
      case Op::string: return node.value;
      case Op::name: return names_.value(node.text);
      case Op::call: return call(node);
      case Op::negate: return negate(node);
      case Op::invert: return test(node.operands[0]).map([](bool b) { return Scalar(!b); });
      case Op::both: return test(node.operands[0]).and_then([&](bool b) { return b ? truth(node.operands[1]) : Worked(false); });
      case Op::either: return test(node.operands[0]).and_then([&](bool b) { return b ? Worked(true) : truth(node.operands[1]); });
      case Op::less:
      case Op::less_equal:
      case Op::equal:
      case Op::unequal: return compare(node);
      default: return arithmetic(node);
    }
  }

 private:
  tl::expected<bool, std::string> test(const Node& node) const {
    return run(node).map([](const Scalar& s) { return !is_false(s); });
  }
  Worked truth(const Node& node) const {
    return test(node).map([](bool b) { return Scalar(b); });
  }

  /// A number, or nothing for an absent value.
  tl::expected<std::optional<Decimal>, std::string> number(const Scalar& value) const {
    if (value.is_none()) return std::nullopt;
    if (const auto* d = value.get<Decimal>()) return *d;
    if (const auto* i = value.get<std::int64_t>()) return Decimal(*i);
    if (const auto* s = value.get<std::string>()) {
      if (auto plain = Decimal::parse(*s)) return plain;
      if (auto read = names_.number(*s)) return read;
    }
    return tl::unexpected("\"" + to_string(value) + "\" is no number");
  }

  Worked negate(const Node& node) const {
    return run(node.operands[0]).and_then([&](const Scalar& s) -> Worked {
      auto n = number(s);
      if (!n) return tl::unexpected(n.error());
      return *n ? Scalar((*n)->negated()) : Scalar();
    });
  }

  Worked arithmetic(const Node& node) const {
    auto left = run(node.operands[0]).and_then([&](const Scalar& s) { return number(s); });
    if (!left) return tl::unexpected(left.error());
    auto right = run(node.operands[1]).and_then([&](const Scalar& s) { return number(s); });
    if (!right) return tl::unexpected(right.error());
    if (!*left || !*right) {
      if (!*left && !*right) return Scalar();
      return *left ? Scalar(**left) : Scalar(**right);
    }
    const Decimal &a = **left, &b = **right;
    std::optional<Decimal> out;
    if (node.op == Op::multiply) out = a.times(b);
    if (node.op == Op::add) out = a.plus(b);
    if (node.op == Op::subtract) out = a.plus(b.negated());
    if (node.op == Op::divide) out = divide(a, b);
    if (!out) return tl::unexpected(node.op == Op::divide ? std::string("the division does not go up exactly") : std::string("the number leaves 18 digits"));
    return Scalar(*out);
  }

  Worked compare(const Node& node) const {
    auto left = run(node.operands[0]);
    if (!left) return left;
    auto right = run(node.operands[1]);
    if (!right) return right;
    if (left->is_none() || right->is_none()) return Scalar(false);
    if (left->get<std::string>() != nullptr && right->get<std::string>() != nullptr) {
      return Scalar(decide(node.op, *left->get<std::string>() <=> *right->get<std::string>()));
    }
    if (left->get<bool>() != nullptr && right->get<bool>() != nullptr) return Scalar(decide(node.op, *left->get<bool>() <=> *right->get<bool>()));
    auto a = number(*left);
    if (!a) return tl::unexpected(a.error());
    auto b = number(*right);
    if (!b) return tl::unexpected(b.error());
    return Scalar(decide(node.op, **a <=> **b));
  }

  static bool decide(Op op, std::strong_ordering order) {
    if (op == Op::less) return order < 0;
    if (op == Op::less_equal) return order <= 0;
    return op == Op::equal ? order == 0 : order != 0;
  }

  Worked call(const Node& node) const {
    if (node.text == "if") {
      const auto yes = test(node.operands[0]);
      if (!yes) return tl::unexpected(yes.error());
      return run(node.operands[*yes ? 1 : 2]);
    }
    if (node.text == "coalesce") {
      for (const Node& operand : node.operands) {
        Worked value = run(operand);
        if (!value || !value->is_none()) return value;
      }
      return Scalar();
    }
    if (node.text == "min" || node.text == "max") return extreme(node);
    if (node.text == "lookup") return or_none(names_.cell(node.operands[0].text, to_string(node.operands[1].value)));
    if (node.text == "text") return or_none(names_.text(node.operands[0].text));
    return run(node.operands[0]).and_then([&](const Scalar& s) { return s.is_none() ? Worked(Scalar()) : unary(node.text, s); });
  }

  static Scalar or_none(std::string text) { return text.empty() ? Scalar() : Scalar(std::move(text)); }

  Worked unary(const std::string& function, const Scalar& value) const {
    const std::string words = to_string(value);
    if (function == "lower") return Scalar(fold(words, Fold::case_fold));
    if (function == "list") {
      std::vector<Scalar> items;
      std::string_view rest = words;
      while (!(rest = trim(rest)).empty()) {
        const std::size_t end = std::min(rest.find(' '), rest.size());
        items.emplace_back(rest.substr(0, end));
        rest.remove_prefix(end);
      }
      return Scalar(std::move(items));
    }
    std::optional<Decimal> out;
    if (function == "number") {
      auto n = number(value);
      if (!n) return tl::unexpected(n.error());
      out = *n;
    } else {
      if (const auto* d = value.get<Decimal>()) return Scalar(*d);
      out = Decimal::parse(words);
      if (!out) out = function == "scale" ? scale_of(words) : read_scaled(words);
    }
    if (!out) return tl::unexpected("\"" + words + "\" is no " + function);
    return Scalar(*out);
  }

  Worked extreme(const Node& node) const {
    std::optional<Decimal> best;
    for (const Node& operand : node.operands) {
      auto n = run(operand).and_then([&](const Scalar& s) { return number(s); });
      if (!n) return tl::unexpected(n.error());
      if (*n && (!best || (node.text == "min" ? **n < *best : **n > *best))) best = *n;
    }
    return best ? Scalar(*best) : Scalar();
  }

  const Names& names_;
};

}  // namespace

bool is_false(const Scalar& value) {
  if (value.is_none()) return true;
  if (const auto* b = value.get<bool>()) return !*b;
  if (const auto* d = value.get<Decimal>()) return d->is_zero();
  if (const auto* i = value.get<std::int64_t>()) return *i == 0;
  const auto* s = value.get<std::string>();
  return s != nullptr && s->empty();
}

tl::expected<Scalar, std::string> Expression::evaluate(const Names& names) const { return Evaluator(names).run(root_); }

}  // namespace tearsheet
