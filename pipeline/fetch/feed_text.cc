// Feed text: markup to words, and the dates that feeds write.
#include <algorithm>
#include <array>
#include <cctype>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "base/xml.h"
#include "base/zone.h"
#include "pipeline/fetch/feed.h"

namespace tearsheet {

namespace {

bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80) != 0; }
bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_blank(char c) { return c == ' ' || c == '\t' || c == '\n' || c == '\r' || c == '\f'; }

/// Decodes the entity at the front of `text` (which begins with '&') into `out`; returns its size, 0 where there is none.
std::size_t decode_entity(std::string_view text, std::string& out) {
  const auto end = text.substr(0, 12).find(';');
  if (end == std::string_view::npos || end < 2) return 0;
  const std::string_view name = text.substr(1, end - 1);
  const std::string known = xml::entity(name);
  if (known.empty()) return 0;
  out += known;
  return end + 1;
}

/// Size of the tag or comment at the front of `html`; 0 where '<' is only a sign.
std::size_t tag_size(std::string_view html) {
  if (html.starts_with("<!--")) {
    const auto end = html.find("-->", 4);
    return end == std::string_view::npos ? html.size() : end + 3;
  }
  if (html.size() < 2 ||
      !(std::isalpha(static_cast<unsigned char>(html[1])) != 0 || html[1] == '/' || html[1] == '!' || html[1] == '?'))
    return 0;
  char quote = 0;
  for (std::size_t at = 1; at < html.size(); ++at) {
    const char c = html[at];
    if (quote != 0) {
      if (c == quote) quote = 0;
    } else if ((c == '"' || c == '\'') && html[at - 1] == '=') {
      quote = c;
    } else if (c == '>') {
      return at + 1;
    }
  }
  const auto plain = html.find('>');  // a quote that never ends
  return plain == std::string_view::npos ? 0 : plain + 1;
}

bool is_tag(std::string_view tag, std::string_view name) {
  return tag.size() > name.size() + 1 && equals_ignoring_case(tag.substr(1, name.size()), name) &&
         !is_letter(tag[name.size() + 1]);
}

/// Where "</NAME" begins, or the end.
std::size_t close_of(std::string_view html, std::string_view name) {
  for (auto at = html.find("</"); at != std::string_view::npos; at = html.find("</", at + 2))
    if (equals_ignoring_case(html.substr(at + 2, name.size()), name)) return at;
  return html.size();
}

bool is_inline(std::string_view tag) {
  if (tag.size() > 1 && tag[1] == '/') tag.remove_prefix(1);
  for (const std::string_view name :
       {"a", "b", "i", "em", "strong", "span", "u", "small", "sub", "sup", "font", "abbr", "code", "cite", "q", "mark", "s"})
    if (is_tag(tag, name)) return true;
  return false;
}

std::string squeezed(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t from = at;
    const char32_t c = utf8::next(text, at);
    if (c == ' ' || c == '\n' || c == '\r' || c == '\t' || c == '\f' || c == 0xA0) {
      if (!out.empty() && out.back() != ' ') out += ' ';
    } else {
      out += text.substr(from, at - from);
    }
  }
  if (!out.empty() && out.back() == ' ') out.pop_back();
  return out;
}

// --- dates

/// "(Coordinated Universal Time)" and line breaks out; blanks squeezed.
std::string tidy_date(std::string_view text) {
  std::string out;
  int depth = 0;
  for (const char c : text) {
    if (c == '(') ++depth;
    if (depth == 0) out += c;
    if (c == ')' && depth > 0) --depth;
  }
  return squeezed(out);
}

/// Without a weekday at the front, in whatever language: letters, then '.' or ',' or a blank before a digit or a month.
std::string_view without_weekday(std::string_view text) {
  std::size_t at = 0;
  while (at < text.size() && is_letter(text[at])) ++at;
  if (at == 0 || at == text.size() || at > 24) return text;
  const std::size_t word = at;
  if (text[at] == '.') ++at;
  const bool comma = at < text.size() && text[at] == ',';
  if (comma) ++at;
  while (at < text.size() && is_blank(text[at])) ++at;
  const bool before_digit = at < text.size() && is_digit(text[at]);
  if (at == word || (!comma && !before_digit)) return text;
  return text.substr(at);
}

std::int64_t local_seconds(const Date& date) {
  return std::int64_t{days_from_civil(date.year, std::max<unsigned>(date.month, 1), std::max<unsigned>(date.day, 1))} * 86400 +
         date.hour * 3600 + date.minute * 60 + date.second;
}

std::optional<Date> read_plain(std::string_view text) {
  const auto read = read_date_text(text);
  return read ? std::optional(read->date) : std::nullopt;
}

/// "... Europe/Brussels": the zone's offset at that time.
std::optional<Date> with_named_zone(std::string_view text) {
  const auto blank = text.rfind(' ');
  if (blank == std::string_view::npos) return std::nullopt;
  const std::string_view zone = text.substr(blank + 1);
  if (zone.find('/') == std::string_view::npos || !is_letter(zone[0])) return std::nullopt;
  auto date = read_feed_date(text.substr(0, blank));
  if (!date || date->grain < Grain::hour || date->offset_min) return date;
  if (const auto offset = zone_offset_min(zone, local_seconds(*date))) {
    date->offset_min = offset;
    date->said |= Date::kZone;
  }
  return date;
}

/// "11 04 2020 08:51:49 +0100": numbers parted by blanks, day first.
std::string with_dots(std::string_view text) {
  const auto digits = [&](std::size_t at) { return at < text.size() && is_digit(text[at]); };
  std::size_t at = 0;
  while (digits(at)) ++at;
  const std::size_t first = at;
  if (first == 0 || first > 2 || at >= text.size() || text[at] != ' ') return {};
  ++at;
  const std::size_t second = at;
  while (digits(at)) ++at;
  if (at == second || at - second > 2 || at >= text.size() || text[at] != ' ' || !digits(at + 1) || !digits(at + 4)) return {};
  std::string out(text);
  out[first] = '.';
  out[at] = '.';
  return out;
}

// Feeds of blog hosts in the 2000s wrote these; each maps to a form that base/date_text reads.
struct Word {
  std::string_view from, to;
};
constexpr std::array<Word, 45> kWords = {
    {{"Ιαν", "Jan"},     {"Φεβ", "Feb"},     {"Μάώ", "Mar"},     {"Μαώ", "Mar"},      {"Απρ", "Apr"},       {"Μάι", "May"},
     {"Μαϊ", "May"},     {"Μαι", "May"},     {"Ιούν", "Jun"},    {"Ιον", "Jun"},      {"Ιούλ", "Jul"},      {"Ιολ", "Jul"},
     {"Αύγ", "Aug"},     {"Αυγ", "Aug"},     {"Σεπ", "Sep"},     {"Οκτ", "Oct"},      {"Νοέ", "Nov"},       {"Νοε", "Nov"},
     {"Δεκ", "Dec"},     {"január", "01"},   {"februári", "02"}, {"március", "03"},   {"április", "04"},    {"máujus", "05"},
     {"május", "05"},    {"június", "06"},   {"július", "07"},   {"augusztus", "08"}, {"szeptember", "09"}, {"október", "10"},
     {"november", "11"}, {"december", "12"}, {"년 ", "-"},       {"월 ", "-"},        {"일 ", " "},         {"년", "-"},
     {"월", "-"},        {"일", " "},        {"오후", "PM"},     {"오전", "AM"},      {"Çrş", "Wed"},       {"Sal", "Tue"},
     {"MEST", "CEST"},   {"MET", "CET"},     {"GMT+", "+"}}};

std::string translated(std::string_view text) {
  std::string out(text);
  for (const auto& [from, to] : kWords) {
    for (auto at = out.find(from); at != std::string::npos; at = out.find(from, at + to.size())) out.replace(at, from.size(), to);
  }
  return squeezed(out);
}

/// "2004-07-13T9:15-05:00": hours of one digit. "2020-11-08T16:20:00-05:00Z": two zones, the offset counts.
std::string mended_iso(std::string_view text) {
  std::string out(text);
  const auto t = out.find_first_of("T ");
  if (t != std::string::npos && t + 2 < out.size() && is_digit(out[t + 1]) && out[t + 2] == ':') out.insert(t + 1, "0");
  const auto sign = out.find_last_of("+-");
  if (out.ends_with('Z') && sign != std::string::npos && t != std::string::npos && sign > t) out.pop_back();
  return out;
}

/// "2004-05-25 PM 11:23:17": the half of the day before its time.
std::string with_half_behind(std::string_view text) {
  for (const std::string_view half : {" PM ", " AM "}) {
    const auto at = text.find(half);
    if (at == std::string_view::npos) continue;
    std::string out(text);
    out.erase(at + 1, 3);
    auto end = at + 1;
    while (end < out.size() && (is_digit(out[end]) || out[end] == ':')) ++end;
    out.insert(end, half.substr(0, 3));
    return out;
  }
  return {};
}

}  // namespace

std::string strip_markup(std::string_view html) {
  std::string out;
  out.reserve(html.size());
  while (!html.empty()) {
    const auto at = html.find_first_of("<&");
    out += html.substr(0, at);
    if (at == std::string_view::npos) break;
    html.remove_prefix(at);
    if (html[0] == '&') {
      const std::size_t size = decode_entity(html, out);
      if (size == 0) out += '&';
      html.remove_prefix(std::max<std::size_t>(size, 1));
      continue;
    }
    const std::size_t size = tag_size(html);
    if (size == 0) {
      out += '<';
      html.remove_prefix(1);
      continue;
    }
    const std::string_view tag = html.substr(0, size);
    html.remove_prefix(size);
    if (!is_inline(tag)) out += ' ';
    for (const std::string_view name : {"script", "style"}) {
      if (!is_tag(tag, name)) continue;
      html.remove_prefix(close_of(html, name));
    }
  }
  return squeezed(out);
}

bool looks_like_markup(std::string_view text) {
  for (auto at = text.find_first_of("<&"); at != std::string_view::npos; at = text.find_first_of("<&", at + 1)) {
    std::string ignored;
    if (text[at] == '<' ? tag_size(text.substr(at)) != 0 : decode_entity(text.substr(at), ignored) != 0) return true;
  }
  return false;
}

std::string FeedText::plain() const { return is_html ? strip_markup(value) : squeezed(value); }

std::optional<Date> read_feed_date(std::string_view text) {
  if (text.size() > 200) return std::nullopt;
  const std::string tidy = tidy_date(text);
  if (tidy.empty()) return std::nullopt;
  if (auto date = read_plain(tidy)) return date;
  const std::string_view day = without_weekday(tidy);
  if (auto date = read_plain(day)) return date;
  if (auto date = with_named_zone(day)) return date;
  if (auto date = read_plain(mended_iso(day))) return date;
  if (const std::string dots = with_dots(day); !dots.empty()) {
    if (auto date = read_plain(dots)) return date;
  }
  const std::string words = translated(day);
  if (auto date = read_plain(words)) return date;
  if (auto date = read_plain(mended_iso(words))) return date;
  if (const std::string half = with_half_behind(words); !half.empty()) return read_plain(half);
  return std::nullopt;
}

}  // namespace tearsheet
