// Duration: "three months", "two-day", "half a year", "daily" to a TIMEX3 period.
#include "extractors/duration.h"

#include <cmath>
#include <utility>

#include "base/fold.h"
#include "extractors/date_parts.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

struct Letter {
  char letter;
  int times;   // how many of it one unit is: a decade is ten years
  bool clock;  // behind the T
};

std::optional<Letter> letter_of(Unit unit) {
  switch (unit) {
    case Unit::second:
      return Letter{'S', 1, true};
    case Unit::minute:
      return Letter{'M', 1, true};
    case Unit::hour:
      return Letter{'H', 1, true};
    case Unit::day:
      return Letter{'D', 1, false};
    case Unit::weekend:
      return Letter{'D', 2, false};
    case Unit::week:
      return Letter{'W', 1, false};
    case Unit::month:
      return Letter{'M', 1, false};
    case Unit::quarter:
      return Letter{'M', 3, false};
    case Unit::half:
      return Letter{'M', 6, false};
    case Unit::year:
      return Letter{'Y', 1, false};
    case Unit::decade:
      return Letter{'Y', 10, false};
    case Unit::century:
      return Letter{'Y', 100, false};
    default:
      return std::nullopt;
  }
}

/// "2.5" without a trailing zero; at most three decimals.
std::string plain(double value) {
  std::string out = std::to_string(std::llround(value * 1000) / 1000);
  const long long rest = std::llround(value * 1000) % 1000;
  if (rest == 0) return out;
  std::string decimals = std::to_string(1000 + rest).substr(1);
  while (decimals.back() == '0') decimals.pop_back();
  return out + "." + decimals;
}

std::string period(double count, const Letter& letter, int times) {
  const double value = count * letter.times * times;
  const std::string start = letter.clock ? "PT" : "P";
  const double rest = value - std::floor(value);
  if (rest > 0 && letter.letter == 'H')
    return start + (value >= 1 ? plain(std::floor(value)) + "H" : "") + plain(std::round(rest * 60)) + "M";
  if (rest > 0 && value < 1 && letter.letter == 'Y') return "P" + plain(value * 12) + "M";
  return start + plain(value) + letter.letter;
}

class DurationReader : public Reader {
 public:
  explicit DurationReader(DateWords words) : words_(std::move(words)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out,
            std::string* refused) const override {
    const auto words = [&](std::string_view group) { return hit.text(group, document.text); };
    Fields& fields = candidate.mention.fields;
    if (text_of(fields, "value").empty()) {
      const std::string value = value_of(words("count"), words("unit"), !words("half_more").empty(), words("every"));
      if (value.empty()) {
        if (refused != nullptr) *refused = "no number of a unit of time";
        return;
      }
      set(fields, "value", Scalar(value));
    }
    if (const Surface* surface = words("qualifier").empty() ? nullptr : words_.mod->find(words("qualifier")))
      set(fields, "mod", Scalar(words_.mod->value(*surface)));
    if (!words("every").empty()) set(fields, "set", Scalar(true));
    out.push_back(std::move(candidate));
  }

 private:
  std::string value_of(std::string_view written, std::string_view word, bool half_more, std::string_view every) const {
    const UnitWord unit = unit_of(words_, word);
    const auto letter = letter_of(unit.unit);
    if (!letter) return {};
    if (written.empty() && !every.empty()) written = equals_ignoring_case(every, "every other") ? "two" : "one";
    auto count = written.empty() ? std::nullopt : count_of(words_, written);
    if (written.empty() && (equals_ignoring_case(word, "decade") || equals_ignoring_case(word, "century") ||
                            !equals_ignoring_case(word.substr(word.size() - 1), "s")))
      count = 1;
    if (!count) return std::string(letter->clock ? "PTX" : "PX") + letter->letter;
    if (*count == 1 && !written.empty() && word.ends_with('s') && (written[0] == 'a' || written[0] == 'A'))
      return {};  // "a decades-long dispute"
    const bool in_words = written.empty() || written[0] < '0' || written[0] > '9';
    const bool is_ordinal_or_part = unit.unit == Unit::second || unit.unit == Unit::quarter || unit.unit == Unit::half;
    if (is_ordinal_or_part && in_words && *count <= 1 && every.empty()) return {};  // "a second plant", "a quarter of the sum"
    if (half_more) *count += 0.5;
    return period(*count, *letter, unit.times);
  }

  DateWords words_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_duration_reader(const Rulebook& rules) {
  auto words = DateWords::from(rules);
  if (!words) return tl::unexpected(words.error());
  return std::make_unique<DurationReader>(std::move(*words));
}

}  // namespace tearsheet
