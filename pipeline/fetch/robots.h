// Robots: what a site's robots.txt lets us fetch (RFC 9309).
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace tearsheet {

/// A robots.txt, parsed for one agent. Built once, then const.
class Robots {
 public:
  /// Takes the groups that name `agent` (a product token, see below), all of them together; where there is none, the groups of
  /// '*'. Reads as Google's parser does: missing colons, common misspellings, any line end, a byte-order mark, lines cut at 16
  /// KB. Reads the first 500 KB (RFC 9309, section 2.5). Never fails. Cost: linear.
  static Robots parse(std::string_view text, std::string_view agent);

  /// Whether `target` (path with query, percent-encoded as in a URL) may be fetched: the longest matching rule counts, allow wins
  /// a tie. Cost: linear in the rules and, for rules with '*', at most rule times target.
  bool allows(std::string_view target) const;
  /// Seconds between requests, where the group says so; at most 120.
  std::optional<double> crawl_delay_s() const { return crawl_delay_s_; }
  /// Sitemaps that the file names, for any agent.
  const std::vector<std::string>& sitemaps() const { return sitemaps_; }

 private:
  struct Rule {
    std::string pattern;
    bool allow = false;
  };
  std::vector<Rule> rules_;
  std::optional<double> crawl_delay_s_;
  std::vector<std::string> sitemaps_;
};

/// The product token of a User-Agent: "Tearsheet" of "Tearsheet/0.1 (+https://example.org)".
std::string product_token(std::string_view agent);

}  // namespace tearsheet
