// Run repair: the smallest changes of the rules that make one reading right, each with its effect on a corpus.
#include "pipeline/run_repair.h"

#include <algorithm>
#include <cctype>
#include <set>

#include "base/file.h"
#include "extractors/rule_check.h"
#include "extractors/rule_edit.h"
#include "extractors/rule_source.h"
#include "extractors/trace.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMostTries = 24, kMostKept = 5;

/// A change that has not been tried yet.
struct Idea {
  std::string what, file, text, line;
};

std::string line_holding(std::string_view text, std::size_t at) {
  const std::size_t begin = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
  return std::string(text.substr(begin, text.find('\n', at) - begin));
}

/// Capitalised words and runs of them in `text`, the nearest to `middle` first: what could tell a place.
std::vector<std::string> names_in(std::string_view text, std::size_t middle) {
  std::vector<std::pair<std::size_t, std::string>> found;
  for (std::size_t at = 0; at < text.size();) {
    const bool start = std::isupper(static_cast<unsigned char>(text[at])) != 0 && (at == 0 || std::isalnum(static_cast<unsigned char>(text[at - 1])) == 0);
    if (!start) {
      ++at;
      continue;
    }
    std::size_t end = at;
    while (end < text.size() && (std::isalpha(static_cast<unsigned char>(text[end])) != 0 || static_cast<unsigned char>(text[end]) >= 0x80)) ++end;
    const bool sentence_start = at == 0 || (at > 1 && text[at - 1] == ' ' && (text[at - 2] == '.' || text[at - 2] == '\n'));
    if (end - at > 2 && !(sentence_start && end - at < 5)) found.emplace_back(at > middle ? at - middle : middle - at, text.substr(at, end - at));
    at = end + 1;
  }
  std::stable_sort(found.begin(), found.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<std::string> out;
  for (auto& [distance, name] : found) {
    if (std::find(out.begin(), out.end(), name) == out.end()) out.push_back(std::move(name));
  }
  return out;
}

class Inventor {
 public:
  Inventor(const RuleSet& rules, const Article& article, const std::optional<Date>& reference, const Wish& wish) : rules_(rules), article_(article), reference_(reference), wish_(wish) {}

  std::vector<Idea> ideas() {
    explanation_ = explain(*rules_.extractor, article_, reference_, wish_.where, {});
    if (wish_.field.empty()) {
      refuse();
    } else {
      if (wish_.field == "currency") cues();
      surfaces();
    }
    if (ideas_.size() > kMostTries) ideas_.resize(kMostTries);
    return std::move(ideas_);
  }

 private:
  void cues() {
    const auto layers = rules_.book->settings_layers("currency");
    if (layers.empty()) return;
    const SettingsFile& file = *layers.back();
    const Document document = prepare(article_);
    const Span near = document.paragraph_of(wish_.where.begin);
    auto names = names_in(near.of(article_.text), wish_.where.begin - near.begin);
    for (std::string& name : names_in(article_.meta.title, 0)) names.push_back(std::move(name));
    const Tree* cues = file.tree.find("cues");
    for (const std::string& name : names) {
      const Tree* list = cues == nullptr ? nullptr : cues->find(wish_.value);
      std::string text = file.text;
      std::size_t at = 0;
      if (list != nullptr && list->is_list() && text[list->offset] == '[') {
        at = text.find(']', list->offset);
        text.insert(at, ", " + name);
      } else if (cues != nullptr && list == nullptr && !cues->members.empty()) {
        at = text.rfind('\n', cues->members[0].second.key_offset) + 1;
        text.insert(at, "  " + wish_.value + ": [" + name + "]\n");
      } else {
        return;
      }
      ideas_.push_back({"the cue " + name + " for " + wish_.value, file.path, text, line_holding(text, at)});
      heed_sentence(file, name, std::move(text));
    }
  }

  /// Some units are not decided by the sentence they stand in, so a cue says nothing: `evidence: { '$': [publisher, default] }`.
  void heed_sentence(const SettingsFile& file, const std::string& name, std::string text) {
    const Tree* evidence = file.tree.find("evidence");
    if (evidence == nullptr) return;
    for (const Life& life : explanation_.lives) {
      for (const auto& [group, words] : life.groups) {
        const Tree* order = life.outcome == "kept" ? evidence->find(words) : nullptr;
        if (order == nullptr || !order->is_list() || std::any_of(order->items.begin(), order->items.end(), [](const Tree& item) { return item.scalar == "sentence"; })) continue;
        const std::string row = line_holding(file.text, order->offset);
        const std::size_t at = text.find(row), open = at == std::string::npos ? at : text.find('[', at);
        if (open == std::string::npos) continue;
        text.insert(open + 1, "sentence, ");
        ideas_.push_back({"the cue " + name + " for " + wish_.value + ", and the sentence heeded for " + words, file.path, text, line_holding(text, at)});
        return;
      }
    }
  }

  /// A word of the hit is put into the row that has the value, or begins a row of its own.
  void surfaces() {
    std::set<std::pair<const Lexicon*, std::string>> tried;
    const auto offer = [&](const Rule& rule, const std::string& group, const std::string& words) {
      for (const LexiconGroup& one : rule.lexicons) {
        if (one.group == group && tried.insert({one.lexicon.get(), words}).second) add_surface(*one.lexicon, words);
      }
    };
    for (const Life& life : explanation_.lives) {
      for (const auto& [group, words] : life.groups) offer(*life.rule, group, words);
    }
    for (const NearMiss& miss : explanation_.near) {
      const std::size_t colon = miss.expected.rfind(':');
      if (!miss.expected.starts_with("%{@") || colon == std::string::npos) continue;
      std::size_t end = 0;
      while (end < miss.found.size() && miss.found[end] != ' ' && miss.found[end] != ',' && miss.found[end] != '.' && miss.found[end] != ';') ++end;
      const std::string group = miss.expected.substr(colon + 1, miss.expected.find('}') - colon - 1);
      if (end > 0) offer(*miss.rule, group, miss.found.substr(0, end));
    }
  }

  void add_surface(const Lexicon& lexicon, const std::string& words) {
    const auto contents = file::read(lexicon.file());
    if (!contents || words.find_first_of("\t|\n") != std::string::npos) return;
    std::string text = contents->bytes;
    if (const Surface* known = lexicon.find(words)) {
      if (lexicon.value(*known) == wish_.value) return;
      if (!drop_surface(text, words)) return;
    }
    const std::string name = lexicon.file().substr(lexicon.file().rfind('/') + 1);
    for (std::size_t at = 0; at < text.size(); at = text.find('\n', at) + 1) {
      const std::string line = line_holding(text, at);
      const std::size_t tab = line.find('\t');
      if (tab != std::string::npos && line[0] != '#') {
        const std::size_t next = line.find('\t', tab + 1);
        if (line.substr(tab + 1, next == std::string::npos ? next : next - tab - 1) == wish_.value) {
          text.insert(at + tab, "|" + words);
          ideas_.push_back({"the surface " + words + " in the row " + wish_.value + " of " + name, lexicon.file(), text, line_holding(text, at)});
          return;
        }
      }
      if (text.find('\n', at) == std::string::npos) break;
    }
    if (!text.ends_with('\n')) text += '\n';
    const std::string row = words + "\t" + wish_.value + std::string(lexicon.columns().size() - 1, '\t');
    ideas_.push_back({"a row " + words + " = " + wish_.value + " in " + name, lexicon.file(), text + row + "\n", row});
  }

  /// Takes a surface out of the row that has it; false where it is its row's only one.
  static bool drop_surface(std::string& text, const std::string& words) {
    for (const std::string& written : {words + "|", words + "?|", "|" + words, "|" + words + "?"}) {
      for (std::size_t at = text.find(written); at != std::string::npos; at = text.find(written, at + 1)) {
        const std::size_t end = at + written.size();
        const bool left = written[0] == '|' || at == 0 || text[at - 1] == '\n' || text[at - 1] == '|';
        const bool right = written.back() == '|' || end == text.size() || text[end] == '\t' || text[end] == '|';
        if (!left || !right) continue;
        text.erase(at, written.size());
        return true;
      }
    }
    return false;
  }

  void refuse() {
    for (const Life& life : explanation_.lives) {
      if (life.outcome != "kept") continue;
      const Rule& rule = *life.rule;
      const std::string& text = rule.source->text();
      const auto offer = [&](std::string_view side, const std::string& word) {
        if (word.empty()) return;
        const std::string condition = "{ " + std::string(side) + ": [" + yaml_quoted(word) + "] }";
        const auto edited = add_entry(text, rule.source->path(), rule.id, "unless", condition);
        if (edited) ideas_.push_back({rule.id + " unless " + std::string(side == "followed_by" ? "followed" : "preceded") + " by '" + word + "'", rule.source->path(), *edited, "- " + condition});
      };
      offer("followed_by", word_after(life.span.end));
      offer("preceded_by", word_before(life.span.begin));
    }
  }

  static bool is_letter(char c) { return std::isalpha(static_cast<unsigned char>(c)) != 0 || static_cast<unsigned char>(c) >= 0x80; }
  std::string word_after(std::size_t at) const {
    const std::string& text = article_.text;
    while (at < text.size() && text[at] == ' ') ++at;
    std::size_t end = at;
    while (end < text.size() && is_letter(text[end])) ++end;
    return text.substr(at, end - at);
  }
  std::string word_before(std::size_t at) const {
    const std::string& text = article_.text;
    while (at > 0 && text[at - 1] == ' ') --at;
    std::size_t begin = at;
    while (begin > 0 && is_letter(text[begin - 1])) --begin;
    return text.substr(begin, at - begin);
  }

  const RuleSet& rules_;
  const Article& article_;
  const std::optional<Date>& reference_;
  const Wish& wish_;
  Explanation explanation_;
  std::vector<Idea> ideas_;
};

bool comes_true(const RuleSet& rules, const Article& article, const std::optional<Date>& reference, const Wish& wish) {
  bool any = false;
  for (const Mention& mention : rules.extractor->extract(article, reference)) {
    if (!mention.span.overlaps(wish.where)) continue;
    if (wish.field.empty()) return false;
    const Scalar* value = find(mention.fields, wish.field);
    any |= value != nullptr && to_string(*value) == wish.value;
  }
  return any || wish.field.empty();
}

std::size_t wrong_examples(const RuleSet& rules) {
  std::size_t wrong = 0;
  for (const ExampleResult& result : test_rules(*rules.extractor)) wrong += result.mark != '.' && result.mark != 't' && result.mark != 'T' ? 1 : 0;
  return wrong;
}

}  // namespace

Result<std::vector<Repair>> repairs_for(const RuleSet& rules, const Article& article, const std::optional<Date>& reference, const Wish& wish, const Inputs& corpus, const std::function<std::uint64_t()>& now_ns) {
  std::vector<Repair> out;
  const std::size_t wrong = wrong_examples(rules);
  for (Idea& idea : Inventor(rules, article, reference, wish).ideas()) {
    if (out.size() == kMostKept) break;
    auto changed = load_rules(rules.book->folders(), {{idea.file, idea.text}});
    if (!changed || !comes_true(*changed, article, reference, wish) || wrong_examples(*changed) > wrong) continue;
    Repair repair{std::move(idea.what), std::move(idea.file), std::move(idea.text), std::move(idea.line), std::nullopt};
    if (!corpus.paths.empty()) {
      auto effect = diff_rules(rules, *changed, corpus, {}, false, now_ns);
      if (!effect) return tl::unexpected(std::move(effect.error()));
      repair.effect = std::move(*effect);
    }
    out.push_back(std::move(repair));
  }
  std::stable_sort(out.begin(), out.end(), [](const Repair& a, const Repair& b) { return a.side_effects() < b.side_effects(); });
  return out;
}

}  // namespace tearsheet
