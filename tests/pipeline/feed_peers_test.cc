// Feeds: another reader's test set, where TEARSHEET_FEED_TESTS names its folder (feedparser's: index.jsonl, dates.jsonl and the
// files).
#include <doctest/doctest.h>

#include <cstdlib>
#include <map>
#include <optional>
#include <string>

#include "base/file.h"
#include "base/fold.h"
#include "base/json.h"
#include "pipeline/fetch/feed.h"

using namespace tearsheet;

namespace {

std::int64_t utc_of(const Date& date) {
  return std::int64_t{days_from_civil(date.year, std::max<unsigned>(date.month, 1), std::max<unsigned>(date.day, 1))} * 86400 +
         date.hour * 3600 + date.minute * 60 + date.second - date.offset_min.value_or(0) * 60;
}

std::string parsed_of(const FeedDate& date) {
  if (!date.date) return {};
  const std::int64_t seconds = utc_of(*date.date);
  const std::int64_t days = seconds >= 0 ? seconds / 86400 : -((-seconds + 86399) / 86400);
  const Date day = civil_from_days(static_cast<std::int32_t>(days));
  const auto rest = static_cast<int>(seconds - days * 86400);
  return std::to_string(day.year) + "," + std::to_string(day.month) + "," + std::to_string(day.day) + "," +
         std::to_string(rest / 3600) + "," + std::to_string(rest / 60 % 60) + "," + std::to_string(rest % 60);
}

std::string person_text(const FeedPerson& person) {
  if (!person.name.empty() && !person.email.empty()) return person.name + " (" + person.email + ")";
  return person.name.empty() ? person.email : person.name;
}

std::optional<std::string> part_of(const FeedPerson& person, const std::string& part) {
  if (part == "name") return person.name;
  if (part == "email") return person.email;
  if (part == "url" || part == "href") return person.url;
  return std::nullopt;
}

std::optional<std::string> person_at(const std::vector<FeedPerson>& persons, const std::vector<std::string>& path) {
  const FeedPerson none;
  if (path[0] == "author") return person_text(persons.empty() ? none : persons.back());
  if (path.size() < 2) return std::nullopt;
  if (path[0] == "author_detail") return part_of(persons.empty() ? none : persons.back(), path[1]);
  if (path[0] != "authors" || path.size() < 3) return std::nullopt;
  const auto index = static_cast<std::size_t>(std::atoi(path[1].c_str()));
  return part_of(index < persons.size() ? persons[index] : none, path[2]);
}

std::optional<std::string> date_at(const std::map<std::string, const FeedDate*>& dates, const std::string& key) {
  const bool parsed = key.ends_with("_parsed");
  const auto found = dates.find(parsed ? key.substr(0, key.size() - 7) : key);
  if (found == dates.end()) return std::nullopt;
  return parsed ? parsed_of(*found->second) : found->second->text;
}

std::optional<std::string> link_at(const std::vector<FeedLink>& links, const std::vector<std::string>& path) {
  if (path.size() < 3 || path[2] != "href") return std::nullopt;
  const auto index = static_cast<std::size_t>(std::atoi(path[1].c_str()));
  return index < links.size() ? links[index].href : std::string();
}

/// What our document says under the other reader's name; nothing where the name is none of title, link, id, dates, author,
/// summary, content.
std::optional<std::string> value_at(const FeedDocument& document, std::vector<std::string> path) {
  const bool of_entry = path[0] == "entries";
  if (!of_entry && path[0] != "feed") return std::nullopt;
  path.erase(path.begin());
  if (!of_entry) {
    if (path.empty()) return std::nullopt;
    if (path[0] == "title" || (path[0] == "title_detail" && path.back() == "value")) return document.title.value;
    if (path[0] == "subtitle" || path[0] == "tagline" || path[0] == "description" || path[0] == "subtitle_detail" ||
        path[0] == "tagline_detail")
      return path.size() == 1 || path.back() == "value" ? std::optional(document.subtitle.value) : std::nullopt;
    if (path[0] == "link") return document.link;
    if (path[0] == "links") return link_at(document.links, path);
    if (path[0] == "id" || path[0] == "guid") return document.id;
    if (auto date = date_at({{"published", &document.published}, {"updated", &document.updated}}, path[0])) return date;
    return person_at(document.authors, path);
  }
  if (path.size() < 2) return std::nullopt;
  const auto index = static_cast<std::size_t>(std::atoi(path[0].c_str()));
  path.erase(path.begin());
  static const FeedItem none;
  const FeedItem& item = index < document.items.size() ? document.items[index] : none;
  const std::string summary = !item.summary.empty()  ? item.summary.value
                              : item.content.empty() ? std::string()
                                                     : item.content.front().value;
  if (path[0] == "title" || (path[0] == "title_detail" && path.back() == "value")) return item.title.value;
  if (path[0] == "summary" || path[0] == "description") return summary;
  if (path[0] == "summary_detail" && path.back() == "value") return summary;
  if (path[0] == "content" && path.back() == "value") {
    const auto at = static_cast<std::size_t>(std::atoi(path[1].c_str()));
    return at < item.content.size() ? item.content[at].value : summary;
  }
  if (path[0] == "link") return item.link;
  if (path[0] == "links") return link_at(item.links, path);
  if (path[0] == "id" || path[0] == "guid") return item.id;
  if (auto date = date_at(
          {{"published", &item.published}, {"updated", &item.updated}, {"created", &item.created}, {"expired", &item.expires}},
          path[0]))
    return date;
  return person_at(item.authors, path);
}

std::string wanted(const Tree& value) {
  if (!value.is_list()) return value.scalar;
  std::string out;
  for (std::size_t i = 0; i < 6 && i < value.items.size(); ++i) out += (i == 0 ? "" : ",") + value.items[i].scalar;
  return out;
}

/// Markup is stripped by us and sanitised by them: texts are compared as words where they are not the same bytes.
bool same(const std::string& ours, const std::string& theirs) {
  if (ours == theirs) return true;
  const auto words = [](const std::string& text) {
    return looks_like_markup(text) ? strip_markup(text) : strip_markup(std::string(trim(text)));
  };
  return words(ours) == words(theirs);
}

std::vector<std::string> path_of(const Tree& path) {
  std::vector<std::string> out;
  for (const Tree& part : path.items) out.push_back(part.scalar);
  return out;
}

FeedSource source_of(const Tree& row) {
  FeedSource source;
  source.url = "http://127.0.0.1:8097/" + std::string(row.text("file"));
  if (const Tree* headers = row.find("http_headers"); headers != nullptr) {
    for (const auto& [name, value] : headers->members) {
      if (equals_ignoring_case(name, "content-type")) source.content_type = value.scalar;
      if (equals_ignoring_case(name, "content-location")) source.content_location = value.scalar;
    }
  }
  return source;
}

std::vector<Tree> lines_of(const std::string& path) {
  std::vector<Tree> out;
  const auto contents = file::read(path);
  REQUIRE(contents.has_value());
  for (std::size_t at = 0; at < contents->bytes.size();) {
    const auto end = contents->bytes.find('\n', at);
    auto tree = json::parse(contents->bytes.substr(at, end - at));
    if (tree) out.push_back(std::move(*tree));
    at = end == std::string::npos ? contents->bytes.size() : end + 1;
  }
  return out;
}

}  // namespace

TEST_CASE("feed peers: at least 93 of 100 assertions of feedparser's tests hold") {
  const char* folder = std::getenv("TEARSHEET_FEED_TESTS");
  if (folder == nullptr) return;
  std::size_t asked = 0, held = 0;
  for (const Tree& row : lines_of(std::string(folder) + "/index.jsonl")) {
    const std::string name(row.text("file"));
    const auto bytes = file::read(std::string(folder) + "/" + name);
    if (!bytes) continue;
    // Every file is read, so that a crash shows; the sanitiser's are not compared.
    auto document = read_feed(bytes->bytes, source_of(row));
    if (!document) document = FeedDocument();
    if (name.find("sanitize") != std::string::npos || row.find("asserts") == nullptr) continue;
    for (const Tree& assertion : row.find("asserts")->items) {
      if (assertion.text("op") != "==" || assertion.find("value") == nullptr) continue;
      const auto ours = value_at(*document, path_of(*assertion.find("path")));
      if (!ours) continue;
      const std::string theirs = wanted(*assertion.find("value"));
      ++asked;
      if (same(*ours, theirs))
        ++held;
      else
        MESSAGE(name, "  ", row.text("expect"), "  got: ", *ours);
    }
  }
  MESSAGE(held, " of ", asked, " assertions");
  CHECK(asked > 700);
  CHECK(held * 100 >= asked * 93);
}

TEST_CASE("feed peers: every date of other readers' tests is read, to the second where they say it") {
  const char* path = std::getenv("TEARSHEET_FEED_DATES");
  if (path == nullptr) return;
  for (const Tree& row : lines_of(path)) {
    CAPTURE(row.text("input"));
    const auto date = read_feed_date(row.text("input"));
    REQUIRE(date.has_value());
    if (row.find("utc") == nullptr) continue;
    const auto want = Date::parse_iso(row.text("utc"));
    REQUIRE(want.has_value());
    CHECK(utc_of(*date) == utc_of(*want));
  }
}
