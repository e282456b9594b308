// Run: the batch job: one reader, workers, one ordered writer.
#include "pipeline/run.h"

#include <algorithm>
#include <condition_variable>
#include <deque>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>

#include "pipeline/decode.h"
#include "pipeline/row.h"
#include "pipeline/run_wire.h"

namespace tearsheet {

namespace {

constexpr std::uint64_t kBytesInFlight = 64u << 20;
constexpr std::size_t kFailuresKept = 1000;
constexpr auto kProgressEvery = std::chrono::milliseconds(100);

bool is_no_text(const Error& error) { return error.code == "I004"; }

/// A file that is no text is passed over; a member of a container always gets its line.
bool is_skip(const Error& error, const Origin& origin) { return is_no_text(error) && origin.container.empty() && !origin.id; }

/// What a worker hands to the writer.
struct Piece {
  std::string rendered, where;
  std::optional<Error> error;
  bool skipped = false, pause = false;
  std::uint64_t bytes = 0, unread_bytes = 0, held = 0, mentions = 0, records = 0;
  std::map<std::string, std::uint64_t> types;
};

struct Job {
  std::uint64_t number = 0;
  Item item;
};

Answer read_blob(const Engine& engine, const Sink& sink, Blob blob) {
  Answer answer;
  const Origin origin = blob.origin;
  const Reading reading = engine.read(std::move(blob));
  answer.error = reading.error;
  if (!reading.error || !is_skip(*reading.error, origin)) answer.rendered = sink.render(reading);
  answer.mentions = reading.mentions.size();
  answer.records = reading.records.size();
  for (const Mention& mention : reading.mentions) ++answer.types[mention.type];
  return answer;
}

Answer refused(const Sink& sink, const Origin& origin, Error error) {
  Reading reading;
  reading.article.origin = origin;
  reading.error = error;
  return Answer{sink.render(reading), std::move(error), 0, 0, {}};
}

/// In this process, or in one of its own that may die over it.
Answer answer_of(const Engine& engine, const Sink& sink, Item& item, WorkerProcess* apart) {
  if (!item.blob) return refused(sink, item.origin, std::move(item.blob.error()));
  if (apart == nullptr) return read_blob(engine, sink, std::move(*item.blob));
  auto done = apart->call(to_wire(*item.blob));
  return done ? answer_from_wire(*done) : refused(sink, item.origin, std::move(done.error()));
}

Piece work(const Engine& engine, const Sink& sink, Item item, WorkerProcess* apart) {
  Piece piece;
  piece.bytes = item.bytes;
  piece.unread_bytes = item.unread_bytes;
  piece.pause = item.pause;
  piece.where = source_name(item.origin);
  piece.held = item.blob ? item.blob->bytes.size() : 0;
  if (item.blob) item.blob->origin = item.origin;
  Answer answer = answer_of(engine, sink, item, apart);
  piece.error = std::move(answer.error);
  piece.skipped = item.skipped || (piece.error && is_skip(*piece.error, item.origin));
  if (!piece.skipped) piece.rendered = std::move(answer.rendered);
  piece.mentions = answer.mentions;
  piece.records = answer.records;
  piece.types = std::move(answer.types);
  return piece;
}

/// One run: the queue between reader, workers and writer, all under one lock.
class Belt {
 public:
  Belt(const Engine& engine, Source& source, Sink& sink, const RunOptions& options)
      : engine_(engine),
        source_(source),
        sink_(sink),
        options_(options),
        limit_(std::max<std::uint32_t>(options.queue, 2)),
        pieces_(limit_) {}

  Result<Summary> go() {
    const unsigned cores = std::max(1u, std::thread::hardware_concurrency());
    const unsigned jobs = options_.jobs == 0 ? cores : options_.jobs;
    if (options_.isolate) {  // before any thread: a fork is whole only then
      const auto serve = [this](std::string_view request) { return to_wire(read_blob(engine_, sink_, blob_from_wire(request))); };
      auto apart = WorkerProcess::start(jobs, serve, *options_.isolate);
      if (!apart) return tl::unexpected(std::move(apart.error()));
      apart_ = std::move(*apart);
    }
    pass_over_written();
    {
      std::vector<std::jthread> workers;
      for (unsigned i = 0; i < jobs; ++i)
        workers.emplace_back([this, apart = apart_.empty() ? nullptr : apart_[i].get()] { work_all(apart); });
      std::jthread writer([this] { write_all(); });
      read_all();
    }
    if (failure_) return tl::unexpected(std::move(*failure_));
    summary_.stopped = stop_asked();
    if (auto done = summary_.stopped ? sink_.flush() : sink_.finish(); !done) return tl::unexpected(std::move(done.error()));
    if (options_.progress) options_.progress(summary_, source_.total_bytes());
    return std::move(summary_);
  }

 private:
  bool stop_asked() const { return options_.stop != nullptr && options_.stop->load(); }

  /// What gave the lines of an earlier run is read again no further than to know that it gave one.
  void pass_over_written() {
    for (std::uint64_t left = options_.skip_lines; left > 0 && !stop_asked();) {
      auto item = source_.next();
      if (!item) return;
      summary_.unread_bytes += item->bytes + item->unread_bytes;
      if (item->skipped) continue;
      const bool is_member = !item->origin.container.empty() || item->origin.id;
      if (item->blob && !is_member) {
        const auto decoded = decode(std::move(*item->blob), engine_.options().max_bytes);
        if (!decoded && is_skip(decoded.error(), item->origin)) continue;
      }
      --left;
    }
  }

  void read_all() {
    std::uint64_t number = 0;
    while (!stop_asked()) {
      auto item = source_.next();
      if (!item || stop_asked()) break;
      const std::uint64_t bytes = item->blob ? item->blob->bytes.size() : 0;
      std::unique_lock lock(mutex_);
      room_.wait(lock, [&] { return over_ || (number - written_ < limit_ && (held_ == 0 || held_ + bytes <= kBytesInFlight)); });
      if (over_) return;
      held_ += bytes;
      jobs_.push_back(Job{number++, std::move(*item)});
      total_bytes_ = source_.total_bytes();
      more_.notify_one();
    }
    const std::scoped_lock lock(mutex_);
    last_ = number;
    more_.notify_all();
    ready_.notify_all();
  }

  void work_all(WorkerProcess* apart) {
    for (;;) {
      std::unique_lock lock(mutex_);
      more_.wait(lock, [&] { return over_ || last_ || !jobs_.empty(); });
      if (over_ || jobs_.empty()) return;
      Job job = std::move(jobs_.front());
      jobs_.pop_front();
      lock.unlock();
      Piece piece = work(engine_, sink_, std::move(job.item), apart);
      lock.lock();
      pieces_[job.number % limit_] = std::move(piece);
      if (job.number == written_) ready_.notify_one();
    }
  }

  void write_all() {
    for (;;) {
      std::unique_lock lock(mutex_);
      auto& slot = pieces_[written_ % limit_];
      ready_.wait(lock, [&] { return slot.has_value() || (last_ && written_ == *last_); });
      if (!slot) return;
      Piece piece = std::move(*slot);
      slot.reset();
      const std::uint64_t total = total_bytes_;
      lock.unlock();
      auto done = write_one(piece, total);
      lock.lock();
      ++written_;
      held_ -= piece.held;
      if (!done) {
        failure_ = std::move(done.error());
        over_ = true;
        more_.notify_all();
      }
      room_.notify_one();
      if (over_) return;
    }
  }

  Result<void> write_one(const Piece& piece, std::uint64_t total) {
    count(piece);
    if (!piece.rendered.empty()) {
      if (auto done = sink_.write(piece.rendered); !done) return done;
    }
    if (piece.pause) {
      if (auto done = sink_.flush(); !done) return done;
    }
    const auto now = std::chrono::steady_clock::now();
    if (options_.progress && now - told_ >= kProgressEvery) {
      told_ = now;
      options_.progress(summary_, total);
    }
    return {};
  }

  void count(const Piece& piece) {
    summary_.bytes += piece.bytes;
    summary_.unread_bytes += piece.unread_bytes;
    summary_.mentions += piece.mentions;
    summary_.records += piece.records;
    for (const auto& [type, number] : piece.types) summary_.mentions_by_type[type] += number;
    if (!piece.error)
      ++summary_.read;
    else if (piece.skipped)
      ++summary_.skipped;
    else
      ++summary_.failed;
    if (!piece.error) return;
    if (!piece.skipped && summary_.failures.size() < kFailuresKept) summary_.failures.emplace_back(piece.where, *piece.error);
    if (options_.complain) options_.complain(piece.where, *piece.error, piece.skipped);
  }

  const Engine& engine_;
  Source& source_;
  Sink& sink_;
  const RunOptions& options_;
  const std::uint64_t limit_;
  std::vector<std::unique_ptr<WorkerProcess>> apart_;  // one a thread with --isolate, else none

  std::mutex mutex_;
  std::condition_variable room_, more_, ready_;
  std::deque<Job> jobs_;
  std::vector<std::optional<Piece>> pieces_;  // a ring: piece n stands at n modulo limit_
  std::uint64_t written_ = 0, held_ = 0, total_bytes_ = 0;
  std::optional<std::uint64_t> last_;  // how many items there are, once the reader knows
  bool over_ = false;                  // the sink has failed

  Summary summary_;  // the writer's own
  std::optional<Error> failure_;
  std::chrono::steady_clock::time_point told_{};
};

}  // namespace

Result<Summary> run(const Engine& engine, Source& source, Sink& sink, const RunOptions& options) {
  return Belt(engine, source, sink, options).go();
}

}  // namespace tearsheet
