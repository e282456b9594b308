// Company name: from a register's spelling to the surfaces that news writes.
#include "cli/company_name.h"

#include <algorithm>
#include <array>

#include "base/fold.h"
#include "base/utf8.h"

namespace tearsheet::cli {

namespace {

/// Legal forms without their dots, in lower case, as they end a name.
constexpr std::string_view kForms[] = {
    "inc",  "incorporated", "corp", "corporation", "co",  "company", "ltd", "limited", "llc", "llp",    "lp",  "plc",
    "ag",   "se",           "sa",   "nv",          "bv",  "gmbh",    "kg",  "kgaa",    "ab",  "asa",    "as",  "a/s",
    "oyj",  "oy",           "spa",  "srl",         "sas", "sarl",    "pte", "pty",     "bhd", "berhad", "tbk", "kk",
    "pjsc", "pao",          "jsc",  "sab",         "saa", "cv",      "zrt", "nyrt",    "aps", "sca",    "scs", "ohg",
    "ev",   "eg",           "sp",   "zoo",         "doo", "dd",      "ad",  "ood",     "sl",  "slu",    "lda"};
constexpr std::string_view kJoiners[] = {"of", "and", "the", "for", "de", "la", "von", "van", "der", "et", "y", "&"};

std::vector<std::string> words_of(std::string_view name) {
  std::vector<std::string> out;
  const std::string clean = fold(name, Fold::none);
  for (std::size_t at = 0; at < clean.size();) {
    const std::size_t end = std::min(clean.find(' ', at), clean.size());
    if (end > at) out.push_back(clean.substr(at, end - at));
    at = end + 1;
  }
  return out;
}

std::string joined(const std::vector<std::string>& words) {
  std::string out;
  for (const std::string& word : words) out += (out.empty() ? "" : " ") + word;
  return out;
}

std::string bare(std::string word) {
  std::erase_if(word, [](char c) { return c == '.' || c == ','; });
  return lower_ascii(word);
}

bool is_form(const std::string& word) {
  const std::string key = bare(word);
  return std::find(std::begin(kForms), std::end(kForms), key) != std::end(kForms);
}

bool is_ascii_letter(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'); }
bool is_upper_word(const std::string& word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return !(c >= 'a' && c <= 'z'); }) &&
         std::any_of(word.begin(), word.end(), is_ascii_letter);
}

/// "MICROSOFT" to "Microsoft", "OF" to "of"; "IBM" and "AT&T" stay.
std::string title_word(const std::string& word) {
  const std::string lower = lower_ascii(word);
  if (std::find(std::begin(kJoiners), std::end(kJoiners), lower) != std::end(kJoiners)) return lower;
  const bool plain = std::all_of(word.begin(), word.end(), [](char c) { return is_ascii_letter(c) || c == '.' || c == ','; });
  if (!plain || (word.size() < 4 && !is_form(word))) return word;
  std::string out = lower;
  out[0] = word[0];
  return out;
}

bool has_letter(std::string_view text) {
  for (std::size_t at = 0; at < text.size();) {
    if (utf8::is_letter(utf8::next(text, at))) return true;
  }
  return false;
}

/// One plain word may be anything: "Target", "Ford". Digits, inner capitals and marks make a name of it.
bool is_plain_word(const std::string& text) {
  if (text.find(' ') != std::string::npos) return false;
  const bool capitals = is_upper_word(text);
  if (capitals) return text.size() <= 4;
  return std::all_of(text.begin() + 1, text.end(),
                     [](char c) { return (c >= 'a' && c <= 'z') || (static_cast<unsigned char>(c) >= 0x80); });
}

void add(std::vector<NameSurface>& out, std::string text, bool whole) {
  while (!text.empty() && (text.back() == ',' || text.back() == ' ' || text.back() == '&')) text.pop_back();
  if (utf8::count(text) < 3 || !has_letter(text)) return;
  if (std::any_of(out.begin(), out.end(), [&](const NameSurface& one) { return one.text == text; })) return;
  const bool ambiguous = is_plain_word(text) && (!whole || text.find(' ') == std::string::npos);
  out.push_back({std::move(text), ambiguous});
}

}  // namespace

std::vector<NameSurface> surfaces_of(std::string_view name) {
  std::vector<std::string> words = words_of(name);
  // Registers put the state of incorporation behind the name: "BANK OF AMERICA CORP /DE/".
  while (!words.empty() && (words.back().front() == '/' || words.back() == "(THE)")) words.pop_back();
  if (words.empty()) return {};
  std::vector<NameSurface> out;
  add(out, joined(words), true);
  if (std::all_of(words.begin(), words.end(), [](const std::string& w) { return is_upper_word(w) || !has_letter(w); })) {
    std::transform(words.begin(), words.end(), words.begin(), title_word);
    words.front()[0] =
        static_cast<char>(words.front()[0] >= 'a' && words.front()[0] <= 'z' ? words.front()[0] - 32 : words.front()[0]);
    add(out, joined(words), true);
  }
  std::vector<std::string> core = words;
  while (core.size() > 1 && is_form(core.back())) core.pop_back();
  if (core.size() > 1 && (core.back() == "&" || bare(core.back()) == "and")) core.pop_back();
  if (core.size() < words.size()) add(out, joined(core), false);
  return out;
}

std::string slug_of(std::string_view name) {
  std::string out = squash(name);
  std::replace(out.begin(), out.end(), ' ', '_');
  return out;
}

}  // namespace tearsheet::cli
