// Node sizes: what the shipped rules read as process nodes, and the lengths that are none.
#include "extractors/node.h"

#include <doctest/doctest.h>

#include "tests/extractors/rule_folder.h"

using namespace tearsheet;
using tearsheet::testing::article_of;

namespace {

const Extractor& shipped() {
  static const Extractor extractor = tearsheet::testing::open_rules({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  return extractor;
}

/// "words = nm name class modifier" of each node, joined by " | ".
std::string read(std::string text) {
  const Article article = article_of(std::move(text));
  std::string out;
  for (const Mention& mention : shipped().extract(article, std::nullopt)) {
    if (mention.type != "node_size") continue;
    out += (out.empty() ? "" : " | ") + std::string(mention.span.of(article.text)) + " =";
    for (const char* name : {"nm", "name", "class", "modifier"})
      if (const Scalar* value = find(mention.fields, name)) out += " " + to_string(*value);
  }
  return out;
}

struct Row {
  std::string_view why, text, want;
};

constexpr Row kRows[] = {
    {"glued", "a 7nm process", "7nm = 7"},
    {"hyphen and word", "2-nanometer semiconductors", "2-nanometer = 2"},
    {"British spelling", "chips of 28 nanometres", "28 nanometres = 28"},
    {"below", "a sub-2nm node", "sub-2nm = 2 below"},
    {"below as a word", "a node below 2nm", "2nm = 2 below"},
    {"and below", "chips of 14nm and below", "14nm = 14 max"},
    {"class", "a 1.8nm-class node", "1.8nm-class = 1.8 1.8nm-class"},
    {"plus signs", "its 14nm++ process", "14nm++ = 14 14nm++"},
    {"slash", "28/22nm capacity", "28 = 28 | 22nm = 22"},
    {"a shared unit", "7- and 5-nanometer chips", "7 = 7 | 5-nanometer = 5"},
    {"two with units", "its 3 nm and 5 nm processes", "3 nm = 3 | 5 nm = 5"},
    {"micron", "a 0.18-micron fab", "0.18-micron = 180"},
    {"names", "the N3E and 18A nodes", "N3E = 3 N3E | 18A = 1.8 18A"},
    {"name with a plus", "chips in its N+2 process", "N+2 = 7 N+2"},
    {"the cue in the paragraph", "Chipmakers wait. Nobody pays for 2nm yet.", "2nm = 2"},
    {"no word on chips", "a beam of 20 nm", ""},
    {"light of an exposure tool", "exposing the wafer with 193nm lithography", ""},
    {"extreme ultraviolet", "the chip tool uses 13.5 nm light", ""},
    {"no whole length", "16.25 nanometers is what the chip measures", ""},
    {"a wafer", "a 12-inch (300mm) wafer", ""},
    {"torque", "the chip van's engine gives 400 Nm", ""},
    {"nautical miles", "The storm was 12 nm off the cape.", ""},
    {"a film on a chip", "a chip under a 7 nm thick film", ""},
    {"a phone's chip", "the A16 chip is made in this process", ""},
    {"a road", "the N2 was shut", ""},
};

}  // namespace

TEST_CASE("node: reads lengths and names of process nodes and leaves other lengths") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(read(std::string(row.text)) == row.want);
  }
}
