// Front matter: the YAML head of a text, its keys in any spelling, to meta and blocks.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/tree.h"
#include "tearsheet/article.h"

namespace tearsheet {

/// Where the head ends and the body begins.
struct FrontMatter {
  std::string_view head;  // from the opening "---" to before the closing line
  std::string_view body;  // behind the closing line
};

/// Finds `---` as the first line and the `---` or `...` that closes it. Nothing where the text does not begin so; with a note
/// where it does but is never closed (N010), or is TOML between `+++` (N012): such a text is read as it stands.
std::optional<FrontMatter> peel(std::string_view text, std::vector<Note>& notes);

/// One item of `related`.
struct FrontRelated {
  std::string title, excerpt;
  std::optional<Date> published;
};

/// What the head says that becomes blocks; the rest goes to Article::meta at once.
struct FrontBlocks {
  std::string title, subtitle, excerpt, body;
  std::vector<FrontRelated> related;
};

/// Reads the head into `article.meta` (unknown keys to meta.extra, each value that is used noted in meta.why) and gives back what
/// is text.
///
/// Keys are known without regard to case, `_`, `-` and blanks; where several say the same, the more exact one wins and the others
/// stay in extra. A head that is no YAML is noted (N011, with line and column), its plain `key: value` lines are read, and all of
/// it is kept in extra as `front_matter`. Anchors and aliases are refused.
FrontBlocks read_front_matter(const FrontMatter& front, std::string_view file, Article& article);

/// For text that must stay as it is: blocks over the head's own bytes. Title, excerpt and related items where they stand word for
/// word, boilerplate between.
void mark_front_matter(const FrontMatter& front, const FrontBlocks& found, Article& article);

/// "By Jane Doe and John Roe, Reuters" -> names.
std::vector<std::string> split_names(std::string_view text);

}  // namespace tearsheet
