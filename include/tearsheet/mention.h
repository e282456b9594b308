// Mention: a stretch of text that says a value. Link: two mentions that say the same.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "tearsheet/span.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// One value found in an article. Fields are a flat named list (DESIGN.md holds the list by type).
struct Mention {
  Span span;
  std::string type;         // money, percent, date, ...
  Fields fields;
  std::string rule;         // id@version#hash of the rule that read it
  double confidence = 0;    // 0..1
  std::uint32_t block = 0;  // index into Article::blocks

  bool operator==(const Mention&) const = default;
};

/// Two mentions and how they belong together. `from` and `to` index Reading::mentions.
struct Link {
  std::string kind;  // same_amount, same_company
  std::uint32_t from = 0;
  std::uint32_t to = 0;
  std::string why;

  bool operator==(const Link&) const = default;
};

}  // namespace tearsheet
