// Repeats: sentences as hashes; a block is a repeat when most of it stands in others that are fuller or come later.
#include "pipeline/tidy/repeats.h"

#include <algorithm>
#include <bit>
#include <span>
#include <string_view>
#include <vector>

#include "base/fold.h"
#include "base/hash.h"
#include "base/utf8.h"
#include "pipeline/tidy/split.h"

namespace tearsheet {
namespace {

constexpr std::size_t kSentenceFrom = 24;  // bytes; shorter ones ("He declined.") repeat by chance

struct Sentence {
  std::uint64_t key = 0;
  std::uint32_t size = 0;
};

bool is_candidate(const Block& block) {
  return (block.use == Use::body || block.use == Use::excerpt) && block.kind != Kind::cell && block.kind != Kind::heading;
}

bool is_closing(char c) { return c == '"' || c == '\'' || c == ')' || c == ']'; }

// At '.', '!', '?' (and closing quotes) before a blank, or at a CJK stop. Rough is enough: both copies are cut alike.
void append_sentences(std::string_view words, std::vector<Sentence>& out) {
  std::size_t from = 0;
  const auto close = [&](std::size_t end) {
    const std::string_view sentence = trim(words.substr(from, end - from));
    if (!sentence.empty()) out.push_back({hash::xxh3(sentence), static_cast<std::uint32_t>(end - from)});
    from = end;
  };
  for (std::size_t at = 0; at < words.size(); ++at) {
    const char c = words[at];
    if (c == '\x82' && at >= 2 && words.substr(at - 2, 3) == "。") close(at + 1);  // its middle byte is 0x80, its last 0x82
    if (c != '.' && c != '!' && c != '?') continue;
    std::size_t end = at + 1;
    while (end < words.size() && is_closing(words[end])) ++end;
    if (words.substr(end).starts_with("”") || words.substr(end).starts_with("’")) end += 3;
    if (end < words.size() && words[end] == ' ' && end - from >= kSentenceFrom) close(end);
  }
  close(words.size());
}

// "The Ministry of Economy ...": without the dots; empty when it is not cut short.
std::string_view cut_short(std::string_view words) {
  words = trim(words);
  for (std::string_view end : {"...", "…", "[…]", "[...]", "(...)"})
    if (words.ends_with(end)) {
      words = trim(words.substr(0, words.size() - end.size()));
      const auto blank = words.rfind(' ');
      return blank == std::string_view::npos ? words : words.substr(0, blank);  // the last word may be cut, too
    }
  return {};
}

/// The blocks in which a sentence stands first and last.
struct Places {
  std::size_t first, last;
};

/// Sentences and their places: an open table of twice their number, for their keys are hashes already.
class PlaceTable {
 public:
  explicit PlaceTable(std::size_t sentences) : slots_(std::bit_ceil(sentences * 2 + 1)) {}

  void add(std::uint64_t key, std::size_t block) {
    Slot& slot = slots_[slot_of(key)];
    if (!slot.is_taken) slot = {key, {block, block}, true};
    slot.places.last = block;
  }
  const Places* find(std::uint64_t key) const {
    const Slot& slot = slots_[slot_of(key)];
    return slot.is_taken ? &slot.places : nullptr;
  }

 private:
  struct Slot {
    std::uint64_t key = 0;
    Places places{};
    bool is_taken = false;
  };
  std::size_t slot_of(std::uint64_t key) const {
    std::size_t at = key & (slots_.size() - 1);
    while (slots_[at].is_taken && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
    return at;
  }
  std::vector<Slot> slots_;
};

class Marker {
 public:
  Marker(Article& article, const Thresholds& limits) : article_(article), limits_(limits), begins_(cut()), places_(sentences_.size()) {
    for (std::size_t i = 0; i < article.blocks.size(); ++i) {
      for (const Sentence& sentence : sentences_of(i)) {
        if (sentence.size >= kSentenceFrom) places_.add(sentence.key, i);
      }
    }
  }

  void run() {
    for (std::size_t i = 0; i < article_.blocks.size(); ++i) {
      if (sentences_of(i).empty()) continue;
      const Block& block = article_.blocks[i];
      if (block.span.size() < limits_.repeat_length) continue;
      if (is_said_elsewhere(i))
        mark(i, "said again in full");
      else if (is_teaser(i))
        mark(i, "teaser of a later paragraph");
    }
  }

 private:
  /// Fills sentences_; where each block's begin.
  std::vector<std::size_t> cut() {
    std::vector<std::size_t> begins;
    begins.reserve(article_.blocks.size() + 1);
    for (const Block& block : article_.blocks) {
      begins.push_back(sentences_.size());
      if (is_candidate(block)) append_sentences(words_of(article_, block), sentences_);
    }
    begins.push_back(sentences_.size());
    return begins;
  }

  std::span<const Sentence> sentences_of(std::size_t block) const {
    return std::span(sentences_).subspan(begins_[block], begins_[block + 1] - begins_[block]);
  }

  void mark(std::size_t index, std::string_view why) {
    article_.blocks[index].use = Use::repeat;
    article_.blocks[index].why = why;
  }

  bool is_said_elsewhere(std::size_t index) const {
    std::uint32_t whole = 0, covered = 0;
    for (const Sentence& sentence : sentences_of(index)) {
      whole += sentence.size;
      const Places* const place = places_.find(sentence.key);
      if (place == nullptr) continue;
      const bool later = place->last > index;
      // Said before in a fuller block that itself stays: a pulled quotation, or a paragraph pasted twice.
      const std::size_t first = place->first;
      const bool before = first < index && article_.blocks[first].use != Use::repeat && sentences_of(first).size() >= sentences_of(index).size();
      if (later || before) covered += sentence.size;
    }
    return covered > 0 && covered * 100 >= whole * limits_.repeat_cover;
  }

  bool is_teaser(std::size_t index) const {
    const std::string_view words = cut_short(words_of(article_, article_.blocks[index]));
    if (words.size() < limits_.repeat_length) return false;
    const std::string_view head = words.substr(0, utf8::floor_boundary(words, std::min<std::size_t>(words.size(), 200)));
    for (std::size_t i = index + 1; i < article_.blocks.size(); ++i)
      if (!sentences_of(i).empty() && words_of(article_, article_.blocks[i]).starts_with(head)) return true;
    return false;
  }

  Article& article_;
  const Thresholds& limits_;
  std::vector<Sentence> sentences_;
  std::vector<std::size_t> begins_;
  PlaceTable places_;
};

}  // namespace

void mark_repeats(Article& article, const TidyRules::Parts& rules) { Marker(article, rules.thresholds).run(); }

}  // namespace tearsheet
