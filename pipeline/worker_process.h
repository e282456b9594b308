// Worker process: a function that is called in another process, so that what kills it does not kill the caller.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

struct WorkerLimits {
  std::uint64_t memory_bytes = 4ull << 30;  // of address space, what the program itself takes included; 0 = no limit
  std::uint32_t seconds = 60;               // of processor time for one call; 0 = no limit
};

/// A process that answers calls, one at a time, and the guardian process that starts it anew when it dies. Both are forks of this
/// process as it was at start(). Limits are resource limits (setrlimit): RLIMIT_AS, and RLIMIT_CPU moved on before each call.
class WorkerProcess {
 public:
  using Serve = std::function<std::string(std::string_view request)>;

  /// Starts `count` of them. Call it before any thread is started: only then is a fork of the process whole. Fails with E006 when
  /// the system gives no more processes.
  static Result<std::vector<std::unique_ptr<WorkerProcess>>> start(std::size_t count, const Serve& serve, WorkerLimits limits);
  WorkerProcess(const WorkerProcess&) = delete;
  WorkerProcess& operator=(const WorkerProcess&) = delete;
  ~WorkerProcess();  // ends both processes and waits for them

  /// What `serve` gives for `request`, from the other process. Fails with E007 when that process died over it; the next call
  /// finds a new one. One thread at a time.
  Result<std::string> call(std::string_view request);

 private:
  WorkerProcess(int socket, int guardian, WorkerLimits limits) : socket_(socket), guardian_(guardian), limits_(limits) {}

  int socket_, guardian_;
  WorkerLimits limits_;
};

}  // namespace tearsheet
