// Pattern parts: a pattern as written, taken apart.
#pragma once

#include <cstddef>
#include <string_view>
#include <vector>

#include "tearsheet/span.h"

namespace tearsheet {

/// Behind the atom that begins at `at`: a letter, an escape, a class, a group, a `%{...}`. And behind the quantifiers that follow one.
std::size_t atom_end(std::string_view pattern, std::size_t at);
std::size_t quantifier_end(std::string_view pattern, std::size_t at);

/// The alternatives of a pattern, each a row of parts with their quantifiers; a word is one part. A pattern that is one group is taken apart inside.
std::vector<std::vector<Span>> parts_of(std::string_view pattern);

}  // namespace tearsheet
