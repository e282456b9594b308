// Show: one article with its mentions in colour, and why each was found.
#include <fmt/format.h>

#include <algorithm>

#include "cli/command.h"
#include "cli/reading_options.h"
#include "cli/terminal.h"
#include "pipeline/fetch/source.h"
#include "pipeline/row.h"
#include "pipeline/sink/table.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {
    {"why", 0, "",
     "for each mention its rule, fields and evidence; for each fact about the article where it came from; links and records"},
    {"date", 0, "DATE", "reference date, where the article has none: 2023-01-06"},
    {"type", 0, "TYPES", "only these types of mentions", kTypes, true, true},
    {"use", 0, "USES", "only what stands in blocks of these uses", kUses, true},
    {"min-confidence", 0, "N", "only what is at least so sure, 0 to 1"},
    {"engine", 0, "PATH", "how patterns are found: fast (default) or plain; both give the same"},
    {"from", 0, "FORMAT", "read the input as this format instead of sniffing", "plain,markdown,html,jsonl"},
    {"max-bytes", 0, "SIZE", "cut a longer document, with a note; default 32MB"},
    {"colour", 0, "WHEN", "colour the mentions; default auto: on a terminal, where NO_COLOR is not set", "auto,always,never"},
};

constexpr Usage kUsage = {"FILE",
                          "Shows an article as the program reads it: each block with its use, its mentions in colour (between ⟦ "
                          "⟧ where there is no colour), and a legend. "
                          "FILE may be - for standard input; of a file with several articles all are shown.",
                          kOptions,
                          {{"tearsheet show article.txt", "what was found, in its place"},
                           {"tearsheet show --why --type money article.html", "each amount with its rule and fields"}}};

constexpr std::string_view kBold = "\x1b[1m", kDim = "\x1b[2m", kReset = "\x1b[0m";

/// `text` with line breaks at blanks, so that no line is wider than `width` where a blank stands in it. Colours take no room.
std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  std::size_t column = 0, last_blank = std::string::npos, column_behind = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    const char c = text[i];
    if (c == '\x1b') {
      const std::size_t end = std::min(text.find('m', i), text.size() - 1);
      out += text.substr(i, end - i + 1);
      i = end;
      continue;
    }
    out += c;
    if (c == '\n') {
      column = 0;
      last_blank = std::string::npos;
      continue;
    }
    if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) ++column;  // one a code point
    if (c == ' ') {
      last_blank = out.size() - 1;
      column_behind = column;
    } else if (column > width && last_blank != std::string::npos) {
      out[last_blank] = '\n';
      column -= column_behind;
      last_blank = std::string::npos;
    }
  }
  return out;
}

/// Prints one reading.
class Page {
 public:
  Page(const Reading& reading, bool colour) : reading_(reading), article_(reading.article), colour_(colour) {}

  std::string text(bool why) {
    heading(why);
    for (std::uint32_t i = 0; i < article_.blocks.size(); ++i) block(i);
    legend();
    if (why) explain();
    return out_ + "\n";
  }

 private:
  std::string paint(const std::string& text, std::string_view code) const {
    return colour_ ? std::string(code) + text + std::string(kReset) : text;
  }

  void fact(std::string_view name, const std::string& value, bool why) {
    if (value.empty()) return;
    out_ += "  " + fitted(name, 10) + " " + visible(value);
    for (const auto& [field, source] : article_.meta.why) {
      if (why && field == name) out_ += paint("  from " + visible(source), kDim);
    }
    out_ += "\n";
  }

  void heading(bool why) {
    const Meta& meta = article_.meta;
    out_ += paint(visible(source_name(article_.origin)), kBold) + "\n";
    fact("title", meta.title, why);
    std::string byline;
    for (const std::string& name : meta.byline) byline += (byline.empty() ? "" : ", ") + name;
    fact("byline", byline, why);
    fact("published", meta.published ? meta.published->iso() : std::string(), why);
    fact("modified", meta.modified ? meta.modified->iso() : std::string(), why);
    fact("place", meta.place, why);
    fact("publisher", meta.publisher, why);
    fact("language", meta.language, why);
    fact("url", meta.url, why);
    for (const Note& note : reading_.notes) out_ += paint("  note " + note.code + ": " + visible(note.what), kDim) + "\n";
    out_ += "\n";
  }

  void block(std::uint32_t index) {
    const Block& block = article_.blocks[index];
    out_ += paint("[" + std::string(to_string(block.use)) + "] ", kDim);
    std::uint32_t at = block.span.begin;
    for (const Mention& mention : reading_.mentions) {
      if (mention.block != index || mention.span.begin < at || mention.span.end > block.span.end) continue;
      out_ += words(Span{at, mention.span.begin}, is_own(block.use) ? "" : kDim);
      const std::string said = visible(mention.span.of(article_.text), true);
      out_ += colour_ ? paint(said, colour_of(mention.type)) : "⟦" + said + "⟧" + mention.type;
      at = mention.span.end;
    }
    out_ += words(Span{at, block.span.end}, is_own(block.use) ? "" : kDim) + "\n\n";
  }

  std::string words(Span span, std::string_view code) const {
    const std::string said = visible(span.of(article_.text), true);
    return code.empty() || said.empty() ? said : paint(said, code);
  }

  void legend() {
    std::vector<std::pair<std::string, int>> counts;
    for (const Mention& mention : reading_.mentions) {
      const auto known =
          std::find_if(counts.begin(), counts.end(), [&](const auto& count) { return count.first == mention.type; });
      if (known == counts.end())
        counts.emplace_back(mention.type, 1);
      else
        ++known->second;
    }
    std::string line;
    for (const auto& [type, count] : counts)
      line += (line.empty() ? "" : "  ") + paint(type, colour_of(type)) + " " + std::to_string(count);
    out_ += (line.empty() ? std::string("nothing found") : line) + "\n";
  }

  void explain() {
    out_ += "\n";
    for (std::size_t i = 0; i < reading_.mentions.size(); ++i) {
      const Mention& mention = reading_.mentions[i];
      out_ += fmt::format("{:3} ", i) + paint(visible(mention.span.of(article_.text)), colour_of(mention.type)) + "  " +
              mention.type + " = " + visible(value_in_words(mention)) + "\n";
      out_ += fmt::format("      [{},{}] in {}, rule {}, confidence {}\n", mention.span.begin, mention.span.end,
                          to_string(use_of(article_, mention)), mention.rule, confidence_text(mention.confidence));
      fields(mention.fields);
    }
    for (const Link& link : reading_.links)
      out_ += fmt::format("link {} {} = {}: {}\n", link.kind, said(link.from), said(link.to), visible(link.why));
    for (const Record& record : reading_.records) explain_record(record);
  }

  std::string said(std::uint32_t mention) const { return visible(reading_.mentions[mention].span.of(article_.text)); }

  void fields(const Fields& fields) {
    std::string line = "     ";
    for (const Field& field : fields) {
      if (!field.value.is_none()) line += " " + field.name + "=" + visible(readable(field.value));
    }
    out_ += line + "\n";
  }

  void explain_record(const Record& record) {
    out_ += paint("record " + record.id + " " + record.kind, kBold) +
            fmt::format("  {} {} {}{}, rule {}, confidence {}\n", record.status, record.certainty, record.measure,
                        record.sum_ok ? ", sum_ok" : "", record.rule, confidence_text(record.confidence));
    for (const Field& field : record.fields) {
      const std::string value = readable(field.value);
      if (!value.empty()) out_ += "      " + field.name + ": " + visible(value) + "\n";
    }
    for (const Fields& money : record.money) fields(money);
    for (const Relation& rel : record.rel) out_ += "      " + rel.type + " " + rel.to + " (" + rel.basis + ")\n";
    for (const Span& span : record.evidence)
      out_ += paint(fmt::format("      [{},{}] {}", span.begin, span.end, visible(span.of(article_.text))), kDim) + "\n";
  }

  const Reading& reading_;
  const Article& article_;
  bool colour_;
  std::string out_;
};

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}

}  // namespace

const Usage& show_usage() { return kUsage; }

int show(const Arguments& arguments) {
  auto options = engine_options(arguments);
  if (!options) return misuse(options.error());
  if (arguments.paths().empty()) return misuse(Error{"U004", "nothing to show", {}, "name a file, or - for standard input", {}});
  Inputs inputs;
  inputs.paths = arguments.paths();
  inputs.from = arguments.text("from");
  inputs.max_bytes = options->max_bytes;
  auto engine = open_engine(std::move(*options));
  if (!engine) return kMisuse;
  auto source = open_source(inputs);
  if (!source) {
    say(source.error());
    return kSomeFailed;
  }
  const std::string when = arguments.text("colour");
  const bool colour = when == "always" || (when != "never" && colour_wanted());
  int code = kAllRead;
  while (auto item = (*source)->next()) {
    Reading reading;
    if (item->blob)
      reading = engine->read(std::move(*item->blob));
    else
      reading.error = std::move(item->blob.error());
    reading.article.origin = item->origin;
    if (reading.error) {
      Error told = *reading.error;
      if (told.place.file.empty()) told.place.file = source_name(item->origin);
      say(told);
      code = kSomeFailed;
      continue;
    }
    const std::string page = Page(reading, colour).text(arguments.has("why"));
    if (!print(stdout_is_terminal() ? wrapped(page, terminal_width()) : page)) break;
  }
  return code;
}

}  // namespace tearsheet::cli
