// Feed XML: vocabularies, bases, texts and persons, as RSS, Atom and their extensions write them.
#include "pipeline/fetch/feed_xml.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/fold.h"
#include "base/url.h"
#include "base/utf8.h"

namespace tearsheet::feed_xml {

namespace {

struct Known {
  std::string_view name;
  Vocabulary vocabulary;
};

// Lower case, without "http(s)://", "www." and a trailing '/' or '#': feeds write all of these.
constexpr std::array<Known, 34> kUris = {{
    {"w3.org/2005/atom", Vocabulary::core},
    {"purl.org/atom/ns", Vocabulary::core},
    {"purl.org/rss/1.0", Vocabulary::core},
    {"my.netscape.com/rdf/simple/0.9", Vocabulary::core},
    {"channel.netscape.com/rdf/simple/0.9", Vocabulary::core},
    {"backend.userland.com/rss", Vocabulary::core},
    {"backend.userland.com/rss2", Vocabulary::core},
    {"backend.userland.com/rss091", Vocabulary::core},
    {"backend.userland.com/rss092", Vocabulary::core},
    {"blogs.law.harvard.edu/tech/rss", Vocabulary::core},
    {"cyber.law.harvard.edu/rss", Vocabulary::core},
    {"example.com/newformat", Vocabulary::core},
    {"example.com/necho", Vocabulary::core},
    {"purl.org/echo", Vocabulary::core},
    {"uri/of/echo/namespace", Vocabulary::core},
    {"purl.org/pie", Vocabulary::core},
    {"w3.org/1999/02/22-rdf-syntax-ns", Vocabulary::core},
    {"purl.org/net/rss1.1", Vocabulary::core},
    {"hacks.benhammersley.com/rss/streaming", Vocabulary::other},
    {"purl.org/dc/elements/1.1", Vocabulary::dc},
    {"purl.org/dc/elements/1.0", Vocabulary::dc},
    {"purl.org/dc/terms", Vocabulary::dcterms},
    {"purl.org/rss/1.0/modules/content", Vocabulary::content},
    {"purl.org/rss/1.0/modules/syndication", Vocabulary::syndication},
    {"search.yahoo.com/mrss", Vocabulary::media},
    {"itunes.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    {"example.com/dtds/podcast-1.0.dtd", Vocabulary::itunes},
    {"w3.org/1999/xhtml", Vocabulary::xhtml},
    {"sitemaps.org/schemas/sitemap/0.9", Vocabulary::sitemap},
    {"google.com/schemas/sitemap/0.84", Vocabulary::sitemap},
    {"google.com/schemas/sitemap/0.9", Vocabulary::sitemap},
    {"google.com/schemas/sitemap-news/0.9", Vocabulary::news},
    {"rssnamespace.org/feedburner/ext/1.0", Vocabulary::feedburner},
    {"rssnamespace.org/feedburner/ext/2.0", Vocabulary::feedburner},
}};
constexpr std::array<Known, 15> kPrefixes = {{{"", Vocabulary::core},
                                              {"rss", Vocabulary::core},
                                              {"atom", Vocabulary::core},
                                              {"a10", Vocabulary::core},
                                              {"atom10", Vocabulary::core},
                                              {"rdf", Vocabulary::core},
                                              {"dc", Vocabulary::dc},
                                              {"dcterms", Vocabulary::dcterms},
                                              {"content", Vocabulary::content},
                                              {"sy", Vocabulary::syndication},
                                              {"media", Vocabulary::media},
                                              {"itunes", Vocabulary::itunes},
                                              {"xhtml", Vocabulary::xhtml},
                                              {"news", Vocabulary::news},
                                              {"feedburner", Vocabulary::feedburner}}};

std::string short_uri(std::string_view uri) {
  std::string out = lower_ascii(trim(uri));
  for (const std::string_view front : {"http://", "https://", "www."})
    if (out.starts_with(front)) out.erase(0, front.size());
  while (!out.empty() && (out.back() == '/' || out.back() == '#')) out.pop_back();
  return out;
}

std::string unbase64(std::string_view text) {
  std::string out;
  std::uint32_t bits = 0;
  int have = 0;
  for (const char c : text) {
    constexpr std::string_view kDigits = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const auto value = kDigits.find(c);
    if (value == std::string_view::npos) continue;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have < 8) continue;
    have -= 8;
    out += static_cast<char>(bits >> have & 0xff);
  }
  utf8::repair(out);
  return out;
}

/// The one child where there is one and nothing but white space around it.
std::optional<xml::Element> only_child(const xml::Element& element) {
  const auto first = element.first();
  if (!first || first->next() || !trim(element.own_text()).empty()) return std::nullopt;
  return first;
}

std::string inline_markup(const xml::Element& element) {
  const auto only = only_child(element);
  if (only && lower_name(*only) == "div" && !only->has_attributes()) return std::string(trim(only->markup()));
  return std::string(trim(element.markup()));
}

bool is_html_type(std::string_view type) { return type == "html" || type == "text/html"; }
bool is_xhtml_type(std::string_view type) { return type == "xhtml" || type == "application/xhtml+xml"; }
bool is_text_type(std::string_view type) {
  return type.empty() || type == "text" || type.starts_with("text/") || is_html_type(type) || is_xhtml_type(type) ||
         type.ends_with("+xml") || type.ends_with("/xml");
}

bool is_email(std::string_view text) {
  const auto at = text.find('@');
  return at != std::string_view::npos && at > 0 && text.find('.', at) != std::string_view::npos &&
         text.find_first_of(" \t<>()") == std::string_view::npos;
}

}  // namespace

std::string lower_name(const xml::Element& element) { return lower_ascii(element.name()); }

Vocabulary vocabulary_of(const xml::Element& element) {
  const std::string_view uri = element.uri();
  if (!uri.empty()) {
    const std::string name = short_uri(uri);
    for (const Known& known : kUris)
      if (known.name == name) return known.vocabulary;
  }
  const std::string prefix = lower_ascii(element.prefix());
  // A namespace nobody knows that is declared as the default one is most often a misspelt core.
  for (const Known& known : kPrefixes)
    if (known.name == prefix) return known.vocabulary;
  return Vocabulary::other;
}

Context inside(const Context& outer, const xml::Element& element) {
  if (!element.has_attributes()) return outer;
  Context context = outer;
  if (const auto base = element.xml_attribute("base")) {
    if (const std::string url = resolve_url(*base, outer.base); url.starts_with("http")) context.base = url;
  }
  if (const auto language = element.xml_attribute("lang")) context.language = trim(*language);
  return context;
}

std::string resolved(const Context& context, std::string_view href) {
  const std::string_view plain = trim(href);
  if (plain.empty()) return {};
  const std::string url = resolve_url(plain, context.base);
  return url.empty() ? std::string(plain) : url;
}

std::string trimmed_text(const xml::Element& element) { return std::string(trim(element.text())); }

FeedText text_of(const xml::Element& element, const Context& outer, bool is_atom) {
  const Context context = inside(outer, element);
  FeedText out;
  out.language = context.language;
  out.base = context.base;
  const std::string type = lower_ascii(trim(element.attribute("type").value_or("")));
  const std::string mode = lower_ascii(trim(element.attribute("mode").value_or("")));
  const bool has_children = element.first().has_value();
  out.type = type.empty() || type == "text" ? "text/plain"
             : is_html_type(type)           ? "text/html"
             : is_xhtml_type(type)          ? "application/xhtml+xml"
                                            : type;
  if (mode == "base64" || (mode.empty() && !is_text_type(type) && !has_children)) {
    out.value = trim(unbase64(element.text()));
    out.is_html = is_html_type(type) || is_xhtml_type(type) || looks_like_markup(out.value);
  } else if (mode == "escaped" || !has_children) {
    out.value = trim(element.text());
    const bool says_text = is_atom && (type.empty() || type == "text" || type == "text/plain") && mode.empty();
    out.is_html =
        !out.value.empty() && (is_html_type(type) || is_xhtml_type(type) || (!says_text && looks_like_markup(out.value)));
  } else {
    out.value = inline_markup(element);
    out.is_html = true;
  }
  if (is_xhtml_type(type) && !has_children && mode.empty()) {
    // Text in an element that promises markup: what reads as '<' was written "&lt;".
    out.value.clear();
    xml::append_escaped(out.value, trim(element.text()));
  }
  if (out.is_html && out.type == "text/plain") out.type = "text/html";
  return out;
}

FeedPerson person_from(std::string_view text) {
  FeedPerson person;
  std::string_view whole = trim(text);
  const auto take = [&](char open, char close) -> std::string_view {
    const auto from = whole.find(open);
    const auto to = whole.rfind(close);
    if (from == std::string_view::npos || to == std::string_view::npos || to < from) return {};
    return trim(whole.substr(from + 1, to - from - 1));
  };
  for (const auto& [open, close] : {std::pair('(', ')'), std::pair('<', '>')}) {
    const std::string_view in = take(open, close);
    if (in.empty()) continue;
    const std::string_view before = trim(whole.substr(0, whole.find(open)));
    if (is_email(before)) return {std::string(in), std::string(before), {}};
    std::string_view address = in;
    if (address.starts_with("mailto:")) address.remove_prefix(7);
    if (is_email(address)) return {std::string(before), std::string(address), {}};
  }
  if (is_email(whole))
    person.email = whole;
  else
    person.name = looks_like_markup(whole) ? strip_markup(whole) : std::string(whole);
  return person;
}

FeedPerson person_of(const xml::Element& element, const Context& outer) {
  const Context context = inside(outer, element);
  if (!element.first()) return person_from(element.text());
  FeedPerson person;
  for (auto child = element.first(); child; child = child->next()) {
    const std::string name = lower_name(*child);
    if (name == "name") person.name = trimmed_text(*child);
    if (name == "email") person.email = trimmed_text(*child);
    if (name == "uri" || name == "url" || name == "homepage") person.url = resolved(inside(context, *child), child->text());
  }
  return person;
}

FeedDate date_of(const xml::Element& element) {
  FeedDate date;
  date.text = trimmed_text(element);
  date.date = read_feed_date(date.text);
  return date;
}

}  // namespace tearsheet::feed_xml
