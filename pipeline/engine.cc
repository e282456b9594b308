// Engine: the one room that knows all stages. A blob goes down the belt and comes out as a reading.
#include "pipeline/engine.h"

#include <algorithm>
#include <cstdlib>
#include <exception>
#include <filesystem>
#include <new>
#include <utility>

#include "base/file.h"
#include "base/hash.h"
#include "base/suggest.h"
#include "pipeline/decode.h"
#include "pipeline/filter.h"
#include "pipeline/link/link.h"
#include "pipeline/parse/parse.h"
#include "tearsheet/engine.h"

namespace tearsheet {

namespace {

namespace fs = std::filesystem;

bool is_folder(const fs::path& path) {
  std::error_code ignored;
  return fs::is_directory(path, ignored);
}

std::vector<std::string> split_folders(std::string_view list) {
  std::vector<std::string> out;
  while (!list.empty()) {
    const auto colon = list.find(':');
    if (colon != 0) out.emplace_back(list.substr(0, colon));
    list = colon == std::string_view::npos ? std::string_view() : list.substr(colon + 1);
  }
  return out;
}

fs::path program_path() {
  std::error_code error;
  const fs::path self = fs::read_symlink("/proc/self/exe", error);
  return error ? fs::path() : self;
}

bool lies_in(const fs::path& path, const fs::path& folder) {
  std::error_code error;
  const fs::path root = fs::weakly_canonical(folder, error);
  if (error || root.empty()) return false;
  const auto end = std::mismatch(root.begin(), root.end(), path.begin(), path.end()).first;
  return end == root.end();
}

/// A program in its build folder uses the rules of its own source, even where an older release is installed on the machine.
std::vector<fs::path> places_by_program() {
  const fs::path self = program_path();
  const fs::path build = TEARSHEET_RULES_BUILD, installed = TEARSHEET_RULES_INSTALLED;
  if (!self.empty() && lies_in(self, TEARSHEET_BUILD_FOLDER)) return {build, installed};
  std::vector<fs::path> places;
  if (!self.empty()) places.push_back(self.parent_path().parent_path() / "share/tearsheet/rules");
  places.push_back(installed);
  places.push_back(build);
  return places;
}

/// The value of a top key of a YAML file, by its line; no parser is needed to tell which packs lie where.
std::string top_value(std::string_view text, std::string_view key) {
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    std::string_view line = text.substr(at, end - at);
    at = end + 1;
    if (!line.starts_with(key)) continue;
    line = line.substr(key.size(), line.find(" #") - key.size());
    const std::size_t first = line.find_first_not_of(" '\"\r"), last = line.find_last_not_of(" '\"\r");
    return first == std::string_view::npos ? std::string() : std::string(line.substr(first, last - first + 1));
  }
  return {};
}

/// True when a file of `folders` extends a pack that none of them has: then the shipped rules are meant to lie below.
bool wants_more(const std::vector<std::string>& folders) {
  std::vector<std::string> packs, wanted;
  for (const std::string& folder : folders) {
    const auto entries = file::list(folder);
    if (!entries) continue;
    for (const auto& entry : *entries) {
      if (entry.path().extension() != ".yaml" && entry.path().extension() != ".yml") continue;
      const auto contents = file::read(entry.path().string(), 1 << 20);
      if (!contents) continue;
      packs.push_back(top_value(contents->bytes, "pack:"));
      wanted.push_back(top_value(contents->bytes, "extends:"));
    }
  }
  return std::any_of(wanted.begin(), wanted.end(), [&](const std::string& name) { return !name.empty() && std::find(packs.begin(), packs.end(), name) == packs.end(); });
}

void append(std::vector<Error>& all, std::vector<Error> more) {
  all.insert(all.end(), std::make_move_iterator(more.begin()), std::make_move_iterator(more.end()));
}

std::string identity(const Article& article) {
  if (!article.meta.url.empty()) return hash::sha256_hex(article.meta.url).substr(0, 32);
  return article.sha256.substr(0, 32);
}

/// Types are what rules say they are, so only the rules can tell a misspelt one.
Result<void> know_types(const std::vector<std::string>& asked, const std::vector<std::string>& known) {
  for (const std::string& type : asked) {
    if (std::find(known.begin(), known.end(), type) != known.end()) continue;
    std::string all;
    for (const std::string& name : known) all += (all.empty() ? "one of: " : ", ") + name;
    const std::string near = did_you_mean(type, known);
    return fail("E005", "no type of mention is called '" + type + "'", near.empty() ? all : near);
  }
  return {};
}

Reading failed(Origin origin, Error error) {
  Reading reading;
  reading.article.origin = std::move(origin);
  reading.error = std::move(error);
  return reading;
}

}  // namespace

Result<std::vector<std::string>> rule_folders(const std::vector<std::string>& given) {
  std::vector<std::string> named = given;
  std::string from = "--rules";
  const char* env = std::getenv("TEARSHEET_RULES");
  if (named.empty() && env != nullptr && *env != '\0') {
    named = split_folders(env);
    from = "TEARSHEET_RULES";
  }
  for (const std::string& folder : named) {
    if (!is_folder(folder)) {
      return fail("R090", "no rule folder called " + folder,
                  from + " takes a folder with rule files, as the shipped rules/ is one");
    }
  }
  const auto places = places_by_program();
  const auto shipped = std::find_if(places.begin(), places.end(), is_folder);
  if (!named.empty()) {
    if (shipped != places.end() && wants_more(named)) named.insert(named.begin(), shipped->string());
    return named;
  }
  if (shipped != places.end()) return std::vector<std::string>{shipped->string()};
  return fail("R090", "no rules found",
              "give their folder with --rules, or set TEARSHEET_RULES; an installation keeps them in " TEARSHEET_RULES_INSTALLED);
}

tl::expected<RuleSet, std::vector<Error>> load_rules(const std::vector<std::string>& folders, const std::map<std::string, std::string>& instead, Matching how) {
  auto book = Rulebook::load(folders, instead);
  if (!book) return tl::unexpected(std::move(book.error()));
  RuleSet set;
  std::vector<Error> errors;
  set.book = std::make_shared<const Rulebook>(std::move(*book));
  if (auto extractor = Extractor::build(set.book, how))
    set.extractor.emplace(std::move(*extractor));
  else
    append(errors, std::move(extractor.error()));

  // Without a tidy.yaml the steps still run, with their defaults.
  if (auto tidy = TidyRules::compile(set.book->settings_joined("tidy")))
    set.tidy.emplace(std::move(*tidy));
  else
    append(errors, std::move(tidy.error()));

  for (const SettingsFile* file : set.book->settings_layers("sites")) {
    if (auto sites = SiteRules::compile(file->tree, file->path, file->text))
      set.sites.overlay(std::move(*sites));
    else
      append(errors, std::move(sites.error()));
  }
  if (set.book->settings("records") != nullptr) {
    if (auto records = RecordRules::compile(set.book->settings_joined("records")))
      set.records.emplace(std::move(*records));
    else
      append(errors, std::move(records.error()));
  }
  if (!errors.empty()) return tl::unexpected(std::move(errors));
  return set;
}

Result<Article> article_of(Blob blob, const RuleSet& rules, std::size_t max_bytes) {
  auto decoded = decode(std::move(blob), max_bytes);
  if (!decoded) return tl::unexpected(std::move(decoded.error()));
  auto parsed = parse(decoded->blob, &rules.sites);
  if (!parsed) return tl::unexpected(std::move(parsed.error()));
  Article article = std::move(*parsed);
  article.origin = std::move(decoded->blob.origin);
  article.charset = std::move(decoded->charset);
  article.bytes = decoded->bytes;
  article.sha256 = std::move(decoded->sha256);
  article.notes.insert(article.notes.begin(), decoded->notes.begin(), decoded->notes.end());
  article.id = identity(article);
  tidy(article, *rules.tidy);
  return article;
}

Error joined(const std::vector<Error>& errors) {
  if (errors.size() == 1) return errors.front();
  Error all;
  all.code = errors.empty() ? "R000" : errors.front().code;
  all.what = std::to_string(errors.size()) + " errors in the rules";
  for (const Error& error : errors) all.what += "\n" + to_text(error);
  return all;
}

struct Engine::Parts {
  Options options;
  RuleSet rules;
  Reading read(Blob blob, const std::optional<Date>& reference) const;
};

Engine::Engine(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
Engine::Engine(Engine&&) noexcept = default;
Engine& Engine::operator=(Engine&&) noexcept = default;
Engine::~Engine() = default;

const std::string& Engine::rules_hash() const { return parts_->rules.book->hash(); }
const std::vector<std::string>& Engine::rules_folders() const { return parts_->rules.book->folders(); }
const Options& Engine::options() const { return parts_->options; }
const std::vector<std::string>& Engine::types() const { return parts_->rules.book->types(); }
const std::vector<std::string>& Engine::fields() const { return parts_->rules.book->fields(); }
std::string_view version() { return TEARSHEET_VERSION; }

Result<Engine> Engine::open(Options options) {
  auto folders = rule_folders(options.rules);
  if (!folders) return tl::unexpected(std::move(folders.error()));
  try {
    auto rules = load_rules(*folders, {}, options.matching);
    if (!rules) return tl::unexpected(joined(rules.error()));
    if (auto known = know_types(options.types, rules->book->types()); !known) return tl::unexpected(std::move(known.error()));
    return Engine(std::unique_ptr<Parts>(new Parts{std::move(options), std::move(*rules)}));
  } catch (const std::exception& broken) {
    return fail("E001", std::string("the rules could not be compiled: ") + broken.what());
  }
}

Reading Engine::Parts::read(Blob blob, const std::optional<Date>& reference) const {
  auto read = article_of(std::move(blob), rules, options.max_bytes);
  if (!read) return failed({}, std::move(read.error()));

  Reading reading;
  reading.article = std::move(*read);
  const Article& article = reading.article;
  const std::optional<Date> anchor = article.meta.published ? article.meta.published : reference;
  reading.mentions = rules.extractor->extract(article, anchor);
  reading.links = link(article, reading.mentions);
  if (options.records && rules.records) reading.records = record(article, reading.mentions, reading.links, *rules.records);
  keep_only(reading, options);
  reading.fingerprint = hash::simhash(body_of(article));
  reading.notes = article.notes;
  return reading;
}

Reading Engine::read(Blob blob) const { return read(std::move(blob), parts_->options.reference); }

Reading Engine::read(Blob blob, const std::optional<Date>& reference) const {
  const Origin origin = blob.origin;
  Reading reading;
  try {
    reading = parts_->read(std::move(blob), reference);
  } catch (const std::bad_alloc&) {
    reading = failed({}, Error{"E002", "not enough memory for this document", {}, "lower --max-bytes or --jobs", {}});
  } catch (const std::exception& broken) {
    reading = failed({}, Error{"E003",
                               std::string("the program failed on this document: ") + broken.what(),
                               {},
                               "this is a fault of the program; please report it with the document",
                               {}});
  }
  reading.article.origin = origin;
  return reading;
}

}  // namespace tearsheet
