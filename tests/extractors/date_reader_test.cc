// Dates in running text: the shipped rules and readers over whole small articles.
#include <memory>
#include <string>
#include <string_view>

#include <doctest/doctest.h>

#include "extractors/extract.h"

namespace {

using namespace tearsheet;

const Extractor& extractor() {
  static const Extractor kExtractor = [] {
    auto book = Rulebook::load({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
    REQUIRE(book.has_value());
    auto built = Extractor::build(std::make_shared<const Rulebook>(std::move(*book)));
    REQUIRE(built.has_value());
    return std::move(*built);
  }();
  return kExtractor;
}

/// "Friday=2023-01-06 | 2021=2021" for all dates and durations of `text`; each paragraph is a block.
std::string dates_of(std::string_view text, std::string_view reference) {
  Article article;
  article.text = text;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    if (end > at)
      article.blocks.push_back(
          Block{{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, Kind::paragraph, Use::body, 0, {}, {}});
    at = end + 1;
  }
  std::string out;
  for (const Mention& mention : extractor().extract(article, Date::parse_iso(reference))) {
    if (mention.type != "date" && mention.type != "duration") continue;
    if (!out.empty()) out += " | ";
    out += std::string(mention.span.of(text)) + "=" + std::string(text_of(mention.fields, "value"));
  }
  return out;
}

struct Row {
  std::string_view why, text, reference, want;
};

constexpr Row kRows[] = {
    {"a date at the top anchors a weekday", "14.04.2023\nThe minister flew to Riga on Friday to sign.", "",
     "14.04.2023=2023-04-14 | Friday=2023-04-14"},
    {"a weekday decides day first", "06.01.2023\nTalks were held on Friday.", "", "06.01.2023=2023-01-06 | Friday=2023-01-06"},
    {"a day over 12 decides for all", "Due 3/4/2021 or 3/25/2021.", "", "3/4/2021=2021-03-04 | 3/25/2021=2021-03-25"},
    {"nothing anchors", "The council met on Friday and again in April.", "", "Friday=XXXX-WXX-5 | April=XXXX-04"},
    {"a time joins its day", "It starts at 9:30 a.m. on Friday, Oct. 23.", "1998-10-20",
     "9:30 a.m. on Friday, Oct. 23=1998-10-23T09:30"},
    {"a time alone is of the day in its sentence", "The jet took off on Tuesday from Everett at 18:00 UTC.", "2009-12-16",
     "Tuesday=2009-12-15 | 18:00 UTC=2009-12-15T18:00Z"},
    {"later counts from the day named last", "It opened on 3 May 2019. Two days later it shut.", "2024-02-01",
     "3 May 2019=2019-05-03 | Two days later=2019-05-05"},
    {"a paragraph that tells of a year", "In 2008 it bought a rival, and in March it sold the mill.", "2024-02-01",
     "2008=2008 | March=2008-03"},
    {"but not across paragraphs", "In 2008 it bought a rival.\nSales fell in March, he said.", "2024-06-01",
     "2008=2008 | March=2024-03"},
    {"a cue ahead of the weekday", "The board will vote on Monday; staff were told Thursday.", "2024-05-03",
     "Monday=2024-05-06 | Thursday=2024-05-02"},
    {"not until looks back", "It was not until Tuesday that he spoke.", "2000-03-29", "Tuesday=2000-03-28"},
    {"the modal verb is no month", "Prices may rise and troops march on.", "2024-05-03", ""},
    {"sat and second are words", "She sat second in a row.", "2024-05-03", ""},
    {"versions, sizes and codes", "Version 1.2.3, 1920 x 1080, code 2882015, call 555-2010.", "2024-05-03", ""},
    {"an age is no duration", "A 44-year-old man, 6 years old, aged 30 years.", "2024-05-03", ""},
    {"round the clock", "It runs 24/7.", "2024-05-03", ""},
    {"no such day", "On Feb. 30, 2023, or 31.04.2023.", "2024-05-03", ""},
    {"a count that looks like a year", "It hired 2000 people and paid 2023 yen.", "2024-05-03", ""},
};

}  // namespace

TEST_CASE("date: whole texts") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(dates_of(row.text, row.reference) == row.want);
  }
}

TEST_CASE("date: said and implied are kept apart") {
  Article article;
  article.text = "It met on Friday.";
  article.blocks.push_back(Block{{0, 17}, Kind::paragraph, Use::body, 0, {}, {}});
  const auto mentions = extractor().extract(article, Date::parse_iso("2023-11-10"));
  REQUIRE(mentions.size() == 1);
  CHECK(to_string(*find(mentions[0].fields, "said")) == "weekday");
  CHECK(to_string(*find(mentions[0].fields, "implied")) == "year month day");
  CHECK(text_of(mentions[0].fields, "grain") == "day");
}
