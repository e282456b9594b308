// Tests of the shipped word lists: no name twice, listings and countries in their forms, ids that other lists can name.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <map>
#include <regex>
#include <set>
#include <string>

#include "base/file.h"
#include "extractors/lexicon.h"

namespace {

using namespace tearsheet;

const std::string kFolder = TEARSHEET_SOURCE_DIR "/rules/lexicons/";

Lexicon load(const std::string& name, Fold how = Fold::none) {
  const auto contents = file::read(kFolder + name);
  REQUIRE(contents.has_value());
  auto lexicon = Lexicon::parse(contents->bytes, name, how);
  if (!lexicon) FAIL(to_text(lexicon.error()));
  return std::move(*lexicon);
}

std::set<std::string> countries() {
  const Lexicon lexicon = load("country.tsv");
  std::set<std::string> codes;
  for (const auto& row : lexicon.rows()) codes.insert(row[0]);
  return codes;
}

/// What a ticker looks like on an exchange: digits of a fixed count in Asia, letters elsewhere.
const std::map<std::string, std::string>& ticker_shapes() {
  static const std::map<std::string, std::string> kShapes = {
      {"TYO", "[0-9]{3}[0-9A-Z]"}, {"HKEX", "[0-9]{1,5}"}, {"SSE", "[0-9]{6}"}, {"SZSE", "[0-9]{6}"}, {"TWSE", "[0-9]{4}[0-9A-Z]?"}, {"TPEX", "[0-9]{4}"},
      {"KRX", "[0-9]{5}[0-9A-Z]"}, {"TADAWUL", "[0-9]{4}"}, {"KLSE", "[0-9]{4}[A-Z]{0,2}|[A-Z]{2,10}"}};
  return kShapes;
}

TEST_CASE("company list: large enough, every name once, every id once") {
  const Lexicon lexicon = load("company.tsv");  // parse() refuses a surface said twice
  CHECK(lexicon.rows().size() >= 1000);
  std::set<std::string> ids, names;
  for (const auto& row : lexicon.rows()) {
    CAPTURE(row[0]);
    CHECK(ids.insert(row[0]).second);
    CHECK(names.insert(row[1]).second);
    CHECK(std::regex_match(row[0], std::regex("[a-z0-9]+(?:_[a-z0-9]+)*")));
  }
}

TEST_CASE("company list: tickers, exchanges and countries have their forms, and no listing stands twice") {
  const Lexicon lexicon = load("company.tsv");
  const std::set<std::string> codes = countries();
  const std::regex plain("[A-Z0-9][A-Z0-9.&-]{0,11}(?: (?:[A-Z]{1,3}|[A-C]-?1|\\*))?");  // "VOLV B", "CEMEX CPO", "WALMEX *" name the share class
  std::set<std::string> listings;
  for (const Surface& surface : lexicon.surfaces()) {
    const std::string ticker(lexicon.cell(surface, "ticker")), exchange(lexicon.cell(surface, "exchange")), country(lexicon.cell(surface, "country"));
    CAPTURE(surface.text);
    CHECK(codes.contains(country));
    CHECK(ticker.empty() == exchange.empty());
    if (ticker.empty()) continue;
    const auto shape = ticker_shapes().find(exchange);
    CHECK(std::regex_match(ticker, shape == ticker_shapes().end() ? plain : std::regex(shape->second)));
    listings.insert(exchange + ":" + ticker + " " + std::string(lexicon.value(surface)));
  }
  std::string before;
  for (const std::string& listing : listings) {
    const std::string head = listing.substr(0, listing.find(' '));
    CAPTURE(listing);
    CHECK(head != before);
    before = head;
  }
}

TEST_CASE("company list: names that are also words, people or fruit are marked") {
  const Lexicon lexicon = load("company.tsv");
  for (const std::string_view word : {"Apple", "Ford", "Target", "Visa", "Gap", "Shell", "Orange", "Block", "Meta", "Delta"}) {
    CAPTURE(word);
    const Surface* surface = lexicon.find(word);
    REQUIRE(surface != nullptr);
    CHECK(surface->ambiguous);
  }
  for (const std::string_view word : {"Nvidia", "TSMC", "Rapidus", "Toyota", "Micron Technology"}) {
    CAPTURE(word);
    const Surface* surface = lexicon.find(word);
    REQUIRE(surface != nullptr);
    CHECK_FALSE(surface->ambiguous);
  }
}

TEST_CASE("lists that name a company by id name one that exists") {
  const Lexicon companies = load("company.tsv");
  std::set<std::string> ids;
  for (const auto& row : companies.rows()) ids.insert(row[0]);
  for (const std::string name : {"node.tsv", "product.tsv"}) {
    const Lexicon lexicon = load(name);
    for (const Surface& surface : lexicon.surfaces()) {
      const std::string maker(lexicon.cell(surface, "maker"));
      CAPTURE(name);
      CAPTURE(surface.text);
      CAPTURE(maker);
      CHECK((maker.empty() || ids.contains(maker)));
    }
  }
}

TEST_CASE("currency list: ISO 4217 codes with the digits behind the point, their countries known") {
  const Lexicon lexicon = load("currency_code.tsv");
  const std::set<std::string> codes = countries();
  struct Row {
    std::string_view code, minor;
  };
  static constexpr Row kRows[] = {{"USD", "2"}, {"JPY", "0"}, {"KWD", "3"}, {"CHF", "2"}, {"KRW", "0"}, {"INR", "2"}, {"CLP", "0"}, {"TND", "3"}};
  for (const Row& row : kRows) {
    CAPTURE(row.code);
    const Surface* surface = lexicon.find(row.code);
    REQUIRE(surface != nullptr);
    CHECK(lexicon.cell(*surface, "minor") == row.minor);
  }
  for (const Surface& surface : lexicon.surfaces()) {
    CAPTURE(surface.text);
    const std::string cell(lexicon.cell(surface, "countries"));
    for (std::size_t at = 0; at < cell.size(); at += 3) CHECK(codes.contains(cell.substr(at, 2)));
  }
}

TEST_CASE("every list can be read, under the fold its users declare") {
  std::size_t count = 0;
  for (const auto& entry : std::filesystem::directory_iterator(kFolder)) {
    if (entry.path().extension() != ".tsv") continue;
    load(entry.path().filename().string());
    ++count;
  }
  CHECK(count >= 20);
  for (const std::string name : {"currency_word.tsv", "scale.tsv", "number_word.tsv", "season.tsv", "day_part.tsv", "per_unit.tsv", "qualifier.tsv"}) load(name, Fold::case_fold);
}

}  // namespace
