// Rules fmt: rule files laid out, comments kept.
#include <filesystem>

#include "base/file.h"
#include "base/json.h"
#include "cli/rules_loading.h"
#include "cli/terminal.h"
#include "extractors/rule_edit.h"

namespace tearsheet::cli {

namespace {

constexpr Option kOptions[] = {{"check", 0, "", "change nothing; exit 1 where a file would change"}, {"json", 0, "", "one JSON object a file that changes"}};
constexpr Usage kUsage = {"[PATH...]",
                          "Lays rule files out: no trailing blanks, one blank line between rules, keys in one order, patterns in single quotes. Comments stay with what stands below them. What a file "
                          "says is compared before and after, and nothing is written where it would differ. PATH is a file or a folder; default: the rules in use.",
                          kOptions,
                          {{"tearsheet rules fmt mine/", "lay out your folder"}, {"tearsheet rules fmt --check mine/", "for CI: fail where a file is not laid out"}}};

bool is_yaml(const std::filesystem::path& path) { return path.extension() == ".yaml" || path.extension() == ".yml"; }

Result<std::vector<std::string>> files_of(const Arguments& arguments) {
  auto paths = arguments.paths();
  if (paths.empty()) {
    const auto folders = folders_of(arguments);
    if (!folders) return tl::unexpected(folders.error());
    paths = {folders->back()};
  }
  std::vector<std::string> out;
  for (const std::string& path : paths) {
    std::error_code ignored;
    if (!std::filesystem::is_directory(path, ignored)) {
      out.push_back(path);
      continue;
    }
    const auto entries = file::list(path);
    if (!entries) return tl::unexpected(entries.error());
    for (const auto& entry : *entries) {
      if (is_yaml(entry.path())) out.push_back(entry.path().string());
    }
  }
  return out;
}

}  // namespace

const Usage& rules_fmt_usage() { return kUsage; }

int rules_fmt(const Arguments& arguments) {
  const auto files = files_of(arguments);
  if (!files) return misuse(files.error());
  std::size_t changed = 0;
  for (const std::string& name : *files) {
    const auto contents = file::read(name);
    if (!contents) return misuse(contents.error());
    const auto laid = format_rules(contents->bytes, name);
    if (!laid) return misuse(laid.error());
    if (*laid == contents->bytes) continue;
    ++changed;
    if (!arguments.has("check")) {
      if (auto done = file::write_atomic(name, *laid); !done) return misuse(done.error());
    }
    std::string line = "{\"file\":";
    json::append_string(line, name);
    print(arguments.has("json") ? line + "}\n" : (arguments.has("check") ? "would change " : "laid out ") + name + "\n");
  }
  return arguments.has("check") && changed > 0 ? kSomeFailed : kAllRead;
}

}  // namespace tearsheet::cli
