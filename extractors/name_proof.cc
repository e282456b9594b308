// Name proof: which of the ambiguous names an article means, and who is a person.
#include "extractors/name_proof.h"

#include <algorithm>
#include <array>
#include <string>
#include <unordered_map>
#include <unordered_set>

#include "extractors/name_words.h"

namespace tearsheet {
namespace {

constexpr double kByPlace = 0.8;  // proven by a capital within a sentence only

constexpr std::array<std::string_view, 16> kWherePrepositions = {"in", "at", "from", "to", "near", "of", "outside", "across", "between", "toward", "towards", "into", "and", "with", "for", "In"};

bool is_name(const Candidate& candidate) { return candidate.mention.type == "company" || candidate.mention.type == "organisation"; }
bool is_where(const Candidate& candidate) { return candidate.mention.type == "country" || candidate.mention.type == "place"; }

class Prover {
 public:
  Prover(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates) : lists_(lists), text_(document.text), document_(document), candidates_(candidates) {}

  void run() {
    order_.resize(candidates_.size());
    for (std::size_t i = 0; i < order_.size(); ++i) order_[i] = static_cast<std::uint32_t>(i);
    std::sort(order_.begin(), order_.end(), [&](std::uint32_t a, std::uint32_t b) { return at(a) != at(b) ? at(a) < at(b) : a < b; });
    gather();
    for (const std::uint32_t i : order_) settle_where(candidates_[i]);
    drop_persons();
    for (const std::uint32_t i : order_) prove_here(i);
    for (Candidate& candidate : candidates_) {
      if (candidate.proven || !is_name(candidate) || clue(candidate) != Clue::listed || vetoed(candidate)) continue;
      candidate.proven = proven_ids_.count(std::string(text_of(candidate.mention.fields, "id"))) != 0;
    }
  }

 private:
  Span at(std::uint32_t i) const { return candidates_[i].mention.span; }
  Clue clue(const Candidate& candidate) const { return lists_.clue_of(*candidate.rule); }

  /// People with their family names, and the ids that need no more proof.
  void gather() {
    for (const std::uint32_t i : order_) {
      const Candidate& candidate = candidates_[i];
      const Clue kind = clue(candidate);
      if (kind == Clue::person || kind == Clue::title) {
        persons_.push_back(candidate.mention.span);
        const Span span = candidate.mention.span;
        if (const auto last = word_before(text_, span, span.end)) families_.insert(std::string(last->span.of(text_)));
      } else if (is_name(candidate) && !candidate.proven && kind == Clue::listed) {
        ++times_[std::string(candidate.mention.span.of(text_))];
      } else if (is_name(candidate) && candidate.proven) {
        const std::string_view id = text_of(candidate.mention.fields, "id");
        if (!id.empty()) proven_ids_.insert(std::string(id));
      }
    }
    std::sort(persons_.begin(), persons_.end());
  }

  /// The person whose name overlaps `span`.
  const Span* person_at(Span span) const {
    auto after = std::lower_bound(persons_.begin(), persons_.end(), Span{span.end, 0});
    for (int back = 0; back < 3 && after != persons_.begin(); ++back) {
      --after;
      if (after->overlaps(span)) return &*after;
    }
    return nullptr;
  }

  /// A name told by a noun or a cue that is part of a person's name is none.
  void drop_persons() {
    for (Candidate& candidate : candidates_) {
      const Clue kind = clue(candidate);
      const bool weak = kind == Clue::cue || (kind == Clue::head && candidate.mention.type == "company");
      if (!weak || !is_name(candidate)) continue;
      const Span* person = person_at(candidate.mention.span);
      const bool family = families_.count(std::string(candidate.mention.span.of(text_))) != 0;
      if ((person != nullptr && person->contains(candidate.mention.span)) || (kind == Clue::cue && family)) candidate.proven = false;
    }
  }

  bool vetoed(const Candidate& candidate) const {
    const Span span = candidate.mention.span;
    if (const Span* person = person_at(span); person != nullptr && person->size() >= span.size()) return true;
    return families_.count(std::string(span.of(text_))) != 0 && proven_ids_.count(std::string(text_of(candidate.mention.fields, "id"))) == 0;
  }

  Span line_of(Span span) const { return document_.line_of(span.begin); }

  /// Countries and places that are also something else: a preposition before them, or a capital within a sentence.
  void settle_where(Candidate& candidate) const {
    if (!is_where(candidate) || candidate.proven) return;
    const Span span = candidate.mention.span, line = line_of(span);
    if (person_at(span) != nullptr || is_title_case(text_, line)) return;
    const auto before = word_before(text_, line, span.begin);
    const auto after = word_after(text_, line, span.end);
    const bool led = before && before->gap == Gap::blank && std::find(kWherePrepositions.begin(), kWherePrepositions.end(), before->span.of(text_)) != kWherePrepositions.end();
    const bool alone = !after || after->gap != Gap::blank || !after->capital;
    const bool within = candidate.mention.type == "country" && before && !before->capital && before->gap == Gap::blank && !is_all_capitals(span.of(text_));
    candidate.proven = alone && (led || within);
    candidate.mention.confidence = std::min(candidate.mention.confidence, kByPlace);
  }

  void prove_here(std::uint32_t i) {
    Candidate& candidate = candidates_[i];
    if (candidate.proven || !is_name(candidate) || clue(candidate) != Clue::listed || vetoed(candidate)) return;
    const Span span = candidate.mention.span, line = line_of(span);
    if (is_title_case(text_, line)) return;
    const auto before = word_before(text_, line, span.begin);
    const auto after = word_after(text_, line, span.end);
    const bool joined = (before && before->gap == Gap::blank && before->capital && !lists_.is_stop(before->span.of(text_))) ||
                        (after && after->gap == Gap::blank && after->capital && !lists_.is_stop(after->span.of(text_)) && !lists_.is_title(after->span.of(text_)));
    if (beside_proven(i) && !joined) return accept(candidate, candidate.mention.confidence);
    const std::string_view said = span.of(text_);
    if (is_all_capitals(said)) {
      if (!joined && said_often(said)) accept(candidate, kByPlace);
      return;
    }
    if (joined || opens_sentence(text_, line, span.begin)) return;
    if (lists_.is_where(said) || lists_.is_given(said, true) || lists_.is_family(said)) return;
    const std::string_view led = before ? before->span.of(text_) : std::string_view{};
    if (candidate.mention.type == "company" && (led == "the" || led == "a" || led == "an")) return;  // "the Sky and the Astra": things, not houses
    accept(candidate, kByPlace);
  }

  /// Letters that stand for nothing else the lists know, at least twice in the article, count as the name.
  bool said_often(std::string_view said) const {
    if (said.size() < 3 || lists_.is_any_stop(said)) return false;
    const auto known = times_.find(std::string(said));
    return known != times_.end() && known->second >= 2;
  }

  void accept(Candidate& candidate, double confidence) {
    candidate.proven = true;
    candidate.mention.confidence = std::min(candidate.mention.confidence, confidence);
    const std::string_view id = text_of(candidate.mention.fields, "id");
    if (!id.empty()) proven_ids_.insert(std::string(id));
  }

  /// "Google and Apple", "Apple, Google": the neighbour is a proven company and only a comma or "and" parts them.
  bool beside_proven(std::uint32_t i) const {
    const Candidate& candidate = candidates_[i];
    const auto place = std::lower_bound(order_.begin(), order_.end(), i, [&](std::uint32_t a, std::uint32_t b) { return at(a) != at(b) ? at(a) < at(b) : a < b; });
    for (auto other = place; other != order_.begin();) {
      --other;
      const Candidate& left = candidates_[*other];
      if (candidate.mention.span.begin - std::min(candidate.mention.span.begin, left.mention.span.begin) > 80) break;
      if (left.proven && left.mention.type == candidate.mention.type && is_list_gap(left.mention.span.end, candidate.mention.span.begin)) return true;
    }
    for (auto other = place; other != order_.end(); ++other) {
      const Candidate& right = candidates_[*other];
      if (right.mention.span.begin > candidate.mention.span.end + 8) break;
      if (right.proven && right.mention.type == candidate.mention.type && is_list_gap(candidate.mention.span.end, right.mention.span.begin)) return true;
    }
    return false;
  }

  bool is_list_gap(std::uint32_t from, std::uint32_t to) const {
    if (to <= from || to - from > 8) return false;
    const std::string_view gap = text_.substr(from, to - from);
    return gap == ", " || gap == " and " || gap == " & " || gap == ", and " || gap == " or " || gap == "/";
  }

  const NameLists& lists_;
  std::string_view text_;
  const Document& document_;
  std::vector<Candidate>& candidates_;
  std::vector<std::uint32_t> order_;  // by place
  std::vector<Span> persons_;
  std::unordered_set<std::string> families_, proven_ids_;
  std::unordered_map<std::string, int> times_;  // how often an unproven spelling stands in the article
};

}  // namespace

void prove_names(const NameLists& lists, const Document& document, std::vector<Candidate>& candidates) { Prover(lists, document, candidates).run(); }

}  // namespace tearsheet
