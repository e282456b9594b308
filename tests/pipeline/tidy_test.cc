// Tidy: which block gets which use, and what meta learns from it.
#include "pipeline/tidy/tidy.h"

#include <doctest/doctest.h>

#include <chrono>
#include <string>
#include <string_view>

#include "base/file.h"
#include "base/yaml.h"
#include "pipeline/parse/parse.h"
#include "pipeline/tidy/tails.h"
#include "pipeline/tidy/tidy_rules.h"

namespace {

using tearsheet::Article;

const tearsheet::TidyRules& rules() {
  static const tearsheet::TidyRules compiled = [] {
    const std::string path = std::string(TEARSHEET_SOURCE_DIR) + "/rules/tidy.yaml";
    const auto text = tearsheet::file::read(path);
    REQUIRE(text);
    const auto tree = tearsheet::yaml::parse(text->bytes, path);
    REQUIRE_MESSAGE(tree, (tree ? "" : tearsheet::to_text(tree.error())));
    auto result = tearsheet::TidyRules::compile(*tree, path, text->bytes);
    REQUIRE_MESSAGE(result, (result ? "" : tearsheet::to_text(result.error().front())));
    return std::move(*result);
  }();
  return compiled;
}

Article read(std::string_view text, std::string_view published = {}, std::string_view url = {}) {
  tearsheet::Blob blob;
  blob.bytes = text;
  blob.keep_text = blob.is_text = true;
  blob.hints.published = published;
  blob.hints.url = url;
  auto article = tearsheet::parse(blob);
  REQUIRE_MESSAGE(article, (article ? "" : article.error().what));
  tearsheet::tidy(*article, rules());
  return std::move(*article);
}

// A letter a block: b body, t title, e excerpt, y byline, d dateline, c caption, r repeat, l related, x boilerplate.
std::string uses(const Article& article) {
  std::string out;
  for (const auto& block : article.blocks) out += "bteydcrlx"[static_cast<std::size_t>(block.use)];
  return out;
}

const std::string kBody =
    "The board said on Friday that it would spend more than it had planned on the new line, which is to open next year. Work "
    "starts in May.\n"
    "Shares of the company rose by three per cent in the morning before they fell again, as traders weighed what the plan would "
    "cost.\n";

struct Row {
  std::string_view why;
  std::string text;
  std::string_view want;
};

TEST_CASE("tidy: every block gets its use") {
  const std::string tail =
      "Gold Climbs as Dollar Slips\nOil Steady Before Meeting of Producers\nBank Names New Head of Trading\n";
  const Row rows[] = {
      {"a title and a text", "Board Spends More\n" + kBody, "tbb"},
      {"headlines behind the text", kBody + "\n\n" + tail, "bbxxx"},
      {"and without a gap", kBody + tail, "bbxxx"},
      {"a footer below them changes nothing", kBody + tail + "© 2024 Harbour Wire. All rights reserved.\n", "bbxxxx"},
      {"two short lines are no tail", kBody + "Gold Climbs as Dollar Slips\nOil Steady Before Meeting of Producers\n", "bbbb"},
      {"a list of the article's own, in small letters",
       kBody + "- two cranes\n- one assembly hall and a road\n- a quay for bulk ships\n", "bbbbb"},
      {"headlines alone are what there is", tail, "bbb"},
      {"pointers", kBody + "Read more: Vale Raises Guidance\nSubscribe to our newsletter\n", "bbxx"},
      {"a related box takes its lines along",
       kBody + "Related stories\nWhy gold climbs\nWhat oil does next\nA bank's new head\n" + kBody.substr(0, 134), "rbxlllb"},
      {"the title said twice", "Board Spends More\n" + kBody + "Board spends more\n", "tbbr"},
      {"byline and date", "Board Spends More\nBy Jane Doe\nMay 9, 2024\n" + kBody, "tyybb"},
      {"By in prose is no byline", kBody + "By Friday the plan had a price.\n", "bbb"},
      {"a credit and its glued caption",
       "Board Spends More\n© Foto Baltica / Marek ZielonyWorkers check a batch of powder\n" + kBody, "tccbb"},
      {"a name with a capital inside is not cut", "Board Spends More\nPhoto: AP / Ronald McDonald\n" + kBody, "tcbb"},
      {"a caption with its credit behind it", "A plant in Ohio. REUTERS/Jane Doe/File Photo\n" + kBody, "cbb"},
      {"an image's data", kBody + "The plant in Ohio - Wire, 1920, 06.01.2023\n", "bbc"},
      {"who reported", kBody + "(Reporting by Jane Doe in Tokyo; Editing by John Roe)\n", "bby"},
      {"a dateline", "OSLO, Jan 29 (Nordlys) - " + kBody, "dbb"},
      {"a mixed-case one needs its agency", "Hong Kong (Wire) — " + kBody, "dbb"},
      {"a clause with a dash is none", "Hong Kong - that is, its port - slept. " + kBody, "bb"},
      {"an update is none", "UPDATE: " + kBody, "bb"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    CHECK(uses(read(row.text)) == row.want);
  }
}

TEST_CASE("tidy: a lead that comes again sentence by sentence is the repeat, the fuller text the body") {
  const std::string first = "\"We want the whole chain to stand on two legs,\" the minister said after the signing.";
  const std::string second = "He added that the bank would lend 900 billion won to the venture and look at more.";
  const Article article =
      read(first + " " + second +
           "\n\nThe two sides signed a paper on Friday in Warsaw, as the ministry in Seoul said in a statement.\n" + first +
           "\n" + second + "\n");
  CHECK(uses(article) == "rbbb");
  const Article teaser = read("The board said on Friday that it would spend more than it had planned on the new ...\n\n" + kBody);
  CHECK(uses(teaser) == "rbb");
  const Article quote = read("Before all, " + first.substr(1) + " " + second + " More came later in the week.\n" + second + "\n");
  CHECK(uses(quote) == "br");
}

TEST_CASE("tidy: the body keeps the dateline on its line and leaves out what is not the article") {
  const Article article = read("Board Spends More\nOSLO (Wire) - " + kBody + "Read more: Vale Raises Guidance\n");
  const std::string body = tearsheet::body_of(article);
  CHECK(body.starts_with("OSLO (Wire) - The board said"));
  CHECK(body.find("Read more") == std::string::npos);
  CHECK(body.find("Board Spends") == std::string::npos);
}

struct DateRow {
  std::string_view why, line, hint, url, want;
};
constexpr DateRow kDates[] = {
    {"a month's name", "May 9, 2024", "", "", "2024-05-09"},
    {"the weekday in the text proves day first", "17:17 GMT 06.01.2023", "", "", "2023-01-06T17:17Z"},
    {"and month first", "09/01/2023", "", "", "2023-09-01"},
    {"neither reading is a Friday", "04.02.2023", "", "", ""},
    {"the URL proves it", "04.02.2023", "", "https://x.example/2023/02/04/board", "2023-02-04"},
    {"the finer of two", "06.01.2023\n17:17 GMT 06.01.2023", "", "", "2023-01-06T17:17Z"},
    {"one of two proves the other", "25.01.2023\n04.02.2023", "", "", "2023-01-25"},
    {"updated is not published", "Published: May 9, 2024\nUpdated: May 10, 2024", "", "", "2024-05-09"},
    {"place and date", "Düsseldorf, 14.03.2024", "", "", "2024-03-14"},
    {"the URL where nothing else says it", "By Jane Doe", "", "https://x.example/2023/02/04/board", "2023-02-04"},
    {"the article's own beats the source's", "May 9, 2024", "2020-01-01", "", "2024-05-09"},
    {"the source's where there is no other", "By Jane Doe", "2020-01-01", "", "2020-01-01"},
};

TEST_CASE("tidy: the date of publication, only where one reading is proved") {
  for (const DateRow& row : kDates) {
    CAPTURE(row.why);
    const Article article = read("Board Spends More\n" + std::string(row.line) + "\n" + kBody, row.hint, row.url);
    CHECK((article.meta.published ? article.meta.published->iso() : "") == row.want);
  }
}

struct ByRow {
  std::string_view why, line, want;
};
constexpr ByRow kBylines[] = {
    {"one", "By Jane Doe", "Jane Doe"},
    {"two and a role", "By Jane Doe and John Roe, Staff Writers", "Jane Doe|John Roe"},
    {"an agency is no author", "By The Associated Press", ""},
    {"with a place", "By Jane Doe in Tokyo", "Jane Doe"},
    {"with a date", "By Jane Doe | May 9, 2024", "Jane Doe"},
};

TEST_CASE("tidy: authors from bylines") {
  for (const ByRow& row : kBylines) {
    CAPTURE(row.why);
    const Article article = read("Board Spends More\n" + std::string(row.line) + "\n" + kBody);
    std::string names;
    for (const auto& name : article.meta.byline) names += (names.empty() ? "" : "|") + name;
    CHECK(names == row.want);
    CHECK(article.meta.title == "Board Spends More");
  }
}

TEST_CASE("tidy: a first heading of Markdown is the title") {
  tearsheet::Blob blob;
  blob.bytes = "# Board Spends More\n\n" + kBody;
  blob.origin.path = "a.md";
  auto article = tearsheet::parse(blob);
  REQUIRE(article);
  tearsheet::tidy(*article, rules());
  CHECK(article->meta.title == "Board Spends More");
}

TEST_CASE("tidy: place, and the language where it can be told") {
  CHECK(read("SAO PAULO (Litoral) - " + kBody).meta.place == "SAO PAULO");
  CHECK(read("LE BOURGET, France, June 20 - " + kBody).meta.place == "LE BOURGET, France");
  CHECK(read(kBody).meta.language == "en");
  CHECK(read("Der Vorstand teilte am Freitag mit, dass er mehr Geld für die neue Anlage ausgeben werde als geplant.")
            .meta.language == "de");
  CHECK(read("1 2 3 4 5 6 7 8 9 10").meta.language.empty());
  // Names of other countries do not make it another language.
  CHECK(read("The warning, issued by the Department of Disaster Prevention and Mitigation, is for Uthai Thani, Chai Nat, Sing Buri, Ang Thong, Suphan Buri, Ayutthaya and Bangkok.").meta.language == "en");
  CHECK(read("Regeringen har besluttet at give mere end to milliarder kroner til byen, og den vil have en plan for det inden for et halvt aar, siger ministeren til avisen.").meta.language == "da");
}

TEST_CASE("tidy: each rule takes its examples and leaves its rejects") {
  for (const auto& mark : rules().parts().marks) {
    CAPTURE(mark.id);
    CHECK_FALSE(mark.examples.empty());
    for (const std::string& example : mark.examples) {
      CAPTURE(example);
      const auto* got = rules().parts().mark_of(example, true, true);
      CHECK((got == nullptr ? "" : got->id) == mark.id);
    }
    for (const std::string& reject : mark.rejects) {
      CAPTURE(reject);
      const auto* got = rules().parts().mark_of(reject, true, true);
      CHECK((got == nullptr || got->id != mark.id));
    }
  }
}

struct BadRow {
  std::string_view why, text, code, says;
};
constexpr BadRow kBad[] = {
    {"an unknown key", "kind: tidy\nmark: []\n", "R001", "mark"},
    {"an unknown key of a mark", "marks:\n- { id: a, use: caption, patern: 'x' }\n", "R001", "patern"},
    {"a bad pattern", "marks:\n- { id: a, use: caption, pattern: '(' }\n", "R004", "RE2"},
    {"a use that is none", "marks:\n- { id: a, use: capton, pattern: 'x' }\n", "R002", "capton"},
    {"a number that is none", "thresholds: { tail_lines: many }\n", "R002", "number"},
    {"a dateline without a place", "datelines:\n- { id: a, pattern: 'x' }\n", "R003", "place"},
};

TEST_CASE("tidy: faults of the rule file are told with their place") {
  for (const BadRow& row : kBad) {
    CAPTURE(row.why);
    const auto tree = tearsheet::yaml::parse(row.text, "tidy.yaml");
    REQUIRE(tree);
    const auto got = tearsheet::TidyRules::compile(*tree, "tidy.yaml", row.text);
    REQUIRE_FALSE(got);
    CHECK(got.error().front().code == row.code);
    CHECK(got.error().front().what.find(row.says) != std::string::npos);
    CHECK(got.error().front().place.line > 0);
  }
  CHECK(tearsheet::TidyRules::compile(tearsheet::Tree(), "", ""));
}

TEST_CASE("tidy: blocks never overlap and the text is never touched; time grows with the text") {
  std::string text = "Board Spends More\n";
  for (int i = 0; i < 4000; ++i)
    text += "OSLO (Wire) - The board said on Friday, for the " + std::to_string(i) +
            "th time, that it would spend more. It did so.\n";
  const auto time_of = [](const std::string& input) {
    double best = 1e9;
    for (int i = 0; i < 3; ++i) {
      const auto before = std::chrono::steady_clock::now();
      const Article article = read(input);
      best = std::min(best, std::chrono::duration<double>(std::chrono::steady_clock::now() - before).count());
      CHECK(article.text == input);
      std::uint32_t at = 0;
      for (const auto& block : article.blocks) {
        REQUIRE(block.span.begin >= at);
        at = block.span.end;
      }
    }
    return best;
  };
  const double once = time_of(text);
  CHECK(time_of(text + text) < 4 * once + 0.05);
}

}  // namespace
