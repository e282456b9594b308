// Gazetteer: very many names looked up at word starts, longest first.
#include "extractors/gazetteer.h"

#include <algorithm>
#include <array>
#include <string>

#include "base/utf8.h"

namespace tearsheet {
namespace {

constexpr std::uint64_t kPrime = 0x100000001B3ULL;  // FNV-1a
constexpr std::uint64_t kBasis = 0xCBF29CE484222325ULL;

std::uint64_t mix(std::uint64_t x) {  // the finalizer of SplitMix64
  x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9ULL;
  x = (x ^ (x >> 27)) * 0x94D049BB133111EBULL;
  return x ^ (x >> 31);
}

constexpr std::array<std::uint8_t, 256> make_classes() {  // 1 word, 2 blank, 3 look closer
  std::array<std::uint8_t, 256> c{};
  for (int i = 0; i < 256; ++i) {
    const bool word = (i >= '0' && i <= '9') || (i >= 'A' && i <= 'Z') || (i >= 'a' && i <= 'z') || i == '_';
    c[static_cast<std::size_t>(i)] = i >= 0x80 ? 3 : word ? 1 : (i == ' ' || (i >= '\t' && i <= '\r')) ? 2 : 0;
  }
  return c;
}
constexpr auto kClass = make_classes();

struct Token {
  std::uint64_t hash = 0;
  std::size_t end = 0;
  bool word = false;
};

std::uint8_t class_at(std::string_view text, std::size_t at) { return kClass[static_cast<unsigned char>(text[at])]; }

bool word_at(std::string_view text, std::size_t at, std::size_t& after) {
  const std::uint8_t c = class_at(text, at);
  after = at + 1;
  if (c != 3) return c == 1;
  after = at;
  return utf8::is_word(utf8::next(text, after));
}

/// Hash of a token's bytes as the lexicon compares them.
std::uint64_t hash_of(std::string_view token, bool ascii, Fold how) {
  std::string folded;
  if (!ascii) {
    folded = lexicon_key(token, how);
    token = folded;
  }
  std::uint64_t h = kBasis;
  for (const char c : token) {
    const bool upper = how == Fold::case_fold && c >= 'A' && c <= 'Z';
    h = (h ^ static_cast<unsigned char>(upper ? c + 32 : c)) * kPrime;
  }
  return h;
}

/// The token at `at`, which is no blank: a run of word characters, or one other character.
Token token_at(std::string_view text, std::size_t at, std::size_t end, Fold how) {
  Token token;
  std::size_t after = at;
  bool ascii = true;
  token.word = word_at(text, at, after);
  token.end = after;
  ascii = class_at(text, at) != 3;
  while (token.word && token.end < end) {
    if (!word_at(text, token.end, after)) break;
    ascii = ascii && class_at(text, token.end) != 3;
    token.end = after;
  }
  token.hash = hash_of(text.substr(at, token.end - at), ascii, how);
  return token;
}

/// Moves `at` over blanks; true when there were some.
bool skip_blanks(std::string_view text, std::size_t& at, std::size_t end) {
  const std::size_t begin = at;
  while (at < end) {
    const std::uint8_t c = class_at(text, at);
    if (c == 0 || c == 1) break;
    std::size_t after = at + 1;
    if (c == 3) {
      after = at;
      if (!utf8::is_space(utf8::next(text, after))) break;
    }
    at = after;
  }
  return at > begin;
}

std::uint64_t spaced(std::uint64_t hash, bool blank) { return blank ? hash * 31 + 7 : hash; }

/// Tokenised text parts words from hyphens and ampersands: "Wal - Mart", "S & P" are "Wal-Mart", "S&P".
bool is_joiner(std::string_view text, std::size_t begin, std::size_t end) { return end - begin == 1 && (text[begin] == '-' || text[begin] == '&'); }

}  // namespace

Gazetteer::Gazetteer(Fold how) : how_(how), edges_(64), accepts_of_(1), first_(1024) {}

std::uint32_t Gazetteer::step(std::uint32_t state, std::uint64_t token) const {
  const std::uint64_t key = mix(token + state * 0x9E3779B97F4A7C15ULL) | 1;
  for (std::size_t i = key >> 7;; ++i) {
    const Edge& edge = edges_[i & (edges_.size() - 1)];
    if (edge.key == key) return edge.to;
    if (edge.key == 0) return 0;
  }
}

void Gazetteer::grow() {
  std::vector<Edge> old(edges_.size() * 2);
  old.swap(edges_);
  for (const Edge& edge : old) {
    if (edge.key == 0) continue;
    std::size_t i = edge.key >> 7;
    while (edges_[i & (edges_.size() - 1)].key != 0) ++i;
    edges_[i & (edges_.size() - 1)] = edge;
  }
}

std::uint32_t Gazetteer::step_or_add(std::uint32_t state, std::uint64_t token) {
  if (const std::uint32_t to = step(state, token); to != 0) return to;
  if (++used_ * 2 > edges_.size()) grow();
  const std::uint64_t key = mix(token + state * 0x9E3779B97F4A7C15ULL) | 1;
  std::size_t i = key >> 7;
  while (edges_[i & (edges_.size() - 1)].key != 0) ++i;
  edges_[i & (edges_.size() - 1)] = {key, states_};
  accepts_of_.push_back(0);
  return states_++;
}

void Gazetteer::add(std::uint32_t owner, const Lexicon& lexicon, const std::vector<std::uint32_t>& chosen) {
  owners_ = std::max(owners_, owner + 1);
  for (const std::uint32_t index : chosen) {
    const std::string_view text = lexicon.surfaces()[index].text;
    std::uint32_t state = 0;
    std::size_t at = 0;
    skip_blanks(text, at, text.size());
    bool joiner = true;
    for (bool first = true; at < text.size(); first = false) {
      const bool blank = skip_blanks(text, at, text.size());
      if (at == text.size()) break;
      const Token token = token_at(text, at, text.size(), how_);
      const bool joins = is_joiner(text, at, token.end);
      const std::uint64_t hash = spaced(token.hash, blank && !joiner && !joins);
      joiner = joins;
      if (first) {
        first_[(hash >> 6) & 1023] |= 1ULL << (hash & 63);
        sign_starts_ = sign_starts_ || !token.word;
      }
      state = step_or_add(state, hash);
      at = token.end;
    }
    accepts_.push_back({owner, index, accepts_of_[state]});
    accepts_of_[state] = static_cast<std::uint32_t>(accepts_.size());
  }
}

void Gazetteer::match_at(std::string_view text, Span window, std::size_t at, std::vector<std::uint32_t>& free_from, std::vector<Match>& out) const {
  const std::size_t before = out.size();
  const auto begin = static_cast<std::uint32_t>(at);
  std::uint32_t state = 0;
  bool blank = false, joiner = false;
  while (at < window.end) {
    const Token token = token_at(text, at, window.end, how_);
    const bool joins = is_joiner(text, at, token.end);
    state = step(state, spaced(token.hash, blank && !joiner && !joins));
    if (state == 0) break;
    joiner = joins;
    at = token.end;
    for (std::uint32_t a = accepts_of_[state]; a != 0; a = accepts_[a - 1].next) {
      const Accept& accept = accepts_[a - 1];
      if (free_from[accept.owner] > begin) continue;
      const Span span{begin, static_cast<std::uint32_t>(at)};
      bool known = false;
      for (std::size_t i = before; i < out.size(); ++i) {
        if (out[i].owner != accept.owner) continue;
        out[i] = {accept.owner, accept.surface, span};  // the longer one
        known = true;
      }
      if (!known) out.push_back({accept.owner, accept.surface, span});
    }
    blank = skip_blanks(text, at, window.end);
  }
  for (std::size_t i = before; i < out.size(); ++i) free_from[out[i].owner] = out[i].span.end;
}

void Gazetteer::find(std::string_view text, Span window, std::vector<Match>& out) const {
  if (empty()) return;
  std::vector<std::uint32_t> free_from(owners_, 0);
  std::size_t at = window.begin;
  bool after_word = false;
  if (at > 0) {
    std::size_t before = at;
    after_word = utf8::is_word(utf8::previous(text, before));
  }
  while (at < window.end) {
    if (class_at(text, at) == 2) {
      ++at;
      after_word = false;
      continue;
    }
    const Token token = token_at(text, at, window.end, how_);
    const bool wanted = token.word ? !after_word : sign_starts_;
    if (wanted && ((first_[(token.hash >> 6) & 1023] >> (token.hash & 63)) & 1) != 0) match_at(text, window, at, free_from, out);
    after_word = token.word;
    at = token.end;
  }
}

void Gazetteer::find_at_start(std::string_view text, Span window, std::vector<Match>& out) const {
  if (empty() || window.begin >= window.end) return;
  std::size_t at = window.begin;
  if (skip_blanks(text, at, window.end)) return;
  std::vector<std::uint32_t> free_from(owners_, 0);
  match_at(text, window, at, free_from, out);
}

}  // namespace tearsheet
