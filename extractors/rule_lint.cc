// Rule lint: what can be told from a pattern as its author wrote it.
#include "extractors/rule_lint.h"

#include <algorithm>
#include <cctype>
#include <cstdlib>

#include "extractors/pattern.h"
#include "extractors/pattern_parts.h"

namespace tearsheet {
namespace {

constexpr int kWideGap = 20;  // counted repeats of anything; from here on a shared set slows down

struct Word {
  std::string text;
  Span where;
  bool plain = true;
};

class Linter {
 public:
  Linter(std::string_view pattern, bool is_macro) : pattern_(pattern), is_macro_(is_macro) { open_group(); }

  std::vector<Lint> run() {
    while (at_ < pattern_.size()) step();
    close_group();
    std::sort(found_.begin(), found_.end(), [](const Lint& a, const Lint& b) { return a.where < b.where; });
    return std::move(found_);
  }

 private:
  Span span(std::size_t begin, std::size_t end) const { return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}; }
  std::string_view rest() const { return pattern_.substr(at_); }

  /// One atom or sign of the pattern.
  void step() {
    const char c = pattern_[at_];
    if (rest().starts_with("%{")) return skip(std::min(pattern_.find('}', at_), pattern_.size() - 1) + 1);
    if (c == '\\') return escape();
    if (c == '[') return a_class();
    if (c == '(') return group();
    if (c == ')') {
      close_group();
      if (groups_.empty()) open_group();
      return skip(at_ + 1);
    }
    if (c == '|') {
      groups_.back().push_back({{}, span(at_ + 1, at_ + 1), true});
      sign_ = false;
      ++at_;
      return;
    }
    if (c == '{') return count();
    if (c == '*' || c == '+' || c == '?' || c == '.' || c == '^' || c == '$') return skip(at_ + 1, c == '.');
    letter(std::string(1, c), 1);
    sign_ = static_cast<unsigned char>(c) < 0x80 && std::isalnum(static_cast<unsigned char>(c)) == 0 && c != '_' && c != ' ';
  }

  /// Passes over what is no plain letter.
  void skip(std::size_t end, bool any = false) {
    Word& word = groups_.back().back();
    word.plain = false;
    word.where.end = static_cast<std::uint32_t>(end);
    any_ = any;
    sign_ = false;
    at_ = end;
  }

  void letter(const std::string& text, std::size_t length) {
    Word& word = groups_.back().back();
    word.text += text;
    at_ += length;
    word.where.end = static_cast<std::uint32_t>(at_);
    any_ = false;
  }

  void escape() {
    const char c = at_ + 1 < pattern_.size() ? pattern_[at_ + 1] : '\0';
    if (c == 'b') {
      if (sign_) boundary();
      return skip(at_ + 2);
    }
    if ((c == 'x' || c == 'p' || c == 'P') && pattern_.substr(at_ + 2, 1) == "{") return skip(std::min(pattern_.find('}', at_), pattern_.size() - 1) + 1);
    if (std::isalnum(static_cast<unsigned char>(c)) != 0) return skip(at_ + 2, c == 'S' || c == 'W' || c == 'D');
    letter(std::string(1, c), 2);
    sign_ = true;
  }

  void boundary() {
    Lint lint{"W04", "\\b after a sign asks for a letter or digit to follow", span(at_, at_ + 2), {}, "`edges: word` is safe for signs: write no \\b there", {}, {}};
    const bool last = at_ + 2 == pattern_.size();
    if (last) {
      lint.fix = "";
      lint.replaced = lint.where;
    }
    found_.push_back(std::move(lint));
  }

  void a_class() {
    const std::size_t begin = at_, end = std::min(class_end(pattern_, at_), pattern_.size() - 1) + 1;
    duplicates(begin, end);
    const bool wide = pattern_.substr(begin + 1, 1) == "^";
    skip(end, wide);
  }

  void duplicates(std::size_t begin, std::size_t end) {
    std::vector<std::string_view> seen;
    for (std::size_t i = begin + 1; i + 1 < end; ++i) {
      if (pattern_[i] == '[' || (pattern_[i] == '-' && i > begin + 1 && i + 2 < end)) return;  // ranges and [:classes:] are not judged
      std::size_t length = 1;
      if (pattern_[i] == '\\') length = 2;
      if (length == 2 && (pattern_[i + 1] == 'x' || pattern_[i + 1] == 'p' || pattern_[i + 1] == 'P')) length = std::min(pattern_.find('}', i), end - 1) - i + 1;
      const auto lead = static_cast<unsigned char>(pattern_[i]);
      if (lead >= 0xC0) length = lead >= 0xF0 ? 4 : lead >= 0xE0 ? 3 : 2;
      const std::string_view item = pattern_.substr(i, length);
      if (std::find(seen.begin(), seen.end(), item) != seen.end()) {
        found_.push_back({"W06", std::string(item) + " stands twice in " + std::string(pattern_.substr(begin, end - begin)), span(i, i + length), "again", "drop one", "", span(i, i + length)});
        return;
      }
      seen.push_back(item);
      i += length - 1;
    }
  }

  void group() {
    Word& outer = groups_.back().back();
    outer.plain = false;
    open_group();
    std::size_t end = at_ + 1;
    if (pattern_.substr(end, 1) == "?") {
      end = pattern_.substr(end).starts_with("?P<") || pattern_.substr(end).starts_with("?<") ? pattern_.find('>', end) : pattern_.find_first_of(":)", end);
      end = end == std::string_view::npos ? pattern_.size() : end + (pattern_[end] == ')' ? 0 : 1);
    }
    at_ = end;
    groups_.back().back().where = span(at_, at_);
    sign_ = any_ = false;
  }

  void open_group() { groups_.push_back({Word{{}, span(at_, at_), true}}); }

  void close_group() {
    prefixes(groups_.back());
    groups_.pop_back();
    if (!groups_.empty()) groups_.back().back().where.end = static_cast<std::uint32_t>(std::min(at_ + 1, pattern_.size()));
  }

  /// True when something must follow the group that closes at `at_`: then an alternative that is too short does not stand. What follows a macro is not known.
  bool is_followed() const {
    std::size_t at = at_;
    while (at < pattern_.size()) {
      const char c = pattern_[at];
      if (c == ')') {
        at = quantifier_end(pattern_, at + 1);
      } else if (c == '|') {  // passes over the other alternatives, to the end of the group around
        while (at < pattern_.size() && pattern_[at] != ')') at = pattern_[at] == '|' ? at + 1 : atom_end(pattern_, at);
      } else {
        const std::size_t end = atom_end(pattern_, at), behind = quantifier_end(pattern_, end);
        const bool optional = behind > end && (pattern_[end] == '?' || pattern_[end] == '*' || pattern_.substr(end, 2) == "{0");
        if (!optional) return true;
        at = behind;
      }
    }
    return is_macro_;
  }

  /// `m|million`: RE2 takes the first alternative that fits, so a later one that begins with it is never reached.
  void prefixes(const std::vector<Word>& words) {
    if (words.size() < 2 || is_followed()) return;
    const bool all_plain = std::all_of(words.begin(), words.end(), [](const Word& word) { return word.plain; });
    for (std::size_t i = 0; i < words.size(); ++i) {
      for (std::size_t j = 0; j < i; ++j) {
        const Word &late = words[i], &early = words[j];
        if (!late.plain || !early.plain || early.text.empty() || late.text.size() <= early.text.size() || !late.text.starts_with(early.text)) continue;
        Lint lint{"W03", early.text + " before " + late.text + " hides the longer one", late.where, "behind " + early.text, "put the longer alternative first, or use a lexicon: it sorts itself", {}, {}};
        if (all_plain) {
          lint.fix = longest_first(words);
          lint.replaced = {words.front().where.begin, words.back().where.end};
        }
        found_.push_back(std::move(lint));
        return;
      }
    }
  }

  std::string longest_first(std::vector<Word> words) const {
    std::stable_sort(words.begin(), words.end(), [](const Word& a, const Word& b) { return a.text.size() > b.text.size(); });
    std::string out;
    for (std::size_t i = 0; i < words.size(); ++i) out += (i == 0 ? "" : "|") + std::string(words[i].where.of(pattern_));
    return out;
  }

  void count() {
    const std::size_t close = pattern_.find('}', at_), comma = pattern_.find(',', at_);
    const std::size_t end = close == std::string_view::npos ? pattern_.size() : close + 1;
    if (any_ && comma < end) {
      const std::string most(pattern_.substr(comma + 1, close - comma - 1));
      if (most.empty() || std::atoi(most.c_str()) > kWideGap) {
        found_.push_back({"W05", "a wide counted gap", span(at_, end), "up to " + (most.empty() ? std::string("any number") : most) + " of anything",
                          "it slows the whole set down; ask with near:, preceded_by: or followed_by: in a guard, which looks at hits only", {}, {}});
      }
    }
    skip(end);
  }

  std::string_view pattern_;
  bool is_macro_;
  std::size_t at_ = 0;
  bool any_ = false;   // the atom before takes nearly any character
  bool sign_ = false;  // the atom before is a sign, no letter or digit
  std::vector<std::vector<Word>> groups_;
  std::vector<Lint> found_;
};

}  // namespace

std::vector<Lint> lint_pattern(std::string_view pattern, bool is_macro) { return Linter(pattern, is_macro).run(); }

}  // namespace tearsheet
