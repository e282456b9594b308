// Names: the reader behind companies, organisations, countries and places.
#include "extractors/name.h"

#include <algorithm>
#include <array>
#include <utility>

#include "extractors/name_carry.h"
#include "extractors/name_lists.h"
#include "extractors/name_proof.h"
#include "extractors/name_run.h"
#include "extractors/name_words.h"

namespace tearsheet {
namespace {

constexpr double kNoun = 0.82;  // a name told by its last noun only: "Zignal Labs"

void refuse(std::string* why, const char* reason) {
  if (why != nullptr) *why = reason;
}

class NameReader : public Reader {
 public:
  explicit NameReader(std::shared_ptr<const NameLists> lists) : lists_(std::move(lists)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out, std::string* why) const override {
    const Span line = document.lines[hit.line];
    switch (lists_->clue_of(*hit.rule)) {
      case Clue::listed: return listed(hit, document, line, std::move(candidate), out, why);
      case Clue::legal_form: return before_form(hit, document, line, std::move(candidate), out, why);
      case Clue::head: return around_head(hit, document, line, std::move(candidate), out, why);
      case Clue::cue: return beside_cue(hit, document, line, std::move(candidate), out, why);
      case Clue::person: return person(hit, document, line, std::move(candidate), out, why);
      case Clue::title: return titled(hit, document, line, std::move(candidate), out, why);
      case Clue::ticker: return before_ticker(hit, document, line, std::move(candidate), out, why);
      case Clue::domain: return domain(hit, document, std::move(candidate), out, why);
      case Clue::glued: return glued(hit, document, std::move(candidate), out, why);
      case Clue::index: break;
      case Clue::abbreviation:
        candidate.mention.span = hit.group("abbr").value_or(hit.span);
        candidate.proven = false;
        break;
      case Clue::blocked:
        if (hit.surface != nullptr && hit.surface->ambiguous) return refuse(why, "also a name");
        break;
    }
    out.push_back(std::move(candidate));
  }

  void expand(const Document& document, std::vector<Candidate>& candidates) const override {
    prove_names(*lists_, document, candidates);
    carry_names(*lists_, document, candidates);
  }

  /// People, stop names and products have kept others out; they are no mentions.
  void settle(const Document& /*document*/, std::vector<Candidate>& kept) const override {
    for (Candidate& candidate : kept) {
      const Clue clue = lists_->clue_of(*candidate.rule);
      if (clue == Clue::person || clue == Clue::title || clue == Clue::index || clue == Clue::blocked) candidate.mention.type.clear();
    }
  }

 private:
  using Out = std::vector<Candidate>;

  void listed(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    Span& span = candidate.mention.span;
    const std::string_view said = span.of(document.text);
    const bool masthead = hit.rule->gazetteer_group == "publisher";  // "The Straits Times"
    if (!masthead && said.size() > 4 && said.substr(0, 4) == "The ") span.begin += 4;  // else the article is no part of a name
    if (masthead) set(candidate.mention.fields, "name", Scalar(said));
    candidate.proven = hit.surface == nullptr || !hit.surface->ambiguous;
    if (candidate.mention.type == "company" && is_model_name(document.text, line, span)) return refuse(why, "a model of the company");
    if (candidate.mention.type == "company" && is_brand_of_kind(document.text, line, span)) return refuse(why, "a kind of product");
    if (candidate.mention.type == "company" && names_a_product(document.text, line, span)) return refuse(why, "a product of the company");
    if (candidate.mention.type == "company") add_branch(document.text, line, candidate);
    out.push_back(std::move(candidate));
  }

  /// "Intel-based", "Android-compatible": what is built on a name, not its owner.
  static bool is_brand_of_kind(std::string_view text, Span line, Span span) {
    constexpr std::array<std::string_view, 6> kKinds = {"-based", "-powered", "-compatible", "-style", "-like", "-branded"};
    const std::string_view behind = text.substr(span.end, line.end - span.end);
    return std::any_of(kKinds.begin(), kKinds.end(), [&](std::string_view kind) { return behind.substr(0, kind.size()) == kind; });
  }

  /// "Uber India", "Ford Europe", "Burger King South Africa": a country or region behind a company's name makes a branch of it.
  void add_branch(std::string_view text, Span line, Candidate& candidate) const {
    Span& span = candidate.mention.span;
    const auto first = word_after(text, line, span.end);
    if (!candidate.proven || !first || first->gap != Gap::blank || !first->capital || is_title_case(text, line)) return;
    std::uint32_t end = first->span.end;
    const auto second = first->possessive ? std::nullopt : word_after(text, line, end);
    const bool two = second && second->gap == Gap::blank && second->capital;
    if (two && lists_->is_region(text.substr(first->span.begin, second->span.end - first->span.begin))) {
      end = second->span.end;
    } else if (two ? !lists_->is_title(second->span.of(text)) : false) {
      return;
    }
    if (end == first->span.end && !lists_->is_region(first->span.of(text))) return;
    span.end = end;
    candidate.mention.fields.clear();
    set(candidate.mention.fields, "name", Scalar(span.of(text)));
  }

  void describe(std::string_view said, std::string_view base, Candidate& candidate) const {
    for (const std::string_view name : {said, base}) {
      const bool company = candidate.mention.type == "company";
      auto row = company ? lists_->company(name, true) : lists_->organisation(name, true);
      if (!row && company) row = lists_->company(name, true);
      if (!row) continue;
      fill_from(*row, candidate.mention.fields);
      return;
    }
    if (text_of(candidate.mention.fields, "name").empty()) set(candidate.mention.fields, "name", Scalar(said));
  }

  void before_form(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    const bool noun = hit.row("form", text).value() == "noun";
    auto run = run_before(*lists_, text, line, hit.span.begin, true);
    const auto comma = text.substr(line.begin, hit.span.begin - line.begin).rfind(", ");
    if (!run && !hit.surface->ambiguous && comma != std::string_view::npos && line.begin + comma + 2 == hit.span.begin) {
      run = run_before(*lists_, text, line, line.begin + static_cast<std::uint32_t>(comma), true);  // "Harper, LLP"
    }
    if (!run) return refuse(why, "no name before it");
    std::string_view base = run->span.of(text);
    if (const std::string_view owned = trim(text.substr(run->span.begin, hit.span.begin - run->span.begin)); lists_->company(owned, true)) base = owned;  // "McDonald's Corp."
    const bool known = lists_->company(base, true).has_value();
    if (hit.surface->ambiguous && !known && !is_firm_form(hit.row("form", text).value())) return refuse(why, "also a word");
    if (noun || (run->where && hit.surface->ambiguous) || (run->generic && run->words < 2)) return refuse(why, "no name of its own");
    candidate.mention.span = {run->span.begin, hit.span.end};
    drop_opening(document, candidate.mention.span, base);
    describe(candidate.mention.span.of(text), base, candidate);
    out.push_back(std::move(candidate));
  }

  static bool is_firm_form(std::string_view form) { return form == "Group" || form == "Holdings" || form == "Co" || form == "Trust"; }

  /// "Indian Infosys Ltd": where the rest is a listed name, the adjective before it is not its part.
  void drop_opening(const Document& document, Span& span, std::string_view base) const {
    const auto first = word_after(document.text, span, span.begin);
    if (!first || first->span.size() + 1 >= base.size() || !lists_->is_country(first->span.of(document.text))) return;
    const std::string_view rest = base.substr(first->span.size() + 1);
    if (!lists_->company(base, true) && lists_->company(rest, true)) span.begin = first->span.end + 1;
  }

  void around_head(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    if (is_title_case(text, line)) return refuse(why, "a heading");
    const LexiconRow head = hit.row("head", text);
    const bool company = head.value() == "company";
    if (head.value() == "place") return refuse(why, "a place");
    const auto run = head.cell("order") == "first" ? std::nullopt : run_before(*lists_, text, line, hit.span.begin, true);
    std::uint32_t end = hit.span.end;
    if (head.cell("order") != "last") end = of_phrase(*lists_, text, line, end, head.value() != "university" && !company);
    const bool phrase = end > hit.span.end;
    if (run && product_opens(text, run->span)) return refuse(why, "a product");
    if (!run && !phrase) return refuse(why, "no name beside it");
    if (hit.surface->ambiguous && !run) return refuse(why, "a weak head needs a name before it");
    const bool house = run && company && !run->where && lists_->company(run->span.of(text), true);  // "Tata Chemicals"
    if (run && !phrase && company && !house && (run->where || run->generic)) return refuse(why, "no name of its own");
    if (run && !phrase && hit.surface->ambiguous && (run->where || (run->generic && company))) return refuse(why, "no name of its own");
    candidate.mention.span = {run ? run->span.begin : hit.span.begin, end};
    drop_listed_neighbour(text, candidate.mention.span);
    candidate.mention.type = company ? "company" : "organisation";
    if (company) candidate.mention.confidence = std::min(candidate.mention.confidence, kNoun);
    const std::string_view said = candidate.mention.span.of(text);
    if (lists_->is_other_name(said)) return refuse(why, "a stop name");
    if (lists_->organisation(said, false)) return refuse(why, "a listed name");
    if (!company) set(candidate.mention.fields, "class", Scalar(head.value()));
    describe(said, said, candidate);
    out.push_back(std::move(candidate));
  }

  /// "European Union and International Monetary Fund" are two: what stands before "and" is a listed name of its own.
  void drop_listed_neighbour(std::string_view text, Span& span) const {
    const std::string_view said = span.of(text);
    const std::size_t link = said.find(" and ");
    if (link == std::string_view::npos) return;
    const std::string_view first = said.substr(0, link);
    if (lists_->is_where(first) || lists_->organisation(first, false) || lists_->company(first, false)) span.begin += static_cast<std::uint32_t>(link) + 5;
  }

  /// "Chrysler Aspen", "Google Maps": another capitalised word runs on, which is no post, no person and no closing word of a name.
  bool names_a_product(std::string_view text, Span line, Span span) const {
    const auto next = word_after(text, line, span.end);
    if (!next || next->gap != Gap::blank || !next->capital) return false;
    const std::string_view said = next->span.of(text);
    if (lists_->is_stop(said) || lists_->is_title(said)) return false;
    const auto number = word_after(text, line, next->span.end);
    if (number && number->gap == Gap::blank && number->digits && number->span.size() <= 3 && !next->possessive) return true;  // "Rolls-Royce Trent 900"
    if (lists_->is_given(said, true) || lists_->is_where(said) || is_all_capitals(said)) return false;
    if (lists_->head(said) || lists_->legal_form(said) || lists_->company(said, true)) return false;
    return !is_title_case(text, line);
  }

  bool product_opens(std::string_view text, Span run) const {
    const auto first = word_after(text, run, run.begin);
    return first && lists_->is_other_name(first->span.of(text));
  }

  void beside_cue(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    const std::string_view kind = hit.row("cue", text).value();
    const std::uint32_t behind = behind_rival(text, line, hit.span.end);
    const bool rival = kind == "tie" && (behind != hit.span.end || is_house_rival(text, line, hit.span));
    if (!rival && hit.surface->ambiguous && (kind == "tie" || kind == "people" || kind == "business" || kind == "apposition" || kind == "suffix" || kind == "said")) return refuse(why, "also a word");
    if (is_title_case(text, line)) return refuse(why, "a heading");
    const std::string_view side = hit.row("cue", text).cell("side");
    std::optional<Run> run;
    if (side.find("before") != std::string_view::npos) run = run_after(*lists_, text, line, behind, 5);
    if (!run && kind != "tie" && side.find("before") != std::string_view::npos) run = appositive(text, line, hit.span.begin);
    if (!run && side.find("after") != std::string_view::npos) run = run_before(*lists_, text, line, hit.span.begin, false);
    if (!run) return refuse(why, "no name beside it");
    const std::string_view said = run->span.of(text);
    if (run->plain_number) return refuse(why, "a number");
    if (lists_->company(said, true)) {
      if (is_model_name(text, line, run->span)) return refuse(why, "a model of the company");
      describe(said, said, candidate);
    } else if (!rival && !is_strong(kind, hit.span.of(text))) {
      return refuse(why, "proves listed names only");
    } else if (run->where || run->generic || lists_->is_other_name(said) || lists_->organisation(said, true)) {
      return refuse(why, "no name of its own");
    } else if (const auto first = word_after(text, line, run->span.begin); first && (lists_->is_given(first->span.of(text), true) || lists_->is_where(first->span.of(text)))) {
      return refuse(why, "a person or a place");
    } else {
      describe(said, said, candidate);
    }
    if (kind == "results") joined_name(text, line, run->span, candidate, out);
    candidate.mention.span = run->span;
    out.push_back(std::move(candidate));
  }

  /// "its Japanese competitor Kashima Seiki", "local rival Pedra Branca": only houses have such rivals.
  bool is_house_rival(std::string_view text, Span line, Span cue) const {
    const std::string_view said = cue.of(text);
    if (said != "rival" && said != "competitor") return false;
    const auto before = word_before(text, line, cue.begin);
    if (!before || before->gap != Gap::blank) return false;
    const std::string_view word = before->span.of(text);
    for (const std::string_view kind : {"local", "smaller", "larger", "bigger", "domestic", "listed", "unlisted", "its", "overseas", "European", "Asian"}) {
      if (word == kind) return true;
    }
    return lists_->is_country(word);
  }

  /// "agreed to buy smaller rival Strand": what the cue leads to stands behind the noun.
  static std::uint32_t behind_rival(std::string_view text, Span line, std::uint32_t cue) {
    std::uint32_t at = cue;
    for (int words = 0; words < 3; ++words) {
      const auto word = word_after(text, line, at);
      if (!word || word->gap != Gap::blank) return cue;
      const std::string_view said = word->span.of(text);
      at = word->span.end;
      if (said == "rival" || said == "rivals" || said == "competitor" || said == "peer") return at;
    }
    return cue;
  }

  /// "Tindle, a Nevada start-up that": the name before the comma, where "a", "an" and what describes the cue are all that stands between.
  std::optional<Run> appositive(std::string_view text, Span line, std::uint32_t cue) const {
    std::uint32_t at = cue;
    for (int words = 0; words < 6; ++words) {
      const auto word = word_before(text, line, at);
      if (!word || (word->gap != Gap::blank && word->gap != Gap::hyphen)) return std::nullopt;
      const std::string_view said = word->span.of(text);
      at = word->span.begin;
      if (said == "a" || said == "an") {
        const bool comma = at >= line.begin + 2 && text.substr(at - 2, 2) == ", ";
        return comma ? run_before(*lists_, text, line, at - 2, false) : std::nullopt;
      }
      if (said.size() < 4 && !word->capital) return std::nullopt;  // "of", "at", "for", "the"
    }
    return std::nullopt;
  }

  /// "Acme and Velotron reported results": what proves the second name proves the first.
  void joined_name(std::string_view text, Span line, Span second, Candidate candidate, Out& out) const {
    const auto link = word_before(text, line, second.begin);
    if (!link || link->span.of(text) != "and") return;
    const auto run = run_before(*lists_, text, line, link->span.begin, false);
    if (!run || run->where || run->generic || run->plain_number) return;
    candidate.mention.span = run->span;
    candidate.mention.fields.clear();
    describe(run->span.of(text), run->span.of(text), candidate);
    out.push_back(std::move(candidate));
  }

  /// Cues that prove a name that no list holds.
  static bool is_strong(std::string_view kind, std::string_view cue) {
    if (kind == "said" || kind == "suffix" || kind == "market") return false;
    if (kind == "business") return false;
    if (kind != "tie") return kind != "apposition" || cue.find("a ") != std::string_view::npos;
    for (const std::string_view sure : {"shares of", "shares in", "Shares of", "Shares in", "subsidiary of", "unit of", "division of", "chief executive of", "chief executive officer of", "CEO of",
                                        "spokesman for", "spokeswoman for", "analyst at", "analysts at", "acquired", "acquires", "acquisition of", "takeover of", "buyout of", "economist at", "economists at", "strategist at"}) {
      if (cue.size() >= sure.size() && cue.substr(cue.size() - sure.size()) == sure) return true;
    }
    return false;
  }

  void person(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    const bool unsure = hit.surface != nullptr && hit.surface->ambiguous;
    const auto run = run_after(*lists_, text, line, hit.span.end, 3);
    if (!run || run->span.begin > hit.span.end + 2) return refuse(why, "no family name behind it");
    const auto next = word_after(text, line, hit.span.end);
    const auto last = word_before(text, run->span, run->span.end);
    if (const auto head = last ? lists_->head(last->span.of(text)) : std::nullopt; head && !head->surface->ambiguous) return refuse(why, "a name of something else");
    if (unsure && (run->generic || (next && lists_->is_generic(next->span.of(text))))) return refuse(why, "a name of something else");
    candidate.mention.span = {hit.span.begin, run->span.end};
    out.push_back(std::move(candidate));
  }

  void titled(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    if (hit.surface != nullptr && hit.surface->ambiguous) return refuse(why, "also a word");
    const auto run = run_after(*lists_, document.text, line, hit.span.end, 3);
    if (!run || run->generic) return refuse(why, "no name behind it");
    if (run->words == 1 && is_all_capitals(run->span.of(document.text))) return refuse(why, "letters, no family name");  // "pension fund manager KLP"
    candidate.mention.span = run->span;
    out.push_back(std::move(candidate));
  }

  void before_ticker(const Hit& hit, const Document& document, Span line, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    const auto run = run_before(*lists_, text, line, hit.span.begin, true);
    if (!run) return refuse(why, "no name before it");
    candidate.mention.span = run->span;
    describe(run->span.of(text), run->span.of(text), candidate);
    out.push_back(std::move(candidate));
  }

  /// "Bankrate.com" in running text, where it is no part of an address.
  void domain(const Hit& hit, const Document& document, Candidate candidate, Out& out, std::string* why) const {
    const std::string_view text = document.text;
    const Span span = hit.span;
    const char before = span.begin > 0 ? text[span.begin - 1] : ' ';
    const std::string_view behind = text.substr(span.end, 2);
    const bool goes_on = !behind.empty() && (behind[0] == '/' || behind[0] == '@' || (behind[0] == '.' && behind.size() > 1 && behind[1] >= 'a' && behind[1] <= 'z'));
    if (before == '@' || before == '.' || before == '/' || before == '-' || goes_on) return refuse(why, "part of an address");
    describe(span.of(text), span.of(text), candidate);
    out.push_back(std::move(candidate));
  }

  void glued(const Hit& hit, const Document& document, Candidate candidate, Out& out, std::string* why) const {
    const auto span = hit.group("glued").value_or(hit.span);
    const auto row = lists_->company(span.of(document.text), false);
    if (!row) return refuse(why, "no listed name");
    candidate.mention.span = span;
    fill_from(*row, candidate.mention.fields);
    out.push_back(std::move(candidate));
  }

  std::shared_ptr<const NameLists> lists_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_name_reader(const Rulebook& rules) {
  auto lists = NameLists::build(rules);
  if (!lists) return tl::unexpected(lists.error());
  return std::make_unique<NameReader>(std::move(*lists));
}

}  // namespace tearsheet
