// JSON lines: a reading, a mention or a record a line.
#include "pipeline/sink/jsonl.h"

#include <fmt/format.h>

#include <optional>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"
#include "pipeline/filter.h"
#include "pipeline/row.h"
#include "pipeline/sink/output.h"

namespace tearsheet {

namespace {

/// Appends members of one JSON object, commas and keys kept right.
class Object {
 public:
  explicit Object(std::string& out) : out_(out) { out_ += '{'; }
  void close() { out_ += '}'; }

  std::string& key(std::string_view name) {
    if (!first_) out_ += ',';
    first_ = false;
    json::append_string(out_, name);
    out_ += ':';
    return out_;
  }
  void text(std::string_view name, std::string_view value) { json::append_string(key(name), value); }
  void text_or_null(std::string_view name, std::string_view value) {
    if (value.empty())
      key(name) += "null";
    else
      text(name, value);
  }
  void number(std::string_view name, std::uint64_t value) { key(name) += std::to_string(value); }
  void date(std::string_view name, const std::optional<Date>& value) { text_or_null(name, value ? value->iso() : std::string()); }
  void strings(std::string_view name, const std::vector<std::string>& values) {
    key(name) += '[';
    for (std::size_t i = 0; i < values.size(); ++i) {
      if (i > 0) out_ += ',';
      json::append_string(out_, values[i]);
    }
    out_ += ']';
  }

 private:
  std::string& out_;
  bool first_ = true;
};

/// Spans as they leave: bytes, or code points where the caller wants those.
struct Spans : FieldVisitor {
  Spans(const Reading& reading, const SinkOptions& options) {
    if (options.offsets_chars) offsets.emplace(reading.article.text);
  }
  void span(Span& span) override { span = out(span); }
  Span out(Span span) const { return offsets ? Span{offsets->at(span.begin), offsets->at(span.end)} : span; }

  std::optional<utf8::CodePointOffsets> offsets;
};

void append_span(std::string& out, Span span) {
  out += '[';
  out += std::to_string(span.begin);
  out += ',';
  out += std::to_string(span.end);
  out += ']';
}

template <class List, class One>
void append_list(std::string& out, const List& list, const One& one) {
  out += '[';
  bool first = true;
  for (const auto& item : list) {
    if (!first) out += ',';
    first = false;
    one(item);
  }
  out += ']';
}

void append_source(std::string& out, const Article& article) {
  Object source(out);
  const Origin& origin = article.origin;
  if (origin.id)
    source.text("id", *origin.id);
  else
    source.key("id") += "null";
  source.text_or_null("path", origin.path);
  source.text_or_null("url", origin.uri);
  source.text_or_null("container", origin.container);
  source.number("index", origin.index);
  source.text_or_null("format", article.sha256.empty() ? std::string_view() : to_string(article.format));
  source.text_or_null("charset", article.charset);
  source.number("bytes", article.bytes);
  source.text_or_null("sha256", article.sha256);
  source.close();
}

void append_article(std::string& out, const Reading& reading) {
  const Meta& meta = reading.article.meta;
  Object article(out);
  article.text_or_null("title", meta.title);
  article.strings("byline", meta.byline);
  article.date("published", meta.published);
  article.date("modified", meta.modified);
  article.text_or_null("place", meta.place);
  article.text_or_null("publisher", meta.publisher);
  article.text_or_null("domain", meta.domain);
  article.text_or_null("language", meta.language);
  article.text_or_null("url", meta.url);
  article.strings("topics", meta.topics);
  article.text_or_null("section", meta.section);
  article.text_or_null("image", meta.image);
  article.key("paywall") += meta.paywall ? (*meta.paywall ? "true" : "false") : "null";
  article.text("fingerprint", hash::hex64(reading.fingerprint));
  json::append_object(article.key("extra"), meta.extra);
  article.close();
}

void append_blocks(std::string& out, const Reading& reading, const Spans& spans) {
  append_list(out, reading.article.blocks, [&](const Block& block) {
    Object object(out);
    append_span(object.key("span"), spans.out(block.span));
    object.text("kind", to_string(block.kind));
    object.text("use", to_string(block.use));
    object.close();
  });
}

void append_mention_members(Object& object, const Reading& reading, const Mention& mention, const Spans& spans) {
  object.text("type", mention.type);
  append_span(object.key("span"), spans.out(mention.span));
  object.text("text", mention.span.of(reading.article.text));
  object.text("use", to_string(use_of(reading.article, mention)));
  object.text("rule", mention.rule);
  object.key("confidence") += confidence_text(mention.confidence);
  json::append_object(object.key("fields"), mention.fields);
}

void append_links(std::string& out, const Reading& reading) {
  append_list(out, reading.links, [&](const Link& link) {
    Object object(out);
    object.text("kind", link.kind);
    object.number("from", link.from);
    object.number("to", link.to);
    object.text("why", link.why);
    object.close();
  });
}

void append_relations(std::string& out, const Record& record) {
  append_list(out, record.rel, [&](const Relation& rel) {
    Object object(out);
    object.text("type", rel.type);
    object.text("to", rel.to);
    object.text("basis", rel.basis);
    object.close();
  });
}

void append_record_members(Object& object, std::string& out, Record record, Spans& spans) {
  if (spans.offsets) {
    visit(record.fields, spans);
    for (Fields& money : record.money) visit(money, spans);
  }
  object.text("id", record.id);
  object.text("kind", record.kind);
  object.text("use", to_string(record.use));
  for (const Field& field : record.fields) json::append_value(object.key(field.name), field.value);
  append_list(object.key("money"), record.money, [&](const Fields& money) { json::append_object(out, money); });
  object.text("measure", record.measure);
  object.text("status", record.status);
  object.text("certainty", record.certainty);
  append_relations(object.key("rel"), record);
  append_list(object.key("evidence"), record.evidence, [&](Span span) { append_span(out, spans.out(span)); });
  object.key("sum_ok") += record.sum_ok ? "true" : "false";
  object.text("rule", record.rule);
  object.key("confidence") += confidence_text(record.confidence);
}

void append_error(std::string& out, const std::optional<Error>& error) {
  if (!error) {
    out += "null";
    return;
  }
  Object object(out);
  object.text("code", error->code);
  object.text("what", error->what);
  object.text_or_null("file", error->place.file);
  object.number("line", error->place.line);
  object.number("column", error->place.column);
  object.text_or_null("help", error->help);
  object.close();
}

void append_notes(std::string& out, const std::vector<Note>& notes) {
  append_list(out, notes, [&](const Note& note) {
    Object object(out);
    object.text("code", note.code);
    object.text("what", note.what);
    object.close();
  });
}

void append_contents(Object& line, std::string& out, const Reading& reading, const SinkOptions& options, Spans& spans) {
  if (options.with_text) line.text("text", reading.article.text);
  if (options.with_body) line.text("body", reading.error ? std::string() : body_of(reading.article));
  if (options.with_blocks) append_blocks(line.key("blocks"), reading, spans);
  append_list(line.key("mentions"), reading.mentions, [&](const Mention& mention) {
    Object object(out);
    append_mention_members(object, reading, mention, spans);
    object.close();
  });
  append_links(line.key("links"), reading);
  append_list(line.key("records"), reading.records, [&](const Record& record) {
    Object object(out);
    append_record_members(object, out, record, spans);
    object.close();
  });
}

std::string by_article(const Reading& reading, const SinkOptions& options) {
  std::string out;
  Spans spans(reading, options);
  Object line(out);
  line.text("schema", "tearsheet.reading/1");
  line.text_or_null("id", reading.article.id);
  append_source(line.key("source"), reading.article);
  if (reading.error)
    line.key("article") += "{}";
  else
    append_article(line.key("article"), reading);
  append_contents(line, out, reading, options, spans);
  line.text("rules", options.rules_hash);
  append_notes(line.key("notes"), reading.notes);
  append_error(line.key("error"), reading.error);
  line.close();
  out += '\n';
  return out;
}

/// What a line of one mention or record says of its article.
void append_head(Object& line, const Reading& reading, std::string_view schema) {
  line.text("schema", schema);
  line.text_or_null("article", reading.article.id);
  append_source(line.key("source"), reading.article);
  line.text_or_null("title", reading.article.meta.title);
  line.date("published", reading.article.meta.published);
  line.text_or_null("url", reading.article.meta.url);
}

std::string by_mention(const Reading& reading, const SinkOptions& options) {
  std::string out;
  const Spans spans(reading, options);
  for (std::size_t i = 0; i < reading.mentions.size(); ++i) {
    Object line(out);
    append_head(line, reading, "tearsheet.mention/1");
    line.number("mention", i);
    append_mention_members(line, reading, reading.mentions[i], spans);
    line.text("rules", options.rules_hash);
    line.close();
    out += '\n';
  }
  return out;
}

std::string by_record(const Reading& reading, const SinkOptions& options) {
  std::string out;
  Spans spans(reading, options);
  Sentences sentences(reading);
  for (const Record& record : reading.records) {
    Object line(out);
    append_head(line, reading, "tearsheet.record/1");
    line.text("sentence", sentences.of(record));
    append_record_members(line, out, record, spans);
    line.text("rules", options.rules_hash);
    line.close();
    out += '\n';
  }
  return out;
}

class JsonLines : public Sink {
 public:
  JsonLines(Output output, const SinkOptions& options) : output_(std::move(output)), options_(options) {}
  std::string render(const Reading& reading) const override { return to_json_line(reading, options_); }
  Result<void> write(std::string_view rendered) override { return output_.write(rendered); }
  Result<void> flush() override { return output_.flush(); }
  Result<void> finish() override { return output_.finish(); }

 private:
  Output output_;
  SinkOptions options_;
};

}  // namespace

std::string to_json_line(const Reading& reading, const SinkOptions& options) {
  switch (options.by) {
    case By::mention:
      return by_mention(reading, options);
    case By::record:
      return by_record(reading, options);
    case By::article:
      break;
  }
  return by_article(reading, options);
}

Result<std::unique_ptr<Sink>> make_jsonl(const std::string& path, const SinkOptions& options) {
  auto output = Output::open(path, options.append);
  if (!output) return tl::unexpected(std::move(output.error()));
  return std::make_unique<JsonLines>(std::move(*output), options);
}

}  // namespace tearsheet
