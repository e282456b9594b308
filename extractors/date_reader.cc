// Date reader: the reader behind rules of type date.
#include "extractors/date_reader.h"

#include <algorithm>
#include <cctype>
#include <utility>

#include "base/fold.h"
#include "extractors/date_order.h"
#include "extractors/date_parts.h"
#include "extractors/date_resolve.h"
#include "extractors/date_tense.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

bool is_upper(char c) { return c >= 'A' && c <= 'Z'; }
bool is_lower(char c) { return c >= 'a' && c <= 'z'; }

/// What read() leaves for settle().
const DateParts* parts_of(const Candidate& candidate) { return static_cast<const DateParts*>(candidate.carry.get()); }

bool is_time_only(const DateParts& parts) {
  return parts.hour && parts.day == 0 && parts.weekday == 0 && parts.month == 0 && parts.year == 0 && parts.direction == 0 &&
         parts.order_first == 0;
}

bool is_whole_day(const DateParts& parts) {
  return !parts.has_time() && parts.to_day == 0 &&
         (parts.day != 0 || parts.weekday != 0 || parts.order_first != 0 || (parts.direction != 0 && parts.unit == Unit::day));
}

/// The word that ends before `at`, and whether only blanks part them.
std::string_view word_before(std::string_view text, std::size_t at) {
  while (at > 0 && text[at - 1] == ' ') --at;
  std::size_t begin = at;
  while (begin > 0 && (std::isalpha(static_cast<unsigned char>(text[begin - 1])) != 0 || text[begin - 1] == '.')) --begin;
  return text.substr(begin, at - begin);
}

/// "USA Today", "Russia Today": a capital within a sentence is part of a name.
bool is_in_name(std::string_view text, Span span) {
  if (!is_upper(text[span.begin]) || span.begin < 2 || text[span.begin - 1] != ' ') return false;
  const std::string_view before = word_before(text, span.begin);
  return !before.empty() && is_upper(before[0]) && before.find('.') == std::string_view::npos;
}

std::vector<Scalar> names_of(const std::vector<std::string_view>& names) {
  std::vector<Scalar> out;
  for (const std::string_view name : names) out.emplace_back(name);
  return out;
}

std::vector<std::string_view> said_of(const DateParts& parts) {
  std::vector<std::string_view> out;
  const auto add = [&](bool said, std::string_view name) {
    if (said) out.push_back(name);
  };
  const bool numeric = parts.order_first != 0;
  add(parts.century != 0, "century");
  add(parts.decade != 0, "decade");
  add(parts.year != 0, "year");
  add(!parts.season.empty(), "season");
  add(parts.half != 0, "half");
  add(parts.quarter != 0, "quarter");
  add(parts.month != 0 || numeric, "month");
  add(parts.day != 0 || numeric, "day");
  add(parts.weekday != 0, "weekday");
  add(!parts.day_part.empty(), "part_of_day");
  add(parts.hour.has_value(), "hour");
  add(parts.minute.has_value(), "minute");
  add(parts.second.has_value(), "second");
  add(parts.offset_min.has_value(), "zone");
  return out;
}

std::vector<std::string_view> implied_of(const std::vector<std::string_view>& said, const CalendarPoint& point) {
  std::vector<std::string_view> out;
  const auto add = [&](bool known, std::string_view name) {
    if (known && std::find(said.begin(), said.end(), name) == said.end()) out.push_back(name);
  };
  add(point.grain == Grain::decade && point.year != 0, "decade");
  add(point.grain >= Grain::year && point.year != 0, "year");
  add(point.grain == Grain::week, "week");
  add(point.grain == Grain::quarter, "quarter");
  add(point.grain == Grain::month || point.grain >= Grain::day, "month");
  add(point.grain >= Grain::day, "day");
  return out;
}

class DateReader : public Reader {
 public:
  explicit DateReader(DateWords words) : words_(std::move(words)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out,
            std::string* refused) const override {
    if (hit.group("ref") && is_in_name(document.text, hit.span)) {
      if (refused != nullptr) *refused = "a capital within a sentence: a name";
      return;
    }
    auto parts = read_date_parts(hit, document.text, words_, refused);
    if (!parts) return;
    if (const auto mod = text_of(candidate.mention.fields, "mod"); !mod.empty()) parts->mod = mod;
    std::optional<Candidate> second;
    if (const auto other = hit.group("day2");
        other && !hit.group("join")->empty() && is_lower(document.text[hit.group("join")->begin])) {
      second = split_days(hit, *parts, candidate);  // "April 24 and 25" are two days, "April 24-25" is one stretch
    }
    candidate.carry = std::make_shared<const DateParts>(std::move(*parts));
    out.push_back(std::move(candidate));
    if (second) out.push_back(std::move(*second));
  }

  void settle(const Document& document, std::vector<Candidate>& kept) const override;

 private:
  /// The second day of two, in its own mention; the first keeps the rest.
  static Candidate split_days(const Hit& hit, DateParts& first, Candidate& candidate) {
    Candidate other = candidate;
    DateParts second = first;
    second.day = first.to_day;
    second.to_day = first.to_day = 0;
    const Span day = *hit.group("day"), day2 = *hit.group("day2"), month = *hit.group("month");
    if (month.begin < day.begin) {
      candidate.mention.span.end = day.end;
      other.mention.span = {day2.begin, hit.span.end};
    } else {
      candidate.mention.span = {hit.span.begin, day.end};
      other.mention.span.begin = day2.begin;
    }
    other.carry = std::make_shared<const DateParts>(std::move(second));
    return other;
  }

  DateWords words_;
};

/// Sets the dates of one document on the calendar.
class Settler {
 public:
  Settler(const Document& document, std::vector<Candidate>& kept, const DateWords& words)
      : document_(document), kept_(kept), words_(words) {
    for (std::size_t i = 0; i < kept_.size(); ++i) {
      if (kept_[i].rule->reader == "date" && kept_[i].carry) dates_.push_back(i);
    }
    std::sort(dates_.begin(), dates_.end(),
              [&](std::size_t a, std::size_t b) { return kept_[a].mention.span.begin < kept_[b].mention.span.begin; });
  }

  void run() {
    if (dates_.empty()) return;
    anchors_.month_first = month_first();
    own_date_ = document_.reference ? std::optional<CalendarPoint>() : date_in_text();
    join_times();
    for (std::size_t i = 0; i < dates_.size(); ++i) settle(i);
  }

 private:
  std::optional<CalendarPoint> article_date(std::uint32_t offset) const {
    if (const auto date = document_.reference_at(offset); date && date->grain >= Grain::day) return point_of_date(*date);
    return own_date_;
  }

  bool month_first() const {
    OrderEvidence evidence;
    for (const std::size_t i : dates_) {
      const DateParts& parts = *parts_of(kept_[i]);
      if (parts.order_first != 0) {
        evidence.numeric.push_back(parts);
      } else if (parts.weekday != 0 && parts.day == 0) {
        evidence.weekdays.push_back(parts.weekday);
      }
    }
    if (evidence.numeric.empty()) return false;
    if (document_.reference && document_.reference->grain >= Grain::day) evidence.article = point_of_date(*document_.reference);
    evidence.country = document_.country;
    return is_month_first(evidence);
  }

  /// Where nobody gives the article's date: the first full day that stands on a short line of its own near the top, as bylines
  /// and datelines do.
  std::optional<CalendarPoint> date_in_text() const {
    constexpr std::uint32_t kTop = 1500, kShort = 60;
    for (const std::size_t i : dates_) {
      const Span span = kept_[i].mention.span;
      const DateParts& parts = *parts_of(kept_[i]);
      if (span.begin > kTop) break;
      if (parts.year == 0 || (parts.day == 0 && parts.order_first == 0)) continue;
      std::uint32_t begin = span.begin, end = span.end;
      while (begin > 0 && span.begin - begin <= kShort && document_.text[begin - 1] != '\n') --begin;
      while (end < document_.text.size() && end - span.end <= kShort && document_.text[end] != '\n') ++end;
      if (end - begin - span.size() > kShort || (document_.text.size() == span.size())) continue;
      const auto resolved = resolve_date(parts, anchors_);
      if (resolved && resolved->point) return resolved->point;
    }
    return std::nullopt;
  }

  /// "17:17 GMT 06.01.2023" and "Friday at 5 p.m." are one mention each.
  void join_times() {
    for (std::size_t i = 0; i + 1 < dates_.size(); ++i) {
      Candidate &first = kept_[dates_[i]], &second = kept_[dates_[i + 1]];
      const DateParts &a = *parts_of(first), &b = *parts_of(second);
      const bool time_first = is_time_only(a) && is_whole_day(b), day_first = is_whole_day(a) && is_time_only(b);
      if (!time_first && !day_first) continue;
      if (!are_beside(first.mention.span, second.mention.span, time_first ? "on" : "at")) continue;
      DateParts both = time_first ? b : a;
      const DateParts& time = time_first ? a : b;
      both.hour = time.hour, both.minute = time.minute, both.second = time.second, both.offset_min = time.offset_min;
      second.mention.span.begin = first.mention.span.begin;
      second.mention.confidence = std::max(first.mention.confidence, second.mention.confidence);
      second.carry = std::make_shared<const DateParts>(std::move(both));
      first.mention.type.clear();
      first.carry.reset();
    }
    std::erase_if(dates_, [&](std::size_t i) { return !kept_[i].carry; });
  }

  /// Only blanks, a comma and `word` between them.
  bool are_beside(Span first, Span second, std::string_view word) const {
    if (second.begin - first.end > 6) return false;
    std::string_view between = trim(document_.text.substr(first.end, second.begin - first.end));
    if (!between.empty() && between[0] == ',') between = trim(between.substr(1));
    return (between.empty() || between == word) && second.begin > first.end;
  }

  void settle(std::size_t at) {
    Candidate& candidate = kept_[dates_[at]];
    const Span span = candidate.mention.span;
    const DateParts& parts = *parts_of(candidate);
    enter(span);
    anchors_.article = article_date(span.begin);
    anchors_.named = named_for(at, parts);
    anchors_.tense = needs_tense(parts) ? tense_of(span) : Tense::none;
    anchors_.narrated_year = narrated(span);
    if (anchors_.tense >= Tense::leaning) anchors_.narrated_year.reset();
    if (parts.day != 0 && parts.month != 0 && parts.year == 0 && word_before(document_.text, span.begin) == "last")
      anchors_.tense = Tense::past;
    anchors_.over = word_before(document_.text, span.begin) == "ended";
    auto resolved = resolve_date(parts, anchors_);
    if (!resolved) {
      candidate.mention.type.clear();
      return;
    }
    write(candidate, parts, *resolved);
    remember(parts, *resolved, span);
  }

  /// A new paragraph, or another item's block, forgets what was named.
  void enter(Span span) {
    const Span paragraph = document_.paragraph_of(span.begin);
    const Span line = document_.line_of(span.begin);
    if (paragraph == paragraph_ && line == line_) return;
    paragraph_ = paragraph;
    line_ = line;
    last_.reset();
    narrated_year_.reset();
  }

  /// The date that "later" and "that day" count from; for a time alone the day in its sentence, before or after it.
  std::optional<CalendarPoint> named_for(std::size_t at, const DateParts& parts) const {
    if (!is_time_only(parts)) return last_;
    const Span sentence = document_.sentence_of(kept_[dates_[at]].mention.span.begin);
    if (last_ && last_->grain == Grain::day && last_span_.begin >= sentence.begin) return last_;
    if (at + 1 < dates_.size() && kept_[dates_[at + 1]].mention.span.end <= sentence.end &&
        is_whole_day(*parts_of(kept_[dates_[at + 1]]))) {
      DateAnchors ahead = anchors_;
      ahead.tense = Tense::none;
      const auto resolved = resolve_date(*parts_of(kept_[dates_[at + 1]]), ahead);
      if (resolved && resolved->point) return resolved->point;
    }
    return std::nullopt;
  }

  static bool needs_tense(const DateParts& parts) {
    if (parts.year != 0 || parts.year_which != Which::none || parts.direction != 0 || parts.order_first != 0) return false;
    return parts.which == Which::none && (parts.month != 0 || parts.weekday != 0 || parts.quarter != 0 || parts.half != 0 ||
                                          !parts.season.empty() || !parts.holiday.empty() || parts.weekend);
  }

  /// "until Friday" lies ahead, but "not until Friday" and "Until Friday, they had" do not.
  Tense tense_of(Span span) const {
    const std::string_view before = word_before(document_.text, span.begin);
    if (before == "until" || before == "till") {
      const auto at = static_cast<std::uint32_t>(before.data() - document_.text.data());
      const std::string_view first = word_before(document_.text, at);
      if (first != "not" && first != "Up") return Tense::future;
    }
    return tense_at(document_.text, span, *words_.tense);
  }

  /// "In 2008 it bought ... and in March": a year two or more before the article's, the date named last, tells of that time.
  std::optional<int> narrated(Span span) const {
    const std::string_view before = word_before(document_.text, span.begin);
    if (!narrated_year_ || (before != "in" && before != "In" && before != "on" && before != "On") || !anchors_.article ||
        anchors_.article->year - *narrated_year_ < 2)
      return std::nullopt;
    return narrated_year_;
  }

  void remember(const DateParts& parts, const ResolvedDate& resolved, Span span) {
    if (!resolved.point || resolved.point->year == 0) return;
    last_ = resolved.point;
    if (resolved.grain > Grain::day) last_->grain = Grain::day;
    last_span_ = span;
    const std::string_view before = word_before(document_.text, span.begin);
    const bool tells = parts.year != 0 && parts.day == 0 && parts.to_year == 0 && (before == "in" || before == "In");
    if (tells && tense_at(document_.text, span, *words_.tense) == Tense::past) {
      narrated_year_ = parts.year;
    } else if (parts.year != 0 || parts.weekday != 0 || parts.direction != 0 || parts.which != Which::none) {
      narrated_year_.reset();  // back in the article's own time
    }
  }

  void write(Candidate& candidate, const DateParts& parts, const ResolvedDate& resolved) const {
    Fields& fields = candidate.mention.fields;
    set(fields, "value", Scalar(resolved.value));
    set(fields, "grain", Scalar(to_string(resolved.grain)));
    const auto said = said_of(parts);
    set(fields, "said", Scalar(names_of(said)));
    set(fields, "implied",
        Scalar(names_of(resolved.point ? implied_of(said, *resolved.point) : std::vector<std::string_view>())));
    std::string mod = parts.mod;
    if (mod.empty()) {
      const std::string_view before = word_before(document_.text, candidate.mention.span.begin);
      const Surface* surface = before.empty() ? nullptr : words_.mod->find(before);
      if (surface != nullptr && words_.mod->cell(*surface, "class") == "relation") mod = words_.mod->value(*surface);
    }
    if (mod.empty()) {
      unset(fields, "mod");
    } else {
      set(fields, "mod", Scalar(mod));
    }
    if (parts.fiscal) set(fields, "fiscal", Scalar(true));
  }

  const Document& document_;
  std::vector<Candidate>& kept_;
  const DateWords& words_;
  std::vector<std::size_t> dates_;
  DateAnchors anchors_;
  std::optional<CalendarPoint> own_date_, last_;
  std::optional<int> narrated_year_;
  Span paragraph_{0, 0}, line_{0, 0}, last_span_{0, 0};
};

void DateReader::settle(const Document& document, std::vector<Candidate>& kept) const { Settler(document, kept, words_).run(); }

}  // namespace

Result<std::unique_ptr<Reader>> make_date_reader(const Rulebook& rules) {
  auto words = DateWords::from(rules);
  if (!words) return tl::unexpected(words.error());
  return std::make_unique<DateReader>(std::move(*words));
}

}  // namespace tearsheet
