// Words: hashes agree between compiler and program, lists hold what was put in and nothing else.
#include "base/word.h"

#include <doctest/doctest.h>

#include <string>

using tearsheet::HashedWord;
using tearsheet::WordSet;
using tearsheet::WordTable;

TEST_CASE("word: the compiler's hash is the program's hash, whatever the length") {
  static constexpr HashedWord kWords[] = {"", "a", "is", "the", "that", "could", "seven77", "eight888", "announces", "a rather long run of words", "\xE2\x80\x99s", "übermäßig"};
  for (const HashedWord& word : kWords) {
    CAPTURE(std::string(word));
    const std::string copy(word);
    CHECK(HashedWord(copy).hash == word.hash);
    CHECK((word.hash == 0) == word.empty());
  }
}

TEST_CASE("word: a set has its own words only") {
  static constexpr WordSet kSet({"the", "a", "an", "announcement", "announced", "the"});
  for (const char* word : {"the", "a", "an", "announcement", "announced"}) {
    CAPTURE(word);
    CHECK(kSet.has(word));
  }
  for (const char* word : {"", "th", "them", "The", "announcXment", "announce", "a "}) {
    CAPTURE(word);
    CHECK_FALSE(kSet.has(word));
  }
  // The hash sees eight bytes at either end: these two differ between them.
  static constexpr WordSet kLong({"announceAment of a loss"});
  CHECK(HashedWord("announceAment of a loss").hash == HashedWord("announceBment of a loss").hash);
  CHECK_FALSE(kLong.has("announceBment of a loss"));
}

TEST_CASE("word: a table grows and finds each of its rows again") {
  WordTable<int> table;
  CHECK(table.find("none") == nullptr);
  for (int i = 0; i < 1000; ++i) table["word" + std::to_string(i)] = i;
  table["word7"] += 1000;
  for (int i = 0; i < 1000; ++i) {
    CAPTURE(i);
    const int* const found = table.find("word" + std::to_string(i));
    REQUIRE(found != nullptr);
    CHECK(*found == (i == 7 ? 1007 : i));
  }
  CHECK(table.find("word1000") == nullptr);
  CHECK(table.find("") == nullptr);
}
