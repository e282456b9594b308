// HTTP: many requests at once, guarded and limited. The one door to libcurl.
#include "pipeline/fetch/http.h"

#include <curl/curl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <deque>
#include <map>
#include <mutex>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/url.h"
#include "pipeline/fetch/guard.h"

namespace tearsheet {

namespace {

/// What a transfer needs while it runs. Lives until its answer is given.
struct Transfer {
  HttpAnswer answer;
  const HttpOptions* options = nullptr;
  CURL* handle = nullptr;
  curl_slist* headers = nullptr;
  std::uint64_t header_bytes = 0;
  std::string refused;  // by the guard: what the address is
  bool body_too_large = false, headers_too_large = false;

  Transfer() = default;
  Transfer(const Transfer&) = delete;
  Transfer& operator=(const Transfer&) = delete;
  ~Transfer() {
    if (headers != nullptr) curl_slist_free_all(headers);
    if (handle != nullptr) curl_easy_cleanup(handle);
  }
};

std::size_t on_body(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t more = size * count;
  if (transfer.answer.body.size() + more > transfer.options->max_body_bytes) {
    transfer.body_too_large = true;
    return 0;
  }
  transfer.answer.body.append(bytes, more);
  return more;
}

std::size_t on_header(char* bytes, std::size_t size, std::size_t count, void* user) {
  auto& transfer = *static_cast<Transfer*>(user);
  const std::size_t more = size * count;
  transfer.header_bytes += more;
  if (transfer.header_bytes > transfer.options->max_header_bytes) {
    transfer.headers_too_large = true;
    return 0;
  }
  const std::string_view line = trim(std::string_view(bytes, more));
  if (line.starts_with("HTTP/")) {
    // A new head: an interim answer (1xx) stood before it.
    transfer.answer.status_line = line;
    transfer.answer.headers.clear();
    return more;
  }
  const auto colon = line.find(':');
  if (colon != std::string_view::npos && colon > 0)
    transfer.answer.headers.emplace_back(trim(line.substr(0, colon)), trim(line.substr(colon + 1)));
  return more;
}

// The only way to see the request as libcurl writes it.
int on_debug(CURL*, curl_infotype type, char* bytes, std::size_t size, void* user) {
  if (type == CURLINFO_HEADER_OUT) static_cast<Transfer*>(user)->answer.request_head.assign(bytes, size);
  return 0;
}

curl_socket_t on_open(void* user, curlsocktype purpose, curl_sockaddr* address) {
  auto& transfer = *static_cast<Transfer*>(user);
  const bool proxied = !transfer.options->proxy.empty();
  if (purpose == CURLSOCKTYPE_IPCXN && !transfer.options->allow_private && !proxied) {
    if (const auto what = forbidden_socket(address->addr); !what.empty()) {
      transfer.refused = what;
      return CURL_SOCKET_BAD;
    }
  }
  return ::socket(address->family, address->socktype | SOCK_CLOEXEC, address->protocol);
}

// libcurl keeps connections, and with them the pointer a socket was opened with, beyond the transfer: closing needs none.
int on_close(void*, curl_socket_t item) { return ::close(item); }

Error error_of(const Transfer& transfer, CURLcode code, const std::string& host) {
  const std::string told = curl_easy_strerror(code);
  if (!transfer.refused.empty())
    return {"H001",
            fmt::format("the address of {} is refused: {}", host, transfer.refused),
            {},
            "--allow-private lets intranets and tests through",
            {}};
  if (transfer.body_too_large)
    return {
        "H006", fmt::format("the answer is larger than {} bytes when unpacked", transfer.options->max_body_bytes), {}, {}, {}};
  if (transfer.headers_too_large)
    return {"H007", fmt::format("the answer's headers are larger than {} bytes", transfer.options->max_header_bytes), {}, {}, {}};
  switch (code) {
    case CURLE_COULDNT_RESOLVE_HOST:
    case CURLE_COULDNT_RESOLVE_PROXY:
      return {"H002", "no such host: " + host, {}, "check the address and the name server", {}};
    case CURLE_COULDNT_CONNECT:
      return {"H003", "cannot connect to " + host, {}, {}, {}};
    case CURLE_OPERATION_TIMEDOUT:
      return {"H004", host + " does not answer in time", {}, {}, {}};
    case CURLE_PEER_FAILED_VERIFICATION:
    case CURLE_SSL_CONNECT_ERROR:
    case CURLE_SSL_CACERT_BADFILE:
      return {"H005",
              "no trusted connection to " + host + ": " + told,
              {},
              "its certificate is expired, self-signed or for another name",
              {}};
    case CURLE_GOT_NOTHING:
    case CURLE_RECV_ERROR:
    case CURLE_SEND_ERROR:
    case CURLE_PARTIAL_FILE:
    case CURLE_HTTP2:
    case CURLE_HTTP2_STREAM:
      return {"H008", host + " broke the connection off: " + told, {}, {}, {}};
    case CURLE_BAD_CONTENT_ENCODING:
      return {"H008", host + " sends a body that cannot be unpacked", {}, {}, {}};
    default:
      return {"H009", host + ": " + told, {}, {}, {}};
  }
}

/// The reason why `url` may not be asked; empty where it may.
std::string refusal_of(const std::optional<Url>& url, const HttpOptions& options) {
  if (!url) return "no URL";
  if (!url->is_http()) return "only http and https are fetched";
  if (options.allow_private) return {};
  if (const auto what = forbidden_host(url->host); !what.empty()) return std::string(what);
  return options.proxy.empty() ? std::string() : std::string(forbidden_by_name(url->host));
}

bool is_clean(std::string_view text) {
  return std::none_of(text.begin(), text.end(), [](char c) { return c == '\r' || c == '\n' || c == '\0'; });
}

void set_options(Transfer& transfer, const Url& url, const HttpRequest& request) {
  CURL* easy = transfer.handle;
  const HttpOptions& options = *transfer.options;
  Url asked = url;
  // Credentials in the URL become a header of their own, sent to this origin only.
  const std::string user = percent_decode(asked.username), password = percent_decode(asked.password);
  asked.username.clear();
  asked.password.clear();
  curl_easy_setopt(easy, CURLOPT_URL, asked.href(false).c_str());
  curl_easy_setopt(easy, CURLOPT_PATH_AS_IS, 1L);
  if (!user.empty() || !password.empty()) {
    curl_easy_setopt(easy, CURLOPT_USERNAME, user.c_str());
    curl_easy_setopt(easy, CURLOPT_PASSWORD, password.c_str());
  }
  curl_easy_setopt(easy, CURLOPT_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_REDIR_PROTOCOLS_STR, "http,https");
  curl_easy_setopt(easy, CURLOPT_FOLLOWLOCATION, 0L);
  curl_easy_setopt(easy, CURLOPT_NETRC, static_cast<long>(CURL_NETRC_IGNORED));
  curl_easy_setopt(easy, CURLOPT_NOSIGNAL, 1L);
  curl_easy_setopt(easy, CURLOPT_HTTP_VERSION, static_cast<long>(CURL_HTTP_VERSION_2TLS));
  curl_easy_setopt(easy, CURLOPT_ACCEPT_ENCODING, "");
  curl_easy_setopt(easy, CURLOPT_USERAGENT, options.user_agent.c_str());
  curl_easy_setopt(easy, CURLOPT_PROXY, options.proxy.c_str());
  curl_easy_setopt(easy, CURLOPT_CONNECTTIMEOUT_MS, static_cast<long>(options.connect_timeout_ms));
  curl_easy_setopt(easy, CURLOPT_TIMEOUT_MS, static_cast<long>(options.total_timeout_ms));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_LIMIT, static_cast<long>(options.slow_bytes_s));
  curl_easy_setopt(easy, CURLOPT_LOW_SPEED_TIME, static_cast<long>(options.slow_s));
  curl_easy_setopt(easy, CURLOPT_MAXFILESIZE_LARGE, static_cast<curl_off_t>(options.max_body_bytes));
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYPEER, 1L);
  curl_easy_setopt(easy, CURLOPT_SSL_VERIFYHOST, 2L);
  if (!options.ca_file.empty()) curl_easy_setopt(easy, CURLOPT_CAINFO, options.ca_file.c_str());
  for (const auto& [name, value] : request.headers) {
    if (!is_clean(name) || !is_clean(value)) continue;
    transfer.headers = curl_slist_append(transfer.headers, (name + ": " + value).c_str());
  }
  if (transfer.headers != nullptr) curl_easy_setopt(easy, CURLOPT_HTTPHEADER, transfer.headers);
  curl_easy_setopt(easy, CURLOPT_WRITEFUNCTION, on_body);
  curl_easy_setopt(easy, CURLOPT_WRITEDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_HEADERFUNCTION, on_header);
  curl_easy_setopt(easy, CURLOPT_HEADERDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_DEBUGFUNCTION, on_debug);
  curl_easy_setopt(easy, CURLOPT_DEBUGDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_VERBOSE, 1L);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETFUNCTION, on_open);
  curl_easy_setopt(easy, CURLOPT_OPENSOCKETDATA, &transfer);
  curl_easy_setopt(easy, CURLOPT_CLOSESOCKETFUNCTION, on_close);
}

}  // namespace

struct Http::State {
  HttpOptions options;
  CURLM* multi = nullptr;
  std::map<CURL*, std::unique_ptr<Transfer>> running;
  std::deque<HttpRequest> waiting;
  std::vector<HttpAnswer> ready;

  ~State() {
    drop();
    if (multi != nullptr) curl_multi_cleanup(multi);
  }
  void drop() {
    for (auto& [handle, transfer] : running) curl_multi_remove_handle(multi, handle);
    running.clear();
    waiting.clear();
    ready.clear();
  }

  void begin(const HttpRequest& request) {
    const auto url = parse_url(request.url);
    auto transfer = std::make_unique<Transfer>();
    transfer->answer.id = request.id;
    transfer->answer.url = request.url;
    transfer->options = &options;
    if (const std::string why = refusal_of(url, options); !why.empty()) {
      transfer->answer.error = Error{"H001",
                                     fmt::format("{} is not fetched: {}", request.url, why),
                                     {},
                                     "--allow-private lets intranets and tests through",
                                     {}};
      ready.push_back(std::move(transfer->answer));
      return;
    }
    transfer->handle = curl_easy_init();
    if (transfer->handle == nullptr) {
      transfer->answer.error = Error{"H009", "not enough memory for another request", {}, {}, {}};
      ready.push_back(std::move(transfer->answer));
      return;
    }
    set_options(*transfer, *url, request);
    curl_multi_add_handle(multi, transfer->handle);
    CURL* handle = transfer->handle;
    running.emplace(handle, std::move(transfer));
  }

  void fill() {
    while (!waiting.empty() && running.size() < options.parallel) {
      begin(waiting.front());
      waiting.pop_front();
    }
  }

  void end(CURL* handle, CURLcode code) {
    const auto found = running.find(handle);
    if (found == running.end()) return;
    Transfer& transfer = *found->second;
    HttpAnswer& answer = transfer.answer;
    const auto url = parse_url(answer.url);
    char* address = nullptr;
    curl_off_t bytes = 0;
    long version = 0;
    curl_easy_getinfo(handle, CURLINFO_PRIMARY_IP, &address);
    curl_easy_getinfo(handle, CURLINFO_SIZE_DOWNLOAD_T, &bytes);
    curl_easy_getinfo(handle, CURLINFO_TOTAL_TIME, &answer.seconds);
    curl_easy_getinfo(handle, CURLINFO_HTTP_VERSION, &version);
    answer.address = address == nullptr ? "" : address;
    answer.wire_bytes = static_cast<std::uint64_t>(std::max<curl_off_t>(bytes, 0));
    answer.version = version == CURL_HTTP_VERSION_2_0 ? "HTTP/2" : version == CURL_HTTP_VERSION_1_0 ? "HTTP/1.0" : "HTTP/1.1";
    if (code == CURLE_FILESIZE_EXCEEDED) transfer.body_too_large = true;
    if (code == CURLE_OK)
      curl_easy_getinfo(handle, CURLINFO_RESPONSE_CODE, &answer.status);
    else
      answer.error = error_of(transfer, code, url ? url->host : answer.url);
    if (answer.error) answer.body.clear();
    ready.push_back(std::move(answer));
    curl_multi_remove_handle(multi, handle);
    running.erase(found);
  }
};

Http::Http(std::unique_ptr<State> state) : state_(std::move(state)) {}
Http::Http(Http&&) noexcept = default;
Http& Http::operator=(Http&&) noexcept = default;
Http::~Http() = default;

Result<Http> Http::open(HttpOptions options) {
  static std::once_flag once;  // libcurl's own global state wants this once a process
  static CURLcode started = CURLE_OK;
  std::call_once(once, [] { started = curl_global_init(CURL_GLOBAL_DEFAULT); });
  auto state = std::make_unique<State>();
  state->options = std::move(options);
  state->options.parallel = std::max<std::uint32_t>(1, state->options.parallel);
  state->multi = started == CURLE_OK ? curl_multi_init() : nullptr;
  if (state->multi == nullptr) return fail("H010", "libcurl cannot start");
  curl_multi_setopt(state->multi, CURLMOPT_PIPELINING, static_cast<long>(CURLPIPE_MULTIPLEX));
  curl_multi_setopt(state->multi, CURLMOPT_MAX_HOST_CONNECTIONS, static_cast<long>(state->options.parallel_per_host));
  curl_multi_setopt(state->multi, CURLMOPT_MAX_TOTAL_CONNECTIONS, static_cast<long>(state->options.parallel));
  curl_multi_setopt(state->multi, CURLMOPT_MAXCONNECTS, static_cast<long>(state->options.parallel * 2));
  return Http(std::move(state));
}

void Http::start(HttpRequest request) { state_->waiting.push_back(std::move(request)); }
std::size_t Http::open_requests() const { return state_->waiting.size() + state_->running.size() + state_->ready.size(); }
std::uint32_t Http::parallel() const { return state_->options.parallel; }
void Http::abandon() { state_->drop(); }

std::vector<HttpAnswer> Http::step(int wait_ms) {
  State& state = *state_;
  state.fill();
  int running = 0;
  curl_multi_perform(state.multi, &running);
  // Sleeps also where nothing runs: the caller may wait for a host's gap.
  if (state.ready.empty() && wait_ms > 0 && static_cast<std::size_t>(running) == state.running.size()) {
    curl_multi_poll(state.multi, nullptr, 0, wait_ms, nullptr);
    curl_multi_perform(state.multi, &running);
  }
  int left = 0;
  while (const CURLMsg* message = curl_multi_info_read(state.multi, &left))
    if (message->msg == CURLMSG_DONE) state.end(message->easy_handle, message->data.result);
  state.fill();
  return std::exchange(state.ready, {});
}

}  // namespace tearsheet
