// Judge: one reading against what its annotator saw.
#include <fmt/format.h>

#include <algorithm>
#include <numeric>

#include "base/fold.h"
#include "pipeline/gold.h"
#include "pipeline/judge_record.h"
#include "pipeline/row.h"

namespace tearsheet {

bool same_value(std::string_view want, std::string_view got) {
  if (want == got) return true;
  const auto a = Decimal::parse(want), b = Decimal::parse(got);
  if (a && b) return *a == *b;
  const auto day = Date::parse_iso(want), other = Date::parse_iso(got);
  return day && other && day->iso() == other->iso();
}

namespace {

/// Where the nth occurrence of an annotated text stands; nothing when it is not in the text.
std::optional<Span> place_of(std::string_view text, const GoldMention& gold) {
  std::size_t at = 0;
  for (std::uint32_t n = 1;; ++n) {
    const std::size_t found = text.find(gold.text, at);
    if (found == std::string_view::npos || gold.text.empty()) return std::nullopt;
    if (n == gold.nth) return Span{static_cast<std::uint32_t>(found), static_cast<std::uint32_t>(found + gold.text.size())};
    at = found + gold.text.size();
  }
}

std::string first_difference(const Tree& want, const Fields& got) {
  for (const auto& [key, value] : want.members) {
    const Scalar* field = find(got, key);
    std::string said = field == nullptr ? std::string() : to_string(*field);
    if (said.empty() && key == "modifier") said = "exact";
    if (same_value(value.scalar, said)) continue;
    if (key == "name" && squash(value.scalar) == squash(said)) continue;
    return key + " is " + (said.empty() ? "missing" : said) + ", not " + value.scalar;
  }
  return {};
}

/// body and excerpt count as one: both are what a reader calls the article.
bool same_use(std::string_view want, Use got) {
  const auto plain = [](std::string_view name) { return name == "excerpt" ? std::string_view("body") : name; };
  return plain(want) == plain(to_string(got));
}

class Judge {
 public:
  Judge(const Reading& reading, const GoldDocument& gold, const std::string& where, Scores& scores)
      : reading_(reading),
        gold_(gold),
        where_(where),
        scores_(scores),
        text_(reading.article.text),
        taken_(reading.mentions.size()) {
    for (const GoldMention& mention : gold.mentions) places_.push_back(place_of(text_, mention));
  }

  void all() {
    for (const std::string& type : gold_.complete) {
      if (type != "records" && type != "links") judge_type(type);
    }
    judge_traps();
    judge_uses();
    judge_article();
    judge_links();
    judge_records(reading_, gold_, where_, scores_);
  }

 private:
  void differ(std::string kind, std::string type, std::string what) {
    scores_.differences.push_back({where_, std::move(kind), std::move(type), std::move(what)});
  }

  std::string around(Span span) const {
    const std::size_t begin = span.begin > 30 ? span.begin - 30 : 0;
    return "…" + fold(text_.substr(begin, span.end - begin + 20), Fold::none) + "…";
  }

  /// The mention that an annotated one is paired with: the same span first, then any that overlaps.
  std::optional<std::size_t> partner(const GoldMention& gold, Span span, bool exact) const {
    for (std::size_t i = 0; i < reading_.mentions.size(); ++i) {
      const Mention& mention = reading_.mentions[i];
      if (taken_[i] || mention.type != gold.type) continue;
      if (exact ? mention.span == span : mention.span.overlaps(span)) return i;
    }
    return std::nullopt;
  }

  void judge_type(const std::string& type) {
    Tally& tally = scores_.types[type];
    std::vector<bool> met(gold_.mentions.size());
    for (const bool exact : {true, false}) {
      for (std::size_t g = 0; g < gold_.mentions.size(); ++g) {
        const GoldMention& gold = gold_.mentions[g];
        if (gold.type != type || gold.maybe || met[g] || !places_[g]) continue;
        const auto index = partner(gold, *places_[g], exact);
        if (!index) continue;
        met[g] = taken_[*index] = true;
        judge_pair(gold, reading_.mentions[*index], exact, tally);
      }
    }
    for (std::size_t g = 0; g < gold_.mentions.size(); ++g) {
      const GoldMention& gold = gold_.mentions[g];
      if (gold.type != type || gold.maybe) continue;
      if (!places_[g] && (gold.use == "related" || gold.use == "boilerplate")) continue;  // furniture need not be in the text
      ++tally.gold;
      if (!met[g]) differ("missed", type, gold.text + (places_[g] ? "  " + around(*places_[g]) : "  (not in the text)"));
    }
    count_extra(type, tally);
  }

  void judge_pair(const GoldMention& gold, const Mention& mention, bool exact, Tally& tally) {
    ++tally.found;
    ++tally.overlap;
    if (exact)
      ++tally.strict;
    else
      differ("span", gold.type, std::string(mention.span.of(text_)) + ", not " + gold.text);
    const std::string wrong = first_difference(gold.want, mention.fields);
    calibrate(mention, wrong.empty());
    if (wrong.empty() && exact) ++tally.whole;
    if (wrong.empty())
      ++tally.value;
    else
      differ("value", gold.type, gold.text + ": " + wrong);
    if (gold.use.empty()) return;
    ++scores_.uses;
    if (same_use(gold.use, use_of(reading_.article, mention)))
      ++scores_.uses_right;
    else
      differ("use", gold.type,
             gold.text + " stands in " + std::string(to_string(use_of(reading_.article, mention))) + ", not " + gold.use);
  }

  void calibrate(const Mention& mention, bool right) {
    auto& rules = scores_.calibration[mention.type];
    for (const std::string& rule : {std::string(), mention.rule.substr(0, mention.rule.find('@'))}) {
      Bin& bin = rules[rule][bin_of(mention.confidence)];
      ++bin.found;
      if (right) ++bin.right;
    }
  }

  /// What came and was not asked for; what only touches a maybe is not counted at all.
  void count_extra(const std::string& type, Tally& tally) {
    for (std::size_t i = 0; i < reading_.mentions.size(); ++i) {
      const Mention& mention = reading_.mentions[i];
      if (mention.type != type || taken_[i] || touches(mention.span, type, true)) continue;
      ++tally.found;
      calibrate(mention, false);
      differ("extra", type, std::string(mention.span.of(text_)) + "  " + around(mention.span) + "  by " + mention.rule);
    }
  }

  bool touches(Span span, const std::string& type, bool only_maybe) const {
    for (std::size_t g = 0; g < gold_.mentions.size(); ++g) {
      const GoldMention& gold = gold_.mentions[g];
      if (gold.type == type && (gold.maybe || !only_maybe) && places_[g] && places_[g]->overlaps(span)) return true;
    }
    return false;
  }

  void judge_traps() {
    for (const GoldTrap& trap : gold_.traps) {
      ++scores_.traps;
      const Mention* fell = nullptr;
      for (std::size_t at = text_.find(trap.text); at != std::string_view::npos && fell == nullptr;
           at = text_.find(trap.text, at + 1)) {
        const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + trap.text.size())};
        for (const Mention& mention : reading_.mentions) {
          if (mention.type == trap.type && mention.span.overlaps(span) && !touches(mention.span, trap.type, false))
            fell = &mention;
        }
      }
      if (fell == nullptr)
        ++scores_.traps_kept;
      else
        differ("trap", trap.type, std::string(fell->span.of(text_)) + " by " + fell->rule + ": " + trap.why);
    }
  }

  void judge_uses() {
    for (const GoldUse& gold : gold_.uses) {
      ++scores_.uses;
      const Block* block = nullptr;
      for (const Block& one : reading_.article.blocks) {
        if (trim(one.span.of(text_)).starts_with(gold.starts)) {
          block = &one;
          break;
        }
      }
      const bool may_be_left_out = gold.use == "related" || gold.use == "boilerplate";
      const bool is_in_text = text_.find(gold.starts) != std::string_view::npos;
      if (block != nullptr ? same_use(gold.use, block->use) : may_be_left_out && !is_in_text)
        ++scores_.uses_right;
      else
        differ("use", {},
               gold.starts +
                   (block == nullptr ? ": no block starts so" : ": " + std::string(to_string(block->use)) + ", not " + gold.use));
    }
  }

  std::string article_value(std::string_view key) const {
    const Meta& meta = reading_.article.meta;
    if (key == "title") return meta.title;
    if (key == "published") return meta.published ? meta.published->iso() : std::string();
    if (key == "modified") return meta.modified ? meta.modified->iso() : std::string();
    if (key == "place") return meta.place;
    if (key == "publisher") return meta.publisher;
    if (key == "domain") return meta.domain;
    if (key == "language") return meta.language;
    if (key == "section") return meta.section;
    return meta.url;
  }

  void judge_article() {
    for (const auto& [key, want] : gold_.article.members) {
      ++scores_.facts;
      std::string said, got;
      if (key == "byline") {
        for (const Tree& name : want.items) said += (said.empty() ? "" : ", ") + name.scalar;
        for (const std::string& name : reading_.article.meta.byline) got += (got.empty() ? "" : ", ") + name;
      } else {
        said = want.scalar;
        got = article_value(key);
      }
      if (same_value(said, got))
        ++scores_.facts_right;
      else
        differ("article", key, (got.empty() ? "nothing" : got) + ", not " + said);
    }
  }

  /// Mentions joined by links of one kind belong together, however the links run between them.
  std::vector<std::size_t> groups_of(const std::string& kind) const {
    std::vector<std::size_t> group(reading_.mentions.size());
    std::iota(group.begin(), group.end(), std::size_t{0});
    for (const Link& link : reading_.links) {
      if (link.kind != kind || link.from >= group.size() || link.to >= group.size()) continue;
      const std::size_t a = group[link.from], b = group[link.to];
      std::replace(group.begin(), group.end(), std::max(a, b), std::min(a, b));
    }
    return group;
  }

  bool are_linked(const GoldLink& gold, const std::vector<std::size_t>& group) const {
    for (std::size_t i = 0; i < group.size(); ++i) {
      if (reading_.mentions[i].span.of(text_) != gold.from) continue;
      for (std::size_t j = 0; j < group.size(); ++j) {
        if (i != j && group[i] == group[j] && reading_.mentions[j].span.of(text_) == gold.to) return true;
      }
    }
    return false;
  }

  void judge_links() {
    if (gold_.links.empty() && !gold_.complete.contains("links")) return;
    Tally& tally = scores_.types["links"];
    for (const GoldLink& gold : gold_.links) {
      ++tally.gold;
      if (!are_linked(gold, groups_of(gold.kind))) {
        differ("link", gold.kind, gold.from + " = " + gold.to + " is missing");
        continue;
      }
      ++tally.found;
      ++tally.strict;
      ++tally.overlap;
      ++tally.value;
      ++tally.whole;
    }
    if (!gold_.complete.contains("links")) return;
    for (const Link& link : reading_.links) {
      const auto words = [&](std::uint32_t index) { return reading_.mentions[index].span.of(text_); };
      const bool wanted = std::any_of(gold_.links.begin(), gold_.links.end(), [&](const GoldLink& gold) {
        return gold.kind == link.kind && (gold.from == words(link.from) || gold.to == words(link.from)) &&
               (gold.from == words(link.to) || gold.to == words(link.to));
      });
      if (wanted) continue;
      ++tally.found;
      differ("link", link.kind, std::string(words(link.from)) + " = " + std::string(words(link.to)) + " is not said");
    }
  }

  const Reading& reading_;
  const GoldDocument& gold_;
  const std::string& where_;
  Scores& scores_;
  std::string_view text_;
  std::vector<std::optional<Span>> places_;
  std::vector<bool> taken_;
};

double share(std::uint64_t part, std::uint64_t whole) {
  return whole == 0 ? (part == 0 ? 100.0 : 0.0) : 100.0 * static_cast<double>(part) / static_cast<double>(whole);
}

}  // namespace

double Bin::percent() const { return share(right, found); }

std::size_t bin_of(double confidence) {
  const int tenth = static_cast<int>(confidence * 10 + 1e-6);  // 0.7 is a hair below 0.7 as a double
  return static_cast<std::size_t>(std::clamp(tenth, 5, 9) - 5);
}

double Tally::precision(std::uint64_t right) const { return share(right, found); }
double Tally::recall(std::uint64_t right) const { return share(right, gold); }
double Tally::f1(std::uint64_t right) const {
  if (gold == 0 && found == 0) return 100;
  const double p = precision(right), r = recall(right);
  return p + r <= 0 ? 0 : 2 * p * r / (p + r);
}

void judge(const Reading& reading, const GoldDocument& gold, const std::string& where, Scores& scores) {
  if (reading.error) scores.differences.push_back({where, "unreadable", {}, reading.error->code + ": " + reading.error->what});
  for (const Mention& mention : reading.mentions) ++scores.hits[mention.rule.substr(0, mention.rule.find('@'))];
  Judge(reading, gold, where, scores).all();
}

}  // namespace tearsheet
