// Gate: what a line must hold before a pattern of many words is tried on it.
#include "extractors/gate.h"

#include <algorithm>

#include "extractors/pattern.h"

namespace tearsheet {
namespace {

/// What every match of a part of the pattern holds. `slots` empty: no list of words is needed.
struct Need {
  std::vector<std::size_t> slots;
  std::size_t weight = 0;  // of `slots`: how often their words stand in any text, roughly
  bool digit = false;
};

class Reader {
 public:
  Reader(std::string_view regex, const std::vector<WordsSlot>& slots) : regex_(regex), slots_(slots) {}

  /// alternatives := sequence ('|' sequence)*
  Need alternatives() {
    Need all = sequence();
    while (peek() == '|') {
      ++at_;
      const Need other = sequence();
      const bool both = !all.slots.empty() && !other.slots.empty();
      if (both) all.slots.insert(all.slots.end(), other.slots.begin(), other.slots.end());
      if (!both) all.slots.clear();
      all.weight += other.weight;
      all.digit = all.digit && other.digit;
    }
    return all;
  }

 private:
  char peek() const { return at_ < regex_.size() ? regex_[at_] : '\0'; }

  Need sequence() {
    Need all;
    while (at_ < regex_.size() && peek() != '|' && peek() != ')') {
      Need part = atom();
      if (optional()) continue;
      all.digit = all.digit || part.digit;
      if (!part.slots.empty() && (all.slots.empty() || part.weight < all.weight)) {
        all.slots = std::move(part.slots);
        all.weight = part.weight;
      }
    }
    return all;
  }

  /// Reads a quantifier; true when it allows none.
  bool optional() {
    bool none = false;
    while (peek() == '?' || peek() == '*' || peek() == '+' || peek() == '{') {
      none = none || peek() == '*' || (peek() == '?' && !repeated_) || regex_.substr(at_, 2) == "{0";
      repeated_ = true;  // a ? behind another quantifier means "as few as possible"
      at_ = peek() == '{' ? std::min(regex_.find('}', at_), regex_.size() - 1) + 1 : at_ + 1;
    }
    repeated_ = false;
    return none;
  }

  Need atom() {
    for (std::size_t i = 0; i < slots_.size(); ++i) {
      if (slots_[i].where.begin != at_) continue;
      at_ = slots_[i].where.end;
      return {{i}, slots_[i].words->weight(), false};
    }
    const char c = peek();
    if (c == '(') return group();
    if (c == '[') {
      const std::size_t begin = at_;
      at_ = std::min(class_end(regex_, at_), regex_.size() - 1) + 1;
      const std::string_view inside = regex_.substr(begin, at_ - begin);
      return {{}, 0, inside == "[0-9]" || inside == "[1-9]" || inside == R"([\d])"};
    }
    ++at_;
    if (c != '\\') return {};
    const char kind = peek();
    ++at_;
    if ((kind == 'x' || kind == 'p' || kind == 'P') && peek() == '{') at_ = std::min(regex_.find('}', at_), regex_.size() - 1) + 1;
    return {{}, 0, kind == 'd'};
  }

  Need group() {
    ++at_;
    if (peek() == '?') {
      if (regex_.substr(at_, 3) == "?P<") {
        at_ = regex_.find('>', at_) + 1;
      } else {
        at_ = regex_.find_first_of(":)", at_);
        if (peek() == ':') ++at_;  // "(?i)" has no inside
      }
    }
    Need inside = alternatives();
    if (peek() == ')') ++at_;
    return inside;
  }

  std::string_view regex_;
  const std::vector<WordsSlot>& slots_;
  std::size_t at_ = 0;
  bool repeated_ = false;
};

}  // namespace

std::optional<Gate> gate_of(std::string_view regex, const std::vector<WordsSlot>& slots) {
  const Need need = Reader(regex, slots).alternatives();
  if (need.slots.empty()) return std::nullopt;
  Gate gate;
  gate.digit = need.digit;
  gate.weight = need.weight;
  for (const std::size_t i : need.slots) {
    if (std::find(gate.any_of.begin(), gate.any_of.end(), slots[i].words) == gate.any_of.end()) gate.any_of.push_back(slots[i].words);
  }
  return gate;
}

}  // namespace tearsheet
