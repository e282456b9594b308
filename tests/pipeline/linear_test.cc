// Linear: four times the text must not take much more than four times the work, whatever the text is made of.
#include <doctest/doctest.h>

#include <algorithm>
#include <ctime>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/engine.h"

using namespace tearsheet;

namespace {

const Engine& engine() {
  static const Engine kept = [] {
    Options options;
    options.rules = {std::string(TEARSHEET_SOURCE_DIR) + "/rules"};
    auto made = Engine::open(options);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().what));
    return std::move(*made);
  }();
  return kept;
}

/// One kind of text: `unit` with its # made a number, as often as the size asks for, joined by `joint`.
struct Row {
  std::string_view why, unit, joint;
};

constexpr Row kRows[] = {
    {"deeds, each a record with money of its own", "Siemens will pay Nokia $# million for a plant in Ohio.", "\n\n"},
    {"deeds that all name one amount", "Siemens # will pay Nokia $5 million for a plant in Ohio.", "\n\n"},
    {"figures whose owner stands paragraphs before", "Velotron Ltd. grew. Revenue rose to $# million.", "\n\n"},
    {"short forms that stand for the name before", "The company said it would invest # million euros in the firm.", "\n\n"},
    {"totals and their parts", "Norway gave Kenya $# million, of which $2 million for roads, bringing the total to $9# million.", " "},
    {"decisions about what was said before", "The European Commission approved the $# million deal on Friday.", "\n\n"},
    {"new names in every sentence", "Velotron# Holdings Ltd. and Ombra# Corp. agreed.", "\n"},
    {"letters that may be short for a name", "the Zembla Tea Growers Association# (ZTGA) met ZTGA.", "\n"},
    {"names that need proof", "Apple, Target, Shell and Orange met Ford and Gap # times.", "\n"},
    {"dates that count from the one before", "It closed on May #, three days later it opened, and again on Monday.", "\n"},
    {"amounts in brackets, one behind the other", "70# billion yen ($52# million)", " "},
    {"one sentence without an end", "and the bank paid # million euros to the fund which", " "},
    {"a line of capitals", "Velotron Ombra Quarry Stone#", " "},
    {"numbers and signs", "$# € £ 1,# 2.5 % 7nm", " "},
    {"brackets and quotes that never close", "(\"[ said # of $3 million", " "},
};

std::string text_of(const Row& row, std::size_t size) {
  std::string text;
  for (int number = 1; text.size() < size; ++number) {
    for (const char c : row.unit) {
      if (c == '#') text += std::to_string(number);
      else text += c;
    }
    text += row.joint;
  }
  return text;
}

/// CPU time of this process for one reading, the least of three: other programs on the machine do not count.
double seconds_for(const std::string& text) {
  Blob blob;
  blob.bytes = text;
  double least = 1e9;
  for (int round = 0; round < 3; ++round) {
    const std::clock_t begin = std::clock();
    const Reading reading = engine().read(blob);
    least = std::min(least, static_cast<double>(std::clock() - begin) / CLOCKS_PER_SEC);
    CHECK(!reading.error);
  }
  return least;
}

}  // namespace

TEST_CASE("linear: four times the text takes less than nine times the work, where quadratic cost would take sixteen") {
  constexpr std::size_t kSmall = 16'000;
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const double small = seconds_for(text_of(row, kSmall)), large = seconds_for(text_of(row, 4 * kSmall));
    CAPTURE(small);
    CAPTURE(large);
    CHECK(large < 9 * std::max(small, 0.002));  // below two milliseconds the clock's own steps are seen
  }
}
