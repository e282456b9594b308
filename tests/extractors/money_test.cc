// Money: what the shipped rules read in the spellings of the press, what they refuse, and how a currency is decided.
#include "extractors/money.h"

#include <doctest/doctest.h>

#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;

namespace {

const Extractor& shipped() {
  static const Extractor extractor = tearsheet::testing::open_rules({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  return extractor;
}

/// "words = 5..6 USD max /share up" of each amount, joined by " | "; exact is left out.
std::string read(std::string text, std::string domain = {}) {
  Article article = article_of(std::move(text));
  article.meta.domain = std::move(domain);
  std::string out;
  for (const Mention& mention : shipped().extract(article, std::nullopt)) {
    if (mention.type != "money") continue;
    const auto field = [&](std::string_view name) {
      const Scalar* value = find(mention.fields, name);
      return value == nullptr ? std::string() : to_string(*value);
    };
    out += (out.empty() ? "" : " | ") + std::string(mention.span.of(article.text)) + " = " + field("amount");
    if (!field("amount_high").empty()) out += ".." + field("amount_high");
    out += " " + (field("currency").empty() ? "?" : field("currency"));
    if (field("modifier") != "exact") out += " " + field("modifier");
    if (!field("per").empty()) out += " /" + field("per");
    if (!field("change").empty()) out += " " + field("change");
  }
  return out;
}

struct Row {
  std::string_view why, text, want = {};
};

constexpr Row kForms[] = {
    {"sign first", "They won $322 million.", "$322 million = 322000000 USD"},
    {"letters for the scale", "a bill of US$7.9bn", "US$7.9bn = 7900000000 USD"},
    {"blank after the sign", "$ 1.8 bln for the year", "$ 1.8 bln = 1800000000 USD"},
    {"hyphen before the scale", "an $82-million contract", "$82-million = 82000000 USD"},
    {"title case", "Ferry Line Takes $19.5 Billion Charge", "$19.5 Billion = 19500000000 USD"},
    {"crore with a hyphen", "a Rs16,189-crore plan", "Rs16,189-crore = 161890000000 INR"},
    {"code glued", "a fee of USD34.6 million", "USD34.6 million = 34600000 USD"},
    {"code apart, four digits are no year", "for AED 8000 (USD 2179)", "AED 8000 = 8000 AED | USD 2179 = 2179 USD"},
    {"one letter with a scale", "stole N7.2 billion", "N7.2 billion = 7200000000 NGN"},
    {"blank groups", "cost N$2 000 and N$8 600", "N$2 000 = 2000 NAD | N$8 600 = 8600 NAD"},
    {"apostrophe", "at CHF 1'200.20", "CHF 1'200.20 = 1200.2 CHF"},
    {"decimal comma beside a grouping comma", "worth ZAR1,7 million (about USD105,000)",
     "ZAR1,7 million = 1700000 ZAR | USD105,000 = 105000 USD approx"},
    {"said twice", "they cost $199 and $249 USD", "$199 = 199 USD | $249 USD = 249 USD"},
    {"three capitals behind are not always a code", "paid $5 CEO bonuses", "$5 = 5 USD"},
    {"an article is no part of a counted unit", "a ten-dollar bill", "ten-dollar = 10 USD"},
    {"half a million with hyphens", "a half-million-dollar home, half-a-million-dollar fines", "a half-million-dollar = 500000 USD | half-a-million-dollar = 500000 USD"},
    {"a unit of two words before its number, in any case", "malaysia ringgit 42 or Malaysian ringgit 43", "malaysia ringgit 42 = 42 MYR | Malaysian ringgit 43 = 43 MYR"},
    {"renminbi as London writes it", "sold for Rmb16bn", "Rmb16bn = 16000000000 CNY"},
    {"Taiwan's dollar as the agencies write it", "sales of T$733.5 billion", "T$733.5 billion = 733500000000 TWD"},
    {"an article is no part of the sign", "A $5 million prize", "$5 million = 5000000 USD"},
    {"letters behind the sign", "at $US51 a tonne", "$US51 = 51 USD /tonne"},
    {"a plus before the scale", "600-plus billion pesos in Mexico", "600-plus billion pesos = 600000000000 MXN min"},
    {"word after", "lent 70 billion yen", "70 billion yen = 70000000000 JPY"},
    {"name of two words", "some 145 billion Korean won", "145 billion Korean won = 145000000000 KRW approx"},
    {"country before its currency", "sold for 3 million Vietnam dong", "3 million Vietnam dong = 3000000 VND"},
    {"name that goes on behind", "about 5 million pounds sterling", "5 million pounds sterling = 5000000 GBP approx"},
    {"M before the code", "losses of 30 MUSD", "30 MUSD = 30000000 USD"},
    {"scale behind the code", "lost 75 USD million", "75 USD million = 75000000 USD"},
    {"sign after", "a 500 € note and 1.2bn€", "500 € = 500 EUR | 1.2bn€ = 1200000000 EUR"},
    {"number words", "a ticket costs seven euros", "seven euros = 7 EUR"},
    {"half a billion", "lost half a billion dollars", "half a billion dollars = 500000000 USD"},
    {"of between", "half a trillion of pesos in Argentina", "half a trillion of pesos = 500000000000 ARS"},
    {"cents are dollars", "at 60 cents a litre", "60 cents = 0.6 USD /litre"},
    {"pence", "18½p and 20 pence", "18½p = 0.185 GBP | 20 pence = 0.2 GBP"},
    {"compound", "5 dollars and 20 cents", "5 dollars and 20 cents = 5.2 USD"},
    {"compound without a word", "The toll is 20 rupees 43.", "20 rupees 43 = 20.43 INR"},
    {"range, shared sign and scale", "to spend $500-580 million", "$500-580 million = 500000000..580000000 USD range"},
    {"range, shared scale", "worth $7 to $9 billion", "$7 to $9 billion = 7000000000..9000000000 USD range"},
    {"range with between", "between 1 and 2 trillion yen",
     "between 1 and 2 trillion yen = 1000000000000..2000000000000 JPY range"},
    {"range in words", "two to three million euros", "two to three million euros = 2000000..3000000 EUR range"},
    {"range of coins", "60-70 cents per day", "60-70 cents = 0.6..0.7 USD range /day"},
    {"from and to are two", "went from $5 to $15", "$5 = 5 USD | $15 = 15 USD"},
    {"a fall by and to are two", "revenue decreased $1.2 million to $23.5 million",
     "$1.2 million = 1200000 USD down | $23.5 million = 23500000 USD"},
    {"vague without a figure", "tens of billions of dollars", "tens of billions of dollars =  USD vague"},
    {"several", "several million euros", "several million euros =  EUR vague"},
    {"adjective", "a billion-dollar project", "billion-dollar = 1000000000 USD vague"},
    {"adjective with a figure", "a 30-million-dollar temple", "30-million-dollar = 30000000 USD"},
};

constexpr Row kAround[] = {
    {"up to", "by up to $5 million", "$5 million = 5000000 USD max"},
    {"two qualifiers: the bound wins", "up to about $5 million", "$5 million = 5000000 USD max"},
    {"over an article", "more than the 53 million euros", "53 million euros = 53000000 EUR min"},
    {"behind", "pay $5 or more", "$5 = 5 USD min"},
    {"a topic is no bound", "a fight over a $50 million loan", "$50 million = 50000000 USD"},
    {"a verb that ends in up", "to make up $1 of it", "$1 = 1 USD"},
    {"go up to", "to go up to $17 billion", "$17 billion = 17000000000 USD"},
    {"another clause", "In about a week, $5 million", "$5 million = 5000000 USD"},
    {"per", "$98 a share, $24.50 an hour, $70 per barrel",
     "$98 = 98 USD /share | $24.50 = 24.5 USD /hour | $70 = 70 USD /barrel"},
    {"a year earlier is a time", "from a profit of $9 million a year earlier", "$9 million = 9000000 USD"},
    {"cash for each share", "get 96 euros in cash for each share", "96 euros = 96 EUR /share"},
    {"earnings per share came in at", "Earnings per share came in at 31.2p.", "31.2p = 0.312 GBP /share"},
    {"down", "Crude was down 46 cents.", "46 cents = 0.46 USD down"},
    {"fell to", "profit fell to £9m", "£9m = 9000000 GBP down"},
    {"lost is a loss for large sums", "The firm lost $64 million.", "$64 million = 64000000 USD"},
    {"lost is a move for coins", "Oil lost 61 cents.", "61 cents = 0.61 USD down"},
    {"up from says what was", "up from £98 million", "£98 million = 98000000 GBP"},
    {"a mark that was passed", "fell below €75,000", "€75,000 = 75000 EUR"},
    {"a jump in percent is not of the sum", "a 31% jump in profit to €28 million", "€28 million = 28000000 EUR"},
    {"a bracket is the same money", "about €95m ($101m) a year",
     "€95m = 95000000 EUR approx /year | $101m = 101000000 USD approx /year"},
};

constexpr Row kNone[] = {
    {"per cent", "a 10 per cent rise"},
    {"a code that is a word", "ALL 5 exits were shut"},
    {"names", "Le Meridien, Mr D, Ars Technica"},
    {"no number", "The dollar strengthens; the rupee rebounds"},
    {"a URL", "https://a.example/spend-13-bn?b=$100&c"},
    {"a program's text", "GET /v1/pay?sum=$100 HTTP"},
    {"letters that are signs elsewhere", "the N95 mask, the G7 and R2"},
    {"weights", "a cod of 20 pounds"},
    {"weight in words", "half a pound of flour"},
    {"a screen", "a 1080p screen"},
    {"basis points, megapixels", "5 bp more, 20 mp"},
    {"time of day", "open until 4:30 p.m."},
    {"dollars of a year", "counted in 2012 dollars"},
    {"one unit of a currency", "what a dollar buys"},
    {"a count", "More than 35 lakh bikes were sold"},
    {"the next word's letters", "4,000 U.S. troops in 3Q."},
    {"a round number on an index", "over the four thousand mark"},
    {"a share", "Interest takes one in nine dollars."},
    {"an ambiguous word in the singular", "the 5000 mark was sold"},
};

}  // namespace

TEST_CASE("money: reads the forms of the press") {
  for (const Row& row : kForms) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text)) == row.want);
  }
}

TEST_CASE("money: words around an amount become its modifier, unit and change") {
  for (const Row& row : kAround) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text)) == row.want);
  }
}

TEST_CASE("money: leaves alone what is no amount") {
  for (const Row& row : kNone) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text)) == "");
  }
}

TEST_CASE("money: an ambiguous currency is decided by evidence, strongest first") {
  struct Case {
    std::string_view why, text, domain, want;
  };
  constexpr Case kCases[] = {
      {"a bare dollar", "It paid $5 million.", "", "$5 million = 5000000 USD"},
      {"the publisher's country", "It paid $5 million.", "news.example.ca", "$5 million = 5000000 CAD"},
      {"a bracket rules its currency out", "It paid $5 million (US$3.4 million).", "",
       "$5 million = 5000000 ? | US$3.4 million = 3400000 USD"},
      {"yen by default", "It cost ¥5 billion.", "", "¥5 billion = 5000000000 JPY"},
      {"yuan by the sentence", "The Chinese city gave ¥5 billion.", "", "¥5 billion = 5000000000 CNY"},
      {"the sentence before the article", "Beijing was quiet. A Tokyo firm paid ¥5 billion.", "", "¥5 billion = 5000000000 JPY"},
      {"yuan by another amount", "It has 3 billion yuan. It spent ¥5 billion.", "",
       "3 billion yuan = 3000000000 CNY | ¥5 billion = 5000000000 CNY"},
      {"crowns by the country", "Norway spends 3 billion crowns.", "", "3 billion crowns = 3000000000 NOK"},
      {"rupees by the city", "Karachi lost 5 million rupees.", "", "5 million rupees = 5000000 PKR"},
      {"cents of the euros before", "From 2 euros it fell 20 cents.", "", "2 euros = 2 EUR | 20 cents = 0.2 EUR down"},
  };
  for (const Case& row : kCases) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text), std::string(row.domain)) == row.want);
  }
}

TEST_CASE("money: the evidence names what decided") {
  const auto evidence = [](std::string text) {
    const Article article = article_of(std::move(text));
    for (const Mention& mention : shipped().extract(article, std::nullopt))
      if (mention.type == "money") return std::string(text_of(mention.fields, "evidence"));
    return std::string("no money");
  };
  CHECK(evidence("paid US$5 million") == "sign US$");
  CHECK(evidence("paid EUR 5 million") == "code EUR");
  CHECK(evidence("paid 5 million Danish kroner") == "word Danish kroner");
  CHECK(evidence("paid $5 million") == "$: default");
  CHECK(evidence("Shanghai paid ¥5 million") == "¥: Shanghai in the sentence");
}
