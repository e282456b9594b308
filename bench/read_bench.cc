// Bench of the belt's rooms over 2,000 distinct articles in memory; every row is to be read against the baseline row of the same run.
#include <benchmark/benchmark.h>

#include <memory>
#include <string>
#include <vector>

#include "base/hash.h"
#include "base/utf8.h"
#include "bench/texts.h"
#include "extractors/extract.h"
#include "pipeline/decode.h"
#include "pipeline/link/link.h"
#include "pipeline/parse/parse.h"
#include "pipeline/record/record.h"
#include "pipeline/sink/sink.h"
#include "pipeline/tidy/tidy.h"
#include "tearsheet/engine.h"

namespace {

using namespace tearsheet;

constexpr std::size_t kArticles = 2000;

const std::vector<std::string>& articles() {
  static const auto kTexts = [] {
    const bench::Texts texts(TEARSHEET_SOURCE_DIR "/corpus", TEARSHEET_SOURCE_DIR "/bench/prose.txt");
    std::vector<std::string> all;
    for (std::size_t i = 0; i < kArticles; ++i) all.push_back(texts.news(i));
    return all;
  }();
  return kTexts;
}

const Engine& engine() {
  static const auto kEngine = [] {
    Options options;
    options.rules = {TEARSHEET_SOURCE_DIR "/rules"};
    return Engine::open(options).value();
  }();
  return kEngine;
}

Blob blob_of(const std::string& text) {
  Blob blob;
  blob.bytes = text;
  return blob;
}

const std::shared_ptr<const Rulebook>& rulebook() {
  static const auto kRules = std::make_shared<const Rulebook>(Rulebook::load({TEARSHEET_SOURCE_DIR "/rules"}).value());
  return kRules;
}

const TidyRules& tidy_rules() {
  static const auto kTidy = [] {
    const SettingsFile* settings = rulebook()->settings("tidy");
    return TidyRules::compile(settings->tree, settings->path, settings->text).value();
  }();
  return kTidy;
}

Article parsed(const std::string& text) { return parse(decode(blob_of(text), 64 << 20).value().blob).value(); }

std::vector<Article> prepared() {
  std::vector<Article> all;
  for (const std::string& text : articles()) {
    Article article = parsed(text);
    tidy(article, tidy_rules());
    all.push_back(std::move(article));
  }
  return all;
}

/// Runs `work` over every article in turn and reports bytes and articles a second.
template <class Work>
void over_articles(benchmark::State& state, Work work) {
  std::size_t at = 0;
  std::int64_t bytes = 0;
  for (auto _ : state) {
    bytes += static_cast<std::int64_t>(articles()[at].size());
    benchmark::DoNotOptimize(work(at));
    at = (at + 1) % kArticles;
  }
  state.SetBytesProcessed(bytes);
  state.SetItemsProcessed(state.iterations());
}

/// The baseline: what any reader must do, see every byte twice.
void baseline_validate_and_hash(benchmark::State& state) {
  over_articles(state, [](std::size_t at) { return utf8::is_valid(articles()[at]) ? hash::sha256_hex(articles()[at]) : std::string(); });
}
BENCHMARK(baseline_validate_and_hash);

void decode_and_parse(benchmark::State& state) {
  over_articles(state, [](std::size_t at) { return parse(decode(blob_of(articles()[at]), 1 << 20).value().blob).value().blocks.size(); });
}
BENCHMARK(decode_and_parse);

/// With a copy of the article, since tidy marks what it is given.
void tidy_all(benchmark::State& state) {
  std::vector<Article> all;
  for (const std::string& text : articles()) all.push_back(parsed(text));
  over_articles(state, [&](std::size_t at) {
    Article article = all[at];
    tidy(article, tidy_rules());
    return article.blocks.size();
  });
}
BENCHMARK(tidy_all);

void extract_all_types(benchmark::State& state) {
  const Extractor extractor = Extractor::build(rulebook()).value();
  const std::vector<Article> all = prepared();
  over_articles(state, [&](std::size_t at) { return extractor.extract(all[at], std::nullopt).size(); });
}
BENCHMARK(extract_all_types);

void record_all(benchmark::State& state) {
  const Extractor extractor = Extractor::build(rulebook()).value();
  const SettingsFile* settings = rulebook()->settings("records");
  const RecordRules rules = RecordRules::compile(settings->tree, settings->path, settings->text).value();
  const std::vector<Article> all = prepared();
  std::vector<std::vector<Mention>> mentions;
  std::vector<std::vector<Link>> links;
  for (const Article& article : all) {
    mentions.push_back(extractor.extract(article, std::nullopt));
    links.push_back(link(article, mentions.back()));
  }
  over_articles(state, [&](std::size_t at) { return record(all[at], mentions[at], links[at], rules).size(); });
}
BENCHMARK(record_all);

void simhash_of_body(benchmark::State& state) {
  const std::vector<Article> all = prepared();
  over_articles(state, [&](std::size_t at) { return hash::simhash(body_of(all[at])); });
}
BENCHMARK(simhash_of_body);

void read_whole(benchmark::State& state) {
  over_articles(state, [](std::size_t at) { return engine().read(blob_of(articles()[at])).records.size(); });
}
BENCHMARK(read_whole);

void read_and_write_json(benchmark::State& state) {
  SinkOptions options;
  const auto sink = sinks()[0].make("", options).value();
  over_articles(state, [&](std::size_t at) { return sink->render(engine().read(blob_of(articles()[at]))).size(); });
}
BENCHMARK(read_and_write_json);

/// Linear time: the same text once, twice, four times as long; the time a byte must not grow.
void read_long(benchmark::State& state) {
  std::string text;
  for (std::size_t at = 0; static_cast<std::int64_t>(text.size()) < state.range(0); at = (at + 1) % kArticles) text += articles()[at];
  for (auto _ : state) benchmark::DoNotOptimize(engine().read(blob_of(text)).mentions.size());
  state.SetBytesProcessed(state.iterations() * static_cast<std::int64_t>(text.size()));
}
BENCHMARK(read_long)->RangeMultiplier(4)->Range(64 << 10, 16 << 20)->Unit(benchmark::kMillisecond);

void open_engine(benchmark::State& state) {
  Options options;
  options.rules = {TEARSHEET_SOURCE_DIR "/rules"};
  for (auto _ : state) benchmark::DoNotOptimize(Engine::open(options).value().rules_hash());
}
BENCHMARK(open_engine)->Unit(benchmark::kMillisecond);

}  // namespace

BENCHMARK_MAIN();
