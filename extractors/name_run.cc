// Name run: how far a name reaches from a clue: left of "Inc.", around "Ministry", behind "chipmaker".
#include "extractors/name_run.h"

#include <algorithm>
#include <array>
#include <vector>

#include "extractors/name_words.h"

namespace tearsheet {
namespace {

constexpr int kLongest = 8;  // words of a name
constexpr std::array<std::string_view, 15> kParticles = {"de", "du", "des", "del", "della", "di", "da", "do", "la", "le", "von", "van", "der", "y", "und"};

template <std::size_t N>
bool is_one_of(const std::array<std::string_view, N>& words, std::string_view word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

/// "Tokyo-based", "Xerox-owned": a capital in front, a plain word of some length behind the hyphen.
bool is_compound_adjective(std::string_view word) {
  const std::size_t hyphen = word.rfind('-');
  if (hyphen == std::string_view::npos || hyphen + 4 > word.size()) return false;
  const std::string_view tail = word.substr(hyphen + 1);
  return std::all_of(tail.begin(), tail.end(), [](char c) { return c >= 'a' && c <= 'z'; });
}

bool is_plain_number(std::string_view word) {
  return !word.empty() && std::all_of(word.begin(), word.end(), [](char c) { return (c >= '0' && c <= '9') || c == '.'; });
}

/// Walks left from a clue.
class LeftWalk {
 public:
  LeftWalk(const NameLists& lists, std::string_view text, Span line, bool closes) : lists_(lists), text_(text), line_(line), closes_(closes) {}

  std::optional<Run> walk(std::uint32_t at) {
    const auto clue = word_after(text_, line_, at);
    while (static_cast<int>(words_.size()) < kLongest) {
      const auto word = word_before(text_, line_, at);
      if (!word || !joins(*word)) break;
      if (closes_ && clue && word->span.of(text_) == clue->span.of(text_)) break;  // a caption run into the text: "Acme Capital Acme Capital"
      if (!take(*word)) break;
      at = words_.back().span.begin;
    }
    while (!words_.empty() && !may_open(words_.back())) words_.pop_back();
    if (words_.empty()) return std::nullopt;
    Run run;
    run.span = {words_.back().span.begin, words_.front().span.end};
    run.words = static_cast<int>(words_.size());
    for (const Word& word : words_) {
      const std::string_view said = word.span.of(text_);
      if (!word.capital && !word.digits) continue;
      run.plain_number = run.plain_number && is_plain_number(said);
      run.generic = run.generic && lists_.is_generic(said);
      run.where = run.where && lists_.is_where(said);
    }
    run.where = run.where || lists_.is_where(run.span.of(text_));
    return run;
  }

 private:
  bool joins(const Word& word) const {
    if (word.possessive && !(closes_ && words_.empty() && !owns(word.span.of(text_)))) return false;
    if (word.gap == Gap::hyphen) return word.capital && !words_.empty() && words_.back().capital && !is_dateline(word.span.of(text_));
    return word.gap == Gap::blank || (word.gap == Gap::none && words_.empty());
  }

  /// "Britain's Department", "Parliament's Committee": an owner is no part of the name; "Marston's PLC", "Farmer's Union" are names.
  bool owns(std::string_view said) const {
    return lists_.is_where(said) || lists_.head(said) || lists_.company(said, false) || lists_.organisation(said, false);
  }

  /// "PRAGUE - Czech National Bank": a place before a hyphen is where the news comes from.
  bool is_dateline(std::string_view said) const { return lists_.is_where(said) || (said.size() > 3 && is_all_capitals(said)); }

  bool take(const Word& word) {
    const std::string_view said = word.span.of(text_);
    if (said == "&") {
      words_.push_back(word);
      return true;
    }
    if (word.digits) {
      const bool beside_clue = words_.empty() && said.size() <= 3;  // "361 Capital", but not "2015 Ford Motor Co."
      if (is_plain_number(said) && !beside_clue) return false;
      words_.push_back(word);
      return true;
    }
    if (word.capital) {
      if (is_compound_adjective(said) || lists_.is_hard_stop(said)) return false;
      words_.push_back(word);
      return true;
    }
    return take_connector(word, said);
  }

  /// "and", "of", "de" with a capital on their left: both are taken.
  bool take_connector(const Word& word, std::string_view said) {
    if (words_.empty() || word.possessive) return false;
    const auto left = word_before(text_, line_, word.span.begin);
    if (!left || left->gap != Gap::blank || !left->capital || left->possessive) return false;
    const std::string_view head = left->span.of(text_);
    if (lists_.is_hard_stop(head)) return false;
    const std::string_view right = words_.back().span.of(text_);
    if (said == "and") {
      const bool apart = lists_.is_where(head) || is_all_capitals(head) || lists_.company(head, true) || lists_.organisation(head, true) || lists_.legal_form(head);
      if (apart || !lists_.is_generic(right)) return false;
    } else if (said == "of" || said == "for") {
      if (!lists_.head(head)) return false;
    } else if (!is_one_of(kParticles, said)) {
      return false;
    }
    words_.push_back(word);
    words_.push_back(*left);
    return true;
  }

  bool may_open(const Word& word) const {
    const std::string_view said = word.span.of(text_);
    if (!word.capital && !word.digits) return false;
    return !lists_.is_stop(said) || (!lists_.is_hard_stop(said) && !opens_sentence(text_, line_, word.span.begin));  // "lender Five Arrows Leasing"
  }

  const NameLists& lists_;
  std::string_view text_;
  Span line_;
  bool closes_;
  std::vector<Word> words_;  // right to left
};

}  // namespace

std::optional<Run> run_before(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, bool closes) { return LeftWalk(lists, text, line, closes).walk(at); }

std::optional<Run> run_after(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, int most) {
  Run run;
  bool open = true;
  while (run.words < most && open) {
    const auto word = word_after(text, line, at);
    if (!word || !(word->gap == Gap::blank || (word->gap == Gap::hyphen && run.words > 0))) break;
    const std::string_view said = word->span.of(text);
    const bool joiner = said == "&" && run.words > 0;
    if (!joiner && !(word->capital || (word->digits && !is_plain_number(said)))) break;
    if (lists.is_hard_stop(said) || is_compound_adjective(said) || (run.words == 0 && lists.is_stop(said))) break;
    run.span = {run.words == 0 ? word->span.begin : run.span.begin, word->span.end};
    run.generic = run.generic && (joiner || lists.is_generic(said));
    run.where = run.where && lists.is_where(said);
    run.plain_number = run.plain_number && is_plain_number(said);
    ++run.words;
    open = !word->possessive;
    at = word->span.end;
  }
  if (run.words == 0 || text[run.span.end - 1] == '&') return std::nullopt;
  run.where = run.where || lists.is_where(run.span.of(text));
  return run;
}

std::uint32_t of_phrase(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, bool joins) {
  const auto of = word_after(text, line, at);
  if (!of || of->gap != Gap::blank) return at;
  const std::string_view link = of->span.of(text);
  if (link != "of" && link != "for" && link != "on") return at;
  std::uint32_t sure = at, now = of->span.end;
  bool list = false, joined = false, after_joiner = true;  // behind "of", "and", "the": a capital must follow
  for (int taken = 0; taken < kLongest + 2; ++taken) {
    const auto word = word_after(text, line, now);
    if (!word) break;
    const std::string_view said = word->span.of(text);
    if (word->gap == Gap::comma) {
      if (!joins) break;
      list = true;
    } else if (word->gap != Gap::blank && word->gap != Gap::hyphen) {
      break;
    }
    if (word->capital && !lists.is_hard_stop(said)) {
      const bool other = after_joiner && sure > at && (lists.company(said, false) || lists.organisation(said, false));
      if (other) break;
      if (!list || after_joiner) sure = word->span.end;
      if (list && after_joiner) list = false;
      after_joiner = false;
      if (word->possessive) break;
    } else if (said == "and" || said == "&") {
      if (!joins && said == "and") break;
      after_joiner = joined = true;
      now = word->span.end;
      continue;
    } else if (said == "the" || said == "of" || said == "for") {
      if (said == "the" && joined) break;  // "the Department of Finance and the Federal Police"
      after_joiner = after_joiner || said != "the";
      if (!after_joiner) break;
    } else {
      break;
    }
    joined = false;
    now = word->span.end;
  }
  return sure;
}

}  // namespace tearsheet
