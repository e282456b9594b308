// Rule folder: small rule folders for tests, written to a temporary place.
#pragma once

#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "extractors/extract.h"
#include "extractors/rulebook.h"
#include "tearsheet/article.h"

namespace tearsheet::testing {

/// A folder that is removed with its object. Error texts name it: without_folder() takes it out.
class RuleFolder {
 public:
  RuleFolder() {
    static int count = 0;
    path_ = std::filesystem::temp_directory_path() / ("tearsheet_rules_" + std::to_string(::getpid()) + "_" + std::to_string(count++));
    std::filesystem::create_directories(path_);
  }
  ~RuleFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  RuleFolder(const RuleFolder&) = delete;
  RuleFolder& operator=(const RuleFolder&) = delete;

  RuleFolder& file(const std::string& name, std::string_view text) {
    std::filesystem::create_directories((path_ / name).parent_path());
    std::ofstream(path_ / name, std::ios::binary) << text;
    return *this;
  }
  std::string path() const { return path_.string(); }

  /// All errors of loading this folder alone, as a terminal shows them, the folder's path taken out.
  std::string errors() const {
    const auto book = Rulebook::load({path()});
    std::string out;
    if (book) return out;
    for (const Error& error : book.error()) out += to_text(error) + "\n";
    const std::string folder = path() + "/";
    for (std::size_t at = out.find(folder); at != std::string::npos; at = out.find(folder)) out.erase(at, folder.size());
    while (!out.empty() && out.back() == '\n') out.pop_back();
    return out;
  }

 private:
  std::filesystem::path path_;
};

/// An extractor over folders; throws with the errors' text, which fails the test.
inline Extractor open_rules(const std::vector<std::string>& folders) {
  auto book = Rulebook::load(folders);
  std::string text;
  if (!book) {
    for (const Error& error : book.error()) text += to_text(error) + "\n";
    throw std::runtime_error(text);
  }
  auto extractor = Extractor::build(std::make_shared<const Rulebook>(std::move(*book)));
  if (!extractor) {
    for (const Error& error : extractor.error()) text += to_text(error) + "\n";
    throw std::runtime_error(text);
  }
  return std::move(*extractor);
}

/// An article of one block a line.
inline Article article_of(std::string text) {
  Article article;
  article.text = std::move(text);
  std::uint32_t begin = 0;
  while (begin < article.text.size()) {
    const auto end = static_cast<std::uint32_t>(std::min(article.text.find('\n', begin), article.text.size()));
    if (end > begin) article.blocks.push_back(Block{{begin, end}, Kind::paragraph, Use::body, 0, {}, {}});
    begin = end + 1;
  }
  return article;
}

/// "type:words{field=value ...}" of each mention, for comparisons a reader can check.
inline std::string shown(const Extractor& extractor, const Article& article) {
  std::string out;
  for (const Mention& mention : extractor.extract(article, std::nullopt)) {
    out += (out.empty() ? "" : " | ") + mention.type + ":" + std::string(mention.span.of(article.text)) + "{";
    for (std::size_t i = 0; i < mention.fields.size(); ++i) {
      out += (i == 0 ? "" : " ") + mention.fields[i].name + "=" + to_string(mention.fields[i].value);
    }
    out += "}";
  }
  return out;
}

}  // namespace tearsheet::testing
