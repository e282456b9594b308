// Extract: the door of this floor. An article goes in, mentions come out.
#include "extractors/extract.h"

#include <algorithm>
#include <future>
#include <utility>

#include "extractors/condition.h"
#include "extractors/expression.h"
#include "extractors/matcher.h"
#include "extractors/number.h"
#include "extractors/overlap.h"
#include "extractors/reader.h"
#include "extractors/registry.h"

namespace tearsheet {

struct Extractor::Parts {
  std::shared_ptr<const Rulebook> rules;
  Matcher matcher;
  std::vector<std::pair<std::string, std::unique_ptr<Reader>>> readers;  // those that some rule names, in the table's order

  const Reader* reader(const std::string& name) const {
    for (const auto& [known, reader] : readers) {
      if (known == name) return reader.get();
    }
    return nullptr;
  }
};

namespace {

/// What an expression's names mean for one hit: emitted fields first, then groups.
class HitNames : public Names {
 public:
  HitNames(const Hit& hit, const Document& document, const Fields* fields = nullptr) : hit_(hit), document_(document), fields_(fields) {}

  Scalar value(std::string_view name) const override {
    const Scalar* field = fields_ == nullptr ? nullptr : tearsheet::find(*fields_, name);
    if (field != nullptr) return *field;
    const auto span = hit_.group(name);
    if (!span) return {};
    if (const LexiconRow row = hit_.row(name, document_.text)) return Scalar(row.value());
    return Scalar(span->of(document_.text));
  }
  std::string text(std::string_view name) const override { return std::string(hit_.text(name, document_.text)); }
  std::string cell(std::string_view name, std::string_view column) const override { return std::string(hit_.row(name, document_.text).cell(column)); }
  std::optional<Decimal> number(std::string_view words) const override { return read_number(words, document_.decimal_comma); }

 private:
  const Hit& hit_;
  const Document& document_;
  const Fields* fields_;
};

constexpr std::size_t kFields = 6;  // room that most mentions need

std::string place_of(const Place& place) { return place.file + ":" + std::to_string(place.line); }

/// Turns the hits of one article into candidates.
class Judge {
 public:
  Judge(const Document& document, std::vector<Trace>* trace) : around_{document, {}, {}}, trace_(trace) {}

  Surroundings& around() { return around_; }

  void judge(const Hit& hit, const Reader* reader, std::vector<Candidate>& out) {
    Candidate candidate;
    candidate.rule = hit.rule;
    candidate.surface = hit.surface;
    candidate.mention.span = hit.span;
    candidate.mention.type = hit.rule->entity;
    candidate.mention.fields.reserve(kFields);
    candidate.mention.confidence = hit.rule->confidence;
    if (!emit(hit, candidate) || !guards(hit) || !fill(hit, candidate)) return;
    if (reader == nullptr) {
      out.push_back(std::move(candidate));
      return;
    }
    const std::size_t before = out.size();
    std::string why;
    reader->read(hit, around_.document, std::move(candidate), out, trace_ == nullptr ? nullptr : &why);
    if (out.size() == before) refuse(hit, "reader", std::move(why));
  }

 private:
  bool refuse(const Hit& hit, std::string outcome, std::string detail) {
    if (trace_ != nullptr) trace_->push_back({hit.rule, hit.span, std::move(outcome), std::move(detail)});
    return false;
  }

  bool emit(const Hit& hit, Candidate& candidate) {
    const HitNames names(hit, around_.document);
    for (const auto& [field, expression] : hit.rule->emit) {
      auto value = expression->evaluate(names);
      if (!value) return refuse(hit, "emit", field + ": " + value.error());
      if (!value->is_none()) set(candidate.mention.fields, field, std::move(*value));
    }
    return true;
  }

  bool guards(const Hit& hit) {
    for (const Condition& condition : hit.rule->unless) {
      if (holds(condition, hit.span, around_)) return refuse(hit, "unless", place_of(condition.place));
    }
    for (const Condition& condition : hit.rule->requires_) {
      if (!holds(condition, hit.span, around_)) return refuse(hit, "requires", place_of(condition.place));
    }
    return true;
  }

  /// `set`, `boost`, then `where` over what was emitted and set.
  bool fill(const Hit& hit, Candidate& candidate) {
    Fields filled_fields;
    for (const Condition& condition : hit.rule->set) {
      const auto held = holds(condition, hit.span, around_);
      if (!held) continue;
      for (const Field& field : condition.set) {
        if (tearsheet::find(filled_fields, field.name) != nullptr) continue;  // the first that holds
        Scalar value = filled(field.value, *held, around_.document.text);
        if (!value.is_none()) filled_fields.push_back({field.name, std::move(value)});
      }
    }
    for (Field& field : filled_fields) set(candidate.mention.fields, field.name, std::move(field.value));
    for (const Condition& condition : hit.rule->boost) {
      if (holds(condition, hit.span, around_)) candidate.mention.confidence = std::clamp(candidate.mention.confidence + condition.boost, 0.0, 1.0);
    }
    if (!hit.rule->where) return true;
    const auto value = hit.rule->where->evaluate(HitNames(hit, around_.document, &candidate.mention.fields));
    if (!value) return refuse(hit, "where", value.error());
    return !is_false(*value) || refuse(hit, "where", hit.rule->where->source());
  }

  Surroundings around_;
  std::vector<Trace>* trace_;
};

void drop_unproven(std::vector<Candidate>& candidates, std::vector<Trace>* trace) {
  std::erase_if(candidates, [&](const Candidate& candidate) {
    if (!candidate.proven && trace != nullptr) trace->push_back({candidate.rule, candidate.mention.span, "unproven", {}});
    return !candidate.proven;
  });
}

}  // namespace

Extractor::Extractor(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Extractor::Extractor(Extractor&&) noexcept = default;
Extractor& Extractor::operator=(Extractor&&) noexcept = default;
Extractor::~Extractor() = default;

const Rulebook& Extractor::rules() const { return *parts_->rules; }

tl::expected<Extractor, std::vector<Error>> Extractor::build(std::shared_ptr<const Rulebook> rules, Matching how) {
  std::vector<Error> errors;
  auto building = std::async(std::launch::async, [&] { return Matcher::build(*rules, how); });
  decltype(Parts::readers) made;
  for (const ReaderRow& row : readers()) {
    const auto& all = rules->rules();
    const bool named = std::any_of(all.begin(), all.end(), [&](const auto& rule) { return rule->reader == row.name && rule->status != Status::off; });
    if (!named) continue;
    auto reader = row.make(*rules);
    if (!reader) {
      errors.push_back(reader.error());
    } else {
      made.emplace_back(row.name, std::move(*reader));
    }
  }
  auto matcher = building.get();
  if (!matcher) return tl::unexpected(std::vector<Error>{matcher.error()});
  auto parts = std::make_unique<Parts>(Parts{std::move(rules), std::move(*matcher), std::move(made)});
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return Extractor(std::move(parts));
}

std::vector<Mention> Extractor::extract(const Article& article, const std::optional<Date>& reference, std::vector<Trace>* trace) const {
  const Document document = prepare(article, reference);
  const std::vector<Hit> hits = parts_->matcher.find(document, trace);
  Judge judge(document, trace);
  std::vector<Candidate> candidates;
  std::vector<const Hit*> second;
  for (const Hit& hit : hits) {
    if (hit.rule->needs_entities()) {
      second.push_back(&hit);
    } else {
      judge.judge(hit, parts_->reader(hit.rule->reader), candidates);
    }
  }
  if (!second.empty()) {
    std::vector<Entity> entities;
    for (const Candidate& candidate : candidates) entities.push_back({candidate.mention.span, candidate.rule->entity});
    judge.around().entities = std::move(entities);
    for (const Hit* hit : second) judge.judge(*hit, parts_->reader(hit->rule->reader), candidates);
  }
  for (const auto& [name, reader] : parts_->readers) reader->expand(document, candidates);
  drop_unproven(candidates, trace);
  std::vector<Candidate> kept = resolve(std::move(candidates), trace);
  for (const auto& [name, reader] : parts_->readers) reader->settle(document, kept);
  drop_unproven(kept, trace);
  std::vector<Mention> mentions;
  mentions.reserve(kept.size());
  for (Candidate& candidate : kept) {
    if (candidate.mention.type.empty()) {
      if (trace != nullptr) trace->push_back({candidate.rule, candidate.mention.span, "reader", "dropped after all was read"});
      continue;
    }
    if (trace != nullptr) trace->push_back({candidate.rule, candidate.mention.span, "kept", {}});
    candidate.mention.rule = candidate.rule->name;
    candidate.mention.block = block_at(article.blocks, candidate.mention.span.begin).value_or(0);
    mentions.push_back(std::move(candidate.mention));
  }
  return mentions;
}

}  // namespace tearsheet
