// Polite: one queue a host, a gap between its requests, and who is next.
#include "pipeline/fetch/polite.h"

#include <algorithm>

#include "base/hash.h"

namespace tearsheet {

Polite::Host& Polite::host_of(const std::string& name) {
  const auto [at, is_new] = hosts_.try_emplace(name);
  if (is_new) at->second.mix = hash::xxh3(name, seed_);
  return at->second;
}

void Polite::add(const std::string& host, std::uint64_t job, std::int64_t rank) {
  host_of(host).queue.emplace(Entry{rank, order_++, job}, true);
  ++waiting_;
}

void Polite::add_first(const std::string& host, std::uint64_t job) {
  host_of(host).first.push_front(job);
  ++waiting_;
}

void Polite::set_gap(const std::string& host, std::int64_t gap_ms) { host_of(host).gap_ms = gap_ms; }

std::vector<std::uint64_t> Polite::back_off(const std::string& host, std::int64_t until_ms) {
  Host& one = host_of(host);
  one.until_ms = std::max(one.until_ms, until_ms);
  std::vector<std::uint64_t> out(one.first.begin(), one.first.end());
  for (const auto& [entry, there] : one.queue) out.push_back(entry.job);
  one.first.clear();
  one.queue.clear();
  waiting_ -= out.size();
  return out;
}

bool Polite::backs_off(const std::string& host, std::int64_t now_ms) const {
  const auto found = hosts_.find(host);
  return found != hosts_.end() && found->second.until_ms > now_ms;
}

std::optional<Polite::Next> Polite::next(std::int64_t now_ms) {
  std::pair<const std::string, Host>* best = nullptr;
  for (auto& entry : hosts_) {
    Host& host = entry.second;
    if (host.busy || host.is_empty() || std::max(host.free_at_ms, host.until_ms) > now_ms) continue;
    const bool before = best != nullptr && std::pair(host.asked, host.mix) < std::pair(best->second.asked, best->second.mix);
    if (best == nullptr || before) best = &entry;
  }
  if (best == nullptr) return std::nullopt;
  Host& host = best->second;
  Next out{best->first, 0};
  if (!host.first.empty()) {
    out.job = host.first.front();
    host.first.pop_front();
  } else {
    out.job = host.queue.begin()->first.job;
    host.queue.erase(host.queue.begin());
  }
  host.busy = true;
  ++host.asked;
  --waiting_;
  return out;
}

void Polite::done(const std::string& host, std::int64_t now_ms) {
  Host& one = host_of(host);
  one.busy = false;
  one.free_at_ms = now_ms + std::max(gap_ms_, one.gap_ms);
}

std::optional<std::int64_t> Polite::next_at() const {
  std::optional<std::int64_t> at;
  for (const auto& [name, host] : hosts_) {
    if (host.busy || host.is_empty()) continue;
    const std::int64_t free = std::max(host.free_at_ms, host.until_ms);
    if (!at || free < *at) at = free;
  }
  return at;
}

std::vector<std::uint64_t> Polite::clear() {
  std::vector<std::uint64_t> out;
  for (auto& [name, host] : hosts_) {
    out.insert(out.end(), host.first.begin(), host.first.end());
    for (const auto& [entry, there] : host.queue) out.push_back(entry.job);
    host.first.clear();
    host.queue.clear();
  }
  waiting_ = 0;
  return out;
}

}  // namespace tearsheet
