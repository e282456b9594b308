// CSV: one flat table, of mentions or of records.
#include "pipeline/sink/csv.h"

#include <algorithm>
#include <array>
#include <span>

#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/row.h"
#include "pipeline/sink/output.h"

namespace tearsheet {

namespace {

constexpr std::string_view kHead[] = {"article_id", "source", "source_id", "title", "published", "url"};
constexpr std::string_view kMention[] = {"type", "text", "begin", "end", "use", "confidence", "rule"};
/// The fields of all types, so that one header fits every row; a field that is not here goes into the last column, as JSON.
constexpr std::string_view kFields[] = {"amount",   "amount_high", "currency", "candidates", "evidence", "modifier",
                                        "per",      "change",      "value",    "value_high", "grain",    "said",
                                        "implied",  "mod",         "name",     "id",         "alias_of", "ticker",
                                        "exchange", "country",     "class",    "nm",         "unit"};
constexpr std::string_view kRecord[] = {"record",   "kind",   "use",    "status",      "certainty",
                                        "measure",  "sum_ok", "amount", "amount_high", "currency",
                                        "modifier", "per",    "as",     "usd_stated",  "money"};
constexpr std::string_view kRoles[] = {"payer",    "via",    "recipient", "beneficiary", "authority", "issuer",    "lender",
                                       "owner",    "backer", "parties",   "instrument",  "metric",    "product",   "node",
                                       "capacity", "topic",  "outcome",   "about",       "object",    "stake",     "purpose",
                                       "scope",    "cause",  "place",     "site",        "basis",     "condition", "attribution",
                                       "when",     "period", "change"};
constexpr std::string_view kTail[] = {"other", "rel", "sentence", "confidence", "rule"};

/// One row in the making.
class Row {
 public:
  void add(std::string_view text) {
    if (!line_.empty() || any_) line_ += ',';
    any_ = true;
    line_ += csv_cell(text);
  }
  std::string done() { return std::move(line_) + "\r\n"; }

 private:
  std::string line_;
  bool any_ = false;
};

std::string header(std::initializer_list<std::span<const std::string_view>> groups) {
  Row row;
  for (const auto& group : groups) {
    for (std::string_view name : group) row.add(name);
  }
  return row.done();
}

void add_head(Row& row, const Reading& reading) {
  const Article& article = reading.article;
  row.add(article.id);
  row.add(!article.origin.uri.empty()         ? article.origin.uri
          : !article.origin.container.empty() ? article.origin.container
                                              : article.origin.path);
  row.add(article.origin.id.value_or(""));
  row.add(article.meta.title);
  row.add(article.meta.published ? article.meta.published->iso() : std::string());
  row.add(article.meta.url);
}

/// Fields without a column of their own, as a JSON object; "" when there are none.
std::string others(const Fields& fields, std::span<const std::string_view> known) {
  Fields rest;
  for (const Field& field : fields) {
    if (std::find(known.begin(), known.end(), field.name) == known.end() && !field.value.is_none()) rest.push_back(field);
  }
  std::string out;
  if (!rest.empty()) json::append_object(out, rest);
  return out;
}

std::string text_or_empty(const Fields& fields, std::string_view name) {
  const Scalar* value = find(fields, name);
  return value == nullptr ? std::string() : readable(*value);
}

std::string mention_rows(const Reading& reading, const SinkOptions& options) {
  std::string out;
  std::optional<utf8::CodePointOffsets> chars;
  if (options.offsets_chars) chars.emplace(reading.article.text);
  for (const Mention& mention : reading.mentions) {
    Row row;
    add_head(row, reading);
    row.add(mention.type);
    row.add(mention.span.of(reading.article.text));
    row.add(std::to_string(chars ? chars->at(mention.span.begin) : mention.span.begin));
    row.add(std::to_string(chars ? chars->at(mention.span.end) : mention.span.end));
    row.add(to_string(use_of(reading.article, mention)));
    row.add(confidence_text(mention.confidence));
    row.add(mention.rule);
    for (std::string_view name : kFields) row.add(text_or_empty(mention.fields, name));
    row.add(others(mention.fields, kFields));
    out += row.done();
  }
  return out;
}

std::string money_words(const Record& record) {
  std::string out;
  for (const Fields& money : record.money) {
    const auto words = text_of(money, "text");
    if (!words.empty()) out += (out.empty() ? "" : "; ") + std::string(words);
  }
  return out;
}

std::string relations(const Record& record) {
  std::string out;
  for (const Relation& rel : record.rel) out += (out.empty() ? "" : "; ") + rel.type + " " + rel.to;
  return out;
}

std::string record_rows(const Reading& reading) {
  std::string out;
  Sentences sentences(reading);
  for (const Record& record : reading.records) {
    static const Fields kNoMoney;
    const Fields& money = record.money.empty() ? kNoMoney : record.money.front();
    Row row;
    add_head(row, reading);
    row.add(record.id);
    row.add(record.kind);
    row.add(to_string(record.use));
    row.add(record.status);
    row.add(record.certainty);
    row.add(record.measure);
    row.add(record.sum_ok ? "true" : "false");
    for (std::string_view name : {"amount", "amount_high", "currency", "modifier", "per", "as"})
      row.add(text_or_empty(money, name));
    row.add(usd_stated(record));
    row.add(money_words(record));
    for (std::string_view name : kRoles) row.add(text_or_empty(record.fields, name));
    row.add(others(record.fields, kRoles));
    row.add(relations(record));
    row.add(sentences.of(record));
    row.add(confidence_text(record.confidence));
    row.add(record.rule);
    out += row.done();
  }
  return out;
}

class Csv : public Sink {
 public:
  Csv(Output output, const SinkOptions& options) : output_(std::move(output)), options_(options) {}

  std::string render(const Reading& reading) const override {
    return options_.by == By::record ? record_rows(reading) : mention_rows(reading, options_);
  }
  Result<void> write(std::string_view rendered) override {
    if (auto done = begin(); !done) return done;
    return output_.write(rendered);
  }
  Result<void> flush() override { return output_.flush(); }
  Result<void> finish() override {
    if (auto done = begin(); !done) return done;
    return output_.finish();
  }

 private:
  Result<void> begin() {
    if (begun_) return {};
    begun_ = true;
    constexpr std::string_view kOther[] = {"other"};
    return output_.write(options_.by == By::record ? header({kHead, kRecord, kRoles, kTail})
                                                   : header({kHead, kMention, kFields, kOther}));
  }

  Output output_;
  SinkOptions options_;
  bool begun_ = false;
};

bool is_negative_number(std::string_view text) {
  const bool only_digits = text.find_first_not_of("0123456789.", 1) == std::string_view::npos;
  return text.size() > 1 && text.front() == '-' && only_digits && Decimal::parse(text).has_value();
}

}  // namespace

std::string csv_cell(std::string_view text) {
  std::string cell;
  constexpr std::string_view kFormula = "=+-@\t\r\n";
  if (!text.empty() && kFormula.find(text.front()) != std::string_view::npos && !is_negative_number(text)) cell += '\'';
  cell += text;
  if (cell.find_first_of(",\"\r\n") == std::string::npos) return cell;
  std::string quoted = "\"";
  for (const char c : cell) {
    if (c == '"') quoted += '"';
    quoted += c;
  }
  return quoted + '"';
}

Result<std::unique_ptr<Sink>> make_csv(const std::string& path, const SinkOptions& options) {
  auto output = Output::open(path, options.append);
  if (!output) return tl::unexpected(std::move(output.error()));
  return std::make_unique<Csv>(std::move(*output), options);
}

}  // namespace tearsheet
