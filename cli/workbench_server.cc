// Workbench server: the page and its questions over HTTP on 127.0.0.1, to who has the token.
#include "cli/workbench_server.h"

#include <fmt/format.h>
#include <httplib.h>

#include <charconv>
#include <random>

#include "base/json.h"
#include "cli/rules_loading.h"
#include "cli/stop.h"
#include "cli/terminal.h"
#include "cli/workbench_assets.h"
#include "cli/workbench_session.h"

namespace tearsheet::cli {

namespace {

constexpr std::string_view kPolicy = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; connect-src 'self'; img-src data:; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

std::string random_token() {
  std::random_device device;
  std::string out;
  for (int i = 0; i < 8; ++i) out += fmt::format("{:08x}", device());
  return out.substr(0, 40);
}

/// Compares without telling by time where two texts differ.
bool same_secret(std::string_view a, std::string_view b) {
  unsigned char differs = a.size() == b.size() ? 0 : 1;
  for (std::size_t i = 0; i < a.size() && i < b.size(); ++i) differs |= static_cast<unsigned char>(a[i] ^ b[i]);
  return differs == 0;
}

class Server {
 public:
  Server(WorkSession& session, std::string token) : session_(session), token_(std::move(token)) {
    server_.set_payload_max_length(4 << 20);
    // Without this a second workbench could share the port of the first.
    server_.set_socket_options([](socket_t socket) {
      const int yes = 1;
      ::setsockopt(socket, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    });
    server_.set_pre_routing_handler([this](const httplib::Request& request, httplib::Response& response) {
      response.set_header("Content-Security-Policy", std::string(kPolicy));
      response.set_header("X-Content-Type-Options", "nosniff");
      response.set_header("Referrer-Policy", "no-referrer");
      response.set_header("Cache-Control", "no-store");
      if (allowed(request)) return httplib::Server::HandlerResponse::Unhandled;
      response.status = 403;
      response.set_content("this address needs the token that `tearsheet workbench` printed\n", "text/plain");
      return httplib::Server::HandlerResponse::Handled;
    });
    routes();
  }

  /// The port, or -1.
  int bind(int port) {
    port_ = port > 0 ? (server_.bind_to_port("127.0.0.1", port) ? port : -1) : server_.bind_to_any_port("127.0.0.1");
    return port_;
  }
  void listen() { server_.listen_after_bind(); }
  void stop() { server_.stop(); }

 private:
  /// Host and Origin must be this address (a foreign page cannot reach us through its own name), and the token must be there.
  bool allowed(const httplib::Request& request) const {
    const std::string port = ":" + std::to_string(port_), host = request.get_header_value("Host");
    if (host != "127.0.0.1" + port && host != "localhost" + port) return false;
    if (request.has_header("Origin") && request.get_header_value("Origin") != "http://" + host) return false;
    const std::string said = request.has_header("X-Token") ? request.get_header_value("X-Token") : request.get_param_value("token");
    return same_secret(said, token_);
  }

  void routes() {
    for (const Asset& asset : workbench_assets()) {
      server_.Get(std::string(asset.path), [this, &asset](const httplib::Request&, httplib::Response& response) {
        std::string bytes(asset.bytes);
        constexpr std::string_view kHole = "?token=TOKEN";  // the page's own files need the token, too
        for (std::size_t at = asset.path == "/" ? bytes.find(kHole) : std::string::npos; at != std::string::npos; at = bytes.find(kHole, at)) bytes.replace(at, kHole.size(), "?token=" + token_);
        response.set_content(bytes, std::string(asset.type));
      });
    }
    const auto answer = [](httplib::Response& response, const std::string& text) { response.set_content(text, "application/json"); };
    server_.Get("/api/state", [this, answer](const auto&, auto& response) { answer(response, session_.state()); });
    server_.Get("/api/article", [this, answer](const auto& request, auto& response) { answer(response, session_.article(std::strtoull(request.get_param_value("i").c_str(), nullptr, 10))); });
    server_.Get("/api/file", [this, answer](const auto& request, auto& response) { answer(response, session_.file(request.get_param_value("path"))); });
    const auto post = [this, answer](const char* path, auto take) {
      server_.Post(path, [answer, take](const httplib::Request& request, httplib::Response& response) {
        const auto body = json::parse(request.body);
        if (!body || !body->is_map()) {
          response.status = 400;
          return answer(response, "{\"error\":\"no JSON object\"}");
        }
        answer(response, take(*body));
      });
    };
    const auto number = [](const Tree& body, std::string_view key) { return static_cast<std::uint32_t>(std::strtoul(std::string(body.text(key)).c_str(), nullptr, 10)); };
    post("/api/edit", [this](const Tree& body) { return session_.edit(std::string(body.text("path")), std::string(body.text("text"))); });
    post("/api/save", [this](const Tree&) { return session_.save(); });
    post("/api/trace", [this, number](const Tree& body) { return session_.trace(number(body, "article"), number(body, "begin"), number(body, "end"), std::string(body.text("rule"))); });
    post("/api/judge", [this, number](const Tree& body) {
      return session_.judge(std::string(body.text("kind")), number(body, "article"), number(body, "begin"), number(body, "end"), std::string(body.text("rule")), std::string(body.text("text")));
    });
  }

  WorkSession& session_;
  std::string token_;
  int port_ = -1;
  httplib::Server server_;
};

}  // namespace

int serve_workbench(const Arguments& arguments) {
  const auto folders = folders_of(arguments);
  if (!folders) return misuse(folders.error());
  const auto number = [&](std::string_view name, std::uint64_t otherwise) { return arguments.has(name) ? std::strtoull(arguments.text(name).c_str(), nullptr, 10) : otherwise; };
  const std::uint64_t port = number("port", 0);
  if (arguments.has("port") && (port == 0 || port > 65535)) return misuse(Error{"U002", "--port cannot be '" + arguments.text("port") + "'", {}, "a number from 1 to 65535", {}});
  Inputs corpus;
  corpus.paths = arguments.paths().empty() ? std::vector<std::string>{"corpus"} : arguments.paths();
  corpus.exclude = {"*.want.yaml", "*.yaml"};
  auto session = WorkSession::open(*folders, corpus, number("limit", 1000));
  if (!session) {
    for (const Error& error : session.error()) say(error);
    return kMisuse;
  }
  const std::string token = random_token();
  Server server(**session, token);
  const int bound = server.bind(static_cast<int>(port));
  if (bound < 0) return misuse(Error{"U010", "port " + std::to_string(port) + " cannot be listened on", {}, "another program may have it; without --port a free one is taken", {}});
  print(fmt::format("http://127.0.0.1:{}/?token={}\n", bound, token));
  say("open this address in a browser; Ctrl-C ends");
  const Stop stop;
  std::jthread watcher([&](const std::stop_token& over) {
    while (!stop.asked() && !over.stop_requested()) std::this_thread::sleep_for(std::chrono::milliseconds(100));
    server.stop();
  });
  server.listen();
  return kAllRead;
}

}  // namespace tearsheet::cli
