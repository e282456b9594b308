// Reader: C++ behind a rule where an expression will not do: dates, currencies, companies.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/document.h"
#include "extractors/rule.h"
#include "tearsheet/mention.h"

namespace tearsheet {

class Rulebook;

/// A row of a lexicon, with the surface that led to it.
struct LexiconRow {
  const Lexicon* lexicon = nullptr;
  const Surface* surface = nullptr;

  explicit operator bool() const { return surface != nullptr; }
  std::string_view value() const { return surface == nullptr ? std::string_view{} : lexicon->value(*surface); }
  std::string_view cell(std::string_view column) const { return surface == nullptr ? std::string_view{} : lexicon->cell(*surface, column); }
};

/// One match of a rule's pattern, before it is a mention. Spans point into Document::text.
struct Hit {
  const Rule* rule = nullptr;
  Span span;
  std::uint16_t pattern = 0;                       // which of `any:`
  std::uint32_t line = 0;                          // index into Document::lines
  std::vector<std::optional<Span>> groups;         // by Pattern's group number - 1
  const Surface* surface = nullptr;                // gazetteer hits: the row's surface

  /// The named group's span, or nothing when it took no part.
  std::optional<Span> group(std::string_view name) const;
  /// The named group's words, or "".
  std::string_view text(std::string_view name, std::string_view document) const;
  /// The lexicon row behind the named group, or {null, null}.
  LexiconRow row(std::string_view name, std::string_view document) const;
};

/// A mention on its way: it may still lose to another or be changed by its reader.
struct Candidate {
  Mention mention;
  const Rule* rule = nullptr;
  const Surface* surface = nullptr;   // the lexicon row behind it, if one
  std::shared_ptr<const void> carry;  // what its reader's read() leaves for its own settle(); nobody else looks inside
  bool proven = true;                 // false: kept only if the reader's expand() or settle() finds proof (ambiguous names)
};

/// What a type knows that a pattern cannot say. Built once per Rulebook, then const; all methods are safe from any thread.
/// No state outlives a call: documents must not see each other.
class Reader {
 public:
  virtual ~Reader() = default;

  /// One hit that has passed edges, emit, where and guards. `candidate` holds what `emit` and `set` gave. Appends what it makes of it: nothing
  /// (the hit is refused), the candidate itself, changed or not, or several. A refusal may say why in `refused`.
  virtual void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out, std::string* refused) const = 0;

  /// After all hits of all types, before overlap: may add candidates (names carried through the document) or drop some (proven = false).
  virtual void expand(const Document&, std::vector<Candidate>&) const {}

  /// After overlap: may complete fields of this reader's own type (currency by evidence, dates made absolute), seeing all that was kept, and may
  /// remove candidates by clearing `mention.type`.
  virtual void settle(const Document&, std::vector<Candidate>& kept) const { (void)kept; }
};

/// The one table of readers (registry.cc): name, help, what makes it. A new reader is a new room and one row.
struct ReaderRow {
  std::string_view name;
  std::string_view help;
  Result<std::unique_ptr<Reader>> (*make)(const Rulebook&);
};

}  // namespace tearsheet
