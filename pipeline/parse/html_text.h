// HTML text: the words of a page without a tree, for pages that would break a tree builder and for HTML inside Markdown.
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// One string for each stretch of words between block tags, blanks collapsed, entities decoded. Scripts, styles, comments, forms'
/// options and the head are passed over; inline tags part no words. Cost: linear, whatever the page; never builds a tree.
std::vector<std::string> lines_of_html(std::string_view html);
/// The same, at most `at_most` bytes of it; `whole` says whether that was all.
std::vector<std::string> lines_of_html(std::string_view html, std::size_t at_most, bool& whole);

}  // namespace tearsheet
