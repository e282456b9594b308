// Identity: when two items or two addresses are the same.
#include "pipeline/fetch/identity.h"

#include <algorithm>
#include <bit>
#include <unordered_map>

#include "base/file.h"
#include "base/fold.h"
#include "base/hash.h"
#include "base/lines.h"
#include "base/url.h"
#include "base/yaml.h"

namespace tearsheet {

namespace {

Result<void> read_names(const Tree& tree, const std::string& key, const std::string& path, std::vector<std::string>& into) {
  for (const Tree& one : tree.items) {
    if (!one.is_scalar()) return tl::unexpected(Error{"R091", key + " takes a list of names", {path, 0, 0}, {}, {}});
    into.push_back(one.scalar);
  }
  return {};
}

bool is_dropped(std::string_view parameter, const UrlRules& rules) {
  const std::string name = percent_decode(parameter.substr(0, parameter.find('=')));
  for (const std::string& one : rules.drop)
    if (one == name) return true;
  for (const std::string& front : rules.drop_prefix)
    if (name.starts_with(front)) return true;
  return false;
}

std::string key_of(std::string_view kind, std::string_view what) {
  return hash::sha256_hex(std::string(kind) + "\n" + std::string(what)).substr(0, 32);
}

}  // namespace

Result<UrlRules> UrlRules::load(const std::vector<std::string>& folders) {
  UrlRules rules;
  for (auto folder = folders.rbegin(); folder != folders.rend(); ++folder) {
    const std::string path = *folder + "/urls.yaml";
    const auto contents = file::read(path, 1u << 20);
    if (!contents && contents.error().code == "F001") continue;
    if (!contents) return tl::unexpected(contents.error());
    auto tree = yaml::parse(contents->bytes, path);
    if (!tree) return tl::unexpected(std::move(tree.error()));
    for (const auto& [key, value] : tree->members) {
      Result<void> done;
      if (key == "drop")
        done = read_names(value, key, path, rules.drop);
      else if (key == "drop_prefix")
        done = read_names(value, key, path, rules.drop_prefix);
      else if (key != "schema" && key != "kind" && key != "pack" && key != "version" && key != "doc")
        done = tl::unexpected(
            Error{"R091", "no key of urls.yaml is called " + key, {path, 0, 0}, "it has drop and drop_prefix", {}});
      if (!done) return tl::unexpected(std::move(done.error()));
    }
    break;
  }
  return rules;
}

std::string canonical_url(std::string_view text, const UrlRules& rules) {
  auto url = parse_url(text);
  if (!url || !url->is_http()) return {};
  url->username.clear();
  url->password.clear();
  url->fragment.reset();
  if (!url->query) return url->href();
  std::string kept;
  for (std::string_view rest = *url->query; !rest.empty();) {
    const auto end = rest.find('&');
    const std::string_view parameter = rest.substr(0, end);
    rest.remove_prefix(end == std::string_view::npos ? rest.size() : end + 1);
    if (parameter.empty() || is_dropped(parameter, rules)) continue;
    if (!kept.empty()) kept += '&';
    kept += parameter;
  }
  if (kept.empty())
    url->query.reset();
  else
    url->query = kept;
  return url->href();
}

std::vector<std::string> item_keys(const std::vector<FeedItem>& items, const UrlRules& rules) {
  std::unordered_map<std::string_view, int> seen;
  for (const FeedItem& item : items)
    if (!item.id.empty()) ++seen[item.id];
  std::vector<std::string> keys;
  keys.reserve(items.size());
  for (const FeedItem& item : items) {
    const std::string url = canonical_url(item.link, rules);
    if (!item.id.empty() && seen[item.id] == 1)
      keys.push_back(key_of("guid", item.id));
    else if (!item.id.empty())
      keys.push_back(key_of("guid+link", item.id + "\n" + (url.empty() ? item.title.plain() : url)));
    else if (!url.empty())
      keys.push_back(key_of("url", url));
    else
      keys.push_back(
          key_of("text", item.title.plain() + "\n" + (item.full() != nullptr ? item.full()->plain() : item.summary.plain())));
  }
  return keys;
}

bool is_near(std::uint64_t a, std::uint64_t b) { return a != 0 && b != 0 && std::popcount(a ^ b) <= 3; }

}  // namespace tearsheet
