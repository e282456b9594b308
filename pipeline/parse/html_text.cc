// HTML text: a scan from '<' to '<'.
#include "pipeline/parse/html_text.h"

#include <algorithm>

#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/entity.h"

namespace tearsheet {
namespace {

bool is_one_of(std::string_view name, std::string_view padded_list) {
  if (name.empty() || name.size() > 12) return false;
  const std::string padded = " " + std::string(name) + " ";
  return padded_list.find(padded) != std::string_view::npos;
}

// Their content is no text of the page.
constexpr std::string_view kSilent = " script style noscript template iframe textarea select option title svg math object ";
constexpr std::string_view kInline =
    " a abbr acronym b bdi bdo big cite code del dfn em font i ins kbd label mark q s samp small span strike strong sub sup time "
    "tt u var wbr ";

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c; }

// Place of `</name` in any case from `at`, or the end.
std::size_t closing(std::string_view html, std::size_t at, std::string_view name) {
  for (at = html.find("</", at); at != std::string_view::npos; at = html.find("</", at + 2)) {
    std::size_t i = 0;
    while (i < name.size() && at + 2 + i < html.size() && lower(html[at + 2 + i]) == name[i]) ++i;
    if (i == name.size()) return at;
  }
  return html.size();
}

// The end of a tag, '>' outside quotes; quotes that never close end at the first '>'. `patience` counts those down, so that a
// page of them stays linear.
std::size_t tag_end(std::string_view html, std::size_t at, int& patience) {
  const std::size_t limit = patience > 0 ? std::min(html.size(), at + (64u << 10)) : at;
  char quote = 0;
  for (std::size_t i = at; i < limit; ++i) {
    const char c = html[i];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && i > 0 && html[i - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return i + 1;
    }
  }
  --patience;
  const std::size_t plain = html.find('>', at);
  return plain == std::string_view::npos ? html.size() : plain + 1;
}

}  // namespace

std::vector<std::string> lines_of_html(std::string_view html) {
  bool whole = true;
  return lines_of_html(html, std::string_view::npos, whole);
}

std::vector<std::string> lines_of_html(std::string_view html, std::size_t at_most, bool& whole) {
  std::vector<std::string> lines;
  std::string words;
  std::size_t taken = 0;
  int patience = 100;
  const auto flush = [&] {
    taken += words.size();
    if (std::string line = one_line(decode_entities(words)); !line.empty()) lines.push_back(std::move(line));
    words.clear();
  };
  whole = true;
  for (std::size_t at = 0; at < html.size();) {
    const std::size_t open = std::min(html.find('<', at), html.size());
    const std::size_t room = at_most - std::min(at_most, taken + words.size());
    if (room < open - at || room == 0) {
      whole = false;
      words.append(html.substr(at, utf8::floor_boundary(html.substr(at), std::min(room, open - at))));
      break;
    }
    words.append(html.substr(at, open - at));
    at = open;
    if (at == html.size()) break;
    if (html.substr(at).starts_with("<!--")) {
      const auto end = html.find("-->", at + 4);
      at = end == std::string_view::npos ? html.size() : end + 3;
      continue;
    }
    const bool closes = at + 1 < html.size() && html[at + 1] == '/';
    std::string name;
    for (std::size_t i = at + 1 + (closes ? 1 : 0); i < html.size() && name.size() < 16; ++i) {
      const char c = lower(html[i]);
      if ((c < 'a' || c > 'z') && (c < '0' || c > '9')) break;
      name.push_back(c);
    }
    if (name.empty() && !closes && (at + 1 >= html.size() || (html[at + 1] != '!' && html[at + 1] != '?'))) {
      words.push_back('<');  // "profit < 5%" is no tag
      ++at;
      continue;
    }
    at = tag_end(html, at + 1, patience);
    if (!is_one_of(name, kInline)) flush();
    if (!closes && is_one_of(name, kSilent)) at = closing(html, at, name);
  }
  flush();
  return lines;
}

}  // namespace tearsheet
