// Gold format: what one tool writes another reads: there and back, with offsets in each format's own unit.
#include "pipeline/gold_format.h"

#include <doctest/doctest.h>

#include "base/yaml.h"

using namespace tearsheet;

namespace {

MarkedText sample() {
  MarkedText text{"wire/one", "Café 😀 paid $5m,\nthen $5m; it's done.", {}};
  const auto at = [&](std::string_view words, std::size_t from) { return static_cast<std::uint32_t>(text.text.find(words, from)); };
  const std::uint32_t first = at("$5m", 0), second = at("$5m", first + 1), name = at("Café 😀", 0), it = at("it's", 0);
  text.spans = {{{name, name + 10}, "company"}, {{first, first + 3}, "money"}, {{second, second + 3}, "money"}, {{it, it + 4}, "other"}};
  return text;
}

}  // namespace

TEST_CASE("gold formats: there and back") {
  const MarkedText plain{"two", "No span here.", {}};
  for (const GoldFormat& format : gold_formats()) {
    CAPTURE(format.name);
    const auto files = format.write({sample(), plain});
    std::vector<MarkedText> back;
    for (std::size_t i = 0; i < files.size(); ++i) {
      const bool brat = format.name == "brat";
      if (brat && i % 2 == 0) continue;  // the text; the .ann follows
      const auto read = format.read(files[i].bytes, files[i].name, brat ? files[i - 1].bytes : std::string_view());
      REQUIRE_MESSAGE(read.has_value(), read.error().what);
      back.insert(back.end(), read->begin(), read->end());
    }
    REQUIRE(back.size() == 2);
    CHECK(back[0].text == sample().text);
    CHECK(back[1].spans.empty());
    REQUIRE(back[0].spans.size() == 4);
    for (std::size_t i = 0; i < 4; ++i) {
      CHECK(back[0].spans[i].span == sample().spans[i].span);
      CHECK(back[0].spans[i].type == sample().spans[i].type);
    }
  }
}

TEST_CASE("gold formats: offsets are in each format's unit") {
  const auto of = [](std::string_view name) { return gold_format(name)->write({sample()}).back().bytes; };
  CHECK(of("doccano").find("[12,15,\"money\"]") != std::string::npos);       // the emoji is one code point
  CHECK(of("prodigy").find("\"start\":12,\"end\":15") != std::string::npos);
  CHECK(of("label-studio").find("\"start\":13,\"end\":16") != std::string::npos);  // and two UTF-16 units
  CHECK(of("brat").find("T2\tmoney 12 15\t$5m\n") != std::string::npos);
  CHECK(of("conll").find("Café\tB-company\n") != std::string::npos);
}

TEST_CASE("gold formats: another text and offsets outside of it are refused, with their line") {
  struct Row {
    std::string_view why, format, bytes, text, what;
  };
  const Row rows[] = {
      {"beyond the end", "doccano", "\n{\"text\":\"abc\",\"label\":[[1,9,\"x\"]]}\n", "", "the span 1 to 9 does not lie in the text"},
      {"the wrong way round", "prodigy", "{\"text\":\"abc\",\"spans\":[{\"start\":2,\"end\":1,\"label\":\"x\"}]}\n", "", "the span 2 to 1 does not lie in the text"},
      {"half an emoji", "label-studio", "[{\"data\":{\"text\":\"\\ud83d\\ude00\"},\"annotations\":[{\"result\":[{\"value\":{\"start\":1,\"end\":2,\"labels\":[\"x\"]}}]}]}]", "", "the span 1 to 2 does not lie in the text"},
      {"another text", "brat", "#1\tAnnotatorNotes T1\toffsets=code points sha256=0000000000000000000000000000000000000000000000000000000000000000\n", "abc", "the text is not the one that was annotated: its SHA-256 differs"},
      {"a token that does not follow", "conll", "-DOCSTART-\tO\n# text = \"abc\"\nabd\tO\n", "", "'abd' does not follow in the text"},
      {"no JSON", "doccano", "abc\n", "", "this line is no JSON object"},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const auto read = gold_format(row.format)->read(row.bytes, "f", row.text);
    REQUIRE_FALSE(read.has_value());
    CHECK(read.error().code == "G005");
    CHECK(read.error().what == row.what);
    CHECK(read.error().place.line > 0);
  }
  const auto foreign = gold_format("conll")->read("EU B-ORG\nrejects O\nGerman B-MISC\n\nPeter B-PER\nB I-PER\n", "f", "");
  REQUIRE(foreign.has_value());
  CHECK((*foreign)[0].text == "EU rejects German\nPeter B");
  CHECK((*foreign)[0].spans.size() == 3);
}

TEST_CASE("gold formats: a want file counts its occurrences and is YAML") {
  const auto want = yaml::parse(want_file_of(sample()), "w");
  REQUIRE(want.has_value());
  const auto& mentions = want->find("mentions")->items;
  REQUIRE(mentions.size() == 4);
  CHECK(mentions[1].find("nth") == nullptr);
  CHECK(mentions[2].text("nth") == "2");
  CHECK(mentions[3].text("text") == "it's");
  CHECK(want->find("complete")->items.size() == 3);
}
