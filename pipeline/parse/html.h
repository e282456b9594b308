// HTML: a web page to an article.
#pragma once

#include <string_view>

#include "pipeline/parse/site_rules.h"
#include "tearsheet/article.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Reads title, meta and body of a page: guard, tree, meta, body. The text holds the title, a standfirst that stands outside the
/// body, and the body's blocks; menus, footers and the like need not be in it. Where the page's own body is much shorter than the
/// articleBody of its JSON-LD, that is taken (noted in meta.why).
///
/// A page whose shape would break the tree builder is read as text without a tree, with a note (N015). Cost: linear.
/// `sites`: rules by the host of the article's URL (else of the page's canonical address); null = none. Where a rule's selectors
/// hit, they are used; where its body and the generic one hardly agree, that is noted (N019): the site may have changed.
Result<void> parse_html(std::string_view body, Article& article, const SiteRules* sites = nullptr);

}  // namespace tearsheet
