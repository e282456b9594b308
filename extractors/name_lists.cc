// Name lists: the lexicons that tell companies, organisations, places and people apart.
#include "extractors/name_lists.h"

#include <array>

#include "base/fold.h"
#include "extractors/name_words.h"
#include "extractors/pattern.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

constexpr std::uint32_t kManyNames = 6;  // listed names that share a word before it stands for no one: "Gold", "First", "Systems"

constexpr std::array<std::pair<std::string_view, Clue>, 11> kClues{{{"form", Clue::legal_form}, {"head", Clue::head},           {"cue", Clue::cue},       {"given", Clue::person},
                               {"title", Clue::title},                                      {"abbr", Clue::abbreviation}, {"ticker", Clue::ticker}, {"domain", Clue::domain}, {"glued", Clue::glued},
                               {"index", Clue::index},   {"not", Clue::blocked}}};

Clue clue_from_groups(const Rule& rule) {
  for (const auto& [group, clue] : kClues) {
    if (rule.gazetteer_group == group) return clue;
    for (const auto& pattern : rule.patterns) {
      if (pattern->group(group) >= 0) return clue;
    }
  }
  return Clue::listed;
}

}  // namespace

Result<std::shared_ptr<const NameLists>> NameLists::build(const Rulebook& rules) {
  auto lists = std::make_shared<NameLists>();
  const std::initializer_list<std::pair<const char*, std::shared_ptr<const Lexicon>*>> wanted = {{"company", &lists->company_},   {"organisation", &lists->organisation_}, {"country", &lists->country_},  {"place", &lists->place_},
                             {"name_stop", &lists->stop_},             {"stop_name", &lists->other_},           {"product", &lists->product_},  {"person_title", &lists->title_},
                             {"given_name", &lists->given_},           {"family_name", &lists->family_},           {"name_head", &lists->head_},            {"legal_form", &lists->legal_form_}};
  for (const auto& [name, to] : wanted) {
    *to = rules.lexicon(name);
    if (*to == nullptr) return fail("R007", std::string("the lexicon ") + name + " must be declared", "the reader `name` tells names apart with it");
  }
  lists->count_words(*lists->company_);
  lists->count_words(*lists->organisation_);
  for (const auto& rule : rules.rules()) {
    if (rule->reader == "name") lists->clues_.emplace(rule.get(), clue_from_groups(*rule));
  }
  return std::shared_ptr<const NameLists>(std::move(lists));
}

Clue NameLists::clue_of(const Rule& rule) const {
  const auto known = clues_.find(&rule);
  return known == clues_.end() ? Clue::listed : known->second;
}

std::optional<LexiconRow> NameLists::row(const Lexicon& lexicon, std::string_view name, bool ambiguous) {
  const Surface* surface = lexicon.find(name);
  if (surface == nullptr || (surface->ambiguous && !ambiguous)) return std::nullopt;
  return LexiconRow{&lexicon, surface};
}

bool NameLists::is_other_name(std::string_view name) const {
  const Surface* other = other_->find(name);
  if (other == nullptr) other = product_->find(name);
  return other != nullptr && !other->ambiguous;
}

const Surface* NameLists::stop(std::string_view word) const {
  const Surface* stop = stop_->find(word);
  if (stop != nullptr || word.size() < 3 || !is_all_capitals(word)) return stop;
  std::string plain = lower_ascii(word);  // "SOURCE", "ABOUT"
  plain[0] = word[0];
  return stop_->find(plain);
}

bool NameLists::is_hard_stop(std::string_view word) const {
  const Surface* stop = this->stop(word);
  if (stop == nullptr) return false;
  const std::string_view kind = stop_->value(*stop);
  return kind != "trade" && kind != "number" && kind != "caption";
}

bool NameLists::is_region(std::string_view name) const {
  if (const auto land = row(*country_, name, false)) return land->cell("form") == "name";
  const auto place = row(*place_, name, false);
  return place && place->cell("kind") == "region" && place->cell("country").empty();
}

bool NameLists::is_title(std::string_view word) const { return title_->find(word) != nullptr; }

bool NameLists::is_given(std::string_view word, bool ambiguous) const {
  const Surface* name = given_->find(word);
  return name != nullptr && (ambiguous || !name->ambiguous);
}

bool NameLists::is_generic(std::string_view word) const {
  const auto known = names_with_.find(std::string(word));
  return (known != names_with_.end() && known->second >= kManyNames) || head_->find(word) != nullptr || legal_form_->find(word) != nullptr;
}

/// Counts each word once a row, so that a company's many spellings do not make its own name generic.
void NameLists::count_words(const Lexicon& lexicon) {
  std::unordered_map<std::string, std::uint32_t> last_row;
  for (const Surface& surface : lexicon.surfaces()) {
    const std::string_view text = surface.text;
    const Span line{0, static_cast<std::uint32_t>(text.size())};
    std::uint32_t at = 0;
    while (const auto word = word_after(text, line, at)) {
      at = word->span.end;
      const std::string key(word->span.of(text));
      const auto [seen, fresh] = last_row.emplace(key, surface.row + 1);
      if (!fresh && seen->second == surface.row + 1) continue;
      seen->second = surface.row + 1;
      ++names_with_[key];
    }
  }
}

void fill_from(const LexiconRow& row, Fields& fields) {
  const auto put = [&](std::string_view field, std::string_view value) {
    if (!value.empty()) set(fields, field, Scalar(value));
  };
  put("name", row.cell("name"));
  put("id", row.value());
  for (const char* column : {"ticker", "exchange", "country", "class"}) put(column, row.cell(column));
}

}  // namespace tearsheet
