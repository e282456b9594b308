// Words: English verb forms and the small closed word classes that a clause hangs on.
#include "pipeline/record/words.h"

#include <algorithm>
#include <iterator>
#include <unordered_map>
#include <unordered_set>
#include <utility>

namespace tearsheet {
namespace {

struct Irregular {
  std::string_view lemma, past, participle;
};

// Irregular verbs that news about money uses; a spelling with '/' lists alternatives nowhere, one form each is what news writes.
constexpr Irregular kIrregular[] = {
    {"be", "was", "been"},         {"beat", "beat", "beaten"},    {"begin", "began", "begun"},   {"bet", "bet", "bet"},
    {"bid", "bid", "bid"},         {"put", "put", "put"},         {"let", "let", "let"},         {"uphold", "upheld", "upheld"},
    {"bring", "brought", "brought"}, {"build", "built", "built"}, {"buy", "bought", "bought"},   {"come", "came", "come"},
    {"cost", "cost", "cost"},      {"cut", "cut", "cut"},         {"draw", "drew", "drawn"},     {"fall", "fell", "fallen"},
    {"find", "found", "found"},    {"forgo", "forwent", "forgone"}, {"get", "got", "gotten"},    {"give", "gave", "given"},
    {"go", "went", "gone"},        {"grow", "grew", "grown"},     {"hit", "hit", "hit"},         {"hold", "held", "held"},
    {"keep", "kept", "kept"},      {"lead", "led", "led"},        {"leave", "left", "left"},     {"lend", "lent", "lent"},
    {"lose", "lost", "lost"},      {"make", "made", "made"},      {"meet", "met", "met"},        {"pay", "paid", "paid"},
    {"see", "saw", "seen"},        {"repay", "repaid", "repaid"}, {"rise", "rose", "risen"},     {"say", "said", "said"},
    {"seek", "sought", "sought"},  {"sell", "sold", "sold"},      {"send", "sent", "sent"},      {"set", "set", "set"},
    {"shrink", "shrank", "shrunk"}, {"sink", "sank", "sunk"},     {"spend", "spent", "spent"},   {"strike", "struck", "struck"},
    {"swing", "swung", "swung"},   {"overpay", "overpaid", "overpaid"}, {"forecast", "forecast", "forecast"}, {"take", "took", "taken"},     {"tell", "told", "told"},      {"undertake", "undertook", "undertaken"},
    {"win", "won", "won"},         {"withdraw", "withdrew", "withdrawn"}, {"write", "wrote", "written"},
};

// Verbs of two syllables and more that double their last consonant all the same.
constexpr std::string_view kDoubling[] = {"commit", "permit", "submit", "admit", "transfer", "refer", "allot", "annul", "cancel", "channel", "total"};

bool is_vowel(char c) { return std::string_view("aeiou").find(c) != std::string_view::npos; }

std::size_t vowel_groups(std::string_view word) {
  std::size_t groups = 0;
  for (std::size_t i = 0; i < word.size(); ++i) groups += is_vowel(word[i]) && (i == 0 || !is_vowel(word[i - 1]));
  return groups;
}

bool doubles(std::string_view lemma) {
  if (std::find(std::begin(kDoubling), std::end(kDoubling), lemma) != std::end(kDoubling)) return true;
  const std::size_t n = lemma.size();
  if (n < 3 || vowel_groups(lemma) != 1) return false;
  const char last = lemma[n - 1];
  return !is_vowel(last) && is_vowel(lemma[n - 2]) && !is_vowel(lemma[n - 3]) && std::string_view("wxy").find(last) == std::string_view::npos;
}

std::string third_person(std::string_view lemma) {
  const std::string word(lemma);
  const char last = lemma.back();
  if (last == 'y' && lemma.size() > 1 && !is_vowel(lemma[lemma.size() - 2])) return word.substr(0, word.size() - 1) + "ies";
  const bool hisses = last == 's' || last == 'x' || last == 'z' || last == 'o' || lemma.ends_with("ch") || lemma.ends_with("sh");
  return word + (hisses ? "es" : "s");
}

std::string with_suffix(std::string_view lemma, std::string_view suffix) {
  std::string word(lemma);
  if (word.ends_with('e') && !(suffix == "ing" && word.ends_with("ee"))) {
    word.pop_back();
  } else if (suffix == "ed" && word.ends_with('y') && word.size() > 1 && !is_vowel(word[word.size() - 2])) {
    word.back() = 'i';
  } else if (doubles(lemma)) {
    word += word.back();
  }
  return word.append(suffix);
}

template <std::size_t N>
bool among(std::string_view word, const std::string_view (&list)[N]) {
  return std::find(std::begin(list), std::end(list), word) != std::end(list);
}

constexpr std::string_view kGovernors[] = {
    "plan",   "decide", "agree",   "intend", "aim",     "propose", "prepare", "want",    "hope",     "expect", "seek",   "vow",     "pledge",
    "promise", "consider", "refuse", "decline", "fail",  "continue", "start",  "begin",   "move",     "look",   "schedule", "slate", "set",
    "commit", "offer",  "ask",     "request", "urge",   "weigh",   "mull",    "threaten", "force",   "order",  "require", "allow",   "authorize",
    "authorise", "earmark", "use", "opt",    "choose", "manage",  "poise",   "project", "forecast", "estimate", "target", "go", "try", "help", "vote",
    "apply",  "bid",    "ready",   "elect",  "undertake"};

const std::unordered_map<std::string_view, std::string_view>& governor_forms() {
  // Built once from the table above, const afterwards. The views point into `storage`, which does not grow any more.
  static const auto kForms = [] {
    static std::vector<std::string> storage;
    std::vector<std::pair<std::size_t, std::string_view>> at;
    for (std::string_view lemma : kGovernors) {
      for (VerbSpelling& form : inflect(lemma)) {
        at.emplace_back(storage.size(), lemma);
        storage.push_back(std::move(form.spelling));
      }
    }
    std::unordered_map<std::string_view, std::string_view> forms;
    for (const auto& [index, lemma] : at) forms.emplace(storage[index], lemma);
    return forms;
  }();
  return kForms;
}

}  // namespace

std::vector<VerbSpelling> inflect(std::string_view lemma) {
  std::string past = with_suffix(lemma, "ed");
  std::string participle = past;
  for (const Irregular& row : kIrregular) {
    if (row.lemma != lemma) continue;
    past = row.past;
    participle = row.participle;
  }
  return {{std::string(lemma), VerbForm::base},
          {third_person(lemma), VerbForm::third},
          {std::move(past), VerbForm::past},
          {std::move(participle), VerbForm::participle},
          {with_suffix(lemma, "ing"), VerbForm::gerund}};
}

std::string plural(std::string_view noun) { return third_person(noun); }

bool is_modal(std::string_view word) {
  static constexpr std::string_view kWords[] = {"will", "would", "shall", "should", "may", "might", "can", "could", "must", "'ll", "did", "does", "do"};
  return among(word, kWords);
}

bool is_have(std::string_view word) {
  static constexpr std::string_view kWords[] = {"has", "have", "had", "having", "'ve"};
  return among(word, kWords);
}

bool is_be(std::string_view word) {
  static constexpr std::string_view kWords[] = {"is", "are", "was", "were", "be", "been", "being"};
  return among(word, kWords);
}

bool is_negation(std::string_view word) {
  static constexpr std::string_view kWords[] = {"not", "never", "n't", "cannot", "neither", "nor", "no"};
  return among(word, kWords) || word.ends_with("n't") || word.ends_with("n’t");
}

bool is_preposition(std::string_view word) {
  static constexpr std::string_view kWords[] = {
      "of",   "in",    "into",    "to",     "for",   "from",  "with",   "by",         "at",      "on",       "onto",   "over",  "under", "against", "towards",
      "toward", "via", "through", "among",  "between", "within", "during", "including", "amid", "across", "near",   "per",   "than",  "without", "upon",
      "about", "around", "after", "before", "since", "until", "despite", "beyond",     "alongside", "behind", "outside", "inside", "like", "versus", "worth", "as"};
  return among(word, kWords);
}

bool is_determiner(std::string_view word) {
  static constexpr std::string_view kWords[] = {"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "any", "each", "both", "all", "another"};
  return among(word, kWords);
}

bool is_conjunction(std::string_view word) { return word == "and" || word == "or" || word == "&"; }

bool is_clause_opener(std::string_view word) {
  static constexpr std::string_view kWords[] = {"that", "which", "who", "whose", "while", "whereas", "although", "though", "because", "if", "unless", "when", "where", "but", "so", "whether"};
  return among(word, kWords);
}

bool is_adverb(std::string_view word) {
  static constexpr std::string_view kWords[] = {"also", "already", "now", "still", "again", "further", "soon", "then", "just", "yet", "ever", "even", "once", "today", "separately", "instead", "together"};
  return among(word, kWords) || (word.size() > 4 && word.ends_with("ly") && word != "supply" && word != "apply" && word != "family" && word != "comply");
}

std::string_view governor(std::string_view word) {
  const auto& forms = governor_forms();
  const auto at = forms.find(word);
  return at == forms.end() ? std::string_view{} : at->second;
}

bool is_article(std::string_view word) {
  static constexpr std::string_view kWords[] = {"the", "a", "an", "its", "their", "his", "her", "our"};
  return among(word, kWords);
}

bool is_finite(std::string_view word) {
  static const auto kForms = [] {
    std::unordered_set<std::string> forms;
    for (const Irregular& row : kIrregular) {
      forms.insert(std::string(row.past));
      forms.insert(third_person(row.lemma));
    }
    return forms;
  }();
  if (is_modal(word) || is_have(word) || is_be(word) || is_saying(word)) return true;
  if (word.find('-') != std::string_view::npos) return false;
  const bool governs = !governor(word).empty() && !word.ends_with("ing");
  return governs || (word.size() > 4 && word.ends_with("ed")) || kForms.contains(std::string(word));
}

bool is_verbal(std::string_view word) { return is_finite(word) || (word.size() > 4 && word.ends_with("ing") && word.find('-') == std::string_view::npos); }

bool is_saying(std::string_view word) {
  static constexpr std::string_view kWords[] = {"said",  "says",  "say",    "saying",  "announced", "announces", "announcing", "told",  "tells",   "reported", "reports", "reporting", "added",
                                                "adds",  "wrote", "stated", "confirmed", "confirms", "disclosed", "according", "learned", "noted", "claimed",  "claims",  "revealed",  "warned"};
  return among(word, kWords);
}

}  // namespace tearsheet
