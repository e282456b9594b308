// Folding: keys under which words meet, and what must stay apart.
#include "base/fold.h"

#include <doctest/doctest.h>

using tearsheet::Fold;
using tearsheet::fold;
using tearsheet::squash;

namespace {

struct Row {
  std::string_view why, text, none, folded;
};
constexpr Row kFolds[] = {
    {"nothing", "", "", ""},
    {"ASCII", "Apple Inc.", "Apple Inc.", "apple inc."},
    {"blanks to one, ends trimmed", "  two \t\n words ", "two words", "two words"},
    {"no-break spaces", "70\u00A0\u00A0billion", "70 billion", "70 billion"},
    {"a zero-width space parts words", "ab\u200Bcd", "ab cd", "ab cd"},
    {"an ideographic space", "\u3000円\u3000", "円", "円"},
    {"full width", "ＡＢＣ１２３", "ABC123", "abc123"},
    {"a ligature", "ﬁscal", "fiscal", "fiscal"},
    {"composed and decomposed meet", "Zu\u0308rich", "Zürich", "zürich"},
    {"a sharp s folds to two", "Straße", "Straße", "strasse"},
    {"a capital with two dots", "ZÜRICH", "ZÜRICH", "zürich"},
    {"final sigma", "ΟΔΟΣ", "ΟΔΟΣ", "οδοσ"},
    {"an accent alone brings a blank along", "a\u00B4b", "a \u0301b", "a \u0301b"},
    {"blanks only", " \u00A0 ", "", ""},
};

struct Squash {
  std::string_view why, text, want;
};
constexpr Squash kSquashes[] = {
    {"case and punctuation", "Japan: to SUBSIDIZE (U.S.) chips!", "japan to subsidize u s chips"},
    {"apostrophes vanish, straight", "Japan's", "japans"},
    {"apostrophes vanish, curly", "Japan\u2019s", "japans"},
    {"curly quotes and dashes part words", "\u201Cchips\u201D\u2014and\u2013more\u2026", "chips and more"},
    {"accents", "Crédit Agricole, São Paulo", "credit agricole sao paulo"},
    {"decomposed accents", "Cre\u0301dit", "credit"},
    {"a sharp s", "Straße", "strasse"},
    {"a stroke is no accent", "Møller", "møller"},
    {"Cyrillic keeps its letters", "МОСКВА", "москва"},
    {"Greek accents", "Αθήνα", "αθηνα"},
    {"kana keep their marks", "バッグ", "バッグ"},
    {"full width", "Ａ１", "a1"},
    {"Hangul stays whole", "삼성전자", "삼성전자"},
    {"vowel signs are letters", "हिन्दी", "हिन्दी"},
    {"a soft hyphen vanishes", "semi\u00ADconductor", "semiconductor"},
    {"a zero-width space parts words", "ab\u200Bcd", "ab cd"},
    {"half-width kana are widened", "ｶﾅ", "カナ"},
    {"signs only", "$ % \u20AC", ""},
    {"nothing", "", ""},
};

}  // namespace

TEST_CASE("fold: width, composition and blanks always, case when asked") {
  for (const Row& row : kFolds) {
    CAPTURE(row.why);
    CHECK(fold(row.text, Fold::none) == row.none);
    CHECK(fold(row.text, Fold::case_fold) == row.folded);
    CHECK(fold(row.folded, Fold::case_fold) == row.folded);
  }
}

TEST_CASE("fold: squash keeps letters and digits") {
  for (const Squash& row : kSquashes) {
    CAPTURE(row.why);
    CHECK(squash(row.text) == row.want);
    CHECK(squash(row.want) == row.want);
  }
}

TEST_CASE("fold: ASCII helpers and trim") {
  CHECK(tearsheet::lower_ascii("ÀB Z[") == "Àb z[");
  CHECK(tearsheet::trim("\u00A0 \t words inside \u3000\n") == "words inside");
  CHECK(tearsheet::trim(" \u200B ").empty());
  CHECK(tearsheet::trim("").empty());
  CHECK(tearsheet::equals_ignoring_case("Content-TYPE", "content-type"));
  CHECK_FALSE(tearsheet::equals_ignoring_case("content", "content-type"));
  CHECK_FALSE(tearsheet::equals_ignoring_case("É", "é"));
}
