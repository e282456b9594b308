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
    const bench::Texts texts(TEARSHEET_SOURCE_DIR "/corpus");
    std::vector<std::string> all;
    for (std::size_t i = 0; i < kArticles; ++i) all.push_back(texts.article(i));
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

std::vector<Article> prepared() {
  static const auto kRules = std::make_shared<const Rulebook>(Rulebook::load({TEARSHEET_SOURCE_DIR "/rules"}).value());
  const SettingsFile* settings = kRules->settings("tidy");
  static const TidyRules kTidy = TidyRules::compile(settings->tree, settings->path, settings->text).value();
  std::vector<Article> all;
  for (const std::string& text : articles()) {
    Article article = parse(decode(blob_of(text), 1 << 20).value().blob).value();
    tidy(article, kTidy);
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

void extract_all_types(benchmark::State& state) {
  const auto rules = std::make_shared<const Rulebook>(Rulebook::load({TEARSHEET_SOURCE_DIR "/rules"}).value());
  const Extractor extractor = Extractor::build(rules).value();
  const std::vector<Article> all = prepared();
  over_articles(state, [&](std::size_t at) { return extractor.extract(all[at], std::nullopt).size(); });
}
BENCHMARK(extract_all_types);

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
