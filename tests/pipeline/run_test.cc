// Run: in order, whatever the number of threads; one bad article stops nothing, a sink that fails stops all.
#include <doctest/doctest.h>

#include <csignal>

#include "pipeline/run.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;

namespace {

const Engine& engine() {
  static const Engine kept = [] {
    Options options;
    options.rules = {std::string(TEARSHEET_SOURCE_DIR) + "/rules"};
    auto made = Engine::open(options);
    REQUIRE_MESSAGE(made.has_value(), (made ? std::string() : made.error().what));
    return std::move(*made);
  }();
  return kept;
}

/// `count` short articles; every seventh cannot be read, every eleventh is skipped.
class Numbers : public Source {
 public:
  explicit Numbers(int count, int pause_at = -1) : count_(count), pause_at_(pause_at) {}
  std::optional<Item> next() override {
    if (at_ == count_) return std::nullopt;
    const int number = at_++;
    Origin origin;
    origin.path = std::to_string(number);
    Item item{origin, fail("F004", "broken"), false, 10, number == pause_at_};
    if (number % 11 == 10) {
      item.blob = fail("I004", "a PDF");
      item.skipped = true;
    } else if (number % 7 != 6) {
      Blob blob;
      blob.origin = origin;
      blob.bytes = "Prices rose " + std::to_string(number) + " percent in the year to March.";
      item.blob = std::move(blob);
    }
    return item;
  }
  std::uint64_t total_bytes() const override { return 0; }

 private:
  int count_, pause_at_, at_ = 0;
};

class Keep : public Sink {
 public:
  explicit Keep(std::size_t fail_after = SIZE_MAX) : fail_after_(fail_after) {}
  std::string render(const Reading& reading) const override {
    return reading.article.origin.path + (reading.error ? "!" : "") + "\n";
  }
  Result<void> write(std::string_view rendered) override {
    if (pieces++ == fail_after_) return fail("S001", "full");
    text += rendered;
    return {};
  }
  Result<void> flush() override { return ++flushes, Result<void>(); }
  Result<void> finish() override { return finished = true, Result<void>(); }

  std::string text;
  std::size_t pieces = 0;
  int flushes = 0;
  bool finished = false;

 private:
  std::size_t fail_after_;
};

}  // namespace

TEST_CASE("run: input order for any number of threads and any queue") {
  std::string want;
  for (int i = 0; i < 500; ++i) {
    if (i % 11 != 10) want += std::to_string(i) + (i % 7 == 6 ? "!\n" : "\n");
  }
  struct Row {
    unsigned jobs;
    std::uint32_t queue;
  };
  for (const Row& row : {Row{1, 64}, Row{2, 2}, Row{8, 64}, Row{8, 3}}) {
    CAPTURE(row.jobs);
    CAPTURE(row.queue);
    Numbers source(500);
    Keep sink;
    std::vector<std::string> complaints;
    RunOptions options;
    options.jobs = row.jobs;
    options.queue = row.queue;
    options.complain = [&](const std::string& where, const Error&, bool) { complaints.push_back(where); };
    const auto summary = run(engine(), source, sink, options);
    REQUIRE(summary.has_value());
    CHECK(sink.text == want);
    CHECK(sink.finished);
    CHECK(summary->read + summary->failed + summary->skipped == 500);
    CHECK(summary->skipped == 45);
    CHECK(summary->failures.size() == summary->failed);
    CHECK(complaints.size() == summary->failed + summary->skipped);
    CHECK(std::is_sorted(complaints.begin(), complaints.end(),
                         [](const auto& a, const auto& b) { return std::stoi(a) < std::stoi(b); }));
    CHECK(summary->mentions_by_type.at("percent") == summary->read);
  }
}

TEST_CASE("run: a sink that fails ends the run with its error") {
  Numbers source(100'000);
  Keep sink(20);
  RunOptions options;
  options.jobs = 4;
  const auto summary = run(engine(), source, sink, options);
  REQUIRE_FALSE(summary.has_value());
  CHECK(summary.error().code == "S001");
  CHECK_FALSE(sink.finished);
}

TEST_CASE("run: stopped, it keeps what is in flight and does not finish the sink") {
  Numbers source(100'000);
  Keep sink;
  std::atomic<bool> stop{false};
  RunOptions options;
  options.jobs = 2;
  options.stop = &stop;
  int said = 0;
  options.complain = [&](const std::string&, const Error&, bool) { stop = ++said > 5; };
  const auto summary = run(engine(), source, sink, options);
  REQUIRE(summary.has_value());
  CHECK(summary->stopped);
  CHECK(summary->read < 1000);
  CHECK_FALSE(sink.finished);
  CHECK(sink.flushes > 0);
  CHECK(sink.text.starts_with("0\n1\n2\n3\n4\n5\n6!\n7\n"));
}

TEST_CASE("run: a pause of the input flushes the output") {
  Numbers source(50, 20);
  Keep sink;
  REQUIRE(run(engine(), source, sink, {}).has_value());
  CHECK(sink.flushes == 1);
}

TEST_CASE("run: lines that are there already are passed over, skipped inputs gave none") {
  Numbers source(30);
  Keep sink;
  RunOptions options;
  options.skip_lines = 12;  // inputs 0 to 12, of which 10 was skipped
  REQUIRE(run(engine(), source, sink, options).has_value());
  CHECK(sink.text.starts_with("13!\n14\n"));
}

namespace {

/// Kills the process that renders number 3.
class Deadly : public Keep {
 public:
  std::string render(const Reading& reading) const override {
    if (reading.article.origin.path == "3" && !reading.error) ::raise(SIGKILL);
    return Keep::render(reading);
  }
};

}  // namespace

TEST_CASE("run: with isolate a document that kills its process is one failed line, the others are as ever") {
  std::string want;
  for (int i = 0; i < 40; ++i)
    if (i % 11 != 10) want += std::to_string(i) + (i % 7 == 6 || i == 3 ? "!\n" : "\n");
  Numbers source(40);
  Deadly sink;
  std::vector<std::string> codes;
  RunOptions options;
  options.jobs = 2;
  options.isolate = WorkerLimits{0, 20};
  options.complain = [&](const std::string& where, const Error& error, bool skipped) {
    if (!skipped && where == "3") codes.push_back(error.code);
  };
  const auto done = run(engine(), source, sink, options);
  REQUIRE(done.has_value());
  CHECK(sink.text == want);
  CHECK(codes == std::vector<std::string>{"E007"});
  CHECK(done->mentions > 0);
  CHECK(done->mentions_by_type.count("percent") == 1);
}
