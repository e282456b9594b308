// Feed XML, inside: what the readers of the XML formats share. Not a door: pipeline/fetch/feed.h is.
#pragma once

#include <string>
#include <string_view>

#include "base/xml.h"
#include "pipeline/fetch/feed.h"

namespace tearsheet::feed_xml {

/// Which vocabulary an element belongs to: by its namespace URI, by its usual prefix where that URI is unknown or undeclared. RSS
/// and Atom are one vocabulary (core): feeds mix them, and no name in one means something else in the other.
enum class Vocabulary : std::uint8_t {
  core,
  dc,
  dcterms,
  content,
  media,
  itunes,
  xhtml,
  sitemap,
  news,
  syndication,
  feedburner,
  other
};
Vocabulary vocabulary_of(const xml::Element& element);

/// What an element inherits from those around it.
struct Context {
  std::string base;  // against which links resolve
  std::string language;
};
/// The context inside `element`.
Context inside(const Context& outer, const xml::Element& element);

/// `href` against the context's base; `href` itself where it cannot be resolved. Trimmed.
std::string resolved(const Context& context, std::string_view href);

/// The text of an element by its `type` and `mode`: plain, escaped markup, inline markup, base64.
FeedText text_of(const xml::Element& element, const Context& context, bool is_atom);

/// "Mark (a@b.c)", "a@b.c (Mark)", "Mark <a@b.c>", "Mark".
FeedPerson person_from(std::string_view text);
/// name, email, uri as elements of their own, or the text.
FeedPerson person_of(const xml::Element& element, const Context& context);

FeedDate date_of(const xml::Element& element);
std::string trimmed_text(const xml::Element& element);
std::string lower_name(const xml::Element& element);

/// One entry of RSS, RDF, Atom or CDF.
FeedItem read_item(const xml::Element& element, const Context& outer, bool is_atom, const FeedSource& source);
/// Takes a child of a channel or feed into `document`; false where it is none of a feed's own (an item, an unknown extension).
void read_channel_element(FeedDocument& document, const xml::Element& element, const Context& context, bool is_atom);
/// url or sitemap elements into `document`.
void read_sitemap(FeedDocument& document, const xml::Element& root, const FeedSource& source);

}  // namespace tearsheet::feed_xml
