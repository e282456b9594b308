// Expression: parses the small language of `emit` and `where`.
#include "extractors/expression.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <optional>

#include "base/suggest.h"

namespace tearsheet {
namespace {

using Node = Expression::Node;
using Op = Node::Op;

struct Function {
  std::string_view name;
  std::size_t least, most;
};
constexpr std::array kFunctions = {
    Function{"number", 1, 1}, Function{"scaled", 1, 1}, Function{"scale", 1, 1}, Function{"text", 1, 1},    Function{"lookup", 2, 2}, Function{"lower", 1, 1},
    Function{"list", 1, 1},   Function{"coalesce", 1, 8}, Function{"min", 1, 8}, Function{"max", 1, 8}, Function{"if", 3, 3},
};

struct Token {
  enum class Kind : std::uint8_t { end, number, string, word, sign } kind = Kind::end;
  std::string text;
  Span where;
};

Flaw flaw(std::string what, Span where, std::string remark = {}, std::string help = {}) {
  return Flaw{"R013", std::move(what), where, std::move(remark), std::move(help)};
}

bool is_name(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_'; }

tl::expected<std::vector<Token>, Flaw> scan(std::string_view s) {
  std::vector<Token> tokens;
  std::size_t i = 0;
  while (i < s.size()) {
    const auto begin = static_cast<std::uint32_t>(i);
    const auto take = [&](Token::Kind kind, std::size_t end) {
      tokens.push_back({kind, std::string(s.substr(begin, end - begin)), {begin, static_cast<std::uint32_t>(end)}});
      i = end;
    };
    std::size_t end = i + 1;
    if (s[i] == ' ' || s[i] == '\n') {
      ++i;
    } else if (s[i] == '\'' || s[i] == '"') {
      end = s.find(s[i], i + 1);
      if (end == std::string_view::npos) return tl::unexpected(flaw("a string is not closed", {begin, static_cast<std::uint32_t>(s.size())}));
      take(Token::Kind::string, end + 1);
      tokens.back().text = s.substr(begin + 1, end - begin - 1);
    } else if (std::isdigit(static_cast<unsigned char>(s[i])) != 0) {
      while (end < s.size() && (is_name(s[end]) || s[end] == '.')) ++end;
      take(Token::Kind::number, end);
    } else if (is_name(s[i])) {
      while (end < s.size() && is_name(s[end])) ++end;
      take(Token::Kind::word, end);
    } else if (std::string_view("<>!=").find(s[i]) != std::string_view::npos) {
      if (end < s.size() && s[end] == '=') ++end;
      take(Token::Kind::sign, end);
    } else if (std::string_view("+-*/(),").find(s[i]) != std::string_view::npos) {
      take(Token::Kind::sign, end);
    } else {
      return tl::unexpected(flaw("this character has no meaning in an expression", {begin, begin + 1}));
    }
  }
  tokens.push_back({Token::Kind::end, "", {static_cast<std::uint32_t>(s.size()), static_cast<std::uint32_t>(s.size())}});
  return tokens;
}

/// Recursive descent, lowest binding first. The first flaw ends it.
class Parser {
 public:
  Parser(std::vector<Token> tokens, std::vector<Expression::Name>& names) : tokens_(std::move(tokens)), names_(names) {}

  tl::expected<Node, Flaw> run() {
    Node node = either();
    if (!flaw_ && now().kind != Token::Kind::end) complain("this is one too many", now().where);
    if (flaw_) return tl::unexpected(*flaw_);
    return node;
  }

 private:
  const Token& now() const { return tokens_[at_]; }
  bool take(Token::Kind kind, std::string_view text) {
    if (now().kind != kind || now().text != text) return false;
    ++at_;
    return true;
  }
  bool sign(std::string_view text) { return take(Token::Kind::sign, text); }
  bool word(std::string_view text) { return take(Token::Kind::word, text); }
  void complain(std::string what, Span where, std::string remark = {}, std::string help = {}) {
    if (!flaw_) flaw_ = flaw(std::move(what), where, std::move(remark), std::move(help));
  }
  static Node binary(Op op, Node a, Node b) {
    Node node;
    node.op = op;
    node.operands.push_back(std::move(a));
    node.operands.push_back(std::move(b));
    return node;
  }

  Node either() {
    Node node = both();
    while (!flaw_ && word("or")) node = binary(Op::either, std::move(node), both());
    return node;
  }
  Node both() {
    Node node = comparison();
    while (!flaw_ && word("and")) node = binary(Op::both, std::move(node), comparison());
    return node;
  }
  Node comparison() {
    Node node = sum();
    if (sign("=") || sign("==")) return binary(Op::equal, std::move(node), sum());
    if (sign("!=")) return binary(Op::unequal, std::move(node), sum());
    if (sign("<")) return binary(Op::less, std::move(node), sum());
    if (sign("<=")) return binary(Op::less_equal, std::move(node), sum());
    if (sign(">")) return binary(Op::less, sum(), std::move(node));
    if (sign(">=")) return binary(Op::less_equal, sum(), std::move(node));
    return node;
  }
  Node sum() {
    Node node = product();
    while (!flaw_) {
      if (sign("+")) {
        node = binary(Op::add, std::move(node), product());
      } else if (sign("-")) {
        node = binary(Op::subtract, std::move(node), product());
      } else {
        break;
      }
    }
    return node;
  }
  Node product() {
    Node node = single();
    while (!flaw_) {
      if (sign("*")) {
        node = binary(Op::multiply, std::move(node), single());
      } else if (sign("/")) {
        node = binary(Op::divide, std::move(node), single());
      } else {
        break;
      }
    }
    return node;
  }
  Node single() {
    Node node;
    if (++depth_ > 64) complain("nested too deep", now().where);
    if (flaw_) return node;
    const Token token = now();
    if (sign("-") || word("not")) {
      node.op = token.text == "-" ? Op::negate : Op::invert;
      node.operands.push_back(single());
    } else if (sign("(")) {
      node = either();
      if (!sign(")")) complain("a ) is missing", now().where);
    } else if (token.kind == Token::Kind::number) {
      ++at_;
      const auto number = Decimal::parse(token.text);
      if (!number) complain("\"" + token.text + "\" is no number", token.where, "", "words go in quotes: 'text'");
      node.value = number.value_or(Decimal{});
    } else if (token.kind == Token::Kind::string) {
      ++at_;
      node.op = Op::string;
      node.value = token.text;
    } else if (token.kind == Token::Kind::word) {
      ++at_;
      node = sign("(") ? call(token) : name(token);
    } else {
      complain(token.kind == Token::Kind::end ? "the expression ends too early" : "a name, number or string should stand here", token.where);
    }
    --depth_;
    return node;
  }
  Node name(const Token& token) {
    names_.push_back({token.text, token.where, {}});
    Node node;
    node.op = Op::name;
    node.text = token.text;
    return node;
  }
  Node call(const Token& token) {
    const auto* function = std::find_if(kFunctions.begin(), kFunctions.end(), [&](const Function& f) { return f.name == token.text; });
    if (function == kFunctions.end()) {
      std::vector<std::string> known;
      for (const Function& f : kFunctions) known.emplace_back(f.name);
      complain("no function is called " + token.text, token.where, did_you_mean(token.text, known));
      return {};
    }
    Node node;
    node.op = Op::call;
    node.text = token.text;
    const std::size_t first_name = names_.size();
    do node.operands.push_back(either());
    while (!flaw_ && sign(","));
    if (!sign(")")) complain("a ) is missing", now().where);
    if (node.operands.size() < function->least || node.operands.size() > function->most) {
      complain(token.text + " takes " + std::to_string(function->least) + (function->most > function->least ? " or more" : "") + " arguments", token.where);
    }
    if (!flaw_ && (token.text == "text" || token.text == "lookup") && node.operands[0].op != Op::name) complain("the first argument must be a group", token.where);
    if (!flaw_ && token.text == "lookup") {
      if (node.operands[1].op != Op::string) complain("the second argument must be a column in quotes", token.where);
      if (!flaw_) names_[first_name].column = to_string(node.operands[1].value);
    }
    return node;
  }

  std::vector<Token> tokens_;
  std::vector<Expression::Name>& names_;
  std::size_t at_ = 0;
  int depth_ = 0;
  std::optional<Flaw> flaw_;
};

}  // namespace

tl::expected<Expression, Flaw> Expression::parse(std::string_view source) {
  Expression expression;
  expression.source_ = source;
  auto tokens = scan(source);
  if (!tokens) return tl::unexpected(tokens.error());
  auto root = Parser(std::move(*tokens), expression.names_).run();
  if (!root) return tl::unexpected(root.error());
  expression.root_ = std::move(*root);
  return expression;
}

}  // namespace tearsheet
