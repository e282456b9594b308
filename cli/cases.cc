// Cases: annotated cases to and from the formats of other tools.
#include <algorithm>
#include <filesystem>

#include "base/file.h"
#include "cli/command.h"
#include "cli/reading_options.h"
#include "cli/rules_loading.h"
#include "cli/terminal.h"
#include "pipeline/fetch/source.h"
#include "pipeline/gold.h"
#include "pipeline/gold_format.h"

namespace tearsheet::cli {

namespace {

constexpr std::string_view kFormats = "brat,conll,doccano,label-studio,prodigy";
constexpr Option kExportOptions[] = {{"as", 0, "FORMAT", "brat and doccano and prodigy count code points, label-studio UTF-16 units, conll is tokens", kFormats}, {"output", 'o', "FOLDER", "where the files go"}};
constexpr Usage kExport = {"[PATH...]",
                           "Writes annotated cases (articles with NAME.want.yaml beside them) for another annotation tool: the text as the program reads it and its mentions. The unit of the offsets is written beside "
                           "them, and the text's SHA-256, which import checks.",
                           kExportOptions,
                           {{"tearsheet cases export corpus --as doccano -o out/", "all cases to one file of JSON lines"}, {"tearsheet cases export corpus/wire --as brat -o out/", "a .txt and a .ann a case"}}};

constexpr Option kImportOptions[] = {{"from", 0, "FORMAT", "the format of the files", kFormats}, {"output", 'o', "FOLDER", "where the cases go"}};
constexpr Usage kImport = {"FILE...",
                           "Makes annotated cases of another tool's export: NAME.txt with NAME.want.yaml beside it, to be scored and edited. Fails where an offset lies outside of the text, or where the text is not the one "
                           "that was annotated. Of brat the .ann files are named; their .txt lie beside them.",
                           kImportOptions,
                           {{"tearsheet cases import --from doccano all.jsonl -o corpus/mine", "from JSON lines"}, {"tearsheet cases import --from brat ann/*.ann -o corpus/mine", "from brat"}}};

/// The places of a document's mentions in its text; what does not stand there is left out and counted.
std::size_t mark(const GoldDocument& gold, MarkedText& out) {
  std::size_t lost = 0;
  for (const GoldMention& mention : gold.mentions) {
    if (mention.maybe) continue;
    std::size_t at = out.text.find(mention.text);
    for (std::uint32_t n = 1; n < mention.nth && at != std::string::npos; ++n) at = out.text.find(mention.text, at + mention.text.size());
    if (at == std::string::npos || mention.text.empty()) {
      ++lost;
      continue;
    }
    out.spans.push_back({{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + mention.text.size())}, mention.type});
  }
  std::sort(out.spans.begin(), out.spans.end(), [](const MarkedSpan& a, const MarkedSpan& b) { return a.span < b.span; });
  return lost;
}

Result<void> add_case(const RuleSet& rules, const GoldCase& one, std::vector<MarkedText>& out, std::size_t& lost) {
  Inputs inputs;
  inputs.paths = {one.file};
  auto source = open_source(inputs);
  if (!source) return tl::unexpected(source.error());
  while (auto item = (*source)->next()) {
    for (const GoldDocument& gold : one.documents) {
      if (!gold.id.empty() && (!item->origin.id || *item->origin.id != gold.id)) continue;
      auto article = item->blob ? article_of(*item->blob, rules) : tl::unexpected(item->blob.error());
      if (!article) return tl::unexpected(article.error());
      MarkedText text{gold.id.empty() ? one.name : one.name + "_" + gold.id, std::move(article->text), {}};
      lost += mark(gold, text);
      out.push_back(std::move(text));
    }
  }
  return {};
}

bool wants(const Arguments& arguments, std::string_view name, std::string_view example) {
  if (arguments.has(name)) return true;
  say(Error{"U004", "--" + std::string(name) + " is missing", {}, "as in: " + std::string(example), {}});
  return false;
}

Result<void> write_all(const std::string& folder, const std::vector<NamedFile>& files) {
  std::error_code ignored;
  std::filesystem::create_directories(folder, ignored);
  for (const NamedFile& one : files) {
    if (auto done = file::write_atomic((std::filesystem::path(folder) / one.name).string(), one.bytes); !done) return done;
  }
  return {};
}

std::string stem_of(const MarkedText& text, const std::string& file, std::size_t index, std::size_t count) {
  std::string out;
  for (const char c : text.id) out += std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ? c : '_';
  if (!out.empty()) return out;
  return std::filesystem::path(file).stem().string() + (count > 1 ? "_" + std::to_string(index + 1) : std::string());
}

}  // namespace

const Usage& cases_export_usage() { return kExport; }
const Usage& cases_import_usage() { return kImport; }

int cases_export(const Arguments& arguments) {
  constexpr std::string_view kExample = "tearsheet cases export corpus --as doccano -o out/";
  if (!wants(arguments, "as", kExample) || !wants(arguments, "output", kExample)) return kMisuse;
  const auto rules = load_told(arguments);
  if (!rules) return kMisuse;
  std::vector<MarkedText> texts;
  std::size_t lost = 0;
  for (const std::string& path : arguments.paths().empty() ? std::vector<std::string>{"corpus"} : arguments.paths()) {
    const auto cases = read_cases(path, GoldNames{rules->book->types(), rules->book->fields()});
    if (!cases) {
      for (const Error& error : cases.error()) say(error);
      return kMisuse;
    }
    for (const GoldCase& one : *cases) {
      if (auto done = add_case(*rules, one, texts, lost); !done) return misuse(done.error());
    }
  }
  if (auto done = write_all(arguments.text("output"), gold_format(arguments.text("as"))->write(texts)); !done) return misuse(done.error());
  std::size_t spans = 0;
  for (const MarkedText& text : texts) spans += text.spans.size();
  say("wrote " + counted(texts.size(), "text") + " with " + counted(spans, "span") + " to " + arguments.text("output") + (lost > 0 ? "; " + counted(lost, "mention") + " not in the text as it is read" : std::string()));
  return kAllRead;
}

int cases_import(const Arguments& arguments) {
  constexpr std::string_view kExample = "tearsheet cases import --from doccano all.jsonl -o corpus/mine";
  if (!wants(arguments, "from", kExample) || !wants(arguments, "output", kExample)) return kMisuse;
  if (arguments.paths().empty()) return misuse(Error{"U004", "no file named", {}, "as in: " + std::string(kExample), {}});
  const GoldFormat& format = *gold_format(arguments.text("from"));
  std::vector<NamedFile> files;
  std::size_t spans = 0, texts = 0;
  for (const std::string& path : arguments.paths()) {
    const auto contents = file::read(path);
    if (!contents) return misuse(contents.error());
    std::string beside;
    if (format.name == "brat") {
      const auto text = file::read(std::filesystem::path(path).replace_extension(".txt").string());
      if (!text) return misuse(text.error());
      beside = text->bytes;
    }
    const auto read = format.read(contents->bytes, path, beside);
    if (!read) return misuse(read.error());
    for (std::size_t i = 0; i < read->size(); ++i) {
      const MarkedText& text = (*read)[i];
      const std::string stem = stem_of(text, path, i, read->size());
      files.push_back({stem + ".txt", text.text});
      files.push_back({stem + ".want.yaml", want_file_of(text)});
      spans += text.spans.size();
      ++texts;
    }
  }
  if (auto done = write_all(arguments.text("output"), files); !done) return misuse(done.error());
  say("wrote " + counted(texts, "case") + " with " + counted(spans, "mention") + " to " + arguments.text("output"));
  return kAllRead;
}

}  // namespace tearsheet::cli
