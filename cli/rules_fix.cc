// Rules fix: the smallest change that makes one reading right, with its effect, before anything is written.
#include <fmt/format.h>

#include <charconv>

#include "base/file.h"
#include "base/json.h"
#include "cli/reading_options.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"
#include "pipeline/run_repair.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"corpus", 0, "PATH", "articles to show each change's effect on", {}, true},
                               {"words", 0, "TEXT", "the place, by its words, instead of an offset"},
                               {"apply", 0, "N", "write the Nth proposal to its file"},
                               {"date", 0, "DATE", "reference date, where the article has none: 2023-01-06"},
                               {"json", 0, "", "one JSON object a proposal"}};
constexpr Usage kUsage = {
    "FILE[:OFFSET] WISH",
    "Proposes the smallest changes of the rules that make one reading right, each tried out: the wish comes true, no example breaks, and the effect on a corpus is shown. WISH is field=value (currency=CAD, "
    "unit=MW), or none where nothing should be found. A cue in currency.yaml, a surface or row in a lexicon, an unless. Nothing is written without --apply. Exit 1 where no change helps.",
    kOptions,
    {{"tearsheet rules fix article.txt --words '$5m' currency=CAD --corpus articles/", "what would make this dollar a Canadian one"},
     {"tearsheet rules fix article.txt:312 none --apply 1", "write the first proposal that keeps this from being found"}}};

std::optional<Wish> wish_of(const std::string& said) {
  if (said == "none") return Wish{};
  const std::size_t sign = said.find('=');
  if (sign == std::string::npos || sign == 0 || sign + 1 == said.size()) return std::nullopt;
  return Wish{{}, said.substr(0, sign), said.substr(sign + 1)};
}

/// The place that `words` or the ":312" of a file names; nothing where there is none.
std::optional<Span> place_in(const std::string& text, const std::string& words, const std::optional<std::uint32_t>& offset) {
  if (offset) return *offset < text.size() ? std::optional(Span{*offset, *offset + 1}) : std::nullopt;
  const std::size_t at = words.empty() ? std::string::npos : text.find(words);
  if (at == std::string::npos) return std::nullopt;
  return Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
}

std::string effect_text(const Repair& repair) {
  if (!repair.effect) return {};
  std::string out = fmt::format("   effect: {} in {}\n", counted(repair.effect->changes.size(), "mention"), counted(repair.effect->corpus.read, "article"));
  for (std::size_t i = 0; i < repair.effect->changes.size() && i < 3; ++i) {
    const SpanChange& change = repair.effect->changes[i];
    out += fmt::format("     {} \"{}\"  {} -> {}\n", visible(change.where), visible(change.text), visible(change.before), visible(change.after));
  }
  return out;
}

std::string json_text(const Repair& repair) {
  std::string out = "{\"what\":";
  json::append_string(out, repair.what);
  out += ",\"file\":";
  json::append_string(out, repair.file);
  out += ",\"line\":";
  json::append_string(out, repair.line);
  return out + (repair.effect ? fmt::format(",\"changes\":{},\"articles\":{}}}\n", repair.effect->changes.size(), repair.effect->corpus.read) : std::string("}\n"));
}

}  // namespace

const Usage& rules_fix_usage() { return kUsage; }

int rules_fix(const Arguments& arguments) {
  const auto wish = arguments.paths().size() == 2 ? wish_of(arguments.paths()[1]) : std::nullopt;
  if (!wish) return misuse(Error{"U004", "a file and a wish are wanted", {}, "as in: tearsheet rules fix article.txt --words '$5m' currency=CAD", {}});
  const auto options = engine_options(arguments);
  if (!options) return misuse(options.error());
  std::string path = arguments.paths()[0];
  std::optional<std::uint32_t> offset;
  if (const std::size_t colon = path.rfind(':'); colon != std::string::npos && !arguments.has("words")) {
    std::uint32_t number = 0;
    const auto [end, error] = std::from_chars(path.data() + colon + 1, path.data() + path.size(), number);
    if (error == std::errc() && end == path.data() + path.size()) {
      offset = number;
      path.resize(colon);
    }
  }
  const auto rules = load_told(arguments);
  if (!rules) return kMisuse;
  Inputs one, corpus;
  one.paths = {path};
  corpus.paths = arguments.all("corpus");
  auto source = open_source(one);
  if (!source) return misuse(source.error());
  const auto item = (*source)->next();
  if (!item || !item->blob) return misuse(item ? item->blob.error() : Error{"I011", "nothing to read in " + path, {}, {}, {}});
  const auto article = article_of(*item->blob, *rules);
  if (!article) return misuse(article.error());
  const auto where = place_in(article->text, arguments.text("words"), offset);
  if (!where) return misuse(Error{"U009", "the place is not in the article", {}, "name it by --words, or by an offset in bytes of the article's text: FILE:312", {}});
  Wish asked = *wish;
  asked.where = *where;
  const auto repairs = repairs_for(*rules, *article, article->meta.published ? article->meta.published : options->reference, asked, corpus, thread_ns);
  if (!repairs) return misuse(repairs.error());
  std::size_t number = 0;
  for (const Repair& repair : *repairs) {
    print(arguments.has("json") ? json_text(repair) : fmt::format("{}. {}\n   {}: {}\n{}", ++number, visible(repair.what), short_path(repair.file), visible(repair.line), effect_text(repair)));
  }
  if (repairs->empty()) {
    say("no small change makes that true; `tearsheet rules explain` tells what happens there");
    return kSomeFailed;
  }
  if (!arguments.has("apply")) return kAllRead;
  const std::size_t chosen = std::strtoull(arguments.text("apply").c_str(), nullptr, 10);
  if (chosen == 0 || chosen > repairs->size()) return misuse(Error{"U002", "there is no proposal " + arguments.text("apply"), {}, "1 to " + std::to_string(repairs->size()), {}});
  const Repair& repair = (*repairs)[chosen - 1];
  if (auto done = file::write_atomic(repair.file, repair.text); !done) return misuse(done.error());
  say("wrote " + short_path(repair.file));
  return kAllRead;
}

}  // namespace tearsheet::cli
