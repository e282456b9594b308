// Values: exact decimals, dates with granularity, references, and the named fields that hold them.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "tearsheet/span.h"

namespace tearsheet {

/// An exact decimal: mantissa * 10^exponent. Money is never a double.
///
/// Always kept normalised (no trailing zero in the mantissa, zero is 0e0), so equal values are equal
/// members. Operations that leave 18 significant digits or an exponent of -40..40 give nothing.
class Decimal {
 public:
  Decimal() = default;
  /// `mantissa` has at most 18 digits and the exponent is in range once normalised (asserted).
  Decimal(std::int64_t mantissa, int exponent = 0);

  /// Reads "-12.50", "+3", "1e9"; no grouping, no blanks. Nothing when it is no such number or does not fit.
  static std::optional<Decimal> parse(std::string_view text);

  std::int64_t mantissa() const { return mantissa_; }
  int exponent() const { return exponent_; }
  bool is_zero() const { return mantissa_ == 0; }

  std::optional<Decimal> times(const Decimal& other) const;
  std::optional<Decimal> plus(const Decimal& other) const;
  Decimal negated() const { return Decimal(-mantissa_, exponent_); }

  /// Plain digits without an exponent: "1230000000000", "0.67".
  std::string to_string() const;
  /// Nearest double, for ratios and checks only.
  double approximate() const;

  bool operator==(const Decimal&) const = default;
  std::strong_ordering operator<=>(const Decimal& other) const;

 private:
  std::int64_t mantissa_ = 0;
  int exponent_ = 0;
};

/// How fine a date is said.
enum class Grain : std::uint8_t {
  none, century, decade, year, half, season, quarter, month, week, day, part_of_day, hour, minute, second
};
std::string_view to_string(Grain grain);

/// A point on the calendar with its granularity. What was said and what was implied are kept apart.
///
/// Members finer than `grain` are 0. `offset_min` is the zone's offset from UTC in minutes as it was
/// given; absent means a local time of unknown zone. Weeks, quarters and other TIMEX3 forms that are no
/// calendar prefix live in a date mention's `value` string, not here.
struct Date {
  enum Part : std::uint8_t { kYear = 1, kMonth = 2, kDay = 4, kHour = 8, kMinute = 16, kSecond = 32, kZone = 64 };

  std::int16_t year = 0;
  std::uint8_t month = 0;   // 1..12
  std::uint8_t day = 0;     // 1..31
  std::uint8_t hour = 0;    // 0..24
  std::uint8_t minute = 0;  // 0..59
  std::uint8_t second = 0;  // 0..60
  Grain grain = Grain::none;
  std::optional<std::int16_t> offset_min;
  std::uint8_t said = 0;     // bits of Part
  std::uint8_t implied = 0;  // bits of Part

  bool operator==(const Date&) const = default;

  /// ISO 8601 / TIMEX3 as fine as the grain: "20" (century), "202" (decade), "2023", "2023-01", "2023-01-06",
  /// "2023-01-06T17:17Z", "2023-01-06T17:17+09:00". Grains that are no calendar prefix give the coarser one: a quarter
  /// its year, a week its month. Empty when the grain is none.
  std::string iso() const;
  /// Reads what iso() writes from a year on, "2023-01-06 17:17:00", the compact "20230106", fractions of a second
  /// (dropped) and zones like "+0900" or "+09". `said` gets the parts that stand there. Nothing otherwise, nor for a
  /// day that no calendar has.
  static std::optional<Date> parse_iso(std::string_view text);
};

/// Days since 1970-01-01 of a proleptic Gregorian day, and back (Howard Hinnant, chrono-compatible
/// low-level date algorithms). `month` 1..12, `day` 1..31.
std::int32_t days_from_civil(int year, unsigned month, unsigned day);
Date civil_from_days(std::int32_t days);
/// ISO weekday, 1 = Monday .. 7 = Sunday.
int weekday_of(std::int32_t days);
/// True for a day that the calendar has.
bool is_valid_day(int year, unsigned month, unsigned day);

struct Field;
struct Scalar;
using Fields = std::vector<Field>;

/// How a record points at who and what.
struct Ref {
  std::string text;                    // as said; empty when only implied
  std::optional<Span> span;            // nothing when only implied
  std::optional<std::uint32_t> mention;  // index into Reading::mentions
  std::string type;                    // company, organisation, country, government, ministry, place, person, publisher, generic, ...
  std::string id;                      // lexicon id or ISO code; may be empty
  std::string name;                    // canonical name; may be empty
  std::string how = "said";            // said | coref | implied
  Fields more;                         // what else is known: country, value, nm

  bool operator==(const Ref&) const = default;
};

/// One value of a field. A list is a vector of Scalars, an object a vector of Fields.
struct Scalar {
  using Value = std::variant<std::monostate, bool, std::int64_t, Decimal, Date, std::string, std::vector<Scalar>, Fields,
                             std::shared_ptr<const Ref>>;
  Value value;

  // Defined below Field, which they need whole: clang asks for that.
  inline Scalar();
  inline Scalar(const Scalar&);
  inline Scalar(Scalar&&) noexcept;
  inline Scalar& operator=(const Scalar&);
  inline Scalar& operator=(Scalar&&) noexcept;
  inline ~Scalar();
  inline Scalar(bool v);
  inline Scalar(std::int64_t v);
  inline Scalar(int v);
  inline Scalar(Decimal v);
  inline Scalar(Date v);
  inline Scalar(std::string v);
  inline Scalar(std::string_view v);
  inline Scalar(const char* v);
  inline Scalar(std::vector<Scalar> v);
  inline Scalar(Fields v);
  inline Scalar(Ref v);

  bool is_none() const { return std::holds_alternative<std::monostate>(value); }
  template <class T>
  const T* get() const { return std::get_if<T>(&value); }
  const Ref* ref() const;

  /// Deep equality: a Ref is compared by what it holds.
  bool operator==(const Scalar& other) const;
};

/// A named value. Names are the output's keys ("amount", "currency").
struct Field {
  std::string name;
  Scalar value;

  bool operator==(const Field&) const = default;
};

inline Scalar::Scalar() = default;
inline Scalar::Scalar(const Scalar&) = default;
inline Scalar::Scalar(Scalar&&) noexcept = default;
inline Scalar& Scalar::operator=(const Scalar&) = default;
inline Scalar& Scalar::operator=(Scalar&&) noexcept = default;
inline Scalar::~Scalar() = default;
inline Scalar::Scalar(bool v) : value(v) {}
inline Scalar::Scalar(std::int64_t v) : value(v) {}
inline Scalar::Scalar(int v) : value(std::int64_t{v}) {}
inline Scalar::Scalar(Decimal v) : value(v) {}
inline Scalar::Scalar(Date v) : value(v) {}
inline Scalar::Scalar(std::string v) : value(std::move(v)) {}
inline Scalar::Scalar(std::string_view v) : value(std::string(v)) {}
inline Scalar::Scalar(const char* v) : value(std::string(v)) {}
inline Scalar::Scalar(std::vector<Scalar> v) : value(std::move(v)) {}
inline Scalar::Scalar(Fields v) : value(std::move(v)) {}
inline Scalar::Scalar(Ref v) : value(std::make_shared<const Ref>(std::move(v))) {}

/// The value called `name`, or null. Linear: field lists are short.
const Scalar* find(const Fields& fields, std::string_view name);
/// The text of a string field, or "" when it is missing or no string.
std::string_view text_of(const Fields& fields, std::string_view name);
/// Replaces the value called `name`, or appends it.
void set(Fields& fields, std::string_view name, Scalar value);
/// Removes the field called `name` where there is one.
void unset(Fields& fields, std::string_view name);

/// A scalar as plain text for tables and comparisons: "70000000000", "2023-01-06", "true", "". Lists join with ' '.
std::string to_string(const Scalar& value);

}  // namespace tearsheet
