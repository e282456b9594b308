// Front keys: what the keys of front matter mean, in all their spellings.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace tearsheet {

enum class Role : std::uint8_t {
  title,
  subtitle,
  excerpt,
  published,
  modified,
  author,
  publisher,
  domain,
  url,
  language,
  topics,
  section,
  image,
  place,
  related,
  body,
  paywall
};

/// The key in lower case, without '_', '-', '.', ':' and blanks: "Published_At" -> "publishedat".
std::string plain_key(std::string_view key);

/// Place of a key in the table, nothing for an unknown one. Among keys of one role the lower rank is the more exact.
std::optional<std::size_t> rank_of(std::string_view key);
Role role_of(std::size_t rank);

}  // namespace tearsheet
