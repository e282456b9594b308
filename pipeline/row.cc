// Row: what sinks, commands and the judge need to know of a reading: names, sentences, amounts.
#include "pipeline/row.h"

#include <fmt/format.h>

#include "base/fold.h"

namespace tearsheet {

std::string source_name(const Origin& origin) {
  if (origin.id && !origin.id->empty()) return *origin.id;
  if (!origin.uri.empty()) return origin.uri;
  if (!origin.container.empty()) return origin.container + "#" + std::to_string(origin.index);
  return origin.path;
}

Use use_of(const Article& article, const Mention& mention) {
  return mention.block < article.blocks.size() ? article.blocks[mention.block].use : Use::body;
}

std::string Sentences::of(const Record& record) {
  if (record.evidence.empty()) return {};
  if (!document_) document_.emplace(prepare(reading_.article));
  return fold(document_->sentence_of(record.evidence.front().begin).of(reading_.article.text), Fold::none);
}

std::string readable(const Scalar& value) {
  if (const Ref* ref = value.ref()) return ref->name.empty() ? ref->text : ref->name;
  std::string out;
  if (const auto* list = value.get<std::vector<Scalar>>()) {
    for (const Scalar& item : *list) {
      const std::string one = readable(item);
      if (!one.empty()) out += (out.empty() ? "" : "; ") + one;
    }
    return out;
  }
  if (const auto* fields = value.get<Fields>()) {
    // A date is read by its value, a phrase by its words.
    for (std::string_view key : {"value", "text"}) {
      if (const Scalar* only = find(*fields, key); only != nullptr && !only->is_none()) return readable(*only);
    }
    for (const Field& field : *fields) {
      if (field.name == "span" || field.name == "mention" || field.value.is_none()) continue;
      const std::string one = readable(field.value);
      if (!one.empty()) out += (out.empty() ? "" : "; ") + field.name + "=" + one;
    }
    return out;
  }
  return to_string(value);
}

std::string usd_stated(const Record& record) {
  for (const Fields& money : record.money) {
    if (text_of(money, "currency") != "USD") continue;
    if (const Scalar* amount = find(money, "amount")) return to_string(*amount);
  }
  return {};
}

std::string confidence_text(double confidence) { return fmt::format("{:.4g}", confidence); }

}  // namespace tearsheet
