// Pattern: the door to RE2: one expanded pattern, compiled when it is first run.
#include "extractors/pattern.h"

#include <re2/re2.h>
#include <re2/set.h>

#include <array>
#include <cassert>
#include <cctype>

namespace tearsheet {
namespace {

constexpr std::int64_t kRuleMemory = 64 << 20;  // a budget, not an allocation; the default of 8 MB falls off a cliff (PEERS: 9.5 against 250 MB/s)
constexpr std::size_t kMaxGroups = 24;          // rule_parse refuses more
constexpr std::size_t kCutFrom = 600;           // bytes; smaller patterns find their groups fast enough
constexpr std::size_t kMaxCut = 512;            // cut-down patterns kept, about 10 KB each

RE2::Options options() {
  RE2::Options o(RE2::Quiet);
  o.set_max_mem(kRuleMemory);
  return o;
}

/// True for `(...){40}`, `[..]{0,400}`: counts that multiply the program. Without them it is about as large as the pattern and always fits the budget.
bool has_wide_count(std::string_view regex) {
  for (std::size_t i = 1; i + 2 < regex.size(); ++i) {
    if (regex[i] != '{' || regex[i - 1] == 'x' || regex[i - 1] == 'p' || regex[i - 1] == 'P') continue;  // \x{2010}, \p{Greek}
    const int limit = regex[i - 1] == ')' ? 8 : 100;
    int count = 0;
    for (std::size_t k = i + 1; k < regex.size() && (std::isdigit(static_cast<unsigned char>(regex[k])) != 0 || regex[k] == ','); ++k) {
      count = regex[k] == ',' ? 0 : count * 10 + (regex[k] - '0');
      if (count > limit) return true;
    }
  }
  return false;
}

/// True for the Kelvin sign and the long s: their other case is ASCII, which a comparison of bytes does not see.
bool has_rare_case(std::string_view text) { return text.find("\u212A") != std::string_view::npos || text.find("\u017F") != std::string_view::npos; }

std::vector<std::string> group_names(std::string_view regex) {
  std::vector<std::string> names;
  for (std::size_t i = 0; i < regex.size(); ++i) {
    if (regex[i] == '\\') {
      ++i;
    } else if (regex[i] == '[') {
      i = class_end(regex, i);
    } else if (regex[i] == '(' && regex.substr(i + 1, 1) != "?") {
      names.emplace_back();
    } else if (regex.substr(i, 4) == "(?P<") {
      names.emplace_back(regex.substr(i + 4, regex.find('>', i) - i - 4));
    }
  }
  return names;
}

/// The pattern with one letter for each slot.
std::string skeleton(const std::string& regex, const std::vector<WordsSlot>& slots) {
  std::string out;
  std::size_t at = 0;
  for (const WordsSlot& slot : slots) {
    out.append(regex, at, slot.where.begin - at).append("(?:x)");
    at = slot.where.end;
  }
  return out.append(regex, at);
}

}  // namespace

std::size_t class_end(std::string_view regex, std::size_t at) {
  std::size_t i = at + 1;
  if (i < regex.size() && regex[i] == '^') ++i;
  if (i < regex.size() && regex[i] == ']') ++i;
  for (; i < regex.size() && regex[i] != ']'; ++i) {
    if (regex[i] == '\\') ++i;
    if (regex.substr(i, 2) == "[:") {
      const std::size_t close = regex.find(":]", i + 2);
      if (close != std::string_view::npos) i = close + 1;
    }
  }
  return i;
}

std::optional<Pattern::Problem> Pattern::check(const std::string& regex, const std::vector<WordsSlot>& slots) {
  const std::string bare = skeleton(regex, slots);
  std::string what;
  if (!has_wide_count(bare)) {
    RE2::Set parser(options(), RE2::UNANCHORED);
    if (parser.Add(bare, &what) >= 0) return std::nullopt;
  }
  const RE2 re(regex, options());
  if (re.ok() && what.empty()) return std::nullopt;
  return Problem{re.ok() ? what : re.error(), re.error_arg()};
}

Pattern::Pattern(std::string regex, std::vector<WordsSlot> slots) : regex_(std::move(regex)), slots_(std::move(slots)), groups_(group_names(regex_)) {}
Pattern::~Pattern() = default;

const re2::RE2& Pattern::compiled() const {
  std::call_once(once_, [this] { re_ = std::make_unique<RE2>(regex_, options()); });
  assert(re_->ok());  // check() has seen it
  return *re_;
}

bool Pattern::run(const RE2& re, std::string_view text, Span window, At at, std::size_t groups, Match& match) const {
  constexpr std::array kAnchor = {RE2::UNANCHORED, RE2::ANCHOR_START, RE2::ANCHOR_BOTH};
  std::array<re2::StringPiece, kMaxGroups + 1> pieces;
  const re2::StringPiece piece(text.data(), window.end);
  if (!re.Match(piece, window.begin, window.end, kAnchor[static_cast<std::size_t>(at)], pieces.data(), static_cast<int>(groups) + 1)) return false;
  const auto span_of = [&](const re2::StringPiece& p) {
    const auto begin = static_cast<std::uint32_t>(p.data() - text.data());
    return Span{begin, begin + static_cast<std::uint32_t>(p.size())};
  };
  match.span = span_of(pieces[0]);
  match.groups.assign(groups, std::nullopt);
  for (std::size_t i = 0; i < groups; ++i) {
    if (pieces[i + 1].data() != nullptr) match.groups[i] = span_of(pieces[i + 1]);
  }
  return true;
}

bool Pattern::find(std::string_view text, Span window, At at, Match& match) const {
  return run(compiled(), text, window, at, std::min(groups_.size(), kMaxGroups), match);
}

bool Pattern::find_span(std::string_view text, Span window, At at, Span& span) const {
  Match match;
  if (!run(compiled(), text, window, at, 0, match)) return false;
  span = match.span;
  return true;
}

bool Pattern::is_small() const { return regex_.size() <= kCutFrom; }

void Pattern::capture(std::string_view text, Span span, Match& match) const {
  const std::size_t groups = std::min(groups_.size(), kMaxGroups);
  match.span = span;
  match.groups.clear();
  if (groups == 0) return;
  if (regex_.size() > kCutFrom && !slots_.empty() && !has_rare_case(span.of(text))) {
    const RE2* re = cut_down(span.of(text));
    if (re != nullptr && run(*re, text, span, At::whole, groups, match)) return;
  }
  run(compiled(), text, span, At::whole, groups, match);
}

Pattern::Near Pattern::near(std::string_view stretch) const {
  if (is_small() || slots_.empty() || has_rare_case(stretch)) return {*this, compiled()};
  const RE2* re = cut_down(stretch);
  return {*this, re == nullptr ? compiled() : *re};
}

bool Pattern::Near::find(std::string_view text, Span window, Match& match) const {
  return pattern_.run(re_, text, window, At::start, std::min(pattern_.groups_.size(), kMaxGroups), match);
}

bool Pattern::Near::find_span(std::string_view text, Span window, Span& span) const {
  Match match;
  if (!pattern_.run(re_, text, window, At::start, 0, match)) return false;
  span = match.span;
  return true;
}

/// The pattern cut down to the words of a match; null when too many different ones have been asked for, or when it does not compile.
const RE2* Pattern::cut_down(std::string_view words) const {
  const CutDown cut(regex_, slots_);
  const std::string key = cut.key(words);
  {
    const std::shared_lock lock(cut_lock_);
    if (const auto at = cut_.find(key); at != cut_.end()) return at->second.get();
    if (cut_.size() >= kMaxCut) return nullptr;
  }
  RE2::Options small(RE2::Quiet);
  auto made = std::make_unique<RE2>(cut.regex(key), small);
  if (!made->ok()) made.reset();
  const std::unique_lock lock(cut_lock_);
  return cut_.emplace(key, std::move(made)).first->second.get();
}

int Pattern::group(std::string_view name) const {
  for (std::size_t i = 0; i < groups_.size(); ++i) {
    if (groups_[i] == name) return static_cast<int>(i);
  }
  return -1;
}

bool Pattern::matches_empty() const { return RE2::FullMatch("", compiled()); }

int Pattern::program_size() const { return compiled().ProgramSize(); }

std::string escape_regex(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (std::string_view(R"(\.+*?()|[]{}^$-/#&~'")").find(c) != std::string_view::npos) out += '\\';
    out += c;
  }
  return out;
}

}  // namespace tearsheet
