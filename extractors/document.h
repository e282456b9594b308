// Document: an article as the extractors see it: lines, sentences, uses, and what was decided once for all of it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/article.h"
#include "tearsheet/span.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// An article prepared for matching. Made for one article in one thread; views into the article, which must outlive it.
/// What only guards need (sentences) is worked out when first asked for.
class Document {
 public:
  const Article* article = nullptr;
  std::string_view text;
  std::vector<Span> lines;                 // the pieces that patterns run on: blocks cut at line breaks, in order; never across blocks, at most 32 KB
  std::vector<std::uint32_t> line_blocks;  // the block of each line
  std::optional<Date> reference;           // the article's own published date, else the caller's
  bool decimal_comma = false;              // this document writes 1.234,5
  std::string country;                     // ISO 3166 of the domain; empty when not known

  /// Sentences, in order, never across lines. For guards and readers, never for matching.
  const std::vector<Span>& sentences() const;
  Span sentence_of(std::uint32_t offset) const;   // the sentence that holds `offset` (its line, when none does)
  Span line_of(std::uint32_t offset) const;       // the line that holds `offset`; empty when none does
  Span paragraph_of(std::uint32_t offset) const;  // the block
  Use use_of(std::uint32_t offset) const;
  /// True when `span` stands in a URL, an e-mail address, a file name or an @handle. Looks at the run of non-blanks around it only.
  bool inside_url(Span span) const;
  /// True between quotation marks, looking left and right in the line; true between brackets at most 400 bytes away.
  bool inside_quote(Span span) const;
  bool inside_bracket(Span span) const;
  /// The nearest date to anchor on at `offset`: a related item's own date inside its block, else `reference`.
  std::optional<Date> reference_at(std::uint32_t offset) const;

 private:
  mutable std::optional<std::vector<Span>> sentences_;
};

/// Prepares an article. `reference` is --date, used only where the article has no date. Cost: one pass over the text.
Document prepare(const Article& article, const std::optional<Date>& reference = std::nullopt);

}  // namespace tearsheet
