// Tense around a date: which words make it lie ahead, and which only look so.
#include "extractors/date_tense.h"

#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "base/file.h"

namespace {

using namespace tearsheet;

const Lexicon& cues() {
  static const Lexicon kCues = [] {
    const std::string path = std::string(TEARSHEET_SOURCE_DIR) + "/rules/lexicons/tense.tsv";
    const auto text = file::read(path);
    REQUIRE(text.has_value());
    auto lexicon = Lexicon::parse(text->bytes, path, Fold::case_fold);
    REQUIRE(lexicon.has_value());
    return std::move(*lexicon);
  }();
  return kCues;
}

struct Row {
  std::string_view why, text;  // the date is the first "Friday"
  Tense want;
};

constexpr Row kRows[] = {
    {"a past verb", "The court ruled Friday that it stays.", Tense::past},
    {"will", "They will meet on Friday in Bonn.", Tense::future},
    {"a contraction", "We'll know on Friday.", Tense::future},
    {"an infinitive only leans ahead", "He flew home to testify Friday.", Tense::leaning},
    {"an infinitive behind a plan", "It plans to reopen on Friday.", Tense::future},
    {"to and a noun", "He was shot to death on Friday.", Tense::past},
    {"the passive after should", "The sale should be completed on Friday.", Tense::future},
    {"as soon as", "She could come as soon as Friday, he said.", Tense::future},
    {"the verb behind the date", "On Friday, the union will vote.", Tense::future},
    {"a plan told of is past", "On Friday, the board planned the next steps.", Tense::past},
    {"the sentence before does not count", "It will close.  Friday brought calm.", Tense::past},
    {"an initial ends no sentence", "It will ask the U.S. Senate on Friday.", Tense::future},
    {"an event of that day", "Ways to get around Friday's ruling were found.", Tense::past},
};

}  // namespace

TEST_CASE("date: tense comes from the nearest cue") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto at = static_cast<std::uint32_t>(row.text.find("Friday"));
    CHECK(static_cast<int>(tense_at(row.text, {at, at + 6}, cues())) == static_cast<int>(row.want));
  }
}
