// Feed items and channels: what each element of RSS, Atom and their extensions fills.
#include <algorithm>

#include "base/fold.h"
#include "base/url.h"
#include "pipeline/fetch/feed_xml.h"

namespace tearsheet::feed_xml {

namespace {

bool is_one_of(std::string_view name, std::initializer_list<std::string_view> names) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

bool may_be_page(std::string_view type) {
  return type.empty() || is_one_of(type, {"text/html", "application/xhtml+xml", "html", "text"});
}

FeedLink link_from(const xml::Element& element, const Context& context) {
  FeedLink link;
  link.href = resolved(context, element.attribute("href").value_or(element.attribute("HREF").value_or("")));
  link.rel = lower_ascii(trim(element.attribute("rel").value_or("alternate")));
  if (const auto colon = link.rel.rfind('/'); colon != std::string::npos)
    link.rel.erase(0, colon + 1);  // iana.org/assignments/relation/alternate
  link.type = element.attribute("type").value_or("");
  link.title = element.attribute("title").value_or("");
  return link;
}

std::uint64_t number_from(std::string_view text) {
  std::uint64_t value = 0;
  for (const char c : text.substr(0, 18)) {
    if (c < '0' || c > '9') break;
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
  }
  return value;
}

/// <link href=...> and <link>text</link>, for a feed and for an item alike.
void read_link(const xml::Element& element, const Context& outer, std::string& link, std::vector<FeedLink>& links) {
  const Context context = inside(outer, element);
  if (element.attribute("href")) {
    FeedLink one = link_from(element, context);
    if (one.href.empty()) return;
    const auto length = element.attribute("length");
    if (length) one.length = number_from(*length);
    if (one.rel == "alternate" && link.empty() && may_be_page(lower_ascii(one.type))) link = one.href;
    links.push_back(std::move(one));
    return;
  }
  std::string href = resolved(context, element.text());
  if (href.empty()) return;
  links.push_back({href, "alternate", "text/html", {}, 0});
  link = std::move(href);
}

void add_categories(const xml::Element& element, std::vector<std::string>& into) {
  const auto term = element.attribute("term");
  std::string text = term ? std::string(trim(*term)) : trimmed_text(element);
  if (looks_like_markup(text)) text = strip_markup(text);
  if (!text.empty() && std::find(into.begin(), into.end(), text) == into.end()) into.push_back(std::move(text));
}

/// A person's parts may come as elements of their own (author, email, url side by side): empty parts are filled.
void add_person(FeedPerson person, std::vector<FeedPerson>& into) {
  if (!person.empty()) into.push_back(std::move(person));
}

bool read_date(std::string_view name, Vocabulary vocabulary, const xml::Element& element, FeedDate& published, FeedDate& updated,
               FeedDate& created, FeedDate& expires) {
  const auto keep = [&](FeedDate& into) {
    // The first that can be read counts.
    if (into.date) return true;
    FeedDate date = date_of(element);
    if (!date.empty()) into = std::move(date);
    return true;
  };
  if (vocabulary == Vocabulary::dc) return name == "date" && keep(updated);
  if (vocabulary == Vocabulary::dcterms || vocabulary == Vocabulary::core) {
    if (is_one_of(name, {"pubdate", "published", "issued"})) return keep(published);
    if (is_one_of(name, {"updated", "modified", "lastbuilddate"})) return keep(updated);
    if (name == "created") return keep(created);
    if (is_one_of(name, {"expirationdate", "expired"})) return keep(expires);
  }
  return false;
}

/// A missing or markup-only text gives way to another that says something.
void take_text(FeedText& into, FeedText text) {
  if (into.empty()) into = std::move(text);
}

void read_guid(FeedItem& item, const xml::Element& element, const Context& context) {
  item.id = trimmed_text(element);
  const bool is_guid = lower_name(element) == "guid";
  const std::string permanent =
      lower_ascii(trim(element.attribute("isPermaLink").value_or(element.attribute("ispermalink").value_or("true"))));
  item.id_is_link = is_guid && permanent != "false" && (item.id.starts_with("http://") || item.id.starts_with("https://"));
  // A guid that is no absolute URL is resolved only where it says that it is a link.
  if (is_guid && permanent == "true" && !item.id_is_link && item.id.starts_with('/')) item.id = resolved(context, item.id);
}

void read_source(FeedItem& item, const xml::Element& element) {
  if (!element.first()) {
    item.publisher = trimmed_text(element);
    return;
  }
  for (auto child = element.first(); child; child = child->next())
    if (lower_name(*child) == "title") item.publisher = trimmed_text(*child);
}

bool read_core(FeedItem& item, std::string_view name, const xml::Element& element, const Context& context, bool is_atom) {
  if (name == "title")
    take_text(item.title, text_of(element, context, is_atom));
  else if (name == "link")
    read_link(element, context, item.link, item.links);
  else if (name == "guid" || name == "id")
    read_guid(item, element, inside(context, element));
  else if (is_one_of(name, {"description", "summary", "abstract"}))
    take_text(item.summary, text_of(element, context, is_atom));
  else if (is_one_of(name, {"content", "body", "fullitem", "xhtml"}))
    item.content.push_back(text_of(element, context, is_atom));
  else if (is_one_of(name, {"author", "managingeditor"}))
    add_person(person_of(element, context), item.authors);
  else if (name == "category" || name == "keywords")
    add_categories(element, item.categories);
  else if (name == "source")
    read_source(item, element);
  else if (name == "language")
    item.language = trimmed_text(element);
  else if (name == "enclosure") {
    FeedLink link{
        resolved(context, element.attribute("url").value_or("")), "enclosure", element.attribute("type").value_or(""), {}, 0};
    link.length = number_from(element.attribute("length").value_or(""));
    item.links.push_back(std::move(link));
  } else {
    return false;
  }
  return true;
}

void read_element(FeedItem& item, const xml::Element& element, const Context& context, bool is_atom) {
  const std::string name = lower_name(element);
  const Vocabulary vocabulary = vocabulary_of(element);
  if (read_date(name, vocabulary, element, item.published, item.updated, item.created, item.expires)) return;
  switch (vocabulary) {
    case Vocabulary::core:
      read_core(item, name, element, context, is_atom);
      return;
    case Vocabulary::dc:
    case Vocabulary::dcterms:
      if (name == "creator" || name == "author") add_person(person_from(element.text()), item.authors);
      if (name == "title") take_text(item.title, text_of(element, context, false));
      if (name == "description" || name == "abstract") take_text(item.summary, text_of(element, context, false));
      if (name == "subject") add_categories(element, item.categories);
      if (name == "language") item.language = trimmed_text(element);
      if (name == "identifier" && item.id.empty()) item.id = trimmed_text(element);
      return;
    case Vocabulary::content:
      if (name == "encoded") {
        FeedText text = text_of(element, context, false);
        if (!text.empty()) item.content.push_back(std::move(text));
      } else if (name == "items") {
        read_element(item, element, context, is_atom);
      }
      return;
    case Vocabulary::xhtml:
      if (name == "body" || name == "div") {
        FeedText text{element.markup(), true, "application/xhtml+xml", context.language, context.base};
        item.content.push_back(std::move(text));
      }
      return;
    case Vocabulary::feedburner:
      if (name == "origlink") item.link = resolved(context, element.text());
      return;
    case Vocabulary::itunes:
      if (name == "author" && item.authors.empty()) add_person(person_from(element.text()), item.authors);
      if (name == "summary" || name == "subtitle") take_text(item.summary, text_of(element, context, false));
      return;
    default:
      return;
  }
}

/// Email and URL that stand beside a name as elements of their own (RSS userland "author", "email").
void settle(FeedItem& item) {
  if (item.link.empty() && item.id_is_link) item.link = item.id;
  if (item.link.empty()) {
    for (const FeedLink& link : item.links)
      if (link.rel == "alternate" && item.link.empty()) item.link = link.href;
  }
  if (item.language.empty()) {
    if (!item.content.empty()) item.language = item.content.front().language;
    if (item.language.empty()) item.language = item.title.language;
  }
}

}  // namespace

FeedItem read_item(const xml::Element& element, const Context& outer, bool is_atom, const FeedSource& source) {
  (void)source;
  FeedItem item;
  const Context context = inside(outer, element);
  // CDF keeps link and date in attributes.
  const auto href = element.attribute("HREF").value_or(element.attribute("href").value_or(""));
  if (!href.empty()) item.link = resolved(context, href);
  if (const auto lastmod = element.attribute("LASTMOD")) {
    item.updated.text = *lastmod;
    item.updated.date = read_feed_date(*lastmod);
  }
  for (auto child = element.first(); child; child = child->next()) read_element(item, *child, context, is_atom);
  settle(item);
  return item;
}

void read_channel_element(FeedDocument& document, const xml::Element& element, const Context& context, bool is_atom) {
  const std::string name = lower_name(element);
  const Vocabulary vocabulary = vocabulary_of(element);
  FeedDate created, expires;
  if (read_date(name, vocabulary, element, document.published, document.updated, created, expires)) return;
  if (vocabulary == Vocabulary::syndication) {
    static constexpr std::pair<std::string_view, std::uint32_t> kPeriods[] = {
        {"hourly", 60}, {"daily", 1440}, {"weekly", 10080}, {"monthly", 43200}, {"yearly", 525600}};
    const std::string value = lower_ascii(trimmed_text(element));
    if (name == "updateperiod")
      for (const auto& [period, minutes] : kPeriods)
        if (value == period) document.ttl_min = minutes;
    if (name == "updatefrequency" && document.ttl_min)
      document.ttl_min = std::max<std::uint32_t>(
          1, *document.ttl_min / std::max<std::uint32_t>(1, static_cast<std::uint32_t>(number_from(value))));
    return;
  }
  const bool is_dc = vocabulary == Vocabulary::dc || vocabulary == Vocabulary::dcterms;
  if (vocabulary == Vocabulary::itunes) {
    if (name == "summary" || name == "subtitle") take_text(document.subtitle, text_of(element, context, false));
    if (name == "author" && document.authors.empty()) add_person(person_from(element.text()), document.authors);
    if (name == "image" && document.image.empty()) document.image = resolved(context, element.attribute("href").value_or(""));
    return;
  }
  if (vocabulary != Vocabulary::core && !is_dc) return;
  if (name == "title")
    take_text(document.title, text_of(element, context, is_atom));
  else if (is_one_of(name, {"description", "subtitle", "tagline", "abstract"}))
    take_text(document.subtitle, text_of(element, context, is_atom));
  else if (is_one_of(name, {"copyright", "rights"}))
    take_text(document.rights, text_of(element, context, is_atom));
  else if (is_one_of(name, {"author", "managingeditor", "creator"}))
    add_person(is_dc ? person_from(element.text()) : person_of(element, context), document.authors);
  else if (name == "language")
    document.language = trimmed_text(element);
  else if (is_dc)
    return;
  else if (name == "link")
    read_link(element, context, document.link, document.links);
  else if (name == "id" || name == "guid")
    document.id = trimmed_text(element);
  else if (name == "generator")
    document.generator = trimmed_text(element);
  else if (name == "logo" || name == "icon")
    document.image = resolved(inside(context, element), element.text());
  else if (name == "image") {
    for (auto child = element.first(); child; child = child->next())
      if (lower_name(*child) == "url") document.image = resolved(inside(context, *child), child->text());
  } else if (name == "ttl") {
    const std::uint64_t minutes = number_from(trimmed_text(element));
    if (minutes > 0) document.ttl_min = static_cast<std::uint32_t>(std::min<std::uint64_t>(minutes, 525600));
  } else if (name == "skiphours") {
    for (auto child = element.first(); child; child = child->next())
      document.skip_hours.push_back(static_cast<std::uint8_t>(number_from(trimmed_text(*child)) % 24));
  } else if (name == "skipdays") {
    constexpr std::string_view kDays[] = {"monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"};
    for (auto child = element.first(); child; child = child->next()) {
      const std::string day = lower_ascii(trimmed_text(*child));
      for (std::uint8_t i = 0; i < 7; ++i)
        if (kDays[i] == day) document.skip_days.push_back(static_cast<std::uint8_t>(i + 1));
    }
  }
}

void read_sitemap(FeedDocument& document, const xml::Element& root, const FeedSource& source) {
  Context context{source.url, {}};
  context = inside(context, root);
  for (auto entry = root.first(); entry; entry = entry->next()) {
    const std::string kind = lower_name(*entry);
    if (kind != "url" && kind != "sitemap") continue;
    if (document.items.size() >= source.max_items) {
      document.notes.push_back({"N032", "more entries than " + std::to_string(source.max_items) + "; the rest is passed over"});
      return;
    }
    FeedItem item;
    for (auto child = entry->first(); child; child = child->next()) {
      const std::string name = lower_name(*child);
      if (name == "loc" && item.link.empty()) item.link = resolved(context, child->text());
      if (name == "lastmod") item.updated = date_of(*child);
      if (name != "news") continue;
      for (auto news = child->first(); news; news = news->next()) {
        const std::string part = lower_name(*news);
        if (part == "title") item.title = text_of(*news, context, false);
        if (part == "publication_date") item.published = date_of(*news);
        if (part == "keywords") add_categories(*news, item.categories);
        if (part != "publication") continue;
        for (auto said = news->first(); said; said = said->next()) {
          if (lower_name(*said) == "name") item.publisher = trimmed_text(*said);
          if (lower_name(*said) == "language") item.language = trimmed_text(*said);
        }
      }
    }
    if (!item.link.empty()) document.items.push_back(std::move(item));
  }
}

}  // namespace tearsheet::feed_xml
