// Filter: leave out what a caller did not ask for, and keep every index true.
#include "pipeline/filter.h"

#include <algorithm>
#include <set>

namespace tearsheet {

namespace {

/// A field called `span` that holds two offsets.
std::optional<Span> span_in(const Field& field) {
  if (field.name != "span") return std::nullopt;
  const auto* list = field.value.get<std::vector<Scalar>>();
  if (list == nullptr || list->size() != 2) return std::nullopt;
  const auto* begin = (*list)[0].get<std::int64_t>();
  const auto* end = (*list)[1].get<std::int64_t>();
  if (begin == nullptr || end == nullptr) return std::nullopt;
  return Span{static_cast<std::uint32_t>(*begin), static_cast<std::uint32_t>(*end)};
}

void visit_value(Scalar& value, FieldVisitor& visitor);

void visit_ref(Scalar& value, FieldVisitor& visitor) {
  Ref ref = *value.ref();
  if (ref.span) visitor.span(*ref.span);
  if (ref.mention) ref.mention = visitor.mention(*ref.mention);
  visit(ref.more, visitor);
  value = Scalar(std::move(ref));
}

void visit_value(Scalar& value, FieldVisitor& visitor) {
  if (value.ref() != nullptr) return visit_ref(value, visitor);
  if (auto* list = std::get_if<std::vector<Scalar>>(&value.value)) {
    for (Scalar& item : *list) visit_value(item, visitor);
  } else if (auto* fields = std::get_if<Fields>(&value.value)) {
    visit(*fields, visitor);
  }
}

struct Renumber : FieldVisitor {
  explicit Renumber(const std::vector<std::optional<std::uint32_t>>& to) : to_(to) {}
  std::optional<std::uint32_t> mention(std::uint32_t index) override { return index < to_.size() ? to_[index] : std::nullopt; }

 private:
  const std::vector<std::optional<std::uint32_t>>& to_;
};

Use use_of(const Reading& reading, const Mention& mention) {
  const auto& blocks = reading.article.blocks;
  return mention.block < blocks.size() ? blocks[mention.block].use : Use::body;
}

template <class List, class Value>
bool allows(const List& list, const Value& value) {
  return list.empty() || std::find(list.begin(), list.end(), value) != list.end();
}

std::vector<std::optional<std::uint32_t>> keep_mentions(Reading& reading, const Options& options) {
  std::vector<std::optional<std::uint32_t>> to(reading.mentions.size());
  std::vector<Mention> kept;
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    Mention& mention = reading.mentions[i];
    if (mention.confidence < options.min_confidence || !allows(options.types, mention.type) ||
        !allows(options.uses, use_of(reading, mention)))
      continue;
    to[i] = static_cast<std::uint32_t>(kept.size());
    kept.push_back(std::move(mention));
  }
  reading.mentions = std::move(kept);
  return to;
}

void keep_links(Reading& reading, const std::vector<std::optional<std::uint32_t>>& to) {
  std::vector<Link> kept;
  for (Link& link : reading.links) {
    const auto from = link.from < to.size() ? to[link.from] : std::nullopt;
    const auto end = link.to < to.size() ? to[link.to] : std::nullopt;
    if (!from || !end) continue;
    link.from = *from;
    link.to = *end;
    kept.push_back(std::move(link));
  }
  reading.links = std::move(kept);
}

void keep_records(Reading& reading, const Options& options, const std::vector<std::optional<std::uint32_t>>& to) {
  std::erase_if(reading.records,
                [&](const Record& r) { return r.confidence < options.min_confidence || !allows(options.uses, r.use); });
  std::set<std::string> ids;
  for (const Record& record : reading.records) ids.insert(record.id);
  Renumber renumber(to);
  for (Record& record : reading.records) {
    visit(record.fields, renumber);
    for (Fields& money : record.money) visit(money, renumber);
    std::erase_if(record.rel, [&](const Relation& rel) { return !ids.contains(rel.to); });
  }
}

}  // namespace

void visit(Fields& fields, FieldVisitor& visitor) {
  for (Field& field : fields) {
    if (auto span = span_in(field)) {
      visitor.span(*span);
      field.value = std::vector<Scalar>{Scalar(std::int64_t{span->begin}), Scalar(std::int64_t{span->end})};
    } else if (const auto* index = field.value.get<std::int64_t>(); index != nullptr && field.name == "mention") {
      const auto now = visitor.mention(static_cast<std::uint32_t>(*index));
      field.value = now ? Scalar(std::int64_t{*now}) : Scalar();
    } else {
      visit_value(field.value, visitor);
    }
  }
}

void keep_only(Reading& reading, const Options& options) {
  if (options.types.empty() && options.uses.empty() && options.min_confidence <= 0) return;
  const auto to = keep_mentions(reading, options);
  keep_links(reading, to);
  keep_records(reading, options, to);
}

}  // namespace tearsheet
