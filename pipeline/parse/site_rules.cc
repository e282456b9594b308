// Site rules: the file's tree checked key by key, each fault with its place.
#include "pipeline/parse/site_rules.h"

#include <algorithm>

#include <fmt/format.h>

#include "base/fold.h"
#include "base/lines.h"
#include "base/suggest.h"

namespace tearsheet {
namespace {

class Compiler {
 public:
  Compiler(std::string_view file, std::string_view text) : file_(file), lines_(text) {}

  std::vector<SiteRule> run(const Tree& settings) {
    std::vector<SiteRule> rules;
    for (const auto& [key, value] : settings.members) {
      if (key == "sites")
        for (const Tree& item : list(value)) rules.push_back(read(item));
      else if (key != "kind" && key != "version" && key != "schema" && key != "doc")
        unknown(value, key, {"kind", "schema", "version", "doc", "sites"});
    }
    return rules;
  }

  std::vector<Error> errors;

 private:
  void complain(std::uint32_t offset, std::size_t length, std::string code, std::string what, std::string help = {}) {
    const Span span{offset, offset + static_cast<std::uint32_t>(length)};
    errors.push_back({std::move(code), std::move(what), lines_.place(file_, offset), std::move(help), lines_.caret(span)});
  }

  void unknown(const Tree& value, const std::string& key, const std::vector<std::string>& known) {
    complain(value.key_offset, key.size(), "R001", fmt::format("no key is called {}", key), did_you_mean(key, known));
  }

  const std::vector<Tree>& list(const Tree& value) {
    if (!value.is_list()) complain(value.offset, 1, "R002", "a list is wanted here");
    return value.items;
  }

  SiteRule read(const Tree& map) {
    SiteRule rule;
    for (const auto& [key, value] : map.members) {
      if (key == "id")
        rule.id = value.scalar;
      else if (key == "domains")
        for (const Tree& domain : list(value)) rule.domains.push_back(lower_ascii(domain.scalar));
      else if (std::vector<Selector>* into = selectors_of(rule, key))
        for (const Tree& item : list(value)) selector(item, *into);
      else if (key != "doc")
        unknown(value, key, {"id", "doc", "domains", "body", "title", "authors", "date", "drop"});
    }
    if (rule.id.empty() || rule.domains.empty()) complain(map.offset, 1, "R003", "a site needs `id` and `domains`");
    return rule;
  }

  static std::vector<Selector>* selectors_of(SiteRule& rule, std::string_view key) {
    if (key == "body") return &rule.body;
    if (key == "title") return &rule.title;
    if (key == "authors") return &rule.authors;
    if (key == "date") return &rule.date;
    return key == "drop" ? &rule.drop : nullptr;
  }

  void selector(const Tree& value, std::vector<Selector>& into) {
    if (auto read = read_selector(value.scalar))
      into.push_back(std::move(*read));
    else
      complain(value.offset, std::max<std::size_t>(value.scalar.size(), 1), "R002",
               fmt::format("{} is no selector", value.scalar),
               "tag, #id, .class, [name=value], parted by blanks or >; @name at the end takes an attribute");
  }

  std::string file_;
  Lines lines_;
};

}  // namespace

tl::expected<SiteRules, std::vector<Error>> SiteRules::compile(const Tree& settings, std::string_view file,
                                                               std::string_view text) {
  Compiler compiler(file, text);
  SiteRules out;
  out.rules_ = compiler.run(settings);
  if (!compiler.errors.empty()) return tl::unexpected(std::move(compiler.errors));
  return out;
}

void SiteRules::overlay(SiteRules upper) {
  for (SiteRule& rule : upper.rules_) rules_.push_back(std::move(rule));
}

const SiteRule* SiteRules::rule_for(std::string_view host) const {
  const std::string lower = lower_ascii(host);
  for (std::string_view name = lower; !name.empty();) {
    for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule)  // the last one of a domain counts
      if (std::find(rule->domains.begin(), rule->domains.end(), name) != rule->domains.end()) return &*rule;
    const auto dot = name.find('.');
    name = dot == std::string_view::npos ? std::string_view() : name.substr(dot + 1);
  }
  return nullptr;
}

}  // namespace tearsheet
