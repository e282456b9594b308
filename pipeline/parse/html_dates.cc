// HTML dates: candidates by trust; the ones that only stand in the text by their place.
#include "pipeline/parse/html_dates.h"

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <vector>

#include "base/date_text.h"
#include "base/fold.h"
#include "pipeline/parse/html_date_search.h"
#include "pipeline/parse/html_names.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kNear = 120;  // nodes from the headline that are near it

constexpr std::string_view kPublishedKeys[] = {"article:published_time",
                                               "datepublished",
                                               "og:published_time",
                                               "article:published",
                                               "og:article:published_time",
                                               "date",
                                               "pubdate",
                                               "publishdate",
                                               "publish-date",
                                               "publish_date",
                                               "published_time",
                                               "parsely-pub-date",
                                               "sailthru.date",
                                               "dc.date",
                                               "dc.date.issued",
                                               "dc.date.created",
                                               "dcterms.created",
                                               "dcterms.date",
                                               "dcterms.issued",
                                               "article.published",
                                               "article_date_original",
                                               "cxenseparse:recs:publishtime",
                                               "originalpublicationdate",
                                               "publication_date",
                                               "publication-date",
                                               "published_at",
                                               "timestamp",
                                               "displaydate",
                                               "rbpubdate",
                                               "citation_publication_date",
                                               "citation_date",
                                               "datecreated",
                                               "created",
                                               "weibo:article:create_at",
                                               "iso-8601-publish-date",
                                               "ptime",
                                               "bt:pubdate",
                                               "analyticsattributes.articledate"};
constexpr std::string_view kModifiedKeys[] = {"article:modified_time",
                                              "datemodified",
                                              "og:updated_time",
                                              "og:modified_time",
                                              "last-modified",
                                              "lastmod",
                                              "last_modified",
                                              "dcterms.modified",
                                              "dc.date.modified",
                                              "revised",
                                              "article:modified",
                                              "updated_time",
                                              "modified"};
// Before a date they say that it is the one of the last change.
constexpr std::string_view kChanged[] = {"updat",      "modif",      "edited",      "revised",    "aktualisier", "geändert",
                                         "zuletzt",    "mis à jour", "mise à jour", "actualiz",   "aggiornat",   "atualiz",
                                         "bijgewerkt", "opdater",    "oppdater",    "uppdater",   "обновл",      "güncel",
                                         "更新",       "수정",       "zaktualiz",   "aktualizov", "frissít"};

std::int32_t day_number(const Date& date) { return days_from_civil(date.year, date.month, date.day); }
bool has_day(const Date& date) { return date.grain >= Grain::day; }

struct Found {
  DateText text;
  std::string source;
  int rank = 0;  // the lower, the better
  bool changed = false;
  std::int64_t apart = 0;  // nodes from the headline; what stands above it is further away
  std::int64_t score() const { return rank <= 2 ? (rank - 1) * 25 + apart : rank * 1000; }
};

bool says_changed(std::string_view before) {
  const std::string words = lower_ascii(before);
  return std::any_of(std::begin(kChanged), std::end(kChanged),
                     [&](std::string_view cue) { return words.find(cue) != std::string::npos; });
}

class Dates {
 public:
  Dates(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline, std::string_view url, Meta& meta)
      : head_(head),
        linked_(linked),
        headline_(headline),
        url_(date_of_url(url, false)),
        compact_(date_of_url(url, true)),
        meta_(meta) {}

  void run() {
    structured();
    visible();
    settle();
    if (meta_.published) {
      take_shown();
      make_local();
      return;
    }
    choose();
  }

 private:
  void put(std::optional<Date>& into, std::string_view value, std::string_view name, std::string_view source) {
    if (into || value.empty()) return;
    auto read = read_date_text(value);
    if (!read || !has_day(read->date)) return;
    if (read->other) {
      unsettled_.push_back({*read, std::string(source), 0, name == "modified"});
      return;
    }
    into = read->date;
    meta_.why.emplace_back(name, source);
  }

  void structured() {
    put(meta_.published, linked_.published, "published", "JSON-LD datePublished");
    for (const std::string_view key : kPublishedKeys) put(meta_.published, head_.get(key), "published", key);
    for (const PlacedText& time : head_.times)
      if ((time.names & kFurnitureName) == 0 && (is_near(time.node) || (time.names & (kDateName | kAuthorName)) != 0))
        put(meta_.published, time.text, "published", "<time>");
    put(meta_.modified, linked_.modified, "modified", "JSON-LD dateModified");
    for (const std::string_view key : kModifiedKeys) put(meta_.modified, head_.get(key), "modified", key);
  }

  bool is_near(std::uint32_t node) const { return headline_ != 0 && node + kNear / 2 > headline_ && node < headline_ + kNear; }

  void visible() {
    for (const PlacedText& line : head_.lines) {
      const auto found = find_date(line.text);
      if (!found) continue;
      const bool near = is_near(line.node), named = (line.names & kDateName) != 0, brief = line.text.size() <= 80;
      const bool aside = (line.names & kFurnitureName) != 0;
      const int rank = near && named ? 1 : near && brief ? 2 : named && !aside ? 3 : near ? 4 : aside ? 7 : brief ? 5 : 6;
      const auto place = static_cast<std::int64_t>(line.node) - static_cast<std::int64_t>(headline_);
      seen_.push_back({found->date, "line", rank, says_changed(std::string_view(line.text).substr(0, found->at + 24)),
                       near ? (place < 0 ? kNear - place : place) + (aside ? 20 : 0) : 0});
    }
    for (const PlacedText& time : head_.times)
      if (auto read = read_date_text(time.text); read && has_day(read->date))
        seen_.push_back({*read, "<time>", (time.names & kFurnitureName) != 0 ? 7 : 3, false});
    std::stable_sort(seen_.begin(), seen_.end(), [](const Found& a, const Found& b) { return a.score() < b.score(); });
  }

  // "06/01/2023" by a date of the page that fits one of its readings, else by how the page's language writes dates.
  void settle() {
    std::vector<std::int32_t> sure;
    for (const std::optional<Date>* date : {&meta_.published, &meta_.modified})
      if (*date) sure.push_back(day_number(**date));
    if (url_) sure.push_back(day_number(*url_));
    bool day_first = false, month_first = false;
    for (const Found& one : seen_) {
      if (one.text.other || one.source != "line") continue;
      sure.push_back(day_number(one.text.date));
    }
    const std::string language = lower_ascii(head_.language);
    if (!language.empty() && !language.starts_with("en")) day_first = true;
    if (language.starts_with("en-gb") || language.starts_with("en-au") || language.starts_with("en-in")) day_first = true;
    if (language.starts_with("en-us") || language.starts_with("en_us")) month_first = true;
    for (std::vector<Found>* list : {&seen_, &unsettled_})
      for (Found& one : *list) settle(one, sure, day_first, month_first);
    for (const Found& one : unsettled_)
      if (!one.text.other && !one.changed && !meta_.published) {
        meta_.published = one.text.date;
        meta_.why.emplace_back("published", one.source);
      }
  }

  static void settle(Found& one, const std::vector<std::int32_t>& sure, bool day_first, bool month_first) {
    if (!one.text.other) return;
    const auto fits = [&](const Date& date) { return std::find(sure.begin(), sure.end(), day_number(date)) != sure.end(); };
    const bool first = fits(one.text.date), second = fits(*one.text.other);
    if (second && !first) one.text.date = *one.text.other;
    if (first != second) {
      one.text.other.reset();
    } else if (day_first != month_first) {
      if (month_first) one.text.date = *one.text.other;
      one.text.other.reset();
    }
  }

  // A page that was published again shows its new day, and only that, in an element named as a date beside the headline, while
  // its data keep the first.
  void take_shown() {
    const std::int32_t day = day_number(*meta_.published);
    if (url_ && day_number(*url_) + 2 < day) {  // an address keeps its first day
      meta_.published = url_;
      meta_.why.emplace_back("published", "URL");
      return;
    }
    if (url_ && std::abs(day_number(*url_) - day) <= 1) return;
    const Found* shown = nullptr;
    for (const Found& one : seen_) {
      if (one.source != "line" || one.rank > 2 || one.text.other) continue;
      if (std::abs(day_number(one.text.date) - day) <= 1) return;
      if (shown == nullptr && one.rank == 1 && !one.changed) shown = &one;
    }
    if (shown == nullptr || day_number(shown->text.date) < day) return;
    meta_.published = shown->text.date;
    meta_.why.emplace_back("published", "shown beside the headline");
  }

  // "2023-12-24T01:06:51Z" on a page that shows "Dec 23, 2023 5:06pm": the day is the 23rd, eight hours west of UTC.
  void make_local() {
    Date& date = *meta_.published;
    if (date.grain < Grain::hour || !date.offset_min || *date.offset_min != 0) return;
    const Date* shown = nullptr;
    for (const Found& one : seen_) {
      if (one.rank > 4 || one.text.other || one.source != "line") continue;
      const int apart = day_number(one.text.date) - day_number(date);
      if (apart == 0) return;
      if (std::abs(apart) == 1 && !one.changed && shown == nullptr) shown = &one.text.date;
    }
    if (shown == nullptr && url_ && std::abs(day_number(*url_) - day_number(date)) == 1) shown = &*url_;
    if (shown == nullptr) return;
    const int apart = (day_number(*shown) - day_number(date)) * 1440;
    const int minutes = apart + (shown->hour - date.hour) * 60 + (shown->minute - date.minute);
    const int rounded = minutes / 15 * 15;
    Date local = *shown;
    if (shown->grain >= Grain::minute && std::abs(rounded) <= 14 * 60 && std::abs(minutes - rounded) <= 5) {
      local.offset_min = static_cast<std::int16_t>(rounded);
      local.said |= Date::kZone;
    } else {
      local = Date{};
      local.year = shown->year;
      local.month = shown->month;
      local.day = shown->day;
      local.grain = Grain::day;
      local.said = Date::kYear | Date::kMonth | Date::kDay;
    }
    date = local;
    meta_.why.emplace_back("published", "the day that the page shows");
  }

  void choose() {
    if (url_) {
      for (const Found& one : seen_)  // the same day, with its time
        if (one.rank <= 3 && !one.text.other && day_number(one.text.date) == day_number(*url_) && take(one)) return;
      meta_.published = url_;
      meta_.why.emplace_back("published", "URL");
      return;
    }
    for (const Found& one : seen_)
      if (one.rank <= 2 && !one.changed && take(one)) return;
    put(meta_.published, linked_.page_published, "published", "JSON-LD of the page");
    if (meta_.published) return;
    for (const bool changed : {false, true})
      for (const Found& one : seen_)
        if (one.rank <= 3 && one.changed == changed && take(one)) return;
    for (const Found& one : seen_)
      if (one.rank == 5 && one.changed && take(one)) return;
    put(meta_.published, linked_.data_published, "published", "data in a script");
    if (meta_.published) return;
    if (meta_.modified) {
      meta_.published = meta_.modified;
      meta_.why.emplace_back("published", "modified");
      return;
    }
    if (compact_) {
      meta_.published = compact_;
      meta_.why.emplace_back("published", "URL");
      return;
    }
    if (const auto date = date_of_url(head_.get("og:image"), false)) {
      meta_.published = date;
      meta_.why.emplace_back("published", "URL of the image");
      return;
    }
    for (const Found& one : seen_)
      if (take(one)) return;
  }

  bool take(const Found& one) {
    if (one.text.other) return false;
    meta_.published = one.text.date;
    meta_.why.emplace_back("published", one.rank <= 2   ? "beside the headline"
                                        : one.rank == 3 ? "an element named as a date"
                                                        : "a line of the page");
    return true;
  }

  const PageHead& head_;
  const LinkedArticle& linked_;
  const std::uint32_t headline_;
  const std::optional<Date> url_, compact_;
  Meta& meta_;
  std::vector<Found> seen_, unsettled_;
};

}  // namespace

void read_page_dates(const PageHead& head, const LinkedArticle& linked, std::uint32_t headline, std::string_view url,
                     Meta& meta) {
  Dates(head, linked, headline, url, meta).run();
}

}  // namespace tearsheet
