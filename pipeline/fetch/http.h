// HTTP: many requests at once, guarded and limited. The one door to libcurl.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tearsheet/error.h"

namespace tearsheet {

using Headers = std::vector<std::pair<std::string, std::string>>;
/// The last header called `name`, any case; empty when there is none.
std::string_view header(const Headers& headers, std::string_view name);

struct HttpOptions {
  std::string user_agent;                    // sent with every request
  bool allow_private = false;                // connect to any address: tests and intranets
  std::string proxy;                         // "http://proxy:3128"; empty = none, whatever the environment says
  std::string ca_file;                       // PEM; empty = the system's
  std::uint32_t parallel = 32;               // at a time
  std::uint32_t parallel_per_host = 4;       // connections; politeness is the caller's
  std::uint64_t max_body_bytes = 16u << 20;  // after decompression
  std::uint32_t max_header_bytes = 64u << 10;
  std::uint32_t connect_timeout_ms = 15'000;
  std::uint32_t total_timeout_ms = 60'000;
  std::uint32_t slow_bytes_s = 64;  // slower than this for slow_s: given up
  std::uint32_t slow_s = 20;
};

struct HttpRequest {
  std::string url;       // http or https
  Headers headers;       // beside User-Agent and Accept-Encoding
  std::uint64_t id = 0;  // the caller's; comes back in the answer
};

/// One answer. Redirects are answers like any other: the caller follows them.
struct HttpAnswer {
  std::uint64_t id = 0;
  std::string url;               // that was asked for
  long status = 0;               // 0 when there is an error
  std::string version;           // "HTTP/1.1", "HTTP/2"
  std::string status_line;       // "HTTP/1.1 200 OK"
  Headers headers;               // of the answer, in order
  std::string request_head;      // as it went out, credentials and all: redact before it is kept
  std::string body;              // decompressed
  std::string address;           // that answered: "93.184.216.34"
  std::uint64_t wire_bytes = 0;  // of the body as it was transferred
  double seconds = 0;
  std::optional<Error> error;  // H001 address refused, H002 no such host, H003 cannot connect, H004 timeout, H005 certificate,
                               // H006 body too large, H007 headers too large, H008 the connection broke off, H009 other
};

/// Runs requests. Not thread-safe: one thread calls it.
///
/// The guard looks at the address of each connection as it is opened (pipeline/fetch/guard), whatever name led there. Only http
/// and https are spoken. HTTP/2 where the server does, connections reused, gzip, deflate, brotli and zstd as libcurl has them,
/// certificates checked, no cookies, no .netrc, no redirects, no proxy from the environment. Bodies are counted as they are
/// decompressed, so that no bomb grows past its limit.
class Http {
 public:
  /// Fails with H010 where libcurl cannot start.
  static Result<Http> open(HttpOptions options);
  Http(Http&&) noexcept;
  Http& operator=(Http&&) noexcept;
  ~Http();

  /// Takes a request; it starts with the next step(). A URL or host that may not be asked gives an answer with H001.
  void start(HttpRequest request);
  /// Requests started and not answered.
  std::size_t open_requests() const;
  std::uint32_t parallel() const;
  /// Moves all transfers, waits at most `wait_ms` for news, and gives the answers that are ready.
  std::vector<HttpAnswer> step(int wait_ms);
  /// Drops all open requests without an answer.
  void abandon();

 private:
  struct State;
  explicit Http(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

/// Seconds of a Retry-After, from now on: a number of seconds, or an HTTP date against `now_s`. Nothing when it is neither; 0 for
/// one that is over.
std::optional<std::int64_t> retry_after_s(std::string_view value, std::int64_t now_s);
/// Seconds that an answer may be kept: Cache-Control max-age (s-maxage is for shared caches, passed over), no-cache and no-store
/// are 0; else Expires against Date. Nothing where the answer says nothing.
std::optional<std::int64_t> fresh_for_s(const Headers& headers, std::int64_t now_s);
/// Seconds since 1970 of an HTTP date (RFC 9110, section 5.6.7: all three forms).
std::optional<std::int64_t> http_date_s(std::string_view text);

}  // namespace tearsheet
