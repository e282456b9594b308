// Record: facts from mentions and links, by rules/records.yaml.
#include "pipeline/record/record.h"

#include <algorithm>
#include <optional>

#include "base/fold.h"
#include "extractors/document.h"
#include "pipeline/record/bind.h"
#include "pipeline/record/frame.h"
#include "pipeline/record/record_rules.h"
#include "pipeline/record/resolve.h"

namespace tearsheet {
namespace {

bool is_linked(const std::vector<Link>& links, std::uint32_t from, std::uint32_t to) {
  return std::any_of(links.begin(), links.end(), [&](const Link& link) {
    return link.kind == "same_amount" && ((link.from == from && link.to == to) || (link.from == to && link.to == from));
  });
}

/// The sentence's amounts; one in brackets behind another, linked to it, is the same money.
std::vector<MoneyGroup> group_money(const std::vector<Mention>& mentions, const std::vector<Link>& links, const Sentence& sentence) {
  std::vector<MoneyGroup> groups;
  for (std::uint32_t at = 0; at < sentence.tokens.size(); ++at) {
    const Token& token = sentence.tokens[at];
    if (token.type != Token::Type::mention || mentions[token.index].type != "money") continue;
    const bool converted = !groups.empty() && token.span.begin - mentions[groups.back().mentions.back()].span.end <= 24 && is_linked(links, groups.back().mentions.front(), token.index);
    if (converted) {
      groups.back().mentions.push_back(token.index);
    } else {
      groups.push_back({{token.index}, at});
    }
  }
  return groups;
}

/// Whom the article's own text is about: what a paragraph may refer to without a name ("The company", "Revenue rose"). News gives each sentence a paragraph.
class Topic {
 public:
  static constexpr std::uint32_t kReach = 3;  // paragraphs

  /// The first company, body or government of the sentence that hangs on no preposition and is no verb's object; two joined by "and" are no "it". A short form keeps
  /// the name it stands for. The only company of a text so far is what it is about, wherever it stands.
  void follow(const Sentence& sentence, std::uint32_t paragraph) {
    for (const Actor& actor : sentence.actors) {
      About* const about = of_type(actor.ref.type);
      if (about == nullptr || actor.modifier || actor.object || !actor.preposition.empty()) continue;
      const auto mates = std::count_if(sentence.actors.begin(), sentence.actors.end(), [&](const Actor& other) { return other.group == actor.group && !other.modifier; });
      if (mates > 1) return;
      if (actor.ref.how == "said") about->name = actor.ref;
      about->last = paragraph;
      return;
    }
    const auto only = std::find_if(sentence.actors.begin(), sentence.actors.end(), [](const Actor& actor) { return actor.ref.type == "company" && !actor.modifier && actor.ref.how == "said"; });
    if (!company_.name && only != sentence.actors.end()) company_ = {only->ref, paragraph};
  }
  const Ref* company(std::uint32_t paragraph) const { return near(company_, paragraph); }
  /// What "the company", "the agency", "the ministry" may mean at a paragraph's begin.
  Antecedents carried(std::uint32_t paragraph) const {
    Antecedents out;
    if (const Ref* name = near(company_, paragraph)) out.company = *name;
    if (const Ref* name = near(body_, paragraph)) out.body = *name;
    if (const Ref* name = near(government_, paragraph)) out.government = *name;
    return out;
  }

 private:
  struct About {
    std::optional<Ref> name;
    std::uint32_t last = 0;
  };
  static const Ref* near(const About& about, std::uint32_t paragraph) { return about.name && paragraph - about.last < kReach ? &*about.name : nullptr; }
  About* of_type(std::string_view type) {
    if (type == "company") return &company_;
    if (type == "organisation") return &body_;
    return type == "ministry" || type == "government" ? &government_ : nullptr;
  }

  About company_, body_, government_;
};

/// Reads an article's sentences in order. A sentence that can hold no record is only read for the names it says, and only when a later one of its paragraph, or of
/// the next ones that may still refer to it, can.
class Reader {
 public:
  Reader(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, const RecordRules::Parts& rules)
      : links_(links), lower_(lower_ascii(article.text)), context_{article, mentions, rules, lower_, {}, nullptr} {}

  void read(Span span, std::uint32_t block) {
    const bool own = is_own(context_.article.blocks[block].use);
    if (block != last_block_) paragraph_ += own ? 1 : 0;
    last_block_ = block;
    const Place place{span, block, paragraph_, own};
    cut(place);
    if (!may_hold_frames(context_.rules, context_.mentions, sentence_)) return passed_.push_back(place);
    if (!passed_.empty()) {
      for (const Place& before : passed_) {
        if (before.block == block || may_name(before)) names(before);
      }
      passed_.clear();
      cut(place);
    }
    read_actors(place);
    context_.paragraph = context_.article.blocks[block].span;
    context_.topic = own ? topic_.company(paragraph_) : nullptr;
    std::vector<Draft> found = bind_sentence(context_, sentence_, group_money(context_.mentions, links_, sentence_));
    drafts.insert(drafts.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }

  std::vector<Draft> drafts;

 private:
  /// A sentence and where it stands; `paragraph` counts those of the article's own text.
  struct Place {
    Span span;
    std::uint32_t block, paragraph;
    bool own;
  };

  void cut(const Place& place) { cut_sentence(context_.article.text, lower_, context_.mentions, place.span, place.block, sentence_); }

  void names(const Place& place) {
    cut(place);
    read_actors(place);
  }

  /// Whether a sentence of an earlier paragraph can still matter: it holds a name and is near.
  bool may_name(const Place& place) const {
    if (!place.own || paragraph_ - place.paragraph >= Topic::kReach) return false;
    const auto& mentions = context_.mentions;
    auto mention = std::lower_bound(mentions.begin(), mentions.end(), place.span.begin, [](const Mention& m, std::uint32_t want) { return m.span.begin < want; });
    for (; mention != mentions.end() && mention->span.begin < place.span.end; ++mention) {
      if (mention->type == "company" || mention->type == "organisation") return true;
    }
    return false;
  }

  void read_actors(const Place& place) {
    if (place.block != block_) {  // of what stands before a paragraph only the topic is carried on
      antecedents_ = place.own ? topic_.carried(place.paragraph) : Antecedents{};
      block_ = place.block;
    }
    read_sentence(context_.article, context_.mentions, sentence_, antecedents_);
    if (place.own) topic_.follow(sentence_, place.paragraph);
  }

  const std::vector<Link>& links_;
  std::string lower_;
  BindContext context_;
  Antecedents antecedents_;
  Topic topic_;
  std::uint32_t block_ = kNone;       // whose names the antecedents hold
  std::uint32_t last_block_ = kNone, paragraph_ = 0;
  std::vector<Place> passed_;         // sentences whose names have not been read
  Sentence sentence_;                 // the one at hand; kept for its room
};

}  // namespace

std::vector<Record> record(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, const RecordRules& rules) {
  const Document document = prepare(article);
  Reader reader(article, mentions, links, rules.parts());
  for (const Span& span : document.sentences()) {
    if (const auto block = block_at(article.blocks, span.begin)) reader.read(span, *block);
  }
  if (reader.drafts.empty()) return {};
  return resolve(article, mentions, links, std::move(reader.drafts));
}

}  // namespace tearsheet
