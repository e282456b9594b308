// Sniff: HTML by its first tags, Markdown by a score of marks that prose does not have.
#include "pipeline/parse/sniff.h"

#include <algorithm>
#include <string>

#include "base/fold.h"

namespace tearsheet {
namespace {

constexpr std::size_t kLook = 16u << 10;

bool ends_with_any(std::string_view path, std::initializer_list<std::string_view> endings) {
  std::string name = lower_ascii(path.substr(path.size() - std::min<std::size_t>(path.size(), 16)));
  for (std::string_view packed : {".gz", ".zst"})
    if (name.ends_with(packed)) name.resize(name.size() - packed.size());
  return std::any_of(endings.begin(), endings.end(), [&](std::string_view ending) { return name.ends_with(ending); });
}

bool starts_as_html(std::string_view text) {
  const std::string head = lower_ascii(trim(text).substr(0, 512));
  if (!head.starts_with("<")) return false;
  for (std::string_view tag :
       {"<!doctype html", "<html", "<head", "<body",   "<!--",    "<title", "<meta",   "<article", "<section",
        "<main",          "<div",  "<p>",   "<p ",     "<h1",     "<h2",    "<script", "<link",    "<span",
        "<table",         "<ul",   "<img",  "<figure", "<center", "<font",  "<b>",     "<i>",      "<a "})
    if (head.starts_with(tag)) return true;
  return head.starts_with("<?xml") && head.find("<html") != std::string::npos;
}

std::size_t count(std::string_view text, std::string_view what) {
  std::size_t n = 0;
  for (auto at = text.find(what); at != std::string_view::npos; at = text.find(what, at + what.size())) ++n;
  return n;
}

int mark_of(std::string_view line) {
  const auto hashes = std::min(line.find_first_not_of('#'), line.size());
  if (hashes >= 1 && hashes <= 6 && hashes + 1 < line.size() && line[hashes] == ' ') return 2;
  if (line.starts_with("```") || line.starts_with("~~~")) return 2;
  if (line.starts_with("![") && line.find("](") != std::string_view::npos) return 2;
  if (line.starts_with("|") && line.find("---") != std::string_view::npos) return 2;
  if (const auto link = line.find("]("); link != std::string_view::npos && line.rfind('[', link) != std::string_view::npos)
    return 2;
  if (count(line, "**") >= 2 || count(line, "__") >= 2) return 1;
  return 0;
}

bool is_markdown(std::string_view text) {
  text = text.substr(0, kLook);
  int score = 0;
  while (!text.empty() && score < 2) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    score += mark_of(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return score >= 2;
}

}  // namespace

Format sniff_text(std::string_view text, std::string_view content_type, std::string_view path) {
  const std::string type = lower_ascii(content_type);
  if (type.starts_with("text/html") || type.starts_with("application/xhtml")) return Format::html;
  if (type.starts_with("text/markdown") || type.starts_with("text/x-markdown")) return Format::markdown;
  if (ends_with_any(path, {".md", ".markdown", ".mdown", ".mkd"})) return Format::markdown;
  if (ends_with_any(path, {".html", ".htm", ".xhtml", ".shtml"})) return Format::html;
  if (starts_as_html(text)) return Format::html;
  const std::string_view head = text.substr(0, kLook);
  if (count(head, "</p>") >= 3 && count(head, "<p") >= 3) return Format::html;
  return is_markdown(text) ? Format::markdown : Format::plain;
}

}  // namespace tearsheet
