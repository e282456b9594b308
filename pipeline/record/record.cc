// Record: facts from mentions and links, by rules/records.yaml.
#include "pipeline/record/record.h"

#include <algorithm>

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

/// Reads an article's sentences in order. A sentence that can hold no record is only read for the names it says, and only when a later one of its paragraph can.
class Reader {
 public:
  Reader(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, const RecordRules::Parts& rules)
      : links_(links), lower_(lower_ascii(article.text)), context_{article, mentions, rules, lower_, {}} {}

  void read(Span span, std::uint32_t block) {
    if (block != block_) {  // names are never guessed across paragraphs
      antecedents_ = {};
      passed_.clear();
      block_ = block;
    }
    cut(span);
    if (!may_hold_frames(context_.rules, context_.mentions, sentence_)) return passed_.push_back(span);
    if (!passed_.empty()) {
      for (const Span& before : passed_) {
        cut(before);
        read_sentence(context_.article, context_.mentions, sentence_, antecedents_);
      }
      passed_.clear();
      cut(span);
    }
    read_sentence(context_.article, context_.mentions, sentence_, antecedents_);
    context_.paragraph = context_.article.blocks[block].span;
    std::vector<Draft> found = bind_sentence(context_, sentence_, group_money(context_.mentions, links_, sentence_));
    drafts.insert(drafts.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }

  std::vector<Draft> drafts;

 private:
  void cut(Span span) { cut_sentence(context_.article.text, lower_, context_.mentions, span, block_, sentence_); }

  const std::vector<Link>& links_;
  std::string lower_;
  BindContext context_;
  Antecedents antecedents_;
  std::uint32_t block_ = kNone;
  std::vector<Span> passed_;  // sentences of the paragraph whose names have not been read
  Sentence sentence_;         // the one at hand; kept for its room
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
