// Name carry: abbreviations and short forms of a name, carried through its article.
#include "extractors/name_carry.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "base/fold.h"
#include "base/utf8.h"
#include "extractors/name_words.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMaxNames = 200;       // owners an article: more are a list, not a story
constexpr std::size_t kLookForLower = 65'536;  // bytes of the article in which a short form's plain word is looked for
constexpr double kCarried = 0.85;

bool is_name(const Candidate& candidate) { return candidate.proven && (candidate.mention.type == "company" || candidate.mention.type == "organisation"); }

/// A spelling that stands for a name in this article.
struct Short {
  std::string words;
  std::uint32_t owner = 0;   // index into the candidates
  bool single = false;       // one word, cut from a longer name
};

/// "Australian Financial Markets Association" to "AFMA"; empty for names of fewer than three capitalised words.
std::string initials_of(std::string_view name) {
  std::string out;
  const Span whole{0, static_cast<std::uint32_t>(name.size())};
  std::uint32_t at = 0;
  while (const auto word = word_after(name, whole, at)) {
    at = word->span.end;
    const char first = name[word->span.begin];
    if (first >= 'A' && first <= 'Z') out += first;
    if (word->digits || is_all_capitals(word->span.of(name))) return {};
  }
  return out.size() >= 3 ? out : std::string{};
}

/// True when the letters of `abbr` open the words of `name` in order: "METI", "EADS", "Eavca". One letter may come from inside a word.
bool is_abbreviation(std::string_view abbr, std::string_view name) {
  const std::string low = lower_ascii(abbr), full = lower_ascii(name);
  std::size_t at = 0;
  int inner = 0, letters = 0;
  for (const char c : low) {
    if (c < 'a' || c > 'z') continue;
    ++letters;
    std::size_t found = std::string::npos;
    for (std::size_t i = at; i < full.size() && found == std::string::npos; ++i) {
      if (full[i] == c && (i == 0 || full[i - 1] == ' ' || full[i - 1] == '-' || full[i - 1] == '/')) found = i;
    }
    if (found == std::string::npos && letters > 1) {
      found = full.find(c, at);
      ++inner;
    }
    if (found == std::string::npos) return false;
    at = found + 1;
  }
  return letters >= 2 && inner <= (letters >= 5 ? 2 : 1) && inner * 2 < letters && full.find(' ') != std::string::npos;
}

/// "State Property Agency (AVAS)": a body of another country goes by the initials of its own language. Companies have tickers there.
bool is_foreign_initials(std::string_view abbr) {
  return abbr.size() >= 3 && abbr.size() <= 7 && std::all_of(abbr.begin(), abbr.end(), [](char c) { return c >= 'A' && c <= 'Z'; });
}

class Carrier {
 public:
  Carrier(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates) : lists_(lists), document_(document), text_(document.text), candidates_(candidates) {}

  void run() {
    tie_abbreviations();
    std::vector<std::uint32_t> owners;
    for (std::uint32_t i = 0; i < candidates_.size() && owners.size() < kMaxNames; ++i) {
      if (is_name(candidates_[i])) owners.push_back(i);
    }
    for (const std::uint32_t i : owners) add_forms(i);
    if (shorts_.empty()) return;
    for (const Candidate& candidate : candidates_) {
      if (candidate.proven) taken_.insert((std::uint64_t{candidate.mention.span.begin} << 32) | candidate.mention.span.end);
      const Clue clue = lists_.clue_of(*candidate.rule);
      if (clue == Clue::person || clue == Clue::title) persons_.push_back(candidate.mention.span);
    }
    std::sort(persons_.begin(), persons_.end());
    for (const Span& line : document_.lines) find_in(line);
  }

 private:
  /// Brackets behind a name: "Kenya Association of Manufacturers (KAM)".
  void tie_abbreviations() {
    std::unordered_map<std::uint32_t, std::uint32_t> ends;  // end of a name -> its index, the longest
    for (std::uint32_t i = 0; i < candidates_.size(); ++i) {
      if (!is_name(candidates_[i])) continue;
      const auto [known, fresh] = ends.emplace(candidates_[i].mention.span.end, i);
      if (!fresh && candidates_[i].mention.span.begin < candidates_[known->second].mention.span.begin) known->second = i;
    }
    for (Candidate& candidate : candidates_) {
      if (lists_.clue_of(*candidate.rule) != Clue::abbreviation) continue;
      std::uint32_t at = candidate.mention.span.begin;
      while (at > 0 && (text_[at - 1] == '(' || text_[at - 1] == ' ' || text_[at - 1] == '"')) --at;
      const auto owner = ends.find(at);
      if (owner == ends.end()) continue;
      const Mention& full = candidates_[owner->second].mention;
      const std::string_view abbr = candidate.mention.span.of(text_);
      if (!is_abbreviation(abbr, full.span.of(text_)) && !(full.type == "organisation" && is_foreign_initials(abbr))) continue;
      adopt(full, candidate.mention);
      candidate.proven = true;
    }
  }

  /// Makes `mention` say what `full` says.
  void adopt(const Mention& full, Mention& mention) const {
    mention.type = full.type;
    mention.fields = full.fields;
    if (text_of(full.fields, "alias_of").empty()) set(mention.fields, "alias_of", Scalar(full.span.of(text_)));
    mention.confidence = std::min(full.confidence, kCarried);
  }

  void add(std::string_view words, std::uint32_t owner, bool single) {
    if (words.size() < 2) return;
    const auto [known, fresh] = known_.emplace(std::string(words), shorts_.size());
    if (!fresh) return;
    const std::size_t blank = words.find(' ');
    by_first_[std::string(words.substr(0, blank))].push_back(static_cast<std::uint32_t>(shorts_.size()));
    starts_[static_cast<unsigned char>(words[0])] |= std::uint64_t{1} << (static_cast<unsigned char>(words[1]) & 63U);
    shorts_.push_back({std::string(words), owner, single});
  }

  /// The name itself, without its legal form and last head words, and its first word where that is the name's own.
  void add_forms(std::uint32_t owner) {
    const Mention& mention = candidates_[owner].mention;
    const std::string_view said = mention.span.of(text_);
    if (lists_.clue_of(*candidates_[owner].rule) != Clue::listed) add(said, owner, said.find(' ') == std::string_view::npos);
    if (const std::string initials = initials_of(said); initials.size() >= 3) add(initials, owner, true);
    if (mention.type == "organisation" && lists_.clue_of(*candidates_[owner].rule) != Clue::abbreviation) return;
    std::string_view base = said;
    while (true) {
      const Span whole{0, static_cast<std::uint32_t>(base.size())};
      const auto last = word_before(base, whole, whole.end);
      if (!last || last->span.begin == 0) break;
      const std::string_view word = base.substr(last->span.begin);
      if (!lists_.legal_form(word) && !lists_.head(word) && word != "Inc." && word != "Co.") break;
      base = trim(base.substr(0, last->span.begin));
      while (!base.empty() && (base.back() == ',' || base.back() == '&')) base = trim(base.substr(0, base.size() - 1));
      if (base.size() >= 4 && base.substr(base.size() - 4) == " and") base = base.substr(0, base.size() - 4);
    }
    const std::size_t blank = base.find(' ');
    if (base.size() < said.size() && blank != std::string_view::npos) add(base, owner, false);
    const std::string_view first = base.substr(0, blank);
    if (first.size() < said.size() && is_own_word(first, owner)) add(first, owner, true);
  }

  bool is_own_word(std::string_view word, std::uint32_t owner) const {
    if (word.size() < 3 || !is_capitalised(word)) return false;
    if (lists_.is_where(word) || lists_.is_stop(word) || lists_.is_generic(word) || lists_.is_given(word, true) || lists_.is_title(word) || lists_.is_other_name(word)) return false;
    const Clue clue = lists_.clue_of(*candidates_[owner].rule);
    if (clue == Clue::listed && !is_all_capitals(word)) {  // the list gives the spellings of its companies
      const auto row = lists_.company(word, true);
      return row && row->value() == text_of(candidates_[owner].mention.fields, "id");
    }
    const std::string plain = lower_ascii(word);
    if (plain == word || is_all_capitals(word)) return true;
    const std::string_view start = text_.substr(0, kLookForLower);
    for (std::size_t at = start.find(plain); at != std::string_view::npos; at = start.find(plain, at + 1)) {
      const bool left = at == 0 || !utf8::is_word(static_cast<unsigned char>(start[at - 1]));
      const bool right = at + plain.size() >= start.size() || !utf8::is_word(static_cast<unsigned char>(start[at + plain.size()]));
      if (left && right && (at == 0 || (start[at - 1] != '.' && start[at - 1] != '@'))) return false;
    }
    return true;
  }

  void find_in(Span line) {
    std::uint32_t at = line.begin;
    bool inside = false;
    while (at < line.end) {
      const unsigned char c = static_cast<unsigned char>(text_[at]);
      const bool word = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c >= 0x80 || c == '_';
      if (!word || inside || (c >= 'a' && c <= 'z' && !(at + 1 < line.end && text_[at + 1] >= 'A' && text_[at + 1] <= 'Z'))) {
        inside = word;
        ++at;
        continue;
      }
      std::uint32_t end = at;
      while (end < line.end && text_[end] != ' ') ++end;
      match_at(line, at, end);
      inside = true;
      ++at;
    }
  }

  /// Looks up the word at `at`, cut at every sign before the next blank, longest first.
  void match_at(Span line, std::uint32_t at, std::uint32_t end) {
    if (end - at > 60) return;
    const std::uint64_t seconds = starts_[static_cast<unsigned char>(text_[at])];
    if (at + 1 >= text_.size() || (seconds >> (static_cast<unsigned char>(text_[at + 1]) & 63U) & 1U) == 0) return;
    for (std::uint32_t cut = end; cut > at; --cut) {
      if (cut < end && utf8::is_word(static_cast<unsigned char>(text_[cut]))) continue;
      const auto forms = by_first_.find(std::string(text_.substr(at, cut - at)));
      if (forms == by_first_.end()) continue;
      const Short* best = nullptr;
      for (const std::uint32_t i : forms->second) {
        const Short& form = shorts_[i];
        const bool fits = text_.substr(at, form.words.size()) == form.words && at + form.words.size() <= line.end;
        if (fits && (best == nullptr || form.words.size() > best->words.size()) && ends_word(line, at + static_cast<std::uint32_t>(form.words.size()))) best = &form;
      }
      if (best != nullptr) return take(line, {at, at + static_cast<std::uint32_t>(best->words.size())}, *best);
    }
  }

  bool ends_word(Span line, std::uint32_t at) const {
    if (at >= line.end) return true;
    std::size_t behind = at;
    return !utf8::is_word(utf8::next(text_, behind)) || text_[at - 1] == '.';
  }

  void take(Span line, Span span, const Short& form) {
    if (taken_.count((std::uint64_t{span.begin} << 32) | span.end) != 0 || document_.inside_url(span)) return;
    auto person = std::lower_bound(persons_.begin(), persons_.end(), Span{span.end, 0});
    if (person != persons_.begin() && std::prev(person)->overlaps(span)) return;
    if (form.single) {
      const auto before = word_before(text_, line, span.begin);
      const auto after = word_after(text_, line, span.end);
      const auto joins = [&](const std::optional<Word>& word) {
        if (!word || word->gap != Gap::blank || !word->capital || word->possessive) return false;
        const std::string_view said = word->span.of(text_);
        return !lists_.is_stop(said) && !lists_.is_title(said);
      };
      if (joins(after) || (before && lists_.is_title(before->span.of(text_)) && before->gap == Gap::blank) || joins(before)) return;
    }
    const Candidate& owner = candidates_[form.owner];
    if (owner.mention.type == "company" && is_model_name(text_, line, span)) return;
    Candidate carried;
    carried.rule = owner.rule;
    carried.mention.span = span;
    adopt(owner.mention, carried.mention);
    if (span.of(text_) == owner.mention.span.of(text_)) {
      carried.mention.fields = owner.mention.fields;
      carried.mention.confidence = owner.mention.confidence;
    }
    found_.push_back(std::move(carried));
  }

 public:
  void finish() {
    for (Candidate& candidate : found_) candidates_.push_back(std::move(candidate));
  }

 private:
  const NameLists& lists_;
  const Document& document_;
  std::string_view text_;
  std::vector<Candidate>& candidates_;
  std::vector<Candidate> found_;
  std::vector<Short> shorts_;
  std::unordered_map<std::string, std::size_t> known_;
  std::unordered_map<std::string, std::vector<std::uint32_t>> by_first_;
  std::array<std::uint64_t, 256> starts_{};  // by a form's first byte: its second bytes, 64 buckets
  std::unordered_set<std::uint64_t> taken_;
  std::vector<Span> persons_;
};

}  // namespace

void carry_names(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates) {
  Carrier carrier(lists, document, candidates);
  carrier.run();
  carrier.finish();
}

}  // namespace tearsheet
