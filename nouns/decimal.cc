// Decimal: exact arithmetic on mantissa * 10^exponent.
#include <array>
#include <cassert>
#include <charconv>
#include <compare>
#include <cstdlib>

#include "tearsheet/value.h"

namespace tearsheet {
namespace {

__extension__ typedef __int128 Wide;

constexpr int kMaxDigits = 18;
constexpr int kMaxExponent = 40;
constexpr std::int64_t kMantissaEnd = 1'000'000'000'000'000'000;  // 10^18

constexpr std::array<std::int64_t, kMaxDigits + 1> kPowers = [] {
  std::array<std::int64_t, kMaxDigits + 1> powers{};
  std::int64_t power = 1;
  for (int i = 0; i <= kMaxDigits; ++i) {
    powers[static_cast<std::size_t>(i)] = power;
    if (i < kMaxDigits) power *= 10;
  }
  return powers;
}();

std::int64_t power_of_ten(int n) { return kPowers[static_cast<std::size_t>(n)]; }

int digits_of(std::int64_t mantissa) {
  int digits = 0;
  for (; mantissa != 0; mantissa /= 10) ++digits;
  return digits;
}

std::optional<Decimal> make(Wide mantissa, int exponent) {
  if (mantissa == 0) return Decimal();
  while (mantissa % 10 == 0) {
    mantissa /= 10;
    ++exponent;
  }
  if (mantissa >= kMantissaEnd || mantissa <= -kMantissaEnd) return std::nullopt;
  if (exponent < -kMaxExponent || exponent > kMaxExponent) return std::nullopt;
  return Decimal(static_cast<std::int64_t>(mantissa), exponent);
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// The digits of a number as they are read: zeros wait until a digit follows, so "1.000" and "1" take the same room.
struct Digits {
  std::int64_t mantissa = 0;
  int count = 0;
  int zeros = 0;
  int after_point = 0;
  bool any = false;
  bool too_long = false;

  void take(char c, bool fraction) {
    any = true;
    if (fraction) ++after_point;
    if (c == '0') {
      if (mantissa != 0) ++zeros;
      return;
    }
    count += zeros + 1;
    if (count > kMaxDigits) {
      too_long = true;
      return;
    }
    mantissa = mantissa * power_of_ten(zeros + 1) + (c - '0');
    zeros = 0;
  }
};

}  // namespace

Decimal::Decimal(std::int64_t mantissa, int exponent) : mantissa_(mantissa), exponent_(exponent) {
  if (mantissa_ == 0) {
    exponent_ = 0;
    return;
  }
  while (mantissa_ % 10 == 0) {
    mantissa_ /= 10;
    ++exponent_;
  }
  assert(mantissa_ < kMantissaEnd && mantissa_ > -kMantissaEnd);
  assert(exponent_ >= -kMaxExponent && exponent_ <= kMaxExponent);
}

std::optional<Decimal> Decimal::parse(std::string_view text) {
  std::size_t at = 0;
  const bool minus = !text.empty() && text[0] == '-';
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) ++at;
  Digits digits;
  while (at < text.size() && is_digit(text[at])) digits.take(text[at++], false);
  if (!digits.any) return std::nullopt;
  if (at < text.size() && text[at] == '.') {
    ++at;
    if (at == text.size() || !is_digit(text[at])) return std::nullopt;
    while (at < text.size() && is_digit(text[at])) digits.take(text[at++], true);
  }
  int exponent = 0;
  if (at < text.size() && (text[at] == 'e' || text[at] == 'E')) {
    ++at;
    if (at < text.size() && text[at] == '+') ++at;
    if (at == text.size() || (text[at] == '-' && text[at - 1] == '+')) return std::nullopt;
    const auto [end, error] = std::from_chars(text.data() + at, text.data() + text.size(), exponent);
    if (error != std::errc() || exponent < -1'000'000 || exponent > 1'000'000) return std::nullopt;
    at = static_cast<std::size_t>(end - text.data());
  }
  if (at != text.size() || digits.too_long) return std::nullopt;
  return make(minus ? -digits.mantissa : digits.mantissa, exponent - digits.after_point + digits.zeros);
}

std::optional<Decimal> Decimal::times(const Decimal& other) const {
  return make(static_cast<Wide>(mantissa_) * other.mantissa_, exponent_ + other.exponent_);
}

std::optional<Decimal> Decimal::plus(const Decimal& other) const {
  if (is_zero()) return other;
  if (other.is_zero()) return *this;
  const Decimal& coarse = exponent_ >= other.exponent_ ? *this : other;
  const Decimal& fine = exponent_ >= other.exponent_ ? other : *this;
  const int shift = coarse.exponent_ - fine.exponent_;
  // The fine one ends in a digit that is not zero, so 19 places apart the sum has 19 digits or more.
  if (shift > kMaxDigits) return std::nullopt;
  return make(static_cast<Wide>(coarse.mantissa_) * power_of_ten(shift) + fine.mantissa_, fine.exponent_);
}

std::string Decimal::to_string() const {
  std::string digits = std::to_string(mantissa_ < 0 ? -mantissa_ : mantissa_);
  if (exponent_ >= 0) {
    if (mantissa_ != 0) digits.append(static_cast<std::size_t>(exponent_), '0');
  } else {
    const auto places = static_cast<std::size_t>(-exponent_);
    if (digits.size() <= places) digits.insert(0, places + 1 - digits.size(), '0');
    digits.insert(digits.size() - places, 1, '.');
  }
  if (mantissa_ < 0) digits.insert(0, 1, '-');
  return digits;
}

double Decimal::approximate() const {
  std::array<char, 40> buffer{};
  char* end = std::to_chars(buffer.data(), buffer.data() + 24, mantissa_).ptr;
  *end++ = 'e';
  end = std::to_chars(end, buffer.data() + buffer.size(), exponent_).ptr;
  double value = 0;
  std::from_chars(buffer.data(), end, value);  // rounds once; pow() would round twice
  return value;
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  const auto sign = [](std::int64_t m) { return (m > 0) - (m < 0); };
  if (sign(mantissa_) != sign(other.mantissa_)) return sign(mantissa_) <=> sign(other.mantissa_);
  if (mantissa_ == 0) return std::strong_ordering::equal;
  const int mine = digits_of(mantissa_) + exponent_;
  const int theirs = digits_of(other.mantissa_) + other.exponent_;
  if (mine != theirs) return mantissa_ > 0 ? mine <=> theirs : theirs <=> mine;
  const int shift = exponent_ - other.exponent_;  // at most 17 now: the first digits stand at one place
  if (shift >= 0) return static_cast<Wide>(mantissa_) * power_of_ten(shift) <=> static_cast<Wide>(other.mantissa_);
  return static_cast<Wide>(mantissa_) <=> static_cast<Wide>(other.mantissa_) * power_of_ten(-shift);
}

}  // namespace tearsheet
