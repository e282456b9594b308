// Slots: what fills the roles of a frame, and the times, conditions and sources around it.
#pragma once

#include <cstdint>
#include <vector>

#include "pipeline/record/frame.h"

namespace tearsheet {

/// One way to fill a frame's slots.
struct SlotFill {
  Fields fields;                    // by slot name, in the rule's order; missing ones are none or []
  std::uint32_t money = kNone;      // index of the money group
  std::uint32_t bound = 0;          // slots filled
  std::uint32_t money_distance = 0; // tokens between trigger and money
  std::uint32_t first = kNone, last = 0;  // tokens that were used
  bool about_coref = false;
};

/// All ways: one a money group in reach, and one without money where the rule does not require any. None when a required slot stays empty.
std::vector<SlotFill> fill_slots(const BindContext& context, const Sentence& sentence, const Frame& frame, const std::vector<MoneyGroup>& money);

/// The stretch from the first to the last token that the frame or its slots used.
Span evidence_span(const Sentence& sentence, const Frame& frame, const SlotFill& fill);

/// A token stretch as an object {text, span}.
Fields phrase_object(const Article& article, const Sentence& sentence, std::uint32_t from, std::uint32_t to);

/// Words that stand between a preposition and its amount: "by up to $322 million", "of approximately".
bool is_amount_filler(const HashedWord& word);

void add_condition(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record);
void add_attribution(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record);
void add_times(const BindContext& context, const Sentence& sentence, const Frame& frame, Record& record);
/// Where a figure went and by how much; `money` is the token of its amount, or kNone.
void add_change(const BindContext& context, const Sentence& sentence, const Frame& frame, std::uint32_t money, Record& record);

}  // namespace tearsheet
