// A local web server for the tests: well-behaved pages by cpp-httplib, broken ones byte by byte.
#pragma once

#include <arpa/inet.h>
#include <httplib.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

namespace tearsheet::test {

/// Serves on 127.0.0.1 while it lives. Handlers may be set before and after start().
class LocalServer {
 public:
  LocalServer() {
    server_.set_keep_alive_max_count(10000);
    server_.set_keep_alive_timeout(1);
    server_.set_tcp_nodelay(true);
    server_.set_logger([this](const httplib::Request& request, const httplib::Response&) {
      const std::scoped_lock lock(mutex_);
      asked_.push_back(request.path);
      headers_[request.path] = request.headers;
    });
    port_ = server_.bind_to_any_port("127.0.0.1");
    thread_ = std::thread([this] { server_.listen_after_bind(); });
    while (!server_.is_running()) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
  LocalServer(const LocalServer&) = delete;
  LocalServer& operator=(const LocalServer&) = delete;
  ~LocalServer() {
    server_.stop();
    thread_.join();
  }

  /// Answers `path` with what is set for it now; 404 otherwise.
  struct Page {
    int status = 200;
    std::string body, type = "text/html; charset=utf-8";
    std::multimap<std::string, std::string> headers = {};
  };
  void set(const std::string& path, Page page) {
    const std::scoped_lock lock(mutex_);
    const bool is_new = pages_.insert_or_assign(path, std::move(page)).second;
    if (!is_new) return;
    server_.Get(path, [this, path](const httplib::Request& request, httplib::Response& response) {
      Page now;
      {
        const std::scoped_lock inner(mutex_);
        now = pages_[path];
      }
      const auto tag = now.headers.find("ETag");
      if (tag != now.headers.end() && request.get_header_value("If-None-Match") == tag->second) now.status = 304;
      response.status = now.status;
      for (const auto& [name, value] : now.headers) response.set_header(name.c_str(), value);
      if (now.status != 304) response.set_content(now.body, now.type.c_str());
    });
  }

  httplib::Server& raw() { return server_; }
  int port() const { return port_; }
  std::string url(const std::string& path, const std::string& host = "127.0.0.1") const {
    return "http://" + host + ":" + std::to_string(port_) + path;
  }
  /// How often a path was asked for, and the headers it was last asked with.
  std::size_t count(const std::string& path) const {
    const std::scoped_lock lock(mutex_);
    return static_cast<std::size_t>(std::count(asked_.begin(), asked_.end(), path));
  }
  std::vector<std::string> asked() const {
    const std::scoped_lock lock(mutex_);
    return asked_;
  }
  std::string header_of(const std::string& path, const std::string& name) const {
    const std::scoped_lock lock(mutex_);
    const auto found = headers_.find(path);
    if (found == headers_.end()) return {};
    const auto value = found->second.find(name);
    return value == found->second.end() ? std::string() : value->second;
  }

 private:
  httplib::Server server_;
  std::thread thread_;
  int port_ = 0;
  mutable std::mutex mutex_;
  std::vector<std::string> asked_;
  std::map<std::string, httplib::Headers> headers_;
  std::map<std::string, Page> pages_;
};

/// Takes each connection, reads its request's head and hands the socket to `answer`: for answers that no server library would
/// give.
class RawServer {
 public:
  explicit RawServer(std::function<void(int socket, const std::string& head)> answer) : answer_(std::move(answer)) {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    void* const raw = &address;
    ::bind(listener_, static_cast<sockaddr*>(raw), size);
    ::listen(listener_, 16);
    ::getsockname(listener_, static_cast<sockaddr*>(raw), &size);
    port_ = ntohs(address.sin_port);
    thread_ = std::thread([this] { serve(); });
  }
  RawServer(const RawServer&) = delete;
  RawServer& operator=(const RawServer&) = delete;
  ~RawServer() {
    over_ = true;
    ::shutdown(listener_, SHUT_RDWR);
    thread_.join();
    ::close(listener_);
  }
  std::string url(const std::string& path) const { return "http://127.0.0.1:" + std::to_string(port_) + path; }
  bool over() const { return over_; }

 private:
  void serve() {
    while (!over_) {
      const int socket = ::accept(listener_, nullptr, nullptr);
      if (socket < 0) return;
      std::string head;
      char byte = 0;
      while (head.find("\r\n\r\n") == std::string::npos && ::recv(socket, &byte, 1, 0) == 1) head += byte;
      answer_(socket, head);
      ::close(socket);
    }
  }
  std::function<void(int, const std::string&)> answer_;
  int listener_ = -1, port_ = 0;
  std::atomic<bool> over_{false};
  std::thread thread_;
};

inline bool send_all(int socket, const std::string& text) {
  return ::send(socket, text.data(), text.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(text.size());
}

}  // namespace tearsheet::test
