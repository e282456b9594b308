// Gold format: annotated texts as other tools keep them: brat, CoNLL, doccano, Label Studio, Prodigy.
#include "pipeline/gold_format.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <optional>
#include <set>

#include "base/hash.h"
#include "base/json.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

std::uint32_t width_of(unsigned char lead, OffsetUnit unit) { return unit == OffsetUnit::utf16 && lead >= 0xF0 ? 2 : 1; }

std::uint32_t units_at(std::string_view text, std::size_t byte, OffsetUnit unit) {
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < byte && i < text.size(); ++i) {
    const auto lead = static_cast<unsigned char>(text[i]);
    if ((lead & 0xC0) != 0x80) units += width_of(lead, unit);
  }
  return units;
}

/// The byte at so many units, or nothing beyond the end or inside a character.
std::optional<std::uint32_t> byte_at(std::string_view text, std::uint32_t units, OffsetUnit unit) {
  std::size_t at = 0;
  while (units > 0 && at < text.size()) {
    const std::uint32_t width = width_of(static_cast<unsigned char>(text[at]), unit);
    if (width > units) return std::nullopt;
    units -= width;
    utf8::next(text, at);
  }
  if (units > 0) return std::nullopt;
  return static_cast<std::uint32_t>(at);
}

tl::unexpected<Error> wrong(std::string_view file, std::size_t line, std::string what, std::string help = {}) {
  return tl::unexpected(Error{"G005", std::move(what), {std::string(file), static_cast<std::uint32_t>(line), 0}, std::move(help), {}});
}

Result<MarkedSpan> span_of(std::string_view text, std::uint32_t begin, std::uint32_t end, std::string type, OffsetUnit unit, std::string_view file, std::size_t line) {
  const auto from = byte_at(text, begin, unit), to = byte_at(text, end, unit);
  if (!from || !to || *from >= *to) return wrong(file, line, fmt::format("the span {} to {} does not lie in the text", begin, end), unit == OffsetUnit::utf16 ? "offsets count UTF-16 units here" : "offsets count code points here");
  return MarkedSpan{{*from, *to}, std::move(type)};
}

/// Where a hash was written, the text must still be the one that was annotated.
Result<void> check_hash(std::string_view text, std::string_view hash, std::string_view file, std::size_t line) {
  if (hash.empty() || hash == hash::sha256_hex(text)) return {};
  return wrong(file, line, "the text is not the one that was annotated: its SHA-256 differs", "offsets would point at other words; export again from the same text");
}

std::uint32_t number(const Tree& tree) { return static_cast<std::uint32_t>(std::strtoul(tree.scalar.c_str(), nullptr, 10)); }
std::uint32_t number_in(const Tree& map, std::string_view key) { return static_cast<std::uint32_t>(std::strtoul(std::string(map.text(key)).c_str(), nullptr, 10)); }

void sort(MarkedText& text) {
  std::sort(text.spans.begin(), text.spans.end(), [](const MarkedSpan& a, const MarkedSpan& b) { return a.span < b.span; });
}

template <class Take>
Result<std::vector<MarkedText>> each_line(std::string_view bytes, std::string_view file, const Take& take) {
  std::vector<MarkedText> out;
  std::size_t line = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string_view row = bytes.substr(at, end - at);
    at = end + 1;
    ++line;
    if (row.find_first_not_of(" \t\r") == std::string_view::npos) continue;
    const auto tree = json::parse(row);
    if (!tree || !tree->is_map()) return wrong(file, line, "this line is no JSON object");
    auto text = take(*tree, line);
    if (!text) return tl::unexpected(std::move(text.error()));
    sort(*text);
    out.push_back(std::move(*text));
  }
  return out;
}

std::string json_quoted(std::string_view text) {
  std::string out;
  json::append_string(out, text);
  return out;
}

// doccano: {"id","text","label":[[begin,end,type]]}, code points.
std::vector<NamedFile> write_doccano(const std::vector<MarkedText>& texts) {
  std::string out;
  for (const MarkedText& text : texts) {
    out += "{\"id\":" + json_quoted(text.id) + ",\"text\":" + json_quoted(text.text) + ",\"label\":[";
    for (const MarkedSpan& span : text.spans) {
      out += fmt::format("{}[{},{},{}]", out.back() == '[' ? "" : ",", units_at(text.text, span.span.begin, OffsetUnit::code_points), units_at(text.text, span.span.end, OffsetUnit::code_points), json_quoted(span.type));
    }
    out += "],\"offsets\":\"code points\",\"sha256\":\"" + hash::sha256_hex(text.text) + "\"}\n";
  }
  return {{"doccano.jsonl", out}};
}

Result<std::vector<MarkedText>> read_doccano(std::string_view bytes, std::string_view file, std::string_view) {
  return each_line(bytes, file, [&](const Tree& row, std::size_t line) -> Result<MarkedText> {
    MarkedText out{std::string(row.text("id")), std::string(row.text("text")), {}};
    if (auto good = check_hash(out.text, row.text("sha256"), file, line); !good) return tl::unexpected(good.error());
    const Tree* labels = row.find("label") != nullptr ? row.find("label") : row.find("labels");
    for (const Tree& label : labels == nullptr ? std::vector<Tree>{} : labels->items) {
      if (label.items.size() < 3) return wrong(file, line, "a label is [begin, end, type]");
      auto span = span_of(out.text, number(label.items[0]), number(label.items[1]), label.items[2].scalar, OffsetUnit::code_points, file, line);
      if (!span) return tl::unexpected(span.error());
      out.spans.push_back(std::move(*span));
    }
    return out;
  });
}

// Prodigy: {"text","spans":[{"start","end","label"}],"meta"}, code points.
std::vector<NamedFile> write_prodigy(const std::vector<MarkedText>& texts) {
  std::string out;
  for (const MarkedText& text : texts) {
    out += "{\"text\":" + json_quoted(text.text) + ",\"spans\":[";
    for (const MarkedSpan& span : text.spans) {
      out += fmt::format("{}{{\"start\":{},\"end\":{},\"label\":{}}}", out.back() == '[' ? "" : ",", units_at(text.text, span.span.begin, OffsetUnit::code_points), units_at(text.text, span.span.end, OffsetUnit::code_points), json_quoted(span.type));
    }
    out += "],\"answer\":\"accept\",\"meta\":{\"id\":" + json_quoted(text.id) + ",\"offsets\":\"code points\",\"sha256\":\"" + hash::sha256_hex(text.text) + "\"}}\n";
  }
  return {{"prodigy.jsonl", out}};
}

Result<std::vector<MarkedText>> read_prodigy(std::string_view bytes, std::string_view file, std::string_view) {
  return each_line(bytes, file, [&](const Tree& row, std::size_t line) -> Result<MarkedText> {
    const Tree* meta = row.find("meta");
    MarkedText out{meta == nullptr ? std::string() : std::string(meta->text("id")), std::string(row.text("text")), {}};
    if (auto good = check_hash(out.text, meta == nullptr ? std::string_view() : meta->text("sha256"), file, line); !good) return tl::unexpected(good.error());
    const Tree* spans = row.text("answer") == "reject" ? nullptr : row.find("spans");
    for (const Tree& one : spans == nullptr ? std::vector<Tree>{} : spans->items) {
      auto span = span_of(out.text, number_in(one, "start"), number_in(one, "end"), std::string(one.text("label")), OffsetUnit::code_points, file, line);
      if (!span) return tl::unexpected(span.error());
      out.spans.push_back(std::move(*span));
    }
    return out;
  });
}

// Label Studio: a list of tasks with results; offsets are those of JavaScript strings.
std::vector<NamedFile> write_label_studio(const std::vector<MarkedText>& texts) {
  std::string out = "[";
  for (const MarkedText& text : texts) {
    out += std::string(out.size() > 1 ? "," : "") + "\n{\"data\":{\"text\":" + json_quoted(text.text) + ",\"id\":" + json_quoted(text.id) + ",\"offsets\":\"UTF-16\",\"sha256\":\"" + hash::sha256_hex(text.text) + "\"},\"annotations\":[{\"result\":[";
    for (const MarkedSpan& span : text.spans) {
      out += fmt::format("{}{{\"from_name\":\"label\",\"to_name\":\"text\",\"type\":\"labels\",\"value\":{{\"start\":{},\"end\":{},\"text\":{},\"labels\":[{}]}}}}", out.back() == '[' ? "" : ",", units_at(text.text, span.span.begin, OffsetUnit::utf16),
                         units_at(text.text, span.span.end, OffsetUnit::utf16), json_quoted(span.span.of(text.text)), json_quoted(span.type));
    }
    out += "]}]}";
  }
  return {{"label_studio.json", out + "\n]\n"}};
}

Result<std::vector<MarkedText>> read_label_studio(std::string_view bytes, std::string_view file, std::string_view) {
  const auto tree = json::parse(bytes);
  if (!tree || !tree->is_list()) return wrong(file, 1, "this is no export of Label Studio: a JSON list of tasks is wanted", "export as JSON, not JSON-MIN");
  std::vector<MarkedText> out;
  for (const Tree& task : tree->items) {
    const Tree* data = task.find("data");
    if (data == nullptr) return wrong(file, 1, "a task has no data");
    MarkedText text{std::string(data->text("id")), std::string(data->text("text")), {}};
    if (auto good = check_hash(text.text, data->text("sha256"), file, 1); !good) return tl::unexpected(good.error());
    const Tree* annotations = task.find("annotations");
    const Tree* results = annotations == nullptr || annotations->items.empty() ? nullptr : annotations->items[0].find("result");
    for (const Tree& result : results == nullptr ? std::vector<Tree>{} : results->items) {
      const Tree* value = result.find("value");
      const Tree* labels = value == nullptr ? nullptr : value->find("labels");
      if (labels == nullptr || labels->items.empty()) continue;
      auto span = span_of(text.text, number_in(*value, "start"), number_in(*value, "end"), labels->items[0].scalar, OffsetUnit::utf16, file, 1);
      if (!span) return tl::unexpected(span.error());
      text.spans.push_back(std::move(*span));
    }
    sort(text);
    out.push_back(std::move(text));
  }
  return out;
}

// brat: a .txt and beside it a .ann, "T1\ttype begin end\twords", code points. A comment line holds the hash.
std::string file_name(const MarkedText& text, std::size_t index) {
  std::string out;
  for (const char c : text.id) out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ? c : '_';
  return out.empty() ? fmt::format("text{:04}", index + 1) : out;
}

std::vector<NamedFile> write_brat(const std::vector<MarkedText>& texts) {
  std::vector<NamedFile> out;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    const MarkedText& text = texts[i];
    std::string rows;
    for (std::size_t n = 0; n < text.spans.size(); ++n) {
      std::string words(text.spans[n].span.of(text.text));
      std::replace(words.begin(), words.end(), '\n', ' ');
      rows += fmt::format("T{}\t{} {} {}\t{}\n", n + 1, text.spans[n].type, units_at(text.text, text.spans[n].span.begin, OffsetUnit::code_points), units_at(text.text, text.spans[n].span.end, OffsetUnit::code_points), words);
    }
    rows += "#1\tAnnotatorNotes T1\toffsets=code points sha256=" + hash::sha256_hex(text.text) + "\n";
    out.push_back({file_name(text, i) + ".txt", text.text});
    out.push_back({file_name(text, i) + ".ann", rows});
  }
  return out;
}

Result<std::vector<MarkedText>> read_brat(std::string_view bytes, std::string_view file, std::string_view text) {
  MarkedText out{{}, std::string(text), {}};
  std::size_t line = 0;
  for (std::size_t at = 0; at < bytes.size();) {
    const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
    const std::string row(bytes.substr(at, end - at));
    at = end + 1;
    ++line;
    const std::size_t hash = row.find("sha256=");
    if (row.starts_with('#') && hash != std::string::npos) {
      if (auto good = check_hash(text, std::string_view(row).substr(hash + 7, 64), file, line); !good) return tl::unexpected(good.error());
    }
    if (!row.starts_with('T')) continue;
    const std::size_t tab = row.find('\t'), blank = row.find(' ', tab), last = row.find('\t', blank);
    if (tab == std::string::npos || blank == std::string::npos) return wrong(file, line, "an entity is \"T1<tab>type begin end<tab>words\"");
    const std::string places = row.substr(blank + 1, last - blank - 1);  // "3 8", or "3 8;10 12" for one in pieces: its whole stretch is taken
    const std::size_t behind = places.find_last_of(" ;");
    auto span = span_of(text, static_cast<std::uint32_t>(std::strtoul(places.c_str(), nullptr, 10)), static_cast<std::uint32_t>(std::strtoul(places.c_str() + (behind == std::string::npos ? 0 : behind + 1), nullptr, 10)),
                        row.substr(tab + 1, blank - tab - 1), OffsetUnit::code_points, file, line);
    if (!span) return tl::unexpected(span.error());
    out.spans.push_back(std::move(*span));
  }
  sort(out);
  return std::vector<MarkedText>{std::move(out)};
}

// CoNLL: a token a line with its BIO2 tag, an empty line between lines of the text; the text itself in a comment, so that blanks come back.
bool is_word(char c) { return std::isalnum(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }

std::vector<NamedFile> write_conll(const std::vector<MarkedText>& texts) {
  std::string out;
  for (const MarkedText& text : texts) {
    out += "-DOCSTART-\tO\n# id = " + text.id + "\n# text = " + json_quoted(text.text) + "\n# sha256 = " + hash::sha256_hex(text.text) + "\n\n";
    std::set<std::uint32_t> edges;  // a span may begin or end within a token
    for (const MarkedSpan& span : text.spans) edges.insert({span.span.begin, span.span.end});
    for (std::size_t at = 0; at < text.text.size();) {
      if (std::isspace(static_cast<unsigned char>(text.text[at])) != 0) {
        out += text.text[at] == '\n' && !out.ends_with("\n\n") ? "\n" : "";
        ++at;
        continue;
      }
      std::size_t end = at + 1;
      while (is_word(text.text[at]) && end < text.text.size() && is_word(text.text[end]) && !edges.contains(static_cast<std::uint32_t>(end))) ++end;
      std::string tag = "O";
      for (const MarkedSpan& span : text.spans) {
        if (span.span.begin <= at && at < span.span.end) tag = (span.span.begin == at ? "B-" : "I-") + span.type;
      }
      out += text.text.substr(at, end - at) + "\t" + tag + "\n";
      at = end;
    }
    out += out.ends_with("\n\n") ? "" : "\n";
  }
  return {{"conll.tsv", out}};
}

class ConllReader {
 public:
  explicit ConllReader(std::string_view file) : file_(file) {}

  Result<std::vector<MarkedText>> read(std::string_view bytes) {
    for (std::size_t at = 0; at < bytes.size();) {
      const std::size_t end = std::min(bytes.find('\n', at), bytes.size());
      std::string row(bytes.substr(at, end - at));
      at = end + 1;
      ++line_;
      if (row.ends_with('\r')) row.pop_back();
      if (auto good = take(row); !good) return tl::unexpected(good.error());
    }
    return std::move(out_);
  }

 private:
  Result<void> take(const std::string& row) {
    if (row.starts_with("-DOCSTART-") || out_.empty()) {
      out_.emplace_back();
      at_ = 0;
      known_ = false;
      if (row.starts_with("-DOCSTART-")) return {};
    }
    MarkedText& text = out_.back();
    if (row.starts_with("# ")) return comment(row, text);
    if (row.empty()) {
      if (!known_ && !text.text.empty() && !text.text.ends_with('\n')) text.text += '\n';
      return {};
    }
    const std::size_t first = row.find_first_of("\t "), last = row.find_last_of("\t ");
    if (first == std::string::npos) return wrong(file_, line_, "a line is a token and its tag");
    const std::string token = row.substr(0, first), tag = row.substr(last + 1);
    if (known_) {
      const std::size_t found = text.text.find(token, at_);
      if (found == std::string::npos) return wrong(file_, line_, "'" + token + "' does not follow in the text");
      at_ = found;
    } else {
      if (!text.text.empty() && !text.text.ends_with('\n')) text.text += ' ';
      at_ = text.text.size();
      text.text += token;
    }
    const Span span{static_cast<std::uint32_t>(at_), static_cast<std::uint32_t>(at_ + token.size())};
    at_ = span.end;
    if (tag.starts_with("I-") && inside_ && !text.spans.empty() && text.spans.back().type == tag.substr(2))
      text.spans.back().span.end = span.end;
    else if (tag.size() > 2 && tag[1] == '-')
      text.spans.push_back({span, tag.substr(2)});
    inside_ = tag != "O";
    return {};
  }

  Result<void> comment(const std::string& row, MarkedText& text) {
    if (row.starts_with("# id = ")) text.id = row.substr(7);
    if (row.starts_with("# text = ")) {
      const auto said = json::parse(row.substr(9));
      if (!said || !said->is_scalar()) return wrong(file_, line_, "the text is no JSON string");
      text.text = said->scalar;
      known_ = true;
    }
    return row.starts_with("# sha256 = ") ? check_hash(text.text, std::string_view(row).substr(11), file_, line_) : Result<void>();
  }

  std::string_view file_;
  std::vector<MarkedText> out_;
  std::size_t at_ = 0, line_ = 0;
  bool known_ = false, inside_ = false;
};

Result<std::vector<MarkedText>> read_conll(std::string_view bytes, std::string_view file, std::string_view) { return ConllReader(file).read(bytes); }

}  // namespace

std::span<const GoldFormat> gold_formats() {
  static const GoldFormat kRows[] = {
      {"brat", "a .txt and a .ann a text; offsets in code points", OffsetUnit::code_points, write_brat, read_brat},
      {"conll", "a token a line with its BIO2 tag", OffsetUnit::none, write_conll, read_conll},
      {"doccano", "JSON lines with labels; offsets in code points", OffsetUnit::code_points, write_doccano, read_doccano},
      {"label-studio", "a JSON list of tasks; offsets in UTF-16 units", OffsetUnit::utf16, write_label_studio, read_label_studio},
      {"prodigy", "JSON lines with spans; offsets in code points", OffsetUnit::code_points, write_prodigy, read_prodigy},
  };
  return kRows;
}

const GoldFormat* gold_format(std::string_view name) {
  for (const GoldFormat& format : gold_formats()) {
    if (format.name == name) return &format;
  }
  return nullptr;
}

std::string want_file_of(const MarkedText& text) {
  std::set<std::string> types;
  for (const MarkedSpan& span : text.spans) types.insert(span.type);
  std::string out = "schema: 1\ncomplete: [";
  for (const std::string& type : types) out += (out.back() == '[' ? "" : ", ") + type;
  out += text.spans.empty() ? "]\n" : "]\nmentions:\n";
  for (const MarkedSpan& span : text.spans) {
    const std::string words(span.span.of(text.text));
    std::size_t nth = 1;
    for (std::size_t at = text.text.find(words); at < span.span.begin; at = text.text.find(words, at + words.size())) ++nth;
    std::string said = "'";
    for (const char c : words) said += c == '\'' ? std::string("''") : std::string(1, c);
    if (words.find('\n') != std::string::npos) json::append_string(said = {}, words);
    else said += "'";
    out += "- { type: " + span.type + ", text: " + said + (nth > 1 ? ", nth: " + std::to_string(nth) : "") + " }\n";
  }
  return out;
}

}  // namespace tearsheet
