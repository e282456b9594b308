// Words: English verb forms and the small closed word classes that a clause hangs on.
#include "pipeline/record/words.h"

#include <algorithm>
#include <iterator>
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
    {"go", "went", "gone"},        {"stand", "stood", "stood"}, {"slide", "slid", "slid"}, {"leap", "leapt", "leapt"}, {"grow", "grew", "grown"},     {"hit", "hit", "hit"},         {"hold", "held", "held"},
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

constexpr std::string_view kGovernors[] = {
    "plan",   "decide", "agree",   "intend", "aim",     "propose", "prepare", "want",    "hope",     "expect", "seek",   "vow",     "pledge",
    "promise", "consider", "refuse", "decline", "fail",  "continue", "start",  "begin",   "move",     "look",   "schedule", "slate", "set",
    "commit", "offer",  "ask",     "request", "urge",   "weigh",   "mull",    "threaten", "force",   "order",  "require", "allow",   "authorize",
    "authorise", "earmark", "use", "opt",    "choose", "manage",  "poise",   "project", "forecast", "estimate", "target", "go", "try", "help", "vote",
    "apply",  "bid",    "ready",   "elect",  "undertake"};

constexpr std::string_view kMotions[] = {"rise", "fall", "grow", "climb", "drop", "jump", "soar", "surge", "slip", "decline", "plunge", "slump", "shrink", "come", "go", "swing", "narrow", "widen", "increase",
                                          "decrease", "total", "stand", "reach", "hit", "amount", "dip", "edge", "tumble", "slide", "advance", "rebound", "recover", "improve", "remain", "leap", "sink"};

const WordTable<std::string_view>& governor_forms() {
  static const auto kForms = [] {  // built once from the table above, const afterwards
    WordTable<std::string_view> forms;
    for (const std::string_view lemma : kGovernors) {
      for (const VerbSpelling& form : inflect(lemma)) {
        std::string_view& into = forms[form.spelling];
        if (into.empty()) into = lemma;
      }
    }
    return forms;
  }();
  return kForms;
}

/// The pasts and third persons of irregular verbs, and the forms of governors but their gerunds.
const WordTable<bool>& finite_forms() {
  static const auto kForms = [] {
    WordTable<bool> forms;
    for (const Irregular& row : kIrregular) {
      forms[row.past] = true;
      forms[third_person(row.lemma)] = true;
    }
    for (const std::string_view lemma : kGovernors) {
      for (const VerbSpelling& form : inflect(lemma)) {
        if (!form.spelling.ends_with("ing")) forms[form.spelling] = true;
      }
    }
    return forms;
  }();
  return kForms;
}

const WordTable<bool>& motion_forms() {
  static const auto kForms = [] {
    WordTable<bool> forms;
    for (const std::string_view lemma : kMotions) {
      for (const VerbSpelling& form : inflect(lemma)) forms[form.spelling] = true;
    }
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

bool is_modal(const HashedWord& word) {
  static constexpr WordSet kWords({"will", "would", "shall", "should", "may", "might", "can", "could", "must", "'ll", "did", "does", "do"});
  return kWords.has(word);
}

bool is_have(const HashedWord& word) {
  static constexpr WordSet kWords({"has", "have", "had", "having", "'ve"});
  return kWords.has(word);
}

bool is_be(const HashedWord& word) {
  static constexpr WordSet kWords({"is", "are", "was", "were", "be", "been", "being"});
  return kWords.has(word);
}

bool is_negation(const HashedWord& word) {
  static constexpr WordSet kWords({"not", "never", "n't", "cannot", "neither", "nor", "no"});
  return kWords.has(word) || word.ends_with("n't") || word.ends_with("n’t");
}

bool is_preposition(const HashedWord& word) {
  static constexpr WordSet kWords({
      "of",   "in",    "into",    "to",     "for",   "from",  "with",   "by",         "at",      "on",       "onto",   "over",  "under", "against", "towards",
      "toward", "via", "through", "among",  "between", "within", "during", "including", "amid", "across", "near",   "per",   "than",  "without", "upon",
      "about", "around", "after", "before", "since", "until", "despite", "beyond",     "alongside", "behind", "outside", "inside", "like", "versus", "worth", "as"});
  return kWords.has(word);
}

bool is_determiner(const HashedWord& word) {
  static constexpr WordSet kWords({"the", "a", "an", "its", "their", "his", "her", "our", "this", "that", "these", "those", "some", "any", "each", "both", "all", "another"});
  return kWords.has(word);
}

bool is_conjunction(const HashedWord& word) { return word == "and" || word == "or" || word == "&"; }

bool is_clause_opener(const HashedWord& word) {
  static constexpr WordSet kWords({"that", "which", "who", "whose", "while", "whereas", "although", "though", "because", "if", "unless", "when", "where", "but", "so", "whether"});
  return kWords.has(word);
}

bool is_adverb(const HashedWord& word) {
  static constexpr WordSet kWords({"also", "already", "now", "still", "again", "further", "soon", "then", "just", "yet", "ever", "even", "once", "today", "separately", "instead", "together"});
  return kWords.has(word) || (word.size() > 4 && word.ends_with("ly") && word != "supply" && word != "apply" && word != "family" && word != "comply");
}

std::string_view governor(const HashedWord& word) {
  const std::string_view* const lemma = governor_forms().find(word);
  return lemma == nullptr ? std::string_view{} : *lemma;
}

bool is_motion(const HashedWord& word) { return motion_forms().find(word) != nullptr; }

bool is_article(const HashedWord& word) {
  static constexpr WordSet kWords({"the", "a", "an", "its", "their", "his", "her", "our"});
  return kWords.has(word);
}

bool is_finite(const HashedWord& word) {
  if (is_modal(word) || is_have(word) || is_be(word) || is_saying(word)) return true;
  if (word.find('-') != std::string_view::npos) return false;
  return (word.size() > 4 && word.ends_with("ed")) || finite_forms().find(word) != nullptr;
}

bool is_verbal(const HashedWord& word) { return is_finite(word) || (word.size() > 4 && word.ends_with("ing") && word.find('-') == std::string_view::npos); }

bool is_saying(const HashedWord& word) {
  static constexpr WordSet kWords({"said",  "says",  "say",    "saying",  "announced", "announces", "announcing", "told",  "tells",   "reported", "reports", "reporting", "added",
                                                "adds",  "wrote", "stated", "confirmed", "confirms", "disclosed", "according", "learned", "noted", "claimed",  "claims",  "revealed",  "warned"});
  return kWords.has(word);
}

}  // namespace tearsheet
