// Link: which mentions say the same thing.
#include "pipeline/link/link.h"

#include <algorithm>
#include <cctype>
#include <cstdio>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <tuple>

#include "base/fold.h"
#include "pipeline/link/rates.h"

namespace tearsheet {
namespace {

std::optional<Decimal> amount_of(const Mention& mention) {
  const Scalar* value = find(mention.fields, "amount");
  if (value == nullptr) return std::nullopt;
  if (const auto* decimal = value->get<Decimal>()) return *decimal;
  return Decimal::parse(to_string(*value));
}

std::string currency_of(const Mention& mention) { return std::string(text_of(mention.fields, "currency")); }

/// What stands between an amount and its conversion: a bracket ("70 billion yen [$526 million]"), or ", or" and a qualifier.
enum class Joint { none, bracket, words };

Joint joint_between(std::string_view text, const Mention& left, const Mention& right) {
  if (right.span.begin < left.span.end || right.span.begin - left.span.end > 40) return Joint::none;
  const std::string between = lower_ascii(trim(text.substr(left.span.end, right.span.begin - left.span.end)));
  static const std::set<std::string> kQualifiers = {"", "about", "around", "approximately", "roughly", "some", "nearly", "or", "or about", "or around", "or roughly", "or approximately", "equivalent to", "equal to", "c.", "~", "≈", "currently", "then", "at the time", "almost", "more than", "over", "or nearly", "or some", "or more than", "worth", "just over", "just under", "or almost", "or just over"};
  if (!between.empty() && (between.front() == '(' || between.front() == '[')) {
    const std::string_view rest = trim(std::string_view(between).substr(1));
    const std::string_view behind = text.substr(right.span.end, std::min<std::size_t>(text.size() - right.span.end, 60));
    const bool closed = behind.find(between.front() == '(' ? ')' : ']') != std::string_view::npos;
    return closed && kQualifiers.contains(std::string(rest)) ? Joint::bracket : Joint::none;
  }
  std::string_view words = between;
  if (words.starts_with(",")) words = trim(words.substr(1));
  return words.starts_with("or") && kQualifiers.contains(std::string(words)) ? Joint::words : Joint::none;
}

/// "133.08 JPY per USD": the larger number over the smaller, so that the rate reads as people quote it.
std::string rate_text(const std::string& left_currency, double left, const std::string& right_currency, double right) {
  const bool turn = left < right;
  const double rate = turn ? right / left : left / right;
  char digits[32];
  std::snprintf(digits, sizeof digits, rate >= 1000 ? "%.0f" : "%.2f", rate);
  return std::string(digits) + " " + (turn ? right_currency : left_currency) + " per " + (turn ? left_currency : right_currency);
}

/// A currency that nobody said ("600 crores ($77.4m)") is the candidate whose rate fits.
void complete_currency(Mention& open, const Mention& known) {
  const Scalar* candidates = find(open.fields, "candidates");
  const auto amount = amount_of(open), other = amount_of(known);
  if (candidates == nullptr || !amount || !other) return;
  const auto* list = candidates->get<std::vector<Scalar>>();
  if (list == nullptr) return;
  std::string best;
  double best_off = std::log(4.0);  // further off than a factor of four fits nothing
  for (const Scalar& candidate : *list) {
    const std::string code = to_string(candidate);
    const double rate = typical_rate(code), dollars = other->approximate() / std::max(typical_rate(currency_of(known)), 1e-9);
    if (code == currency_of(known) || rate == 0 || typical_rate(currency_of(known)) == 0 || dollars <= 0 || amount->approximate() <= 0) continue;
    const double off = std::abs(std::log(amount->approximate() / rate / dollars));
    if (off >= best_off) continue;
    best = code;
    best_off = off;
  }
  if (best.empty()) return;
  set(open.fields, "currency", Scalar(best));
  set(open.fields, "evidence", Scalar("conversion in brackets"));
}

void carry_modifier(const Mention& said, Mention& conversion) {
  const std::string_view from = text_of(said.fields, "modifier"), to = text_of(conversion.fields, "modifier");
  if ((from == "approx" || from == "max" || from == "min") && (to.empty() || to == "exact")) set(conversion.fields, "modifier", Scalar(from));
}

class Linker {
 public:
  Linker(const Article& article, std::vector<Mention>& mentions) : article_(article), mentions_(mentions) {}

  std::vector<Link> run() {
    link_conversions();
    link_restatements();
    link_companies();
    std::sort(links_.begin(), links_.end(), [](const Link& a, const Link& b) { return std::tie(a.from, a.to, a.kind) < std::tie(b.from, b.to, b.kind); });
    return std::move(links_);
  }

 private:
  void link_conversions() {
    std::optional<std::uint32_t> last;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      if (mentions_[i].type != "money") continue;
      // A bracket belongs to the amount right before it, and takes part in one link only.
      if (last && mentions_[*last].block == mentions_[i].block && try_conversion(*last, i)) {
        last.reset();
      } else {
        last = i;
      }
    }
  }

  bool try_conversion(std::uint32_t from, std::uint32_t to) {
    Mention& said = mentions_[from];
    Mention& conversion = mentions_[to];
    const Joint joint = joint_between(article_.text, said, conversion);
    const auto left = amount_of(said), right = amount_of(conversion);
    if (joint == Joint::none || !left || !right || left->is_zero() || right->is_zero()) return false;
    if (currency_of(said).empty()) complete_currency(said, conversion);
    if (currency_of(conversion).empty()) complete_currency(conversion, said);
    const std::string a = currency_of(said), b = currency_of(conversion);
    if (a == b) return false;
    const double x = left->approximate(), y = right->approximate();
    const std::string name = joint == Joint::bracket ? "bracketed conversion" : "conversion";
    if (a.empty() || b.empty()) {
      links_.push_back({"same_amount", from, to, name});
      return true;
    }
    if (!is_plausible(a, x, b, y, joint == Joint::bracket ? 8 : 4)) {
      links_.push_back({"doubtful_conversion", from, to, name + " at " + rate_text(a, x, b, y) + ": is a scale word wrong?"});
      return true;
    }
    carry_modifier(said, conversion);
    links_.push_back({"same_amount", from, to, name + ", " + rate_text(a, x, b, y)});
    return true;
  }

  /// The power of ten an amount was said to: 9 for "$13bn", 8 for "$13.2 billion".
  static int said_to(std::string_view text, const Decimal& amount) {
    std::size_t at = 0;
    while (at < text.size() && !std::isdigit(static_cast<unsigned char>(text[at]))) ++at;
    std::int64_t digits = 0;
    int count = 0, decimals = 0;
    bool point = false;
    for (; at < text.size() && count < 17; ++at) {
      if (text[at] == '.' && at + 1 < text.size() && std::isdigit(static_cast<unsigned char>(text[at + 1]))) {
        point = true;
      } else if (std::isdigit(static_cast<unsigned char>(text[at]))) {
        digits = digits * 10 + (text[at] - '0');
        ++count;
        decimals += point;
      } else if (text[at] != ',') {
        break;
      }
    }
    if (digits == 0) return amount.exponent();
    return static_cast<int>(std::lround(std::log10(amount.approximate() / static_cast<double>(digits))));
  }

  /// The coarser amount is what the finer one rounds to, and both are within 5 %.
  bool restates(const Mention& a, const Mention& b, const Decimal& x, const Decimal& y) const {
    const double left = x.approximate(), right = y.approximate();
    if (left == right) return true;
    if (left <= 0 || right <= 0 || std::abs(left - right) / std::max(left, right) > 0.05) return false;
    const int p = said_to(a.span.of(article_.text), x), q = said_to(b.span.of(article_.text), y);
    if (p == q) return false;
    const double coarse = p > q ? left : right, fine = p > q ? right : left;
    const double unit = std::pow(10.0, std::max(p, q));
    return std::llround(fine / unit) == std::llround(coarse / unit) || std::floor(fine / unit) == std::llround(coarse / unit);
  }

  /// A plain "$1 million" said twice in the text may be two amounts; a headline's is the text's.
  bool may_repeat(const Mention& a, const Mention& b, const Decimal& amount) const {
    const auto outside = [&](const Mention& m) {
      const Use use = article_.blocks[m.block].use;
      return use == Use::title || use == Use::excerpt || use == Use::repeat || use == Use::caption;
    };
    const std::int64_t digits = std::abs(amount.mantissa());
    return outside(a) != outside(b) || digits >= 100;
  }

  void link_restatements() {
    std::map<std::string, std::vector<std::pair<double, std::uint32_t>>> by_currency;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      const auto amount = mentions_[i].type == "money" ? amount_of(mentions_[i]) : std::nullopt;
      const bool plain = amount && !currency_of(mentions_[i]).empty() && find(mentions_[i].fields, "per") == nullptr && find(mentions_[i].fields, "amount_high") == nullptr;
      if (plain && article_.blocks[mentions_[i].block].use != Use::related && article_.blocks[mentions_[i].block].use != Use::boilerplate) {
        by_currency[currency_of(mentions_[i])].emplace_back(amount->approximate(), i);
      }
    }
    for (auto& [currency, amounts] : by_currency) {
      std::sort(amounts.begin(), amounts.end());
      for (std::size_t i = 0; i < amounts.size(); ++i) {
        for (std::size_t j = i + 1; j < amounts.size() && j < i + 8 && amounts[j].first <= amounts[i].first * 1.06; ++j) try_restatement(amounts[i].second, amounts[j].second);
      }
    }
  }

  void try_restatement(std::uint32_t one, std::uint32_t other) {
    const std::uint32_t from = std::min(one, other), to = std::max(one, other);
    const Mention &a = mentions_[from], &b = mentions_[to];
    const Decimal x = *amount_of(a), y = *amount_of(b);
    if (!restates(a, b, x, y) || !may_repeat(a, b, x.mantissa() > y.mantissa() ? x : y)) return;
    links_.push_back({"same_amount", from, to, x == y ? "said again" : "rounded"});
  }

  void link_companies() {
    std::map<std::string, std::uint32_t> first;
    for (std::uint32_t i = 0; i < mentions_.size(); ++i) {
      const Mention& mention = mentions_[i];
      if (mention.type != "company") continue;
      const std::string_view id = text_of(mention.fields, "id"), name = text_of(mention.fields, "name");
      const std::string key = !id.empty() ? "id:" + std::string(id) : "name:" + squash(name.empty() ? mention.span.of(article_.text) : name);
      const auto [at, fresh] = first.emplace(key, i);
      if (fresh) continue;
      const bool same = mention.span.of(article_.text) == mentions_[at->second].span.of(article_.text);
      links_.push_back({"same_company", at->second, i, same ? "same name" : !id.empty() ? "alias of " + std::string(id) : "short form of " + std::string(name)});
    }
  }

  const Article& article_;
  std::vector<Mention>& mentions_;
  std::vector<Link> links_;
};

}  // namespace

std::vector<Link> link(const Article& article, std::vector<Mention>& mentions) { return Linker(article, mentions).run(); }

}  // namespace tearsheet
