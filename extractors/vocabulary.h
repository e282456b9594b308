// Vocabulary: the macros and lexicons of a pack, and patterns expanded with them.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/capture.h"
#include "extractors/lexicon.h"
#include "extractors/rule.h"
#include "tearsheet/error.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// Something wrong within a piece of text that a rule file holds: a pattern, an expression. `where` counts bytes of that text.
struct Flaw {
  std::string code;
  std::string what;
  Span where;
  std::string remark;  // stands behind the caret
  std::string help;
};

/// A pattern with every `%{...}` pasted.
struct Expansion {
  std::string regex;
  std::vector<Piece> pieces;
  std::vector<WordsSlot> slots;                // where lexicons stand in `regex`, in order
  std::vector<LexiconGroup> lexicons;     // every lexicon that stands behind a group
  std::vector<std::string> used;          // names of macros ("gap") and lexicons ("@scale") at any depth
  // Set when the pattern is one lexicon and nothing else: the surfaces to look for.
  std::shared_ptr<const Lexicon> whole;
  std::vector<std::uint32_t> whole_surfaces;  // indices into whole->surfaces()
  std::string whole_group;
  std::uint64_t whole_rows = 0;               // hash of those rows

  /// The place in the pattern as written that gave byte `at` of `regex`.
  Span source_of(std::size_t at, std::size_t length) const;
};

inline constexpr std::size_t kMaxAlternation = 1'500;   // surfaces; more make a gazetteer
inline constexpr std::size_t kMaxExpanded = 64 << 10;   // bytes of one expanded pattern
inline constexpr int kMaxNesting = 16;                  // macros within macros

/// What `%{name}` and `%{@name}` stand for in the files of one pack.
struct Vocabulary {
  const Vocabulary* below = nullptr;  // of the pack that this one extends
  std::map<std::string, std::string, std::less<>> macros;
  std::map<std::string, std::shared_ptr<const Lexicon>, std::less<>> lexicons;
  mutable std::map<std::pair<const Lexicon*, std::string>, std::shared_ptr<const Alternatives>> alternatives;  // by lexicon and filter; made once a load

  const std::string* macro(std::string_view name) const;
  std::shared_ptr<const Lexicon> lexicon(std::string_view name) const;
  std::vector<std::string> macro_names() const;
  std::vector<std::string> lexicon_names() const;
};

/// Pastes macros and lexicons into `pattern`. `name_all`: lexicons without a group get one ("_scale"), so that conditions can look their match up.
/// A lexicon of over 1,500 surfaces that is the whole pattern gives no regex: the caller looks `whole` up.
/// Fails with R006 (no such macro), R007 (no such lexicon), R008 (nested too deep), R009 (too large), R011 (lexicon too large here), R012 (`%{` not closed,
/// unknown column).
tl::expected<Expansion, Flaw> expand(std::string_view pattern, const Vocabulary& words, bool name_all = false);

}  // namespace tearsheet
