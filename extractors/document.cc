// Document: an article as the extractors see it: lines, sentences, uses, and what was decided once for all of it.
#include "extractors/document.h"

#include <algorithm>
#include <array>

#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kLongLine = 32 << 10;  // bounds what one bad pattern can cost on a page without line breaks

bool is_ascii_digit(char c) { return c >= '0' && c <= '9'; }

/// Where to cut a line that is too long: behind the last sentence end, else the last blank, before `limit`.
std::uint32_t cut_of(std::string_view text, std::uint32_t begin, std::uint32_t limit) {
  const std::string_view piece = text.substr(begin, limit - begin);
  std::size_t at = piece.rfind(". ");
  if (at == std::string_view::npos || at < piece.size() / 2) at = piece.rfind(' ');
  if (at != std::string_view::npos && at > 0) return begin + static_cast<std::uint32_t>(at) + 1;
  return static_cast<std::uint32_t>(utf8::floor_boundary(text, limit));
}

void add_lines(Document& document, Span block, std::uint32_t index) {
  const std::string_view text = document.text;
  for (std::uint32_t begin = block.begin; begin < block.end;) {
    const std::size_t feed = text.substr(0, block.end).find('\n', begin);
    auto end = feed == std::string_view::npos ? block.end : static_cast<std::uint32_t>(feed);
    const std::uint32_t next = end + 1;
    while (end - begin > kLongLine) {
      const std::uint32_t cut = cut_of(text, begin, begin + kLongLine);
      document.lines.push_back({begin, cut});
      document.line_blocks.push_back(index);
      begin = cut;
    }
    if (end > begin && text[end - 1] == '\r') --end;
    if (end > begin) {
      document.lines.push_back({begin, end});
      document.line_blocks.push_back(index);
    }
    begin = next;
  }
}

/// Counts how numbers are written: 1.234,5 and 1.234.567 prove the comma; 1,234.5 and 1,234,567 the point; 1,5 and 1.5 hint.
struct Writing {
  int comma_proofs = 0, point_proofs = 0, comma_hints = 0, point_hints = 0;
};

void weigh(std::string_view number, Writing& writing) {
  const std::size_t last = number.find_last_of(".,");
  const char sign = number[last];
  const char other = sign == ',' ? '.' : ',';
  const auto count = std::count(number.begin(), number.end(), sign);
  const std::size_t tail = number.size() - last - 1;
  int& proof = sign == ',' ? writing.comma_proofs : writing.point_proofs;
  int& opposite = sign == ',' ? writing.point_proofs : writing.comma_proofs;
  if (count > 1) {
    if (tail == 3 && number.find(other) == std::string_view::npos) ++opposite;  // 1,234,567 groups by comma
  } else if (number.find(other) != std::string_view::npos) {
    ++proof;  // 1.234,5
  } else if (tail == 1 || tail == 2) {
    ++(sign == ',' ? writing.comma_hints : writing.point_hints);
  }
}

Writing weigh_all(std::string_view text) {
  Writing writing;
  for (std::size_t at = 1; at + 1 < text.size(); ++at) {
    if ((text[at] != ',' && text[at] != '.') || !is_ascii_digit(text[at - 1]) || !is_ascii_digit(text[at + 1])) continue;
    std::size_t begin = at - 1, end = at + 1;
    while (begin > 0 && is_ascii_digit(text[begin - 1])) --begin;
    while (end < text.size() && (is_ascii_digit(text[end]) || ((text[end] == ',' || text[end] == '.') && end + 1 < text.size() && is_ascii_digit(text[end + 1])))) ++end;
    if (end - begin <= 32) weigh(text.substr(begin, end - begin), writing);
    at = end;
  }
  return writing;
}

/// English dates ("May 5,6") and lists write hints of a comma, too: without a declared language two are asked for.
bool writes_comma(const Writing& w, std::string_view language) {
  if (w.comma_proofs != w.point_proofs) return w.comma_proofs > w.point_proofs;
  constexpr std::array<std::string_view, 22> kComma = {"de", "fr", "es", "it", "pt", "nl", "da", "sv", "nb", "no", "fi",
                                                       "pl", "cs", "sk", "hu", "ro", "tr", "el", "ru", "uk", "id", "hr"};
  const bool comma_language = std::find(kComma.begin(), kComma.end(), language.substr(0, 2)) != kComma.end();
  if (comma_language) return w.comma_hints >= w.point_hints;
  return w.comma_hints >= 2 && w.point_hints == 0;
}

/// "news.example.co.jp" -> "JP"; nothing for .com and its like.
std::string country_of(std::string_view domain) {
  const std::size_t dot = domain.rfind('.');
  if (dot == std::string_view::npos || domain.size() - dot != 3) return {};
  std::string code(domain.substr(dot + 1));
  for (char& c : code) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c;
  constexpr std::array<std::string_view, 8> kNoCountry = {"AI", "CO", "EU", "FM", "IO", "LY", "ME", "TV"};  // sold to everyone
  if (std::find(kNoCountry.begin(), kNoCountry.end(), code) != kNoCountry.end()) return {};
  return code == "UK" ? "GB" : code;
}

bool is_abbreviation(std::string_view before) {
  std::size_t begin = before.size();
  while (begin > 0 && before[begin - 1] != ' ' && before[begin - 1] != '(' && before.size() - begin < 12) --begin;
  const std::string_view word = before.substr(begin);
  if (word.size() == 1 && word[0] >= 'A' && word[0] <= 'Z') return true;  // an initial
  if (word.find('.') != std::string_view::npos) return true;             // U.S, a.m
  constexpr std::array<std::string_view, 38> kAbbreviations = {"Mr",  "Mrs", "Ms",   "Dr",   "Prof", "Gen",  "Sen", "Rep", "Gov", "Lt",  "Col", "Sgt", "St",
                                                               "Inc", "Corp", "Co",  "Ltd",  "Cos",  "Bros", "vs",  "No",  "Nos", "Jr",  "Sr",  "Jan", "Feb",
                                                               "Mar", "Apr", "Aug",  "Sept", "Sep",  "Oct",  "Nov", "Dec", "Rs",  "approx", "est", "Mt"};
  return std::find(kAbbreviations.begin(), kAbbreviations.end(), word) != kAbbreviations.end();
}

/// Moves over closing quotes and brackets behind a sentence's last sign.
std::size_t after_closers(std::string_view text, std::size_t at, std::size_t end) {
  while (at < end) {
    std::size_t next = at;
    const char32_t c = utf8::next(text, next);
    if (c != U'"' && c != U'\'' && c != U')' && c != U']' && c != U'\u201D' && c != U'\u2019' && c != U'\u00BB') break;
    at = next;
  }
  return at;
}

void add_sentences(std::string_view text, Span line, std::vector<Span>& out) {
  std::uint32_t begin = line.begin;
  for (std::size_t at = line.begin; at < line.end; ++at) {
    const char c = text[at];
    if (c != '.' && c != '!' && c != '?') continue;
    if (c == '.' && is_abbreviation(text.substr(begin, at - begin))) continue;
    const std::size_t closed = after_closers(text, at + 1, line.end);
    if (closed >= line.end || text[closed] != ' ') continue;
    std::size_t next = closed;
    while (next < line.end && text[next] == ' ') ++next;
    if (next == line.end || (text[next] >= 'a' && text[next] <= 'z')) continue;
    out.push_back({begin, static_cast<std::uint32_t>(closed)});
    begin = static_cast<std::uint32_t>(next);
    at = next - 1;
  }
  if (begin < line.end) out.push_back({begin, line.end});
}

/// The span of a sorted list that holds `offset`, or an empty one.
Span holder(const std::vector<Span>& spans, std::uint32_t offset) {
  auto at = std::upper_bound(spans.begin(), spans.end(), offset, [](std::uint32_t o, const Span& s) { return o < s.begin; });
  if (at == spans.begin()) return {offset, offset};
  --at;
  return offset < at->end ? *at : Span{offset, offset};
}

bool ends_token(char c) { return c == ' ' || c == '\n' || c == '\t' || c == '\r' || c == '<' || c == '>' || c == '"'; }

/// True when `token`, a run of non-blanks, is an address of some kind, judged around [from, to) of it.
bool is_address(std::string_view token, std::size_t from, std::size_t to) {
  bool sign = false;  // most words hold none of the signs of an address
  for (std::size_t i = 0; i < token.size() && !sign; ++i) {
    const char next = i + 1 < token.size() ? token[i + 1] : ' ';
    sign = token[i] == '/' || token[i] == '@' || (token[i] == '.' && ((next >= 'a' && next <= 'z') || (next >= 'A' && next <= 'Z') || i == 3));
  }
  if (!sign) return false;
  if (token.find("://") != std::string_view::npos || token.substr(0, 4) == "www.") return true;
  const std::size_t at = token.find('@');
  if (at != std::string_view::npos && at + 1 < token.size() && utf8::is_word(static_cast<unsigned char>(token[at + 1]))) {
    return at == 0 || token[at - 1] != ' ';  // name@host, @handle
  }
  constexpr std::array<std::string_view, 22> kEnds = {".com", ".org", ".net", ".co.uk", ".gov", ".edu", ".html", ".htm", ".php", ".pdf", ".jpg",
                                                      ".jpeg", ".png", ".gif", ".svg",  ".webp", ".mp4", ".csv", ".xls", ".xlsx", ".doc", ".zip"};
  const std::string low = lower_ascii(token);
  for (const std::string_view end : kEnds) {
    const std::size_t dot = low.find(end, from);
    if (dot == std::string::npos || dot == 0 || dot + end.size() < to) continue;
    const std::size_t after = dot + end.size();
    if (after == low.size() || !utf8::is_word(static_cast<unsigned char>(low[after]))) return true;  // image_1920x1080.jpg, example.com/100
  }
  const std::size_t slash = low.find('/');
  return slash != std::string::npos && slash < from && low.substr(0, slash).find('.') != std::string::npos && low.find(".com/") != std::string::npos;
}

}  // namespace

const std::vector<Span>& Document::sentences() const {
  if (!sentences_) {
    sentences_.emplace();
    for (const Span& line : lines) add_sentences(text, line, *sentences_);
  }
  return *sentences_;
}

Span Document::line_of(std::uint32_t offset) const { return holder(lines, offset); }

Span Document::sentence_of(std::uint32_t offset) const {
  const Span sentence = holder(sentences(), offset);
  return sentence.empty() ? line_of(offset) : sentence;
}

Span Document::paragraph_of(std::uint32_t offset) const {
  const auto block = block_at(article->blocks, offset);
  return block ? article->blocks[*block].span : Span{offset, offset};
}

Use Document::use_of(std::uint32_t offset) const {
  const auto block = block_at(article->blocks, offset);
  return block ? article->blocks[*block].use : Use::body;
}

std::optional<Date> Document::reference_at(std::uint32_t offset) const {
  const auto block = block_at(article->blocks, offset);
  if (block && article->blocks[*block].published) return article->blocks[*block].published;
  return reference;
}

bool Document::inside_url(Span span) const {
  constexpr std::uint32_t kReach = 2000;
  std::uint32_t begin = span.begin, end = span.end;
  while (begin > 0 && span.begin - begin < kReach && !ends_token(text[begin - 1])) --begin;
  while (end < text.size() && end - span.end < kReach && !ends_token(text[end])) ++end;
  const std::string_view inner = span.of(text);
  if (inner.find(' ') != std::string_view::npos) {  // several words: only the first and the last can be part of an address
    const auto first_end = span.begin + static_cast<std::uint32_t>(inner.find(' '));
    const auto last_begin = span.begin + static_cast<std::uint32_t>(inner.rfind(' ')) + 1;
    return is_address(text.substr(begin, first_end - begin), span.begin - begin, first_end - begin) ||
           is_address(text.substr(last_begin, end - last_begin), 0, span.end - last_begin);
  }
  return is_address(text.substr(begin, end - begin), span.begin - begin, span.end - begin);
}

bool Document::inside_quote(Span span) const {
  const Span line = line_of(span.begin);
  const std::string_view before = text.substr(line.begin, span.begin - line.begin);
  const std::string_view after = span.end < line.end ? text.substr(span.end, line.end - span.end) : std::string_view{};
  const std::size_t open = before.rfind("\u201C");
  if (open != std::string_view::npos && before.find("\u201D", open) == std::string_view::npos) return true;
  return std::count(before.begin(), before.end(), '"') % 2 == 1 && after.find('"') != std::string_view::npos;
}

bool Document::inside_bracket(Span span) const {
  constexpr std::uint32_t kReach = 400;
  const Span line = line_of(span.begin);
  const std::uint32_t begin = std::max(line.begin, span.begin > kReach ? span.begin - kReach : 0);
  const std::uint32_t end = std::min(line.end, span.end + kReach);
  int depth = 0;
  for (std::uint32_t at = span.begin; at > begin && depth >= 0; --at) {
    const char c = text[at - 1];
    depth += (c == ')' || c == ']') ? 1 : (c == '(' || c == '[') ? -1 : 0;
  }
  if (depth >= 0) return false;
  depth = 0;
  for (std::uint32_t at = span.end; at < end; ++at) {
    const char c = text[at];
    depth += (c == ')' || c == ']') ? -1 : (c == '(' || c == '[') ? 1 : 0;
    if (depth < 0) return true;
  }
  return false;
}

Document prepare(const Article& article, const std::optional<Date>& reference) {
  Document document;
  document.article = &article;
  document.text = article.text;
  for (std::uint32_t i = 0; i < article.blocks.size(); ++i) add_lines(document, article.blocks[i].span, i);
  document.reference = article.meta.published ? article.meta.published : reference;
  document.country = country_of(article.meta.domain);
  document.decimal_comma = writes_comma(weigh_all(article.text), article.meta.language);
  return document;
}

}  // namespace tearsheet
