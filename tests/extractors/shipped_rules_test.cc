// The rules of this house: they load, hold their own examples and pass the lints.
#include <doctest/doctest.h>

#include "extractors/rule_check.h"
#include "tests/extractors/rule_folder.h"

using namespace tearsheet;

namespace {

const Extractor& shipped() {
  static const Extractor extractor = tearsheet::testing::open_rules({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  return extractor;
}

}  // namespace

TEST_CASE("shipped rules: every example and reject holds, and no todo passes unnoticed") {
  for (const ExampleResult& result : test_rules(shipped())) {
    const std::string line = std::string(1, result.mark) + " " + result.rule->id + " line " + std::to_string(result.example->place.line) + ": " + result.example->text + "\n  " + result.detail;
    CAPTURE(line);
    CHECK((result.mark == '.' || result.mark == 't'));
  }
}

TEST_CASE("shipped rules: no lint finds an error") {
  for (const Finding& finding : check_rules(shipped())) {
    if (finding.warning) continue;
    const std::string text = to_text(finding.error);
    CAPTURE(text);
    CHECK(false);
  }
}
