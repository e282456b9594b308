// Hashes: published vectors, and near texts with near fingerprints.
#include "base/hash.h"

#include <doctest/doctest.h>

#include <bit>
#include <string>

namespace hash = tearsheet::hash;

TEST_CASE("hash: SHA-256 gives the vectors of FIPS 180-4") {
  CHECK(hash::sha256_hex("") == "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  CHECK(hash::sha256_hex("abc") == "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  CHECK(hash::sha256_hex("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq") ==
        "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  CHECK(hash::sha256_hex(std::string(1'000'000, 'a')) == "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST_CASE("hash: XXH3 is the published one, and the seed counts") {
  CHECK(hash::xxh3("") == 0x2D06800538D394C2u);
  CHECK(hash::xxh3("abc") == 0x78AF5F94892F3950u);
  CHECK(hash::xxh3("abc", 1) != hash::xxh3("abc"));
}

TEST_CASE("hash: hex is sixteen lower-case digits") {
  CHECK(hash::hex64(0) == "0000000000000000");
  CHECK(hash::hex64(0xDEADBEEF01u) == "000000deadbeef01");
}

TEST_CASE("hash: near texts have near fingerprints, other texts do not") {
  std::string story;
  for (int i = 0; i < 200; ++i) story += "sentence number " + std::to_string(i * i) + " tells of plant " + std::to_string(i) + ". ";
  std::string other;
  for (int i = 0; i < 200; ++i) other += "quite another word " + std::to_string(i * 7) + " stands in item " + std::to_string(i) + "; ";
  const auto distance = [](std::string_view a, std::string_view b) { return std::popcount(hash::simhash(a) ^ hash::simhash(b)); };
  struct Row {
    std::string_view why;
    std::string text;
    int least, most;
  };
  std::string changed = story;
  changed.replace(changed.find("tells"), 5, "spoke");
  const Row rows[] = {
      {"the text itself", story, 0, 0},
      {"other case and punctuation", "  SENTENCE" + story.substr(8), 0, 0},
      {"one word changed", changed, 0, 6},
      {"a sentence added", story + " Reporting by someone.", 0, 6},
      {"another text", other, 16, 64},
  };
  for (const Row& row : rows) {
    CAPTURE(row.why);
    const int got = distance(story, row.text);
    CHECK(got >= row.least);
    CHECK(got <= row.most);
  }
}

TEST_CASE("hash: short texts have fingerprints, empty ones none") {
  CHECK(hash::simhash("") == 0);
  CHECK(hash::simhash(" ... ") == 0);
  CHECK(hash::simhash("one") != 0);
  CHECK(hash::simhash("one two") != hash::simhash("one"));
  CHECK(hash::simhash("One, two!") == hash::simhash("one two"));
  CHECK(hash::simhash("one two three") != 0);
}
