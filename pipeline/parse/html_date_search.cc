// HTML date search: windows of words, longest first; a page's address; scripts by key.
#include "pipeline/parse/html_date_search.h"

#include <algorithm>
#include <vector>

namespace tearsheet {
namespace {

bool is_digit(std::string_view text, std::size_t at) { return at < text.size() && text[at] >= '0' && text[at] <= '9'; }

// Words of a line, with what may not stand in a date as a border.
std::vector<std::string_view> words_of(std::string_view line) {
  std::vector<std::string_view> words;
  for (std::size_t at = 0; at < line.size() && words.size() < 60;) {
    const std::size_t begin = line.find_first_not_of(" ", at);
    if (begin == std::string_view::npos) break;
    const std::size_t end = std::min(line.find_first_of(" |", begin + 1), line.size());
    words.push_back(line.substr(begin, end - begin));
    at = end;
  }
  return words;
}

// A year, a numeric triple with a short year, or CJK parts; else no window of the line can hold a date.
bool may_hold_date(std::string_view line) {
  int run = 0;
  for (std::size_t i = 0; i <= line.size(); ++i) {
    const bool digit = i < line.size() && line[i] >= '0' && line[i] <= '9';
    if (digit) {
      ++run;
      continue;
    }
    if (run == 4 || run == 8) return true;
    if (run >= 1 && run <= 2 && i + 2 < line.size() && (line[i] == '.' || line[i] == '/' || line[i] == '-') &&
        line[i + 1] >= '0' && line[i + 1] <= '9')
      return true;
    run = 0;
  }
  return false;
}

bool has_day(const Date& date) { return date.grain >= Grain::day; }

}  // namespace

std::optional<PlacedDate> find_date(std::string_view line) {
  if (line.size() > 300 || !may_hold_date(line)) return std::nullopt;
  const auto words = words_of(line);
  for (std::size_t from = 0; from < words.size(); ++from)
    for (std::size_t count = std::min<std::size_t>(words.size() - from, 9); count > 0; --count) {
      const std::string_view last = words[from + count - 1];
      const auto begin = static_cast<std::size_t>(words[from].data() - line.data());
      const auto end = static_cast<std::size_t>(last.data() - line.data()) + last.size();
      const std::string_view window = line.substr(begin, end - begin);
      if (window.size() < 6 || window.find_first_of("0123456789") == std::string_view::npos) continue;
      // A single number may be anything ("20190612" in a name, "1560349200" of a script).
      if (count == 1 && window.find_first_not_of("0123456789") == std::string_view::npos) continue;
      auto read = read_date_text(window);
      if (!read || !has_day(read->date)) continue;
      if (window.find('.') != std::string_view::npos && window.find('/') == std::string_view::npos) read->other.reset();
      return PlacedDate{*read, begin};
    }
  return std::nullopt;
}

std::optional<Date> date_of_url(std::string_view url, bool compact) {
  const auto path = url.find("://");
  if (path != std::string_view::npos) url.remove_prefix(path + 3);
  url = url.substr(0, url.find_first_of("?#"));
  for (const std::string_view century : {"20", "19"})
    for (std::size_t at = url.find(century); at != std::string_view::npos; at = url.find(century, at + 1)) {
      if (at == 0 || is_digit(url, at - 1)) continue;
      std::size_t end = at;
      while (end < url.size() && (is_digit(url, end) || url[end] == '/' || url[end] == '-' || url[end] == '_')) ++end;
      std::string digits(url.substr(at, std::min<std::size_t>(end - at, 11)));
      const bool slashes = digits.find('/') != std::string::npos;
      while (!digits.empty() && !is_digit(digits, digits.size() - 1)) digits.pop_back();
      const char behind = at + digits.size() < url.size() ? url[at + digits.size()] : '/';
      if (slashes && behind != '/') continue;  // "/2023/12/16-new-officers"
      std::replace(digits.begin(), digits.end(), '/', '-');
      std::replace(digits.begin(), digits.end(), '_', '-');
      const std::size_t run = std::min(digits.find('-'), digits.size());
      if (run != (compact ? 8u : 4u) || is_digit(digits, 10)) continue;
      if (auto read = read_date_text(std::string_view(digits).substr(0, compact ? 8 : 10));
          read && read->date.grain == Grain::day && !read->other)
        return read->date;
    }
  return std::nullopt;
}

std::string date_in_data(std::string_view data) {
  for (const std::string_view key :
       {"datePublished", "publishedDate", "published_at", "publishedAt", "publishDate", "createdDate"}) {
    const auto at = data.find(key);
    if (at == std::string_view::npos) continue;
    const std::string_view rest = data.substr(at + key.size(), 80);
    const auto begin = rest.find_first_not_of("\\\"&quot;: ");
    if (begin == std::string_view::npos || begin < 2 || begin > 20) continue;
    const auto end = rest.find_first_of("\\\"&<", begin);
    if (end != std::string_view::npos && end - begin >= 8 && end - begin <= 40)
      return std::string(rest.substr(begin, end - begin));
  }
  return {};
}

}  // namespace tearsheet
