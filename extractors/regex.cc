// Regex: the syntax tree of an expanded pattern, for the fast path's automaton; RE2 itself keeps its trees to itself.
#include "extractors/regex.h"

#include <algorithm>
#include <charconv>

#include "base/utf8.h"

namespace tearsheet::regex {
namespace {

constexpr char32_t kLast = 0x10FFFF;
constexpr int kMaxDepth = 100;
constexpr std::uint32_t kMaxCount = 1000;  // as RE2

bool is_digit(char c) { return c >= '0' && c <= '9'; }

CharClass perl(char kind) {
  CharClass set;
  if (kind == 'd' || kind == 'w') set.add('0', '9');
  if (kind == 'w') {
    set.add('a', 'z');
    set.add('A', 'Z');
    set.add('_', '_');
  }
  if (kind == 's') {
    set.add('\t', '\n');
    set.add('\f', '\r');
    set.add(' ', ' ');
  }
  return set;
}

void add_all_high(CharClass& set) {
  set.high = {{0x80, kLast}};
  set.rough = true;
}

/// ASCII's share of a Unicode class is exact, the rest is all of U+0080 and up.
std::optional<CharClass> unicode(std::string_view name) {
  CharClass set;
  const auto add_each = [&](std::string_view chars) {
    for (const char c : chars) set.add(static_cast<char32_t>(c), static_cast<char32_t>(c));
  };
  if (name == "L" || name == "Lu" || name == "Latin") set.add('A', 'Z');
  if (name == "L" || name == "Ll" || name == "Latin") set.add('a', 'z');
  if (name == "N" || name == "Nd") set.add('0', '9');
  if (name == "P") add_each("!\"#%&'()*,-./:;?@[\\]_{}");
  if (name == "S") add_each("$+<=>^`|~");
  if (name == "Sc") add_each("$");
  if (name == "Z" || name == "Zs") add_each(" ");
  constexpr std::string_view kKnown[] = {"L",  "Lu", "Ll", "Lt", "Lm",       "Lo",    "N",      "Nd",     "P",  "S",     "Sc",      "Z",        "Zs",      "M",
                                         "Mn", "Han", "Greek", "Cyrillic", "Latin", "Arabic", "Hebrew", "Hiragana", "Katakana", "Hangul", "Thai", "Devanagari"};
  if (std::find(std::begin(kKnown), std::end(kKnown), name) == std::end(kKnown)) return std::nullopt;
  add_all_high(set);
  return set;
}

std::unique_ptr<Node> make(Node::Kind kind) {
  auto node = std::make_unique<Node>();
  node->kind = kind;
  return node;
}

class Parser {
 public:
  Parser(std::string_view text, const std::vector<WordsSlot>& slots) : text_(text), slots_(slots) {}

  std::unique_ptr<Node> run() {
    auto tree = choice(0);
    return ok_ && at_ == text_.size() ? std::move(tree) : nullptr;
  }

 private:
  struct Flags {
    bool fold = false, dot_all = false;
  };

  bool more() const { return ok_ && at_ < text_.size(); }
  char peek() const { return at_ < text_.size() ? text_[at_] : '\0'; }
  bool take(std::string_view word) {
    if (text_.substr(at_, word.size()) != word) return false;
    at_ += word.size();
    return true;
  }
  std::nullptr_t give_up() {
    ok_ = false;
    return nullptr;
  }

  std::unique_ptr<Node> choice(int depth) {
    if (depth > kMaxDepth) return give_up();
    const Flags outer = flags_;
    auto all = make(Node::Kind::choice);
    all->parts.push_back(sequence(depth));
    while (more() && take("|")) all->parts.push_back(sequence(depth));
    flags_ = outer;
    if (!ok_) return nullptr;
    if (all->parts.size() == 1) return std::move(all->parts.front());
    return all;
  }

  std::unique_ptr<Node> sequence(int depth) {
    auto all = make(Node::Kind::sequence);
    while (more() && peek() != '|' && peek() != ')') {
      auto part = atom(depth);
      if (part == nullptr) return nullptr;
      part = repeated(std::move(part));
      if (part == nullptr) return nullptr;
      all->parts.push_back(std::move(part));
    }
    return all;
  }

  std::unique_ptr<Node> repeated(std::unique_ptr<Node> part) {
    while (more()) {
      std::uint32_t least = 0, most = 0;
      if (take("*")) {
      } else if (take("+")) {
        least = 1;
      } else if (take("?")) {
        most = 1;
      } else if (!counts(least, most)) {
        break;
      }
      if (!ok_) return nullptr;
      take("?");  // lazy: the same language
      auto node = make(Node::Kind::repeat);
      node->least = least;
      node->most = most;
      node->parts.push_back(std::move(part));
      part = std::move(node);
    }
    return part;
  }

  /// `{2}`, `{2,}`, `{2,4}`; any other brace is a letter.
  bool counts(std::uint32_t& least, std::uint32_t& most) {
    if (peek() != '{' || at_ + 1 >= text_.size() || !is_digit(text_[at_ + 1])) return false;
    const std::size_t close = text_.find('}', at_);
    if (close == std::string_view::npos) return false;
    const std::string_view inside = text_.substr(at_ + 1, close - at_ - 1);
    const std::size_t comma = inside.find(',');
    const auto number = [&](std::string_view digits, std::uint32_t& out) {
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), out);
      return error == std::errc() && end == digits.data() + digits.size() && out <= kMaxCount;
    };
    if (!number(inside.substr(0, comma), least)) return false;
    most = least;
    if (comma != std::string_view::npos) {
      most = 0;
      if (comma + 1 < inside.size() && !number(inside.substr(comma + 1), most)) return false;
      if (comma + 1 < inside.size() && most == 0) ok_ = false;  // x{0,0}
    } else if (least == 0) {
      ok_ = false;
    }
    at_ = close + 1;
    return true;
  }

  std::unique_ptr<Node> atom(int depth) {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].where.begin != at_) continue;
      at_ = slots_[i].where.end;
      auto node = make(Node::Kind::slot);
      node->slot = static_cast<std::uint32_t>(i);
      return node;
    }
    const char c = peek();
    if (c == '(') return group(depth);
    if (c == '[') return chars_of(bracket());
    if (c == '.') {
      ++at_;
      CharClass any;
      any.add(0, flags_.dot_all ? kLast : '\n' - 1);
      if (!flags_.dot_all) any.add('\n' + 1, kLast);
      return chars_of(any);
    }
    if (c == '^') {
      ++at_;
      return make(Node::Kind::empty);
    }
    if (c == '$') {
      ++at_;
      return make(Node::Kind::end);
    }
    if (c == '*' || c == '+' || c == '?') return give_up();
    if (c == '\\') return escape();
    std::size_t next = at_;
    const char32_t letter = utf8::next(text_, next);
    at_ = next;
    return literal(letter);
  }

  std::unique_ptr<Node> literal(char32_t letter) {
    CharClass one;
    one.add(letter, letter);
    if (flags_.fold) one.fold();
    return chars_of(one);
  }

  std::unique_ptr<Node> chars_of(std::optional<CharClass> set) {
    if (!set) return give_up();
    auto node = make(Node::Kind::chars);
    node->chars = std::move(*set);
    return node;
  }

  std::unique_ptr<Node> group(int depth) {
    ++at_;
    const Flags outer = flags_;
    if (take("?P<")) {
      const std::size_t close = text_.find('>', at_);
      if (close == std::string_view::npos) return give_up();
      at_ = close + 1;
    } else if (take("?")) {
      bool on = true;
      while (more() && peek() != ':' && peek() != ')') {
        const char f = text_[at_++];
        if (f == '-') {
          on = false;
        } else if (f == 'i') {
          flags_.fold = on;
        } else if (f == 's') {
          flags_.dot_all = on;
        } else {
          return give_up();  // m and U
        }
      }
      if (take(")")) return make(Node::Kind::empty);  // the flags hold to the end of the group around
      if (!take(":")) return give_up();
    }
    auto inside = choice(depth + 1);
    flags_ = outer;
    if (inside == nullptr || !take(")")) return give_up();
    return inside;
  }

  std::unique_ptr<Node> escape() {
    ++at_;
    const char c = peek();
    if (take("b")) return make(Node::Kind::boundary);
    if (take("B")) return make(Node::Kind::no_boundary);
    if (take("A")) return make(Node::Kind::empty);
    if (take("z")) return make(Node::Kind::end);
    if (c == 'Q' || c == 'C') return give_up();
    if (auto set = class_escape()) return chars_of(std::move(set));
    if (!ok_) return nullptr;
    const auto letter = letter_escape();
    return letter ? literal(*letter) : give_up();
  }

  /// \d \W \pL \P{Greek}, behind the backslash. Nothing (and no failure) when it is another escape.
  std::optional<CharClass> class_escape() {
    const char c = peek();
    const char lower = static_cast<char>(c | 0x20);
    if (lower == 'd' || lower == 'w' || lower == 's') {
      ++at_;
      CharClass set = perl(lower);
      if (c != lower) set.negate();
      return set;
    }
    if (lower != 'p') return std::nullopt;
    ++at_;
    std::string_view name = text_.substr(at_, 1);
    if (peek() == '{') {
      const std::size_t close = text_.find('}', at_);
      if (close == std::string_view::npos) return fail_class();
      name = text_.substr(at_ + 1, close - at_ - 1);
      at_ = close + 1;
    } else {
      ++at_;
    }
    auto set = unicode(name);
    if (!set) return fail_class();
    if (flags_.fold) set->fold();
    if (c == 'P') set->negate();
    return set;
  }
  std::optional<CharClass> fail_class() {
    ok_ = false;
    return std::nullopt;
  }

  /// \n \x27 \x{2019} \. behind the backslash.
  std::optional<char32_t> letter_escape() {
    const char c = peek();
    ++at_;
    constexpr std::string_view kNames = "afnrtv", kBytes = "\a\f\n\r\t\v";
    if (const std::size_t i = kNames.find(c); i != std::string_view::npos) return static_cast<char32_t>(kBytes[i]);
    if (c == 'x') {
      std::string_view digits = text_.substr(at_, 2);
      if (peek() == '{') {
        const std::size_t close = text_.find('}', at_);
        if (close == std::string_view::npos) return std::nullopt;
        digits = text_.substr(at_ + 1, close - at_ - 1);
        at_ = close + 1;
      } else {
        at_ += 2;
      }
      std::uint32_t value = 0;
      const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), value, 16);
      if (error != std::errc() || end != digits.data() + digits.size() || value > kLast) return std::nullopt;
      return static_cast<char32_t>(value);
    }
    const bool sign = static_cast<unsigned char>(c) < 0x80 && !is_digit(c) && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z');
    if (sign) return static_cast<char32_t>(c);
    return std::nullopt;
  }

  std::optional<CharClass> bracket() {
    ++at_;
    CharClass set;
    const bool negated = take("^");
    for (bool first = true; more() && (first || peek() != ']'); first = false) {
      if (text_.substr(at_, 2) == "[:") return fail_class();
      if (peek() == '\\') {
        ++at_;
        if (auto inner = class_escape()) {
          set.add(*inner);
          continue;
        }
        if (!ok_) return std::nullopt;
        --at_;
      }
      const auto low = class_letter();
      if (!low) return fail_class();
      char32_t last = *low;
      if (peek() == '-' && at_ + 1 < text_.size() && text_[at_ + 1] != ']') {
        ++at_;
        const auto high = class_letter();
        if (!high || *high < *low) return fail_class();
        last = *high;
      }
      CharClass range;
      range.add(*low, last);
      if (flags_.fold) range.fold();
      set.add(range);
    }
    if (!take("]")) return fail_class();
    if (negated) set.negate();
    return set;
  }

  std::optional<char32_t> class_letter() {
    if (take("\\")) return letter_escape();
    std::size_t next = at_;
    const char32_t letter = utf8::next(text_, next);
    at_ = next;
    return letter;
  }

  std::string_view text_;
  const std::vector<WordsSlot>& slots_;
  std::size_t at_ = 0;
  Flags flags_;
  bool ok_ = true;
};

}  // namespace

void CharClass::add(char32_t low, char32_t last) {
  for (char32_t c = low; c <= last && c < 0x80; ++c) ascii.set(c);
  if (last >= 0x80) high.emplace_back(std::max<char32_t>(low, 0x80), last);
}

void CharClass::add(const CharClass& other) {
  ascii |= other.ascii;
  high.insert(high.end(), other.high.begin(), other.high.end());
  rough = rough || other.rough;
}

void CharClass::fold() {
  for (char32_t c = 'a'; c <= 'z'; ++c) {
    const bool either = ascii.test(c) || ascii.test(c - 32);
    ascii.set(c, either);
    ascii.set(c - 32, either);
  }
  const auto holds = [&](char32_t c) { return std::any_of(high.begin(), high.end(), [&](const auto& range) { return range.first <= c && c <= range.second; }); };
  for (const auto& [letter, partner] : {std::pair{U'k', U'\x212A'}, std::pair{U's', U'\x017F'}}) {  // the Kelvin sign, the long s
    const bool either = ascii.test(letter) || holds(partner);
    ascii.set(letter, either);
    ascii.set(letter - 32, either);
  }
  if (!high.empty()) add_all_high(*this);
  if (ascii.test('k')) add(0x212A, 0x212A);
  if (ascii.test('s')) add(0x017F, 0x017F);
}

void CharClass::negate() {
  ascii.flip();
  if (rough) {
    high = {{0x80, kLast}};
    return;
  }
  std::sort(high.begin(), high.end());
  std::vector<std::pair<char32_t, char32_t>> rest;
  char32_t from = 0x80;
  for (const auto& [low, last] : high) {
    if (low > from) rest.emplace_back(from, low - 1);
    from = std::max<char32_t>(from, last + 1);
  }
  if (from <= kLast) rest.emplace_back(from, kLast);
  high = std::move(rest);
}

std::unique_ptr<Node> parse(std::string_view regex, const std::vector<WordsSlot>& slots) { return Parser(regex, slots).run(); }

}  // namespace tearsheet::regex
