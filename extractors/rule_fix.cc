// Rule fix: edits that mend findings for certain.
#include <algorithm>

#include "base/lines.h"
#include "base/yaml.h"
#include "extractors/rule_check.h"

namespace tearsheet {
namespace {

/// The word of "did you mean X?", or "".
std::string meant(std::string_view text) {
  constexpr std::string_view kAsk = "did you mean ";
  const std::size_t at = text.find(kAsk);
  const std::size_t end = at == std::string_view::npos ? at : text.find('?', at);
  return end == std::string_view::npos ? std::string() : std::string(text.substr(at + kAsk.size(), end - at - kAsk.size()));
}

std::optional<Fix> known_key(const Error& error, std::string_view text, std::size_t at) {
  const std::string key = meant(error.excerpt);
  std::size_t end = at;
  while (end < text.size() && (std::isalnum(static_cast<unsigned char>(text[end])) != 0 || text[end] == '_')) ++end;
  if (key.empty() || end == at) return std::nullopt;
  return Fix{error.place.file, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(end)}, key};
}

/// The scalar at `offset`, or null.
const Tree* scalar_at(const Tree& tree, std::size_t offset) {
  if (tree.is_scalar() && tree.offset == offset) return &tree;
  for (const Tree& item : tree.items) {
    if (const Tree* found = scalar_at(item, offset)) return found;
  }
  for (const auto& [key, value] : tree.members) {
    if (const Tree* found = scalar_at(value, offset)) return found;
  }
  return nullptr;
}

std::optional<Fix> single_quotes(const Error& error, std::string_view text, std::size_t at) {
  const auto tree = yaml::parse(text, error.place.file);
  const Tree* scalar = tree ? scalar_at(*tree, at) : nullptr;
  if (scalar == nullptr || text.substr(at, 1) != "\"" || scalar->scalar.find('\n') != std::string::npos) return std::nullopt;
  std::size_t end = at + 1;
  while (end < text.size() && text[end] != '"') end += text[end] == '\\' ? 2 : 1;
  std::string out = "'";
  for (const char c : scalar->scalar) out += c == '\'' ? std::string("''") : std::string(1, c);
  return Fix{error.place.file, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(std::min(end + 1, text.size()))}, out + "'"};
}

}  // namespace

std::optional<Fix> fix_of(const Error& error, std::string_view text) {
  if (error.place.line == 0) return std::nullopt;
  const std::size_t at = Lines(text).offset(error.place.line, error.place.column);
  if (error.code == "R001") return known_key(error, text, at);
  if (error.code == "R015") return single_quotes(error, text, at);
  if (error.code == "R020" && error.what == "schema: is missing") {
    return Fix{error.place.file, {static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at)}, "schema: 1\n"};
  }
  return std::nullopt;
}

std::string apply(const std::vector<Fix>& fixes, std::string_view file, std::string text) {
  std::vector<const Fix*> mine;
  for (const Fix& fix : fixes) {
    if (fix.file == file && fix.where.end <= text.size()) mine.push_back(&fix);
  }
  std::stable_sort(mine.begin(), mine.end(), [](const Fix* a, const Fix* b) { return a->where.begin > b->where.begin; });
  std::size_t free_to = text.size() + 1;
  for (const Fix* fix : mine) {  // from the end, so that offsets stay true
    if (fix->where.end > free_to || (fix->where.end == free_to && fix->where.begin == fix->where.end)) continue;
    text.replace(fix->where.begin, fix->where.size(), fix->text);
    free_to = fix->where.begin;
  }
  return text;
}

}  // namespace tearsheet
