// Name rows: the names of one type that the shipped rules find in a text, for tests of names.
#pragma once

#include <string>
#include <string_view>

#include "tests/extractors/rule_folder.h"

namespace tearsheet::testing {

/// One text and the names of a type it must give, as "words=id" parted by " | "; words alone where the list knows no id.
struct NameRow {
  std::string_view why, text, want;
};

inline const Extractor& shipped_rules() {
  static const Extractor extractor = open_rules({std::string(TEARSHEET_SOURCE_DIR) + "/rules"});
  return extractor;
}

/// The names of `type` in `text`, one block a line, as NameRow::want writes them.
inline std::string names_of(std::string_view type, std::string_view text) {
  const Article article = article_of(std::string(text));
  std::string out;
  for (const Mention& mention : shipped_rules().extract(article, std::nullopt)) {
    if (mention.type != type) continue;
    const std::string_view id = text_of(mention.fields, "id");
    out += (out.empty() ? "" : " | ") + std::string(mention.span.of(article.text)) + (id.empty() ? "" : "=" + std::string(id));
  }
  return out;
}

}  // namespace tearsheet::testing
