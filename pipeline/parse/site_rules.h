// Site rules: rules/sites.yaml compiled: where a publisher's pages keep their body, title, authors and date.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/tree.h"
#include "pipeline/parse/html_select.h"
#include "tearsheet/error.h"

namespace tearsheet {

/// Each list is tried in its order. `body`: all elements that fit the first selector that fits any, in document order.
struct SiteRule {
  std::string id;
  std::vector<std::string> domains;
  std::vector<Selector> body, title, authors, date, drop;
};

/// Const once compiled; share it.
class SiteRules {
 public:
  /// Fails with every fault of the file (unknown key, bad selector), each with its place.
  static tl::expected<SiteRules, std::vector<Error>> compile(const Tree& settings, std::string_view file, std::string_view text);

  /// The rule for a host: of its own domain, else of the nearest above it ("www.example.com", "example.com"). Null: none.
  const SiteRule* rule_for(std::string_view host) const;
  /// Takes over the rules of a folder that lies over this one; theirs come first.
  void overlay(SiteRules upper);
  const std::vector<SiteRule>& rules() const { return rules_; }

 private:
  std::vector<SiteRule> rules_;
};

}  // namespace tearsheet
