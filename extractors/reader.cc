// Reader: what a hit says about its groups.
#include "extractors/reader.h"

#include "extractors/pattern.h"

namespace tearsheet {

std::optional<Span> Hit::group(std::string_view name) const {
  if (surface != nullptr) return name == rule->gazetteer_group ? std::optional(span) : std::nullopt;
  const int index = rule->patterns[pattern]->group(name);
  return index < 0 ? std::nullopt : groups[static_cast<std::size_t>(index)];
}

std::string_view Hit::text(std::string_view name, std::string_view document) const {
  const auto at = group(name);
  return at ? at->of(document) : std::string_view{};
}

LexiconRow Hit::row(std::string_view name, std::string_view document) const {
  if (surface != nullptr) return name == rule->gazetteer_group ? LexiconRow{rule->gazetteer.get(), surface} : LexiconRow{};
  for (const LexiconGroup& known : rule->lexicons) {
    if (known.group != name || known.pattern != pattern) continue;
    const auto at = group(name);
    const Surface* row = at ? known.lexicon->find(at->of(document)) : nullptr;
    if (row != nullptr) return {known.lexicon.get(), row};
  }
  return {};
}

}  // namespace tearsheet
