// Parse: peel the front matter, sniff the format, hand the text to that format's parser.
#pragma once

#include <string_view>
#include <vector>

#include "pipeline/parse/site_rules.h"
#include "tearsheet/article.h"
#include "tearsheet/blob.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Reads a decoded blob (bytes are UTF-8) into an Article: text, blocks with kinds, meta from front matter, markup and hints.
/// Blocks' uses are what markup says (title, caption, excerpt, related of front matter); the rest is tidy's. `id`, `charset`,
/// `bytes` and `sha256` are the engine's to fill. Fails only where nothing can be read (I005 empty after parsing, with the
/// reason). Cost: linear; limits in each parser.
/// `sites`: rules for web pages by their site; null = none.
Result<Article> parse(const Blob& blob, const SiteRules* sites = nullptr);

/// The format of text by its first kilobytes and its origin's name: html, markdown, plain.
Format sniff(const Blob& blob);

/// Name and parser of every format: `--from` and the help are made from it.
struct FormatRow {
  Format format;
  std::string_view name, help;
  Result<void> (*parse)(std::string_view body, Article& article);
};
const std::vector<FormatRow>& formats();

}  // namespace tearsheet
