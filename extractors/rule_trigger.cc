// Rule trigger: what every match of a pattern must hold.
#include "extractors/rule_trigger.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "extractors/pattern.h"

namespace tearsheet {
namespace {

class Reader {
 public:
  Reader(std::string_view regex, const std::vector<WordsSlot>& slots) : regex_(regex), slots_(slots) {}

  /// alternatives := sequence ('|' sequence)*. What all of them need; a literal that differs still is one.
  Needs alternatives() {
    Needs all = sequence();
    while (peek() == '|') {
      ++at_;
      const Needs other = sequence();
      const bool each = all.any() && other.any();
      all.digit = all.digit && other.digit;
      all.words = (all.words || !all.literal.empty()) && (other.words || !other.literal.empty());  // one word of a closed list
      all.literal = all.literal == other.literal ? all.literal : std::string();
      if (each && !all.any()) all.words = true;  // "a digit or the word yen" is still something to look for
    }
    return all;
  }

 private:
  char peek() const { return at_ < regex_.size() ? regex_[at_] : '\0'; }

  Needs sequence() {
    Needs all;
    std::string run;
    const auto flush = [&] {
      if (run.size() > all.literal.size()) all.literal = run;
      run.clear();
    };
    while (at_ < regex_.size() && peek() != '|' && peek() != ')') {
      std::string letter;
      const Needs part = atom(letter);
      const bool counted = peek() == '?' || peek() == '*' || peek() == '+' || peek() == '{';
      if (optional()) {
        flush();
        continue;
      }
      run += letter;
      if (letter.empty() || counted) flush();
      all.digit = all.digit || part.digit;
      all.words = all.words || part.words;
      if (part.literal.size() > all.literal.size()) all.literal = part.literal;
    }
    flush();
    return all;
  }

  /// Reads quantifiers; true when they allow none.
  bool optional() {
    bool none = false, repeated = false;
    while (peek() == '?' || peek() == '*' || peek() == '+' || peek() == '{') {
      none = none || peek() == '*' || (peek() == '?' && !repeated) || regex_.substr(at_, 2) == "{0";
      repeated = true;  // a ? behind another quantifier means "as few as possible"
      at_ = peek() == '{' ? std::min(regex_.find('}', at_), regex_.size() - 1) + 1 : at_ + 1;
    }
    return none;
  }

  Needs atom(std::string& letter) {
    for (const WordsSlot& slot : slots_) {
      if (slot.where.begin != at_) continue;
      at_ = slot.where.end;
      return {false, true, {}};
    }
    const char c = peek();
    if (c == '(') return group();
    if (c == '[') {
      const std::size_t begin = at_;
      at_ = std::min(class_end(regex_, at_), regex_.size() - 1) + 1;
      const std::string_view inside = regex_.substr(begin, at_ - begin);
      return {is_digits(inside), is_signs(inside), {}};
    }
    ++at_;
    if (c == '.' || c == '^' || c == '$') return {};
    if (c != '\\') {
      if (c != ' ') letter = c;
      return {};
    }
    const char kind = peek();
    ++at_;
    if ((kind == 'x' || kind == 'p' || kind == 'P') && peek() == '{') at_ = std::min(regex_.find('}', at_), regex_.size() - 1) + 1;
    if (std::isalnum(static_cast<unsigned char>(kind)) == 0) letter = kind;
    return {kind == 'd', false, {}};
  }

  static bool is_digits(std::string_view inside) {
    if (inside == R"([\d])") return true;
    return inside.size() > 2 && std::all_of(inside.begin() + 1, inside.end() - 1, [](unsigned char c) { return std::isdigit(c) != 0 || c == '-'; });
  }

  /// `[$€£]`: signs and nothing else, so rare in any text.
  static bool is_signs(std::string_view inside) {
    for (std::size_t i = 1; i + 1 < inside.size(); ++i) {
      if (inside.substr(i, 3) == "\\x{") {
        const unsigned long code = std::strtoul(std::string(inside.substr(i + 3)).c_str(), nullptr, 16);
        const bool blank = code <= 0xA0 || (code >= 0x2000 && code <= 0x200F) || code == 0x202F || code == 0x3000;
        if (blank) return false;
        i = std::min(inside.find('}', i), inside.size() - 1);
        continue;
      }
      const auto c = static_cast<unsigned char>(inside[i]);
      if (std::isalnum(c) != 0 || std::isspace(c) != 0 || c == '^' || c == '\\' || c == '-' || c == '.' || c == ',') return false;
    }
    return inside.size() > 2;
  }

  Needs group() {
    ++at_;
    if (peek() == '?') {
      if (regex_.substr(at_, 3) == "?P<") {
        at_ = regex_.find('>', at_) + 1;
      } else {
        at_ = regex_.find_first_of(":)", at_);
        if (peek() == ':') ++at_;  // "(?i)" has no inside
      }
    }
    Needs inside = alternatives();
    if (peek() == ')') ++at_;
    return inside;
  }

  std::string_view regex_;
  const std::vector<WordsSlot>& slots_;
  std::size_t at_ = 0;
};

}  // namespace

Needs needs_of(std::string_view regex, const std::vector<WordsSlot>& slots) { return Reader(regex, slots).alternatives(); }

}  // namespace tearsheet
