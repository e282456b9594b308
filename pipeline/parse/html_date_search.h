// HTML date search: dates in lines, addresses and the data of scripts.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "base/date_text.h"

namespace tearsheet {

struct PlacedDate {
  DateText date;
  std::size_t at = 0;  // byte of its first word in the line
};

/// The first date in a line of at most 300 bytes: the longest run of words that is one, from the leftmost place. A bare number is
/// none; with dots between its numbers the day comes first everywhere. Cost: words of the line, and only where a year may be in
/// it.
std::optional<PlacedDate> find_date(std::string_view line);

/// ".../2023/01/06/...", ".../2023-01-06-...": a date of the URL's path. ".../20230106-..." is often the number of a thing that
/// is older than the page: only where `compact` asks for it.
std::optional<Date> date_of_url(std::string_view url, bool compact);

/// The value behind "datePublished" (or its kin) in the data that a page's own scripts are fed with, quotes escaped or not; ""
/// where there is none. It is not checked to be a date.
std::string date_in_data(std::string_view data);

}  // namespace tearsheet
