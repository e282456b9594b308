// Stop: Ctrl-C asks a run to end; what is finished is kept.
#include "cli/stop.h"

#include <fcntl.h>
#include <pthread.h>
#include <unistd.h>

#include <csignal>

#include "cli/command.h"

namespace tearsheet::cli {

namespace {

// A signal handler can reach nothing but these.
std::atomic<bool> last_asked{false};
std::atomic<int> last_nothing{-1};
std::atomic<pthread_t> last_thread{};

extern "C" void on_signal(int signal) {
  // Signals go to the thread that reads, whose blocked read() must end.
  if (pthread_equal(pthread_self(), last_thread.load()) == 0) {
    pthread_kill(last_thread.load(), signal);
    return;
  }
  if (last_asked.exchange(true)) _exit(kInterrupted);
  if (last_nothing.load() >= 0) dup2(last_nothing.load(), STDIN_FILENO);
}

}  // namespace

Stop::Stop() {
  last_asked = false;
  last_thread = pthread_self();
  last_nothing = ::open("/dev/null", O_RDONLY | O_CLOEXEC);
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  ::sigaction(SIGINT, &action, nullptr);
  ::sigaction(SIGTERM, &action, nullptr);
}

Stop::~Stop() {
  std::signal(SIGINT, SIG_DFL);
  std::signal(SIGTERM, SIG_DFL);
  const int nothing = last_nothing.exchange(-1);
  if (nothing >= 0) ::close(nothing);
}

const std::atomic<bool>& Stop::asked() const { return last_asked; }

}  // namespace tearsheet::cli
