// Name run: how far a name reaches from a clue: left of "Inc.", around "Ministry", behind "chipmaker".
#pragma once

#include <optional>
#include <string_view>

#include "extractors/document.h"
#include "extractors/name_lists.h"
#include "tearsheet/span.h"

namespace tearsheet {

/// A stretch of capitalised words that may be a name.
struct Run {
  Span span;
  int words = 0;
  bool generic = true;  // all its words are shared by many names
  bool where = true;    // all its words are countries or places
  bool plain_number = true;  // nothing but digits
};

/// The run that ends before `at`: capitalised words, initials, "&", and "of", "and", "de" where names have them. At most 8 words; stops at words that open
/// sentences and at posts. `closes`: the word that follows closes a name ("Inc."), so that "Marston's PLC" and "S and T Corp." hold together.
std::optional<Run> run_before(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, bool closes);

/// The run that begins behind `at`, of at most `most` words.
std::optional<Run> run_after(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, int most);

/// The end of "of Economy, Trade and Industry" behind a head word; `at` itself when nothing fits. A list with commas counts only when "and" closes it.
/// `joins`: whether "and" may join two names of one body ("Ministry of Food and Agriculture").
std::uint32_t of_phrase(const NameLists& lists, std::string_view text, Span line, std::uint32_t at, bool joins);

}  // namespace tearsheet
