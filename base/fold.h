// Folding: the key under which words of different case and width meet.
#pragma once

#include <string>
#include <string_view>

namespace tearsheet {

/// How a lexicon compares words.
enum class Fold { none, case_fold };

/// NFKC, runs of white space (NBSP too) to one space, ends trimmed; with case_fold NFKC_Casefold, which is full case folding
/// without default-ignorable characters (soft hyphens, joiners). `text` is UTF-8. ASCII takes a fast path.
std::string fold(std::string_view text, Fold how);

/// Case folding, no accents (on letters below U+3000), letters and digits only, single spaces: for comparing titles and names.
/// Apostrophes vanish ("Japan's" is "japans"); any other character parts words. Ends trimmed.
std::string squash(std::string_view text);

/// ASCII lower case; other bytes as they are.
std::string lower_ascii(std::string_view text);
/// Without leading and trailing white space (Unicode).
std::string_view trim(std::string_view text);
bool equals_ignoring_case(std::string_view a, std::string_view b);  // ASCII

}  // namespace tearsheet
