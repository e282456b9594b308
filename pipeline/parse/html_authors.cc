// HTML authors: strings are cut into names, each name is checked, then the sources are weighed.
#include "pipeline/parse/html_authors.h"

#include <algorithm>
#include <string_view>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/utf8.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

using Names = std::vector<std::string>;

constexpr std::uint32_t kBefore = 60;   // nodes before the headline that are near it
constexpr std::uint32_t kBehind = 200;  // and behind it

// Words that no person's name holds, in the languages of the pages; any case, whole words.
constexpr std::string_view kRoles[] = {
    "staff",         "redaktion",   "redazione", "redacción",  "redaccion",   "rédaction",     "redactie",      "redakcja",
    "redaksjon",     "redaktionen", "editorial", "newsroom",   "admin",       "administrator", "desk",          "team",
    "correspondent", "reporter",    "reporters", "editor",     "editors",     "sponsored",     "guest",         "contributor",
    "contributors",  "writer",      "writers",   "officer",    "chief",       "head",          "director",      "president",
    "producer",      "columnist",   "analyst",   "journalist", "journaliste", "periodista",    "redakteur",     "redakteurin",
    "autor",         "autorin",     "author",    "authors",    "publisher",   "office",        "webmaster",     "nachrichten",
    "subscribe",     "follow",      "updated",   "published",  "posted",      "read",          "more",          "view",
    "profile",       "about",       "share",     "comments",   "newsletter",  "contact",       "advertisement", "photo",
    "image",         "senior",      "managing",  "executive",  "assistant",   "associate",     "intern",        "freelance",
    "special",       "today",       "online",    "menu",       "min"};
// What begins a byline.
constexpr std::string_view kBy[] = {"by ",       "by:",       "von ",         "von:",         "par ",        "por ",
                                    "di ",       "door ",     "av ",          "af ",          "text:",       "text: ",
                                    "autor:",    "autor: ",   "author:",      "author: ",     "written by ", "posted by ",
                                    "story by ", "words by ", "reported by ", "reviewed by ", "de ",         "przez "};
constexpr std::string_view kJoints[] = {" and ", " & ", ",",   ";",  " und ", " et ", " y ", " og ", " och ",
                                        " | ",   " • ", " · ", "\n", " / ",   " – ",  " — ", "、"};

std::string upper_ascii(std::string_view text) {
  std::string out(text);
  for (char& c : out)
    if (c >= 'a' && c <= 'z') c = static_cast<char>(c - 'a' + 'A');
  return out;
}

std::vector<std::string_view> words_of(std::string_view text) {
  std::vector<std::string_view> words;
  while (!text.empty()) {
    const std::size_t blank = std::min(text.find(' '), text.size());
    if (blank > 0) words.push_back(text.substr(0, blank));
    text.remove_prefix(std::min(blank + 1, text.size()));
  }
  return words;
}

bool is_role(std::string_view word) {
  while (!word.empty() && (word.back() == ',' || word.back() == '.' || word.back() == ':')) word.remove_suffix(1);
  const std::string lower = lower_ascii(word);
  return std::find(std::begin(kRoles), std::end(kRoles), lower) != std::end(kRoles);
}

bool is_upper_at(std::string_view word) {
  std::size_t at = 0;
  return !word.empty() && utf8::is_upper(utf8::next(word, at));
}

// "MS", "RDN", "Ph.D.": a degree, standing alone as a part.
bool is_degree(std::string_view part) {
  return part.size() <= 5 && part.find_first_not_of("IVX") != std::string_view::npos &&
         part.find(' ') == std::string_view::npos && lower_ascii(part) != part &&
         std::none_of(part.begin(), part.end(), [](char c) { return static_cast<unsigned char>(c) >= 0x80; }) &&
         (part.find('.') != std::string_view::npos ||
          std::all_of(part.begin(), part.end(), [](char c) { return c >= 'A' && c <= 'Z'; }));
}

bool is_month(std::string_view word) {
  while (!word.empty() && (word.back() == '.' || word.back() == ',')) word.remove_suffix(1);
  return word.size() >= 3 && read_date_text(std::string(word) + " 1, 2001").has_value();
}

// "Jane Doe Dec 23, 2023 at 3:15": up to the date.
std::string_view before_date(std::string_view text) {
  const auto digit = text.find_first_of("0123456789");
  if (digit == std::string_view::npos) return text;
  std::string_view head = trim(text.substr(0, digit));
  const auto blank = head.rfind(' ');
  if (blank != std::string_view::npos && is_month(head.substr(blank + 1))) head = trim(head.substr(0, blank));
  return head;
}

std::string_view without_by(std::string_view text) {
  for (bool again = true; again;) {
    again = false;
    const std::string lower = lower_ascii(text.substr(0, 24));
    for (const std::string_view by : kBy)
      if (lower.starts_with(by) && text.size() > by.size()) {
        text = trim(text.substr(by.size()));
        again = true;
        break;
      }
  }
  return text;
}

// "Jane Doe Senior Writer", "Jane Doe MS": the name before a role or a degree.
std::string_view before_role(std::string_view name, bool data) {
  const auto words = words_of(name);
  for (std::size_t i = 2; i < words.size(); ++i)
    if ((!data && is_role(words[i])) ||
        (is_degree(words[i]) && words[i].size() >= 2 && words[i].back() != '.' && i + 1 == words.size() && !is_degree(words[0])))
      return trim(name.substr(0, static_cast<std::size_t>(words[i].data() - name.data())));
  for (const std::string_view suffix : {" 기자", " 記者", "記者", "기자"})
    if (name.size() > suffix.size() && name.ends_with(suffix)) return trim(name.substr(0, name.size() - suffix.size()));
  return name;
}

// `data`: as a page's data names it; there "Sun Sentinel Editorial Board" is a name, but "Staff Writer" is none.
bool is_name(std::string_view name, bool data) {
  if (name.size() < 3 || name.size() > 60) return false;
  if (name.find_first_of("@:/\\<>{}[]()=_%0123456789?!\"") != std::string_view::npos) return false;
  if (name.find("http") != std::string_view::npos || name.find("www.") != std::string_view::npos) return false;
  if (name.find('.') != std::string_view::npos && name.find(' ') == std::string_view::npos) return false;  // a domain
  const auto words = words_of(name);
  if (data) return words.size() <= 7 && !std::all_of(words.begin(), words.end(), is_role);
  return words.size() <= 7 && std::none_of(words.begin(), words.end(), is_role);
}

// Two to four capitalised words, as the names of people mostly are; or one of CJK letters.
bool is_person(std::string_view name) {
  if (!is_name(name, false)) return false;
  const auto words = words_of(name);
  std::size_t capitals = 0;
  for (const std::string_view word : words) capitals += is_upper_at(word) || word.size() <= 3;
  return words.size() >= 2 && words.size() <= 5 && capitals == words.size() && is_upper_at(words.front()) &&
         is_upper_at(words.back());
}

bool holds_role(std::string_view part) {
  const auto words = words_of(part);
  return std::any_of(words.begin(), words.end(), is_role);
}

// "MDR THÜRINGEN": all capitals.
bool is_shouted(std::string_view part) { return lower_ascii(part) != part && upper_ascii(part) == part; }

// "Photography by Jane Doe" names no author, "Review by Jane Doe" does.
std::string_view behind_by(std::string_view part) {
  const std::string lower = lower_ascii(part);
  const auto at = lower.find(" by ");
  if (at == std::string::npos) return part;
  for (const std::string_view craft : {"photo", "illustrat", "image", "video", "graphic", "edited", "produced", "medically",
                                       "fact", "reviewed", "art", "picture", "presented", "sponsored", "paid"})
    if (lower.find(craft) < at) return {};
  return trim(part.substr(at + 4));
}

Names names_in(std::string_view text, bool data) {
  Names out;
  text = trim(text);
  bool first = true, comma = false;
  while (!text.empty() && out.size() < 12) {
    std::size_t cut = text.size(), length = 0;
    for (const std::string_view part : kJoints) {
      const auto at = text.find(part);
      if (at >= cut) continue;
      cut = at;
      length = part.size();
    }
    const bool behind_comma = !first && comma;
    std::string_view part = before_role(trim(before_date(behind_by(without_by(trim(text.substr(0, cut)))))), data);
    if (part.starts_with("and ")) part = trim(part.substr(4));
    while (!part.empty() && (part.back() == ',' || part.back() == '|' || part.back() == '-'))
      part = trim(part.substr(0, part.size() - 1));
    comma = text.substr(cut).starts_with(',');
    const bool role = behind_comma && (is_degree(part) || holds_role(part) || (!data && is_shouted(part)));
    if (is_name(part, data) && !role) out.emplace_back(part);
    first = false;
    text.remove_prefix(std::min(cut + length, text.size()));
  }
  return out;
}

class Authors {
 public:
  Authors(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline, const Names& publishers, Meta& meta)
      : head_(head), linked_(linked), headline_(headline), meta_(meta) {
    for (const std::string& name : publishers) refused_.push_back(squash(name));
  }

  void run() {
    if (!meta_.byline.empty()) return;
    gather_shown();
    take(linked_.authors, "JSON-LD author");
    for (const std::string_view key :
         {"author", "article:author", "parsely-author", "byl", "dc.creator", "dcterms.creator", "sailthru.author",
          "citation_author", "article:author_name", "og:article:author", "creator"})
      if (const auto at = head_.meta.find(key); at != head_.meta.end()) take(at->second, key);
    if (!meta_.byline.empty()) {
      refine();
      return;
    }
    if (shown_.empty()) return;
    meta_.byline = shown_;
    meta_.why.emplace_back("byline", shown_source_);
  }

 private:
  bool is_refused(std::string_view name) const {
    const std::string key = squash(name);
    return key.empty() || std::any_of(refused_.begin(), refused_.end(), [&](const std::string& other) { return other == key; });
  }

  static void add(Names& names, std::string name) {
    const std::string key = squash(name);
    for (const std::string& other : names)
      if (squash(other) == key) return;
    names.push_back(std::move(name));
  }

  void take(const Names& list, std::string_view source) {
    if (!meta_.byline.empty()) return;
    for (const std::string& entry : list)
      for (std::string& name : names_in(entry, true))
        if (!is_refused(name)) add(meta_.byline, std::move(name));
    if (!meta_.byline.empty()) meta_.why.emplace_back("byline", source);
  }

  bool is_near(const PlacedText& text) const {
    const std::uint32_t node = text.node;
    if ((text.names & kFurnitureName) != 0) return false;
    return node + kBefore > headline_ && node < headline_ + kBehind;
  }

  // The first place near the headline that names people.
  void gather_shown() {
    for (const bool sure : {true, false}) {
      for (const PlacedText& author : head_.authors)
        if (author.sure == sure && is_near(author)) show(author.text, "an element named as an author", author.node, sure);
      if (!shown_.empty()) return;
    }
    for (const PlacedText& line : head_.lines)
      if (is_near(line) && line.text.size() <= 160 && begins_with_by(line.text))
        show(line.text, "a line that begins with by", line.node, false);
    for (const PlacedText& author : head_.authors)
      if (author.node > headline_ && shown_.empty() && (author.names & kFurnitureName) == 0)
        show(author.text, "an element named as an author", author.node, author.sure);
  }

  static bool begins_with_by(std::string_view line) {
    const std::string_view rest = without_by(line);
    return rest.size() < line.size() && is_upper_at(rest) && line.size() - rest.size() < 16 &&
           (lower_ascii(line.substr(0, 3)) == "by " || lower_ascii(line.substr(0, 4)) == "von " ||
            lower_ascii(line.substr(0, 4)) == "par " || lower_ascii(line.substr(0, 4)) == "por ");
  }

  void show(std::string_view text, std::string_view source, std::uint32_t node, bool sure) {
    if (text.size() > 200 || (!shown_.empty() && (node > shown_at_ + kSameLine || !sure))) return;
    for (std::string& name : names_in(text, false)) {
      if (!is_person(name) || is_refused(name)) continue;
      if (shown_.empty()) {
        shown_source_ = source;
        shown_at_ = node;
        sure_ = sure;
      }
      add(shown_, std::move(name));
    }
  }

  // Data and page name somebody in common: the page's spelling, and all whom it surely names.
  void refine() {
    bool common = false;
    for (std::string& name : meta_.byline)
      for (const std::string& other : shown_)
        if (squash(other) == squash(name)) {
          name = other;
          common = true;
        }
    if (!common || !sure_) return;
    for (const std::string& other : shown_) add(meta_.byline, other);
  }

  static constexpr std::uint32_t kSameLine = 40;  // nodes within which names stand together

  const PageHead& head_;
  const LinkedArticle& linked_;
  const std::uint32_t headline_;
  Meta& meta_;
  Names refused_, shown_;
  std::string shown_source_;
  std::uint32_t shown_at_ = 0;
  bool sure_ = false;
};

}  // namespace

void read_page_authors(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline, const Names& publishers,
                       Meta& meta) {
  Authors(head, linked, headline, publishers, meta).run();
}

}  // namespace tearsheet
