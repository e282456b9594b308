// Date tense: whether the words around a date say that it lies behind or ahead.
#include "extractors/date_tense.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "base/fold.h"

namespace tearsheet {
namespace {

constexpr std::size_t kReach = 160;  // bytes to each side
constexpr std::size_t kWords = 12;   // words to each side
constexpr std::size_t kPhrase = 3;   // words of the longest cue

bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (static_cast<unsigned char>(c) & 0x80U) != 0;
}
bool in_word(char c) { return is_letter(c) || c == '\'' || (c >= '0' && c <= '9'); }

/// A sentence ends at a mark that a blank and a capital follow, unless an abbreviation or initial stands before it ("U.S. Navy").
bool ends_sentence(std::string_view text, std::size_t at) {
  const char c = text[at];
  if (c == '\n' || c == ';') return true;
  if (c != '.' && c != '?' && c != '!') return false;
  std::size_t next = at + 1;
  while (next < text.size() && text[next] == ' ') ++next;
  if (next < text.size() && text[next] != '\n' && text[next] != '"' && !(next > at + 1 && text[next] >= 'A' && text[next] <= 'Z'))
    return false;
  std::size_t start = at;
  while (start > 0 && is_letter(text[start - 1])) --start;
  const std::size_t length = at - start;
  return length > 4 || (length > 1 && text[start] >= 'a' && text[start] <= 'z') || length == 0;
}

/// Words of a stretch, in order.
std::vector<std::string_view> words_of(std::string_view stretch) {
  std::vector<std::string_view> out;
  std::size_t at = 0;
  while (at < stretch.size()) {
    while (at < stretch.size() && !in_word(stretch[at])) ++at;
    const std::size_t begin = at;
    while (at < stretch.size() && in_word(stretch[at])) ++at;
    if (at > begin) out.push_back(stretch.substr(begin, at - begin));
  }
  return out;
}

std::string_view before(std::string_view text, std::size_t end) {
  std::size_t begin = end;
  while (begin > 0 && end - begin < kReach && !ends_sentence(text, begin - 1)) --begin;
  return text.substr(begin, end - begin);
}

std::string_view after(std::string_view text, std::size_t begin) {
  std::size_t end = begin;
  while (end < text.size() && end - begin < kReach && !ends_sentence(text, end)) ++end;
  return text.substr(begin, end - begin);
}

class CueFinder {
 public:
  CueFinder(const std::vector<std::string_view>& words, const Lexicon& cues) : words_(words), cues_(cues) {}

  /// The cue that ends at word `at` or begins there, longest phrase first; nothing when it is none. `none` of the lexicon is
  /// Tense::none.
  std::optional<Tense> ending_at(std::size_t at) const {
    for (std::size_t length = std::min(kPhrase, at + 1); length > 0; --length) {
      if (const auto found = look_up(at + 1 - length, length)) return found;
    }
    return single(at);
  }
  std::optional<Tense> starting_at(std::size_t at) const {
    for (std::size_t length = std::min(kPhrase, words_.size() - at); length > 0; --length) {
      if (const auto found = look_up(at, length)) return found;
    }
    return single(at);
  }

 private:
  /// The words as one text: as they stand where single blanks part them, else put together in `buffer`.
  std::string_view phrase_at(std::size_t at, std::size_t length, std::string& buffer) const {
    bool plain = true;
    for (std::size_t i = at + 1; i < at + length && plain; ++i) {
      const char* end = words_[i - 1].data() + words_[i - 1].size();
      plain = end + 1 == words_[i].data() && *end == ' ';
    }
    const std::string_view last = words_[at + length - 1];
    if (plain) return {words_[at].data(), static_cast<std::size_t>(last.data() + last.size() - words_[at].data())};
    for (std::size_t i = at; i < at + length; ++i) {
      if (i > at) buffer += ' ';
      buffer += words_[i];
    }
    return buffer;
  }

  std::optional<Tense> look_up(std::size_t at, std::size_t length) const {
    std::string buffer;
    const std::string_view phrase = phrase_at(at, length, buffer);
    const Surface* surface = cues_.find(phrase);
    if (surface == nullptr && length == 1) {  // "we'll", "she'd" stay out, "'ll" counts
      const std::size_t mark = phrase.find('\'');
      if (mark != std::string_view::npos && mark > 0) surface = cues_.find(phrase.substr(mark));
    }
    if (surface == nullptr) return std::nullopt;
    const std::string_view value = cues_.value(*surface);
    return value == "future" ? Tense::future : value == "past" ? Tense::past : Tense::none;
  }

  /// "to testify" lies ahead; "announced" lies behind.
  std::optional<Tense> single(std::size_t at) const {
    const std::string_view word = words_[at];
    if (word[0] >= 'a' && word[0] <= 'z' && at > 0 && words_[at - 1] == "to") {
      if (const auto found = look_up(at - 1, 2)) return found;
      return Tense::leaning;
    }
    const bool passive = at > 0 && (words_[at - 1] == "be" || words_[at - 1] == "being");  // "should be completed"
    if (word.size() > 4 && word.ends_with("ed") && !passive) return Tense::past;
    return std::nullopt;
  }

  const std::vector<std::string_view>& words_;
  const Lexicon& cues_;
};

}  // namespace

Tense tense_at(std::string_view text, Span span, const Lexicon& cues) {
  const bool possessive = text.substr(span.end, 2) == "'s" || text.substr(span.end, 4) == "\u2019s";
  const auto left = words_of(before(text, span.begin));
  const CueFinder leftward(left, cues);
  const std::size_t stop = left.size() > kWords ? left.size() - kWords : 0;
  Tense leaning = Tense::none;
  for (std::size_t i = left.size(); i > stop; --i) {
    const auto found = leftward.ending_at(i - 1);
    if (!found || *found == Tense::none) continue;
    if (*found != Tense::leaning) return leaning == Tense::leaning && *found == Tense::past ? leaning : *found;
    if (!possessive) leaning = Tense::leaning;  // "plans to open", "will return to testify": a stronger cue may stand before it
  }
  if (leaning != Tense::none) return leaning;
  const auto right = words_of(after(text, span.end));
  const CueFinder rightward(right, cues);
  for (std::size_t i = 0; i < std::min(right.size(), kWords); ++i) {
    if (right[i].size() > 4 && right[i].ends_with("ed")) return Tense::past;  // "On Friday, the board planned"
    const auto found = rightward.starting_at(i);
    if (found && (*found == Tense::past || *found == Tense::future)) return *found;
  }
  return Tense::none;
}

}  // namespace tearsheet
