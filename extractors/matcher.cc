// Matcher: all rules over an article's lines: which hit, and where.
#include "extractors/matcher.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <algorithm>
#include <numeric>
#include <tuple>

#include "base/utf8.h"
#include "extractors/condition.h"
#include "extractors/gate.h"
#include "extractors/gazetteer.h"
#include "extractors/pattern.h"

namespace tearsheet {

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

  void add_gated(Gated gated_pattern, const Gate& gate);
  /// Appends the entries worth trying on the line.
  void ask(std::string_view line, std::vector<int>& which, std::vector<Entry>& out) const;

  Gazetteer exact{Fold::none}, folded{Fold::case_fold};
  std::vector<const Rule*> exact_rules, folded_rules;  // by gazetteer owner
};

namespace {

constexpr std::int64_t kSetMemory = 256 << 20;  // a budget; with the default of 8 MB 200 patterns run 25 times slower
constexpr std::size_t kGateFrom = 600;          // bytes of a pattern; smaller ones stand in the set themselves
constexpr std::size_t kGateWeight = 200'000;     // lists that stand in nearly every line are no gate
constexpr int kShorter = 16;                    // how often a hit whose right edge fails is tried again, one character shorter

bool zone_open(const Rule& rule, Use use) { return rule.zones.empty() || std::find(rule.zones.begin(), rule.zones.end(), use) != rule.zones.end(); }

bool lang_open(const Rule& rule, std::string_view language) {
  if (rule.lang.empty() || language.empty()) return true;  // a language that is not known shuts nothing out
  const std::string_view base = language.substr(0, language.find('-'));
  return std::any_of(rule.lang.begin(), rule.lang.end(), [&](const std::string& l) { return l == language || l == base; });
}

/// Finds one pattern's hits in one line.
class LineFinder {
 public:
  LineFinder(const Document& document, std::uint32_t line, const Rule& rule, std::uint16_t pattern, std::vector<Hit>& hits, std::vector<Trace>* trace)
      : document_(document), text_(document.text), line_(line), rule_(rule), pattern_(*rule.patterns[pattern]), index_(pattern), hits_(hits), trace_(trace) {}

  void run() {
    const Span line = document_.lines[line_];
    const std::string_view view = line.of(text_);  // `^` and `$` mean the line
    const bool at_once = pattern_.is_small();
    std::uint32_t at = 0;
    Pattern::Match match;
    while (at < view.size() && find(view, {at, line.size()}, at_once, match)) {
      const Span first = match.span;
      Span span = first;
      if (span.empty()) {
        at = after(view, first.begin);
      } else if (fits(view, line.begin, span)) {
        if (!at_once || span != first) pattern_.capture(view, span, match);
        add(line.begin, match);
        at = span.end;
      } else {
        at = next_start(view, first.begin);
      }
    }
  }

 private:
  bool find(std::string_view view, Span window, bool with_groups, Pattern::Match& match) const {
    return with_groups ? pattern_.find(view, window, Pattern::At::anywhere, match) : pattern_.find_span(view, window, Pattern::At::anywhere, match.span);
  }
  static std::uint32_t after(std::string_view text, std::size_t at) {
    if (at >= text.size()) return static_cast<std::uint32_t>(text.size());
    utf8::next(text, at);
    return static_cast<std::uint32_t>(at);
  }

  Span absolute(std::uint32_t line_begin, Span span) const { return {line_begin + span.begin, line_begin + span.end}; }

  /// Makes a match fit its edges and max_len, taking a shorter one at the same start where that helps ("5 m" of "5 metres" is "5").
  bool fits(std::string_view view, std::uint32_t line_begin, Span& span) {
    const Span first = span;
    const Edges left = rule_.edges == Edges::word ? Edges::left : rule_.edges == Edges::right ? Edges::none : rule_.edges;
    if (!keeps_edges(text_, absolute(line_begin, first), left)) return refuse("edges", absolute(line_begin, first));
    std::uint32_t end = first.end;
    for (int tries = 0; tries < kShorter; ++tries) {
      if (span.size() > rule_.max_len) {
        end = static_cast<std::uint32_t>(utf8::floor_boundary(view, first.begin + rule_.max_len));
      } else if (keeps_edges(text_, absolute(line_begin, span), rule_.edges)) {
        return true;
      } else {
        end = static_cast<std::uint32_t>(utf8::floor_boundary(view, span.end - 1));
      }
      if (end <= first.begin || !pattern_.find_span(view, {first.begin, end}, Pattern::At::start, span) || span.empty()) break;
    }
    return refuse(first.size() > rule_.max_len ? "max_len" : "edges", absolute(line_begin, first));
  }

  bool refuse(std::string outcome, Span span) {
    if (trace_ != nullptr) trace_->push_back({&rule_, span, std::move(outcome), {}});
    return false;
  }

  /// Where the next hit may start. With a left edge that is never inside a word, so a long word is left at once: linear on "1111...1x".
  std::uint32_t next_start(std::string_view view, std::uint32_t at) const {
    std::uint32_t next = after(view, at);
    if (rule_.edges != Edges::word && rule_.edges != Edges::left) return next;
    while (next < view.size()) {
      std::size_t before = next, behind = next;
      if (!utf8::is_word(utf8::previous(view, before)) || !utf8::is_word(utf8::next(view, behind))) break;
      next = static_cast<std::uint32_t>(behind);
    }
    return next;
  }

  void add(std::uint32_t line_begin, const Pattern::Match& match) {
    Hit hit;
    hit.rule = &rule_;
    hit.span = absolute(line_begin, match.span);
    hit.pattern = index_;
    hit.line = line_;
    hit.groups.reserve(match.groups.size());
    for (const auto& group : match.groups) hit.groups.push_back(group ? std::optional(absolute(line_begin, *group)) : std::nullopt);
    hits_.push_back(std::move(hit));
  }

  const Document& document_;
  const std::string_view text_;
  const std::uint32_t line_;
  const Rule& rule_;
  const Pattern& pattern_;
  const std::uint16_t index_;
  std::vector<Hit>& hits_;
  std::vector<Trace>* trace_;
};

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

  void names(const Gazetteer& gazetteer, const std::vector<const Rule*>& owners, std::uint32_t line, std::vector<Hit>& hits) {
    found_.clear();
    gazetteer.find(document_.text, document_.lines[line], found_);
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
};

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

Result<Matcher> Matcher::build(const Rulebook& rules) {
  auto parts = std::make_unique<Parts>();
  parts->set = make_set();
  parts->gates = make_set();
  for (const auto& rule : rules.rules()) {
    if (rule->status == Status::off) continue;
    if (rule->gazetteer) {
      const bool folded = rule->gazetteer->how() == Fold::case_fold;
      auto& owners = folded ? parts->folded_rules : parts->exact_rules;
      (folded ? parts->folded : parts->exact).add(static_cast<std::uint32_t>(owners.size()), *rule->gazetteer, rule->gazetteer_surfaces);
      owners.push_back(rule.get());
    }
    for (std::uint16_t i = 0; i < rule->patterns.size(); ++i) {
      const Pattern& pattern = *rule->patterns[i];
      const auto gate = pattern.regex().size() > kGateFrom ? gate_of(pattern.regex(), pattern.slots()) : std::nullopt;
      if (gate && gate->weight < kGateWeight) {
        parts->add_gated({{rule.get(), i}, gate->digit}, *gate);
        continue;
      }
      std::string what;
      if (parts->set->Add(pattern.regex(), &what) < 0) {
        return tl::unexpected(Error{"R010", "the pattern of " + rule->id + " is no RE2: " + what, rule->pattern_place, {}, {}});
      }
      parts->entries.push_back({rule.get(), i});
    }
  }
  for (const auto& list : parts->lists) parts->gates->Add(list->gate_regex(), nullptr);
  if ((!parts->entries.empty() && !parts->set->Compile()) || (!parts->lists.empty() && !parts->gates->Compile())) {
    return fail("R030", "all patterns together do not fit 256 MB", "`tearsheet rules check` names the largest ones");
  }
  return Matcher(std::move(parts));
}

std::vector<Hit> Matcher::find(const Document& document, std::vector<Trace>* trace) const {
  std::vector<Hit> hits;
  DocumentFinder finder(document, trace);
  std::vector<int> which;
  std::vector<Parts::Entry> worth;
  for (std::uint32_t line = 0; line < document.lines.size(); ++line) {
    finder.names(parts_->exact, parts_->exact_rules, line, hits);
    finder.names(parts_->folded, parts_->folded_rules, line, hits);
    worth.clear();
    parts_->ask(document.lines[line].of(document.text), which, worth);
    for (const Parts::Entry& entry : worth) finder.pattern(*entry.rule, entry.pattern, line, hits);
  }
  std::sort(hits.begin(), hits.end(), [](const Hit& a, const Hit& b) { return std::tie(a.span, a.rule->id, a.pattern) < std::tie(b.span, b.rule->id, b.pattern); });
  return hits;
}

}  // namespace tearsheet
