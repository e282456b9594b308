// HTTP against real local servers: what goes right, what breaks, what is refused.
#include "pipeline/fetch/http.h"

#include <doctest/doctest.h>
#include <zlib.h>

#include <cstdlib>
#include <string>

#include "tests/pipeline/local_server.h"
#include "tests/pipeline/sink_fixture.h"

using namespace tearsheet;
using tearsheet::test::LocalServer;
using tearsheet::test::RawServer;
using tearsheet::test::send_all;

namespace {

HttpOptions quick() {
  HttpOptions options;
  options.user_agent = "Tearsheet/test (+mailto:a@b.c)";
  options.allow_private = true;
  options.connect_timeout_ms = 2000;
  options.total_timeout_ms = 3000;
  return options;
}

HttpAnswer get(const std::string& url, const HttpOptions& options = quick(), Headers headers = {}) {
  auto http = Http::open(options);
  REQUIRE(http.has_value());
  http->start({url, std::move(headers), 7});
  for (int i = 0; i < 200; ++i) {
    auto answers = http->step(100);
    if (!answers.empty()) return answers.front();
  }
  FAIL("no answer");
  return {};
}

std::string code_of(const HttpAnswer& answer) { return answer.error ? answer.error->code : ""; }

std::string gzipped(const std::string& text) {
  z_stream stream{};
  deflateInit2(&stream, 9, Z_DEFLATED, 31, 9, Z_DEFAULT_STRATEGY);
  std::string out(deflateBound(&stream, static_cast<uLong>(text.size())), '\0'), in = text;
  stream.next_in = reinterpret_cast<Bytef*>(in.data());
  stream.avail_in = static_cast<uInt>(in.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  return out;
}

}  // namespace

TEST_CASE("http: an answer with its head, its body and what was sent") {
  LocalServer server;
  server.set("/a", {200, "hello", "text/html", {{"ETag", "\"1\""}}});
  const HttpAnswer answer = get(server.url("/a?x=1"), quick(), {{"X-Mine", "yes"}});
  CHECK(code_of(answer).empty());
  CHECK(answer.id == 7);
  CHECK(answer.status == 200);
  CHECK(answer.body == "hello");
  CHECK(answer.address == "127.0.0.1");
  CHECK(answer.status_line == "HTTP/1.1 200 OK");
  CHECK(header(answer.headers, "etag") == "\"1\"");
  CHECK(answer.request_head.find("GET /a?x=1 HTTP/1.1\r\n") == 0);
  CHECK(answer.request_head.find("User-Agent: Tearsheet/test (+mailto:a@b.c)\r\n") != std::string::npos);
  CHECK(answer.request_head.find("X-Mine: yes\r\n") != std::string::npos);
  CHECK(answer.request_head.find("Cookie") == std::string::npos);
}

TEST_CASE("http: redirects, 304, 410 and 429 are answers; nothing is followed") {
  LocalServer server;
  server.set("/r", {302, "", "text/html", {{"Location", "/a"}}});
  server.set("/g", {410, "gone"});
  server.set("/c", {200, "x", "text/html", {{"ETag", "\"1\""}}});
  CHECK(get(server.url("/r")).status == 302);
  CHECK(get(server.url("/g")).status == 410);
  CHECK(get(server.url("/c"), quick(), {{"If-None-Match", "\"1\""}}).status == 304);
  CHECK(server.count("/a") == 0);
}

TEST_CASE("http: private addresses are refused, by number, by name and behind a mapped form") {
  LocalServer server;
  server.set("/a", {200, "secret"});
  HttpOptions guarded = quick();
  guarded.allow_private = false;
  const std::string port = ":" + std::to_string(server.port()) + "/a";
  for (const std::string host : {"127.0.0.1", "localhost", "[::ffff:127.0.0.1]", "0.0.0.0", "2130706433", "127.1"}) {
    CAPTURE(host);
    const HttpAnswer answer = get("http://" + host + port, guarded);
    CHECK(code_of(answer) == "H001");
    CHECK(answer.body.empty());
  }
  CHECK(server.count("/a") == 0);
  for (const std::string url : {"file:///etc/passwd", "ftp://127.0.0.1/", "gopher://127.0.0.1/", "nonsense"})
    CHECK(code_of(get(url)) == "H001");
}

TEST_CASE("http: packed bodies are unpacked, bombs end at the limit") {
  LocalServer server;
  server.set("/gz", {200, gzipped("hello hello"), "application/x-page", {{"Content-Encoding", "gzip"}}});
  server.set("/bomb", {200, gzipped(std::string(50 << 20, 'a')), "application/x-page", {{"Content-Encoding", "gzip"}}});
  server.raw().Get("/chunks", [](const httplib::Request&, httplib::Response& response) {
    response.set_chunked_content_provider("text/plain", [](std::size_t offset, httplib::DataSink& sink) {
      const std::string piece(64 << 10, 'b');
      if (offset < (40u << 20)) return sink.write(piece.data(), piece.size());
      sink.done();
      return true;
    });
  });
  CHECK(get(server.url("/gz")).body == "hello hello");
  for (const char* path : {"/bomb", "/chunks"}) {
    CAPTURE(path);
    const HttpAnswer answer = get(server.url(path));
    CHECK(code_of(answer) == "H006");
    CHECK(answer.body.empty());
  }
}

TEST_CASE("http: what breaks off, drips, lies or floods ends with its reason") {
  struct Row {
    const char* why;
    std::function<void(int, const std::string&)> answer;
    const char* code;
  };
  std::atomic<bool> over{false};
  const Row rows[] = {
      {"closed without a word", [](int, const std::string&) {}, "H008"},
      {"a length longer than the body",
       [](int socket, const std::string&) { send_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nshort"); }, "H008"},
      {"no HTTP at all", [](int socket, const std::string&) { send_all(socket, "SSH-2.0-OpenSSH\r\n"); }, "H009"},
      {"gzip that is none",
       [](int socket, const std::string&) {
         send_all(socket, "HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 5\r\n\r\nplain");
       },
       "H008"},
      {"headers without an end",
       [](int socket, const std::string&) {
         send_all(socket, "HTTP/1.1 200 OK\r\n");
         for (int i = 0; i < 100 && send_all(socket, "X-" + std::to_string(i) + ": " + std::string(4000, 'x') + "\r\n"); ++i) {
         }
       },
       "H007"},
      {"a slow drip",
       [&over](int socket, const std::string&) {
         send_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n");
         while (!over && send_all(socket, "x")) std::this_thread::sleep_for(std::chrono::milliseconds(50));
       },
       "H004"},
      {"silence",
       [&over](int, const std::string&) {
         for (int i = 0; i < 100 && !over; ++i) std::this_thread::sleep_for(std::chrono::milliseconds(50));
       },
       "H004"},
      {"reset in the middle",
       [](int socket, const std::string&) {
         send_all(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nabc");
         const linger now{1, 0};
         ::setsockopt(socket, SOL_SOCKET, SO_LINGER, &now, sizeof now);
       },
       "H008"},
  };
  HttpOptions options = quick();
  options.total_timeout_ms = 700;
  for (const Row& row : rows) {
    CAPTURE(row.why);
    over = false;
    RawServer server(row.answer);
    const HttpAnswer answer = get(server.url("/"), options);
    over = true;
    CHECK(code_of(answer) == row.code);
    CHECK(answer.body.empty());
  }
  CHECK(code_of(get("http://127.0.0.1:1/")) == "H003");
  CHECK(code_of(get("http://no-such-host.invalid/")) == "H002");
}

TEST_CASE("http: many at once, connections reused, each answered") {
  LocalServer server;
  server.set("/a", {200, "x"});
  auto http = Http::open(quick());
  REQUIRE(http.has_value());
  for (std::uint64_t i = 0; i < 100; ++i) http->start({server.url("/a"), {}, i});
  std::size_t answered = 0;
  for (int i = 0; i < 500 && answered < 100; ++i) {
    for (const HttpAnswer& answer : http->step(50)) {
      CHECK(answer.status == 200);
      ++answered;
    }
  }
  CHECK(answered == 100);
  CHECK(http->open_requests() == 0);
  http->start({server.url("/a"), {}, 1});
  http->abandon();
  CHECK(http->open_requests() == 0);
}

TEST_CASE("http: a header value that would break the request is left out") {
  LocalServer server;
  server.set("/a", {200, "x"});
  const HttpAnswer answer = get(server.url("/a"), quick(), {{"X-A", "1\r\nX-Evil: 2"}});
  CHECK(answer.status == 200);
  CHECK(answer.request_head.find("Evil") == std::string::npos);
}

TEST_CASE("http: HTTP/2, compression and certificates, against nginx where it is installed") {
  if (std::system("command -v nginx >/dev/null 2>&1 && command -v openssl >/dev/null 2>&1") != 0) return;
  const test::Scratch scratch;
  scratch.write("www/a.html", "<p>" + std::string(5000, 'x') + "</p>");
  REQUIRE(std::system(("cd " + scratch.path() +
                       " && openssl req -x509 -newkey rsa:2048 -nodes -keyout key.pem -out cert.pem -days 2 -subj /CN=localhost "
                       "-addext subjectAltName=DNS:localhost >/dev/null 2>&1")
                          .c_str()) == 0);
  int port = 0;
  {
    LocalServer probe;  // a port that was free a moment ago
    port = probe.port();
  }
  scratch.write("nginx.conf",
                "pid " + scratch.path("nginx.pid") + ";\nerror_log " + scratch.path("error.log") +
                    ";\nevents {}\nhttp {\n  access_log off;\n  gzip on; gzip_min_length 1;\n" + "  client_body_temp_path " +
                    scratch.path("b") + "; proxy_temp_path " + scratch.path("p") + "; fastcgi_temp_path " + scratch.path("f") +
                    "; uwsgi_temp_path " + scratch.path("u") + "; scgi_temp_path " + scratch.path("s") +
                    ";\n  server {\n    listen 127.0.0.1:" + std::to_string(port) + " ssl http2;\n    ssl_certificate " +
                    scratch.path("cert.pem") + ";\n    ssl_certificate_key " + scratch.path("key.pem") + ";\n    root " +
                    scratch.path("www") + ";\n    types { text/html html; }\n  }\n}\n");
  if (std::system(("chmod -R a+rX " + scratch.path() + " && nginx -c " + scratch.path("nginx.conf") + " 2>/dev/null").c_str()) !=
      0)
    return;
  const std::string url = "https://localhost:" + std::to_string(port) + "/a.html";
  HttpOptions options = quick();
  CHECK(code_of(get(url, options)) == "H005");
  options.ca_file = scratch.path("cert.pem");
  const HttpAnswer answer = get(url, options);
  CHECK(code_of(answer).empty());
  CHECK(answer.status == 200);
  CHECK(answer.version == "HTTP/2");
  CHECK(header(answer.headers, "content-encoding") == "gzip");
  CHECK(answer.body.size() == 5007);
  CHECK(answer.wire_bytes < 1000);
  std::system(("kill $(cat " + scratch.path("nginx.pid") + ")").c_str());
}

TEST_CASE("http headers: times to wait and to keep") {
  constexpr std::int64_t kNow = 1'700'000'000;  // 2023-11-14T22:13:20Z
  CHECK(retry_after_s("120", kNow) == 120);
  CHECK(retry_after_s("Tue, 14 Nov 2023 22:14:20 GMT", kNow) == 60);
  CHECK(retry_after_s("Tue, 14 Nov 2023 21:00:00 GMT", kNow) == 0);
  CHECK_FALSE(retry_after_s("soon", kNow).has_value());
  CHECK(http_date_s("Tuesday, 14-Nov-23 22:13:20 GMT") == kNow);
  CHECK(http_date_s("Tue Nov 14 22:13:20 2023") == kNow);
  struct Row {
    Headers headers;
    std::optional<std::int64_t> want;
  };
  const Row rows[] = {{{{"Cache-Control", "public, max-age=600"}}, 600},
                      {{{"Cache-Control", "max-age=600, no-cache"}}, 0},
                      {{{"cache-control", "s-maxage=9"}}, std::nullopt},
                      {{{"Expires", "Tue, 14 Nov 2023 22:23:20 GMT"}, {"Date", "Tue, 14 Nov 2023 22:13:20 GMT"}}, 600},
                      {{{"Expires", "0"}}, 0},
                      {{}, std::nullopt}};
  for (const Row& row : rows) CHECK(fresh_for_s(row.headers, kNow) == row.want);
}
