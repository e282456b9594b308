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

/// Every trigger of the sentence, in token order.
std::vector<Frame> find_frames(const BindContext& context, const Sentence& sentence);

/// The tokens [from, to) as lower-case words parted by one blank; mentions and actors as their own words. For cues.
std::string words_of(const Article& article, const Sentence& sentence, std::uint32_t from, std::uint32_t to);

}  // namespace tearsheet
