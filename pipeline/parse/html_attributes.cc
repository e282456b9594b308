// HTML attributes: a table of what is kept; everything else goes.
#include "pipeline/parse/html_attributes.h"

#include <algorithm>
#include <array>
#include <charconv>

#include "base/fold.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

// In this order they are bits of `seen_`.
constexpr std::string_view kKept[] = {"itemprop", "rel",  "property", "name",  "content", "datetime", "lang",  "role",
                                      "type",     "href", "title",    "class", "id",      "style",    "hidden"};
constexpr std::size_t kValueAtMost = 4096;
constexpr std::size_t kTitleAtMost = 60;  // of a date; longer ones are words for the mouse

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

int index_of(std::string_view name) {
  if (name.size() < 2 || name.size() > 8) return -1;
  std::array<char, 8> folded{};
  std::transform(name.begin(), name.end(), folded.begin(), lower);
  const std::string_view key(folded.data(), name.size());
  for (std::size_t i = 0; i < std::size(kKept); ++i)
    if (kKept[i] == key) return static_cast<int>(i);
  return -1;
}

bool hides(std::string_view style) {
  const std::string folded = lower_ascii(style.substr(0, 300));
  const auto at = folded.find("display");
  if (at == std::string::npos) return false;
  const auto none = folded.find_first_not_of(": \t", at + 7);
  return none != std::string::npos && folded.compare(none, 4, "none") == 0;
}

// Elements of which the tree builder keeps a list: 20,000 of them with distinct attributes take it 26 s.
bool is_formatting(std::string_view tag) {
  for (const std::string_view one : {"b", "big", "code", "em", "font", "i", "nobr", "s", "small", "strike", "strong", "tt", "u"})
    if (one == tag) return true;
  return false;
}

}  // namespace

bool leads_to_author(std::string_view href) {
  for (const std::string_view part : {"/author/", "/authors/", "/autor/", "/autoren/", "/autores/", "/auteur/", "/by/", "/staff/",
                                      "/profile/", "/people/", "/contributor/", "/contributors/", "/journalist/", "/writer/"})
    if (href.find(part) != std::string_view::npos) return true;
  return false;
}

void AttributeFilter::add(std::string_view name, std::string_view value) {
  if (keep_all_ && value.size() <= kValueAtMost) keep(name, value);
  const int index = index_of(name);
  if (index < 0 || (seen_ >> index & 1u) != 0) return;
  seen_ |= 1u << index;
  const std::string_view key = kKept[static_cast<std::size_t>(index)];
  if (key == "class" || key == "id") {
    names_ |= read_names(value);
    return;
  }
  if (key == "hidden") hidden_ = true;
  if (key == "style") hidden_ = hidden_ || hides(value);
  if (key == "hidden" || key == "style" || value.size() > kValueAtMost) return;
  if (key == "href" && tag_ != "link" && tag_ != "base" && !leads_to_author(value)) return;
  if (key == "title" && (value.size() > kTitleAtMost || value.find_first_of("0123456789") == std::string_view::npos)) return;
  if (key == "name" && tag_ != "meta") return;
  if (key == "type" && tag_ != "input") return;
  if (is_formatting(tag_) && key != "itemprop" && key != "rel") return;
  if (!keep_all_) keep(key, value);
}

void AttributeFilter::keep(std::string_view name, std::string_view value) {
  kept_ += ' ';
  kept_ += name;
  const char quote = value.find('"') == std::string_view::npos ? '"' : '\'';
  kept_ += '=';
  kept_ += quote;
  if (value.find(quote) == std::string_view::npos)
    kept_ += value;
  else  // both kinds of quotes, from an unquoted value
    for (const char c : value) kept_ += c == quote ? ' ' : c;
  kept_ += quote;
}

void AttributeFilter::append_to(std::string& out) {
  out += kept_;
  if (names_ != 0) {
    std::array<char, 12> digits{};
    const auto end = std::to_chars(digits.begin(), digits.end(), names_).ptr;
    out += " c=";
    out.append(digits.begin(), end);
  }
  if (hidden_) out += " hidden";
}

}  // namespace tearsheet
