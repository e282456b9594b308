// Figures: what the shipped rules say of percentages and quantities: about, at most, up or down.
#include "extractors/figure.h"

#include <doctest/doctest.h>

#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;

namespace {

const Extractor& shipped() {
  static const Extractor extractor = tearsheet::testing::open_rules({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  return extractor;
}

/// "words = value value_high modifier change" of each percentage and quantity, joined by " | ".
std::string read(std::string text) {
  const Article article = article_of(std::move(text));
  std::string out;
  for (const Mention& mention : shipped().extract(article, std::nullopt)) {
    if (mention.type != "percent" && mention.type != "quantity") continue;
    out += (out.empty() ? "" : " | ") + std::string(mention.span.of(article.text)) + " =";
    for (const char* name : {"value", "value_high", "modifier", "change"})
      if (const Scalar* value = find(mention.fields, name)) out += " " + to_string(*value);
  }
  return out;
}

struct Row {
  std::string_view why, text, want;
};

constexpr Row kRows[] = {
    {"a verb", "Orders rose 5 percent.", "5 percent = 5 exact up"},
    {"a verb with by", "Output fell by 9%.", "9% = 9 exact down"},
    {"a qualifier between", "Costs increased by about 50%.", "50% = 50 approx up"},
    {"a bound between", "Shares plunged as much as 7%.", "7% = 7 max down"},
    {"an adverb", "Profit was up 3.3%.", "3.3% = 3.3 exact up"},
    {"a word of small moves", "The share lost 2.4% on Monday.", "2.4% = 2.4 exact down"},
    {"an economy", "The economy contracted 0.3% in May.", "0.3% = 0.3 exact down"},
    {"a market's word", "Gold was last off 0.4%.", "0.4% = 0.4 exact down"},
    {"a pace", "Inflation slowed to 2.9%.", "2.9% = 2.9 exact down"},
    {"a noun behind", "an 8.8% drop", "8.8% = 8.8 exact down"},
    {"a hyphen and a noun behind", "a 12%-increase", "12% = 12 exact up"},
    {"words between, after an article", "a 5% annual price rise", "5% = 5 exact up"},
    {"no words between without an article", "The 40% of firms that fall", "40% = 40 exact"},
    {"a comparative", "Sales were 18% lower than in May.", "18% = 18 exact down"},
    {"to a level", "Inflation slipped to 2.8%.", "2.8% = 2.8 exact down"},
    {"an object before to", "It raised its stake to 30%.", "30% = 30 exact up"},
    {"an object before by", "It cut its staff by 6%.", "6% = 6 exact down"},
    {"a range", "Sales should grow 4–5% in 2025.", "4–5% = 4 5 range up"},
    {"the same move said twice", "Brent was down 46 cents, or 0.6%, at noon.", "0.6% = 0.6 exact down"},
    {"a comparison", "It made 9% less than a year before.", "9% = 9 exact down"},
    {"German", "Der Umsatz stieg um 7,5 Prozent auf 1,3 Milliarden Euro.", "7,5 Prozent = 7.5 exact up"},
    {"a noun of the same sentence is not enough", "After the fall it holds 15%.", "15% = 15 exact"},
    {"a verb that only ends in up", "Imports make up 15% of sales.", "15% = 15 exact"},
    {"a first payment", "a 10% down payment", "10% = 10 exact"},
    {"another clause", "Prices rose, and 12% of firms shut.", "12% = 12 exact"},
    {"a bound is no move", "up to 25% of the cost", "25% = 25 max"},
    {"a quantity", "Rates rose 25 basis points.", "25 basis points = 25 up"},
    {"a quantity with a qualifier", "nearly 3 GW of wind", "3 GW = 3 approx"},
    {"a plain quantity", "a 300 mm wafer", "300 mm = 300"},
};

}  // namespace

TEST_CASE("figure: reads what stands around a percentage or a quantity") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text)) == row.want);
  }
}
