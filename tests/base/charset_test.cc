// Charsets: marks, declarations right and wrong, detection, and what had to be repaired.
#include "base/charset.h"

#include <doctest/doctest.h>

#include <string>

#include "base/charset_labels.h"
#include "base/utf8.h"

namespace charset = tearsheet::charset;
using namespace std::string_view_literals;

namespace {

// Text in Shift_JIS: "日本の半導体メーカーが新しい工場を建設する計画を発表した。"
constexpr std::string_view kShiftJis =
    "\x93\xFA\x96\x7B\x82\xCC\x94\xBC\x93\xB1\x91\xCC\x83\x81\x81\x5B\x83\x4A\x81\x5B\x82\xAA\x90\x56\x82\xB5\x82\xA2\x8D\x48\x8F\xEA"
    "\x82\xF0\x8C\x9A\x90\xDD\x82\xB7\x82\xE9\x8C\x76\x89\xE6\x82\xF0\x94\xAD\x95\x5C\x82\xB5\x82\xBD\x81\x42"sv;
constexpr std::string_view kJapanese = "日本の半導体メーカーが新しい工場を建設する計画を発表した。";

struct Row {
  std::string_view why, bytes, declared, want, charset, how;
  std::size_t repaired;
};
const Row kRows[] = {
    {"nothing", "", "", "", "utf-8", "detected", 0},
    {"ASCII", "plain", "", "plain", "utf-8", "detected", 0},
    {"ASCII declared as something else", "plain", "shift_jis", "plain", "utf-8", "detected", 0},
    {"UTF-8, undeclared", "Zürich €5", "", "Zürich €5", "utf-8", "detected", 0},
    {"UTF-8, declared", "Zürich", "UTF-8", "Zürich", "utf-8", "declared", 0},
    {"UTF-8 declared as latin1 is still UTF-8", "Zürich", "iso-8859-1", "Zürich", "utf-8", "detected", 0},
    {"a UTF-8 mark goes", "\xEF\xBB\xBFüx", "latin1", "üx", "utf-8", "bom", 0},
    {"a mark alone", "\xEF\xBB\xBF", "", "", "utf-8", "bom", 0},
    {"broken bytes behind a mark", "\xEF\xBB\xBFü\xFF", "", "ü\uFFFD", "utf-8", "bom", 1},
    {"UTF-16, little end first", "\xFF\xFE" "A\0\xAC\x20\x3D\xD8\x00\xDE"sv, "", "A€😀", "utf-16le", "bom", 0},
    {"UTF-16, big end first", "\xFE\xFF\0A\x20\xAC\xD8\x3D\xDE\x00"sv, "utf-8", "A€😀", "utf-16be", "bom", 0},
    {"half a surrogate pair", "\xFF\xFE" "A\0\x3D\xD8" "B\0"sv, "", "A\uFFFD" "B", "utf-16le", "bom", 1},
    {"an odd byte at the end", "\xFF\xFE" "A\0B"sv, "", "A\uFFFD", "utf-16le", "bom", 1},
    {"UTF-16 without a mark, by its zeros", "n\0e\0w\0s\0 \0o\0f\0 \0d\0a\0y\0"sv, "", "news of day", "utf-16le", "detected", 0},
    {"UTF-16 without a mark, big end first", "\0n\0e\0w\0s\0 \0o\0f"sv, "", "news of", "utf-16be", "detected", 0},
    {"UTF-16 without a mark, declared", "\x2C\x67\x00\x30\x0A\x00"sv, "utf-16", "本\u3000\n", "utf-16le", "declared", 0},
    {"UTF-16 declared in a page that is not", "caf\xE9 au lait", "utf-16", "café au lait", "windows-1252", "any", 0},
    {"latin1 means windows-1252", "\x93quoted\x94 \x80" "5 caf\xE9", "latin1", "\u201Cquoted\u201D €5 café", "windows-1252", "declared", 0},
    {"ascii means windows-1252", "caf\xE9", "US-ASCII", "café", "windows-1252", "declared", 0},
    {"blanks around a label", "caf\xE9", " Windows-1252\t", "café", "windows-1252", "declared", 0},
    {"a central European page", "\x9E" "lu\x9Dou\xE8k\xFD", "windows-1250", "žluťoučký", "windows-1250", "declared", 0},
    {"a Russian page", "\xCC\xEE\xF1\xEA\xE2\xE0", "cp1251", "Москва", "windows-1251", "declared", 0},
    {"Shift_JIS, declared", kShiftJis, "Shift_JIS", kJapanese, "shift_jis", "declared", 0},
    {"Shift_JIS, undeclared", kShiftJis, "", kJapanese, "shift_jis", "detected", 0},
    {"Shift_JIS declared as EUC-KR", kShiftJis, "euc-kr", kJapanese, "shift_jis", "detected", 0},
    {"Shift_JIS declared as UTF-8", kShiftJis, "utf-8", kJapanese, "shift_jis", "detected", 0},
    {"GBK", "\xD6\xD0\xB9\xFA", "gb2312", "中国", "gbk", "declared", 0},
    {"Big5", "\xA4\xA4\xB0\xEA", "big5", "中國", "big5", "declared", 0},
    {"EUC-KR", "\xBB\xEF\xBC\xBA", "ks_c_5601-1987", "삼성", "euc-kr", "declared", 0},
    {"EUC-JP", "\xC6\xFC\xCB\xDC", "euc-jp", "日本", "euc-jp", "declared", 0},
    {"ISO-2022-JP looks like ASCII", "\x1B$BF|K\\\x1B(B!", "iso-2022-jp", "日本!", "iso-2022-jp", "declared", 0},
    {"mostly UTF-8 with a broken byte", "Zürich, Köln, \xE9, Malmö", "utf-8", "Zürich, Köln, \uFFFD, Malmö", "utf-8", "declared", 1},
    {"the same, undeclared", "Zürich, Köln, \xE9, Malmö", "", "Zürich, Köln, \uFFFD, Malmö", "utf-8", "detected", 1},
    {"windows-1252 declared as UTF-8", "caf\xE9 cr\xE8me, d\xE9j\xE0 vu", "utf-8", "café crème, déjà vu", "windows-1252", "any", 0},
    {"an unknown label is passed over", "caf\xE9 cr\xE8me, d\xE9j\xE0 vu", "klingon", "café crème, déjà vu", "windows-1252", "any", 0},
};

}  // namespace

TEST_CASE("charset: mark, then UTF-8, then declaration, then detection") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    const auto got = charset::to_utf8(row.bytes, row.declared);
    CHECK(got.text == row.want);
    CHECK(got.charset == row.charset);
    if (row.how != "any") CHECK(got.how == row.how);  // few letters: detector or default, both right
    CHECK(got.repaired == row.repaired);
  }
}

TEST_CASE("charset: any bytes at all come out as UTF-8") {
  std::string bytes;
  std::uint32_t state = 1;
  for (int round = 0; round < 200; ++round) {
    bytes.clear();
    for (int i = 0; i < 100; ++i) {
      state = state * 1664525 + 1013904223;
      bytes += static_cast<char>(state >> 24);
    }
    for (const std::string_view declared : {"", "utf-8", "shift_jis", "utf-16le", "gb18030", "iso-2022-jp"}) {
      CAPTURE(round);
      CAPTURE(declared);
      const auto got = charset::to_utf8(bytes, declared);
      CHECK(tearsheet::utf8::is_valid(got.text));
      CHECK_FALSE(got.charset.empty());
    }
  }
}

TEST_CASE("charset: a large text fits, and nothing is lost where buffers meet") {
  std::string bytes;
  std::string want;
  for (int i = 0; i < 3000; ++i) {
    bytes += kShiftJis;
    want += kJapanese;
  }
  CHECK(charset::to_utf8(bytes, "shift_jis").text == want);
}

TEST_CASE("charset: labels of the standard, and ICU has each of them") {
  struct Label {
    std::string_view why, label, want;
  };
  constexpr Label kLabels[] = {
      {"latin1", "latin1", "windows-1252"}, {"any case, blanks", " UTF8\n", "utf-8"},       {"turkish", "iso-8859-9", "windows-1254"},
      {"thai", "tis-620", "windows-874"},   {"simplified", "GB_2312-80", "gbk"},            {"utf-16 is little", "utf-16", "utf-16le"},
      {"korean", "korean", "euc-kr"},       {"two words are no label", "utf-8 latin1", ""}, {"nothing", "", ""},
      {"unknown", "utf-7", ""},
  };
  for (const Label& row : kLabels) {
    CAPTURE(row.why);
    CHECK(charset::canonical(row.label) == row.want);
  }
  for (const std::string_view name :
       {"ibm866", "iso-8859-2", "iso-8859-3", "iso-8859-4", "iso-8859-5", "iso-8859-6", "iso-8859-7", "iso-8859-8", "iso-8859-8-i",
        "iso-8859-10", "iso-8859-13", "iso-8859-14", "iso-8859-15", "koi8-r", "koi8-u", "macintosh", "windows-874", "windows-1250",
        "windows-1251", "windows-1252", "windows-1253", "windows-1254", "windows-1255", "windows-1256", "windows-1257", "windows-1258",
        "x-mac-cyrillic"}) {
    CAPTURE(name);
    CHECK(charset::to_utf8("word \xEA", name).charset == name);
  }
}

TEST_CASE("charset: what a page says of itself") {
  struct Said {
    std::string_view why, bytes, want;
  };
  const std::string late = std::string(3000, ' ') + "<meta charset=utf-8>";
  const Said rows[] = {
      {"a meta tag", "<html><head><meta charset=\"Windows-1251\">", "Windows-1251"},
      {"no quotes", "<META CHARSET=utf-8>", "utf-8"},
      {"no quotes, closed", "<meta charset=utf-8 />", "utf-8"},
      {"blanks around", "<meta charset = ' euc-jp '>", "euc-jp"},
      {"http-equiv", "<meta http-equiv=\"Content-Type\" content=\"text/html; charset=iso-8859-2\">", "iso-8859-2"},
      {"XML", "<?xml version='1.0' encoding='KOI8-R'?><rss>", "KOI8-R"},
      {"XML that does not say", "<?xml version='1.0'?><a encoding='x'/>", ""},
      {"the second meta tag", "<meta name=viewport><meta charset=big5>", "big5"},
      {"in a comment", "<!-- <meta charset=big5> --><meta charset=gbk>", "gbk"},
      {"in a comment that never ends", "<!-- <meta charset=big5>", ""},
      {"in the text", "<p>charset=big5</p>", ""},
      {"too late", late, ""},
      {"nothing", "", ""},
  };
  for (const Said& row : rows) {
    CAPTURE(row.why);
    CHECK(charset::declared_in(row.bytes) == row.want);
  }
}
