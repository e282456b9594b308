// Numbers: digits of every grouping, number words and scale words to exact decimals.
#include "extractors/number.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "extractors/number_word.h"

namespace tearsheet {
namespace {

bool digit(char c) { return c >= '0' && c <= '9'; }
/// Length of the blank at the start of `text` (space, NBSP, thin, narrow and figure space), or 0.
std::size_t blank(std::string_view text) {
  if (text.empty()) return 0;
  if (text[0] == ' ' || text[0] == '\t' || text[0] == '\n' || text[0] == '\r') return 1;
  if (text.substr(0, 2) == "\u00A0") return 2;
  for (std::string_view wide : {"\u2009", "\u202F", "\u2007", "\u2008"})
    if (text.substr(0, 3) == wide) return 3;
  return 0;
}

/// Length of the apostrophe at the start of `text`, or 0.
std::size_t apostrophe(std::string_view text) {
  if (!text.empty() && text[0] == '\'') return 1;
  return text.substr(0, 3) == "\u2019" ? 3 : 0;
}

std::size_t digits_at(std::string_view text) {
  std::size_t n = 0;
  while (n < text.size() && digit(text[n])) ++n;
  return n;
}

/// A run of digits and separators, cut into pieces: "12,34,567.89" is 12 34 567 89 with , , .
struct Literal {
  std::array<std::string_view, 9> piece;
  std::array<char, 8> separator{};  // ',' '.' '\'' ' '
  std::size_t pieces = 0;
  std::size_t size = 0;  // bytes taken
};

/// Kind and length of a separator that is followed by a digit; a blank counts only before exactly three digits ("2 000", not "2
/// 20").
char separator_at(std::string_view text, std::size_t& length) {
  if (text.empty()) return 0;
  char kind = 0;
  if (text[0] == ',' || text[0] == '.')
    kind = text[0], length = 1;
  else if ((length = apostrophe(text)) > 0)
    kind = '\'';
  else if ((length = blank(text)) > 0)
    kind = ' ';
  const std::size_t next = kind ? digits_at(text.substr(length)) : 0;
  return next == 0 || (kind == ' ' && next != 3) ? '\0' : kind;
}

bool cut(std::string_view text, Literal& out) {
  std::size_t at = 0;
  out.piece[out.pieces++] = text.substr(0, digits_at(text));
  at = out.piece[0].size();
  while (true) {
    std::size_t length = 0;
    const char kind = separator_at(text.substr(at), length);
    if (!kind) break;
    if (out.pieces == out.piece.size()) return false;
    out.separator[out.pieces - 1] = kind;
    const std::string_view rest = text.substr(at + length);
    out.piece[out.pieces++] = rest.substr(0, digits_at(rest));
    at += length + out.piece[out.pieces - 1].size();
  }
  out.size = at;
  return true;
}

/// True where the first `count` pieces are groups: 1-3 then threes, or with commas the Indian 1-2, twos, three.
bool grouped(const Literal& literal, std::size_t count) {
  if (count == 1) return true;
  const std::size_t head = literal.piece[0].size();
  if (head < 1 || head > 3 || literal.piece[count - 1].size() != 3) return false;
  bool threes = true, twos = head <= 2 && literal.separator[0] == ',';
  for (std::size_t i = 1; i + 1 < count; ++i) {
    threes &= literal.piece[i].size() == 3;
    twos &= literal.piece[i].size() == 2;
  }
  for (std::size_t i = 1; i + 1 < count; ++i)
    if (literal.separator[i] != literal.separator[0]) return false;
  return threes || twos;
}

/// How many of the pieces are the whole part: all of them (no decimals), all but the last, or 0 when the form is no number.
std::size_t whole_pieces(const Literal& literal, bool decimal_comma) {
  const std::size_t n = literal.pieces;
  if (n == 1) return 1;
  const char last = literal.separator[n - 2];
  const std::string_view head = literal.piece[0], tail = literal.piece[n - 1];
  const bool could_group = grouped(literal, n);
  if (n > 2 && could_group) return n;
  if (last != ',' && last != '.') return could_group ? n : 0;
  if (n > 2) {
    if (literal.separator[n - 3] == last) return 0;
    return grouped(literal, n - 1) ? n - 1 : 0;
  }
  const bool zero = head == "0" || head.empty();
  if (last == '.') return decimal_comma && could_group && !zero ? n : 1;
  if (decimal_comma || zero) return 1;
  if (could_group) return n;
  return tail.size() <= 2 ? 1 : 0;
}

std::optional<Decimal> decimal_of(const Literal& literal, std::size_t whole) {
  constexpr std::int64_t kMost = 999'999'999'999'999'999;
  std::int64_t mantissa = 0;
  int exponent = 0;
  for (std::size_t i = 0; i < literal.pieces; ++i) {
    for (char c : literal.piece[i]) {
      if (mantissa > (kMost - (c - '0')) / 10) return std::nullopt;
      mantissa = mantissa * 10 + (c - '0');
      if (i >= whole) --exponent;
    }
  }
  return Decimal(mantissa, exponent);
}

/// "½", "1/2", "3/4", "5/8" at the start of `text`; fractions of other denominators may be dates or scores.
std::optional<Decimal> fraction_at(std::string_view text, std::size_t& size) {
  struct Glyph {
    std::string_view sign;
    std::int64_t mantissa;
    int exponent;
  };
  constexpr Glyph kGlyphs[] = {{"½", 5, -1},   {"¼", 25, -2}, {"¾", 75, -2}, {"⅛", 125, -3}, {"⅜", 375, -3}, {"⅝", 625, -3},
                               {"⅞", 875, -3}, {"⅕", 2, -1},  {"⅖", 4, -1},  {"⅗", 6, -1},   {"⅘", 8, -1}};
  for (const Glyph& glyph : kGlyphs)
    if (text.substr(0, glyph.sign.size()) == glyph.sign) return size = glyph.sign.size(), Decimal(glyph.mantissa, glyph.exponent);
  if (text.empty() || !digit(text[0])) return std::nullopt;
  const std::size_t slash = text.substr(1, 1) == "/" ? 1 : text.substr(1, 3) == "\u2044" ? 3 : 0;
  if (slash == 0 || digits_at(text.substr(1 + slash)) != 1) return std::nullopt;
  const int over = text[0] - '0', under = text[1 + slash] - '0';
  if (over < 1 || over >= under || (under != 2 && under != 4 && under != 8)) return std::nullopt;
  size = 2 + slash;
  return Decimal(over * (1000 / under), -3);
}

/// Digits with their fraction at the start of `text`: "1,234.5", "1 1/2", "3½", "½".
std::optional<Decimal> digits_with_fraction(std::string_view text, bool decimal_comma, std::size_t& size) {
  if (const auto alone = fraction_at(text, size)) return alone;
  Literal literal;
  if (!cut(text, literal)) return std::nullopt;
  const std::size_t whole = whole_pieces(literal, decimal_comma);
  if (whole == 0) return std::nullopt;
  const auto value = decimal_of(literal, whole);
  size = literal.size;
  if (!value || literal.pieces != 1) return value;
  const std::string_view rest = text.substr(size);
  const std::size_t gap = !rest.empty() && rest[0] == '-' ? 1 : blank(rest);
  std::size_t more = 0;
  if (const auto part = fraction_at(rest.substr(gap), more)) {
    size += gap + more;
    return value->plus(*part);
  }
  return value;
}

/// Walks the tokens of a number and joins them. One pass, no look back further than one token.
class Walk {
 public:
  Walk(std::string_view text, bool decimal_comma, bool scaled) : rest_(text), decimal_comma_(decimal_comma), scaled_(scaled) {}

  std::optional<Decimal> read() {
    skip_gap();
    const bool minus = sign();
    while (!rest_.empty())
      if (!token()) return std::nullopt;
    if (joining_ || (!current_ && !total_)) return std::nullopt;
    auto sum = current_ ? current_ : Decimal(0);
    if (total_ && sum) sum = total_->plus(*sum);
    if (sum && minus) sum = sum->negated();
    return sum;
  }

 private:
  bool sign() {
    for (std::string_view mark :
         {std::string_view("-"), std::string_view("+"), std::string_view("\u2212"), std::string_view("minus ")}) {
      if (rest_.substr(0, mark.size()) != mark) continue;
      rest_.remove_prefix(mark.size());
      return mark != "+";
    }
    return false;
  }

  void skip_gap() {
    while (!rest_.empty()) {
      const std::size_t n = rest_[0] == '-' && (current_ || total_) ? 1 : blank(rest_);
      if (n == 0) return;
      rest_.remove_prefix(n);
    }
  }

  bool token() {
    const bool glyph = static_cast<unsigned char>(rest_[0]) >= 0x80 && !current_ && !total_;
    const bool ok = digit(rest_[0]) || rest_[0] == '.' || glyph ? number_token() : word_token();
    skip_gap();
    return ok;
  }

  bool number_token() {
    if (point_) return decimals();
    if (current_ || (total_ && !scaled_)) return false;
    std::size_t size = 0;
    const auto value = digits_with_fraction(rest_, decimal_comma_, size);
    if (!value) return false;
    rest_.remove_prefix(size);
    current_ = value;
    last_ = NumberWord::Class::teen;
    digits_ = true;
    joining_ = false;
    return true;
  }

  /// The digits after a spelled "point": "1 point 25".
  bool decimals() {
    const std::size_t n = digits_at(rest_);
    bool ok = n > 0;
    for (std::size_t i = 0; i < n && ok; ++i) ok = decimal(rest_[i] - '0');
    rest_.remove_prefix(n);
    return ok;
  }

  bool decimal(int value) {
    current_ = current_->plus(Decimal(value, --point_exponent_));
    joining_ = false;
    return current_.has_value();
  }

  std::string_view next_word() {
    std::size_t n = 0;
    while (n < rest_.size() && rest_[n] != '-' && !digit(rest_[n]) && blank(rest_.substr(n)) == 0) ++n;
    const std::string_view word = rest_.substr(0, n);
    rest_.remove_prefix(n);
    return word;
  }

  bool word_token() {
    const std::string_view word = next_word();
    if (equals_low(word, "and")) return and_word();
    if (equals_low(word, "of")) return last_ == NumberWord::Class::fraction || last_ == NumberWord::Class::mult;
    if (equals_low(word, "point")) return point_word();
    const NumberWord* found = find_number_word(word);
    if (found == nullptr || (found->only_after_digits && (!digits_ || !scaled_))) return false;
    const Decimal value(found->mantissa, found->exponent);
    switch (found->kind) {
      case NumberWord::Class::article:
        return article();
      case NumberWord::Class::unit:
        return point_ ? decimal(static_cast<int>(found->mantissa)) : small(value, found->kind);
      case NumberWord::Class::teen:
      case NumberWord::Class::tens:
        return small(value, found->kind);
      case NumberWord::Class::fraction:
        return fraction(value);
      case NumberWord::Class::mult:
        return multiply(value, found->kind);
      case NumberWord::Class::scale:
        return digits_ && !scaled_ ? false : scale(value);
    }
    return false;
  }

  bool and_word() {
    if ((!current_ && !total_) || joining_) return false;
    return joining_ = true;
  }

  bool point_word() {
    if (!current_ || point_) return false;
    point_ = true;
    return joining_ = true;
  }

  bool article() {
    if (last_ == NumberWord::Class::fraction && current_) return true;  // "half a", "three quarters of a"
    if (joining_) return true;                                          // "two and a half"
    if (current_ || total_) return false;
    current_ = Decimal(1);
    last_ = NumberWord::Class::article;
    return true;
  }

  bool small(const Decimal& value, NumberWord::Class kind) {
    if (digits_ && current_) return false;
    if (current_) {
      const bool fits =
          last_ == NumberWord::Class::mult || (last_ == NumberWord::Class::tens && kind == NumberWord::Class::unit && !joining_);
      if (!fits) return false;
      current_ = current_->plus(value);
    } else {
      current_ = value;
    }
    joining_ = false;
    last_ = kind;
    return current_.has_value();
  }

  bool fraction(const Decimal& value) {
    if (point_) return false;
    if (!current_)
      current_ = value;
    else if (joining_)
      current_ = current_->plus(value);  // "two and a half"
    else
      current_ = current_->times(value);  // "three quarters", "a quarter"
    joining_ = false;
    last_ = NumberWord::Class::fraction;
    return current_.has_value();
  }

  bool multiply(const Decimal& value, NumberWord::Class kind) {
    if (joining_) return false;
    current_ = (current_ ? *current_ : Decimal(1)).times(value);
    last_ = kind;
    return current_.has_value();
  }

  /// "two hundred thousand", "3 lakh crore", "thousand million", "one million two hundred thousand".
  bool scale(const Decimal& value) {
    if (joining_) return false;
    auto step = current_;
    const bool grows = total_ && (!scale_ || *scale_ <= value);
    if (!current_ && total_) {
      if (!grows && !scaled_ && *scale_ > value) return false;
      total_ = total_->times(value);  // a scale after a scale multiplies it
    } else if (grows) {
      const auto sum = total_->plus(*current_);
      total_ = sum ? sum->times(value) : std::nullopt;
    } else {
      step = (current_ ? *current_ : Decimal(1)).times(value);
      total_ = step && total_ ? total_->plus(*step) : step;
    }
    current_.reset();
    scale_ = value;
    last_ = NumberWord::Class::scale;
    point_ = false;
    return total_.has_value();
  }

  std::string_view rest_;
  bool decimal_comma_, scaled_;
  bool digits_ = false, joining_ = false, point_ = false;
  int point_exponent_ = 0;
  std::optional<Decimal> total_, current_, scale_;
  NumberWord::Class last_ = NumberWord::Class::scale;
};

}  // namespace

std::optional<Decimal> read_number(std::string_view text, bool decimal_comma) { return Walk(text, decimal_comma, false).read(); }

std::optional<Decimal> read_scaled(std::string_view text, bool decimal_comma) { return Walk(text, decimal_comma, true).read(); }

std::optional<Decimal> scale_of(std::string_view text) {
  std::optional<Decimal> product;
  while (!text.empty()) {
    const std::size_t gap = product && text[0] == '-' ? 1 : blank(text);
    if (gap > 0) {
      text.remove_prefix(gap);
      continue;
    }
    std::size_t n = 0;
    while (n < text.size() && text[n] != '-' && blank(text.substr(n)) == 0) ++n;
    const NumberWord* word = find_number_word(text.substr(0, n));
    const bool fits = word && (word->kind == NumberWord::Class::mult || word->kind == NumberWord::Class::scale ||
                               (!product && equals_low(word->word, "ten")));
    if (!fits) return std::nullopt;
    const Decimal value(word->mantissa, word->exponent);
    product = product ? product->times(value) : value;
    if (!product) return std::nullopt;
    text.remove_prefix(n);
  }
  if (product && *product == Decimal(10)) return std::nullopt;
  return product;
}

}  // namespace tearsheet
