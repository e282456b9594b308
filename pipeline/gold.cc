// Gold: reads annotated cases and runs the engine over them.
#include "pipeline/gold.h"

#include <algorithm>
#include <charconv>
#include <filesystem>
#include <utility>

#include "base/file.h"
#include "base/lines.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "extractors/rulebook.h"
#include "pipeline/fetch/source.h"

namespace tearsheet {

namespace {

namespace fs = std::filesystem;

constexpr std::string_view kWantEnding = ".want.yaml";
const std::vector<std::string> kDocumentKeys = {"schema",   "id",    "note",    "reference", "article", "complete",
                                                "mentions", "links", "records", "traps",     "uses",    "documents"};
const std::vector<std::string> kKinds = {"flow", "budget", "borrowing", "result", "project", "agreement", "decision"};
const std::vector<std::string> kArticleKeys = {"title", "published", "modified", "byline", "language",
                                               "place", "publisher", "domain",   "url",    "section"};
const std::vector<std::string> kFieldNames = {"amount", "amount_high", "currency", "candidates", "evidence", "modifier",
                                              "per",    "change",      "value",    "value_high", "grain",    "mod",
                                              "name",   "id",          "alias_of", "ticker",     "exchange", "country",
                                              "class",  "nm",          "unit"};

/// Walks one want file; keeps the first fault.
class CaseReader {
 public:
  CaseReader(const std::string& text, const std::string& file, const GoldNames& names)
      : lines_(text), file_(file), types_(std::begin(kBuiltInTypes), std::end(kBuiltInTypes)), fields_(kFieldNames) {
    types_.insert(types_.end(), names.types.begin(), names.types.end());
    fields_.insert(fields_.end(), names.fields.begin(), names.fields.end());
  }

  std::optional<Error> fault;

  void document(const Tree& tree, GoldDocument& out) {
    known_keys(tree, kDocumentKeys);
    out.id = tree.text("id");
    if (const Tree* day = tree.find("reference")) {
      out.reference = Date::parse_iso(day->scalar);
      if (!out.reference) report(*day, "G001", "'" + day->scalar + "' is no date");
    }
    if (const Tree* article = tree.find("article")) {
      known_keys(*article, kArticleKeys);
      out.article = *article;
    }
    each(tree, "complete", [&](const Tree& item) {
      if (item.scalar != "records" && item.scalar != "links") one_of(item, item.scalar, types_, "type");
      out.complete.insert(item.scalar);
    });
    each(tree, "mentions", [&](const Tree& item) { out.mentions.push_back(mention(item)); });
    each(tree, "links", [&](const Tree& item) {
      known_keys(item, {"kind", "from", "to"});
      out.links.push_back({needed(item, "kind"), needed(item, "from"), needed(item, "to")});
    });
    each(tree, "records", [&](const Tree& item) {
      one_of(item, needed(item, "kind"), kKinds, "kind of record");
      out.records.push_back(item);
    });
    each(tree, "traps", [&](const Tree& item) {
      known_keys(item, {"text", "not", "why"});
      out.traps.push_back({needed(item, "text"), needed(item, "not"), std::string(item.text("why"))});
      one_of(item, out.traps.back().type, types_, "type");
    });
    each(tree, "uses", [&](const Tree& item) {
      known_keys(item, {"starts", "use"});
      out.uses.push_back({needed(item, "starts"), needed(item, "use")});
      if (!use_from(out.uses.back().use)) report(item, "G002", "no use is called " + out.uses.back().use);
    });
  }

  void report(const Tree& at, std::string code, std::string what, std::string help = {}) {
    if (fault) return;
    fault = Error{std::move(code), std::move(what), lines_.place(file_, at.offset), std::move(help),
                  lines_.caret(Span{at.offset, at.offset + 1})};
  }

 private:
  template <class Take>
  void each(const Tree& tree, std::string_view key, const Take& take) {
    const Tree* list = tree.find(key);
    if (list == nullptr || list->is_null()) return;
    if (!list->is_list()) return report(*list, "G001", std::string(key) + " takes a list");
    for (const Tree& item : list->items) take(item);
  }

  void known_keys(const Tree& tree, const std::vector<std::string>& keys) {
    if (!tree.is_map()) return report(tree, "G001", "this takes keys and values");
    for (const auto& [key, value] : tree.members) {
      if (std::find(keys.begin(), keys.end(), key) == keys.end())
        report(value, "G001", "unknown key " + key, did_you_mean(key, keys));
    }
  }

  std::string needed(const Tree& tree, std::string_view key) {
    const Tree* value = tree.find(key);
    if (value == nullptr || !value->is_scalar()) report(tree, "G001", std::string(key) + " is missing");
    return value == nullptr ? std::string() : value->scalar;
  }

  void one_of(const Tree& at, const std::string& word, const std::vector<std::string>& words, std::string_view what) {
    if (std::find(words.begin(), words.end(), word) == words.end())
      report(at, "G002", "no " + std::string(what) + " is called " + word, did_you_mean(word, words));
  }

  GoldMention mention(const Tree& tree) {
    known_keys(tree, {"type", "text", "nth", "use", "maybe", "want"});
    GoldMention out;
    out.type = needed(tree, "type");
    one_of(tree, out.type, types_, "type");
    out.text = needed(tree, "text");
    out.use = tree.text("use");
    if (!out.use.empty() && !use_from(out.use)) report(tree, "G002", "no use is called " + out.use);
    out.maybe = tree.text("maybe") == "true";
    if (const Tree* nth = tree.find("nth")) {
      const auto& digits = nth->scalar;
      if (std::from_chars(digits.data(), digits.data() + digits.size(), out.nth).ec != std::errc() || out.nth == 0)
        report(*nth, "G001", "nth counts from 1");
    }
    if (const Tree* want = tree.find("want")) {
      known_keys(*want, fields_);
      out.want = *want;
    }
    return out;
  }

  Lines lines_;
  std::string file_;
  std::vector<std::string> types_, fields_;
};

/// The article beside a want file: same name, any other ending.
std::string article_of(const fs::path& want_file) {
  const std::string name = want_file.filename().string();
  const std::string stem = name.substr(0, name.size() - kWantEnding.size());
  const auto entries = file::list(want_file.parent_path().empty() ? "." : want_file.parent_path().string());
  if (!entries) return {};
  for (const auto& entry : *entries) {
    const std::string other = entry.path().filename().string();
    if (other != name && other.starts_with(stem + ".") && !other.ends_with(kWantEnding)) return entry.path().string();
  }
  return {};
}

void collect(const std::string& folder, std::vector<std::string>& out) {
  const auto entries = file::list(folder);
  if (!entries) return;
  for (const auto& entry : *entries) {
    std::error_code ignored;
    if (entry.is_directory(ignored))
      collect(entry.path().string(), out);
    else if (entry.path().string().ends_with(kWantEnding))
      out.push_back(entry.path().string());
  }
}

std::vector<std::string> want_files(const std::string& path) {
  std::error_code ignored;
  std::vector<std::string> out;
  if (fs::is_directory(path, ignored)) {
    collect(path, out);
  } else if (path.ends_with(kWantEnding)) {
    out.push_back(path);
  } else {
    const fs::path beside = fs::path(path).replace_extension(kWantEnding);
    if (fs::exists(beside, ignored)) out.push_back(beside.string());
  }
  return out;
}

bool holds(std::string_view text, std::string_view words, std::uint32_t times) {
  std::size_t at = 0;
  for (std::uint32_t n = 0; n < times; ++n) {
    const std::size_t found = text.find(words, at);
    if (found == std::string_view::npos) return false;
    at = found + words.size();
  }
  return true;
}

/// A text that stands neither in the article nor in the plain text it was made of is the annotator's slip. (What a parser drops
/// of a page or of front matter is the parser's.)
Result<void> check_texts(const Reading& reading, std::string_view source, const GoldDocument& gold, const GoldCase& of) {
  if (reading.article.format != Format::plain || reading.error) return {};
  for (const GoldMention& mention : gold.mentions) {
    if (mention.maybe || holds(reading.article.text, mention.text, mention.nth) || holds(source, mention.text, mention.nth))
      continue;
    const std::string often = mention.nth > 1 ? " " + std::to_string(mention.nth) + " times" : std::string();
    Error error{"G004",
                "'" + mention.text + "' does not stand in " + of.file + often,
                {of.want_file, 0, 0},
                "texts are copied from the article, character by character",
                {}};
    return tl::unexpected(std::move(error));
  }
  return {};
}

const GoldDocument* document_of(const GoldCase& gold, const Origin& origin) {
  if (gold.documents.size() == 1 && gold.documents.front().id.empty()) return &gold.documents.front();
  for (const GoldDocument& document : gold.documents) {
    if (origin.id && document.id == *origin.id) return &document;
  }
  return nullptr;
}

Result<void> score_case(const Engine& engine, const GoldCase& of, std::vector<Scores>& out) {
  std::uint64_t cases = 1;  // told with the first document
  Inputs inputs;
  inputs.paths = {of.file};
  auto source = open_source(inputs);
  if (!source) return tl::unexpected(std::move(source.error()));
  while (auto item = (*source)->next()) {
    const GoldDocument* gold = document_of(of, item->origin);
    if (gold == nullptr) continue;
    Reading reading;
    const std::string bytes = item->blob ? item->blob->bytes : std::string();
    if (item->blob)
      reading = engine.read(std::move(*item->blob), gold->reference);
    else
      reading.error = std::move(item->blob.error());
    if (auto good = check_texts(reading, bytes, *gold, of); !good) return good;
    Scores& scores = out.emplace_back();
    judge(reading, *gold, gold->id.empty() ? of.name : of.name + "#" + gold->id, scores);
    scores.documents = 1;
    scores.cases = std::exchange(cases, 0);
  }
  return {};
}

}  // namespace

Result<GoldCase> read_case(const std::string& want_file, const GoldNames& names) {
  const auto contents = file::read(want_file);
  if (!contents) return tl::unexpected(contents.error());
  const auto tree = yaml::parse(contents->bytes, want_file);
  if (!tree) return tl::unexpected(tree.error());
  GoldCase out;
  out.want_file = want_file;
  out.file = article_of(want_file);
  const fs::path path(want_file);
  const std::string name = path.filename().string();
  out.name = (path.parent_path().filename() / name.substr(0, name.size() - kWantEnding.size())).string();
  if (out.file.empty())
    return tl::unexpected(
        Error{"G003", "no article beside this file", {want_file, 0, 0}, "it has the same name and another ending", {}});
  CaseReader reader(contents->bytes, want_file, names);
  const Tree* documents = tree->find("documents");
  if (!tree->is_map())
    reader.report(*tree, "G001", "a want file holds keys and values");
  else if (documents == nullptr)
    reader.document(*tree, out.documents.emplace_back());
  else {
    for (const Tree& item : documents->items) reader.document(item, out.documents.emplace_back());
  }
  if (reader.fault) return tl::unexpected(std::move(*reader.fault));
  return out;
}

tl::expected<std::vector<GoldCase>, std::vector<Error>> read_cases(const std::string& path, const GoldNames& names) {
  std::vector<GoldCase> cases;
  std::vector<Error> errors;
  for (const std::string& file : want_files(path)) {
    auto one = read_case(file, names);
    if (one)
      cases.push_back(std::move(*one));
    else
      errors.push_back(std::move(one.error()));
  }
  if (cases.empty() && errors.empty())
    errors.push_back(
        Error{"G003", "no annotated cases in " + path, {}, "a case is an article with NAME.want.yaml beside it", {}});
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return cases;
}

Result<Scores> score_cases(const Engine& engine, const std::vector<GoldCase>& cases) {
  const auto documents = score_documents(engine, cases);
  if (!documents) return tl::unexpected(documents.error());
  Scores scores;
  for (const Scores& one : *documents) add_scores(scores, one);
  return scores;
}

Result<std::vector<Scores>> score_documents(const Engine& engine, const std::vector<GoldCase>& cases) {
  std::vector<Scores> out;
  for (const GoldCase& one : cases) {
    if (auto done = score_case(engine, one, out); !done) return tl::unexpected(std::move(done.error()));
  }
  return out;
}

void add_scores(Scores& to, const Scores& more) {
  for (const auto& [type, tally] : more.types) {
    Tally& sum = to.types[type];
    sum.gold += tally.gold;
    sum.found += tally.found;
    sum.strict += tally.strict;
    sum.overlap += tally.overlap;
    sum.value += tally.value;
    sum.whole += tally.whole;
  }
  to.cases += more.cases;
  to.documents += more.documents;
  to.traps += more.traps;
  to.traps_kept += more.traps_kept;
  to.uses += more.uses;
  to.uses_right += more.uses_right;
  to.facts += more.facts;
  to.facts_right += more.facts_right;
  for (const auto& [type, rules] : more.calibration) {
    for (const auto& [rule, bins] : rules) {
      for (std::size_t i = 0; i < bins.size(); ++i) {
        to.calibration[type][rule][i].found += bins[i].found;
        to.calibration[type][rule][i].right += bins[i].right;
      }
    }
  }
  for (const auto& [rule, hits] : more.hits) to.hits[rule] += hits;
  to.differences.insert(to.differences.end(), more.differences.begin(), more.differences.end());
}

Result<std::map<std::string, Bar>> read_bar(const std::string& file) {
  const auto contents = file::read(file);
  if (!contents) return tl::unexpected(contents.error());
  const auto tree = yaml::parse(contents->bytes, file);
  if (!tree) return tl::unexpected(tree.error());
  std::map<std::string, Bar> out;
  const Tree* bars = tree->find("bar");
  if (bars == nullptr || !bars->is_map())
    return tl::unexpected(
        Error{"G001", "bar is missing", {file, 1, 1}, "bar: { money: { strict: 90, overlap: 95, value: 90 } }", {}});
  for (const auto& [type, bar] : bars->members) {
    const auto number = [&bar = bar](std::string_view key) {
      const auto value = Decimal::parse(bar.text(key));
      return value ? value->approximate() : 0.0;
    };
    out[type] = Bar{number("strict"), number("overlap"), number("value")};
  }
  return out;
}

}  // namespace tearsheet
