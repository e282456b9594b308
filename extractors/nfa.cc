// NFA: the patterns of all rules as one machine over bytes, from which the automaton makes its states.
#include "extractors/nfa.h"

#include <algorithm>
#include <array>
#include <bitset>

#include "base/utf8.h"

namespace tearsheet {
/// Words as a tree of bytes; blanks and apostrophes stand for all that RE2 takes for them there.
struct Nfa::Tree {
  struct Branch {
    std::vector<std::pair<char, std::uint32_t>> next;
    bool ends = false;
  };
  static constexpr char kBlank = ' ', kApostrophe = '\'', kAnyHigh = '\x01';

  std::vector<Branch> branches{1};

  std::uint32_t step(std::uint32_t at, char c) {
    for (const auto& [letter, to] : branches[at].next) {
      if (letter == c) return to;
    }
    const auto fresh = static_cast<std::uint32_t>(branches.size());
    branches[at].next.emplace_back(c, fresh);
    branches.emplace_back();
    return fresh;
  }

  void add(std::string_view surface, bool fold) {
    std::uint32_t at = 0;
    for (std::size_t i = 0; i < surface.size(); ++i) {
      char c = surface[i];
      if (fold && c >= 'A' && c <= 'Z') c = static_cast<char>(c + 32);
      if (fold && static_cast<unsigned char>(c) >= 0x80) {  // its other case may have other bytes, as many as it likes
        c = kAnyHigh;
        while (i + 1 < surface.size() && static_cast<unsigned char>(surface[i + 1]) >= 0x80) ++i;
      }
      at = step(at, c);
    }
    branches[at].ends = true;
  }
};

const Nfa::Tree& Nfa::tree_of(const Alternatives& words) {
  auto& known = trees_[&words];
  if (known == nullptr) {
    auto tree = std::make_shared<Tree>();
    for (const std::string& surface : words.surfaces()) tree->add(surface, words.fold());
    known = std::move(tree);
  }
  return *known;
}

std::uint32_t Nfa::push(State state) {
  states_.push_back(state);
  return static_cast<std::uint32_t>(states_.size() - 1);
}

std::uint32_t Nfa::step(const std::vector<Edge>& edges) {
  State state;
  state.kind = Kind::step;
  state.edges = static_cast<std::uint32_t>(edges_.size());
  state.edge_count = static_cast<std::uint32_t>(edges.size());
  edges_.insert(edges_.end(), edges.begin(), edges.end());
  return push(state);
}

/// Splits a range of code points above ASCII into runs of UTF-8 bytes (the method of Ken Thompson's and Russ Cox's utf8 ranges).
void Nfa::range(char32_t low, char32_t last, std::uint32_t next, std::vector<Edge>& out) {
  constexpr std::array<char32_t, 3> kLastOfSize = {0x7F, 0x7FF, 0xFFFF};
  for (const char32_t end : kLastOfSize) {
    if (low <= end && last > end) {
      range(low, end, next, out);
      return range(end + 1, last, next, out);
    }
  }
  if (last < 0x80) {
    out.push_back({static_cast<std::uint8_t>(low), static_cast<std::uint8_t>(last), next});
    return;
  }
  for (int i = 1; i < 4; ++i) {
    const char32_t mask = (1U << (6 * i)) - 1;
    if ((low & ~mask) == (last & ~mask)) continue;
    if ((low & mask) != 0) {
      range(low, low | mask, next, out);
      return range((low | mask) + 1, last, next, out);
    }
    if ((last & mask) != mask) {
      range(low, (last & ~mask) - 1, next, out);
      return range(last & ~mask, last, next, out);
    }
  }
  std::string from, to;
  utf8::append(from, low);
  utf8::append(to, last);
  std::uint32_t at = next;
  for (std::size_t i = from.size() - 1; i > 0; --i) at = step({{static_cast<std::uint8_t>(from[i]), static_cast<std::uint8_t>(to[i]), at}});
  out.push_back({static_cast<std::uint8_t>(from[0]), static_cast<std::uint8_t>(to[0]), at});
}

std::uint32_t Nfa::chars(const regex::CharClass& set, std::uint32_t next) {
  std::vector<Edge> out;
  for (std::size_t c = 0; c < 128; ++c) {
    if (!set.ascii.test(c)) continue;
    std::size_t last = c;
    while (last + 1 < 128 && set.ascii.test(last + 1)) ++last;
    out.push_back({static_cast<std::uint8_t>(c), static_cast<std::uint8_t>(last), next});
    c = last;
  }
  for (const auto& [low, last] : set.high) {
    if (last > 0xD7FF && low < 0xE000) {  // surrogates are no UTF-8
      if (low < 0xD800) range(low, 0xD7FF, next, out);
      if (last > 0xDFFF) range(0xE000, last, next, out);
    } else {
      range(low, last, next, out);
    }
  }
  return step(out);
}

std::uint32_t Nfa::words(const Alternatives& words, std::uint32_t next) {
  const Tree& tree = tree_of(words);
  const auto base = static_cast<std::uint32_t>(states_.size());
  states_.resize(states_.size() + tree.branches.size());
  const auto letter = [](char c) { return c >= 'a' && c <= 'z'; };
  for (std::uint32_t i = 0; i < tree.branches.size(); ++i) {
    std::vector<Edge> out;
    for (const auto& [c, to] : tree.branches[i].next) {
      const auto byte = static_cast<std::uint8_t>(c);
      if (c == Tree::kBlank) {
        const std::uint32_t run = push({});  // one or more
        regex::CharClass blank;
        for (const char b : std::string_view("\t\n\f\r ")) blank.add(static_cast<char32_t>(b), static_cast<char32_t>(b));
        blank.add(0xA0, 0xA0);
        const std::uint32_t one = chars(blank, run);
        states_[run] = {Kind::split, 0, 0, one, base + to};
        const State first = states_[one];
        for (std::uint32_t e = 0; e < first.edge_count; ++e) out.push_back(edges_[first.edges + e]);
        continue;
      }
      if (c == Tree::kAnyHigh) {
        const std::uint32_t run = push({});
        const std::uint32_t one = step({{0x80, 0xFF, run}});
        states_[run] = {Kind::split, 0, 0, one, base + to};
        out.push_back({0x80, 0xFF, run});
        out.push_back({'k', 'k', base + to});  // U+212A and U+017F written for k and s, and the other way round
        out.push_back({'s', 's', base + to});
        out.push_back({'K', 'K', base + to});
        out.push_back({'S', 'S', base + to});
        continue;
      }
      out.push_back({byte, byte, base + to});
      if (c == Tree::kApostrophe) range(0x2019, 0x2019, base + to, out);
      if (!words.fold() || !letter(c)) continue;
      out.push_back({static_cast<std::uint8_t>(byte - 32), static_cast<std::uint8_t>(byte - 32), base + to});
      if (c == 'k') range(0x212A, 0x212A, base + to, out);
      if (c == 's') range(0x017F, 0x017F, base + to, out);
    }
    State state;
    state.kind = Kind::step;
    state.edges = static_cast<std::uint32_t>(edges_.size());
    state.edge_count = static_cast<std::uint32_t>(out.size());
    state.to = tree.branches[i].ends ? next : kNone;
    edges_.insert(edges_.end(), out.begin(), out.end());
    states_[base + i] = state;
  }
  return base;
}

std::uint32_t Nfa::repeat(const regex::Node& node, std::uint32_t next) {
  const regex::Node& part = *node.parts.front();
  std::uint32_t at = next;
  if (node.most == 0) {
    const std::uint32_t loop = push({});
    const std::uint32_t once = build(part, loop);
    states_[loop] = {Kind::split, 0, 0, once, next};
    if (node.least == 0) return loop;
    at = once;
    for (std::uint32_t i = 1; i < node.least && !full(); ++i) at = build(part, at);
    return at;
  }
  for (std::uint32_t i = node.least; i < node.most && !full(); ++i) at = push({Kind::split, 0, 0, build(part, at), next});
  for (std::uint32_t i = 0; i < node.least && !full(); ++i) at = build(part, at);
  return at;
}

std::uint32_t Nfa::build(const regex::Node& node, std::uint32_t next) {
  using Node = regex::Node::Kind;
  if (full()) return next;
  switch (node.kind) {
    case Node::empty: return next;
    case Node::chars: return chars(node.chars, next);
    case Node::slot: return words(*(*slots_)[node.slot].words, next);
    case Node::repeat: return repeat(node, next);
    case Node::boundary: return push({Kind::boundary, 0, 0, next, kNone});
    case Node::no_boundary: return push({Kind::no_boundary, 0, 0, next, kNone});
    case Node::end: return push({Kind::end, 0, 0, next, kNone});
    case Node::sequence: {
      std::uint32_t at = next;
      for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part) at = build(**part, at);
      return at;
    }
    case Node::choice: {
      std::uint32_t at = kNone;
      for (auto part = node.parts.rbegin(); part != node.parts.rend(); ++part) {
        const std::uint32_t one = build(**part, next);
        at = at == kNone ? one : push({Kind::split, 0, 0, one, at});
      }
      return at;
    }
  }
  return next;
}

std::uint32_t Nfa::add(const regex::Node& tree, const std::vector<WordsSlot>& slots, std::uint32_t pattern) {
  const std::size_t states = states_.size(), edges = edges_.size();
  slots_ = &slots;
  limit_ = states + kMaxStates;
  const std::uint32_t match = push({Kind::match, 0, 0, pattern, kNone});
  const std::uint32_t start = build(tree, match);
  slots_ = nullptr;
  if (!full()) return start;
  states_.resize(states);
  edges_.resize(edges);
  return kNone;
}

std::vector<std::uint8_t> Nfa::byte_classes(std::size_t& count) const {
  std::bitset<257> cuts;
  cuts.set(0);
  for (const Edge& edge : edges_) {
    cuts.set(edge.low);
    cuts.set(static_cast<std::size_t>(edge.last) + 1);
  }
  for (const auto& [low, last] : {std::pair{'0', '9'}, std::pair{'A', 'Z'}, std::pair{'_', '_'}, std::pair{'a', 'z'}}) {  // \b
    cuts.set(static_cast<std::size_t>(low));
    cuts.set(static_cast<std::size_t>(last) + 1);
  }
  std::vector<std::uint8_t> classes(256);
  std::size_t at = 0;
  for (std::size_t b = 0; b < 256; ++b) {
    if (b > 0 && cuts.test(b)) ++at;
    classes[b] = static_cast<std::uint8_t>(at);
  }
  count = at + 1;
  return classes;
}

}  // namespace tearsheet
