// Workbench session: the corpus in memory, the rules as saved and as edited, and what the page asks of them.
#pragma once

#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "base/tree.h"
#include "pipeline/engine.h"
#include "pipeline/fetch/source.h"

namespace tearsheet::cli {

/// One article with what the saved and the edited rules find in it.
struct WorkArticle {
  std::string name, path;  // path: of a file that holds this article alone; else empty
  Article article;
  std::vector<Mention> saved, edited;
};

/// All state of one workbench. Every public method locks; answers are JSON texts. Spans in answers and questions count UTF-16 units, as the page's
/// strings do.
class WorkSession {
 public:
  /// Reads the corpus (at most `limit` articles) and the rules. On failure the list is never empty.
  static tl::expected<std::unique_ptr<WorkSession>, std::vector<Error>> open(std::vector<std::string> folders, const Inputs& corpus, std::size_t limit);

  /// Rules, their files, and the articles with their counts.
  std::string state();
  std::string article(std::size_t index);
  std::string file(const std::string& path);
  /// Tries `text` for the file at `path`: findings with their places, and what it changes over the corpus. Nothing is written.
  std::string edit(const std::string& path, const std::string& text);
  /// Writes the edited files (whole, beside and renamed) when they load, and makes them the saved ones.
  std::string save();
  /// The life of a stretch of an article under the edited rules.
  std::string trace(std::size_t index, std::uint32_t begin, std::uint32_t end, const std::string& rule);
  /// The rule's file with the stretch's sentence added as `kind`: "example" or "reject". "annotation" writes it to the article's want file instead.
  std::string judge(const std::string& kind, std::size_t index, std::uint32_t begin, std::uint32_t end, const std::string& rule, const std::string& text);

 private:
  const RuleSet& now() const { return edited_ ? *edited_ : *saved_; }
  void read_all();
  void compare();
  std::string changes_json() const;
  bool is_ours(const std::string& path) const;

  std::mutex lock_;
  std::vector<std::string> folders_;
  std::optional<RuleSet> saved_, edited_;
  std::map<std::string, std::string> texts_;  // edited files, not saved
  std::vector<WorkArticle> articles_;
  std::uint64_t pattern_ns_ = 0, text_bytes_ = 0;
};

}  // namespace tearsheet::cli
