// Suggest: near words are offered, far ones are not.
#include "base/suggest.h"

#include <doctest/doctest.h>

TEST_CASE("suggest: the nearest word within a third of the length") {
  struct Row {
    std::string_view why, word, want;
  };
  constexpr Row kRows[] = {
      {"a letter missing", "curency", "currency"},     {"a letter too many", "ammount", "amount"},
      {"two letters swapped", "amuont", "amount"},     {"a wrong letter", "scele", "scale"},
      {"the word itself", "scale", "scale"},           {"three letters off in a long word", "curencysinn", "currency_sign"},
      {"a short word may differ by one", "us", "as"},  {"a short word may not differ by two", "xy", ""},
      {"ties go to the first", "bat", "cat"},          {"nothing near", "velocity", ""},
      {"nothing said", "", ""},
  };
  const std::vector<std::string> words = {"currency", "amount", "scale", "as", "cat", "hat", "currency_sign"};
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(tearsheet::suggest(row.word, words) == row.want);
  }
  CHECK(tearsheet::suggest("scale", {}).empty());
  CHECK(tearsheet::did_you_mean("scael", words) == "did you mean scale?");
  CHECK(tearsheet::did_you_mean("velocity", words).empty());
}
