// Frame: one trigger of one rule in one sentence, with its verb and the stretch its slots may lie in.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/record/bind.h"

namespace tearsheet {

struct Frame {
  const RecordRule* rule = nullptr;
  std::uint32_t begin = 0, end = 0;           // trigger tokens, half-open; with a verb: the verb group
  std::uint32_t clause_from = 0, clause_to = 0;  // tokens, half-open
  std::optional<VerbGroup> verb;
  std::string verb_lemma;                     // of a noun trigger's governing verb
  bool noun = false;
};

/// Whether a sentence that has only been cut may hold a frame that can be filled: most hold no trigger, or none of a rule that could do with the mentions there.
/// False is certain; true is a guess. Cost: one look a word.
bool may_hold_frames(const RecordRules::Parts& rules, const std::vector<Mention>& mentions, const Sentence& sentence);

/// Every trigger of the sentence, in token order, but those of rules that need a mention which is not there.
std::vector<Frame> find_frames(const BindContext& context, const Sentence& sentence);

/// The tokens [from, to) as lower-case words parted by one blank; mentions and actors as their own words. For cues. `lower` is the article's text in lower case.
std::string words_of(std::string_view lower, const Sentence& sentence, std::uint32_t from, std::uint32_t to);

}  // namespace tearsheet
