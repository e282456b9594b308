// Folding: ASCII by table, the rest by ICU's normalisers.
#include "base/fold.h"

#include <unicode/bytestream.h>
#include <unicode/normalizer2.h>
#include <unicode/uscript.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <array>

#include "base/utf8.h"

namespace tearsheet {
namespace {

bool is_ascii(std::string_view text) {
  return std::all_of(text.begin(), text.end(), [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

char lower(char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + ('a' - 'A')) : c; }
bool is_ascii_space(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }

const icu::Normalizer2* normaliser(Fold how) {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found =
      how == Fold::case_fold ? icu::Normalizer2::getNFKCCasefoldInstance(status) : icu::Normalizer2::getNFKCInstance(status);
  return U_SUCCESS(status) ? found : nullptr;
}

// Appends with single spaces and no space at either end.
class Spacer {
 public:
  explicit Spacer(std::string& out) : out_(out), begin_(out.size()) {}
  void space() { pending_ = true; }
  void put(char c) {
    part();
    out_ += c;
  }
  void put(char32_t c) {
    part();
    utf8::append(out_, c);
  }
  // Puts what `table` makes of each ASCII character: 0 nothing, ' ' a space, else itself. No branch on what a character is: word ends
  // come at no beat that a processor could guess.
  void put_ascii(std::string_view text, const std::array<char, 128>& table) {
    const std::size_t size = out_.size();
    out_.resize(size + text.size() + 1);
    char* to = out_.data() + size;
    char last = size > begin_ && !pending_ ? 'x' : ' ';
    if (pending_ && size > begin_) *to++ = ' ';
    for (const char c : text) {
      const char made = table[static_cast<unsigned char>(c)];
      const bool keep = made > ' ' || (made == ' ' && last != ' ');
      *to = made;
      to += keep ? 1 : 0;
      last = keep ? made : last;
    }
    std::size_t end = static_cast<std::size_t>(to - out_.data());
    pending_ = end > begin_ && out_[end - 1] == ' ';
    if (pending_) --end;
    out_.resize(end);
  }

 private:
  void part() {
    if (pending_ && out_.size() > begin_) out_ += ' ';
    pending_ = false;
  }
  std::string& out_;
  std::size_t begin_;
  bool pending_ = false;
};

std::string fold_ascii(std::string_view text, Fold how) {
  std::string out;
  out.reserve(text.size());
  Spacer spacer(out);
  for (const char c : text) {
    if (is_ascii_space(c)) {
      spacer.space();
    } else {
      spacer.put(how == Fold::case_fold ? lower(c) : c);
    }
  }
  return out;
}

// Spaces first: NFKC_Casefold would drop a zero-width space and glue two words.
std::string spaced(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Spacer spacer(out);
  for (std::size_t at = 0; at < text.size();) {
    const char32_t c = utf8::next(text, at);
    if (utf8::is_space(c)) {
      spacer.space();
    } else {
      spacer.put(c);
    }
  }
  return out;
}

// How squash() treats an ASCII character: 0 drops it, ' ' parts words, else it is what comes out.
constexpr std::array<char, 128> kSquashed = [] {
  std::array<char, 128> table{};
  table.fill(' ');
  for (char c = '0'; c <= '9'; ++c) table[static_cast<std::size_t>(c)] = c;
  for (char c = 'a'; c <= 'z'; ++c) table[static_cast<std::size_t>(c)] = c;
  for (char c = 'A'; c <= 'Z'; ++c) table[static_cast<std::size_t>(c)] = static_cast<char>(c + ('a' - 'A'));
  table['\''] = 0;
  return table;
}();

bool vanishes(char32_t c) {
  if (c == 0x2019 || c == 0x2018 || c == 0x02BC || c == 0x00AD) return true;
  if (c < 0x300) return false;
  // Vowel signs of Indic scripts and Thai are letters to their readers; only marks that any script may carry are accents.
  UErrorCode status = U_ZERO_ERROR;
  return (U_GET_GC_MASK(static_cast<UChar32>(c)) & (U_GC_MN_MASK | U_GC_ME_MASK)) != 0 &&
         uscript_getScript(static_cast<UChar32>(c), &status) == USCRIPT_INHERITED;
}

void squash_one(Spacer& spacer, char32_t c) {
  if (c < 0x80) {
    const char squashed = kSquashed[c];
    if (squashed == ' ') spacer.space();
    if (squashed != ' ' && squashed != 0) spacer.put(squashed);
  } else if (!vanishes(c)) {
    if (utf8::is_word(c)) {
      spacer.put(c);
    } else {
      spacer.space();
    }
  }
}

const icu::Normalizer2* splitter() {
  UErrorCode status = U_ZERO_ERROR;
  const auto* found = icu::Normalizer2::getNFDInstance(status);
  return U_SUCCESS(status) ? found : nullptr;
}

// What most texts have beyond ASCII and what folding leaves alone: dashes, curly quotes; kana, kanji, Hangul.
bool folds_to_itself(char32_t c) {
  return (c >= 0x2010 && c <= 0x2027) || (c >= 0x3041 && c <= 0x3096) || (c >= 0x30A1 && c <= 0x30FE) ||
         (c >= 0x4E00 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7A3);
}

// A character that is no ASCII, by itself: accents are dropped, so its neighbours do not matter.
void squash_wide(Spacer& spacer, char32_t c) {
  if (folds_to_itself(c)) return squash_one(spacer, c);
  static const icu::Normalizer2* const kFolder = normaliser(Fold::case_fold);
  static const icu::Normalizer2* const kSplitter = splitter();
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString folded(static_cast<UChar32>(c));
  if (kFolder) folded = kFolder->normalize(folded, status);
  if (U_FAILURE(status)) folded.setTo(static_cast<UChar32>(c));
  if (folded.isEmpty() && utf8::is_space(c)) spacer.space();  // a zero-width space still parts words
  for (int i = 0; i < folded.length(); i = folded.moveIndex32(i, 1)) {
    const UChar32 part = folded.char32At(i);
    icu::UnicodeString split;
    if (part < 0xC0 || part >= 0x3000 || !kSplitter || !kSplitter->getDecomposition(part, split)) {
      squash_one(spacer, static_cast<char32_t>(part));
      continue;
    }
    for (int k = 0; k < split.length(); k = split.moveIndex32(k, 1)) {
      squash_one(spacer, static_cast<char32_t>(split.char32At(k)));
    }
  }
}

}  // namespace

std::string fold(std::string_view text, Fold how) {
  if (is_ascii(text)) return fold_ascii(text, how);
  const std::string blanks = spaced(text);
  const icu::Normalizer2* const normal = normaliser(how);
  std::string folded;
  icu::StringByteSink<std::string> sink(&folded, static_cast<int>(blanks.size()));
  UErrorCode status = U_ZERO_ERROR;
  if (normal) normal->normalizeUTF8(0, blanks, sink, nullptr, status);
  if (!normal || U_FAILURE(status)) return blanks;
  return spaced(folded);  // NFKC makes new spaces: U+00B4 is a space and an accent
}

std::string squash(std::string_view text) {
  std::string out;
  out.reserve(text.size());
  Spacer spacer(out);
  for (std::size_t at = 0; at < text.size();) {
    if (static_cast<unsigned char>(text[at]) >= 0x80) {
      squash_wide(spacer, utf8::next(text, at));
      continue;
    }
    const std::size_t end = utf8::ascii_until(text, at);
    spacer.put_ascii(text.substr(at, end - at), kSquashed);
    at = end;
  }
  return out;
}

std::string lower_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out) c = lower(c);
  return out;
}

std::string_view trim(std::string_view text) {
  std::size_t begin = 0;
  while (begin < text.size()) {
    std::size_t after = begin;
    if (!utf8::is_space(utf8::next(text, after))) break;
    begin = after;
  }
  std::size_t end = text.size();
  while (end > begin) {
    std::size_t before = end;
    if (!utf8::is_space(utf8::previous(text, before))) break;
    end = before;
  }
  return text.substr(begin, end - begin);
}

bool equals_ignoring_case(std::string_view a, std::string_view b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(), [](char x, char y) { return lower(x) == lower(y); });
}

}  // namespace tearsheet
