// Robots: what a site's robots.txt lets us fetch (RFC 9309).
#include "pipeline/fetch/robots.h"

#include <algorithm>

#include "base/fold.h"
#include "tearsheet/value.h"

namespace tearsheet {

namespace {

constexpr std::size_t kMostBytes = 500u << 10;
constexpr std::size_t kLongestLine = 16u << 10;
constexpr double kLongestDelay_s = 120;

enum class Key { agent, allow, disallow, delay, sitemap, other };

bool begins(std::string_view text, std::string_view front) {
  return text.size() >= front.size() && equals_ignoring_case(text.substr(0, front.size()), front);
}

/// Misspellings that Google's parser takes, too.
Key key_of(std::string_view key) {
  for (const std::string_view one : {"user-agent", "useragent", "user agent"})
    if (begins(key, one)) return Key::agent;
  for (const std::string_view one : {"disallow", "dissallow", "dissalow", "disalow", "diasllow", "disallaw"})
    if (begins(key, one)) return Key::disallow;
  if (begins(key, "allow")) return Key::allow;
  if (begins(key, "crawl-delay") || begins(key, "crawldelay")) return Key::delay;
  if (begins(key, "sitemap") || begins(key, "site-map")) return Key::sitemap;
  return Key::other;
}

struct Line {
  Key key = Key::other;
  std::string_view value;
};

bool is_blank(char c) { return c == ' ' || c == '\t'; }

std::string_view trimmed(std::string_view text) {
  while (!text.empty() && is_blank(text.front())) text.remove_prefix(1);
  while (!text.empty() && is_blank(text.back())) text.remove_suffix(1);
  return text;
}

std::optional<Line> line_of(std::string_view line) {
  line = trimmed(line.substr(0, line.find('#')));
  auto parted = line.find(':');
  if (parted == std::string_view::npos) {
    // "disallow /x": a colon that somebody forgot, where exactly two words stand.
    parted = line.find_first_of(" \t");
    if (parted == std::string_view::npos) return std::nullopt;
    if (trimmed(line.substr(parted)).find_first_of(" \t") != std::string_view::npos) return std::nullopt;
  }
  const std::string_view key = trimmed(line.substr(0, parted));
  if (key.empty()) return std::nullopt;
  return Line{key_of(key), trimmed(line.substr(parted + 1))};
}

/// Hex digits of escapes in capitals, and with `encode` non-ASCII as %XX: patterns and targets meet in one spelling.
std::string normal(std::string_view text, bool encode) {
  constexpr char kHex[] = "0123456789ABCDEF";
  const auto is_hex = [](char c) { return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F'); };
  const auto upper = [](char c) { return c >= 'a' && c <= 'z' ? static_cast<char>(c - 32) : c; };
  std::string out;
  for (std::size_t at = 0; at < text.size(); ++at) {
    if (text[at] == '%' && at + 2 < text.size() && is_hex(text[at + 1]) && is_hex(text[at + 2])) {
      out += '%';
      out += upper(text[at + 1]);
      out += upper(text[at + 2]);
      at += 2;
    } else if (encode && (text[at] & 0x80) != 0) {
      const auto u = static_cast<unsigned char>(text[at]);
      out += '%';
      out += kHex[u >> 4];
      out += kHex[u & 15];
    } else {
      out += text[at];
    }
  }
  return out;
}

/// '*' is any run, '$' at the end is the end; else a prefix. Greedy walk with one way back: linear for one '*', never
/// exponential.
bool matches(std::string_view pattern, std::string_view target) {
  const bool anchored = pattern.ends_with('$');
  if (anchored) pattern.remove_suffix(1);
  std::size_t p = 0, t = 0, star = std::string_view::npos, from = 0;
  for (;;) {
    if (p == pattern.size() && (!anchored || t == target.size())) return true;
    if (p < pattern.size() && pattern[p] == '*') {
      star = p++;
      from = t;
      continue;
    }
    if (p < pattern.size() && t < target.size() && pattern[p] == target[t]) {
      ++p;
      ++t;
      continue;
    }
    if (star == std::string_view::npos || from >= target.size()) return false;
    p = star + 1;
    t = ++from;
  }
}

}  // namespace

std::string product_token(std::string_view agent) {
  std::size_t end = 0;
  while (end < agent.size() && ((agent[end] | 0x20) >= 'a' && (agent[end] | 0x20) <= 'z')) ++end;
  while (end < agent.size() &&
         (((agent[end] | 0x20) >= 'a' && (agent[end] | 0x20) <= 'z') || agent[end] == '-' || agent[end] == '_'))
    ++end;
  return std::string(agent.substr(0, end));
}

Robots Robots::parse(std::string_view text, std::string_view agent) {
  text = text.substr(0, kMostBytes);
  for (const std::string_view mark : {"\xEF\xBB\xBF", "\xEF\xBB", "\xEF"}) {
    if (!text.starts_with(mark)) continue;
    text.remove_prefix(mark.size());
    break;
  }
  Robots mine, everyones;
  bool names_me = false, names_all = false, in_rules = false, found_me = false;
  while (!text.empty()) {
    const auto end = text.find_first_of("\r\n");
    const std::string_view raw = text.substr(0, std::min(end, kLongestLine));
    text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
    const auto line = line_of(raw);
    if (!line) continue;
    if (line->key == Key::sitemap) mine.sitemaps_.emplace_back(line->value);
    if (line->key == Key::agent) {
      if (in_rules) names_me = names_all = in_rules = false;
      const bool star = line->value.starts_with('*') && (line->value.size() == 1 || is_blank(line->value[1]));
      names_all = names_all || star;
      names_me = names_me || (!star && !agent.empty() && equals_ignoring_case(product_token(line->value), agent));
      found_me = found_me || names_me;
    }
    if (line->key != Key::allow && line->key != Key::disallow && line->key != Key::delay) continue;
    in_rules = true;
    for (Robots* robots : {names_me ? &mine : nullptr, names_all ? &everyones : nullptr}) {
      if (robots == nullptr) continue;
      if (line->key == Key::delay) {
        if (const auto value = Decimal::parse(line->value); value && value->approximate() >= 0)
          robots->crawl_delay_s_ = std::min(value->approximate(), kLongestDelay_s);
        continue;
      }
      if (line->value.empty()) continue;
      std::string pattern = normal(line->value, true);
      // "/x/index.html" allowed is "/x/" allowed.
      if (const auto slash = pattern.rfind('/');
          line->key == Key::allow && slash != std::string::npos && pattern.compare(slash, 10, "/index.htm") == 0)
        robots->rules_.push_back({pattern.substr(0, slash + 1) + "$", true});
      robots->rules_.push_back({std::move(pattern), line->key == Key::allow});
    }
  }
  if (!found_me) {
    mine.rules_ = std::move(everyones.rules_);
    mine.crawl_delay_s_ = everyones.crawl_delay_s_;
  }
  return mine;
}

bool Robots::allows(std::string_view target) const {
  if (target == "/robots.txt") return true;
  std::string path = normal(target.substr(0, target.find('#')), false);
  if (path.empty()) path = "/";
  std::size_t best = 0;
  bool allowed = true;
  for (const Rule& rule : rules_) {
    if (rule.pattern.size() < best || (rule.pattern.size() == best && !rule.allow)) {
      if (best > 0 || rule.pattern.empty()) continue;
    }
    if (!matches(rule.pattern, path)) continue;
    allowed = rule.allow;
    best = rule.pattern.size();
  }
  return allowed;
}

}  // namespace tearsheet
