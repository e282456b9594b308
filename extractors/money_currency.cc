// Money currency: which currency an ambiguous sign or word means, by what the article says.
#include "extractors/money_currency.h"

#include <algorithm>
#include <array>
#include <optional>
#include <utility>

#include "base/fold.h"
#include "base/tree.h"
#include "base/utf8.h"
#include "extractors/rule_parse.h"
#include "extractors/rule_source.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

constexpr std::array<std::string_view, 5> kKinds = {"sentence", "mention", "publisher", "article", "default"};

const Scalar kNoCurrency;

std::vector<std::string> words_of(const Tree* list) {
  std::vector<std::string> out;
  if (list == nullptr) return out;
  for (const Tree& item : list->items) out.push_back(item.scalar);
  return out;
}

bool is_name_byte(char c) { return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80; }

/// The word that begins at `at`: letters, and dots between capitals ("U.S.").
std::string_view word_at(std::string_view text, std::size_t at) {
  std::size_t n = at;
  while (n < text.size() &&
         (is_name_byte(text[n]) || (text[n] == '.' && n == at + 1 && n + 1 < text.size() && is_name_byte(text[n + 1]))))
    ++n;
  return text.substr(at, n - at);
}

bool has_word(std::string_view text, std::string_view word) {
  for (std::size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const bool left = at == 0 || !is_name_byte(text[at - 1]);
    const std::size_t end = at + word.size();
    if (left && (end == text.size() || !is_name_byte(text[end]))) return true;
  }
  return false;
}

/// The candidates of a money mention; empty when its currency is settled.
std::vector<std::string> candidates_of(const Mention& mention) {
  std::vector<std::string> out;
  const Scalar* field = mention.type == "money" ? find(mention.fields, "candidates") : nullptr;
  const auto* list = field == nullptr ? nullptr : field->get<std::vector<Scalar>>();
  if (list == nullptr) return out;
  for (const Scalar& code : *list) out.push_back(to_string(code));
  return out;
}

bool has(const std::vector<std::string>& list, std::string_view code) {
  return std::find(list.begin(), list.end(), code) != list.end();
}

}  // namespace

bool is_bracketed_pair(std::string_view text, Span left, Span right) {
  if (right.begin <= left.end || right.begin - left.end > 24) return false;
  std::string_view gap = trim(text.substr(left.end, right.begin - left.end));
  return !gap.empty() && (gap[0] == '(' || gap[0] == '[') && gap.find_first_of(")].;") == std::string_view::npos;
}

/// One mention being decided, with all that may speak for a currency.
struct CurrencyEvidence::Case {
  const Document& document;
  std::vector<Candidate>& kept;
  std::size_t index;
  const std::vector<Seen>& seen;
  std::vector<std::string> candidates;
  std::string_view ruled_out;           // by a bracket: the partner's currency
  std::optional<std::string> currency;  // the answer
  std::string why;

  bool open(std::string_view code) const { return code != ruled_out && has(candidates, code); }
  /// The candidate that most cues between `begin` and `end` speak for; none when two are level.
  bool vote(std::uint32_t begin, std::uint32_t end, std::string_view where) {
    std::vector<int> votes(candidates.size());
    std::vector<std::string_view> said(candidates.size());
    for (const Seen& cue : seen) {
      if (cue.at < begin || cue.at >= end || !open(cue.cue->currency)) continue;
      const auto k =
          static_cast<std::size_t>(std::find(candidates.begin(), candidates.end(), cue.cue->currency) - candidates.begin());
      ++votes[k];
      if (said[k].empty()) said[k] = cue.words;
    }
    const auto best = std::max_element(votes.begin(), votes.end());
    if (best == votes.end() || *best == 0 || std::count(votes.begin(), votes.end(), *best) > 1) return false;
    const auto k = static_cast<std::size_t>(best - votes.begin());
    currency = candidates[k];
    why = std::string(said[k]) + " " + std::string(where);
    return true;
  }
};

Result<CurrencyEvidence> CurrencyEvidence::make(const Rulebook& rules) {
  CurrencyEvidence made;
  const auto country = rules.lexicon("country");
  if (!country)
    return fail("R007", "the lexicon country must be declared", "currency evidence counts the countries an article names");
  const auto layers = rules.settings_layers("currency");
  if (layers.empty())
    return fail("R030", "no file of `kind: currency`", "rules/currency.yaml orders the evidence for signs such as $ and ¥");
  const auto add_cue = [&made](std::string_view words, std::string_view currency) {
    const std::string_view first = word_at(words, 0);
    if (!first.empty() && !currency.empty())
      made.cues_.emplace(std::string(first), Cue{std::string(words.substr(first.size())), std::string(currency)});
  };
  for (const Surface& surface : country->surfaces()) {
    const std::string_view currency = country->cell(surface, "currency");
    if (!surface.ambiguous) add_cue(surface.text, currency);
    made.local_.emplace(country->value(surface), currency);
  }
  for (const SettingsFile* layer : layers) {
    std::vector<Error> errors;
    check_keys(layer->tree, {"schema", "kind", "version", "doc", "evidence", "cues", "money_words", "weights"},
               RuleSource(layer->path, layer->text), errors);
    if (!errors.empty()) return tl::unexpected(std::move(errors.front()));
    if (const Tree* cues = layer->tree.find("cues")) {
      for (const auto& [currency, list] : cues->members)
        for (const std::string& words : words_of(&list)) add_cue(words, currency);
    }
    if (const Tree* signs = layer->tree.find("evidence")) {
      for (const auto& [surface, list] : signs->members) {
        made.orders_[surface == "any" ? std::string() : fold(surface, Fold::case_fold)] = words_of(&list);
        for (const std::string& kind : words_of(&list))
          if (std::find(kKinds.begin(), kKinds.end(), kind) == kKinds.end())
            return fail("R030", layer->path + ": no evidence is called " + kind,
                        "one of sentence, mention, publisher, article, default");
      }
    }
    for (std::string& word : words_of(layer->tree.find("money_words"))) made.money_words_.push_back(std::move(word));
    for (std::string& word : words_of(layer->tree.find("weights"))) made.weights_.push_back(std::move(word));
  }
  return made;
}

bool CurrencyEvidence::speaks_of_money(std::string_view text) const {
  const std::string low = lower_ascii(text);
  for (const std::string& word : money_words_)
    if (has_word(low, word)) return true;
  return false;
}

bool CurrencyEvidence::is_weight(std::string_view unit) const {
  for (const std::string& weight : weights_)
    if (equals_ignoring_case(unit, weight)) return true;
  return false;
}

std::vector<CurrencyEvidence::Seen> CurrencyEvidence::cues_in(std::string_view text) const {
  std::vector<Seen> seen;
  std::string key;
  for (std::size_t at = 0; at < text.size();) {
    if (!is_name_byte(text[at])) {
      ++at;
      continue;
    }
    const std::string_view word = word_at(text, at);
    if (word[0] >= 'A' && word[0] <= 'Z') {
      key.assign(word);
      const auto [begin, end] = cues_.equal_range(key);
      for (auto cue = begin; cue != end; ++cue) {
        const std::string& rest = cue->second.rest;
        if (text.compare(at + word.size(), rest.size(), rest) != 0) continue;
        const std::size_t stop = at + word.size() + rest.size();
        if (stop < text.size() && is_name_byte(text[stop])) continue;
        seen.push_back({static_cast<std::uint32_t>(at), &cue->second, text.substr(at, stop - at)});
        break;
      }
    }
    at += std::max<std::size_t>(word.size(), 1);
  }
  return seen;
}

bool CurrencyEvidence::try_one(std::string_view kind, Case& now) const {
  const Mention& mention = now.kept[now.index].mention;
  if (kind == "sentence") {
    const Span sentence = now.document.sentence_of(mention.span.begin);
    return now.vote(sentence.begin, sentence.end, "in the sentence");
  }
  if (kind == "article") return now.vote(0, static_cast<std::uint32_t>(now.document.text.size()), "in the article");
  if (kind == "publisher") {
    const auto local = local_.find(now.document.country);
    if (local == local_.end() || !now.open(local->second)) return false;
    now.currency = local->second;
    now.why = "publisher in " + now.document.country;
    return true;
  }
  if (kind == "mention") {
    std::int64_t nearest = -1;
    for (const Candidate& other : now.kept) {
      const std::string_view code = text_of(other.mention.fields, "currency");
      if (other.mention.type != "money" || &other.mention == &mention || find(other.mention.fields, "candidates") ||
          !now.open(code))
        continue;
      const std::int64_t gap =
          std::abs(static_cast<std::int64_t>(other.mention.span.begin) - static_cast<std::int64_t>(mention.span.begin));
      if (nearest >= 0 && gap >= nearest) continue;
      nearest = gap;
      now.currency = std::string(code);
      now.why = std::string(other.mention.span.of(now.document.text)) + " in the article";
    }
    return nearest >= 0;
  }
  if (kind == "default" && now.open(now.candidates.front())) {
    now.currency = now.candidates.front();
    now.why = "default";
    return true;
  }
  return false;
}

void CurrencyEvidence::decide(Case& now) const {
  Mention& mention = now.kept[now.index].mention;
  const std::string surface(text_of(mention.fields, "evidence"));
  const auto own = orders_.find(fold(surface, Fold::case_fold));
  const auto any = orders_.find("");
  const auto& order = own != orders_.end() ? own->second : any->second;
  for (const std::string& kind : order)
    if (try_one(kind, now)) break;
  if (now.currency)
    set(mention.fields, "currency", *now.currency);
  else
    set(mention.fields, "currency", kNoCurrency);
  if (!now.currency)
    now.why = now.ruled_out.empty() ? "nothing decides" : "not " + std::string(now.ruled_out) + ", which the bracket says";
  set(mention.fields, "evidence", surface.empty() ? now.why : surface + ": " + now.why);
}

void CurrencyEvidence::settle(const Document& document, std::vector<Candidate>& kept) const {
  std::optional<std::vector<Seen>> seen;
  std::map<std::string, std::string, std::less<>>
      ruled_out;  // surface -> a currency that a bracket has ruled out for all of the article
  const auto partner_of = [&](std::size_t i) -> std::string_view {
    for (std::size_t k : {i + 1, i - 1}) {
      if (k >= kept.size() || kept[k].mention.type != "money" || find(kept[k].mention.fields, "candidates")) continue;
      const auto [left, right] = std::minmax(kept[i].mention.span, kept[k].mention.span);
      if (is_bracketed_pair(document.text, left, right)) return text_of(kept[k].mention.fields, "currency");
    }
    return {};
  };
  for (std::size_t i = 0; i < kept.size(); ++i) {
    const auto candidates = candidates_of(kept[i].mention);
    const std::string_view partner = candidates.empty() ? std::string_view{} : partner_of(i);
    if (!partner.empty() && has(candidates, partner)) ruled_out.emplace(text_of(kept[i].mention.fields, "evidence"), partner);
  }
  for (std::size_t i = 0; i < kept.size(); ++i) {
    auto candidates = candidates_of(kept[i].mention);
    if (candidates.empty()) continue;
    if (!seen) seen = cues_in(document.text);
    Case now{document, kept, i, *seen, std::move(candidates), {}, std::nullopt, {}};
    const auto out = ruled_out.find(text_of(kept[i].mention.fields, "evidence"));
    if (out != ruled_out.end()) now.ruled_out = out->second;
    decide(now);
  }
}

}  // namespace tearsheet
