// Polite fetch: requests that keep robots.txt, gaps, back-off and redirects in order.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "pipeline/fetch/http.h"
#include "pipeline/fetch/polite.h"
#include "pipeline/fetch/robots.h"

namespace tearsheet {

/// What is to be fetched.
struct FetchJob {
  std::uint64_t id = 0;
  std::string url;
  Headers headers;  // for this URL's origin only: dropped when a redirect leaves it
  Headers
      everywhere;  // conditional and content headers: kept on each hop within the origin, dropped beyond it too but for Accept
  bool robots = true;     // ask robots.txt first
  std::int64_t rank = 0;  // lower first within its host
};

/// What came of it.
struct FetchResult {
  std::uint64_t id = 0;
  HttpAnswer answer;  // of the last hop
  std::string final_url;
  std::string moved_to;        // where the first hops, all 301 or 308, lead for good; empty where the address has not moved
  std::optional<Error> error;  // the answer's own, or H020 refused by robots.txt, H021 too many redirects, H022 a bad redirect,
                               // H023 the host asks for rest (403, 429, 503 before, or Retry-After), H024 the run has ended
  bool deferred = false;  // not tried, or to be tried again: no fault of the address
};

/// Robots.txt files as they were fetched, kept between runs by the owner.
struct RobotsCopy {
  int status = 0;  // 0 = unreachable
  std::string text;
  std::int64_t fetched_s = 0;
};

struct PoliteOptions {
  std::int64_t gap_ms = 1000;
  std::int64_t robots_age_s = 24 * 3600;
  int redirects = 10;
  std::uint64_t seed = 0;  // of the order of hosts
  std::string robots_agent = "Tearsheet";
};

/// Runs jobs through Http and Polite. Not thread-safe. The clock is the caller's: milliseconds since 1970.
class PoliteFetch {
 public:
  struct Hooks {
    std::function<std::int64_t()> now_ms;
    std::function<std::optional<RobotsCopy>(const std::string& origin)> load_robots;
    std::function<void(const std::string& origin, const RobotsCopy&)> store_robots;
    std::function<std::int64_t(const std::string& host)> rests_until_ms;  // 0 = not
    std::function<void(const std::string& host, std::int64_t until_ms)> store_rest;
    std::function<void(const HttpAnswer&)> archive;  // each answer but robots.txt, redirects too
  };
  PoliteFetch(Http http, PoliteOptions options, Hooks hooks);
  PoliteFetch(const PoliteFetch&) = delete;
  PoliteFetch& operator=(const PoliteFetch&) = delete;
  ~PoliteFetch();

  void add(FetchJob job);
  /// Jobs that have no result yet.
  std::size_t open_jobs() const;
  /// Starts what may start, waits at most `wait_ms`, gives what is finished.
  std::vector<FetchResult> step(int wait_ms);
  /// Nothing new starts: all that waits comes out deferred. What is on its way may still arrive.
  std::vector<FetchResult> stop_waiting();
  /// What is on its way is dropped, too.
  std::vector<FetchResult> abandon();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace tearsheet
