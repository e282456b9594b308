// Rules explain: why a stretch of an article is a mention, or why it is not.
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <filesystem>

#include "base/json.h"
#include "cli/reading_options.h"
#include "cli/rules_loading.h"
#include "cli/terminal.h"
#include "extractors/trace.h"
#include "pipeline/fetch/source.h"
#include "pipeline/row.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"rule", 0, "ID", "only rules whose id begins so; told even where they have no hit", {}, true},
                               {"words", 0, "TEXT", "the stretch to explain, by its words (each place where they stand)"},
                               {"date", 0, "DATE", "reference date, where the article has none: 2023-01-06"},
                               {"from", 0, "FORMAT", "read the input as this format instead of sniffing", "plain,markdown,html,jsonl"},
                               {"json", 0, "", "one JSON object a hit or near miss"}};
constexpr Usage kUsage = {
    "FILE[:OFFSET]",
    "Tells the whole life of a stretch of an article, found or not: what the rule's pattern matched, its groups, and the station that stopped it (edges, emit, unless, requires, where, reader, "
    "conflict); for a rule that nearly matched, how many parts of its pattern stand there and what it expected next. OFFSET counts bytes of the article's text, as spans do; a:b is a stretch. "
    "Exit 1 where nothing can be told.",
    kOptions,
    {{"tearsheet rules explain article.txt --words '$5m'", "every rule that has seen these words"}, {"tearsheet rules explain article.txt:312 --rule money.sign", "one rule at one place"}}};

struct Place3 {
  std::string path;
  std::optional<Span> where;
};

/// "FILE:12" and "FILE:12:20" taken apart; a file that is really called so comes first.
Place3 place_of(const std::string& argument) {
  std::error_code ignored;
  Place3 out{argument, std::nullopt};
  std::optional<std::uint32_t> first, last;
  while (!std::filesystem::exists(out.path, ignored) && !first) {
    const std::size_t colon = out.path.rfind(':');
    std::uint32_t number = 0;
    if (colon == std::string::npos) break;
    const char* end = out.path.data() + out.path.size();
    const auto [read, error] = std::from_chars(out.path.data() + colon + 1, end, number);
    if (error != std::errc() || read != end) break;
    (last ? first : last) = number;
    out.path.resize(colon);
  }
  if (last && !first) out.where = Span{*last, *last + 1};
  if (last && first && *first < *last) out.where = Span{*first, *last};
  return out;
}

std::string in_quotes(std::string_view text) { return "\"" + visible(std::string(text)) + "\""; }

std::string text_of(const Life& life, const Article& article) {
  std::string out = fmt::format("\n{}  {}  [{},{}] {}\n", life.rule->id, life.outcome == "kept" ? "kept" : "stopped by " + life.outcome, life.span.begin, life.span.end, in_quotes(life.span.of(article.text)));
  for (const Step& step : life.steps) {
    const std::string_view mark = step.state == Step::State::passed ? "ok" : step.state == Step::State::stopped ? "STOP" : "-";
    out += fmt::format("  {:9} {:4} {}\n", step.name, mark, visible(step.detail));
    if (step.name != "pattern" || life.groups.empty()) continue;
    out += "                ";
    for (const auto& [name, words] : life.groups) out += " " + name + "=" + in_quotes(words);
    out += "\n";
  }
  if (life.mention) {
    out += fmt::format("  {:9}      {}", "gives", life.mention->type);
    for (const Field& field : life.mention->fields) out += " " + field.name + "=" + visible(readable(field.value));
    out += fmt::format("  confidence {}\n", confidence_text(life.mention->confidence));
  }
  return out;
}

std::string text_of(const NearMiss& miss, const Article& article) {
  return fmt::format("\n{}  no match: {} of {} parts stand there{}\n  matched   {} [{},{}]\n  expected  {}\n  found     {}\n", miss.rule->id, miss.matched, miss.parts,
                     miss.rule->patterns.size() > 1 ? fmt::format(" (pattern {} of any:)", miss.pattern + 1) : "", in_quotes(miss.span.of(article.text)), miss.span.begin, miss.span.end, visible(miss.expected),
                     miss.found.empty() ? "the end of the line" : in_quotes(miss.found));
}

void member(std::string& out, std::string_view name, std::string_view value) {
  out += (out.back() == '{' ? "\"" : ",\"") + std::string(name) + "\":";
  json::append_string(out, value);
}

std::string json_of(const Life& life, const Article& article) {
  std::string out = "{";
  member(out, "rule", life.rule->id);
  out += fmt::format(",\"span\":[{},{}]", life.span.begin, life.span.end);
  member(out, "text", life.span.of(article.text));
  member(out, "outcome", life.outcome);
  out += ",\"groups\":{";
  for (const auto& [name, words] : life.groups) member(out, name, words);
  out += "},\"steps\":[";
  for (const Step& step : life.steps) {
    out += out.back() == '[' ? "{" : ",{";
    member(out, "step", step.name);
    member(out, "state", step.state == Step::State::passed ? "passed" : step.state == Step::State::stopped ? "stopped" : "unreached");
    member(out, "detail", step.detail);
    out += "}";
  }
  out += "],\"fields\":";
  json::append_object(out, life.mention ? life.mention->fields : Fields{});
  return out + "}\n";
}

std::string json_of(const NearMiss& miss, const Article& article) {
  std::string out = "{";
  member(out, "rule", miss.rule->id);
  out += fmt::format(",\"span\":[{},{}]", miss.span.begin, miss.span.end);
  member(out, "text", miss.span.of(article.text));
  member(out, "outcome", "no match");
  out += fmt::format(",\"pattern\":{},\"matched\":{},\"parts\":{}", miss.pattern, miss.matched, miss.parts);
  member(out, "expected", miss.expected);
  member(out, "found", miss.found);
  return out + "}\n";
}

/// The places to explain in one article: the offset, the words wherever they stand, or the whole.
std::vector<std::optional<Span>> places_in(const Article& article, const std::optional<Span>& where, const std::string& words) {
  std::vector<std::optional<Span>> out;
  if (words.empty()) return {where};
  for (std::size_t at = article.text.find(words); at != std::string::npos; at = article.text.find(words, at + words.size())) {
    out.emplace_back(Span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())});
  }
  return out;
}

class Explain {
 public:
  Explain(const Arguments& arguments, const RuleSet& rules) : json_(arguments.has("json")), words_(arguments.text("words")), rules_(rules) {
    const auto ids = arguments.all("rule");
    for (const auto& rule : rules.book->rules()) {
      if (!ids.empty() && is_wanted(*rule, ids)) wanted_.push_back(rule.get());
    }
  }

  bool told = false;

  void article(const Article& article, const std::optional<Date>& date, const std::optional<Span>& where) {
    const auto anchor = article.meta.published ? article.meta.published : date;
    for (const auto& place : places_in(article, where, words_)) {
      const Explanation found = explain(*rules_.extractor, article, anchor, place, wanted_);
      if (!json_ && place) print(fmt::format("{}{} [{},{}] {}\n", told ? "\n" : "", visible(source_name(article.origin)), place->begin, place->end, in_quotes(place->of(article.text))));
      for (const Life& life : found.lives) print(json_ ? json_of(life, article) : text_of(life, article));
      for (const NearMiss& miss : found.near) print(json_ ? json_of(miss, article) : text_of(miss, article));
      told |= !found.lives.empty() || !found.near.empty();
    }
  }

 private:
  bool json_;
  std::string words_;
  const RuleSet& rules_;
  std::vector<const Rule*> wanted_;
};

}  // namespace

const Usage& rules_explain_usage() { return kUsage; }

int rules_explain(const Arguments& arguments) {
  if (arguments.paths().size() != 1) return misuse(Error{"U004", "one file to explain is wanted", {}, "as in: tearsheet rules explain article.txt --words '$5m'", {}});
  const auto options = engine_options(arguments);
  if (!options) return misuse(options.error());
  const auto rules = load_told(arguments);
  if (!rules || !all_known(*rules->book, arguments.all("rule"))) return kMisuse;
  const Place3 place = place_of(arguments.paths()[0]);
  Inputs inputs;
  inputs.paths = {place.path};
  inputs.from = arguments.text("from");
  auto source = open_source(inputs);
  if (!source) return misuse(source.error());
  Explain explain(arguments, *rules);
  while (auto item = (*source)->next()) {
    auto article = item->blob ? article_of(std::move(*item->blob), *rules) : tl::unexpected(item->blob.error());
    if (!article) {
      say(article.error());
      return kSomeFailed;
    }
    article->origin = item->origin;
    if (place.where && place.where->end > article->text.size()) {
      return misuse(Error{"U009", fmt::format("the text has {} bytes", article->text.size()), {}, "an offset counts bytes of the article's text, as `span` of the output does", {}});
    }
    explain.article(*article, options->reference, place.where);
  }
  if (explain.told) return kAllRead;
  say("no rule has anything to say there; --rule ID tells how far one gets");
  return kSomeFailed;
}

}  // namespace tearsheet::cli
