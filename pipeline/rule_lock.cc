// Rule lock: rules.lock, what rules did when somebody last said it was right.
#include "pipeline/rule_lock.h"

#include <fmt/format.h>

#include <cmath>
#include <cstdlib>

#include "base/yaml.h"

namespace tearsheet {
namespace {

std::uint64_t count_in(const Tree& map, std::string_view key) { return std::strtoull(std::string(map.text(key)).c_str(), nullptr, 10); }
double number_in(const Tree& map, std::string_view key) { return std::strtod(std::string(map.text(key)).c_str(), nullptr); }

/// "3/4" to 3 and 4.
void share_in(const Tree& map, std::string_view key, std::uint64_t& part, std::uint64_t& whole) {
  const std::string text(map.text(key));
  part = std::strtoull(text.c_str(), nullptr, 10);
  const auto slash = text.find('/');
  whole = slash == std::string::npos ? part : std::strtoull(text.c_str() + slash + 1, nullptr, 10);
}

/// One significant digit: what a machine measures twice.
double rough(double value) {
  if (value <= 0) return 0;
  const double unit = std::pow(10, std::floor(std::log10(value)));
  return std::floor(value / unit) * unit;
}

std::string sentence(const std::string& id, const LockedRule& old, const LockedRule& now, bool same_cases) {
  std::string what;
  const auto add = [&](const std::string& part) { what += (what.empty() ? "" : ", ") + part; };
  if (old.digest != now.digest) add("its text or its lexicon rows changed");
  if (old.version != now.version) add(fmt::format("version {} -> {}", old.version, now.version));
  const auto share = [&](const char* name, std::uint64_t a, std::uint64_t b, std::uint64_t c, std::uint64_t d) {
    if (a != c || b != d) add(fmt::format("{} {}/{} -> {}/{}", name, a, b, c, d));
  };
  share("examples", old.examples_right, old.examples, now.examples_right, now.examples);
  share("rejects", old.rejects_right, old.rejects, now.rejects_right, now.rejects);
  if (old.todo != now.todo) add(fmt::format("todo {} -> {}", old.todo, now.todo));
  if (same_cases && old.hits != now.hits) add(fmt::format("hits {} -> {}", old.hits, now.hits));
  if (same_cases) share("right in the cases", old.right, old.found, now.right, now.found);
  return what.empty() ? what : id + ": " + what;
}

}  // namespace

Result<Lock> read_lock(std::string_view text, std::string_view file) {
  auto tree = yaml::parse(text, file);
  if (!tree) return tl::unexpected(std::move(tree.error()));
  if (!tree->is_map() || tree->text("schema") != "1" || tree->find("rules") == nullptr) {
    return tl::unexpected(Error{"K001", "this is no rules.lock", {std::string(file), 1, 1}, "`tearsheet rules test --accept` writes one", {}});
  }
  Lock lock;
  lock.cases = tree->text("cases");
  lock.documents = count_in(*tree, "documents");
  for (const auto& [id, row] : tree->find("rules")->members) {
    LockedRule& rule = lock.rules[id];
    rule.version = row.text("version");
    rule.digest = row.text("hash");
    share_in(row, "examples", rule.examples_right, rule.examples);
    share_in(row, "rejects", rule.rejects_right, rule.rejects);
    rule.todo = count_in(row, "todo");
    rule.hits = count_in(row, "hits");
    share_in(row, "right", rule.right, rule.found);
    rule.mb_per_s = number_in(row, "mb_per_s");
  }
  if (const Tree* types = tree->find("f1")) {
    for (const auto& [type, row] : types->members) {
      for (std::size_t i = 0; i < 4 && i < row.items.size(); ++i) lock.f1[type][i] = std::strtod(row.items[i].scalar.c_str(), nullptr);
    }
  }
  return lock;
}

std::string to_text(const Lock& lock) {
  std::string out = "# What the rules did when somebody last said it was right. Written by `tearsheet rules test --accept`; a change that nobody accepted fails `tearsheet rules test`.\nschema: 1\n";
  if (!lock.cases.empty()) out += fmt::format("cases: '{}'\ndocuments: {}\n", lock.cases, lock.documents);
  if (!lock.f1.empty()) out += "f1:  # overlap, strict, value, whole\n";
  for (const auto& [type, f1] : lock.f1) out += fmt::format("  {}: [{:.2f}, {:.2f}, {:.2f}, {:.2f}]\n", type, f1[0], f1[1], f1[2], f1[3]);
  out += "rules:\n";
  for (const auto& [id, rule] : lock.rules) {
    out += fmt::format("  {}: {{ version: '{}', hash: '{}', examples: '{}/{}', rejects: '{}/{}', todo: {}", id, rule.version, rule.digest, rule.examples_right, rule.examples, rule.rejects_right,
                       rule.rejects, rule.todo);
    if (!lock.cases.empty()) out += fmt::format(", hits: {}, right: '{}/{}'", rule.hits, rule.right, rule.found);
    out += fmt::format(", mb_per_s: {:g} }}\n", rough(rule.mb_per_s));
  }
  return out;
}

std::vector<std::string> changes_since(const Lock& old, const Lock& now) {
  std::vector<std::string> out;
  const bool same_cases = old.cases == now.cases && old.documents == now.documents;
  if (!same_cases && !now.cases.empty()) out.push_back(fmt::format("the annotated cases: {} documents -> {}", old.documents, now.documents));
  for (const auto& [id, rule] : now.rules) {
    const auto known = old.rules.find(id);
    const std::string said = known == old.rules.end() ? id + ": new" : sentence(id, known->second, rule, same_cases);
    if (!said.empty()) out.push_back(said);
  }
  for (const auto& [id, rule] : old.rules) {
    if (!now.rules.contains(id)) out.push_back(id + ": gone");
  }
  return out;
}

}  // namespace tearsheet
