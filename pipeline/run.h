// Run: the batch job: one reader, workers, one ordered writer.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/fetch/source.h"
#include "pipeline/sink/sink.h"
#include "pipeline/worker_process.h"
#include "tearsheet/engine.h"

namespace tearsheet {

/// What became of a run, for the summary, the exit code and --fail-if.
struct Summary {
  std::uint64_t read = 0, skipped = 0, failed = 0, bytes = 0, mentions = 0, records = 0;
  std::uint64_t unread_bytes = 0;  // of files skipped, cut or passed over: `bytes` and these are how far the run has come
  std::map<std::string, std::uint64_t> mentions_by_type;
  std::vector<std::pair<std::string, Error>> failures;  // where and why; the first 1,000
  bool stopped = false;                                 // by `stop`
};

struct RunOptions {
  unsigned jobs = 0;                        // worker threads; 0 = all cores
  std::uint32_t queue = 64;                 // items between reader and writer at most: memory stays flat
  std::uint64_t skip_lines = 0;             // --resume: pass over the inputs that gave the first so many lines
  const std::atomic<bool>* stop = nullptr;  // set by Ctrl-C: finish what is in flight, in order, then end
  std::optional<WorkerLimits> isolate;      // read each document in a process with these limits; none = in this one
  std::function<void(const Summary&, std::uint64_t total_bytes)> progress;  // called by the writer, at most 10 times a second
  std::function<void(const std::string& where, const Error&, bool skipped)>
      complain;  // each failure as it happens, in input order
};

/// Reads everything from `source`, writes it to `sink` in input order. One bad article never stops a run: it becomes a line with
/// `error`. A file of no known format is skipped: it is complained about and gives no line; a JSON line always gives one. The
/// calling thread reads; the sink is written by one other thread. When stopped, the sink is flushed and not finished. Fails only
/// when the sink does. Same output for any number of jobs. Memory: `queue` items and 64 MB of input at most.
/// With `isolate` a document that kills the process reading it becomes one such line, too (E007), and fails with E006 when no
/// process can be started; call it before the program has other threads.
Result<Summary> run(const Engine& engine, Source& source, Sink& sink, const RunOptions& options);

}  // namespace tearsheet
