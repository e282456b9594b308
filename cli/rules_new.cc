// Rules new: a rule proposed from one marked example, with its hits before it is written.
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "cli/revision.h"
#include "cli/rules_loading.h"
#include "cli/rules_measure.h"
#include "cli/terminal.h"
#include "extractors/rule_edit.h"
#include "extractors/rule_propose.h"
#include "pipeline/run_diff.h"
#include "pipeline/sink/visible.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"entity", 0, "TYPE", "the type of the mention; a new one works everywhere"},
                               {"from", 0, "TEXT", "one example, with << and >> around what must be found"},
                               {"id", 0, "ID", "the rule's id; default: made of the type"},
                               {"pack", 0, "NAME", "the pack whose macros and lexicons are used; default: the uppermost"},
                               {"corpus", 0, "PATH", "articles to show its hits in", {}, true},
                               {"write", 0, "FILE", "add the rule to FILE; a file that is not there is made, in a pack of its own over the one used"},
                               {"json", 0, "", "one JSON object"}};
constexpr Usage kUsage = {"",
                          "Proposes a rule: its pattern covers the marked words by the macros and lexicons that know them, its groups and reader are those of other rules of the type. Shows what stands "
                          "for what, whether the rule reads its own example, and its hits over a corpus; writes nothing without --write. Exit 1 where it does not read its own example yet.",
                          kOptions,
                          {{"tearsheet rules new --entity capacity --from 'a plant of <<500 megawatts of capacity>>' --corpus articles/", "look at the proposal and its hits"},
                           {"tearsheet rules new --entity capacity --from '<<500 megawatts of capacity>>' --write mine/capacity.yaml", "write it to your own pack"}}};

/// The file with the rule in it, and the folder that must be loaded for it.
struct Target {
  std::string file, text;
  std::vector<std::string> folders;
};

Result<Target> target_of(const Arguments& arguments, const std::vector<std::string>& folders, const std::string& pack, const ProposedRule& rule, const std::string& scratch) {
  Target out;
  out.file = arguments.has("write") ? arguments.text("write") : scratch + "/proposed.yaml";
  out.folders = folders;
  std::error_code ignored;
  if (std::filesystem::exists(out.file, ignored)) {
    const auto contents = file::read(out.file);
    if (!contents) return tl::unexpected(contents.error());
    auto text = add_rule(contents->bytes, out.file, rule.yaml);
    if (!text) return tl::unexpected(text.error());
    out.text = std::move(*text);
  } else {
    const std::string folder = std::filesystem::path(out.file).parent_path().filename().string();
    const std::string own = arguments.has("write") && !folder.empty() && folder != pack ? folder : "proposed";
    out.text = fmt::format("# {} rules\nschema: 1\npack: {}\nversion: 0.1.0\nextends: {}\n\nrules:\n{}", own, yaml_quoted(own), yaml_quoted(pack), rule.yaml);
  }
  return out;
}

/// Loads the rules in use with the proposed one: in place of its file's text where that file is there, else from a scratch folder on top.
tl::expected<RuleSet, std::vector<Error>> try_out(const Target& target, const std::string& scratch) {
  std::error_code ignored;
  std::vector<std::string> folders = target.folders;
  if (!std::filesystem::exists(target.file, ignored)) {
    if (auto done = file::write_atomic(scratch + "/proposed.yaml", target.text); !done) return tl::unexpected(std::vector<Error>{done.error()});
    folders.push_back(scratch);
    return load_rules(folders);
  }
  const auto parent = std::filesystem::weakly_canonical(std::filesystem::absolute(target.file).parent_path(), ignored);
  auto home = std::find_if(folders.begin(), folders.end(), [&](const std::string& folder) { return std::filesystem::weakly_canonical(folder, ignored) == parent; });
  if (home == folders.end()) home = folders.insert(folders.end(), parent.string());
  return load_rules(folders, {{(std::filesystem::path(*home) / std::filesystem::path(target.file).filename()).string(), target.text}});
}

std::string corpus_text(const RuleSetDiff& diff) {
  std::string out;
  std::size_t told = 0;
  for (const SpanChange& change : diff.changes) {
    if (++told > 12) break;
    out += fmt::format("  {} {} \"{}\"  {}\n", "+-~"[static_cast<std::size_t>(change.kind)], change.type, visible(change.text), visible(change.context));
  }
  if (diff.changes.size() > 12) out += fmt::format("  ... and {} more\n", diff.changes.size() - 12);
  std::array<std::size_t, 3> all{};
  for (const SpanChange& change : diff.changes) ++all[static_cast<std::size_t>(change.kind)];
  return out + fmt::format("{} added, {} lost, {} changed in {}\n", all[0], all[1], all[2], counted(diff.corpus.read, "article"));
}

std::string json_text(const ProposedRule& rule, const ExampleResult* result) {
  std::string out = "{\"id\":";
  json::append_string(out, rule.id);
  out += ",\"pattern\":";
  json::append_string(out, rule.pattern);
  out += ",\"yaml\":";
  json::append_string(out, rule.yaml);
  out += ",\"covers\":[";
  for (const Cover& cover : rule.covers) {
    out += out.back() == '[' ? "[" : ",[";
    json::append_string(out, cover.words);
    out += ",";
    json::append_string(out, cover.written);
    out += "]";
  }
  out += fmt::format("],\"mark\":\"{}\",\"detail\":", result == nullptr ? 'M' : result->mark);
  json::append_string(out, result == nullptr ? std::string() : result->detail);
  return out + "}\n";
}

}  // namespace

const Usage& rules_new_usage() { return kUsage; }

int rules_new(const Arguments& arguments) {
  if (!arguments.paths().empty() || !arguments.has("entity") || !arguments.has("from")) {
    return misuse(Error{"U004", "--entity and --from are wanted", {}, "as in: tearsheet rules new --entity capacity --from 'a plant of <<500 megawatts>>'", {}});
  }
  const auto rules = load_told(arguments);
  if (!rules) return kMisuse;
  const std::string pack = arguments.has("pack") ? arguments.text("pack") : rules->book->packs().empty() ? std::string() : rules->book->packs().back();
  const auto proposed = propose_rule(*rules->book, pack, arguments.text("entity"), arguments.text("id"), arguments.text("from"));
  if (!proposed) return misuse(proposed.error());

  // The rule is tried before anything is written: in a scratch folder over the rules in use, or as the text of its file.
  auto scratch = ScratchFolder::make();
  if (!scratch) return misuse(scratch.error());
  auto target = target_of(arguments, rules->book->folders(), pack, *proposed, scratch->path());
  if (!target) return misuse(target.error());
  const auto tried = try_out(*target, scratch->path());
  if (!tried) {
    for (const Error& error : tried.error()) say(error);
    return kMisuse;
  }
  const auto results = test_rules(*tried->extractor);
  const ExampleResult* own = nullptr;
  for (const ExampleResult& result : results) {
    if (result.rule->id == proposed->id) own = &result;
  }
  const bool good = own != nullptr && own->mark == '.';
  if (arguments.has("json")) {
    print(json_text(*proposed, own));
  } else {
    std::string out;
    for (const Cover& cover : proposed->covers) out += fmt::format("  {:24} {}\n", "\"" + visible(cover.words) + "\"", cover.written);
    out += "\n" + proposed->yaml + "\n" + (good ? "reads its own example\n" : "does not read its own example yet: " + (own == nullptr ? std::string() : visible(own->detail, true)) + "\n");
    print(out);
  }
  if (arguments.has("corpus")) {
    Inputs corpus;
    corpus.paths = arguments.all("corpus");
    const auto diff = diff_rules(*rules, *tried, corpus, {}, false, thread_ns);
    if (!diff) return misuse(diff.error());
    if (!arguments.has("json")) print(corpus_text(*diff));
  }
  if (arguments.has("write")) {
    std::error_code ignored;
    std::filesystem::create_directories(std::filesystem::absolute(target->file).parent_path(), ignored);
    if (auto done = file::write_atomic(target->file, target->text); !done) return misuse(done.error());
    say("wrote " + target->file);
  }
  return good ? kAllRead : kSomeFailed;
}

}  // namespace tearsheet::cli
