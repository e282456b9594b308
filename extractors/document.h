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

/// An article prepared for matching. Built once per article, then const. Views into the article, which must outlive it.
struct Document {
  const Article* article = nullptr;
  std::string_view text;
  std::vector<Span> lines;       // the pieces that patterns run on: blocks cut at line breaks, in order; never across blocks
  std::vector<Span> sentences;   // for guards only; they cover the lines
  std::vector<Span> urls;        // URLs, e-mail addresses, file names, @handles: guard `inside: url`
  std::optional<Date> reference; // the article's own published date, else the caller's
  bool decimal_comma = false;    // this document writes 1.234,5
  std::string country;           // ISO 3166 of publisher or domain; empty when not known

  Span sentence_of(std::uint32_t offset) const;   // the sentence that holds `offset` (its line, when none does)
  Span paragraph_of(std::uint32_t offset) const;  // the block
  Use use_of(std::uint32_t offset) const;
  /// The nearest date to anchor on at `offset`: a related item's own date inside its block, else `reference`.
  std::optional<Date> reference_at(std::uint32_t offset) const;
};

/// Prepares an article. `reference` is --date, used only where the article has no date. Cost: one pass over the text.
Document prepare(const Article& article, const std::optional<Date>& reference = std::nullopt);

}  // namespace tearsheet
