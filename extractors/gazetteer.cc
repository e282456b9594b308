// Gazetteer: very many names looked up at word starts, longest first.
#include "extractors/gazetteer.h"

#include <algorithm>
#include <array>
#include <cstring>
#include <string>

#include "base/utf8.h"

namespace tearsheet {
namespace {

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

std::uint8_t class_at(std::string_view text, std::size_t at) { return kClass[static_cast<unsigned char>(text[at])]; }

bool word_at(std::string_view text, std::size_t at, std::size_t& after) {
  const std::uint8_t c = class_at(text, at);
  after = at + 1;
  if (c != 3) return c == 1;
  after = at;
  return utf8::is_word(utf8::next(text, after));
}

constexpr std::uint32_t kLongestName = 600;  // bytes that find_at_start() looks at
constexpr std::uint64_t kLower = 0x2020202020202020ULL;

/// Hash of ASCII word characters, eight at a time; `fold` makes the letters' case one (digits have the bit already, and no other word character shares
/// its bits with `_`).
template <bool fold>
std::uint64_t hash_word(const char* bytes, std::size_t size) {
  std::uint64_t h = size * 0x9E3779B97F4A7C15ULL;
  while (true) {
    std::uint64_t chunk = 0;
    const std::size_t now = std::min<std::size_t>(size, 8);
    std::memcpy(&chunk, bytes, now);
    if constexpr (fold) chunk |= now == 8 ? kLower : kLower & ((1ULL << (8 * now)) - 1);
    h = (h ^ chunk) * 0xD6E8FEB86659FD93ULL;
    h ^= h >> 32;
    if (size <= 8) return h;
    bytes += 8;
    size -= 8;
  }
}

std::uint64_t hash_bytes(std::string_view bytes) { return hash_word<false>(bytes.data(), bytes.size()); }

/// True for the quotation marks and dashes of news that folding leaves as they are.
bool is_plain_sign(std::string_view token) {
  return token == "\u2013" || token == "\u2014" || token == "\u2018" || token == "\u201C" || token == "\u201D" || token == "\u2022";
}

void set_hashes(Tokens::Token& token, std::string_view bytes, bool ascii) {
  if (ascii && token.word) {
    token.exact = hash_word<false>(bytes.data(), bytes.size());
    token.folded = hash_word<true>(bytes.data(), bytes.size());
  } else if (bytes == "\u2019") {  // lexicon_key() makes it straight
    token.exact = token.folded = hash_bytes("'");
  } else if (ascii || is_plain_sign(bytes)) {
    token.exact = token.folded = hash_bytes(bytes);
  } else {
    const auto key_hash = [&](Fold how) {
      const std::string key = lexicon_key(bytes, how);
      const bool word = std::all_of(key.begin(), key.end(), [](char c) { return kClass[static_cast<unsigned char>(c)] == 1; });
      return word && how == Fold::case_fold ? hash_word<true>(key.data(), key.size()) : hash_bytes(key);
    };
    token.exact = key_hash(Fold::none);
    token.folded = key_hash(Fold::case_fold);
  }
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

std::size_t first_slot(std::uint64_t hash) { return (hash * 0x9E3779B97F4A7C15ULL) >> 46; }  // 18 bits

}  // namespace

void Tokens::assign(std::string_view text, Span window) {
  all_.clear();
  std::size_t at = window.begin;
  begins_inside_ = false;
  if (at > 0) {
    std::size_t before = at;
    begins_inside_ = utf8::is_word(utf8::previous(text, before));
  }
  while (at < window.end) {
    const bool blank = skip_blanks(text, at, window.end);
    if (blank) begins_inside_ = begins_inside_ && !all_.empty();
    if (at >= window.end) break;
    Token token;
    token.blank_before = blank;
    token.begin = static_cast<std::uint32_t>(at);
    std::size_t after = at;
    token.word = word_at(text, at, after);
    bool ascii = class_at(text, at) != 3;
    at = after;
    while (token.word && at < window.end) {
      const std::uint8_t c = class_at(text, at);
      if (c == 1) {
        ++at;
        continue;
      }
      if (c != 3 || !word_at(text, at, after)) break;
      ascii = false;
      at = after;
    }
    token.end = static_cast<std::uint32_t>(at);
    const std::string_view bytes = text.substr(token.begin, token.end - token.begin);
    token.joins = bytes == "-" || bytes == "&";  // tokenised text parts words from them: "Wal - Mart", "S & P" are "Wal-Mart", "S&P"
    set_hashes(token, bytes, ascii);
    if (all_.empty()) begins_inside_ = begins_inside_ && token.word;
    all_.push_back(token);
  }
  if (all_.empty()) begins_inside_ = false;
}

Gazetteer::Gazetteer(Fold how) : how_(how), edges_(64), accepts_of_(1), first_(1U << 12) {}

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
  Tokens tokens;
  for (const std::uint32_t index : chosen) {
    const std::string_view text = lexicon.surfaces()[index].text;
    tokens.assign(text, {0, static_cast<std::uint32_t>(text.size())});
    std::uint32_t state = 0;
    bool joiner = true;
    for (const Tokens::Token& token : tokens.all()) {
      const std::uint64_t hash = spaced(hash_of(token), token.blank_before && !joiner && !token.joins);
      joiner = token.joins;
      if (state == 0) {
        first_[first_slot(hash) >> 6] |= 1ULL << (first_slot(hash) & 63);
        sign_starts_ = sign_starts_ || !token.word;
      }
      state = step_or_add(state, hash);
    }
    accepts_.push_back({owner, index, accepts_of_[state]});
    accepts_of_[state] = static_cast<std::uint32_t>(accepts_.size());
  }
}

void Gazetteer::match_at(const Tokens& tokens, std::size_t at, std::vector<std::uint32_t>& free_from, std::vector<Match>& out) const {
  const std::size_t before = out.size();
  const std::uint32_t begin = tokens.all()[at].begin;
  std::uint32_t state = 0;
  bool joiner = true;  // a blank before the first token counts for nothing
  for (std::size_t i = at; i < tokens.all().size(); ++i) {
    const Tokens::Token& token = tokens.all()[i];
    state = step(state, spaced(hash_of(token), token.blank_before && !joiner && !token.joins));
    if (state == 0) break;
    joiner = token.joins;
    for (std::uint32_t a = accepts_of_[state]; a != 0; a = accepts_[a - 1].next) {
      const Accept& accept = accepts_[a - 1];
      if (free_from[accept.owner] > begin) continue;
      const Span span{begin, token.end};
      bool known = false;
      for (std::size_t k = before; k < out.size(); ++k) {
        if (out[k].owner != accept.owner) continue;
        out[k] = {accept.owner, accept.surface, span};  // the longer one
        known = true;
      }
      if (!known) out.push_back({accept.owner, accept.surface, span});
    }
  }
  for (std::size_t i = before; i < out.size(); ++i) free_from[out[i].owner] = out[i].span.end;
}

void Gazetteer::find(const Tokens& tokens, std::vector<Match>& out) const {
  if (empty()) return;
  std::vector<std::uint32_t> free_from(owners_, 0);
  const auto& all = tokens.all();
  for (std::size_t i = tokens.begins_inside() ? 1 : 0; i < all.size(); ++i) {
    if (!all[i].word && !sign_starts_) continue;
    const std::size_t slot = first_slot(hash_of(all[i]));
    if (((first_[slot >> 6] >> (slot & 63)) & 1) != 0) match_at(tokens, i, free_from, out);
  }
}

void Gazetteer::find(std::string_view text, Span window, std::vector<Match>& out) const {
  if (!empty()) find(Tokens(text, window), out);
}

void Gazetteer::find_at_start(std::string_view text, Span window, std::vector<Match>& out) const {
  if (empty() || window.begin >= window.end) return;
  window.end = static_cast<std::uint32_t>(utf8::floor_boundary(text, std::min(window.end, window.begin + kLongestName)));
  const Tokens tokens(text, window);
  if (tokens.all().empty() || tokens.all()[0].blank_before) return;
  std::vector<std::uint32_t> free_from(owners_, 0);
  match_at(tokens, 0, free_from, out);
}

}  // namespace tearsheet
