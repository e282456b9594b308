// Polite: one queue a host, a gap between its requests, and who is next.
#pragma once

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace tearsheet {

/// Which request may go out now. Knows no network and no clock: times are milliseconds of the caller's own clock. Deterministic.
class Polite {
 public:
  /// `seed` shuffles the hosts: which of several that may be asked goes first.
  explicit Polite(std::int64_t gap_ms, std::uint64_t seed = 0) : gap_ms_(gap_ms), seed_(seed) {}

  /// Queues `job` for `host`. Lower `rank` goes first within its host; equal ranks in order of add().
  void add(const std::string& host, std::uint64_t job, std::int64_t rank);
  /// Puts `job` before all others of its host: a redirect, a robots.txt.
  void add_first(const std::string& host, std::uint64_t job);
  /// A longer gap for one host (Crawl-delay); never shorter than the general one.
  void set_gap(const std::string& host, std::int64_t gap_ms);
  /// Nothing for `host` before `until_ms`; its queued jobs are taken out and returned.
  std::vector<std::uint64_t> back_off(const std::string& host, std::int64_t until_ms);
  bool backs_off(const std::string& host, std::int64_t now_ms) const;

  /// The next job that may start, or nothing. Among the hosts that may be asked, the one asked least often so far goes first, so
  /// that no host takes the run for itself. One request a host at a time: done() frees it.
  struct Next {
    std::string host;
    std::uint64_t job = 0;
  };
  std::optional<Next> next(std::int64_t now_ms);
  void done(const std::string& host, std::int64_t now_ms);

  /// When a job may start at the earliest, while none is running: the caller's clock. Nothing when nothing waits.
  std::optional<std::int64_t> next_at() const;
  std::size_t waiting() const { return waiting_; }
  /// Takes out all that waits.
  std::vector<std::uint64_t> clear();

 private:
  struct Entry {
    std::int64_t rank;
    std::uint64_t order, job;
    bool operator<(const Entry& other) const { return rank != other.rank ? rank < other.rank : order < other.order; }
  };
  struct Host {
    std::deque<std::uint64_t> first;
    std::map<Entry, bool> queue;
    std::int64_t free_at_ms = 0, until_ms = 0, gap_ms = 0;
    std::uint64_t asked = 0, mix = 0;
    bool busy = false;
    bool is_empty() const { return first.empty() && queue.empty(); }
  };
  Host& host_of(const std::string& name);
  std::int64_t gap_ms_;
  std::uint64_t seed_;
  std::map<std::string, Host> hosts_;
  std::uint64_t order_ = 0;
  std::size_t waiting_ = 0;
};

}  // namespace tearsheet
