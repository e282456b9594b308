// Tests of the link room: conversions, restatements, companies.
#include <doctest/doctest.h>

#include "pipeline/link/link.h"
#include "pipeline/link/rates.h"
#include "tests/pipeline/marked.h"

namespace {

using namespace tearsheet;

std::string brief(std::string_view text) {
  testing::Marked marked = testing::marked(text);
  std::string out;
  for (const Link& link : link(marked.article, marked.mentions)) {
    out += (out.empty() ? "" : "\n") + link.kind + " " + std::to_string(link.from) + "-" + std::to_string(link.to) + " " + link.why;
  }
  return out;
}

struct Row {
  std::string_view why, text, want;
};

constexpr Row kRows[] = {
    {"square bracket", "{money 70000000000 JPY|70 billion yen} [{money 526000000 USD|$526 million}]", "same_amount 0-1 bracketed conversion, 133.08 JPY per USD"},
    {"round bracket with a qualifier", "{money 1700000 ZAR|ZAR1,7 million} (about {money 105000 USD|USD105,000})", "same_amount 0-1 bracketed conversion, 16.19 ZAR per USD"},
    {"or", "{money 2000000000 EUR|2 billion euros}, or about {money 2100000000 USD|$2.1 billion}", "same_amount 0-1 conversion, 1.05 USD per EUR"},
    {"a wrong scale word betrays itself", "{money 70000000 JPY|70 million yen} [{money 526000000 USD|$526 million}]",
     "doubtful_conversion 0-1 bracketed conversion at 7.51 USD per JPY: is a scale word wrong?"},
    {"a bracket takes part in one link only", "{money 1000000 EUR|1m euros} ({money 1100000 USD|$1.1m}) ({money 900000 GBP|0.9m pounds})", "same_amount 0-1 bracketed conversion, 1.10 USD per EUR"},
    {"the same currency is no conversion", "{money 5000000 USD|$5 million} ({money 4000000 USD|$4 million})", ""},
    {"an open bracket is none", "{money 5000000 EUR|5 million euros} ({money 5500000 USD|$5.5 million}", ""},
    {"a headline rounds", "#{money 13000000000 USD|$13bn} in aid\nwill seek {money 13200000000 USD|$13.2 billion}", "same_amount 0-1 rounded"},
    {"10 and 14 million are two amounts", "#{money 10000000 USD|$10 million}\n{money 14000000 USD|$14 million}", ""},
    {"a round amount twice in the text may be two", "{money 1000000 USD|$1 million} for Acme and {money 1000000 USD|$1 million} for Beta", ""},
    {"aliases of one id", "{company tsmc|Taiwan Semiconductor Manufacturing Co.} ({company tsmc|TSMC})", "same_company 0-1 alias of tsmc"},
};

TEST_CASE("link: conversions, restatements and names") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(brief(row.text) == row.want);
  }
}

TEST_CASE("link: a conversion completes the currency nobody said, and takes over the qualifier") {
  testing::Marked marked = testing::marked("about {money 6000000000 - approx|600 crores} ({money 77400000 USD|$77.4m})");
  set(marked.mentions[0].fields, "candidates", Scalar(std::vector<Scalar>{Scalar("PKR"), Scalar("INR")}));
  const auto links = link(marked.article, marked.mentions);
  REQUIRE(links.size() == 1);
  CHECK(text_of(marked.mentions[0].fields, "currency") == "INR");  // the nearest rate, not the first
  CHECK(text_of(marked.mentions[1].fields, "modifier") == "approx");
}

TEST_CASE("rates: unknown currencies are never held against an amount") {
  CHECK(is_plausible("USD", 1, "XXX", 1000000, 2));
  CHECK_FALSE(is_plausible("USD", 1, "JPY", 1, 5));
}

}  // namespace
