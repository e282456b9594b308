// Split: one block to two where two uses share a line.
#pragma once

#include <cstdint>
#include <string_view>

#include "tearsheet/article.h"

namespace tearsheet {

/// Cuts block `index` at byte `at` of the text, strictly inside it; blanks at the cut belong to neither part. Both parts keep
/// kind, level and use. False where one part would be empty.
bool split_block(Article& article, std::size_t index, std::uint32_t at);

/// The words of a block.
std::string_view words_of(const Article& article, const Block& block);

/// Letters and digits only, ASCII in lower case: equal for words that differ in signs, blanks and capitals. For comparing within
/// one article.
std::uint64_t key_of(std::string_view words);

/// The last code point before closing quotes and brackets; 0 for none.
char32_t last_letter(std::string_view words);
/// True for '.', '!', '?' and their kin.
bool is_full_stop(char32_t c);

}  // namespace tearsheet
