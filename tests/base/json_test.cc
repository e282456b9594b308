// JSON: strict and tolerant reading, and writing that any reader takes.
#include "base/json.h"

#include <doctest/doctest.h>

#include <string>

using namespace tearsheet;
using namespace std::string_view_literals;

namespace {

// The tree written again, in the order it has.
void write(std::string& out, const Tree& tree) {
  if (tree.is_null()) {
    out += "null";
  } else if (tree.type == Tree::Type::string) {
    json::append_string(out, tree.scalar);
  } else if (tree.is_scalar()) {
    out += tree.scalar;
  } else if (tree.is_list()) {
    out += '[';
    for (const Tree& item : tree.items) {
      if (out.back() != '[') out += ',';
      write(out, item);
    }
    out += ']';
  } else {
    out += '{';
    for (const auto& [key, node] : tree.members) {
      if (out.back() != '{') out += ',';
      json::append_string(out, key);
      out += ':';
      write(out, node);
    }
    out += '}';
  }
}

std::string written(const Result<Tree>& tree) {
  if (!tree) return to_text(tree.error());
  std::string out;
  write(out, *tree);
  return out;
}

struct Row {
  std::string_view why, text, want;
};
constexpr Row kRows[] = {
    {"an object", R"( {"a" : 1 , "b" : [ true , false , null ] } )", R"({"a":1,"b":[true,false,null]})"},
    {"a text alone", R"("x")", R"("x")"},
    {"a number alone", "-0.50e+7", "-0.50e+7"},
    {"empty ones", R"([[],{}, ""])", R"([[],{},""])"},
    {"numbers keep their spelling", "[1.50, 1e999, 123456789012345678901234567890]", "[1.50,1e999,123456789012345678901234567890]"},
    {"escapes", R"("\"\\\/\b\f\n\r\t\u00e9\u20AC\ud83d\ude00")", R"("\"\\/\b\f\n\r\té€😀")"},
    {"a zero in a text", R"("a\u0000b")", R"("a\u0000b")"},
    {"the last of two equal keys wins, at the first one's place", R"({"a":1,"b":2,"a":3})", R"({"a":3,"b":2})"},
    {"a key with an escape", R"({"\u0061":1})", R"({"a":1})"},
    {"other scripts", R"({"会社":"日本"})", R"({"会社":"日本"})"},
    {"line separators are letters to JSON", "\"a\u2028b\"", "\"a\u2028b\""},
};

struct Refusal {
  std::string_view why, text;
  std::uint32_t line, column;  // 0: not checked
};
constexpr Refusal kRefusals[] = {
    {"nothing", "", 1, 1},
    {"blanks", "  \n", 1, 1},
    {"a list that never closes", "[1,2", 1, 5},
    {"an inner list that never closes", "[[1,2]", 1, 7},
    {"an object that never closes", R"({"a":1)", 1, 7},
    {"the wrong bracket", R"({"a":[1,2})", 0, 0},
    {"no comma", "[1 2]", 1, 4},
    {"a comma too many", "[1,]", 1, 4},
    {"a comma too many in an object", R"({"a":1,})", 1, 8},
    {"commas alone", "[,]", 1, 2},
    {"no colon", R"({"a" 1})", 1, 6},
    {"no value", R"({"a":})", 1, 6},
    {"a key without quotes", "{a:1}", 1, 2},
    {"single quotes", "['a']", 0, 0},
    {"a word", "nope", 0, 0},
    {"a longer word", "nulll", 0, 0},
    {"truth cut short", "[tru]", 0, 0},
    {"two values", "1 2", 0, 0},
    {"two values with a comma", "1,2", 0, 0},
    {"two texts side by side", R"("a" "b")", 0, 0},
    {"a bracket too many", "[1]]", 0, 0},
    {"brackets that fit our own", "1] [2", 0, 0},
    {"a brace too many", R"({"a":1}})", 0, 0},
    {"letters behind", "[1]x", 0, 0},
    {"a leading zero", "01", 0, 0},
    {"a plus", "+1", 0, 0},
    {"no digit before the point", ".5", 0, 0},
    {"no digit behind the point", "1.", 0, 0},
    {"no digit in the exponent", "1e", 0, 0},
    {"letters behind a number", "1x", 0, 0},
    {"a minus alone", "-", 0, 0},
    {"not a number", "NaN", 0, 0},
    {"an unknown escape", R"("\x41")", 0, 0},
    {"half a surrogate pair", R"("\ud800")", 0, 0},
    {"a \\u cut short", R"("\u12")", 0, 0},
    {"a text that never closes", "\"abc", 0, 0},
    {"a raw line feed in a text", "\"a\nb\"", 0, 0},
    {"not UTF-8", "\"\xFF\"", 0, 0},
    {"the place is a line's", "[\"a\",\n4,nope]", 2, 3},
};

constexpr Row kTolerant[] = {
    {"what is right stays so", R"({"a":[1,"// x, ]"]})", R"({"a":[1,"// x, ]"]})"},
    {"trailing commas", R"({"a":[1,2, ],})", R"({"a":[1,2]})"},
    {"a comma in a text stays", R"(["a,]",])", R"(["a,]"])"},
    {"a semicolon behind", R"({"a":1};)", R"({"a":1})"},
    {"CDATA", "<![CDATA[ {\"a\":1} ]]>", R"({"a":1})"},
    {"CDATA in line comments", "//<![CDATA[\n{\"a\":1}\n//]]>", R"({"a":1})"},
    {"CDATA in comments", "/*<![CDATA[*/{\"a\":1}/*]]>*/", R"({"a":1})"},
    {"an HTML comment", "<!--\n{\"a\":1}\n-->", R"({"a":1})"},
    {"a byte-order mark", "\xEF\xBB\xBF{\"a\":1}", R"({"a":1})"},
    {"comments inside", "{/* one */\"a\":1, // two\n\"b\":2}", R"({"a":1,"b":2})"},
    {"a raw line feed and a tab in a text", "{\"a\":\"x\ny\tz\"}", R"({"a":"x\ny\tz"})"},
    {"other control characters in a text", "{\"a\":\"x\r\x01y\"}", R"({"a":"xy"})"},
    {"control characters outside", "{\x01\"a\":\x0B" "1}", R"({"a":1})"},
    {"an escaped apostrophe", R"({"a":"it\'s"})", R"({"a":"it's"})"},
    {"half a surrogate pair", R"({"a":"\ud83d!"})", "{\"a\":\"\uFFFD!\"}"},
    {"a whole one stays", R"({"a":"\ud83d\ude00",})", R"({"a":"😀"})"},
    {"not UTF-8", "{\"a\":\"caf\xE9\"}", "{\"a\":\"caf\uFFFD\"}"},
};

}  // namespace

TEST_CASE("json: reads what RFC 8259 allows") {
  for (const Row& row : kRows) {
    CAPTURE(row.why);
    CHECK(written(json::parse(row.text)) == row.want);
    CHECK(written(json::parse_tolerant(row.text)) == row.want);
  }
}

TEST_CASE("json: refuses the rest, and says where") {
  for (const Refusal& row : kRefusals) {
    CAPTURE(row.why);
    const auto got = json::parse(row.text);
    REQUIRE_FALSE(got.has_value());
    CHECK(got.error().code == "J001");
    CHECK(got.error().place.line > 0);
    if (row.line == 0) continue;
    CHECK(got.error().place.line == row.line);
    CHECK(got.error().place.column == row.column);
  }
}

TEST_CASE("json: depth is limited") {
  const auto nested = [](std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); };
  CHECK(json::parse(nested(64)).has_value());
  CHECK(json::parse(nested(65)).error().code == "J002");
  CHECK(json::parse(nested(100'000)).error().code == "J002");
  CHECK(json::parse(std::string(100'000, '[')).has_value() == false);
  CHECK(json::parse_tolerant(nested(65)).error().code == "J002");
  CHECK(json::parse("[[1]]", 1).error().code == "J002");
}

TEST_CASE("json: nodes and keys know their bytes") {
  constexpr std::string_view kText = R"( {"a": "x", "b": [10, {"c": null}]})";
  const auto got = json::parse(kText);
  REQUIRE(got.has_value());
  CHECK(got->offset == 1);
  CHECK(kText.substr(got->find("a")->key_offset).starts_with("\"a\""));
  CHECK(kText.substr(got->find("a")->offset).starts_with("\"x\""));
  const Tree& list = *got->find("b");
  CHECK(kText.substr(list.offset).starts_with("[10"));
  CHECK(kText.substr(list.items[0].offset).starts_with("10"));
  CHECK(kText.substr(list.items[1].find("c")->offset).starts_with("null"));
}

TEST_CASE("json: many members, the last of equals winning among them, too") {
  std::string text = "{";
  for (int i = 0; i < 1000; ++i) text += "\"k" + std::to_string(i % 500) + "\":" + std::to_string(i) + ",";
  text.back() = '}';
  const auto got = json::parse(text);
  REQUIRE(got.has_value());
  CHECK(got->members.size() == 500);
  CHECK(got->text("k0") == "500");
  CHECK(got->text("k499") == "999");
}

TEST_CASE("json: a large document after a small one, and a small one after it") {
  const std::string large = "[\"" + std::string(9'000'000, 'x') + "\"]";
  CHECK(written(json::parse("[1]")) == "[1]");
  CHECK(json::parse(large)->items[0].scalar.size() == 9'000'000);
  CHECK(written(json::parse("[2]")) == "[2]");
}

TEST_CASE("json: the tolerant form mends what pages break") {
  for (const Row& row : kTolerant) {
    CAPTURE(row.why);
    CHECK(written(json::parse_tolerant(row.text)) == row.want);
  }
  for (const std::string_view hopeless : {""sv, "{"sv, "{a:1}"sv, "\"abc"sv, "\"\\"sv, "/*"sv, "//"sv, ";"sv, "<html>"sv}) {
    CAPTURE(hopeless);
    CHECK_FALSE(json::parse_tolerant(hopeless).has_value());
  }
}

TEST_CASE("json: a text is written with the escapes RFC 8259 asks for and no others") {
  constexpr Row kTexts[] = {
      {"nothing", "", R"("")"},
      {"plain, over eight bytes", "plain words here", R"("plain words here")"},
      {"quote and backslash", "a\"b\\c", R"("a\"b\\c")"},
      {"the short escapes", "\b\f\n\r\t", R"("\b\f\n\r\t")"},
      {"other controls", "\x01\x1F", R"("\u0001\u001f")"},
      {"a zero", "a\0b"sv, R"("a\u0000b")"},
      {"DEL, slash, angle and separators stay", "\x7F/<\u2028", "\"\x7F/<\u2028\""},
      {"at the eighth byte", "1234567\"9", R"("1234567\"9")"},
      {"other scripts", "日本 é 😀", "\"日本 é 😀\""},
  };
  for (const Row& row : kTexts) {
    CAPTURE(row.why);
    std::string out;
    json::append_string(out, row.text);
    CHECK(out == row.want);
    const auto back = json::parse(out);
    REQUIRE(back.has_value());
    CHECK(back->scalar == row.text);
  }
}

TEST_CASE("json: every byte goes out and comes back at every distance from a word's edge") {
  bool same = true;
  for (int c = 0; c < 128; ++c) {
    for (std::size_t before = 0; before < 17; ++before) {
      const std::string text = std::string(before, 'x') + static_cast<char>(c) + "yz";
      std::string out;
      json::append_string(out, text);
      const auto back = json::parse(out);
      same = same && back && back->scalar == text;
    }
  }
  CHECK(same);
}

TEST_CASE("json: field values") {
  Ref ref;
  ref.text = "Micron \"Tech\"";
  ref.span = Span{34, 51};
  ref.mention = 3;
  ref.type = "company";
  ref.id = "micron";
  ref.more = {{"country", "US"}};
  Ref implied;
  implied.type = "government";
  implied.how = "implied";
  const Fields fields = {
      {"none", {}},
      {"truth", true},
      {"count", -42},
      {"amount", Decimal(7, 10)},
      {"date", *Date::parse_iso("2023-01-06T17:17Z")},
      {"no date", Date()},
      {"list", std::vector<Scalar>{1, "x"}},
      {"object", Fields{{"a", 1}}},
      {"ref", ref},
      {"implied", implied},
  };
  std::string out = "x";
  json::append_object(out, fields);
  CHECK(out ==
        R"(x{"none":null,"truth":true,"count":-42,"amount":"70000000000","date":"2023-01-06T17:17Z","no date":null,"list":[1,"x"],)"
        R"("object":{"a":1},"ref":{"text":"Micron \"Tech\"","span":[34,51],"mention":3,"type":"company","id":"micron","name":null,)"
        R"("how":"said","country":"US"},"implied":{"text":null,"span":null,"mention":null,"type":"government","id":null,"name":null,)"
        R"("how":"implied"}})");
  CHECK(json::parse(out.substr(1)).has_value());
  out.clear();
  json::append_object(out, {});
  CHECK(out == "{}");
}
