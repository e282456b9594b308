// JSON lines: `text` is taken as it is, `html` is text already, `html_base64` is bytes with a charset of its own.
#include "pipeline/fetch/json_lines.h"

#include <array>
#include <optional>

#include <fmt/format.h>

#include "base/json.h"

namespace tearsheet {
namespace {

constexpr std::string_view kHelp =
    "each line is one JSON object: {\"id\": \"1\", \"text\": \"...\"} or \"html\" or \"html_base64\"";

std::optional<std::string> unbase64(std::string_view text) {
  std::string out;
  out.reserve(text.size() / 4 * 3);
  std::uint32_t bits = 0;
  int have = 0;
  for (char c : text) {
    int value = 0;
    if (c >= 'A' && c <= 'Z')
      value = c - 'A';
    else if (c >= 'a' && c <= 'z')
      value = c - 'a' + 26;
    else if (c >= '0' && c <= '9')
      value = c - '0' + 52;
    else if (c == '+' || c == '-')
      value = 62;
    else if (c == '/' || c == '_')
      value = 63;
    else if (c == '=' || c == '\n' || c == '\r' || c == ' ')
      continue;
    else
      return std::nullopt;
    bits = bits << 6 | static_cast<std::uint32_t>(value);
    have += 6;
    if (have >= 8) {
      have -= 8;
      out.push_back(static_cast<char>(bits >> have & 0xff));
    }
  }
  return out;
}

// The id of a line that is no JSON, as far as it can be seen: {"id": "a7", "text": "cut sho
std::optional<std::string> id_of_broken(std::string_view line) {
  line = line.substr(0, 4096);
  auto at = line.find("\"id\"");
  if (at == std::string_view::npos) return std::nullopt;
  at = line.find_first_not_of(" \t:", at + 4);
  if (at == std::string_view::npos) return std::nullopt;
  if (line[at] == '"') {
    const auto end = line.find('"', at + 1);
    if (end == std::string_view::npos || line.substr(at, end - at).find('\\') != std::string_view::npos) return std::nullopt;
    return std::string(line.substr(at + 1, end - at - 1));
  }
  const auto end = line.find_first_not_of("-0123456789", at);
  if (end == std::string_view::npos || end == at) return std::nullopt;
  return std::string(line.substr(at, end - at));
}

const Tree* value(const Tree& object, std::string_view key) {
  const Tree* found = object.find(key);
  return found == nullptr || found->is_null() ? nullptr : found;
}

Result<Blob> blob_of(Tree& object) {
  Blob blob;
  for (const auto& [key, into] : std::array<std::pair<std::string_view, std::string*>, 5>{{{"title", &blob.hints.title},
                                                                                           {"published", &blob.hints.published},
                                                                                           {"url", &blob.hints.url},
                                                                                           {"language", &blob.hints.language},
                                                                                           {"content_type", &blob.content_type}}})
    if (const Tree* found = value(object, key); found != nullptr && found->is_scalar()) *into = found->scalar;
  for (auto& [key, member] : object.members) {
    if (key != "text" && key != "html" && key != "html_base64") continue;
    if (member.is_null()) continue;
    if (member.type != Tree::Type::string) return fail("I021", fmt::format("`{}` is no string", key), std::string(kHelp));
    if (key == "html_base64") {
      auto bytes = unbase64(member.scalar);
      if (!bytes) return fail("I023", "`html_base64` is no base64", "encode the page's bytes with the usual alphabet (RFC 4648)");
      blob.bytes = std::move(*bytes);
      blob.format = Format::html;
    } else {
      blob.is_text = true;
      blob.keep_text = key == "text";
      blob.format = key == "text" ? Format::plain : Format::html;
      blob.bytes = std::move(member.scalar);
    }
    return blob;
  }
  return fail("I021", "the object has none of `text`, `html`, `html_base64`", std::string(kHelp));
}

}  // namespace

Item read_json_line(std::string_view line, const std::string& container, std::uint32_t number, bool cut) {
  Item item;
  item.origin.container = container;
  item.origin.path = container;
  item.origin.index = number - 1;
  const auto refuse = [&](Error error) {
    error.place = {container, number, error.place.line == 1 ? error.place.column : 0};
    error.excerpt.clear();
    item.blob = tl::unexpected(std::move(error));
  };
  if (cut) {
    item.origin.id = id_of_broken(line);
    refuse({"I022",
            "the line is longer than the limit and was not read",
            {},
            "raise --max-bytes, or give the document as a file",
            {}});
    return item;
  }
  auto tree = json::parse(line);
  if (!tree || !tree->is_map()) {
    item.origin.id = id_of_broken(line);
    refuse({"I020",
            tree ? "the line is no JSON object" : "the line is no JSON: " + tree.error().what,
            tree ? Place{} : tree.error().place,
            std::string(kHelp),
            {}});
    return item;
  }
  if (const Tree* id = value(*tree, "id"); id != nullptr && id->is_scalar()) item.origin.id = id->scalar;
  auto blob = blob_of(*tree);
  if (!blob) {
    refuse(std::move(blob.error()));
    return item;
  }
  blob->origin = item.origin;
  if (blob->hints.url.starts_with("http")) blob->origin.uri = blob->hints.url;
  item.origin = blob->origin;
  item.blob = std::move(*blob);
  return item;
}

}  // namespace tearsheet
