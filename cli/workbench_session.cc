// Workbench session: the corpus in memory, the rules as saved and as edited, and what the page asks of them.
#include "cli/workbench_session.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <memory>
#include <set>
#include <thread>

#include "base/file.h"
#include "base/json.h"
#include "base/utf8.h"
#include "cli/rules_measure.h"
#include "extractors/rule_check.h"
#include "extractors/rule_edit.h"
#include "extractors/trace.h"
#include "pipeline/row.h"
#include "pipeline/run_diff.h"
#include "pipeline/sink/table.h"

namespace tearsheet::cli {

namespace {

constexpr std::size_t kMostChanges = 300;

/// UTF-16 units before byte `at`, and back.
std::uint32_t units_before(std::string_view text, std::size_t at) {
  std::uint32_t units = 0;
  for (std::size_t i = 0; i < at && i < text.size(); ++i) {
    const auto byte = static_cast<unsigned char>(text[i]);
    if ((byte & 0xC0) != 0x80) units += byte >= 0xF0 ? 2 : 1;
  }
  return units;
}
std::uint32_t byte_at(std::string_view text, std::uint32_t units) {
  std::size_t at = 0;
  while (at < text.size() && units > 0) {
    const std::uint32_t width = static_cast<unsigned char>(text[at]) >= 0xF0 ? 2 : 1;
    if (width > units) break;
    units -= width;
    utf8::next(text, at);
  }
  return static_cast<std::uint32_t>(at);
}

/// A JSON object or list in the making.
class Json {
 public:
  Json& open(char bracket) { return comma(), out_ += bracket, *this; }
  Json& close(char bracket) { return out_ += bracket, *this; }
  Json& key(std::string_view name) {
    comma();
    json::append_string(out_, name);
    out_ += ':';
    return *this;
  }
  Json& text(std::string_view value) { return comma(), json::append_string(out_, value), *this; }
  Json& number(std::uint64_t value) { return comma(), out_ += std::to_string(value), *this; }
  Json& raw(std::string_view value) { return comma(), out_ += value, *this; }
  Json& member(std::string_view name, std::string_view value) { return key(name).text(value); }
  Json& member(std::string_view name, std::uint64_t value) { return key(name).number(value); }
  std::string take() { return std::move(out_); }

 private:
  void comma() {
    const char last = out_.empty() ? '[' : out_.back();
    if (last != '[' && last != '{' && last != ':') out_ += ',';
  }
  std::string out_;
};

void add(Json& out, const Error& error, bool warning) {
  out.open('{').member("level", warning ? "warning" : "error").member("code", error.code).member("what", error.what).member("help", error.help).member("file", error.place.file);
  out.member("line", error.place.line).member("column", error.place.column).close('}');
}

std::string id_of(const Mention& mention) { return mention.rule.substr(0, mention.rule.find('@')); }

std::string fields_of(const Mention& mention) {
  std::string out;
  for (const Field& field : mention.fields) {
    if (!field.value.is_none()) out += (out.empty() ? "" : " ") + field.name + "=" + readable(field.value);
  }
  return out;
}

void add_mentions(Json& out, const Article& article, const std::vector<Mention>& mentions) {
  out.open('[');
  std::uint32_t units = 0;
  std::size_t from = 0;
  for (const Mention& mention : mentions) {
    units += units_before(std::string_view(article.text).substr(from), mention.span.begin - from);
    from = mention.span.begin;
    out.open('{').member("begin", units).member("end", units + units_before(mention.span.of(article.text), mention.span.size())).member("type", mention.type).member("rule", id_of(mention));
    out.member("use", to_string(use_of(article, mention))).member("fields", fields_of(mention)).member("confidence", confidence_text(mention.confidence)).close('}');
  }
  out.close(']');
}

/// Runs `work` for each index on all cores.
void in_parallel(std::size_t count, const std::function<void(std::size_t)>& work) {
  std::atomic<std::size_t> next{0};
  const auto run = [&] {
    for (std::size_t i = next++; i < count; i = next++) work(i);
  };
  std::vector<std::jthread> threads;
  for (unsigned n = 1; n < std::max(1u, std::thread::hardware_concurrency()); ++n) threads.emplace_back(run);
  run();
}

std::string sentence_with_marks(const Article& article, Span span, bool marks) {
  const Document document = prepare(article);
  Span sentence = document.sentence_of(span.begin);
  if (!sentence.contains(span)) sentence = document.line_of(span.begin);
  if (!sentence.contains(span)) sentence = span;
  const std::string_view text = article.text;
  std::string out(Span{sentence.begin, span.begin}.of(text));
  out += (marks ? "<<" : "") + std::string(span.of(text)) + (marks ? ">>" : "");
  out += Span{span.end, sentence.end}.of(text);
  std::replace(out.begin(), out.end(), '\n', ' ');
  return out;
}

std::string failure(const std::string& what) { return Json().open('{').member("error", what).close('}').take(); }

}  // namespace

tl::expected<std::unique_ptr<WorkSession>, std::vector<Error>> WorkSession::open(std::vector<std::string> folders, const Inputs& corpus, std::size_t limit) {
  auto session = std::make_unique<WorkSession>();
  session->folders_ = std::move(folders);
  auto rules = load_rules(session->folders_);
  if (!rules) return tl::unexpected(std::move(rules.error()));
  session->saved_.emplace(std::move(*rules));
  auto source = open_source(corpus);
  if (!source) return tl::unexpected(std::vector<Error>{source.error()});
  while (session->articles_.size() < limit) {
    auto item = (*source)->next();
    if (!item) break;
    if (!item->blob) continue;
    auto article = article_of(std::move(*item->blob), *session->saved_);
    if (!article) continue;
    article->origin = item->origin;
    WorkArticle one;
    one.name = source_name(item->origin);
    if (item->origin.container.empty() && !item->origin.id) one.path = item->origin.path;
    one.article = std::move(*article);
    session->articles_.push_back(std::move(one));
  }
  if (session->articles_.empty()) return tl::unexpected(std::vector<Error>{Error{"I011", "no article could be read", {}, "name files or folders, as extract takes them", {}}});
  session->read_all();
  return session;
}

void WorkSession::read_all() {
  in_parallel(articles_.size(), [&](std::size_t i) {
    WorkArticle& one = articles_[i];
    one.saved = saved_->extractor->extract(one.article, one.article.meta.published);
    one.edited = one.saved;
  });
}

void WorkSession::compare() {
  const RuleSetDiff diff = compare_rules(*saved_, now());
  std::vector<const Rule*> changed;
  bool whole = !diff.other.empty();
  for (const std::string& id : diff.changed) {
    for (const auto* book : {saved_->book.get(), now().book.get()}) {
      const Rule* rule = book->find(id);
      if (rule == nullptr || rule->status == Status::off) continue;
      changed.push_back(rule);
      whole |= rule->gazetteer != nullptr;
    }
  }
  std::atomic<std::uint64_t> ns{0}, bytes{0};
  in_parallel(articles_.size(), [&](std::size_t i) {
    WorkArticle& one = articles_[i];
    if (!whole) {
      const Document document = prepare(one.article);
      const std::uint64_t begin = thread_ns();
      const bool touched = might_hit(changed, document);
      ns += thread_ns() - begin;
      bytes += one.article.text.size();
      if (!touched) {
        one.edited = one.saved;
        return;
      }
    }
    one.edited = now().extractor->extract(one.article, one.article.meta.published);
  });
  pattern_ns_ = ns;
  text_bytes_ = bytes;
}

bool WorkSession::is_ours(const std::string& path) const {
  std::error_code ignored;
  const auto parent = std::filesystem::path(path).parent_path();
  const std::string ending = std::filesystem::path(path).extension().string();
  return (ending == ".yaml" || ending == ".yml") && std::any_of(folders_.begin(), folders_.end(), [&](const std::string& folder) { return std::filesystem::path(folder) == parent; }) &&
         std::filesystem::is_regular_file(path, ignored);
}

std::string WorkSession::state() {
  const std::lock_guard hold(lock_);
  Json out;
  out.open('{').key("rules").open('[');
  for (const auto& rule : now().book->rules()) out.open('{').member("id", rule->id).member("entity", rule->entity).member("file", rule->place.file).member("line", rule->place.line).member("doc", rule->doc).close('}');
  out.close(']').key("types").open('[');
  for (const std::string& type : now().book->types()) out.text(type);
  out.close(']').key("articles").open('[');
  for (const WorkArticle& one : articles_) {
    std::set<std::string> types, rules, uses;
    for (const Mention& mention : one.edited) {
      types.insert(mention.type);
      rules.insert(id_of(mention));
      uses.insert(std::string(to_string(use_of(one.article, mention))));
    }
    out.open('{').member("name", one.name).member("title", one.article.meta.title).member("count", one.edited.size()).member("changes", changes_of(one.article, one.saved, one.edited).size());
    for (const auto& [name, set] : {std::pair{"types", &types}, {"rules", &rules}, {"uses", &uses}}) {
      out.key(name).open('[');
      for (const std::string& word : *set) out.text(word);
      out.close(']');
    }
    out.close('}');
  }
  return out.close(']').close('}').take();
}

std::string WorkSession::article(std::size_t index) {
  const std::lock_guard hold(lock_);
  if (index >= articles_.size()) return failure("no such article");
  const WorkArticle& one = articles_[index];
  Json out;
  out.open('{').member("name", one.name).member("text", one.article.text).key("blocks").open('[');
  for (const Block& block : one.article.blocks) {
    out.open('{').member("begin", units_before(one.article.text, block.span.begin)).member("end", units_before(one.article.text, block.span.end)).member("use", to_string(block.use)).close('}');
  }
  out.close(']').key("mentions");
  add_mentions(out, one.article, one.edited);
  out.key("before");
  add_mentions(out, one.article, one.saved);
  return out.close('}').take();
}

std::string WorkSession::file(const std::string& path) {
  const std::lock_guard hold(lock_);
  if (!is_ours(path)) return failure("no rule file of this workbench");
  const auto edited = texts_.find(path);
  const auto contents = tearsheet::file::read(path);
  if (!contents) return failure(contents.error().what);
  return Json().open('{').member("text", edited == texts_.end() ? contents->bytes : edited->second).close('}').take();
}

std::string WorkSession::changes_json() const {
  Json out;
  std::size_t counts[3] = {0, 0, 0}, told = 0;
  out.open('[');
  for (std::size_t i = 0; i < articles_.size(); ++i) {
    const WorkArticle& one = articles_[i];
    for (const SpanChange& change : changes_of(one.article, one.saved, one.edited)) {
      ++counts[static_cast<std::size_t>(change.kind)];
      if (++told > kMostChanges) continue;
      out.open('{').member("kind", change.kind == SpanChange::Kind::added ? "added" : change.kind == SpanChange::Kind::lost ? "lost" : "changed").member("article", i).member("name", one.name);
      out.member("begin", units_before(one.article.text, change.span.begin)).member("end", units_before(one.article.text, change.span.end)).member("type", change.type).member("text", change.text);
      out.member("before", change.before).member("after", change.after).member("rule", change.rule_after.empty() ? change.rule_before : change.rule_after).member("context", change.context).close('}');
    }
  }
  out.close(']');
  const double cost = text_bytes_ == 0 ? 0 : static_cast<double>(pattern_ns_) / static_cast<double>(text_bytes_);
  return fmt::format("{},\"added\":{},\"lost\":{},\"changed\":{},\"cost\":\"{:.2f}\"", out.take(), counts[0], counts[1], counts[2], cost);
}

std::string WorkSession::edit(const std::string& path, const std::string& text) {
  const std::lock_guard hold(lock_);
  if (!is_ours(path)) return failure("no rule file of this workbench");
  auto texts = texts_;
  texts[path] = text;
  auto rules = load_rules(folders_, texts);
  Json findings;
  findings.open('[');
  if (!rules) {  // the last good rules stay
    for (const Error& error : rules.error()) add(findings, error, false);
    texts_ = std::move(texts);
    return "{\"good\":false,\"findings\":" + findings.close(']').take() + "}";
  }
  texts_ = std::move(texts);
  edited_.emplace(std::move(*rules));
  for (const Error& error : edited_->book->warnings()) add(findings, error, true);
  for (const Finding& finding : check_rules(*edited_->extractor)) add(findings, finding.error, finding.warning);
  compare();
  std::size_t right = 0, wrong = 0;
  std::string details;
  for (const ExampleResult& result : test_rules(*edited_->extractor)) {
    const bool bad = std::string_view("FMNw").find(result.mark) != std::string_view::npos;
    (bad ? wrong : right) += 1;
    if (bad && result.example->place.file == path) details += result.rule->id + ": " + result.example->text + "\n  " + result.detail + "\n";
  }
  return fmt::format("{{\"good\":true,\"findings\":{},\"examples\":[{},{}],\"details\":", findings.close(']').take(), right, wrong) + Json().text(details).take() + ",\"changes\":" + changes_json() + "}";
}

std::string WorkSession::save() {
  const std::lock_guard hold(lock_);
  auto rules = load_rules(folders_, texts_);
  if (!rules) return failure("the rules do not load; mend what the editor marks: " + rules.error()[0].what);
  for (const auto& [path, text] : texts_) {
    if (auto done = tearsheet::file::write_atomic(path, text); !done) return failure(done.error().what);
  }
  texts_.clear();
  saved_.emplace(std::move(*rules));
  edited_.reset();
  for (WorkArticle& one : articles_) one.saved = one.edited;
  read_all();
  return "{\"saved\":true}";
}

std::string WorkSession::trace(std::size_t index, std::uint32_t begin, std::uint32_t end, const std::string& rule) {
  const std::lock_guard hold(lock_);
  if (index >= articles_.size()) return failure("no such article");
  const Article& article = articles_[index].article;
  const Span where{byte_at(article.text, begin), byte_at(article.text, std::max(end, begin + 1))};
  std::vector<const Rule*> wanted;
  if (const Rule* one = rule.empty() ? nullptr : now().book->find(rule)) wanted.push_back(one);
  const Explanation found = explain(*now().extractor, article, article.meta.published, where, wanted);
  Json out;
  out.open('{').key("lives").open('[');
  for (const Life& life : found.lives) {
    out.open('{').member("rule", life.rule->id).member("outcome", life.outcome).member("text", life.span.of(article.text)).key("groups").open('[');
    for (const auto& [name, words] : life.groups) out.open('[').text(name).text(words).close(']');
    out.close(']').key("steps").open('[');
    for (const Step& step : life.steps) out.open('[').text(step.name).text(step.state == Step::State::passed ? "passed" : step.state == Step::State::stopped ? "stopped" : "unreached").text(step.detail).close(']');
    out.close(']').member("fields", life.mention ? fields_of(*life.mention) : std::string()).close('}');
  }
  out.close(']').key("near").open('[');
  for (const NearMiss& miss : found.near) {
    out.open('{').member("rule", miss.rule->id).member("matched", miss.matched).member("parts", miss.parts).member("text", miss.span.of(article.text)).member("expected", miss.expected).member("found", miss.found).close('}');
  }
  return out.close(']').close('}').take();
}

std::string WorkSession::judge(const std::string& kind, std::size_t index, std::uint32_t begin, std::uint32_t end, const std::string& rule, const std::string& text) {
  const std::lock_guard hold(lock_);
  if (index >= articles_.size()) return failure("no such article");
  const WorkArticle& one = articles_[index];
  const Span span{byte_at(one.article.text, begin), byte_at(one.article.text, end)};
  const Rule* known = now().book->find(rule);
  if (kind == "annotation") {
    if (one.path.empty()) return failure("this article is one of several in its file; annotate cases that are files of their own");
    std::size_t nth = 1;
    const std::string words(span.of(one.article.text));
    for (std::size_t at = one.article.text.find(words); at < span.begin; at = one.article.text.find(words, at + words.size())) ++nth;
    const std::string want = std::filesystem::path(one.path).replace_extension(".want.yaml").string();
    const auto contents = tearsheet::file::read(want);
    std::string page = contents ? contents->bytes : "schema: 1\nmentions:\n";
    if (page.find("\nmentions:") == std::string::npos) page += "mentions:\n";
    const std::size_t at = page.find('\n', page.find("\nmentions:") + 1) + 1;
    page.insert(at, "- { type: " + (known == nullptr ? rule : known->entity) + ", text: " + yaml_quoted(words) + (nth > 1 ? ", nth: " + std::to_string(nth) : "") + " }\n");
    if (auto done = tearsheet::file::write_atomic(want, page); !done) return failure(done.error().what);
    return Json().open('{').member("wrote", want).close('}').take();
  }
  if (known == nullptr) return failure("no rule is called " + rule);
  const bool example = kind == "example";
  const std::string entry = "{ text: " + yaml_quoted(sentence_with_marks(one.article, span, example)) + (example ? " }" : ", why: filed from the workbench }");
  const auto edited = add_entry(text, known->place.file, rule, example ? "examples" : "rejects", entry);
  if (!edited) return failure(edited.error().what);
  return Json().open('{').member("path", known->place.file).member("text", *edited).close('}').take();
}

}  // namespace tearsheet::cli
