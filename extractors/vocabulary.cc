// Vocabulary: the macros and lexicons of a pack, and patterns expanded with them.
#include "extractors/vocabulary.h"

#include <algorithm>
#include <cctype>

#include "base/hash.h"
#include "base/suggest.h"
#include "extractors/pattern.h"

namespace tearsheet {
namespace {

/// `[column=value]`, `[column!=value]`, `[column]`, `[!column]`: rows whose cell is, is not, is not empty, is empty.
struct Filter {
  std::string column, value;
  bool holds = true;
};

/// `%{@name[filter]!:group}` taken apart.
struct Use {
  bool lexicon = false;
  std::string name, group, selection;  // selection: filters and `!` as written
  std::vector<Filter> filters;
  bool plain_only = false;
};

Filter parse_filter(std::string_view text) {
  Filter filter;
  if (text.substr(0, 1) == "!") {
    filter.holds = false;
    text.remove_prefix(1);
  }
  const std::size_t sign = text.find('=');
  filter.column = text.substr(0, sign);
  if (sign == std::string_view::npos) return filter;
  filter.value = text.substr(sign + 1);
  if (!filter.column.empty() && filter.column.back() == '!') {
    filter.holds = false;
    filter.column.pop_back();
  }
  return filter;
}

std::optional<Use> parse_use(std::string_view body) {
  Use use;
  if (body.substr(0, 1) == "@") {
    use.lexicon = true;
    body.remove_prefix(1);
  }
  const auto word = [&body] {
    std::size_t n = 0;
    while (n < body.size() && (std::isalnum(static_cast<unsigned char>(body[n])) != 0 || body[n] == '_')) ++n;
    const std::string out(body.substr(0, n));
    body.remove_prefix(n);
    return out;
  };
  use.name = word();
  const std::string_view selection = body;
  while (use.lexicon && body.substr(0, 1) == "[") {
    const std::size_t close = body.find(']');
    if (close == std::string_view::npos) return std::nullopt;
    use.filters.push_back(parse_filter(body.substr(1, close - 1)));
    body.remove_prefix(close + 1);
  }
  if (use.lexicon && body.substr(0, 1) == "!") {
    use.plain_only = true;
    body.remove_prefix(1);
  }
  use.selection = selection.substr(0, selection.size() - body.size());
  if (body.substr(0, 1) == ":") {
    body.remove_prefix(1);
    use.group = word();
    if (use.group.empty()) return std::nullopt;
  }
  if (use.name.empty() || !body.empty()) return std::nullopt;
  return use;
}

/// The surfaces that a use takes in: without the ambiguous ones for `!`, only those whose row passes all filters.
std::vector<std::uint32_t> select(const Lexicon& lexicon, const Use& use) {
  std::vector<std::uint32_t> out;
  for (std::uint32_t i = 0; i < lexicon.surfaces().size(); ++i) {
    const Surface& surface = lexicon.surfaces()[i];
    const bool passes = std::all_of(use.filters.begin(), use.filters.end(), [&](const Filter& filter) {
      const std::string_view cell = lexicon.cell(surface, filter.column);
      return (filter.value.empty() ? !cell.empty() : cell == filter.value) == filter.holds;
    });
    if (passes && (!use.plain_only || !surface.ambiguous)) out.push_back(i);
  }
  return out;
}

/// Of the rows that stand behind `chosen`, with every cell: what a rule that uses them depends on.
std::uint64_t hash_of(const Lexicon& lexicon, const std::vector<std::uint32_t>& chosen) {
  std::uint64_t hash = lexicon.how() == Fold::case_fold ? 1 : 0;
  std::string row;
  for (const std::string& column : lexicon.columns()) row += column + '\t';
  for (const std::uint32_t i : chosen) {
    const Surface& surface = lexicon.surfaces()[i];
    row += surface.text + (surface.ambiguous ? "?" : "");
    for (const std::string& cell : lexicon.rows()[surface.row]) row += '\t' + cell;
    hash = hash::xxh3(row, hash);
    row.clear();
  }
  return hash;
}

class Expander {
 public:
  Expander(const Vocabulary& words, bool name_all) : words_(words), name_all_(name_all) {}

  tl::expected<Expansion, Flaw> run(std::string_view pattern) {
    if (auto flaw = paste(pattern, 0)) return tl::unexpected(*flaw);
    return std::move(out_);
  }

 private:
  /// Appends `text` with its uses pasted. Pieces are noted on the top level only: within a macro all stands for its use.
  std::optional<Flaw> paste(std::string_view text, int depth) {
    std::size_t at = 0;
    while (at < text.size()) {
      const std::size_t open = std::min(text.find("%{", at), text.size());
      note(depth, at, open, false, [&] { out_.regex += text.substr(at, open - at); });
      if (open == text.size()) break;
      const std::size_t close = text.find('}', open);
      const Span where = span(open, close == std::string_view::npos ? text.size() : close + 1);
      if (close == std::string_view::npos) return flaw("R012", "%{ is not closed", where, "no }");
      const auto use = parse_use(text.substr(open + 2, close - open - 2));
      if (!use) return flaw("R012", "this is no %{name}, %{name:group}, %{@lexicon} or %{@lexicon[column=value]!:group}", where, "");
      std::optional<Flaw> wrong;
      note(depth, open, close + 1, true, [&] {
        wrong = use->lexicon ? paste_lexicon(*use, where, depth == 0 && open == 0 && close + 1 == text.size()) : paste_macro(*use, where, depth);
      });
      if (wrong) {
        if (depth > 0 && wrong->remark.substr(0, 17) != "within this macro") wrong->remark = "within this macro" + (wrong->remark.empty() ? "" : "; " + wrong->remark);
        wrong->where = where;
        return wrong;
      }
      if (out_.regex.size() > kMaxExpanded) return flaw("R009", "the expanded pattern is larger than 64 KB", where, "too large from here on");
      at = close + 1;
    }
    return std::nullopt;
  }

  template <class Paste>
  void note(int depth, std::size_t begin, std::size_t end, bool pasted, Paste how) {
    const auto out_begin = static_cast<std::uint32_t>(out_.regex.size());
    how();
    if (depth == 0 && end > begin) out_.pieces.push_back({{out_begin, static_cast<std::uint32_t>(out_.regex.size())}, span(begin, end), pasted});
  }

  std::optional<Flaw> paste_macro(const Use& use, Span where, int depth) {
    const std::string* body = words_.macro(use.name);
    if (body == nullptr) {
      return flaw("R006", "no macro is called " + use.name, where, did_you_mean(use.name, words_.macro_names()),
                  "macros are declared under `macros:` of any file of the pack; lexicons are written %{@" + use.name + "}");
    }
    if (depth >= kMaxNesting) return flaw("R008", "macros are nested deeper than 16, or in a circle", where, "");
    out_.used.push_back(use.name);
    out_.regex += use.group.empty() ? "(?:" : "(?P<" + use.group + ">";
    if (auto wrong = paste(*body, depth + 1)) return wrong;
    out_.regex += ')';
    return std::nullopt;
  }

  std::optional<Flaw> paste_lexicon(const Use& use, Span where, bool whole) {
    const auto lexicon = words_.lexicon(use.name);
    if (!lexicon) {
      std::string remark = suggest(use.name, words_.lexicon_names());
      if (!remark.empty()) remark = "did you mean @" + remark + "?";
      return flaw("R007", "no lexicon is called " + use.name, where, remark,
                  "lexicons are declared at the top of the file; `tearsheet rules show --lexicons` lists them");
    }
    const auto& columns = lexicon->columns();
    for (const Filter& filter : use.filters) {
      if (std::find(columns.begin(), columns.end(), filter.column) != columns.end()) continue;
      return flaw("R012", "the lexicon " + use.name + " has no column " + filter.column, where, did_you_mean(filter.column, columns));
    }
    auto chosen = select(*lexicon, use);
    if (chosen.empty()) return flaw("R012", "no row of the lexicon " + use.name + " is left here", where, "");
    out_.used.push_back("@" + use.name);
    std::string group = use.group;
    if (group.empty() && name_all_) group = "_" + use.name + (out_.lexicons.empty() ? "" : std::to_string(out_.lexicons.size()));
    const std::uint64_t rows = group.empty() && !whole ? 0 : hash_of(*lexicon, chosen);
    if (!group.empty()) out_.lexicons.push_back({group, lexicon, use.name, 0, rows});
    const bool fits = chosen.size() <= kMaxAlternation;
    if (!fits && !whole) {
      return flaw("R011", "the lexicon " + use.name + " has " + std::to_string(chosen.size()) + " surfaces; over " + std::to_string(kMaxAlternation) + " it can only be the whole pattern", where, "",
                  "write '%{@" + use.name + ":name}' as a rule of its own, and ask for it with `near: { entity: ... }`");
    }
    if (fits) {
      out_.regex += group.empty() ? "" : "(?P<" + group + ">";
      const auto& words = words_of(use, *lexicon, chosen);
      const auto begin = static_cast<std::uint32_t>(out_.regex.size());
      out_.regex += words->regex();
      out_.slots.push_back({{begin, static_cast<std::uint32_t>(out_.regex.size())}, words});
      out_.regex += group.empty() ? "" : ")";
    }
    if (whole) {
      out_.whole = lexicon;
      out_.whole_group = group;
      out_.whole_rows = rows;
      out_.whole_surfaces = std::move(chosen);
    }
    return std::nullopt;
  }

  const std::shared_ptr<const Alternatives>& words_of(const Use& use, const Lexicon& lexicon, const std::vector<std::uint32_t>& chosen) {
    auto& made = words_.alternatives[{&lexicon, use.selection}];
    if (!made) made = std::make_shared<const Alternatives>(lexicon, chosen);
    return made;
  }

  static Span span(std::size_t begin, std::size_t end) { return {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end)}; }
  static Flaw flaw(std::string code, std::string what, Span where, std::string remark, std::string help = {}) {
    return Flaw{std::move(code), std::move(what), where, std::move(remark), std::move(help)};
  }

  const Vocabulary& words_;
  bool name_all_;
  Expansion out_;
};

}  // namespace

Span Expansion::source_of(std::size_t at, std::size_t length) const {
  for (const Piece& piece : pieces) {
    if (at < piece.out.begin || at >= piece.out.end) continue;
    if (piece.pasted) return piece.source;
    const auto begin = static_cast<std::uint32_t>(piece.source.begin + (at - piece.out.begin));
    return {begin, std::min(static_cast<std::uint32_t>(begin + length), piece.source.end)};
  }
  return pieces.empty() ? Span{} : Span{0, pieces.back().source.end};
}

const std::string* Vocabulary::macro(std::string_view name) const {
  const auto at = macros.find(name);
  if (at != macros.end()) return &at->second;
  return below == nullptr ? nullptr : below->macro(name);
}

std::shared_ptr<const Lexicon> Vocabulary::lexicon(std::string_view name) const {
  const auto at = lexicons.find(name);
  if (at != lexicons.end()) return at->second;
  return below == nullptr ? nullptr : below->lexicon(name);
}

std::vector<std::string> Vocabulary::macro_names() const {
  std::vector<std::string> names = below == nullptr ? std::vector<std::string>{} : below->macro_names();
  for (const auto& [name, body] : macros) names.push_back(name);
  return names;
}

std::vector<std::string> Vocabulary::lexicon_names() const {
  std::vector<std::string> names = below == nullptr ? std::vector<std::string>{} : below->lexicon_names();
  for (const auto& [name, lexicon] : lexicons) names.push_back(name);
  return names;
}

tl::expected<Expansion, Flaw> expand(std::string_view pattern, const Vocabulary& words, bool name_all) { return Expander(words, name_all).run(pattern); }

}  // namespace tearsheet
