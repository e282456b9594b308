// Run diff: two sets of rules over one corpus: what came, what went, what changed, what it costs.
#include "pipeline/run_diff.h"

#include <algorithm>
#include <atomic>
#include <iterator>
#include <set>

#include "base/fold.h"
#include "base/utf8.h"
#include "extractors/gate.h"
#include "extractors/pattern.h"
#include "pipeline/link/link.h"
#include "pipeline/record/record.h"
#include "pipeline/row.h"

namespace tearsheet {
namespace {

constexpr std::size_t kMostRules = 24;  // more changed rules than this are not worth looking for one by one
constexpr std::uint32_t kContext = 36;
constexpr std::uint64_t kTried = 64;    // articles after which it is known what looking for changed patterns costs

bool is_on(const Rule* rule) { return rule != nullptr && rule->status != Status::off; }

std::string settings_text(const Rulebook& book, std::string_view kind) {
  std::string out;
  for (const SettingsFile* layer : book.settings_layers(kind)) out += layer->text + '\0';
  return out;
}

std::string context_of(std::string_view text, Span span) {
  const auto begin = utf8::floor_boundary(text, span.begin > kContext ? span.begin - kContext : 0);
  const auto end = utf8::floor_boundary(text, std::min<std::size_t>(text.size(), span.end + kContext));
  return fold(text.substr(begin, end - begin), Fold::none);
}

std::string fields_text(const Fields& fields) {
  std::string out;
  for (const Field& field : fields) {
    if (!field.value.is_none()) out += (out.empty() ? "" : " ") + field.name + "=" + readable(field.value);
  }
  return out;
}

std::string id_of(const Mention& mention) { return mention.rule.substr(0, mention.rule.find('@')); }

SpanChange change_of(SpanChange::Kind kind, const Article& article, const Mention& mention) {
  SpanChange out;
  out.kind = kind;
  out.span = mention.span;
  out.type = mention.type;
  out.text = mention.span.of(article.text);
  out.context = context_of(article.text, mention.span);
  return out;
}

bool matches(const Rule& rule, std::string_view line) {
  Span span;
  std::vector<std::uint16_t> present;
  for (const auto& pattern : rule.patterns) {
    if (const auto gate = pattern->slots().empty() ? std::nullopt : gate_of(pattern->regex(), pattern->slots())) {
      for (const auto& list : gate->any_of) list->present(line, present);
      if (present.empty()) continue;
    }
    if (pattern->find_span(line, {0, static_cast<std::uint32_t>(line.size())}, Pattern::At::anywhere, span)) return true;
  }
  return false;
}

std::string record_text(const Record& record) {
  std::string out = record.kind;
  for (const Field& field : record.fields) {
    const std::string value = readable(field.value);
    if (!value.empty()) out += " " + field.name + "=" + value;
  }
  for (const Fields& money : record.money) out += " money={" + fields_text(money) + "}";
  return out + " status=" + record.status + " certainty=" + record.certainty + " measure=" + record.measure;
}

/// What one worker keeps.
struct Share {
  std::vector<SpanChange> changes;
  std::uint64_t looked_at = 0, ns_before = 0, ns_after = 0, probed_bytes = 0;
};

class Differ {
 public:
  Differ(const RuleSet& before, const RuleSet& after, RuleSetDiff& diff, bool records, const std::function<std::uint64_t()>& now_ns) : before_(before), after_(after), diff_(diff), now_ns_(now_ns) {
    for (const std::string& id : diff.changed) {
      if (const Rule* rule = before.book->find(id); is_on(rule)) old_.push_back(rule);
      if (const Rule* rule = after.book->find(id); is_on(rule)) new_.push_back(rule);
    }
    const auto differs = [&](std::string_view name) { return std::find(diff.other.begin(), diff.other.end(), name) != diff.other.end(); };
    const bool gazetteer = std::any_of(old_.begin(), old_.end(), [](const Rule* rule) { return rule->gazetteer != nullptr; }) || std::any_of(new_.begin(), new_.end(), [](const Rule* rule) { return rule->gazetteer != nullptr; });
    diff.whole = !diff.other.empty() || gazetteer || diff.changed.size() > kMostRules;
    other_tidy_ = differs("tidy");
    records_ = records || differs("records");
  }

  bool article(Share& share, std::size_t index, Blob blob) const {
    const std::string name = source_name(blob.origin);
    std::optional<Blob> again;
    if (other_tidy_) again = blob;
    const auto first = article_of(std::move(blob), before_);
    if (!first) return false;
    if (!diff_.whole && !is_dear() && !touched(share, *first)) return true;
    const auto second = again ? article_of(std::move(*again), after_) : first;
    if (!second) return false;
    ++share.looked_at;
    const std::size_t known = share.changes.size();
    compare(share, *first, *second);
    for (std::size_t i = known; i < share.changes.size(); ++i) {
      share.changes[i].article = index;
      share.changes[i].where = name;
    }
    return true;
  }

 private:
  /// True once looking for the changed patterns has turned out to cost more than reading by both sets.
  bool is_dear() const {
    const std::uint64_t probed = probed_, read = read_;
    if (probed < kTried || read == 0) return false;
    return probe_ns_ / probed > read_ns_ / read;
  }

  bool touched(Share& share, const Article& article) const {
    const Document document = prepare(article);
    const std::uint64_t begin = now_ns_();
    const bool old = might_hit(old_, document);
    const std::uint64_t middle = now_ns_();
    const bool fresh = might_hit(new_, document);
    const std::uint64_t end = now_ns_();
    share.ns_before += middle - begin;
    share.ns_after += end - middle;
    share.probed_bytes += article.text.size();
    probe_ns_ += end - begin;
    ++probed_;
    return old || fresh;
  }

  void compare(Share& share, const Article& first, const Article& second) const {
    const std::uint64_t begin = now_ns_();
    auto old = before_.extractor->extract(first, first.meta.published);
    const std::uint64_t middle = now_ns_();
    auto fresh = after_.extractor->extract(second, second.meta.published);
    const std::uint64_t end = now_ns_();
    read_ns_ += end - begin;
    ++read_;
    if (diff_.whole) {
      share.ns_before += middle - begin;
      share.ns_after += end - middle;
      share.probed_bytes += second.text.size();
    }
    const auto old_links = link(first, old);  // links complete mentions
    const auto fresh_links = link(second, fresh);
    for (SpanChange& change : changes_of(second, old, fresh)) share.changes.push_back(std::move(change));
    if (!records_) return;
    std::vector<Record> old_records, fresh_records;
    if (before_.records) old_records = record(first, old, old_links, *before_.records);
    if (after_.records) fresh_records = record(second, fresh, fresh_links, *after_.records);
    compare_records(share, second, old_records, fresh_records);
  }

  static void compare_records(Share& share, const Article& article, const std::vector<Record>& old, const std::vector<Record>& fresh) {
    std::multiset<std::string> had;
    for (const Record& one : old) had.insert(record_text(one));
    const auto add = [&](SpanChange::Kind kind, const std::string& text, Span span) {
      SpanChange change;
      change.kind = kind;
      change.type = "record";
      change.span = span;
      (kind == SpanChange::Kind::added ? change.after : change.before) = text;
      change.context = span.empty() ? std::string() : context_of(article.text, span);
      share.changes.push_back(std::move(change));
    };
    for (const Record& one : fresh) {
      const std::string text = record_text(one);
      const auto same = had.find(text);
      if (same != had.end())
        had.erase(same);
      else
        add(SpanChange::Kind::added, text, one.evidence.empty() ? Span{} : one.evidence[0]);
    }
    for (const std::string& text : had) add(SpanChange::Kind::lost, text, {});
  }

  const RuleSet &before_, &after_;
  RuleSetDiff& diff_;
  const std::function<std::uint64_t()>& now_ns_;
  std::vector<const Rule*> old_, new_;
  bool other_tidy_ = false, records_ = false;
  mutable std::atomic<std::uint64_t> probed_{0}, probe_ns_{0}, read_{0}, read_ns_{0};
};

}  // namespace

bool might_hit(const std::vector<const Rule*>& rules, const Document& document) {
  for (const Rule* rule : rules) {
    if (rule->gazetteer) return true;
    for (const Span& line : document.lines) {
      if (matches(*rule, line.of(document.text))) return true;
    }
  }
  return false;
}

std::vector<SpanChange> changes_of(const Article& article, const std::vector<Mention>& before, const std::vector<Mention>& after) {
  std::vector<SpanChange> out;
  std::vector<bool> met(before.size());
  for (const Mention& now : after) {
    const Mention* old = nullptr;
    for (std::size_t i = 0; i < before.size(); ++i) {
      if (met[i] || before[i].type != now.type || !before[i].span.overlaps(now.span)) continue;
      old = &before[i];
      met[i] = true;
      break;
    }
    if (old != nullptr && old->span == now.span && old->fields == now.fields && id_of(*old) == id_of(now)) continue;
    SpanChange change = change_of(old == nullptr ? SpanChange::Kind::added : SpanChange::Kind::changed, article, now);
    change.rule_after = id_of(now);
    change.after = fields_text(now.fields);
    if (old != nullptr) {
      change.rule_before = id_of(*old);
      change.before = (old->span == now.span ? std::string() : "\"" + std::string(old->span.of(article.text)) + "\" ") + fields_text(old->fields);
    }
    out.push_back(std::move(change));
  }
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (met[i]) continue;
    SpanChange change = change_of(SpanChange::Kind::lost, article, before[i]);
    change.rule_before = id_of(before[i]);
    change.before = fields_text(before[i].fields);
    out.push_back(std::move(change));
  }
  std::stable_sort(out.begin(), out.end(), [](const SpanChange& a, const SpanChange& b) { return a.span < b.span; });
  return out;
}

RuleSetDiff compare_rules(const RuleSet& before, const RuleSet& after) {
  RuleSetDiff diff;
  std::set<std::string> ids;
  for (const auto* set : {&before, &after}) {
    for (const auto& rule : set->book->rules()) ids.insert(rule->id);
  }
  for (const std::string& id : ids) {
    const Rule *old = before.book->find(id), *now = after.book->find(id);
    if (is_on(old) != is_on(now) || (is_on(old) && old->digest != now->digest)) diff.changed.push_back(id);
  }
  for (const char* kind : {"tidy", "records", "currency", "sites"}) {
    if (settings_text(*before.book, kind) != settings_text(*after.book, kind)) diff.other.emplace_back(kind);
  }
  std::set<std::string> names;
  for (const auto* set : {&before, &after}) {
    for (const std::string& name : set->book->lexicon_names()) names.insert(name);
  }
  for (const std::string& name : names) {
    const auto old = before.book->lexicon(name), now = after.book->lexicon(name);
    if ((old ? old->hash() : 0) != (now ? now->hash() : 0)) diff.other.push_back("lexicon " + name);
  }
  return diff;
}

Result<RuleSetDiff> diff_rules(const RuleSet& before, const RuleSet& after, const Inputs& corpus, const CorpusOptions& options, bool records, const std::function<std::uint64_t()>& now_ns) {
  RuleSetDiff diff = compare_rules(before, after);
  const Differ differ(before, after, diff, records, now_ns);
  std::vector<Share> shares(jobs_of(options));
  auto summary = for_each_blob(corpus, options, [&](unsigned worker, std::size_t index, Blob blob) { return differ.article(shares[worker], index, std::move(blob)); });
  if (!summary) return tl::unexpected(std::move(summary.error()));
  diff.corpus = *summary;
  for (Share& share : shares) {
    diff.looked_at += share.looked_at;
    diff.ns_before += share.ns_before;
    diff.ns_after += share.ns_after;
    diff.text_bytes += share.probed_bytes;
    std::move(share.changes.begin(), share.changes.end(), std::back_inserter(diff.changes));
  }
  std::stable_sort(diff.changes.begin(), diff.changes.end(), [](const SpanChange& a, const SpanChange& b) { return a.article < b.article; });
  return diff;
}

}  // namespace tearsheet
