// HTML select: elements of a page by a selector, a small part of CSS.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "pipeline/parse/html_page.h"

namespace tearsheet {

/// One selector: steps of `tag`, `#id`, `.class`, `[name]`, `[name=value]` in any mix, parted by blanks (anywhere below) or `>`
/// (right below). `@name` at the end asks for an attribute instead of the words: "article header time@datetime".
struct Selector {
  struct Step {
    std::string tag, id;  // lower case tag; empty = any
    std::vector<std::string> classes;
    std::vector<std::pair<std::string, std::optional<std::string>>> attributes;
    bool child = false;  // right below the step before
  };
  std::vector<Step> steps;
  std::string attribute;
};

/// Reads a selector; nothing where it is none (empty, an unclosed bracket, a sign that means nothing here).
std::optional<Selector> read_selector(std::string_view text);

/// The elements that fit, in document order. The page must keep class and id as they were. Cost: nodes by steps.
std::vector<std::uint32_t> select(const Page& page, const Selector& selector);

/// What the first element that fits says, by its words or its attribute; "" where none does.
std::string select_text(const Page& page, const std::vector<Selector>& selectors);

}  // namespace tearsheet
