// Rulebook: rule folders compiled once: macros, lexicons, rules, settings.
#include "extractors/rulebook.h"

#include <algorithm>
#include <filesystem>
#include <future>
#include <set>

#include "base/file.h"
#include "base/hash.h"
#include "base/suggest.h"
#include "base/yaml.h"
#include "extractors/rule_parse.h"
#include "extractors/rule_source.h"
#include "extractors/vocabulary.h"

namespace tearsheet {
namespace {

/// One rule file, read but not yet understood.
struct RuleFile {
  std::shared_ptr<const RuleSource> source;
  Tree tree;
  std::string folder, pack;
  std::size_t layer = 0;
};

/// All files of one `pack` in one folder.
struct Pack {
  std::string name, version, extends;
  std::size_t layer = 0;
  Vocabulary words;
  std::map<std::string, std::string, std::less<>> declared;  // lexicon -> file and fold, so that two files may declare the same
};

bool leaves_folder(const std::string& path) {
  const std::filesystem::path p(path);
  return p.is_absolute() || std::any_of(p.begin(), p.end(), [](const auto& part) { return part == ".."; });
}

}  // namespace

/// Works in passes over all files: read, packs and macros, lexicons, rules, changes; each pass collects its errors.
class RulebookLoader {
 public:
  explicit RulebookLoader(const std::map<std::string, std::string>& instead) : instead_(instead) {}

  tl::expected<Rulebook, std::vector<Error>> load(const std::vector<std::string>& folders) {
    book_.folders_ = folders;
    for (std::size_t layer = 0; layer < folders.size(); ++layer) read_folder(folders[layer], layer);
    for (RuleFile& file : files_) declare(file);
    link_packs();
    for (const RuleFile& file : files_) load_lexicons(file);
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));  // rules would only say again what is missing
    for (const RuleFile& file : files_) draft_rules(file);
    for (const RuleFile& file : files_) apply_changes(file);
    for (const RuleDraft& draft : drafts_) book_.rules_.push_back(parse_rule(draft, errors_));
    if (book_.rules_.empty() && book_.settings_.empty() && errors_.empty()) {
      errors_.push_back({"R019", "no rules were found", {folders.empty() ? "" : folders[0], 0, 0}, "a rule folder holds .yaml files with rules:", {}});
    }
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    finish();
    return std::move(book_);
  }

 private:
  void read_folder(const std::string& folder, std::size_t layer) {
    auto entries = file::list(folder);
    if (!entries) return errors_.push_back(entries.error());
    std::vector<std::pair<std::string, std::future<Parsed>>> parsed;  // YAML is most of a start: all cores at it, results taken in order
    for (const auto& entry : *entries) {
      if (entry.path().extension() != ".yaml" && entry.path().extension() != ".yml") continue;
      std::string path = entry.path().string();
      parsed.emplace_back(path, std::async(std::launch::async, [this, path] { return parse_file(path); }));
    }
    for (auto& [path, file] : parsed) take_file(path, file.get(), folder, layer);
  }

  Result<std::string> read_text(const std::string& path, std::uint64_t limit_bytes) const {
    const auto edited = instead_.find(path);
    if (edited != instead_.end()) return edited->second;
    auto contents = file::read(path, limit_bytes);
    if (!contents) return tl::unexpected(std::move(contents.error()));
    return std::move(contents->bytes);
  }

  using Parsed = Result<std::pair<std::shared_ptr<const RuleSource>, Tree>>;

  Parsed parse_file(const std::string& path) const {
    auto contents = read_text(path, 16 << 20);
    if (!contents) return tl::unexpected(contents.error());
    auto source = std::make_shared<const RuleSource>(path, std::move(*contents));
    auto tree = yaml::parse(source->text(), path);
    if (!tree) return tl::unexpected(tree.error());
    return std::pair(std::move(source), std::move(*tree));
  }

  void take_file(const std::string& path, Parsed parsed, const std::string& folder, std::size_t layer) {
    if (!parsed) return errors_.push_back(parsed.error());
    auto source = std::move(parsed->first);
    Tree* const tree = &parsed->second;
    if (tree->is_null()) return;
    if (!tree->is_map()) return errors_.push_back(source->error("R019", "a rule file is a map", *tree, {}, "it begins with schema:, pack: and rules:"));
    const std::string kind(tree->text("kind"));
    if (tree->find("kind") != nullptr) {
      static const std::vector<std::string> kinds = {"tidy", "records", "currency", "sites", "urls"};
      if (std::find(kinds.begin(), kinds.end(), kind) == kinds.end()) {
        return errors_.push_back(source->error("R002", "no file of settings has the kind " + kind, *tree->find("kind"), did_you_mean(kind, kinds), "kinds are tidy, records, currency, sites, urls; a file of rules has none"));
      }
      book_.settings_[kind].push_back({path, source->text(), std::move(*tree)});
      return;
    }
    files_.push_back({std::move(source), std::move(*tree), folder, {}, layer});
  }

  /// The file's pack, its version and its macros.
  void declare(RuleFile& file) {
    static const std::vector<std::string> keys = {"schema", "pack", "version", "extends", "doc", "macros", "lexicons", "rules", "change"};
    check_keys(file.tree, keys, *file.source, errors_);
    if (file.tree.text("schema") != "1") {
      const Tree* schema = file.tree.find("schema");
      errors_.push_back(file.source->error("R020", schema == nullptr ? "schema: is missing" : "this program reads schema 1", schema == nullptr ? file.tree : *schema, {}, "begin the file with schema: 1"));
    }
    file.pack = file.tree.text("pack");
    if (file.pack.empty()) errors_.push_back(file.source->error("R003", "a rule file needs pack:", file.tree, {}, "files of one pack share macros and lexicons: pack: core-en"));
    Pack& pack = packs_[{file.layer, file.pack}];
    pack.name = file.pack;
    pack.layer = file.layer;
    if (pack.version.empty()) pack.version = file.tree.text("version");
    if (pack.extends.empty()) pack.extends = file.tree.text("extends");
    const Tree* macros = file.tree.find("macros");
    if (macros == nullptr) return;
    for (const auto& [name, body] : macros->members) {
      if (!body.is_scalar()) {
        errors_.push_back(file.source->error("R002", "a macro is a text in single quotes", body));
      } else if (!pack.words.macros.emplace(name, body.scalar).second) {
        errors_.push_back(file.source->key_error("R004", "the macro " + name + " is declared twice in this pack", name, body));
      } else if (body.quoted && file.source->opener(body) == '"') {
        errors_.push_back(file.source->error("R015", "a pattern in double quotes loses its backslashes", Span{body.offset, body.offset + 1}, "use '", "patterns are single-quoted"));
      } else {
        book_.macros_.push_back({name, file.pack, {file.source, body, {}}});
      }
    }
  }

  Pack* find_pack(std::string_view name, std::size_t at_most, const Pack* not_this) {
    Pack* found = nullptr;
    for (auto& [key, pack] : packs_) {
      if (key.second == name && key.first <= at_most && &pack != not_this) found = &pack;
    }
    return found;
  }

  void link_packs() {
    for (const RuleFile& file : files_) {
      Pack& pack = packs_[{file.layer, file.pack}];
      const Tree* extends = file.tree.find("extends");
      if (extends == nullptr) continue;
      Pack* below = find_pack(extends->scalar, file.layer, &pack);
      bool circle = false;
      for (const Vocabulary* v = below == nullptr ? nullptr : &below->words; v != nullptr; v = v->below) circle = circle || v == &pack.words;
      if (below != nullptr && !circle) {
        pack.words.below = &below->words;
        continue;
      }
      std::vector<std::string> names;
      for (const auto& [key, other] : packs_) names.push_back(key.second);
      errors_.push_back(file.source->error("R021", circle ? "packs extend each other in a circle" : "no pack below is called " + extends->scalar, *extends, did_you_mean(extends->scalar, names),
                                           "a pack extends one of the same folder or of a folder named before"));
    }
  }

  void load_lexicons(const RuleFile& file) {
    const Tree* lexicons = file.tree.find("lexicons");
    if (lexicons == nullptr) return;
    if (!lexicons->is_map()) return errors_.push_back(file.source->error("R002", "lexicons: is a map from names to { file: ... }", *lexicons));
    for (const auto& [name, node] : lexicons->members) load_lexicon(file, name, node);
  }

  void load_lexicon(const RuleFile& file, const std::string& name, const Tree& node) {
    check_keys(node, {"file", "fold", "add", "doc"}, *file.source, errors_);
    const bool adds = node.find("add") != nullptr;
    const Tree* path = node.find(adds ? "add" : "file");
    if (path == nullptr) return errors_.push_back(file.source->error("R003", "a lexicon needs file:", node, {}, "write it like scale: { file: lexicons/scale.tsv, fold: case }"));
    if (leaves_folder(path->scalar)) {
      return errors_.push_back(file.source->error("R018", "a lexicon's file stays inside the folder of its pack", *path, "no .. and no absolute path"));
    }
    const Tree* fold = node.find("fold");
    if (adds && fold != nullptr) {
      book_.warnings_.push_back(file.source->error("W13", "fold: beside add: says nothing", *fold, {}, "rows that are added follow the lexicon below"));
    }
    if (fold != nullptr && fold->scalar != "case" && fold->scalar != "none") return errors_.push_back(file.source->error("R002", "fold: is case or none", *fold));
    Pack& pack = packs_[{file.layer, file.pack}];
    std::shared_ptr<const Lexicon> base = adds && pack.words.below != nullptr ? pack.words.below->lexicon(name) : nullptr;
    if (adds && !base) return errors_.push_back(file.source->key_error("R007", "no lexicon of the pack below is called " + name, name, node));
    const Fold how = base ? base->how() : fold != nullptr && fold->scalar == "case" ? Fold::case_fold : Fold::none;
    const std::string full = file.folder + "/" + path->scalar;
    const std::string as = full + (how == Fold::case_fold ? "|case" : "|none");
    if (!adds) {
      const auto [known, fresh] = pack.declared.emplace(name, as);
      if (!fresh && known->second != as) return errors_.push_back(file.source->key_error("R004", "the lexicon " + name + " is declared otherwise by another file of this pack", name, node));
      if (!fresh) return;
    }
    auto made = read_lexicon(full, as, how);
    if (!made) {
      Error error = made.error();
      if (error.place.file.empty() || error.code[0] == 'F') error = file.source->error("R018", "the lexicon's file cannot be read: " + error.what, *path);
      return errors_.push_back(std::move(error));
    }
    if (!adds) {
      pack.words.lexicons[name] = *made;
      return;
    }
    auto merged = std::make_shared<Lexicon>(*base);
    if (auto done = merged->merge(**made); !done) return errors_.push_back(done.error());
    for (auto& [key, other] : packs_) {  // wherever the pack below got it from, its rules see the added rows
      const auto at = other.words.lexicons.find(name);
      if (at != other.words.lexicons.end() && at->second == base) at->second = merged;
    }
  }

  Result<std::shared_ptr<const Lexicon>> read_lexicon(const std::string& path, const std::string& as, Fold how) {
    auto& known = lexicons_[as];
    if (known) return known;
    auto contents = read_text(path, UINT64_MAX);
    if (!contents) return tl::unexpected(contents.error());
    auto lexicon = Lexicon::parse(*contents, path, how);
    if (!lexicon) return tl::unexpected(lexicon.error());
    known = std::make_shared<const Lexicon>(std::move(*lexicon));
    return known;
  }

  void draft_rules(const RuleFile& file) {
    const Tree* rules = file.tree.find("rules");
    if (rules == nullptr) return;
    if (!rules->is_list()) return errors_.push_back(file.source->error("R002", "rules: is a list", *rules));
    const Pack& pack = packs_[{file.layer, file.pack}];
    const std::string own(file.tree.text("version"));
    for (const Tree& tree : rules->items) {
      if (!tree.is_map()) {
        errors_.push_back(file.source->error("R002", "a rule is a map", tree, {}, "it begins with - id:"));
        continue;
      }
      const std::string id(tree.text("id"));
      if (!id.empty() && !ids_.emplace(id, drafts_.size()).second) {
        errors_.push_back(file.source->error("R004", "the id " + id + " is said twice", *tree.find("id"), {}, "change single fields of another pack's rule under change:"));
        continue;
      }
      drafts_.push_back({tree, file.source, {}, &pack.words, own.empty() ? pack.version : own});
    }
  }

  /// `change:` of an overlay: single fields of rules by id.
  void apply_changes(const RuleFile& file) {
    const Tree* change = file.tree.find("change");
    if (change == nullptr) return;
    if (!change->is_map()) return errors_.push_back(file.source->error("R002", "change: is a map from rule ids to fields", *change));
    for (const auto& [id, fields] : change->members) {
      const auto at = ids_.find(id);
      if (at == ids_.end()) {
        std::vector<std::string> known;
        for (const auto& [name, index] : ids_) known.push_back(name);
        errors_.push_back(file.source->key_error("R022", "no rule is called " + id, id, fields, did_you_mean(id, known)));
        continue;
      }
      check_keys(fields, rule_keys(), *file.source, errors_);
      RuleDraft& draft = drafts_[at->second];
      if (draft.words != &packs_[{file.layer, file.pack}].words && find_extension(file, draft)) draft.words = &packs_[{file.layer, file.pack}].words;
      for (const auto& [key, value] : fields.members) {
        const auto old = std::find_if(draft.tree.members.begin(), draft.tree.members.end(), [&](const auto& member) { return member.first == key; });
        if (old == draft.tree.members.end())
          draft.tree.members.emplace_back(key, value);
        else
          old->second = value;
        std::erase_if(draft.changed, [&](const auto& c) { return c.first == key; });
        draft.changed.emplace_back(key, file.source);
      }
    }
  }

  /// True when the file's pack stands on the draft's: then it sees all that the draft sees, and its own words too.
  bool find_extension(const RuleFile& file, const RuleDraft& draft) {
    for (const Vocabulary* v = &packs_[{file.layer, file.pack}].words; v != nullptr; v = v->below) {
      if (v == draft.words) return true;
    }
    return false;
  }

  void finish() {
    std::string all;
    for (const auto& rule : book_.rules_) all += rule->name + '\n';
    for (auto& [key, pack] : packs_) {
      for (const auto& [name, lexicon] : pack.words.lexicons) {
        book_.lexicons_[name] = lexicon;  // packs_ is ordered by layer: the uppermost wins
        all += name + hash::hex64(lexicon->hash());
      }
    }
    for (const auto& [kind, layers] : book_.settings_) {
      for (const SettingsFile& layer : layers) all += kind + hash::hex64(hash::xxh3(layer.text));
    }
    for (const auto& [kind, layers] : book_.settings_) {
      const Settings joined = book_.settings_joined(kind);
      book_.warnings_.insert(book_.warnings_.end(), joined.ignored().begin(), joined.ignored().end());
    }
    book_.hash_ = hash::hex64(hash::xxh3(all)).substr(0, 12);
    name_what_comes_out();
    keep_vocabularies();
  }

  /// Vocabularies point at each other by address, so the packs are kept whole.
  void keep_vocabularies() {
    struct Kept {
      std::map<std::pair<std::size_t, std::string>, Pack> packs;
      std::map<std::string, const Vocabulary*, std::less<>> by_name;
    };
    auto kept = std::make_shared<Kept>();
    kept->packs = std::move(packs_);
    for (const auto& [key, pack] : kept->packs) {
      kept->by_name[key.second] = &pack.words;
      book_.packs_.push_back(key.second);
    }
    book_.vocabularies_ = {kept, &kept->by_name};
  }

  void name_what_comes_out() {
    std::set<std::string> types(std::begin(kBuiltInTypes), std::end(kBuiltInTypes)), fields;
    for (const auto& rule : book_.rules_) {
      types.insert(rule->entity);
      for (const auto& [name, made] : rule->emit) fields.insert(name);
      for (const Condition& condition : rule->set) {
        for (const Field& field : condition.set) fields.insert(field.name);
      }
    }
    book_.types_.assign(types.begin(), types.end());
    book_.fields_.assign(fields.begin(), fields.end());
  }

  Rulebook book_;
  std::vector<Error> errors_;
  const std::map<std::string, std::string>& instead_;
  std::vector<RuleFile> files_;
  std::map<std::pair<std::size_t, std::string>, Pack> packs_;  // by layer and name
  std::map<std::string, std::shared_ptr<const Lexicon>> lexicons_;  // by file and fold
  std::vector<RuleDraft> drafts_;
  std::map<std::string, std::size_t> ids_;
};

tl::expected<Rulebook, std::vector<Error>> Rulebook::load(const std::vector<std::string>& folders, const std::map<std::string, std::string>& instead) {
  return RulebookLoader(instead).load(folders);
}

const Vocabulary* Rulebook::vocabulary(std::string_view pack) const {
  const auto at = vocabularies_->find(pack);
  return at == vocabularies_->end() ? nullptr : at->second;
}

std::vector<std::string> Rulebook::lexicon_names() const {
  std::vector<std::string> names;
  for (const auto& [name, lexicon] : lexicons_) names.push_back(name);
  return names;
}

const Rule* Rulebook::find(std::string_view id) const {
  const auto at = std::find_if(rules_.begin(), rules_.end(), [&](const auto& rule) { return rule->id == id; });
  return at == rules_.end() ? nullptr : at->get();
}

std::shared_ptr<const Lexicon> Rulebook::lexicon(std::string_view name) const {
  const auto at = lexicons_.find(name);
  return at == lexicons_.end() ? nullptr : at->second;
}

const SettingsFile* Rulebook::settings(std::string_view kind) const {
  const auto at = settings_.find(kind);
  return at == settings_.end() ? nullptr : &at->second.front();
}

std::vector<const SettingsFile*> Rulebook::settings_layers(std::string_view kind) const {
  std::vector<const SettingsFile*> out;
  const auto at = settings_.find(kind);
  if (at == settings_.end()) return out;
  for (const SettingsFile& layer : at->second) out.push_back(&layer);
  return out;
}

}  // namespace tearsheet
