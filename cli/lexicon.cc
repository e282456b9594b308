// Lexicon: list, check and import word lists.
#include <fmt/format.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <unordered_set>

#include "base/file.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/json.h"
#include "cli/command.h"
#include "cli/company_name.h"
#include "cli/csv_rows.h"
#include "cli/terminal.h"
#include "extractors/lexicon.h"
#include "pipeline/engine.h"
#include "pipeline/sink/output.h"

namespace tearsheet::cli {

namespace {

constexpr Usage kList = {
    "",
    "Lists the lexicon files of the rules in use: rows, surfaces, ambiguous surfaces.",
    {},
    {{"tearsheet lexicon list", "all lexicons"}, {"tearsheet lexicon list --rules mine/", "those of a folder of your own"}}};

constexpr Option kCheckOptions[] = {
    {"fold", 0, "HOW", "how the rule file that declares the lexicon compares words; default none", "none,case"}};
constexpr Usage kCheck = {"FILE...",
                          "Finds mistakes in lexicon files: no header, a row with too many or too few cells, an empty or doubled "
                          "surface; each with file and line.",
                          kCheckOptions,
                          {{"tearsheet lexicon check mine/lexicons/company.tsv", "one file"},
                           {"tearsheet lexicon check --fold case units.tsv", "as a rule with `fold: case` sees it"}}};

constexpr Option kImportOptions[] = {
    {"from", 0, "SOURCE",
     "sec: company_tickers.json; gleif: the golden copy of level 1 as CSV; csv: any table with a column `name`", "sec,gleif,csv"},
    {"output", 'o', "FILE", "write to FILE instead of standard output"},
    {"quiet", 'q', "", "no count at the end"}};
constexpr Usage kImport = {
    "FILE",
    "Makes a lexicon of companies from a public list that you have downloaded. Each name also without its legal form; a single "
    "plain word is marked `?` and "
    "counts only with context; names of under three letters and names seen before are left out. A table by --from csv may have "
    "the columns name, ticker, "
    "exchange, country, id. Works through lists of any length in one pass.",
    kImportOptions,
    {{"tearsheet lexicon import --from sec company_tickers.json -o mine/lexicons/sec.tsv",
      "the companies that file with the SEC"},
     {"tearsheet lexicon import --from gleif lei2-golden-copy.csv -o mine/lexicons/lei.tsv", "every legal entity with an LEI"}}};

struct Company {
  std::string id, name, ticker, exchange, country;
};

/// Writes rows of a lexicon; leaves out what was written before.
class Importer {
 public:
  explicit Importer(Output output) : output_(std::move(output)) {}

  Result<void> begin(std::string_view source) {
    return output_.write("# Companies, imported from " + std::string(source) +
                         " by `tearsheet lexicon import`.\nsurface\tvalue\tname\tticker\texchange\tcountry\n");
  }

  Result<void> add(const Company& company) {
    ++read_;
    std::string cell;
    for (const NameSurface& surface : surfaces_of(company.name)) {
      if (!seen_.insert(hash::xxh3(surface.text)).second) continue;
      cell += (cell.empty() ? "" : "|") + escaped(surface.text) + (surface.ambiguous ? "?" : "");
    }
    // A row that begins with '#' would be a comment.
    if (cell.empty() || cell.front() == '#') return {};
    ++written_;
    const std::string id = company.id.empty() ? slug_of(company.name) : company.id;
    return output_.write(cell + "\t" + plain(id) + "\t" + plain(company.name) + "\t" + plain(company.ticker) + "\t" +
                         plain(company.exchange) + "\t" + plain(company.country) + "\n");
  }

  Result<void> finish() { return output_.finish(); }
  std::uint64_t read() const { return read_; }
  std::uint64_t written() const { return written_; }

 private:
  static std::string escaped(std::string_view text) {
    std::string out;
    for (const char c : text) {
      if (c == '|' || c == '?') out += '\\';
      out += c;
    }
    return out;
  }
  /// A cell holds no tab and no line break.
  static std::string plain(std::string_view text) { return fold(text, Fold::none); }

  Output output_;
  std::unordered_set<std::uint64_t> seen_;
  std::uint64_t read_ = 0, written_ = 0;
};

Result<void> import_sec(const std::string& path, Importer& importer) {
  const auto contents = file::read(path);
  if (!contents) return tl::unexpected(contents.error());
  auto tree = json::parse(contents->bytes);
  if (!tree) {
    tree.error().place.file = path;
    return tl::unexpected(std::move(tree.error()));
  }
  if (!tree->is_map() || tree->members.empty() || tree->members.front().second.text("title").empty()) {
    return fail("L010", path + " is no company_tickers.json",
                "it looks like {\"0\":{\"cik_str\":320193,\"ticker\":\"AAPL\",\"title\":\"Apple Inc.\"},...}");
  }
  // A company with several share classes stands there once for each; the first is the main one.
  std::unordered_set<std::string> seen;
  for (const auto& [number, entry] : tree->members) {
    const std::string cik(entry.text("cik_str"));
    if (!seen.insert(cik).second) continue;
    if (auto done = importer.add({"cik_" + cik, std::string(entry.text("title")), std::string(entry.text("ticker")), {}, "US"});
        !done)
      return done;
  }
  return {};
}

struct Columns {
  std::size_t name, id, ticker, exchange, country, status;
};

std::size_t column_of(const std::vector<std::string>& header, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names) {
    for (std::size_t i = 0; i < header.size(); ++i) {
      if (equals_ignoring_case(trim(header[i]), name)) return i;
    }
  }
  return SIZE_MAX;
}

Result<void> import_table(const std::string& path, bool gleif, Importer& importer) {
  std::ifstream in(path, std::ios::binary);
  if (!in) return fail("F001", "cannot open " + path + ": " + std::strerror(errno), "give the path of the downloaded file");
  CsvRows rows(in);
  std::vector<std::string> cells;
  rows.next(cells);
  const Columns columns = gleif ? Columns{column_of(cells, {"Entity.LegalName"}),
                                          column_of(cells, {"LEI"}),
                                          SIZE_MAX,
                                          SIZE_MAX,
                                          column_of(cells, {"Entity.HeadquartersAddress.Country", "Entity.LegalAddress.Country"}),
                                          column_of(cells, {"Entity.EntityStatus"})}
                                : Columns{column_of(cells, {"name", "company", "company name", "title"}),
                                          column_of(cells, {"id", "lei", "cik"}),
                                          column_of(cells, {"ticker", "symbol"}),
                                          column_of(cells, {"exchange", "market"}),
                                          column_of(cells, {"country"}),
                                          SIZE_MAX};
  if (columns.name == SIZE_MAX)
    return fail("L011", path + " has no column " + (gleif ? "Entity.LegalName" : "name"), "the first row names the columns");
  const auto cell = [&cells](std::size_t column) { return column < cells.size() ? cells[column] : std::string(); };
  while (rows.next(cells)) {
    if (columns.status != SIZE_MAX && cell(columns.status) == "INACTIVE") continue;
    std::string id = cell(columns.id);
    if (gleif && !id.empty()) id = "lei_" + lower_ascii(id);
    if (auto done = importer.add({id, cell(columns.name), cell(columns.ticker), cell(columns.exchange), cell(columns.country)});
        !done)
      return done;
  }
  return {};
}

std::vector<std::string> lexicon_files(const std::vector<std::string>& folders) {
  std::vector<std::string> out;
  for (const std::string& folder : folders) {
    const auto entries = file::list((std::filesystem::path(folder) / "lexicons").string());
    if (!entries) continue;
    for (const auto& entry : *entries) {
      if (entry.path().extension() == ".tsv") out.push_back(entry.path().string());
    }
  }
  return out;
}

Result<Lexicon> open_lexicon(const std::string& path, Fold how) {
  auto contents = file::read(path);
  if (!contents) return tl::unexpected(std::move(contents.error()));
  return Lexicon::parse(contents->bytes, path, how);
}

std::string line_of(const Lexicon& lexicon, const std::string& path) {
  const auto& surfaces = lexicon.surfaces();
  const auto ambiguous = std::count_if(surfaces.begin(), surfaces.end(), [](const Surface& s) { return s.ambiguous; });
  return fmt::format("{:8} rows {:8} surfaces {:6} ambiguous  {}\n", lexicon.rows().size(), surfaces.size(), ambiguous, path);
}

int misuse(const Error& error) {
  say(error);
  return kMisuse;
}

}  // namespace

const Usage& lexicon_list_usage() { return kList; }
const Usage& lexicon_check_usage() { return kCheck; }
const Usage& lexicon_import_usage() { return kImport; }

int lexicon_list(const Arguments& arguments) {
  const auto folders = rule_folders(arguments.all("rules"));
  if (!folders) return misuse(folders.error());
  int code = kAllRead;
  for (const std::string& path : lexicon_files(*folders)) {
    const auto lexicon = open_lexicon(path, Fold::none);
    if (lexicon) {
      if (!print(line_of(*lexicon, path))) return kSomeFailed;
      continue;
    }
    say(lexicon.error());
    code = kSomeFailed;
  }
  return code;
}

int lexicon_check(const Arguments& arguments) {
  if (arguments.paths().empty())
    return misuse(Error{"U004", "no file to check", {}, "as in: tearsheet lexicon check mine/lexicons/company.tsv", {}});
  int code = kAllRead;
  for (const std::string& path : arguments.paths()) {
    const auto lexicon = open_lexicon(path, arguments.text("fold") == "case" ? Fold::case_fold : Fold::none);
    if (lexicon) {
      print(line_of(*lexicon, path));
      continue;
    }
    say(lexicon.error());
    code = kSomeFailed;
  }
  return code;
}

int lexicon_import(const Arguments& arguments) {
  const std::string from = arguments.text("from");
  if (from.empty()) return misuse(Error{"U002", "--from is missing", {}, "one of: sec, gleif, csv", {}});
  if (arguments.paths().size() != 1)
    return misuse(Error{"U004", "import takes one file", {}, "the list as you have downloaded it", {}});
  auto output = Output::open(arguments.text("output") == "-" ? "" : arguments.text("output"));
  if (!output) {
    say(output.error());
    return kSomeFailed;
  }
  Importer importer(std::move(*output));
  auto done = importer.begin(from);
  if (done)
    done = from == "sec" ? import_sec(arguments.paths().front(), importer)
                         : import_table(arguments.paths().front(), from == "gleif", importer);
  if (done) done = importer.finish();
  if (!done) {
    say(done.error());
    return kSomeFailed;
  }
  if (!arguments.has("quiet")) say("read " + counted(importer.read(), "name") + ", wrote " + counted(importer.written(), "row"));
  return kAllRead;
}

}  // namespace tearsheet::cli
