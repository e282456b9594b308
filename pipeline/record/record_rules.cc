// Record rules: rules/records.yaml as the binder uses it.
#include "pipeline/record/record_rules.h"

#include <algorithm>
#include <array>
#include <optional>

#include "base/fold.h"
#include "base/hash.h"
#include "base/suggest.h"

namespace tearsheet {
namespace {

/// Collects faults with their place; one file is compiled by one loader.
class Loader {
 public:
  explicit Loader(const Settings& settings) : settings_(settings) {}

  tl::expected<std::unique_ptr<RecordRules::Parts>, std::vector<Error>> load(const Tree& settings) {
    keys(settings, {"kind", "schema", "version", "defaults", "rules", "doc"});
    version_ = std::string(settings.text("version"));
    if (const Tree* defaults = settings.find("defaults")) read_defaults(*defaults);
    if (const Tree* rules = settings.find("rules")) {
      for (const Tree& rule : rules->items) read_rule(rule);
    }
    if (parts_->rules.empty() && errors_.empty()) complain(settings.offset, "R060", "no rules in this file", "write a list of record rules under `rules:`");
    if (!errors_.empty()) return tl::unexpected(std::move(errors_));
    return std::move(parts_);
  }

 private:
  void complain(std::uint32_t offset, std::string code, std::string what, std::string help) {
    Error error{std::move(code), std::move(what), settings_.place(offset), std::move(help), {}};
    error.excerpt = settings_.caret({offset, offset + 1});
    errors_.push_back(std::move(error));
  }

  void keys(const Tree& map, const std::vector<std::string>& known) {
    if (!map.is_map()) {
      complain(map.offset, "R061", "a mapping is wanted here", "write `key: value` lines");
      return;
    }
    for (const auto& [key, value] : map.members) {
      if (std::find(known.begin(), known.end(), key) != known.end()) continue;
      complain(value.key_offset, "R062", "no key is called `" + key + "` here", did_you_mean(key, known));
    }
  }

  std::vector<std::string> words(const Tree* list) {
    std::vector<std::string> found;
    if (list == nullptr) return found;
    if (list->is_scalar()) found.push_back(list->scalar);
    for (const Tree& item : list->items) found.push_back(item.scalar);
    return found;
  }

  std::shared_ptr<const Pattern> pattern(const std::string& regex, std::uint32_t offset) {
    const std::string whole = "(?:" + regex + ")";
    if (const auto problem = Pattern::check(whole)) {
      complain(offset, "R063", "the pattern cannot be read: " + problem->what, "patterns are RE2, matched against lower-case words parted by one blank");
      return nullptr;
    }
    return std::make_shared<const Pattern>(whole);
  }

  std::vector<Cue> cues(const Tree* map, const std::vector<std::string>& allowed) {
    std::vector<Cue> found;
    if (map == nullptr) return found;
    for (const auto& [regex, value] : map->members) {
      if (!allowed.empty() && std::find(allowed.begin(), allowed.end(), value.scalar) == allowed.end()) {
        complain(value.offset, "R064", "`" + value.scalar + "` is no value here", did_you_mean(value.scalar, allowed));
      }
      found.push_back({pattern("\\b(?:" + regex + ")\\b", value.key_offset), value.scalar});
    }
    return found;
  }

  void read_defaults(const Tree& map) {
    keys(map, {"status", "certainty", "measure", "instrument"});
    parts_->status = cues(map.find("status"), kStatus);
    parts_->certainty = cues(map.find("certainty"), kCertainty);
    parts_->measure = cues(map.find("measure"), kMeasure);
    parts_->instrument = cues(map.find("instrument"), {});
  }

  std::shared_ptr<const Pattern> condition(const Tree& rule, std::string_view key, std::string_view scope) {
    const Tree* map = rule.find(key);
    if (map == nullptr) return nullptr;
    keys(*map, {"sentence", "paragraph"});
    const Tree* regex = map->find(scope);
    return regex == nullptr ? nullptr : pattern("\\b(?:" + regex->scalar + ")\\b", regex->offset);
  }

  void read_rule(const Tree& tree) {
    keys(tree, {"id", "kind", "doc", "version", "trigger", "with", "with_required", "set", "slots", "status", "certainty", "measure", "instrument", "metric", "outcome", "requires", "unless", "rank", "confidence", "examples", "rejects"});
    RecordRule rule;
    rule.id = std::string(tree.text("id"));
    rule.kind = std::string(tree.text("kind"));
    if (rule.id.empty()) complain(tree.offset, "R065", "a record rule has no id", "add `id: kind.name`");
    for (const RecordRule& other : parts_->rules) {
      if (other.id == rule.id) complain(tree.offset, "R066", "the id " + rule.id + " is used twice", "ids are unique and never reused");
    }
    if (std::find(std::begin(kKinds), std::end(kKinds), std::string_view(rule.kind)) == std::end(kKinds)) {
      complain(tree.offset, "R067", "no kind of record is called `" + rule.kind + "`", did_you_mean(rule.kind, {std::begin(kKinds), std::end(kKinds)}));
    }
    read_trigger(tree, rule);
    if (const Tree* set = tree.find("set")) read_set(*set, rule);
    if (const Tree* slots = tree.find("slots")) {
      for (const auto& [name, slot] : slots->members) read_slot(name, slot, rule);
    }
    rule.status = cues(tree.find("status"), kStatus);
    rule.certainty = cues(tree.find("certainty"), kCertainty);
    rule.measure = cues(tree.find("measure"), kMeasure);
    rule.instrument = cues(tree.find("instrument"), {});
    rule.metric = cues(tree.find("metric"), {});
    rule.outcome = cues(tree.find("outcome"), {});
    rule.requires_sentence = condition(tree, "requires", "sentence");
    rule.requires_paragraph = condition(tree, "requires", "paragraph");
    rule.unless_sentence = condition(tree, "unless", "sentence");
    if (const Tree* rank = tree.find("rank")) rule.rank = std::atoi(rank->scalar.c_str());
    if (const Tree* confidence = tree.find("confidence")) rule.confidence = std::atof(confidence->scalar.c_str());
    const std::string own(tree.text("version"));  // of the layer it came from
    rule.name = rule.id + "@" + (own.empty() ? version_ : own) + "#" + hash::hex64(hash::xxh3(spelled(tree))).substr(0, 4);
    add(std::move(rule));
  }

  void read_set(const Tree& tree, RecordRule& rule) {
    const Scalar value = to_scalar(tree);
    if (const auto* fields = value.get<Fields>())
      rule.set = *fields;
    else
      complain(tree.offset, "R061", "a mapping is wanted here", "write `set: { instrument: subsidy }`");
  }

  /// The rule's content as one string: the hash must not change with layout or comments.
  std::string spelled(const Tree& tree) {
    std::string out = tree.scalar;
    for (const Tree& item : tree.items) out += "[" + spelled(item) + "]";
    for (const auto& [key, value] : tree.members) {
      if (key != "doc" && key != "examples" && key != "rejects") out += "{" + key + ":" + spelled(value) + "}";
    }
    return out;
  }

  void read_trigger(const Tree& tree, RecordRule& rule) {
    const Tree* trigger = tree.find("trigger");
    if (trigger == nullptr) {
      complain(tree.offset, "R068", "the rule " + rule.id + " has no trigger", "add `trigger: { verb: [...], noun: [...] }`");
      return;
    }
    keys(*trigger, {"verb", "noun", "phrase"});
    rule.verbs = words(trigger->find("verb"));
    rule.nouns = words(trigger->find("noun"));
    rule.phrases = words(trigger->find("phrase"));
    rule.with = words(tree.find("with"));
    rule.with_required = tree.text("with_required") == "true";
  }

  void read_slot(const std::string& name, const Tree& tree, RecordRule& rule) {
    keys(tree, {"type", "side", "prep", "phrase", "required", "many", "near"});
    RoleSlot slot;
    slot.name = name;
    slot.types = words(tree.find("type"));
    slot.prepositions = words(tree.find("prep"));
    for (const std::string& phrase : words(tree.find("phrase"))) slot.phrases.push_back(split(phrase));
    slot.required = tree.text("required") == "true";
    slot.many = tree.text("many") == "true";
    const std::string_view side = tree.text("side");
    static constexpr std::array<std::string_view, 6> kSides = {"any", "subject", "object", "before", "after", "by"};
    const auto at = std::find(kSides.begin(), kSides.end(), side);
    if (at != kSides.end()) {
      slot.side = static_cast<Side>(at - kSides.begin());
    } else if (!side.empty()) {
      complain(tree.offset, "R069", "no side is called `" + std::string(side) + "`", did_you_mean(side, {kSides.begin(), kSides.end()}));
    }
    rule.slots.push_back(std::move(slot));
  }

  static std::vector<std::string> split(std::string_view phrase) {
    std::vector<std::string> found;
    std::size_t at = 0;
    while (at < phrase.size()) {
      const std::size_t end = std::min(phrase.find(' ', at), phrase.size());
      if (end > at) found.emplace_back(phrase.substr(at, end - at));
      at = end + 1;
    }
    return found;
  }

  void add(RecordRule rule) {
    const auto index = static_cast<std::uint32_t>(parts_->rules.size());
    for (const std::string& verb : rule.verbs) add_verb(verb, index);
    for (const std::string& noun : rule.nouns) {
      if (noun.find(' ') != std::string::npos) {
        add_phrase(noun, index);
        continue;
      }
      add_noun(noun, index);
      if (plural(noun) != noun) add_noun(plural(noun), index);
    }
    for (const std::string& phrase : rule.phrases) add_phrase(phrase, index);
    for (const std::string& verb : rule.with) add_governing(verb);
    find_needs(rule);
    parts_->rules.push_back(std::move(rule));
  }

  void add_verb(const std::string& verb, std::uint32_t rule) {
    for (const VerbSpelling& form : inflect(verb)) {
      std::vector<Trigger>& triggers = parts_->lexemes[form.spelling].triggers;
      const auto said = std::find_if(triggers.begin(), triggers.end(), [&](const Trigger& row) { return row.rule == rule; });
      // "set", "put", "cut": one spelling is read as the past, which a helper before it corrects.
      if (said != triggers.end() && form.form == VerbForm::past) said->form = form.form;
      if (said == triggers.end()) triggers.push_back({Trigger::Type::verb, rule, form.form});
    }
  }

  /// A word that is noun and verb to one rule is first tried as the noun.
  void add_noun(const std::string& noun, std::uint32_t rule) {
    std::vector<Trigger>& triggers = parts_->lexemes[noun].triggers;
    const auto same = std::find_if(triggers.begin(), triggers.end(), [&](const Trigger& row) { return row.rule == rule; });
    triggers.insert(same, {Trigger::Type::noun, rule, VerbForm::base});
  }

  void add_phrase(const std::string& phrase, std::uint32_t rule) {
    std::vector<std::string> words = split(phrase);
    if (words.empty()) return;
    parts_->lexemes[words.front()].phrases.push_back(static_cast<std::uint32_t>(parts_->phrases.size()));
    parts_->phrases.push_back({std::move(words), rule});
  }

  void add_governing(const std::string& verb) {
    for (const VerbSpelling& form : inflect(verb)) {
      auto& governs = parts_->lexemes[form.spelling].governs;
      const auto said = std::find_if(governs.begin(), governs.end(), [&](const auto& row) { return row.first == verb; });
      if (said != governs.end() && form.form == VerbForm::past) said->second = form.form;
      if (said != governs.end()) continue;
      governs.emplace_back(verb, form.form);  // to the front; gcc 12 sees a null pointer in insert() at the begin
      std::rotate(governs.begin(), governs.end() - 1, governs.end());
    }
  }

  /// Amounts and slots that only mentions fill: a sentence without such a mention needs no reading.
  static void find_needs(RecordRule& rule) {
    for (const RoleSlot& slot : rule.slots) {
      if (!slot.required) continue;
      if (slot.name == "money") rule.needs.push_back({"money"});
      else if (slot.phrases.empty() && slot.is_value()) rule.needs.push_back(slot.types);
    }
  }

  inline static const std::vector<std::string> kStatus = {"sought", "planned", "agreed", "decided", "done", "cancelled"};
  inline static const std::vector<std::string> kCertainty = {"asserted", "expected", "possible", "conditional", "denied"};
  inline static const std::vector<std::string> kMeasure = {"single", "total", "cumulative", "target", "unstated"};
  static constexpr std::string_view kKinds[] = {"flow", "budget", "borrowing", "result", "project", "agreement", "decision"};

  const Settings& settings_;
  std::string version_;
  std::vector<Error> errors_;
  std::unique_ptr<RecordRules::Parts> parts_ = std::make_unique<RecordRules::Parts>();
};

}  // namespace

bool RoleSlot::is_value() const {
  return !types.empty() && std::all_of(types.begin(), types.end(), [](const std::string& t) { return t == "place" || t == "node_size" || t == "quantity" || t == "percent"; });
}

const RoleSlot* RecordRule::slot(std::string_view slot_name) const {
  for (const RoleSlot& slot : slots) {
    if (slot.name == slot_name) return &slot;
  }
  return nullptr;
}

std::string_view first_cue(const std::vector<Cue>& cues, std::string_view words) {
  Pattern::Match match;
  for (const Cue& cue : cues) {
    if (cue.pattern->find(words, {0, static_cast<std::uint32_t>(words.size())}, Pattern::At::anywhere, match)) return cue.is;
  }
  return {};
}

RecordRules::RecordRules(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
RecordRules::RecordRules(RecordRules&&) noexcept = default;
RecordRules& RecordRules::operator=(RecordRules&&) noexcept = default;
RecordRules::~RecordRules() = default;

tl::expected<RecordRules, std::vector<Error>> RecordRules::compile(const Tree& settings, std::string_view file, std::string_view text) {
  const SettingsFile one{std::string(file), std::string(text), settings};
  return compile(Settings({&one}));
}

tl::expected<RecordRules, std::vector<Error>> RecordRules::compile(const Settings& settings) {
  auto parts = Loader(settings).load(settings.tree());
  if (!parts) return tl::unexpected(std::move(parts.error()));
  return RecordRules(std::move(*parts));
}

}  // namespace tearsheet
