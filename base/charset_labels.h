// Charset labels: the names the web gives to encodings, and what ICU calls them.
#pragma once

#include <string_view>

namespace tearsheet::charset {

/// One encoding of the WHATWG Encoding Standard.
struct Encoding {
  std::string_view name;    // the standard's name, lower case
  const char* icu;          // ICU's converter that decodes it
  std::string_view labels;  // lower case, parted by single spaces; `name` is among them
};

/// The encoding a label means ("latin1", " UTF8 "), or null. Case and white space around it do not matter. Never allocates.
const Encoding* find_encoding(std::string_view label);

}  // namespace tearsheet::charset
