// Actors: who can act or receive in a sentence, with what stands around them.
#include "pipeline/record/actors.h"

#include <algorithm>
#include <iterator>

namespace tearsheet {
namespace {

bool is_government_noun(const HashedWord& word) {
  static constexpr WordSet kWords({"government", "administration", "cabinet", "authorities", "state"});
  return kWords.has(word) && word != "state";
}

bool is_generic_plural(const HashedWord& word) {
  static constexpr WordSet kWords({"companies", "firms", "banks", "insurers", "lenders", "investors", "exporters", "farmers", "households", "startups", "start-ups",
                                                "chipmakers", "carmakers", "automakers", "manufacturers", "suppliers", "businesses", "lawmakers", "shareholders", "creditors", "bondholders",
                                                "utilities", "airlines", "creators", "municipalities", "states", "employees", "workers", "consumers", "taxpayers", "researchers", "universities",
                                                "funds", "groups", "charities", "owners", "customers", "depositors", "policyholders", "families", "schools", "hospitals", "refugees", "pensioners",
                                                "miners", "drugmakers", "retailers", "developers", "producers", "patients", "victims", "students", "backers", "worker", "employee", "household", "shareholder", "farmer"});
  return kWords.has(word);
}

bool is_word(const Token& token) { return token.type == Token::Type::word; }

const Mention* mention_of(const std::vector<Mention>& mentions, const Token& token) {
  return token.type == Token::Type::mention ? &mentions[token.index] : nullptr;
}

bool is_country(const std::vector<Mention>& mentions, const Token& token) {
  const Mention* mention = mention_of(mentions, token);
  return mention != nullptr && mention->type == "country";
}

Ref ref_of(const Article& article, const Mention& mention, std::uint32_t index) {
  Ref ref;
  ref.text = std::string(mention.span.of(article.text));
  ref.span = mention.span;
  ref.mention = index;
  ref.type = mention.type;
  ref.id = std::string(text_of(mention.fields, "id"));
  ref.name = std::string(text_of(mention.fields, "name"));
  if (mention.type == "organisation") {
    const std::string_view kind = text_of(mention.fields, "class");
    if (kind == "government" || kind == "ministry" || kind == "parliament") ref.type = std::string(kind);
  }
  return ref;
}

/// Replaces tokens [first, last] by one actor token.
void fuse(const Article& article, Sentence& sentence, std::uint32_t first, std::uint32_t last, Ref ref) {
  Token token;
  token.type = Token::Type::actor;
  token.span = {sentence.tokens[first].span.begin, sentence.tokens[last].span.end};
  token.index = static_cast<std::uint32_t>(sentence.actors.size());
  ref.text = std::string(token.span.of(article.text));
  ref.span = token.span;
  Actor actor;
  actor.ref = std::move(ref);
  actor.token = first;
  sentence.actors.push_back(std::move(actor));
  sentence.tokens.erase(sentence.tokens.begin() + first, sentence.tokens.begin() + last + 1);
  sentence.tokens.insert(sentence.tokens.begin() + first, std::move(token));
}

bool is_capitalised(const Article& article, const Token& token) {
  const char c = article.text[token.span.begin];
  return c >= 'A' && c <= 'Z';
}

/// "Japanese Prime Minister Sanae Takaichi's cabinet": how many tokens left of the noun reach back to the country, 0 for none.
std::uint32_t country_before(const Article& article, const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t noun) {
  for (std::uint32_t back = 1; back <= 7 && back <= noun; ++back) {
    const Token& token = sentence.tokens[noun - back];
    if (is_country(mentions, token)) return back;
    const bool passes = is_word(token) && (token.lower == "'s" || is_capitalised(article, token) || token.lower == "central" || token.lower == "federal");
    if (!passes || is_determiner(token.lower)) return 0;
  }
  return 0;
}

/// Nouns that name an authority when a noun phrase gives them a face: "Britain's competition regulator", "the Italian treasury", "a judge in Delaware". The type, or "".
std::string_view institution(const HashedWord& word) {
  static constexpr WordSet kGovernments({"treasury", "state", "city", "province", "county", "municipality", "canton"});
  static constexpr WordSet kMinistries({"ministry", "department"});
  static constexpr WordSet kParliaments({"parliament", "legislature", "lawmakers"});
  static constexpr WordSet kBodies({"regulator", "watchdog", "court", "tribunal", "judge", "agency", "commission", "council", "foundation", "authority", "jury", "regulators", "charity"});
  if (kBodies.has(word)) return "organisation";
  if (kGovernments.has(word)) return "government";
  if (kMinistries.has(word)) return "ministry";
  return kParliaments.has(word) ? "parliament" : std::string_view{};
}

std::uint32_t with_determiner(const Sentence& sentence, std::uint32_t first) {
  return first > 0 && is_word(sentence.tokens[first - 1]) && is_determiner(sentence.tokens[first - 1].lower) ? first - 1 : first;
}

Ref government_of(const std::string& country, std::string how) {
  Ref ref;
  ref.type = "government";
  if (!country.empty()) ref.id = country + "-gov";
  ref.how = std::move(how);
  return ref;
}

/// One government phrase ending in token `noun`; true when the tokens were fused.
bool fuse_government(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, std::uint32_t noun, const Antecedents& before) {
  if (const std::uint32_t back = country_before(article, mentions, sentence, noun); back > 0) {
    const Mention& country = mentions[sentence.tokens[noun - back].index];
    fuse(article, sentence, with_determiner(sentence, noun - back), noun, government_of(std::string(text_of(country.fields, "id")), "said"));
    return true;
  }
  const bool adjective = noun + 1 < sentence.tokens.size() && is_word(sentence.tokens[noun + 1]) && !is_preposition(sentence.tokens[noun + 1].lower) &&
                         !is_modal(sentence.tokens[noun + 1].lower) && !is_have(sentence.tokens[noun + 1].lower) && !is_be(sentence.tokens[noun + 1].lower) &&
                         governor(sentence.tokens[noun + 1].lower).empty() && !is_saying(sentence.tokens[noun + 1].lower) && sentence.tokens[noun + 1].lower != "'s";
  const std::uint32_t first = with_determiner(sentence, noun);
  if (first == noun && !adjective) return false;
  std::string country;
  if (before.country) country = before.country->id;
  fuse(article, sentence, first, noun, government_of(country, country.empty() ? "said" : "coref"));
  return true;
}

/// Whether the noun at `at` ends its phrase: a verb, a preposition, a mark or a name follows, no other noun.
bool ends_phrase(const Sentence& sentence, std::uint32_t at) {
  if (at + 1 >= sentence.tokens.size() || !is_word(sentence.tokens[at + 1])) return true;
  const HashedWord& next = sentence.tokens[at + 1].lower;
  return next == "'s" || is_verbal(next) || is_preposition(next) || is_adverb(next) || is_conjunction(next) || is_clause_opener(next) || is_negation(next);
}

/// "Japan's defence ministry", "a Paris appeals court": back over what describes the noun, to a place, a country or an article. `noun` itself for a bare one.
std::uint32_t described_from(const Article& article, const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t noun) {
  std::uint32_t first = noun;
  for (std::uint32_t back = 1; back <= 6 && back <= noun; ++back) {
    const Token& token = sentence.tokens[noun - back];
    const Mention* mention = mention_of(mentions, token);
    if (mention != nullptr && (mention->type == "country" || mention->type == "place")) {
      first = noun - back;
      continue;
    }
    if (!is_word(token) || (token.lower != "'s" && !is_capitalised(article, token) && (is_verbal(token.lower) || is_preposition(token.lower) || is_conjunction(token.lower))) ||
        is_clause_opener(token.lower)) {
      break;
    }
    first = noun - back;
    if (is_determiner(token.lower)) break;
  }
  return first;
}

/// "the city of Leeds", "the state of Bihar": the token of the place, or kNone.
std::uint32_t place_of(const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t noun) {
  static constexpr WordSet kSeats({"city", "state", "province", "county", "region", "town", "municipality", "canton", "council"});
  if (noun + 2 >= sentence.tokens.size() || !kSeats.has(sentence.tokens[noun].lower) || sentence.tokens[noun + 1].lower != "of") return kNone;
  const Mention* where = mention_of(mentions, sentence.tokens[noun + 2]);
  return where != nullptr && where->type == "place" ? noun + 2 : kNone;
}

/// "Spain's parliament", "the French competition watchdog", "a court in Basel"; a bare "the ministry" is left to the names said before.
bool fuse_institution(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, std::uint32_t noun) {
  const std::string_view type = institution(sentence.tokens[noun].lower);
  if (type.empty() || !ends_phrase(sentence, noun)) return false;
  static constexpr WordSet kNeedPlace({"city", "province", "county", "municipality", "canton"});
  if (kNeedPlace.has(sentence.tokens[noun].lower) && place_of(mentions, sentence, noun) == kNone) return false;
  const std::uint32_t first = described_from(article, mentions, sentence, noun);
  std::uint32_t last = noun;
  if (noun + 2 < sentence.tokens.size() && sentence.tokens[noun + 1].lower == "in") {
    const Mention* where = mention_of(mentions, sentence.tokens[noun + 2]);
    if (where != nullptr && (where->type == "place" || where->type == "country")) last = noun + 2;
  }
  if (const auto place = place_of(mentions, sentence, noun); place != kNone) last = place;
  const bool article_only = first + 1 == noun && is_word(sentence.tokens[first]) && sentence.tokens[first].lower != "a" && sentence.tokens[first].lower != "an";
  const bool the_state = article_only && sentence.tokens[noun].lower == "state";  // "a grant from the state"
  if (last == noun && (first == noun || (article_only && !the_state))) return false;
  Ref ref;
  ref.type = std::string(type);
  for (std::uint32_t at = first; at < noun; ++at) {
    if (is_country(mentions, sentence.tokens[at])) ref.more.push_back({"country", Scalar(text_of(mentions[sentence.tokens[at].index].fields, "id"))});
  }
  fuse(article, sentence, first, last, std::move(ref));
  return true;
}

/// "The council sold bonds", and nothing before says which: it stands for itself.
bool fuse_unnamed_body(const Article& article, Sentence& sentence, std::uint32_t noun) {
  Ref ref;
  ref.type = std::string(institution(sentence.tokens[noun].lower));
  fuse(article, sentence, 0, noun, std::move(ref));
  return true;
}

/// "the company", "the chipmaker", "the ministry", "it": a name said earlier in the paragraph.
bool fuse_coreference(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, std::uint32_t noun, const Antecedents& before) {
  const HashedWord& word = sentence.tokens[noun].lower;
  const bool pronoun = word == "it";
  const bool company = is_company_noun(word) || pronoun;
  const bool ministry = word == "ministry" || word == "department";
  const bool body = !ministry && !institution(word).empty();
  if (!company && !ministry && !body) return false;
  std::uint32_t first = noun;
  if (!pronoun) {
    // "the Boise-based company": determiner, up to two words, noun; a name behind the noun makes it an apposition instead.
    for (std::uint32_t back = 1; back <= 5 && back <= noun; ++back) {
      const Token& token = sentence.tokens[noun - back];
      const Mention* where = mention_of(mentions, token);
      if ((where != nullptr && (where->type == "country" || where->type == "place")) || token.lower == "-") continue;  // "the Finnish refiner", "the Minneapolis-based carrier"
      if (!is_word(token)) break;
      if (token.lower == "the" || token.lower == "this") first = noun - back;
      if (is_determiner(token.lower) || is_preposition(token.lower)) break;
    }
    if (first == noun) return false;
    if (noun + 1 < sentence.tokens.size() && sentence.tokens[noun + 1].type == Token::Type::mention) return false;
  }
  // "Magna put money into the firm": behind a preposition it is not the subject of its own sentence.
  const bool other = company && !pronoun && before.subject && before.earlier && first > 0 && is_word(sentence.tokens[first - 1]) && is_preposition(sentence.tokens[first - 1].lower);
  const std::optional<Ref>& named = ministry ? before.government : body || (pronoun && !before.company) ? before.body : before.company;
  const std::optional<Ref>& name = other ? before.earlier : pronoun && before.subject ? before.subject : named;  // "Acme bought from Beta and says it may"
  if (!name && body && first == 0) return fuse_unnamed_body(article, sentence, noun);
  if (!name) return false;
  Ref ref = *name;
  ref.how = "coref";
  ref.mention.reset();
  if (ref.name.empty()) ref.name = ref.text;
  fuse(article, sentence, first, noun, std::move(ref));
  return true;
}

bool fuse_generic(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, std::uint32_t noun) {
  std::uint32_t first = noun;
  for (std::uint32_t back = 1; back <= 6 && back <= noun; ++back) {
    const Token& token = sentence.tokens[noun - back];
    const bool joins = is_word(token) && is_conjunction(token.lower) && back < noun && is_word(sentence.tokens[noun - back - 1]);
    const bool adjective = is_word(token) && !is_preposition(token.lower) && !is_verbal(token.lower) && !is_clause_opener(token.lower) && token.lower != "'s";
    const bool verb = back < noun && is_word(sentence.tokens[noun - back - 1]) && (is_modal(sentence.tokens[noun - back - 1].lower) || sentence.tokens[noun - back - 1].lower == "to");
    if (verb) break;  // "will pay shareholders"
    if (!joins && !adjective && !is_country(mentions, token)) break;
    first = noun - back;
    if (is_word(token) && is_determiner(token.lower)) break;
  }
  static constexpr WordSet kCrowds({"group", "consortium", "syndicate", "club", "number", "pool", "handful", "clutch"});
  if (first >= 2 && sentence.tokens[first - 1].lower == "of" && kCrowds.has(sentence.tokens[first - 2].lower)) first = with_determiner(sentence, first - 2);
  Ref ref;
  ref.type = "generic";
  fuse(article, sentence, first, noun, std::move(ref));
  return true;
}

/// A name that no list knows ("Brookfield bought", "by Chandra Asri"): capitals before a verb or a possessive, or two and more behind a preposition.
bool fuse_unknown_name(const Article& article, Sentence& sentence, std::uint32_t at) {
  static constexpr WordSet kNever({"i", "we", "he", "she", "they", "you", "it", "there", "what", "who", "which", "that", "this", "these", "those", "here", "some", "many", "most", "all",
                                                "minister", "president", "secretary", "chancellor", "governor", "chairman",  // an office and its holder act for another
                                               "revenue", "revenues", "sales", "profit", "profits", "earnings", "income", "turnover", "losses", "costs", "spending", "orders", "exports", "imports", "shares", "stocks", "prices",
                                               "output", "production", "demand", "growth", "inflation", "deliveries", "shipments", "margins", "bookings", "debt", "cash", "capital", "expenses", "operating", "net", "gross",
                                               "quarterly", "annual", "total", "adjusted", "underlying", "pretax", "analysts", "officials", "critics", "talks", "work", "construction", "funding", "investment", "money", "trading"});
  if (at > 0 && is_word(sentence.tokens[at - 1]) && is_capitalised(article, sentence.tokens[at - 1]) && at != 1) return false;
  std::uint32_t end = at;
  while (end < sentence.tokens.size() && is_word(sentence.tokens[end]) && is_capitalised(article, sentence.tokens[end])) ++end;
  if (end == at || end >= sentence.tokens.size() || end - at > 4 || !is_word(sentence.tokens[end])) return false;
  for (std::uint32_t i = at; i < end; ++i) {
    const HashedWord& word = sentence.tokens[i].lower;
    if (word.size() < 3 || kNever.has(word) || is_verbal(word) || is_determiner(word) || is_adverb(word) || is_preposition(word) || is_conjunction(word) || is_clause_opener(word) || is_negation(word)) return false;
  }
  const HashedWord& next = sentence.tokens[end].lower;
  const bool before_verb = (is_finite(next) && !is_saying(next)) || next == "'s";
  const HashedWord before = at > 0 && is_word(sentence.tokens[at - 1]) ? sentence.tokens[at - 1].lower : HashedWord();
  const bool behind = end - at >= 2 && (before == "by" || before == "to" || before == "from" || before == "and");
  if (!before_verb && !behind) return false;
  Ref ref;
  ref.type = "generic";
  fuse(article, sentence, at, end - 1, std::move(ref));
  return true;
}

void fuse_phrases(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, Antecedents before) {
  before.earlier = before.company;
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    if (const Mention* mention = mention_of(mentions, sentence.tokens[at]); mention != nullptr && mention->type == "company") {
      const Ref said = ref_of(article, *mention, sentence.tokens[at].index);
      if (at <= 1) before.subject = said;
      before.company = said;  // "Rapidus ..., bringing the investment in this company to"
    }
    if (!is_word(sentence.tokens[at])) continue;
    const HashedWord& word = sentence.tokens[at].lower;
    const std::size_t count = sentence.tokens.size();
    if (is_government_noun(word)) {
      fuse_government(article, mentions, sentence, at, before);
    } else if (fuse_institution(article, mentions, sentence, at)) {
      // fused
    } else if (is_generic_plural(word)) {
      fuse_generic(article, mentions, sentence, at);
    } else if (!fuse_coreference(article, mentions, sentence, at, before) && is_capitalised(article, sentence.tokens[at])) {
      fuse_unknown_name(article, sentence, at);
    }
    at -= static_cast<std::uint32_t>(count - sentence.tokens.size());
  }
}

bool acts(const Mention& mention) {
  return mention.type == "company" || mention.type == "organisation" || mention.type == "country" || mention.type == "place";
}

/// True when a country's name only colours what follows: "US chipmaker Micron", "Japan Airlines".
bool is_modifier(const Article& article, const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t at) {
  const Mention& mention = mentions[sentence.tokens[at].index];
  if (mention.type != "country") return false;
  if (text_of(mention.fields, "form") == "adjective") return true;
  if (at + 1 >= sentence.tokens.size()) return false;
  const Token& next = sentence.tokens[at + 1];
  if (const Mention* other = mention_of(mentions, next)) return other->type == "company" || other->type == "organisation";
  return is_word(next) && (is_company_noun(next.lower) || (is_capitalised(article, next) && sentence.tokens[0].span.begin != sentence.span.begin));
}

/// The preposition that the noun phrase ending in token `at` hangs on.
std::string preposition_of(const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t at) {
  for (std::uint32_t back = 1; back <= 6 && back <= at; ++back) {
    const Token& token = sentence.tokens[at - back];
    if (is_country(mentions, token)) continue;
    if (!is_word(token)) return {};
    const HashedWord& word = token.lower;
    if (is_preposition(word)) {
      if (word != "to" || back == 1) return std::string(word);
      const Token& behind = sentence.tokens[at - back + 1];
      const Token& noun = sentence.tokens[at - 1];
      const bool nominal = !is_word(behind) || is_determiner(behind.lower) || behind.lower.find('-') != std::string::npos || (is_word(noun) && is_company_noun(noun.lower));
      return nominal ? std::string(word) : std::string{};
    }
    const bool stops = is_conjunction(word) || is_modal(word) || is_have(word) || is_be(word) || is_clause_opener(word) || is_saying(word) || word.ends_with("ing") ||
                       !governor(word).empty();
    if (stops) return {};
  }
  return {};
}

/// "rose after the food group posted sales": the preposition opens a clause whose verb follows the actor.
bool opens_clause(const Sentence& sentence, std::uint32_t at, std::string_view preposition) {
  if (preposition != "after" && preposition != "before" && preposition != "since" && preposition != "until" && preposition != "as") return false;
  std::uint32_t next = at + 1;
  while (next < sentence.tokens.size() && is_word(sentence.tokens[next]) && is_adverb(sentence.tokens[next].lower)) ++next;
  return next < sentence.tokens.size() && is_word(sentence.tokens[next]) && is_finite(sentence.tokens[next].lower);
}

/// True when a verb stands right before the noun phrase that ends in token `at`: "has sent Ukraine".
bool is_object(const Sentence& sentence, std::uint32_t at) {
  for (std::uint32_t back = 1; back <= 4 && back <= at; ++back) {
    const Token& token = sentence.tokens[at - back];
    if (!is_word(token) || is_saying(token.lower) || is_be(token.lower)) return false;
    if (token.lower == "based" || token.lower == "led" || token.lower == "owned" || token.lower == "listed") return false;  // "Montreal-based Bombardier"
    if (is_verbal(token.lower)) return !is_modal(token.lower) && !is_have(token.lower);
    if (is_preposition(token.lower) || is_conjunction(token.lower) || is_clause_opener(token.lower)) return false;
    if (back < at && is_word(sentence.tokens[at - back - 1]) && (is_modal(sentence.tokens[at - back - 1].lower) || sentence.tokens[at - back - 1].lower == "to")) return true;
  }
  return false;
}

/// True when only commas, "and", determiners and role nouns stand between two actors.
bool coordinates(const std::vector<Mention>& mentions, const Sentence& sentence, std::uint32_t from, std::uint32_t to) {
  bool joined = false;
  for (std::uint32_t at = from + 1; at < to; ++at) {
    const Token& token = sentence.tokens[at];
    const bool comma = token.type == Token::Type::punct && token.lower == ",";
    const bool conjunction = is_word(token) && is_conjunction(token.lower);
    joined |= comma || conjunction;
    const bool filler = is_word(token) && (is_determiner(token.lower) || is_company_noun(token.lower));
    if (!comma && !conjunction && !filler && !is_country(mentions, token)) return false;
  }
  return joined;
}

void place_actors(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence) {
  std::vector<Actor> all;
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    Token& token = sentence.tokens[at];
    Actor actor;
    if (token.type == Token::Type::actor) {
      actor = std::move(sentence.actors[token.index]);
    } else if (const Mention* mention = mention_of(mentions, token); mention != nullptr && acts(*mention)) {
      actor.ref = ref_of(article, *mention, token.index);
      actor.modifier = is_modifier(article, mentions, sentence, at);
    } else {
      continue;
    }
    actor.token = at;
    actor.possessive = at + 1 < sentence.tokens.size() && sentence.tokens[at + 1].lower == "'s";
    actor.preposition = preposition_of(mentions, sentence, at);
    if (opens_clause(sentence, at, actor.preposition)) actor.preposition.clear();
    actor.object = actor.preposition.empty() && is_object(sentence, at);
    actor.group = static_cast<std::uint32_t>(all.size());
    if (!all.empty() && !all.back().modifier && coordinates(mentions, sentence, all.back().token, at)) {
      actor.group = all.back().group;
      if (actor.preposition.empty()) actor.preposition = all.back().preposition;
      actor.object |= all.back().object;
    }
    if (token.type == Token::Type::actor) token.index = static_cast<std::uint32_t>(all.size());
    all.push_back(std::move(actor));
  }
  sentence.actors = std::move(all);
}

/// Whom "it" and "the company" mean behind this sentence: the company it was about, else the one said last.
void remember_company(const Sentence& sentence, Antecedents& antecedents) {
  const auto is_company = [](const Actor& actor) { return actor.ref.type == "company" && !actor.modifier; };
  const auto subject = std::find_if(sentence.actors.begin(), sentence.actors.end(), [&](const Actor& actor) { return is_company(actor) && !actor.object && !actor.possessive && actor.preposition.empty(); });
  if (subject != sentence.actors.end()) {
    if (subject->ref.how == "said") antecedents.company = subject->ref;  // else it stays the one that the short form stood for
    if (antecedents.company) return;
  }
  for (const Actor& actor : sentence.actors) {
    if (actor.ref.type == "company" && actor.ref.how == "said") antecedents.company = actor.ref;
  }
}

void remember(const Sentence& sentence, Antecedents& antecedents) {
  remember_company(sentence, antecedents);
  for (const Actor& actor : sentence.actors) {
    if (actor.ref.how != "said") continue;
    if (actor.ref.type == "government" || actor.ref.type == "ministry") antecedents.government = actor.ref;
    if (actor.ref.type == "organisation") antecedents.body = actor.ref;
    if (actor.ref.type == "country") antecedents.country = actor.ref;
    if (actor.ref.type == "government" && actor.ref.id.size() > 4) {
      Ref country;
      country.type = "country";
      country.id = actor.ref.id.substr(0, actor.ref.id.find('-'));
      antecedents.country = country;
    }
  }
}

}  // namespace

bool is_company_noun(const HashedWord& word) {
  static constexpr WordSet kWords({"company", "firm", "chipmaker", "carmaker", "automaker", "maker", "manufacturer", "producer", "supplier", "developer", "operator", "insurer",
                                                "lender", "bank", "airline", "retailer", "unit", "subsidiary", "arm", "giant", "group", "startup", "start-up", "conglomerate", "drugmaker",
                                                "foundry", "utility", "miner", "planemaker", "planemaker", "brewer", "builder", "shipbuilder", "brokerage", "fund", "exchange", "insurer",
                                                "platform", "designer", "consortium", "refiner", "investor", "reinsurer", "driller", "distributor", "grocer", "owner", "venture", "rival", "champion", "corporation", "business", "carrier", "steelmaker"});
  return kWords.has(word);
}

void find_actors(const Article& article, const std::vector<Mention>& mentions, Sentence& sentence, Antecedents& antecedents) {
  fuse_phrases(article, mentions, sentence, antecedents);
  place_actors(article, mentions, sentence);
  remember(sentence, antecedents);
}

}  // namespace tearsheet
