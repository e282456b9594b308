// HTML: one page for people that opens from disk: articles with coloured spans, tables, a timeline, filters.
#include "pipeline/sink/html.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "pipeline/row.h"
#include "pipeline/sink/html_page.h"
#include "pipeline/sink/output.h"
#include "pipeline/sink/table.h"

namespace tearsheet {

namespace {

/// Only these are links: anything else from outside stays text.
bool is_web(std::string_view url) { return url.starts_with("https://") || url.starts_with("http://"); }

std::string attribute(std::string_view name, std::string_view value) { return value.empty() ? std::string() : fmt::format(" {}=\"{}\"", name, html_escaped(value)); }

bool is_company(const Ref& ref) { return ref.type == "company" || ref.type == "organisation"; }

/// The first company in a record's roles.
std::string company_of(const Scalar& value) {
  if (const Ref* ref = value.ref()) return is_company(*ref) ? (ref->name.empty() ? ref->text : ref->name) : std::string();
  if (const auto* list = value.get<std::vector<Scalar>>()) {
    for (const Scalar& one : *list) {
      if (std::string name = company_of(one); !name.empty()) return name;
    }
  }
  return {};
}

/// One reading as an <article>.
class Piece {
 public:
  explicit Piece(const Reading& reading) : reading_(reading), article_(reading.article) {}

  std::string text() {
    const Meta& meta = article_.meta;
    const std::string source = source_name(article_.origin), published = meta.published ? meta.published->iso() : std::string();
    out_ = "<article" + attribute("data-source", source) + attribute("data-published", published) + attribute("data-title", meta.title) + ">\n<header><h2>";
    out_ += html_escaped(meta.title.empty() ? source : meta.title) + "</h2><p>";
    std::string byline;
    for (const std::string& name : meta.byline) byline += (byline.empty() ? "" : ", ") + name;
    for (const std::string& fact : {published, meta.publisher, byline, source}) {
      if (!fact.empty()) out_ += "<span>" + html_escaped(fact) + "</span> ";
    }
    if (is_web(meta.url)) out_ += "<a" + attribute("href", meta.url) + " rel=\"noopener noreferrer\">" + html_escaped(meta.url) + "</a>";
    out_ += "</p></header>\n";
    if (reading_.error) out_ += "<p class=\"error\">" + html_escaped(reading_.error->code + ": " + reading_.error->what) + "</p>\n";
    for (std::uint32_t i = 0; i < article_.blocks.size(); ++i) block(i);
    records();
    return out_ + "</article>\n";
  }

 private:
  void block(std::uint32_t index) {
    const Block& block = article_.blocks[index];
    const std::string_view tag = block.kind == Kind::heading || block.kind == Kind::title ? "h3" : block.kind == Kind::quote ? "blockquote" : "p";
    out_ += fmt::format("<{} class=\"use-{}\">", tag, to_string(block.use));
    std::uint32_t at = block.span.begin;
    for (std::size_t i = 0; i < reading_.mentions.size(); ++i) {
      const Mention& mention = reading_.mentions[i];
      if (mention.block != index || mention.span.begin < at || mention.span.end > block.span.end) continue;
      out_ += html_escaped(Span{at, mention.span.begin}.of(article_.text)) + mark(mention, i);
      at = mention.span.end;
    }
    out_ += html_escaped(Span{at, block.span.end}.of(article_.text)) + fmt::format("</{}>\n", tag);
  }

  std::string mark(const Mention& mention, std::size_t index) const {
    std::string out = "<mark" + attribute("class", mention.type) + attribute("data-value", value_in_words(mention)) + attribute("data-rule", mention.rule) + attribute("data-use", to_string(use_of(article_, mention)));
    out += attribute("data-confidence", confidence_text(mention.confidence));
    for (const char* name : {"amount", "currency", "name", "value"}) {
      const Scalar* value = find(mention.fields, name);
      if (value != nullptr && !value->is_none()) out += attribute(std::string("data-") + (std::string_view(name) == "value" ? "said" : name), to_string(*value));
    }
    if (mention.type == "money") out += attribute("data-company", company_for(index));
    out += attribute("title", mention.type + ": " + value_in_words(mention) + "\n" + mention.rule + ", confidence " + confidence_text(mention.confidence));
    return out + ">" + html_escaped(mention.span.of(article_.text)) + "</mark>";
  }

  /// Whom an amount belongs to: the company of the record that holds it, else the nearest one named in its block.
  std::string company_for(std::size_t index) const {
    for (const Record& record : reading_.records) {
      const bool holds = std::any_of(record.money.begin(), record.money.end(), [&](const Fields& money) {
        const Scalar* mention = find(money, "mention");
        const auto* number = mention == nullptr ? nullptr : mention->get<std::int64_t>();
        return number != nullptr && *number == static_cast<std::int64_t>(index);
      });
      if (!holds) continue;
      for (const char* role : {"owner", "recipient", "payer", "issuer", "parties", "lender", "backer"}) {
        const Scalar* value = find(record.fields, role);
        if (value == nullptr) continue;
        if (std::string name = company_of(*value); !name.empty()) return name;
      }
    }
    const Mention& money = reading_.mentions[index];
    const Mention* nearest = nullptr;
    const auto distance = [&](const Mention& one) { return one.span.begin > money.span.begin ? one.span.begin - money.span.begin : money.span.begin - one.span.begin; };
    for (const Mention& one : reading_.mentions) {
      if (one.type == "company" && one.block == money.block && (nearest == nullptr || distance(one) < distance(*nearest))) nearest = &one;
    }
    return nearest == nullptr ? std::string() : std::string(text_of(nearest->fields, "name"));
  }

  void records() {
    if (reading_.records.empty()) return;
    out_ += "<table class=\"records\"><thead><tr><th>fact</th><th>who and what</th><th>money</th><th>status</th></tr></thead><tbody>\n";
    for (const Record& record : reading_.records) {
      std::string roles, money;
      for (const Field& field : record.fields) {
        const std::string value = readable(field.value);
        if (!value.empty()) roles += (roles.empty() ? "" : "; ") + field.name + ": " + value;
      }
      for (const Fields& one : record.money) {
        const Scalar* amount = find(one, "amount");
        if (amount != nullptr && !amount->is_none()) money += (money.empty() ? "" : "; ") + grouped(to_string(*amount)) + " " + std::string(text_of(one, "currency"));
      }
      out_ += "<tr><td>" + html_escaped(record.kind) + "</td><td>" + html_escaped(roles) + "</td><td>" + html_escaped(money) + "</td><td>" + html_escaped(record.status + ", " + record.certainty) + "</td></tr>\n";
    }
    out_ += "</tbody></table>\n";
  }

  const Reading& reading_;
  const Article& article_;
  std::string out_;
};

class HtmlSink : public Sink {
 public:
  explicit HtmlSink(Output output) : output_(std::move(output)) {}

  std::string render(const Reading& reading) const override { return Piece(reading).text(); }
  Result<void> write(std::string_view rendered) override {
    if (auto begun = begin(); !begun) return begun;
    return output_.write(rendered);
  }
  Result<void> flush() override { return output_.flush(); }
  Result<void> finish() override {
    if (auto begun = begin(); !begun) return begun;
    if (auto done = output_.write(html_page_tail()); !done) return done;
    return output_.finish();
  }

 private:
  Result<void> begin() {
    if (std::exchange(begun_, true)) return {};
    return output_.write(html_page_head());
  }

  Output output_;
  bool begun_ = false;
};

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    if (c == '&')
      out += "&amp;";
    else if (c == '<')
      out += "&lt;";
    else if (c == '>')
      out += "&gt;";
    else if (c == '"')
      out += "&quot;";
    else if ((byte < 0x20 && c != '\n' && c != '\t') || byte == 0x7F)
      out += "\xEF\xBF\xBD";
    else
      out += c;
  }
  return out;
}

Result<std::unique_ptr<Sink>> make_html(const std::string& path, const SinkOptions&) {
  auto output = Output::open(path);
  if (!output) return tl::unexpected(std::move(output.error()));
  return std::make_unique<HtmlSink>(std::move(*output));
}

}  // namespace tearsheet
