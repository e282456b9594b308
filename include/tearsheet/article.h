// Article: one text cut into blocks, with what is known about it.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/blob.h"
#include "tearsheet/error.h"
#include "tearsheet/span.h"
#include "tearsheet/value.h"

namespace tearsheet {

/// What a block is by its markup or shape.
enum class Kind : std::uint8_t { title, heading, paragraph, item, quote, caption, cell };
/// What a block is for. `repeat` says what another block has said already.
enum class Use : std::uint8_t { body, title, excerpt, byline, dateline, caption, repeat, related, boilerplate };

std::string_view to_string(Kind kind);
std::string_view to_string(Use use);
std::optional<Use> use_from(std::string_view name);
/// True for the uses that are the article's own words: body, title, excerpt, byline, dateline.
bool is_own(Use use);

/// One paragraph, heading, item. Blocks are in text order, do not overlap, and together hold every
/// byte of the text that is not white space between blocks.
struct Block {
  Span span;
  Kind kind = Kind::paragraph;
  Use use = Use::body;
  std::uint8_t level = 0;          // heading 1..6, list depth
  std::string why;                 // the tidy rule or parser step that gave `use`; empty = default
  std::optional<Date> published;   // a related item's own date

  bool operator==(const Block&) const = default;
};

/// What is known about the article. Empty means not known; nothing is guessed.
struct Meta {
  std::string title;
  std::vector<std::string> byline;
  std::optional<Date> published;
  std::optional<Date> modified;
  std::string place;       // of the dateline
  std::string publisher;
  std::string domain;
  std::string language;    // BCP 47
  std::string url;         // canonical
  std::string section;
  std::string image;
  std::optional<bool> paywall;
  std::vector<std::string> topics;
  Fields extra;            // unknown front matter, kept
  std::vector<std::pair<std::string, std::string>> why;  // field -> source it came from ("title" -> "og:title")
};

/// One article. `text` is UTF-8 and never edited after parse: every span points into it.
struct Article {
  std::string id;          // 32 hex: SHA-256 of canonical URL, else of the source's bytes
  Origin origin;
  Format format = Format::unknown;
  std::string charset;     // what the bytes were before they were UTF-8, lower case
  std::uint64_t bytes = 0;   // size of the source
  std::string sha256;      // of the source's bytes, 64 hex
  std::string text;
  std::vector<Block> blocks;
  Meta meta;
  std::vector<Note> notes;
};

/// Index of the block that holds byte `offset`, or of the one before it; nothing before the first.
/// Cost: log of the number of blocks.
std::optional<std::uint32_t> block_at(const std::vector<Block>& blocks, std::uint32_t offset);

/// The article as a reader would call it: body and excerpt blocks joined by blank lines; a dateline stays on its paragraph's line.
std::string body_of(const Article& article);

}  // namespace tearsheet
