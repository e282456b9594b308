// Openings: no text that a pattern fits is refused, and plain prose is.
#include "pipeline/tidy/opening.h"

#include <doctest/doctest.h>

#include <string>

#include "extractors/pattern.h"

using namespace tearsheet;

namespace {

struct Row {
  std::string_view why, regex, text;
  bool fits;
};

constexpr Row kRows[] = {
    {"a beginning", "(?:share|print)(?: this)?$", "Print this", true},
    {"another beginning", "(?:share|print)(?: this)?$", "Prices fell.", false},
    {"shorter than any beginning", "(?:share|print)$", "pri", false},
    {"an optional head", R"(\(?\s*(?:additional )?reporting by .+$)", "( Reporting by A", true},
    {"an optional head left out", R"(\(?\s*(?:additional )?reporting by .+$)", "additional reporting by A", true},
    {"digits", R"((?:\d+ )?min(?:ute)?s? read$)", "12 min read", true},
    {"a sign beyond ASCII", "(?:©|copyright) 2024", "© 2024", true},
    {"another sign beyond ASCII", "(?:©|copyright) 2024", "“It fell,” he said.", false},
    {"a small class", "a[+-]$", "A+", true},
    {"a small class, another letter", "a[+-]$", "An order", false},
    {"a large class stands for anything", "a[^b]c", "a?c", true},
    {"a letter that folds to ASCII", "(?:share|print)$", "\u017Fhare", true},
    {"a piece anywhere", R"(.*\ball rights reserved\b.*)", "2024, All Rights Reserved.", true},
    {"the piece is not there", R"(.*\ball rights reserved\b.*)", "All rights were waived.", false},
    {"pieces of alternatives", R"(.*(?:reuters|afp)\s*/)", "Photo by AFP/X", true},
    {"digits in a piece", R"(.*, \d{3,4}, \d)", "Chips, 1920, 3", true},
    {"too few digits for the piece", R"(.*, \d{3,4}, \d)", "Chips, 19, 3", false},
    {"neither beginning nor piece", R"(.*\d$)", "Nothing", true},
    {"an optional piece is none", R"(.*(?:reuters)?x$)", "box", true},
    {"a piece that may come no times", R"(.*(?:reuters){0,2}abc$)", "abc", true},
};

}  // namespace

TEST_CASE("opening: beginnings and pieces of patterns") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    Openings openings;
    openings.add(row.regex);
    CHECK(openings.fits(row.text) == row.fits);
    Span span;
    const Pattern pattern("(?i)(?:" + std::string(row.regex) + ")");
    if (pattern.find_span(row.text, {0, static_cast<std::uint32_t>(row.text.size())}, Pattern::At::start, span)) CHECK(row.fits);
  }
  CHECK_FALSE(Openings().fits("anything"));
}
