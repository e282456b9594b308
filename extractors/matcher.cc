// Matcher: all rules over an article's lines: which hit, and where.
#include "extractors/matcher.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <array>
#include <numeric>
#include <tuple>

#include "base/utf8.h"
#include "extractors/automaton.h"
#include "extractors/gate.h"
#include "extractors/gazetteer.h"
#include "extractors/line_finder.h"
#include "extractors/pattern.h"
#include "extractors/regex.h"

namespace tearsheet {

namespace {

constexpr auto kAsciiWord = [] {
  std::array<bool, 256> word{};
  for (std::size_t c = 0; c < 128; ++c) word[c] = (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || c == '_';
  return word;
}();

bool zone_open(const Rule& rule, Use use) { return rule.zones.empty() || std::find(rule.zones.begin(), rule.zones.end(), use) != rule.zones.end(); }

bool lang_open(const Rule& rule, std::string_view language) {
  if (rule.lang.empty() || language.empty()) return true;  // a language that is not known shuts nothing out
  const std::string_view base = language.substr(0, language.find('-'));
  return std::any_of(rule.lang.begin(), rule.lang.end(), [&](const std::string& l) { return l == language || l == base; });
}

/// Runs over one document; holds what its lines share.
class DocumentFinder {
 public:
  DocumentFinder(const Document& document, std::vector<Trace>* trace) : document_(document), trace_(trace) {}

  /// False when zones or lang shut the rule out of this line. With a trace such rules run, too, and their hits are noted as refused.
  bool open(const Rule& rule, std::uint32_t line, const char*& refused) const {
    refused = nullptr;
    const Use use = document_.article->blocks[document_.line_blocks[line]].use;
    if (!zone_open(rule, use)) refused = "zones";
    if (refused == nullptr && !lang_open(rule, document_.article->meta.language)) refused = "lang";
    return refused == nullptr || trace_ != nullptr;
  }

  void pattern(const Rule& rule, std::uint16_t index, std::uint32_t line, std::vector<Hit>& hits) {
    const char* refused = nullptr;
    if (!open(rule, line, refused)) return;
    if (refused == nullptr) return LineFinder(document_, line, rule, index, hits, trace_).run();
    std::vector<Hit> shut_out;
    LineFinder(document_, line, rule, index, shut_out, trace_).run();
    for (const Hit& hit : shut_out) trace_->push_back({&rule, hit.span, refused, {}});
  }

  /// The pattern at one place; what LineFinder::run_at() says.
  std::uint32_t pattern_at(const Rule& rule, std::uint16_t index, std::uint32_t line, std::uint32_t at, std::uint32_t words_end, std::vector<Hit>& hits) {
    const char* refused = nullptr;
    if (!open(rule, line, refused)) return at;
    if (refused == nullptr) return LineFinder(document_, line, rule, index, hits, trace_).run_at(at, words_end);
    std::vector<Hit> shut_out;
    const std::uint32_t next = LineFinder(document_, line, rule, index, shut_out, trace_).run_at(at, words_end);
    for (const Hit& hit : shut_out) trace_->push_back({&rule, hit.span, refused, {}});
    return next;
  }

  /// What names() looks at from here on.
  void enter(std::uint32_t line) { tokens_.assign(document_.text, document_.lines[line]); }

  void names(const Gazetteer& gazetteer, const std::vector<const Rule*>& owners, std::uint32_t line, std::vector<Hit>& hits) {
    found_.clear();
    gazetteer.find(tokens_, found_);
    for (const Gazetteer::Match& match : found_) {
      const Rule& rule = *owners[match.owner];
      const char* refused = nullptr;
      if (!open(rule, line, refused)) continue;
      if (refused == nullptr && match.span.size() > rule.max_len) refused = "max_len";
      if (refused != nullptr) {
        if (trace_ != nullptr) trace_->push_back({&rule, match.span, refused, {}});
        continue;
      }
      Hit hit;
      hit.rule = &rule;
      hit.span = match.span;
      hit.line = line;
      hit.surface = &rule.gazetteer->surfaces()[match.surface];
      hits.push_back(std::move(hit));
    }
  }

 private:
  const Document& document_;
  std::vector<Trace>* trace_;
  std::vector<Gazetteer::Match> found_;
  Tokens tokens_;
};

}  // namespace

struct Matcher::Parts {
  struct Entry {
    const Rule* rule = nullptr;
    std::uint16_t pattern = 0;
  };

  /// Patterns that stand in the set themselves, by the set's index.
  std::vector<Entry> entries;
  std::unique_ptr<RE2::Set> set;

  /// Patterns of many words wait behind a gate: only the lists stand in a set, each once. With all words of all units in one
  /// automaton with all numbers, the first 300 articles cost 8.2 G instructions instead of 4.0 G, most of them new states.
  struct Gated {
    Entry entry;
    bool digit = false;
  };
  std::vector<std::shared_ptr<const Alternatives>> lists;  // by the gate set's index
  std::vector<std::vector<std::uint32_t>> behind;          // list -> indices into gated
  std::vector<Gated> gated;
  std::unique_ptr<RE2::Set> gates;

  /// The fast path: patterns whose possible places the automaton knows, by its pattern number. Null on the plain path.
  std::vector<Entry> placed;
  std::unique_ptr<const Automaton> automaton;

  void add_gated(Gated gated_pattern, const Gate& gate);
  Result<void> add_plain(const Rule& rule, std::uint16_t pattern);
  /// Gives the automaton all patterns that it can take; returns the others.
  std::vector<Entry> place(const std::vector<Entry>& all);
  /// What one document's walk keeps from place to place.
  struct Places {
    std::vector<Automaton::Found> found;
    std::vector<std::uint32_t> free_from;  // by pattern: where its next hit may begin
  };
  void walk(DocumentFinder& finder, const Document& document, std::uint32_t line, Places& places, std::vector<Hit>& hits) const;

  /// Appends the entries worth trying on the line.
  void ask(std::string_view line, std::vector<int>& which, std::vector<Entry>& out) const;

  Gazetteer exact{Fold::none}, folded{Fold::case_fold};
  std::vector<const Rule*> exact_rules, folded_rules;  // by gazetteer owner
};

namespace {

constexpr std::int64_t kSetMemory = 256 << 20;  // a budget; with the default of 8 MB 200 patterns run 25 times slower
constexpr std::size_t kGateFrom = 600;          // bytes of a pattern; smaller ones stand in the set themselves
constexpr std::size_t kGateWeight = 200'000;     // lists that stand in nearly every line are no gate

}  // namespace

Matcher::Matcher(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Matcher::Matcher(Matcher&&) noexcept = default;
Matcher& Matcher::operator=(Matcher&&) noexcept = default;
Matcher::~Matcher() = default;

void Matcher::Parts::add_gated(Gated gated_pattern, const Gate& gate) {
  const auto index = static_cast<std::uint32_t>(gated.size());
  gated.push_back(gated_pattern);
  for (const auto& list : gate.any_of) {
    const auto known = std::find(lists.begin(), lists.end(), list);
    const auto at = static_cast<std::size_t>(known - lists.begin());
    if (known == lists.end()) {
      lists.push_back(list);
      behind.emplace_back();
    }
    behind[at].push_back(index);
  }
}

namespace {

bool has_digit(std::string_view line) {
  return std::any_of(line.begin(), line.end(), [](char c) { return c >= '0' && c <= '9'; });
}

/// Asks one set. Out of memory is not "no match": then all of its members are meant.
void ask_set(const RE2::Set& set, std::size_t members, std::string_view line, std::vector<int>& which) {
  RE2::Set::ErrorInfo error{};
  which.clear();
  if (members == 0 || set.Match(re2::StringPiece(line.data(), line.size()), &which, &error) || error.kind == RE2::Set::kNoError) return;
  which.resize(members);
  std::iota(which.begin(), which.end(), 0);
}

std::unique_ptr<RE2::Set> make_set() {
  RE2::Options options(RE2::Quiet);
  options.set_max_mem(kSetMemory);
  return std::make_unique<RE2::Set>(options, RE2::UNANCHORED);
}

}  // namespace

void Matcher::Parts::ask(std::string_view line, std::vector<int>& which, std::vector<Entry>& out) const {
  ask_set(*set, entries.size(), line, which);
  for (const int i : which) out.push_back(entries[static_cast<std::size_t>(i)]);
  ask_set(*gates, lists.size(), line, which);
  if (which.empty()) return;
  const bool digit = has_digit(line);
  std::vector<bool> opened(gated.size());
  for (const int list : which) {
    for (const std::uint32_t i : behind[static_cast<std::size_t>(list)]) {
      if (opened[i] || (gated[i].digit && !digit)) continue;
      opened[i] = true;
      out.push_back(gated[i].entry);
    }
  }
}

Result<void> Matcher::Parts::add_plain(const Rule& rule, std::uint16_t index) {
  const Pattern& pattern = *rule.patterns[index];
  const auto gate = pattern.regex().size() > kGateFrom ? gate_of(pattern.regex(), pattern.slots()) : std::nullopt;
  if (gate && gate->weight < kGateWeight) {
    add_gated({{&rule, index}, gate->digit}, *gate);
    return {};
  }
  std::string what;
  if (set->Add(pattern.regex(), &what) < 0) {
    return tl::unexpected(Error{"R010", "the pattern of " + rule.id + " is no RE2: " + what, rule.pattern_place, {}, {}});
  }
  entries.push_back({&rule, index});
  return {};
}

std::vector<Matcher::Parts::Entry> Matcher::Parts::place(const std::vector<Entry>& all) {
  Nfa nfa;
  std::vector<Automaton::Start> starts;
  std::vector<Entry> rest;
  for (const Entry& entry : all) {
    const Pattern& pattern = *entry.rule->patterns[entry.pattern];
    const auto tree = regex::parse(pattern.regex(), pattern.slots());
    const std::uint32_t start = tree == nullptr ? Nfa::kNone : nfa.add(*tree, pattern.slots(), static_cast<std::uint32_t>(placed.size()));
    if (start == Nfa::kNone) {
      rest.push_back(entry);
      continue;
    }
    const bool inside_words = entry.rule->edges == Edges::none || entry.rule->edges == Edges::right;
    starts.push_back({start, inside_words});
    placed.push_back(entry);
  }
  nfa.forget();
  automaton = std::make_unique<const Automaton>(std::move(nfa), starts);
  return rest;
}

Result<Matcher> Matcher::build(const Rulebook& rules, Matching how) {
  auto parts = std::make_unique<Parts>();
  parts->set = make_set();
  parts->gates = make_set();
  std::vector<Parts::Entry> all;
  for (const auto& rule : rules.rules()) {
    if (rule->status == Status::off) continue;
    if (rule->gazetteer) {
      const bool folded = rule->gazetteer->how() == Fold::case_fold;
      auto& owners = folded ? parts->folded_rules : parts->exact_rules;
      (folded ? parts->folded : parts->exact).add(static_cast<std::uint32_t>(owners.size()), *rule->gazetteer, rule->gazetteer_surfaces);
      owners.push_back(rule.get());
    }
    for (std::uint16_t i = 0; i < rule->patterns.size(); ++i) all.push_back({rule.get(), i});
  }
  if (how == Matching::fast) all = parts->place(all);
  for (const Parts::Entry& entry : all) {
    if (auto added = parts->add_plain(*entry.rule, entry.pattern); !added) return tl::unexpected(std::move(added.error()));
  }
  for (const auto& list : parts->lists) parts->gates->Add(list->regex(), nullptr);
  if ((!parts->entries.empty() && !parts->set->Compile()) || (!parts->lists.empty() && !parts->gates->Compile())) {
    return fail("R030", "all patterns together do not fit 256 MB", "`tearsheet rules check` names the largest ones");
  }
  return Matcher(std::move(parts));
}

std::vector<const Rule*> Matcher::unplaced() const {
  std::vector<const Rule*> rules;
  const auto add = [&](const Parts::Entry& entry) {
    if (std::find(rules.begin(), rules.end(), entry.rule) == rules.end()) rules.push_back(entry.rule);
  };
  for (const Parts::Entry& entry : parts_->entries) add(entry);
  for (const Parts::Gated& gated : parts_->gated) add(gated.entry);
  return rules;
}

/// All places of the line where the automaton sees a pattern begin, from left to right.
void Matcher::Parts::walk(DocumentFinder& finder, const Document& document, std::uint32_t line, Places& places, std::vector<Hit>& hits) const {
  const std::string_view text = document.text;
  const Span span = document.lines[line];
  std::uint32_t at = span.begin;
  bool word_before = false;
  if (at > 0) {
    std::size_t before = at;
    word_before = utf8::is_word(utf8::previous(text, before));
  }
  bool ascii_before = false;  // `\b` sees the line only
  while (at < span.end) {
    const auto byte = static_cast<unsigned char>(text[at]);
    std::size_t next = at + 1;
    bool word = kAsciiWord[byte];
    if (byte >= 0x80) {
      next = at;
      word = utf8::is_word(utf8::next(text, next));
    }
    const bool inside = word && word_before;
    if (automaton->can_start(text, at, inside, ascii_before)) {
      automaton->find(text, at, span.end, inside, ascii_before, places.found);
      for (const Automaton::Found& found : places.found) {
        std::uint32_t& free = places.free_from[found.pattern];
        if (free > at) continue;
        const Entry& entry = placed[found.pattern];
        free = std::max(free, finder.pattern_at(*entry.rule, entry.pattern, line, at, found.end, hits));
      }
    }
    word_before = word;
    ascii_before = kAsciiWord[byte];
    at = static_cast<std::uint32_t>(next);
  }
}

std::vector<Hit> Matcher::find(const Document& document, std::vector<Trace>* trace) const {
  std::vector<Hit> hits;
  DocumentFinder finder(document, trace);
  std::vector<int> which;
  std::vector<Parts::Entry> worth;
  Parts::Places places{{}, std::vector<std::uint32_t>(parts_->placed.size())};
  for (std::uint32_t line = 0; line < document.lines.size(); ++line) {
    finder.enter(line);
    finder.names(parts_->exact, parts_->exact_rules, line, hits);
    finder.names(parts_->folded, parts_->folded_rules, line, hits);
    if (parts_->automaton != nullptr) parts_->walk(finder, document, line, places, hits);
    worth.clear();
    parts_->ask(document.lines[line].of(document.text), which, worth);
    for (const Parts::Entry& entry : worth) finder.pattern(*entry.rule, entry.pattern, line, hits);
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return std::tie(a.span, a.rule->id, a.pattern) < std::tie(b.span, b.rule->id, b.pattern); });
  return hits;
}

}  // namespace tearsheet
