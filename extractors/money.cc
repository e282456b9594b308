// Money: the reader behind rules/money.yaml: amounts, ranges, units and what stands around them.
#include "extractors/money.h"

#include <algorithm>
#include <string>
#include <utility>

#include "base/fold.h"
#include "extractors/money_currency.h"
#include "extractors/money_doubt.h"
#include "extractors/money_unit.h"
#include "extractors/number.h"
#include "extractors/qualifier.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }
bool is_letter(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); }

MoneySaid said_by(const Hit& hit, std::string_view text) {
  const auto get = [&](std::string_view name) { return hit.text(name, text); };
  const std::string_view part = get("part");
  return {
      get("cur"),      get("cur_b"), get("low"),  get("scale"), get("high"), get("scale_b"), part.empty() ? get("part_b") : part,
      get("part_cur"), get("some"),  get("join"), get("tail")};
}

/// "105,000" without a scale is grouped even in a document of decimal commas: no price has three decimals.
bool is_plain_group(std::string_view number) {
  const std::size_t comma = number.find(',');
  return comma != std::string_view::npos && comma > 0 && comma <= 3 && number.size() == comma + 4 && number[0] != '0';
}

/// The scale word that ends `number`: "three million" gives "million".
std::string_view last_scale(std::string_view number) {
  const std::size_t gap = number.find_last_of(" -");
  const std::string_view word = gap == std::string_view::npos ? number : number.substr(gap + 1);
  return !word.empty() && is_letter(word[0]) && scale_of(word) ? word : std::string_view{};
}

std::optional<Decimal> scaled(std::string_view number, std::string_view scale, bool decimal_comma) {
  if (scale.empty() && is_plain_group(number)) decimal_comma = false;
  auto value = read_scaled(number, decimal_comma);
  if (!value || scale.empty()) return value;
  const auto factor = scale_of(scale);
  return factor ? value->times(*factor) : std::nullopt;
}

void put(Fields& fields, std::string_view name, std::string_view value) {
  if (!value.empty()) set(fields, name, value);
}

class MoneyReader final : public Reader {
 public:
  MoneyReader(MoneyUnits units, Qualifiers qualifiers, CurrencyEvidence evidence, std::shared_ptr<const Lexicon> scales)
      : units_(std::move(units)),
        qualifiers_(std::move(qualifiers)),
        evidence_(std::move(evidence)),
        scales_(std::move(scales)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out,
            std::string* refused) const override {
    MoneyReading now{hit, document, candidate, said_by(hit, document.text), {}, hit.span, document.line_of(hit.span.begin)};
    const std::string_view why = make(now, out);
    if (!why.empty() && refused != nullptr) *refused = why;
  }

  void settle(const Document& document, std::vector<Candidate>& kept) const override {
    evidence_.settle(document, kept);
    for (std::size_t i = 1; i < kept.size(); ++i) share_around(document, kept[i - 1].mention, kept[i].mention);
  }

 private:
  /// A conversion in brackets is the same money: "about €95m ($101m)" is about both, "74,800 yuan ($10,200) a tonne" a price of
  /// both.
  static void share_around(const Document& document, Mention& said, Mention& converted) {
    if (said.type != "money" || converted.type != "money" || !is_bracketed_pair(document.text, said.span, converted.span)) return;
    if (text_of(converted.fields, "modifier") == "exact") {
      const std::string modifier(text_of(said.fields, "modifier"));
      if (modifier == "approx" || modifier == "max" || modifier == "min") set(converted.fields, "modifier", modifier);
    }
    const std::string per(text_of(said.fields, "per"));
    if (per.empty())
      put(said.fields, "per", std::string(text_of(converted.fields, "per")));
    else
      set(converted.fields, "per", per);
  }

  /// The story of a reading: unit, belief, amounts, what stands around. Gives why it refuses, or "".
  std::string_view make(MoneyReading& now, std::vector<Candidate>& out) const {
    if (const auto stop = hit_stop(now.hit)) now.span.end = *stop;
    if (!find_unit(now)) return "no currency";
    trim_tail(now);
    if (!now.said.scale.empty() && !trim_scale(now)) return "these letters are no scale here";
    if (now.said.high.empty()) drop_article(now);
    if (const std::string_view doubt = money_doubt(now, units_, evidence_); !doubt.empty()) return doubt;
    if (!now.said.high.empty()) return make_range(now, out);
    Fields fields;
    if (now.said.some.empty()) {
      const bool bare = now.said.low.empty();
      const auto amount = bare ? scale_of(now.said.scale) : amount_of(now);
      const auto major = amount ? amount->times(now.unit.factor) : std::nullopt;
      if (!major) return "no number";
      set(fields, "amount", *major);
      finish(now, std::move(fields), bare ? "vague" : "", out);
    } else {
      finish(now, std::move(fields), "vague", out);
    }
    return {};
  }

  /// The full stop that "15 dollars and 50." needs behind it is no part of the amount.
  static std::optional<std::uint32_t> hit_stop(const Hit& hit) {
    const auto stop = hit.group("stop");
    return stop ? std::optional(stop->begin) : std::nullopt;
  }

  /// "a ten-dollar bill": the article is the bill's; "a hundred dollars" keeps it.
  static void drop_article(MoneyReading& now) {
    std::string_view& low = now.said.low;
    const std::size_t gap = low.find_first_of(" -");
    if (gap == std::string_view::npos || (!equals_ignoring_case(low.substr(0, gap), "a") && !equals_ignoring_case(low.substr(0, gap), "an"))) return;
    if (read_scaled(low, false) || !read_scaled(low.substr(gap + 1), false)) return;
    low.remove_prefix(gap + 1);
    now.span.begin = static_cast<std::uint32_t>(low.data() - now.document.text.data());
  }

  std::optional<Decimal> amount_of(const MoneyReading& now) const {
    const auto value =
        scaled(now.said.low, now.said.scale.empty() ? now.said.scale_b : now.said.scale, now.document.decimal_comma);
    if (!value || now.said.part.empty()) return value;
    if (now.unit.is_minor()) return std::nullopt;  // "18p and 20p" are two
    const auto part = read_number(now.said.part, now.document.decimal_comma);
    if (!part || *part >= Decimal(100)) return std::nullopt;
    Decimal factor(1, -2);
    if (!now.said.part_cur.empty()) {
      const auto unit = units_.find(now.said.part_cur);
      if (!unit || !unit->is_minor()) return std::nullopt;
      factor = unit->factor;
    }
    const auto minor = part->times(factor);
    return minor ? value->plus(*minor) : std::nullopt;
  }

  bool find_unit(MoneyReading& now) const {
    const MoneySaid& said = now.said;
    if (said.cur.empty() && said.cur_b.empty()) {
      now.unit.candidates = now.document.country == "BD" ? "BDT INR" : "INR PKR NPR BDT LKR";  // a bare crore or lakh
      return !said.scale.empty();
    }
    const std::string_view surface = said.cur.empty() ? said.cur_b : said.cur;
    const std::string_view text = now.document.text;
    const auto at = static_cast<std::uint32_t>(surface.data() - text.data());
    auto unit = units_.find(surface);
    const bool last = at + surface.size() == now.span.end;
    if (!unit || (last && unit->source == MoneyUnit::Source::word)) {
      // The pattern takes the shortest unit; "pounds sterling" goes on, "CFA" may end before the pattern does.
      const std::size_t most = std::min<std::size_t>(now.line.end - at, surface.size() + 24);
      const auto longer = units_.find_at_start(text.substr(at, last ? most : surface.size()));
      if (longer && (!unit || longer->surface.size() > unit->surface.size())) unit = longer;
      if (!unit) unit = drop_first_word(now, surface);
      if (!unit) return false;
      if (last) now.span.end = static_cast<std::uint32_t>(at + unit->surface.size());
    }
    now.unit = *unit;
    return true;
  }

  /// "of rupees 500 crore": the word before the unit is not of its name.
  std::optional<MoneyUnit> drop_first_word(MoneyReading& now, std::string_view surface) const {
    const std::size_t gap = surface.find(' ');
    if (now.said.low.empty() || surface.data() > now.said.low.data() || gap == std::string_view::npos) return std::nullopt;
    for (std::string_view article : {"the", "a", "an", "per", "against", "each", "one", "versus"})
      if (equals_ignoring_case(surface.substr(0, gap), article)) return std::nullopt;
    auto unit = units_.find(surface.substr(gap + 1));
    if (unit) now.span.begin += static_cast<std::uint32_t>(gap + 1);
    return unit;
  }

  /// "$249 USD", "$300 million US dollars" keep their tail; "$5 CEO" does not. A tail that says more decides the currency.
  void trim_tail(MoneyReading& now) const {
    if (now.said.tail.empty()) return;
    const auto tail = units_.find(now.said.tail);
    if (tail && now.unit.may_be(tail->currency) && !tail->is_minor()) {
      if (tail->candidates.empty()) now.unit.currency = tail->currency, now.unit.candidates = {};
      return;
    }
    now.span.end = static_cast<std::uint32_t>(now.said.tail.data() - now.document.text.data());
    while (std::string_view(" \xC2\xA0-").find(now.document.text[now.span.end - 1]) != std::string_view::npos) --now.span.end;
  }

  /// A letter such as "t" or "l" is a scale only where it is glued to its number. "5 bp", "20 mp" are no money at all.
  bool trim_scale(MoneyReading& now) const {
    const Surface* row = scales_->find(now.said.scale);
    if (row == nullptr || scales_->cell(*row, "short") != "yes") return true;
    const std::string_view text = now.document.text;
    const auto begin = static_cast<std::uint32_t>(now.said.scale.data() - text.data());
    const auto end = static_cast<std::uint32_t>(begin + now.said.scale.size());
    const bool glued = begin > 0 && is_digit(text[begin - 1]);
    if (glued || !row->ambiguous) return true;
    if (end != now.span.end) return false;
    now.span.end = begin;
    while (now.span.end > now.span.begin && !is_digit(text[now.span.end - 1])) --now.span.end;
    now.said.scale = {};
    return true;
  }

  std::string_view make_range(MoneyReading& now, std::vector<Candidate>& out) const {
    const MoneySaid& said = now.said;
    const bool comma = now.document.decimal_comma;
    if (!said.cur.empty() && !said.cur_b.empty()) {
      const auto other = units_.find(said.cur_b);
      const bool same = other && (other->currency == now.unit.currency || other->may_be(now.unit.currency));
      if (!same || other->factor != now.unit.factor) return "two currencies";
    }
    if (equals_ignoring_case(said.low, "half") && said.join == "-") return "half-a-million is one number";
    auto low = scaled(said.low, said.scale, comma);
    auto high = scale_of(said.high) ? std::nullopt : scaled(said.high, said.scale_b, comma);  // "30-million-dollar" is no range
    if (!low || !high) return "no number";
    const std::string_view shared = said.scale_b.empty() ? last_scale(said.high) : said.scale_b;
    if (said.scale.empty() && !shared.empty() && last_scale(said.low).empty()) {
      const auto same = low->times(*scale_of(shared));  // "$7 to $9 billion"
      if (same && *same <= *high) low = same;
    }
    low = low->times(now.unit.factor);
    high = high->times(now.unit.factor);
    if (!low || !high || *high <= *low) return "the second is not the larger";
    if (equals_ignoring_case(said.join, "to") && is_move(now)) return split(now, *low, *high, out);
    Fields fields;
    set(fields, "amount", *low);
    set(fields, "amount_high", *high);
    finish(now, std::move(fields), "range", out);
    return {};
  }

  /// "from $5 to $15", "rose $1 million to $9 million": a change from one amount to another, not a range.
  bool is_move(const MoneyReading& now) const {
    const std::string_view left = words_before(now.document.text, now.line, now.span.begin, 40);
    for (std::string_view from : {"from", "from as low as", "from about", "from around", "from nearly", "from just",
                                  "from roughly", "from approximately", "from over", "from the", "from a"})
      if (ends_with_word(left, from)) return true;
    return !qualifiers_.around(now.document.text, now.line, now.span, ValueSort::small).change.empty();
  }

  /// Two amounts of one unit instead of a range.
  std::string_view split(MoneyReading& now, const Decimal& low, const Decimal& high, std::vector<Candidate>& out) const {
    const std::string_view text = now.document.text;
    const auto offset = [text](std::string_view part) { return static_cast<std::uint32_t>(part.data() - text.data()); };
    const Span whole = now.span;
    const MoneySaid& said = now.said;
    const std::string_view last = said.scale.empty() ? said.low : said.scale;
    const bool sign_first = !said.cur.empty() && said.cur.data() < said.low.data();
    const std::string_view first = sign_first ? said.cur : said.low;
    Span left{offset(first), static_cast<std::uint32_t>(offset(last) + last.size())};
    if (!sign_first && !said.cur.empty() && said.cur.data() < said.high.data())
      left.end = static_cast<std::uint32_t>(offset(said.cur) + said.cur.size());
    const bool own_sign = !said.cur_b.empty() && said.cur_b.data() < said.high.data() && said.cur_b.data() > last.data();
    now.span = left;
    Fields fields;
    set(fields, "amount", low);
    finish(now, std::move(fields), "", out);
    now.span = Span{own_sign ? offset(said.cur_b) : offset(said.high), whole.end};
    Fields more;
    set(more, "amount", high);
    finish(now, std::move(more), "", out);
    return {};
  }

  /// Fills what all amounts have and appends the candidate.
  void finish(const MoneyReading& now, Fields fields, std::string_view modifier, std::vector<Candidate>& out) const {
    const MoneyUnit& unit = now.unit;
    Candidate made = now.candidate;
    made.mention.span = now.span;
    put_currency(unit, fields);
    const Around around =
        qualifiers_.around(now.document.text, now.line, now.span, unit.is_minor() ? ValueSort::small : ValueSort::sum);
    const std::string_view more = now.hit.text("more", now.document.text);  // "600-plus million"
    if (modifier.empty() && !more.empty()) modifier = more == "-odd" ? "approx" : "min";
    if (modifier.empty()) modifier = around.modifier.empty() ? "exact" : around.modifier;
    set(fields, "modifier", modifier);
    put(fields, "per", around.per);
    put(fields, "change", around.change);
    for (Field& field : fields) set(made.mention.fields, field.name, std::move(field.value));
    out.push_back(std::move(made));
  }

  static void put_currency(const MoneyUnit& unit, Fields& fields) {
    if (unit.candidates.empty()) {
      constexpr std::string_view kSource[] = {"sign ", "code ", "word "};
      set(fields, "currency", unit.currency);
      set(fields, "evidence", std::string(kSource[static_cast<std::size_t>(unit.source)]) + std::string(unit.surface));
      return;
    }
    std::vector<Scalar> codes;
    for (std::size_t at = 0, end; at < unit.candidates.size(); at = end + 1) {
      end = std::min(unit.candidates.find(' ', at), unit.candidates.size());
      codes.emplace_back(unit.candidates.substr(at, end - at));
    }
    if (!unit.currency.empty()) set(fields, "currency", unit.currency);  // a bare crore has none yet
    set(fields, "candidates", std::move(codes));
    set(fields, "evidence", unit.surface);  // settle() puts what decides behind it
  }

  MoneyUnits units_;
  Qualifiers qualifiers_;
  CurrencyEvidence evidence_;
  std::shared_ptr<const Lexicon> scales_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_money_reader(const Rulebook& rules) {
  auto units = MoneyUnits::make(rules);
  if (!units) return tl::unexpected(units.error());
  auto qualifiers = Qualifiers::make(rules);
  if (!qualifiers) return tl::unexpected(qualifiers.error());
  auto evidence = CurrencyEvidence::make(rules);
  if (!evidence) return tl::unexpected(evidence.error());
  auto scales = rules.lexicon("scale");
  if (!scales) return fail("R007", "the lexicon scale must be declared", "the reader `money` looks scale words up in it");
  return std::make_unique<MoneyReader>(std::move(*units), std::move(*qualifiers), std::move(*evidence), std::move(scales));
}

}  // namespace tearsheet
