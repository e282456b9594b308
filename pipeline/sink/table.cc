// Table: a reading as rows for a person at a terminal.
#include "pipeline/sink/table.h"

#include <algorithm>

#include "pipeline/row.h"
#include "pipeline/sink/output.h"
#include "pipeline/sink/visible.h"

namespace tearsheet {

namespace {

struct Colour {
  std::string_view type, code;
};
constexpr Colour kColours[] = {{"money", "\x1b[32m"},    {"percent", "\x1b[36m"}, {"date", "\x1b[33m"},
                               {"duration", "\x1b[33m"}, {"company", "\x1b[34m"}, {"organisation", "\x1b[35m"},
                               {"country", "\x1b[94m"},  {"place", "\x1b[94m"},   {"node_size", "\x1b[31m"},
                               {"quantity", "\x1b[96m"}};
constexpr std::string_view kBold = "\x1b[1m", kDim = "\x1b[2m", kReset = "\x1b[0m";

std::string qualifier(const Fields& fields) {
  const auto modifier = text_of(fields, "modifier");
  if (modifier == "max") return "up to ";
  if (modifier == "min") return "at least ";
  if (modifier == "approx") return "about ";
  if (modifier == "vague") return "some ";
  return {};
}

std::string field_text(const Fields& fields, std::string_view name) {
  const Scalar* value = find(fields, name);
  return value == nullptr ? std::string() : to_string(*value);
}

std::string amount_in_words(const Fields& fields, std::string_view low, std::string_view high) {
  std::string out = qualifier(fields) + grouped(field_text(fields, low));
  const std::string top = field_text(fields, high);
  if (!top.empty()) out += " to " + grouped(top);
  return out;
}

std::string money_in_words(const Fields& fields) {
  std::string out = amount_in_words(fields, "amount", "amount_high");
  const auto currency = text_of(fields, "currency");
  out += currency.empty() ? " ?" : " " + std::string(currency);
  if (const auto per = text_of(fields, "per"); !per.empty()) out += " per " + std::string(per);
  return out;
}

std::string name_in_words(const Fields& fields, std::string_view extra) {
  std::string out(text_of(fields, "name"));
  const std::string more = field_text(fields, extra);
  if (!more.empty()) out += (out.empty() ? "" : " ") + ("(" + more + ")");
  return out;
}

/// "Japan -> Micron Technology": who stands on which side of a record.
std::string who(const Record& record) {
  const auto first_of = [&](std::initializer_list<std::string_view> roles) {
    for (std::string_view role : roles) {
      if (const Scalar* value = find(record.fields, role); value != nullptr && !readable(*value).empty()) return readable(*value);
    }
    return std::string();
  };
  const std::string from = first_of({"payer", "authority", "issuer", "owner", "parties"});
  const std::string to = first_of({"recipient", "beneficiary", "lender"});
  if (from.empty()) return to.empty() ? to : "to " + to;
  return to.empty() ? from : from + " → " + to;
}

std::string what(const Record& record) {
  for (std::string_view key : {"instrument", "metric", "product", "topic", "outcome"}) {
    if (const Scalar* value = find(record.fields, key); value != nullptr && !readable(*value).empty()) return readable(*value);
  }
  return {};
}

class Table : public Sink {
 public:
  Table(Output output, const SinkOptions& options) : output_(std::move(output)), options_(options) {
    options_.width = std::clamp<std::uint32_t>(options_.width, 60, 200);
  }

  std::string render(const Reading& reading) const override {
    std::string out = heading(reading);
    if (reading.error) return out + paint("  " + visible(reading.error->code + ": " + reading.error->what), "\x1b[31m") + "\n\n";
    // The article's own words come first; what stands in captions, repeats and furniture follows, dimmed.
    for (const bool own : {true, false}) {
      for (const Mention& mention : reading.mentions) {
        if (is_own(use_of(reading.article, mention)) == own && options_.by != By::record)
          out += mention_row(reading, mention, own);
      }
    }
    if (options_.by != By::mention) {
      for (const Record& record : reading.records) out += record_row(record);
    }
    return out + "\n";
  }
  Result<void> write(std::string_view rendered) override { return output_.write(rendered); }
  Result<void> flush() override { return output_.flush(); }
  Result<void> finish() override { return output_.finish(); }

 private:
  std::string paint(std::string text, std::string_view code) const {
    if (!options_.colour || code.empty()) return text;
    return std::string(code) + std::move(text) + std::string(kReset);
  }

  std::string line(std::string_view text, std::string_view code) const {
    std::string cut = fitted(text, options_.width);
    cut.erase(cut.find_last_not_of(' ') + 1);
    return paint(std::move(cut), code) + "\n";
  }

  std::string heading(const Reading& reading) const {
    const Meta& meta = reading.article.meta;
    std::string facts = "  " + visible(source_name(reading.article.origin));
    for (const std::string& fact :
         {meta.published ? meta.published->iso() : std::string("no date"), meta.publisher, meta.language}) {
      if (!fact.empty()) facts += " · " + visible(fact);
    }
    return line(visible(meta.title.empty() ? "(no title)" : meta.title), kBold) + line(facts, kDim);
  }

  std::string mention_row(const Reading& reading, const Mention& mention, bool own) const {
    const std::size_t rest = options_.width - 2 - 13 - 12;
    const std::size_t words = rest * 2 / 5;
    std::string row = "  " + paint(fitted(visible(mention.type), 12), own ? colour_of(mention.type) : kDim) + " ";
    row += fitted(visible(mention.span.of(reading.article.text)), words) + " ";
    row += fitted(visible(value_in_words(mention)), rest - words - 2) + " ";
    const Use use = use_of(reading.article, mention);
    if (use != Use::body) row += paint(fitted(to_string(use), 12), kDim);
    row.erase(row.find_last_not_of(' ') + 1);
    return row + "\n";
  }

  std::string record_row(const Record& record) const {
    std::string amount;
    if (!record.money.empty()) amount = money_in_words(record.money.front());
    const std::size_t rest = options_.width - 2 - 13 - 24;
    const std::size_t money = rest * 2 / 5;
    std::string row = "  " + paint(fitted(visible(record.kind), 12), kBold) + " " + fitted(visible(amount), money) + " ";
    const std::string subject = what(record), people = who(record);
    row += fitted(visible(people + (people.empty() || subject.empty() ? "" : ", ") + subject), rest - money - 2) + " ";
    std::string state =
        record.status + (record.certainty == "asserted" || record.certainty.empty() ? "" : ", " + record.certainty);
    if (record.use != Use::body) state += " (" + std::string(to_string(record.use)) + ")";
    row += paint(fitted(visible(state), 24), kDim);
    row.erase(row.find_last_not_of(' ') + 1);
    return row + "\n";
  }

  Output output_;
  SinkOptions options_;
};

}  // namespace

std::string_view colour_of(std::string_view type) {
  for (const Colour& colour : kColours) {
    if (colour.type == type) return colour.code;
  }
  return "\x1b[37m";
}

std::string grouped(std::string_view decimal) {
  const std::size_t start = decimal.starts_with('-') ? 1 : 0;
  const std::size_t dot = std::min(decimal.find('.'), decimal.size());
  std::string out(decimal.substr(0, start));
  for (std::size_t i = start; i < dot; ++i) {
    if (i > start && (dot - i) % 3 == 0) out += ',';
    out += decimal[i];
  }
  return out + std::string(decimal.substr(dot));
}

std::string value_in_words(const Mention& mention) {
  const Fields& fields = mention.fields;
  if (mention.type == "money") return money_in_words(fields);
  if (mention.type == "percent") return amount_in_words(fields, "value", "value_high") + " %";
  if (mention.type == "company") return name_in_words(fields, "ticker");
  if (mention.type == "organisation") return name_in_words(fields, "class");
  if (mention.type == "country" || mention.type == "place") return name_in_words(fields, "id");
  if (mention.type == "node_size") {
    const auto name = text_of(fields, "name");
    return amount_in_words(fields, "nm", "") + " nm" + (name.empty() ? "" : " (" + std::string(name) + ")");
  }
  if (mention.type == "quantity") return amount_in_words(fields, "value", "value_high") + " " + field_text(fields, "unit");
  const std::string value = field_text(fields, "value");
  const std::string mod = field_text(fields, "mod");
  return value + (mod.empty() ? "" : " (" + mod + ")");
}

Result<std::unique_ptr<Sink>> make_table(const std::string& path, const SinkOptions& options) {
  auto output = Output::open(path, options.append);
  if (!output) return tl::unexpected(std::move(output.error()));
  return std::make_unique<Table>(std::move(*output), options);
}

}  // namespace tearsheet
