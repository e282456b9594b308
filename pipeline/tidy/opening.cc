// Opening: a reader of patterns that follows their beginnings and the letters that stand in a row; whatever it does not know stands for anything.
#include "pipeline/tidy/opening.h"

#include <algorithm>
#include <array>
#include <string>
#include <utility>

#include "base/utf8.h"
#include "extractors/pattern.h"

namespace tearsheet {
namespace {

constexpr std::size_t kDeep = 6;       // letters followed
constexpr std::size_t kMany = 2'000;   // beginnings of one alternative; more are cut

constexpr char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
constexpr char folded(char c) { return c >= '0' && c <= '9' ? '0' : lower(c); }
bool is_wide(char c) { return static_cast<unsigned char>(c) >= 0x80; }

constexpr std::array<char, 256> kFolded = [] {
  std::array<char, 256> table{};
  for (std::size_t c = 0; c < 256; ++c) table[c] = folded(static_cast<char>(c));
  return table;
}();

/// The place of three bytes, the last in the low bits, among the heads of pieces.
std::size_t piece_bit(std::uint32_t three) { return ((three & 0xFFFFFF) * 0x9E3779B1u) >> 20; }

/// How the matches of a part of a pattern may begin, and what they hold.
struct Beginnings {
  std::vector<std::string> done;  // the part may end here: what follows it goes on
  std::vector<std::string> cut;   // anything may follow
  std::vector<std::pair<std::string, char32_t>> wide;  // this character, which is no ASCII, and then anything

  std::vector<std::string> pieces;  // one of these stands in every match; none known when empty
  char letter = 0;                // the part is this letter ('0' for any digit) and no more

  static Beginnings nothing() { return {{""}, {}, {}, {}, 0}; }
  static Beginnings anything() { return {{}, {""}, {}, {}, 0}; }
};

std::size_t shortest(const std::vector<std::string>& pieces) {
  const auto at = std::min_element(pieces.begin(), pieces.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
  return at == pieces.end() ? 0 : at->size();
}

template <class List>
void append(List& into, const List& more) {
  into.insert(into.end(), more.begin(), more.end());
}

Beginnings either(Beginnings a, const Beginnings& b) {
  append(a.done, b.done);
  append(a.cut, b.cut);
  append(a.wide, b.wide);
  if (!a.pieces.empty() && !b.pieces.empty()) append(a.pieces, b.pieces);
  else a.pieces.clear();
  a.letter = 0;
  return a;
}

Beginnings in_turn(Beginnings a, const Beginnings& b) {
  Beginnings both{{}, std::move(a.cut), std::move(a.wide), std::move(a.pieces), 0};
  if (a.done.size() * (b.done.size() + b.cut.size() + b.wide.size()) > kMany) {
    append(both.cut, a.done);
    return both;
  }
  for (const std::string& first : a.done) {
    for (const std::string& then : b.done) {
      const std::string whole = first + then;
      if (whole.size() < kDeep) both.done.push_back(whole);
      else both.cut.push_back(whole.substr(0, kDeep));
    }
    for (const std::string& then : b.cut) both.cut.push_back((first + then).substr(0, kDeep));
    for (const auto& [then, sign] : b.wide) {
      const std::string whole = first + then;
      if (whole.size() < kDeep) both.wide.emplace_back(whole, sign);
      else both.cut.push_back(whole.substr(0, kDeep));
    }
  }
  return both;
}

/// One or more of a part: what follows the first is not followed up.
Beginnings repeated(Beginnings part) {
  append(part.cut, part.done);
  part.done.clear();
  part.letter = 0;
  return part;
}

class PatternReader {
 public:
  explicit PatternReader(std::string_view regex) : regex_(regex) {}

  /// Of each alternative of the outermost level.
  std::vector<Beginnings> outermost() {
    std::vector<Beginnings> all{sequence()};
    while (peek() == '|') {
      ++at_;
      all.push_back(sequence());
    }
    return all;
  }

 private:
  char peek() const { return at_ < regex_.size() ? regex_[at_] : '\0'; }

  Beginnings sequence() {
    Beginnings all = Beginnings::nothing();
    std::vector<std::string> best;
    std::string row;  // letters that stand one behind the other
    const auto keep = [&](std::vector<std::string> pieces) {
      if (shortest(pieces) > shortest(best)) best = std::move(pieces);
    };
    while (at_ < regex_.size() && peek() != '|' && peek() != ')') {
      Beginnings part = atom();
      const char letter = part.letter;
      const std::size_t before = at_;
      part = quantified(std::move(part));
      const bool counted = at_ != before;
      const std::size_t times = !counted ? 1 : regex_[before] == '+' ? 1 : regex_[before] == '{' ? regex_[before + 1] - '0' : 0;
      if (letter != 0) row.append(times, letter);
      if (letter == 0 || counted) {
        keep({row});
        row.clear();
        if (times > 0) keep(part.pieces);
      }
      all = in_turn(std::move(all), part);
    }
    keep({row});
    all.pieces = std::move(best);
    return all;
  }

  Beginnings alternatives() {
    Beginnings all = sequence();
    while (peek() == '|') {
      ++at_;
      all = either(std::move(all), sequence());
    }
    return all;
  }

  Beginnings quantified(Beginnings part) {
    const char sign = peek();
    const bool counted = sign == '{' && at_ + 1 < regex_.size() && regex_[at_ + 1] >= '0' && regex_[at_ + 1] <= '9';
    if (sign != '?' && sign != '*' && sign != '+' && !counted) return part;
    const bool none = sign == '?' || sign == '*' || regex_.substr(at_, 2) == "{0";
    at_ = sign == '{' ? std::min(regex_.find('}', at_), regex_.size() - 1) + 1 : at_ + 1;
    if (peek() == '?') ++at_;  // as few as possible
    if (sign != '?') part = repeated(std::move(part));
    return none ? either(std::move(part), Beginnings::nothing()) : part;
  }

  Beginnings atom() {
    const char c = peek();
    if (c == '(') return group();
    if (c == '[') return letter_class();
    if (c == '\\') return escape();
    ++at_;
    if (c == '.') return Beginnings::anything();
    if (c == '^' || c == '$') return Beginnings::nothing();
    if (!is_wide(c)) return letter(c);
    const char32_t sign = utf8::next(regex_, --at_);
    if (utf8::is_letter(sign)) return Beginnings::anything();  // it may have a capital
    return {{}, {}, {{"", sign}}, {}, 0};
  }

  /// "[+-]", but no "[a-z]", "[^x]", "[\d]".
  Beginnings letter_class() {
    const std::size_t begin = at_ + 1;
    const std::size_t end = std::min(class_end(regex_, at_), regex_.size() - 1);
    at_ = end + 1;
    const std::string_view inside = regex_.substr(begin, end - begin);
    const bool plain = std::none_of(inside.begin(), inside.end(), [](char c) { return is_wide(c) || c == '\\' || c == '[' || c == '^'; });
    const std::size_t dash = inside.find('-');
    const bool range = dash != std::string_view::npos && dash > 0 && dash + 1 < inside.size();
    return plain && !range ? letters(inside) : Beginnings::anything();
  }

  Beginnings escape() {
    ++at_;
    const char kind = peek();
    ++at_;
    if (kind == 'b' || kind == 'A' || kind == 'z') return Beginnings::nothing();
    if (kind == 'd') {
      Beginnings digits = letters("0123456789");
      digits.letter = '0';
      return digits;
    }
    if (kind == 's') return letters("\t\n\f\r ");
    if ((kind == 'x' || kind == 'p' || kind == 'P') && peek() == '{') at_ = std::min(regex_.find('}', at_), regex_.size() - 1) + 1;
    const bool named = (kind >= 'a' && kind <= 'z') || (kind >= 'A' && kind <= 'Z') || (kind >= '0' && kind <= '9') || is_wide(kind);
    return named ? Beginnings::anything() : letter(kind);
  }

  static Beginnings letter(char c) { return {{std::string(1, lower(c))}, {}, {}, {}, folded(c)}; }

  static Beginnings letters(std::string_view list) {
    Beginnings all;
    for (const char c : list) all.done.emplace_back(1, lower(c));
    return all;
  }

  Beginnings group() {
    ++at_;
    if (peek() == '?') {
      at_ = regex_.substr(at_, 3) == "?P<" ? regex_.find('>', at_) + 1 : regex_.find_first_of(":)", at_);
      if (peek() == ':') ++at_;  // "(?i)" has no inside
    }
    Beginnings inside = alternatives();
    if (peek() == ')') ++at_;
    return inside;
  }

  std::string_view regex_;
  std::size_t at_ = 0;
};

/// "(?:a|b)" -> "a|b"
std::string_view without_outer_group(std::string_view regex) {
  if (!regex.starts_with("(?:")) return regex;
  std::size_t depth = 0;
  for (std::size_t at = 0; at < regex.size(); ++at) {
    if (regex[at] == '\\') ++at;
    else if (regex[at] == '[') at = class_end(regex, at);
    else if (regex[at] == '(') ++depth;
    else if (regex[at] == ')' && --depth == 0) return at + 1 == regex.size() ? regex.substr(3, regex.size() - 4) : regex;
  }
  return regex;
}

}  // namespace

void Openings::add(std::string_view regex) {
  if (regex.find("\\Q") != std::string_view::npos) fits_any_ = true;  // a quotation, where signs mean themselves
  for (const Beginnings& one : PatternReader(without_outer_group(regex)).outermost()) {
    const auto is_open = [](const std::string& letters) { return letters.empty(); };
    if (std::any_of(one.cut.begin(), one.cut.end(), is_open) || std::any_of(one.done.begin(), one.done.end(), is_open)) {
      fits_any_ = fits_any_ || shortest(one.pieces) < kPiece;
      append(pieces_, one.pieces);
      continue;
    }
    for (const std::string& letters : one.cut) insert(letters, true);
    for (const std::string& letters : one.done) insert(letters, true);
    for (const auto& [letters, sign] : one.wide) {
      const std::uint32_t node = insert(letters, false);
      if (node != kAccepts) nodes_[node].wide += sign;
    }
  }
  for (const std::string& piece : pieces_) {
    if (piece.size() < kPiece) continue;
    std::uint32_t three = 0;
    for (std::size_t i = 0; i < kPiece; ++i) three = three << 8 | static_cast<unsigned char>(piece[i]);
    const std::size_t bit = piece_bit(three);
    piece_heads_[bit / 64] |= std::uint64_t{1} << (bit % 64);
  }
}

/// The node behind `letters`, made where there is none; kAccepts where one before it accepts already.
std::uint32_t Openings::insert(std::string_view letters, bool accepts) {
  std::uint32_t node = 0;
  for (std::size_t i = 0; i < letters.size(); ++i) {
    const auto letter = static_cast<std::size_t>(letters[i]);
    if (accepts && i + 1 == letters.size()) nodes_[node].next[letter] = kAccepts;
    if (nodes_[node].next[letter] == 0) {
      nodes_[node].next[letter] = static_cast<std::uint32_t>(nodes_.size());
      nodes_.emplace_back();
    }
    node = nodes_[node].next[letter];
    if (node == kAccepts) return node;
  }
  return node;
}

bool Openings::begins(std::string_view text) const {
  std::uint32_t node = 0;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (is_wide(text[at])) return nodes_[node].wide.find(utf8::next(text, at)) != std::u32string::npos;
    node = nodes_[node].next[static_cast<std::size_t>(lower(text[at]))];
    if (node == kAccepts) return true;
    if (node == 0) return false;
  }
  return false;  // too short
}

bool Openings::holds_piece(std::string_view text) const {
  if (pieces_.empty() || text.size() < kPiece) return false;
  const auto folded_at = [&](std::size_t at) { return static_cast<unsigned char>(kFolded[static_cast<unsigned char>(text[at])]); };
  std::uint32_t three = static_cast<std::uint32_t>(folded_at(0) << 8 | folded_at(1));
  for (std::size_t at = 2; at < text.size(); ++at) {
    three = three << 8 | folded_at(at);
    const std::size_t bit = piece_bit(three);
    if (((piece_heads_[bit / 64] >> (bit % 64)) & 1) == 0) continue;
    const std::string_view rest = text.substr(at - 2);
    const auto stands_here = [&](const std::string& piece) {
      return rest.size() >= piece.size() && std::equal(piece.begin(), piece.end(), rest.begin(), [](char a, char b) { return a == kFolded[static_cast<unsigned char>(b)]; });
    };
    if (std::any_of(pieces_.begin(), pieces_.end(), stands_here)) return true;
  }
  return false;
}

bool Openings::fits(std::string_view text) const {
  // The long s and the Kelvin sign fold to ASCII letters.
  if (fits_any_ || text.find("\xC5\xBF") != std::string_view::npos || text.find("\xE2\x84\xAA") != std::string_view::npos) return true;
  return begins(text) || holds_piece(text);
}

}  // namespace tearsheet
