// Record: facts from mentions and links, by rules/records.yaml.
#include "pipeline/record/record.h"

#include <algorithm>

#include "extractors/document.h"
#include "pipeline/record/bind.h"
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

}  // namespace

std::vector<Record> record(const Article& article, const std::vector<Mention>& mentions, const std::vector<Link>& links, const RecordRules& rules) {
  const Document document = prepare(article);
  std::vector<Draft> drafts;
  Antecedents antecedents;
  std::uint32_t last_block = kNone;
  for (const Span& span : document.sentences()) {
    const auto block = block_at(article.blocks, span.begin);
    if (!block) continue;
    if (*block != last_block) antecedents = {};  // never guessed across paragraphs
    last_block = *block;
    const Sentence sentence = read_sentence(article, mentions, span, *block, antecedents);
    const BindContext context{article, mentions, rules.parts(), article.blocks[*block].span.of(article.text)};
    std::vector<Draft> found = bind_sentence(context, sentence, group_money(mentions, links, sentence));
    drafts.insert(drafts.end(), std::make_move_iterator(found.begin()), std::make_move_iterator(found.end()));
  }
  return resolve(article, mentions, links, std::move(drafts));
}

}  // namespace tearsheet
