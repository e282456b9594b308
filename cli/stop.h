// Stop: Ctrl-C asks a run to end; what is finished is kept.
#pragma once

#include <atomic>

namespace tearsheet::cli {

/// While it lives, SIGINT and SIGTERM set `asked()` and let a blocked read of standard input end; a second signal ends the
/// program at once with 130. The thread that makes it is the one that reads.
class Stop {
 public:
  Stop();
  Stop(const Stop&) = delete;
  Stop& operator=(const Stop&) = delete;
  ~Stop();

  const std::atomic<bool>& asked() const;
};

}  // namespace tearsheet::cli
