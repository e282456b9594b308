// Worker process: caller, guardian, worker. The worker reads requests from the caller's socket itself; its answers go through the
// guardian, which alone can tell a whole answer from the beginning of one.
#include "pipeline/worker_process.h"

#include <fmt/format.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstring>
#include <exception>

namespace tearsheet {
namespace {

enum : char { kAnswer = 'A', kDied = 'D' };

bool send_all(int to, const char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t sent = ::send(to, data, size, MSG_NOSIGNAL);
    if (sent < 0 && errno == EINTR) continue;
    if (sent <= 0) return false;
    data += sent;
    size -= static_cast<std::size_t>(sent);
  }
  return true;
}

bool receive_all(int from, char* data, std::size_t size) {
  while (size > 0) {
    const ssize_t got = ::recv(from, data, size, 0);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return false;
    data += got;
    size -= static_cast<std::size_t>(got);
  }
  return true;
}

bool send_frame(int to, char kind, std::string_view body) {
  char head[9] = {kind};
  const std::uint64_t size = body.size();
  std::memcpy(head + 1, &size, sizeof size);
  return send_all(to, head, sizeof head) && send_all(to, body.data(), body.size());
}

bool receive_frame(int from, char& kind, std::string& body) {
  char head[9];
  if (!receive_all(from, head, sizeof head)) return false;
  kind = head[0];
  std::uint64_t size = 0;
  std::memcpy(&size, head + 1, sizeof size);
  body.resize(size);
  return receive_all(from, body.data(), body.size());
}

void limit_memory(const WorkerLimits& limits) {
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)  // they map terabytes
  if (limits.memory_bytes == 0) return;
  const rlimit limit{limits.memory_bytes, limits.memory_bytes};
  ::setrlimit(RLIMIT_AS, &limit);
#else
  static_cast<void>(limits);
#endif
}

// RLIMIT_CPU counts from the start of the process: it is moved on before each call.
void limit_time(const WorkerLimits& limits) {
  if (limits.seconds == 0) return;
  rusage usage{};
  ::getrusage(RUSAGE_SELF, &usage);
  rlimit limit{};
  ::getrlimit(RLIMIT_CPU, &limit);
  const auto used = static_cast<rlim_t>(usage.ru_utime.tv_sec + usage.ru_stime.tv_sec);
  limit.rlim_cur = std::min<rlim_t>(used + 1 + limits.seconds, limit.rlim_max);
  ::setrlimit(RLIMIT_CPU, &limit);
}

[[noreturn]] void serve_all(int requests, int answers, const WorkerProcess::Serve& serve, const WorkerLimits& limits) {
  const rlimit no_core{0, 0};
  ::setrlimit(RLIMIT_CORE, &no_core);
  limit_memory(limits);
  char kind = 0;
  try {
    for (std::string request; receive_frame(requests, kind, request);) {
      limit_time(limits);
      if (!send_frame(answers, kAnswer, serve(request))) ::_exit(1);
    }
  } catch (const std::exception&) {
    ::_exit(2);
  }
  ::_exit(0);
}

std::string cause_of(int status, const WorkerLimits& limits) {
  if (!WIFSIGNALED(status)) return fmt::format("it ended with status {}", WEXITSTATUS(status));
  const int signal = WTERMSIG(status);
  if (signal == SIGXCPU) return fmt::format("it took more than {} s of processor time", limits.seconds);
  return fmt::format("signal {} ({})", signal, ::strsignal(signal));
}

// Starts workers until one ends by itself, which it does when the caller has closed its socket.
[[noreturn]] void guard(int caller, const WorkerProcess::Serve& serve, const WorkerLimits& limits) {
  for (;;) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) ::_exit(1);
    const pid_t worker = ::fork();
    if (worker < 0) ::_exit(1);
    if (worker == 0) {
      ::close(pair[0]);
      serve_all(caller, pair[1], serve, limits);
    }
    ::close(pair[1]);
    char kind = 0;
    for (std::string answer; receive_frame(pair[0], kind, answer);)
      if (!send_frame(caller, kind, answer)) break;
    ::close(pair[0]);
    int status = 0;
    while (::waitpid(worker, &status, 0) < 0 && errno == EINTR) {
    }
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0) ::_exit(0);
    if (!send_frame(caller, kDied, cause_of(status, limits))) ::_exit(0);
  }
}

}  // namespace

Result<std::vector<std::unique_ptr<WorkerProcess>>> WorkerProcess::start(std::size_t count, const Serve& serve,
                                                                         WorkerLimits limits) {
  std::vector<std::unique_ptr<WorkerProcess>> all;
  const auto refuse = [] {
    return fail("E006", fmt::format("no worker process could be started: {}", std::strerror(errno)),
                "lower --jobs, or read without --isolate");
  };
  for (std::size_t i = 0; i < count; ++i) {
    int pair[2];
    if (::socketpair(AF_UNIX, SOCK_STREAM, 0, pair) != 0) return refuse();
    const pid_t guardian = ::fork();
    if (guardian < 0) {
      ::close(pair[0]);
      ::close(pair[1]);
      return refuse();
    }
    if (guardian == 0) {
      ::close(pair[0]);
      for (const auto& other : all) ::close(other->socket_);  // else their workers would never see the caller's end
      guard(pair[1], serve, limits);
    }
    ::close(pair[1]);
    all.emplace_back(new WorkerProcess(pair[0], guardian, limits));
  }
  return all;
}

WorkerProcess::~WorkerProcess() {
  ::close(socket_);
  int status = 0;
  while (::waitpid(guardian_, &status, 0) < 0 && errno == EINTR) {
  }
}

Result<std::string> WorkerProcess::call(std::string_view request) {
  char kind = kDied;
  std::string answer;
  const bool sent = send_frame(socket_, kAnswer, request);
  if (!receive_frame(socket_, kind, answer)) answer = sent ? "its guardian has gone" : "it could not be reached";
  if (kind == kAnswer) return answer;
  return fail("E007", "the process that read this document died: " + answer,
              "raise --limit-memory or --limit-seconds if the document is to be read; if it is small, please report it");
}

}  // namespace tearsheet
