// Entity: a sorted table of the names that news pages use, and numbers.
#include "pipeline/parse/entity.h"

#include <algorithm>
#include <optional>

#include "base/utf8.h"

namespace tearsheet {
namespace {

struct Named {
  std::string_view name;
  char32_t code;
};
constexpr Named kNamed[] = {
    {"AElig", 198},   {"Aacute", 193}, {"Acirc", 194},   {"Agrave", 192},  {"Aring", 197},   {"Atilde", 195},  {"Auml", 196},
    {"Ccaron", 268},  {"Ccedil", 199}, {"Dagger", 8225}, {"ETH", 208},     {"Eacute", 201},  {"Ecirc", 202},   {"Egrave", 200},
    {"Euml", 203},    {"Iacute", 205}, {"Icirc", 206},   {"Idot", 304},    {"Igrave", 204},  {"Iuml", 207},    {"Lstrok", 321},
    {"NewLine", 10},  {"Ntilde", 209}, {"OElig", 338},   {"Oacute", 211},  {"Ocirc", 212},   {"Ograve", 210},  {"Oslash", 216},
    {"Otilde", 213},  {"Ouml", 214},   {"Prime", 8243},  {"Sacute", 346},  {"Scaron", 352},  {"THORN", 222},   {"Tab", 9},
    {"Uacute", 218},  {"Ucirc", 219},  {"Ugrave", 217},  {"Uuml", 220},    {"Yacute", 221},  {"Yuml", 376},    {"Zcaron", 381},
    {"Zdot", 379},    {"aacute", 225}, {"acirc", 226},   {"acute", 180},   {"aelig", 230},   {"agrave", 224},  {"amp", 38},
    {"aogon", 261},   {"apos", 39},    {"aring", 229},   {"ast", 42},      {"asymp", 8776},  {"atilde", 227},  {"auml", 228},
    {"bdquo", 8222},  {"brvbar", 166}, {"bsol", 92},     {"bull", 8226},   {"ccaron", 269},  {"ccedil", 231},  {"cedil", 184},
    {"cent", 162},    {"circ", 710},   {"colon", 58},    {"comma", 44},    {"commat", 64},   {"copy", 169},    {"curren", 164},
    {"dagger", 8224}, {"darr", 8595},  {"dash", 8208},   {"deg", 176},     {"divide", 247},  {"dollar", 36},   {"eacute", 233},
    {"ecaron", 283},  {"ecirc", 234},  {"egrave", 232},  {"emsp", 8195},   {"ensp", 8194},   {"eogon", 281},   {"equals", 61},
    {"eth", 240},     {"euml", 235},   {"euro", 8364},   {"excl", 33},     {"fnof", 402},    {"frac12", 189},  {"frac14", 188},
    {"frac34", 190},  {"gbreve", 287}, {"ge", 8805},     {"gt", 62},       {"harr", 8596},   {"hellip", 8230}, {"hyphen", 8208},
    {"iacute", 237},  {"icirc", 238},  {"iexcl", 161},   {"igrave", 236},  {"infin", 8734},  {"inodot", 305},  {"iquest", 191},
    {"iuml", 239},    {"laquo", 171},  {"larr", 8592},   {"lbrace", 123},  {"ldquo", 8220},  {"le", 8804},     {"lowbar", 95},
    {"lpar", 40},     {"lrm", 8206},   {"lsaquo", 8249}, {"lsqb", 91},     {"lsquo", 8216},  {"lstrok", 322},  {"lt", 60},
    {"macr", 175},    {"mdash", 8212}, {"micro", 181},   {"middot", 183},  {"minus", 8722},  {"nbsp", 160},    {"ndash", 8211},
    {"ne", 8800},     {"not", 172},    {"ntilde", 241},  {"num", 35},      {"numsp", 8199},  {"oacute", 243},  {"ocirc", 244},
    {"oelig", 339},   {"ograve", 242}, {"ordf", 170},    {"ordm", 186},    {"oslash", 248},  {"otilde", 245},  {"ouml", 246},
    {"para", 182},    {"percnt", 37},  {"period", 46},   {"permil", 8240}, {"plus", 43},     {"plusmn", 177},  {"pound", 163},
    {"prime", 8242},  {"quest", 63},   {"quot", 34},     {"raquo", 187},   {"rarr", 8594},   {"rbrace", 125},  {"rcaron", 345},
    {"rdquo", 8221},  {"reg", 174},    {"rlm", 8207},    {"rpar", 41},     {"rsaquo", 8250}, {"rsqb", 93},     {"rsquo", 8217},
    {"sacute", 347},  {"sbquo", 8218}, {"scaron", 353},  {"scedil", 351},  {"sect", 167},    {"semi", 59},     {"shy", 173},
    {"sol", 47},      {"sup1", 185},   {"sup2", 178},    {"sup3", 179},    {"szlig", 223},   {"thinsp", 8201}, {"thorn", 254},
    {"tilde", 732},   {"times", 215},  {"trade", 8482},  {"uacute", 250},  {"uarr", 8593},   {"ucirc", 251},   {"ugrave", 249},
    {"uml", 168},     {"uuml", 252},   {"vert", 124},    {"yacute", 253},  {"yen", 165},     {"yuml", 255},    {"zcaron", 382},
    {"zdot", 380},    {"zwj", 8205},   {"zwnj", 8204}};
static_assert(std::is_sorted(std::begin(kNamed), std::end(kNamed),
                             [](const Named& a, const Named& b) { return a.name < b.name; }));

// HTML, "numeric character reference end state": these are windows-1252 in disguise.
constexpr char32_t kWindows[32] = {0x20AC, 0x81,   0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021, 0x02C6, 0x2030, 0x0160,
                                   0x2039, 0x0152, 0x8D,   0x017D, 0x8F,   0x90,   0x2018, 0x2019, 0x201C, 0x201D, 0x2022,
                                   0x2013, 0x2014, 0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0x9D,   0x017E, 0x0178};

std::optional<char32_t> number_of(std::string_view digits) {
  const bool hex = digits.starts_with('x') || digits.starts_with('X');
  if (hex) digits.remove_prefix(1);
  if (digits.empty() || digits.size() > 8) return std::nullopt;
  std::uint64_t value = 0;
  for (char c : digits) {
    const int digit = c >= '0' && c <= '9'          ? c - '0'
                      : hex && c >= 'a' && c <= 'f' ? c - 'a' + 10
                      : hex && c >= 'A' && c <= 'F' ? c - 'A' + 10
                                                    : -1;
    if (digit < 0) return std::nullopt;
    value = value * (hex ? 16 : 10) + static_cast<std::uint64_t>(digit);
  }
  if (value >= 128 && value < 160) return kWindows[value - 128];
  if (value == 0 || value > 0x10FFFF || (value >= 0xD800 && value < 0xE000)) return U'\uFFFD';
  return static_cast<char32_t>(value);
}

std::optional<char32_t> code_of(std::string_view name) {
  if (name.starts_with('#')) return number_of(name.substr(1));
  const auto* found = std::lower_bound(std::begin(kNamed), std::end(kNamed), name,
                                       [](const Named& row, std::string_view want) { return row.name < want; });
  if (found == std::end(kNamed) || found->name != name) return std::nullopt;
  return found->code;
}

}  // namespace

std::string decode_entities(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  while (!text.empty()) {
    const std::size_t amp = std::min(text.find('&'), text.size());
    out.append(text.substr(0, amp));
    text.remove_prefix(amp);
    if (text.empty()) break;
    const std::size_t end = text.substr(0, 12).find(';');
    const auto code = end == std::string_view::npos ? std::nullopt : code_of(text.substr(1, end - 1));
    if (code) {
      utf8::append(out, *code);
      text.remove_prefix(end + 1);
    } else {
      out.push_back('&');
      text.remove_prefix(1);
    }
  }
  return out;
}

}  // namespace tearsheet
