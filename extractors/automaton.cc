// Automaton: which patterns can match at a place, in one walk over the bytes that follow it.
#include "extractors/automaton.h"

#include <algorithm>
#include <new>

#include "base/hash.h"

namespace tearsheet {
namespace {

bool is_word(std::uint8_t c) { return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_'; }

void sort_unique(std::vector<std::uint32_t>& all) {
  std::sort(all.begin(), all.end());
  all.erase(std::unique(all.begin(), all.end()), all.end());
}

}  // namespace

Automaton::Automaton(Nfa nfa, const std::vector<Start>& starts) : nfa_(std::move(nfa)) {
  std::size_t count = 0;
  classes_ = nfa_.byte_classes(count);
  stride_ = count + 1;
  byte_of_.resize(count);
  for (std::size_t b = 256; b-- > 0;) byte_of_[classes_[b]] = static_cast<std::uint8_t>(b);
  void* cells = std::calloc(kMaxStates * stride_, sizeof(std::atomic<Name>));  // all kUnknown; nothing is touched yet
  if (cells == nullptr) throw std::bad_alloc();
  cells_.reset(static_cast<std::atomic<Name>*>(cells));
  mark_.resize(nfa_.states().size());
  states_.reserve(kMaxStates);
  for (const Nfa::State& state : nfa_.states()) {
    if (state.kind == Nfa::Kind::match) first_of_.push_back(static_cast<std::uint32_t>(&state - nfa_.states().data()));
  }
  for (const bool inside : {false, true}) {
    for (const bool after_word : {false, true}) {
      State state;
      state.after_word = after_word;
      ++round_;
      for (const Start& start : starts) {
        if (!inside || start.inside_words) close(start.state, state);
      }
      state.accepted.clear();
      sort_unique(state.nfa);
      starts_[inside ? 1 : 0][after_word ? 1 : 0] = intern(std::move(state));
      for (std::size_t symbol = 0; symbol < stride_; ++symbol) make_step(starts_[inside ? 1 : 0][after_word ? 1 : 0], symbol);
    }
  }
}

/// Adds what `from` reaches without a byte and without asking for one.
void Automaton::close(std::uint32_t from, State& into) const {
  std::vector<std::uint32_t> open{from};
  while (!open.empty()) {
    const std::uint32_t at = open.back();
    open.pop_back();
    if (at == Nfa::kNone || mark_[at] == round_) continue;
    mark_[at] = round_;
    const Nfa::State& state = nfa_.states()[at];
    switch (state.kind) {
      case Nfa::Kind::match: into.accepted.push_back(state.to); break;
      case Nfa::Kind::split:
        open.push_back(state.to);
        open.push_back(state.also);
        break;
      case Nfa::Kind::step:
        into.nfa.push_back(at);
        open.push_back(state.to);
        break;
      default: into.nfa.push_back(at);
    }
  }
}

/// What stands in `state` once the next byte is known: the states that step on it, and the patterns that match before it.
void Automaton::settle(const State& state, bool word_next, bool at_end, std::vector<std::uint32_t>& steps, std::vector<std::uint32_t>& accepted) const {
  State more;
  ++round_;
  std::vector<std::uint32_t> open = state.nfa;
  for (std::size_t i = 0; i < open.size(); ++i) {
    const Nfa::State& at = nfa_.states()[open[i]];
    if (at.kind == Nfa::Kind::step) {
      steps.push_back(open[i]);
      continue;
    }
    const bool holds = at.kind == Nfa::Kind::end ? at_end : (state.after_word != word_next) == (at.kind == Nfa::Kind::boundary);
    if (!holds) continue;
    const std::size_t before = more.nfa.size();
    close(at.to, more);
    open.insert(open.end(), more.nfa.begin() + static_cast<std::ptrdiff_t>(before), more.nfa.end());
  }
  sort_unique(steps);
  accepted.insert(accepted.end(), more.accepted.begin(), more.accepted.end());
}

Automaton::Name Automaton::make_step(Name from, std::size_t symbol) const {
  const std::lock_guard hold(lock_);
  std::atomic<Name>& target = cell(from, symbol);
  if (const Name made = target.load(std::memory_order_relaxed); made != kUnknown) return made;
  const State& state = at_name(from);
  const bool at_end = symbol + 1 == stride_;
  const std::uint8_t byte = at_end ? std::uint8_t{0} : byte_of_[symbol];
  State next;
  next.after_word = !at_end && is_word(byte);
  std::vector<std::uint32_t> steps;
  settle(state, next.after_word, at_end, steps, next.accepted);
  ++round_;
  for (const std::uint32_t at : at_end ? std::vector<std::uint32_t>() : steps) {
    const Nfa::State& step = nfa_.states()[at];
    for (std::uint32_t e = step.edges; e < step.edges + step.edge_count; ++e) {
      const Nfa::Edge& edge = nfa_.edges()[e];
      if (edge.low <= byte && byte <= edge.last) close(edge.to, next);
    }
  }
  sort_unique(next.nfa);
  sort_unique(next.accepted);
  const Name made = next.nfa.empty() && next.accepted.empty() ? kDead : intern(std::move(next));
  target.store(made, std::memory_order_release);
  return made;
}

/// The name of a state: an old one where it is known already.
Automaton::Name Automaton::intern(State state) const {
  const auto bytes = [](const std::vector<std::uint32_t>& all) { return std::string_view(reinterpret_cast<const char*>(all.data()), all.size() * sizeof(std::uint32_t)); };
  const std::uint64_t key = hash::xxh3(bytes(state.nfa)) * 31 + hash::xxh3(bytes(state.accepted)) * 7 + (state.after_word ? 1 : 0);
  const auto [first, last] = known_.equal_range(key);
  for (auto at = first; at != last; ++at) {
    if (at_name(at->second) == state) return at->second;
  }
  if (states_.size() >= kMaxStates) return kFull;
  const auto name = static_cast<Name>((kFirst + states_.size()) | (state.accepted.empty() ? 0U : kAccepts));
  states_.push_back(std::make_unique<const State>(std::move(state)));
  known_.emplace(key, name);
  return name;
}

void Automaton::note(Name state, std::uint32_t end, std::vector<Found>& found) const {
  for (const std::uint32_t pattern : at_name(state).accepted) {
    const auto known = std::find_if(found.begin(), found.end(), [&](const Found& f) { return f.pattern == pattern; });
    if (known == found.end()) {
      found.push_back({pattern, end});
    } else {
      known->end = end;
    }
  }
}

/// All patterns that have not failed yet count as found.
void Automaton::note_alive(Name state, std::uint32_t end, std::vector<Found>& found) const {
  std::vector<std::uint32_t> alive;
  for (const std::uint32_t at : at_name(state).nfa) {
    const auto behind = std::upper_bound(first_of_.begin(), first_of_.end(), at);
    alive.push_back(nfa_.states()[*std::prev(behind)].to);
  }
  sort_unique(alive);
  for (const std::uint32_t pattern : alive) {
    const auto known = std::find_if(found.begin(), found.end(), [&](const Found& f) { return f.pattern == pattern; });
    if (known == found.end()) {
      found.push_back({pattern, end});
    } else {
      known->end = end;
    }
  }
}

void Automaton::find(std::string_view text, std::uint32_t at, std::uint32_t end, bool inside, bool after_word, std::vector<Found>& found) const {
  found.clear();
  Name state = starts_[inside ? 1 : 0][after_word ? 1 : 0];
  const std::uint32_t last = std::min(end, at + kMaxWalk);
  const std::atomic<Name>* const cells = cells_.get();
  const std::uint8_t* const classes = classes_.data();
  const std::size_t stride = stride_;
  for (std::uint32_t i = at; i <= last; ++i) {
    if (i == last && last != end) return note_alive(state, end, found);
    const std::size_t symbol = i == end ? stride - 1 : classes[static_cast<unsigned char>(text[i])];
    Name next = cells[index(state) * stride + symbol].load(std::memory_order_acquire);
    if (next == kDead) return;
    if (next == kUnknown && (next = make_step(state, symbol)) == kDead) return;
    if (next == kFull) return note_alive(state, end, found);
    if ((next & kAccepts) != 0) note(next, std::min(i + 1, end), found);
    state = next;
  }
}

std::size_t Automaton::states() const {
  const std::lock_guard hold(lock_);
  return states_.size();
}

}  // namespace tearsheet
