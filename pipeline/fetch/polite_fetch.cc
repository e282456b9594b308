// Polite fetch: requests that keep robots.txt, gaps, back-off and redirects in order.
#include "pipeline/fetch/polite_fetch.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/url.h"

namespace tearsheet {

namespace {

constexpr std::int64_t kShortestRest_ms = 60'000;
constexpr std::int64_t kLongestRest_ms = 24 * 3600 * 1000LL;
constexpr std::int64_t kUnreachableRobots_s = 3600;
constexpr std::int64_t kStaleRobots_s = 30 * 24 * 3600LL;

bool is_redirect(long status) { return status == 301 || status == 302 || status == 303 || status == 307 || status == 308; }
bool is_permanent(long status) { return status == 301 || status == 308; }

/// A job on its way: where it stands now.
struct Task {
  FetchJob job;
  Url url;
  int hops = 0;
  bool all_permanent = true;
  std::string moved_to;
  std::string robots_of;  // this task fetches robots.txt of that origin
};

Error robots_error(const std::string& url) {
  return {"H020",
          "robots.txt of the site refuses " + url,
          {},
          "leave it out, or set robots: false for a feed that its publisher lets you read",
          {}};
}

}  // namespace

struct PoliteFetch::State {
  State(Http given, PoliteOptions said, Hooks hooked)
      : http(std::move(given)), options(std::move(said)), hooks(std::move(hooked)), polite(options.gap_ms, options.seed) {}

  Http http;
  PoliteOptions options;
  Hooks hooks;
  Polite polite;
  std::map<std::uint64_t, Task> tasks;
  std::map<std::string, Robots> robots;                           // by origin; an origin that may not be asked has a rule for all
  std::map<std::string, std::vector<std::uint64_t>> wait_robots;  // by origin
  std::map<std::string, bool> known_hosts;
  std::map<std::string, int> forbidden;  // 403 in a row, by host
  std::vector<FetchResult> finished;
  std::uint64_t robots_id = std::uint64_t{1} << 63;
  bool stopping = false;

  std::int64_t now_ms() const { return hooks.now_ms(); }

  void finish(Task& task, HttpAnswer answer, std::optional<Error> error, bool deferred = false) {
    FetchResult result;
    result.id = task.job.id;
    result.final_url = task.url.href();
    result.moved_to = task.moved_to;
    result.error = error ? std::move(error) : answer.error;
    result.answer = std::move(answer);
    result.deferred = deferred;
    finished.push_back(std::move(result));
    tasks.erase(task.job.id);
  }

  void rest_error(Task& task) {
    finish(task, {}, Error{"H023", task.url.host + " has asked for rest; it is tried again in a later run", {}, {}, {}}, true);
  }

  /// A host met for the first time may still rest from an earlier run.
  void meet(const std::string& host) {
    if (std::exchange(known_hosts[host], true) || !hooks.rests_until_ms) return;
    if (const std::int64_t until = hooks.rests_until_ms(host); until > now_ms())
      polite.back_off(host, std::min(until, now_ms() + kLongestRest_ms));
  }

  /// Queues a task where it belongs; `first` puts it before its host's others.
  void queue(Task& task, bool first) {
    const std::string origin = task.url.origin();
    meet(task.url.host);
    if (polite.backs_off(task.url.host, now_ms())) return task.robots_of.empty() ? rest_error(task) : robots_done(task, {});
    if (task.job.robots && task.robots_of.empty() && !known_robots(origin)) {
      auto& waiting = wait_robots[origin];
      waiting.push_back(task.job.id);
      if (waiting.size() == 1) ask_robots(task.url);
      return;
    }
    if (task.job.robots && task.robots_of.empty() && !robots[origin].allows(task.url.target()))
      return finish(task, {}, robots_error(task.url.href()));
    if (first)
      polite.add_first(task.url.host, task.job.id);
    else
      polite.add(task.url.host, task.job.id, task.job.rank);
  }

  // --- robots.txt

  bool known_robots(const std::string& origin) {
    if (robots.count(origin) != 0) return true;
    const auto copy = hooks.load_robots ? hooks.load_robots(origin) : std::nullopt;
    if (!copy) return false;
    const std::int64_t age = now_ms() / 1000 - copy->fetched_s;
    const std::int64_t good = copy->status == 0 ? kUnreachableRobots_s : options.robots_age_s;
    if (age < 0 || age > good) return false;
    take_robots(origin, *copy);
    return true;
  }

  void take_robots(const std::string& origin, const RobotsCopy& copy) {
    // RFC 9309, 2.3.1: 4xx is "no rules", an unreachable site "all is refused".
    const bool refused = copy.status == 0 || copy.status >= 500 || copy.status == 429;
    const std::string_view text = refused                  ? "User-agent: *\nDisallow: /"
                                  : copy.status / 100 == 2 ? std::string_view(copy.text)
                                                           : std::string_view();
    Robots rules = Robots::parse(text, options.robots_agent);
    if (rules.crawl_delay_s())
      if (const auto url = parse_url(origin)) polite.set_gap(url->host, static_cast<std::int64_t>(*rules.crawl_delay_s() * 1000));
    robots.insert_or_assign(origin, std::move(rules));
  }

  void ask_robots(const Url& site) {
    Task task;
    task.job.id = robots_id++;
    task.job.robots = false;
    task.robots_of = site.origin();
    task.url = *parse_url("/robots.txt", &site);
    task.url.username.clear();
    task.url.password.clear();
    task.job.url = task.url.href();
    Task& kept = tasks.emplace(task.job.id, std::move(task)).first->second;
    queue(kept, true);
  }

  void robots_done(Task& task, const HttpAnswer& answer) {
    const std::string origin = task.robots_of;
    RobotsCopy copy{static_cast<int>(answer.error ? 0 : answer.status), answer.error ? "" : answer.body.substr(0, 500u << 10),
                    now_ms() / 1000};
    const bool unreachable = copy.status == 0 || copy.status >= 500 || copy.status == 429;
    if (unreachable && hooks.load_robots) {
      // An older copy is better than none for a while (RFC 9309, 2.3.1.4).
      if (const auto old = hooks.load_robots(origin);
          old && old->status != 0 && old->status < 500 && copy.fetched_s - old->fetched_s < kStaleRobots_s)
        copy = *old;
    }
    if (hooks.store_robots && !(unreachable && copy.status != 0 && copy.status < 500)) hooks.store_robots(origin, copy);
    take_robots(origin, copy);
    tasks.erase(task.job.id);
    for (const std::uint64_t id : std::exchange(wait_robots[origin], {})) {
      const auto found = tasks.find(id);
      if (found == tasks.end()) continue;
      if (unreachable && (copy.status == 0 || copy.status >= 500)) {
        Task& waiting = found->second;
        const std::string why = answer.error ? answer.error->what : fmt::format("HTTP {}", answer.status);
        finish(waiting, {},
               Error{"H026",
                     "robots.txt of " + origin + " cannot be read (" + why + "), so nothing of it is fetched",
                     {},
                     "the site may be down; it is tried again",
                     {}});
      } else {
        queue(found->second, false);
      }
    }
  }

  // --- requests

  void start_ready() {
    while (!stopping && http.open_requests() < http.parallel()) {
      const auto next = polite.next(now_ms());
      if (!next) return;
      const auto found = tasks.find(next->job);
      if (found == tasks.end()) {
        polite.done(next->host, now_ms());
        continue;
      }
      Task& task = found->second;
      HttpRequest request{task.url.href(), task.job.headers, task.job.id};
      request.headers.insert(request.headers.end(), task.job.everywhere.begin(), task.job.everywhere.end());
      http.start(std::move(request));
    }
  }

  void follow(Task& task, HttpAnswer answer) {
    const std::string_view location = header(answer.headers, "location");
    auto target = parse_url(location, &task.url);
    if (location.empty() || !target || !target->is_http())
      return finish(
          task, std::move(answer),
          Error{"H022", "a redirect without an http address: '" + std::string(location.substr(0, 200)) + "'", {}, {}, {}});
    if (++task.hops > (task.robots_of.empty() ? options.redirects : 5)) {
      if (!task.robots_of.empty()) return robots_done(task, answer);
      return finish(task, std::move(answer), Error{"H021", fmt::format("more than {} redirects", options.redirects), {}, {}, {}});
    }
    if (!target->fragment) target->fragment = task.url.fragment;
    task.all_permanent = task.all_permanent && is_permanent(answer.status);
    if (task.all_permanent) task.moved_to = target->href(false);
    if (target->origin() != task.url.origin()) {
      // What was meant for one site is no other's business.
      task.job.headers.clear();
      task.job.everywhere.clear();
    }
    task.url = std::move(*target);
    queue(task, true);
  }

  void rest(const std::string& host, const HttpAnswer& answer) {
    const auto asked = retry_after_s(header(answer.headers, "retry-after"), now_ms() / 1000);
    // A 503 without a word is one page's trouble as often as the host's.
    std::int64_t wait = asked ? *asked * 1000 : kShortestRest_ms * (answer.status == 503 ? 1 : 5);
    wait = std::clamp(wait, kShortestRest_ms, kLongestRest_ms);
    const std::int64_t until = now_ms() + wait;
    if (hooks.store_rest) hooks.store_rest(host, until);
    for (const std::uint64_t id : polite.back_off(host, until)) {
      const auto found = tasks.find(id);
      if (found == tasks.end()) continue;
      if (found->second.robots_of.empty())
        rest_error(found->second);
      else
        robots_done(found->second, {});
    }
  }

  void take(HttpAnswer answer) {
    const auto asked = parse_url(answer.url);
    const auto found = tasks.find(answer.id);
    if (asked) polite.done(asked->host, now_ms());
    if (found == tasks.end()) return;
    Task& task = found->second;
    if (task.robots_of.empty() && hooks.archive && !answer.error) hooks.archive(answer);
    const long status = answer.status;
    if (!answer.error && is_redirect(status)) return follow(task, std::move(answer));
    if (!task.robots_of.empty()) return robots_done(task, answer);
    if (!answer.error && (status == 429 || status == 503 || status == 403)) {
      const std::string host = task.url.host;
      const HttpAnswer copy{answer.id, answer.url, answer.status, {}, {}, answer.headers, {}, {}, {}, 0, 0, {}};
      finish(task, std::move(answer), std::nullopt);
      // One 403 may be a page behind a door; two in a row are a site that wants us gone.
      if (status != 403 || ++forbidden[host] > 1 || !header(copy.headers, "retry-after").empty()) rest(host, copy);
      return;
    }
    if (!answer.error) forbidden.erase(task.url.host);
    finish(task, std::move(answer), std::nullopt);
  }

  int wait_for(int wait_ms) const {
    const auto at = polite.next_at();
    if (!at || stopping) return wait_ms;
    return static_cast<int>(std::clamp<std::int64_t>(*at - now_ms(), 0, wait_ms));
  }
};

PoliteFetch::PoliteFetch(Http http, PoliteOptions options, Hooks hooks)
    : state_(std::make_unique<State>(std::move(http), std::move(options), std::move(hooks))) {}
PoliteFetch::~PoliteFetch() = default;

std::size_t PoliteFetch::open_jobs() const { return state_->tasks.size() + state_->finished.size(); }

void PoliteFetch::add(FetchJob job) {
  Task task;
  const auto url = parse_url(job.url);
  task.job = std::move(job);
  const std::uint64_t id = task.job.id;
  Task& kept = state_->tasks.insert_or_assign(id, std::move(task)).first->second;
  if (!url || !url->is_http()) {
    state_->finish(kept, {}, Error{"H001", kept.job.url + " is not fetched: only http and https are", {}, {}, {}});
    return;
  }
  kept.url = *url;
  state_->queue(kept, false);
}

std::vector<FetchResult> PoliteFetch::step(int wait_ms) {
  State& state = *state_;
  state.start_ready();
  if (state.finished.empty()) {
    const int wait = state.wait_for(wait_ms);
    for (HttpAnswer& answer : state.http.step(wait)) state.take(std::move(answer));
    state.start_ready();
  }
  return std::exchange(state.finished, {});
}

std::vector<FetchResult> PoliteFetch::stop_waiting() {
  State& state = *state_;
  state.stopping = true;
  std::vector<std::uint64_t> left = state.polite.clear();
  for (auto& [origin, waiting] : state.wait_robots) left.insert(left.end(), waiting.begin(), waiting.end());
  state.wait_robots.clear();
  for (const std::uint64_t id : left) {
    const auto found = state.tasks.find(id);
    if (found == state.tasks.end()) continue;
    if (!found->second.robots_of.empty())
      state.tasks.erase(found);
    else
      state.finish(found->second, {}, Error{"H024", "the run has ended before its turn", {}, {}, {}}, true);
  }
  return std::exchange(state.finished, {});
}

std::vector<FetchResult> PoliteFetch::abandon() {
  State& state = *state_;
  state.http.abandon();
  std::vector<FetchResult> out = stop_waiting();
  while (!state.tasks.empty()) {
    Task& task = state.tasks.begin()->second;
    if (!task.robots_of.empty())
      state.tasks.erase(state.tasks.begin());
    else
      state.finish(task, {}, Error{"H024", "the run has ended before its answer came", {}, {}, {}}, true);
  }
  for (FetchResult& result : std::exchange(state.finished, {})) out.push_back(std::move(result));
  return out;
}

}  // namespace tearsheet
