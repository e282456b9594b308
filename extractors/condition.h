// Condition: near, preceded_by, followed_by, inside: guards that look around one hit.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "extractors/document.h"
#include "extractors/rule.h"

namespace tearsheet {

/// A mention that another rule has found, for `near: { entity: company }`.
struct Entity {
  Span span;
  std::string_view type;
};

/// What a condition found where it holds.
struct Held {
  const Condition* condition = nullptr;
  const Test* test = nullptr;                       // of the values below; null for `inside` and entities
  Span span;
  std::vector<std::optional<Span>> groups;
  std::uint32_t surface = UINT32_MAX;               // gazetteer: index into the lexicon's surfaces()
};

/// What guards look at, for one article in one thread.
struct Surroundings {
  const Document& document;
  std::vector<Entity> entities;                                          // sorted by place; empty in the first round
  std::unordered_map<const Test*, std::optional<Held>> article_wide;     // so that `within: article` reads the article once
};

/// Tries one condition on the hit `span`. Looks at most 400 bytes away for words, at the sentence, at 16 KB of the paragraph to each side, or at the
/// article, and never into the hit itself.
std::optional<Held> holds(const Condition& condition, Span span, Surroundings& around);

/// What a field of a `set:` entry is filled with: the literal, or for '%{@lexicon}', '%{@lexicon.column}' and '%{group}' what stood in the text.
Scalar filled(const Scalar& wanted, const Held& held, std::string_view text);

/// True when `span` of `text` keeps the edges: no letter or digit directly outside of an end that is itself a letter or digit, and no number cut in two at a
/// point or comma ("12.5" of "12.5.2023").
bool keeps_edges(std::string_view text, Span span, Edges edges);

}  // namespace tearsheet
