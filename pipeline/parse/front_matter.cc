// Front matter: one table of keys; each role reads the shapes its value has in the wild.
#include "pipeline/parse/front_matter.h"

#include <algorithm>
#include <array>

#include <fmt/format.h>

#include "base/date_text.h"
#include "base/fold.h"
#include "base/yaml.h"
#include "pipeline/parse/blocks.h"
#include "pipeline/parse/front_keys.h"

namespace tearsheet {
namespace {

constexpr std::size_t kHeadAtMost = 1u << 20;

// A value by any of its usual names; `from` must be a map.
const Tree* member(const Tree& from, std::initializer_list<std::string_view> names) {
  for (std::string_view name : names)
    for (const auto& [key, value] : from.members)
      if (plain_key(key) == name && !value.is_null()) return &value;
  return nullptr;
}

std::string text_of(const Tree& value) {
  if (value.is_scalar() && value.type != Tree::Type::boolean) return one_line(value.scalar);
  if (value.is_map())
    if (const Tree* name = member(value, {"name", "title", "label", "text", "value"})) return text_of(*name);
  if (value.is_list() && value.items.size() == 1) return text_of(value.items.front());
  return {};
}

std::string url_of(const Tree& value) {
  if (value.is_list() && !value.items.empty()) return url_of(value.items.front());
  if (value.is_map()) {
    const Tree* url = member(value, {"url", "src", "href", "contenturl"});
    return url == nullptr ? std::string() : url_of(*url);
  }
  return value.scalar.starts_with("http://") || value.scalar.starts_with("https://") || value.scalar.starts_with("//")
             ? value.scalar
             : std::string();
}

std::vector<std::string> texts_of(const Tree& value) {
  std::vector<std::string> out;
  if (value.is_list()) {
    for (const Tree& item : value.items)
      if (std::string text = text_of(item); !text.empty()) out.push_back(std::move(text));
  } else if (value.is_scalar()) {
    std::string_view rest = value.scalar;
    while (!rest.empty()) {
      const auto comma = std::min(rest.find(','), rest.size());
      if (const auto part = trim(rest.substr(0, comma)); !part.empty()) out.emplace_back(part);
      rest.remove_prefix(std::min(comma + 1, rest.size()));
    }
  }
  return out;
}

std::optional<Date> date_of(const Tree& value, std::string_view key, Article& article) {
  if (!value.is_scalar() || value.type == Tree::Type::boolean) return std::nullopt;
  const auto read = read_date_text(value.scalar);
  if (!read) return std::nullopt;
  if (read->other) {
    article.notes.push_back({"N013", fmt::format("{}: {} can be read day first or month first; left unread", key, value.scalar)});
    return std::nullopt;
  }
  return read->date;
}

std::vector<std::string> names_of(const Tree& value) {
  std::vector<std::string> out;
  if (value.is_list()) {
    for (const Tree& item : value.items)
      for (std::string& name : names_of(item)) out.push_back(std::move(name));
    return out;
  }
  return split_names(text_of(value));
}

FrontRelated related_of(const Tree& item, Article& article) {
  FrontRelated out;
  if (item.is_scalar() && url_of(item).empty()) out.title = one_line(item.scalar);
  std::size_t best[3] = {SIZE_MAX, SIZE_MAX, SIZE_MAX};
  for (const auto& [key, value] : item.members) {
    const auto rank = rank_of(key);
    if (!rank) continue;
    const Role role = role_of(*rank);
    if (role == Role::title && *rank < best[0]) {
      out.title = text_of(value);
      best[0] = *rank;
    } else if (role == Role::excerpt && *rank < best[1]) {
      out.excerpt = text_of(value);
      best[1] = *rank;
    } else if (role == Role::published && *rank < best[2]) {
      if (auto date = date_of(value, key, article)) {
        out.published = date;
        best[2] = *rank;
      }
    }
  }
  return out;
}

bool put(std::string& into, std::string value) {
  if (!into.empty() || value.empty()) return false;
  into = std::move(value);
  return true;
}

bool put(std::optional<Date>& into, std::optional<Date> value) {
  if (into || !value) return false;
  into = value;
  return true;
}

bool put(std::vector<std::string>& into, std::vector<std::string> values) {
  bool any = false;
  for (std::string& value : values) {
    if (std::find(into.begin(), into.end(), value) != into.end()) continue;
    into.push_back(std::move(value));
    any = true;
  }
  return any;
}

bool put_publisher(Meta& meta, const Tree& value) {
  if (!url_of(value).empty() && value.is_scalar()) return false;
  if (value.is_map())
    if (const Tree* domain = member(value, {"domain", "host", "hostname"})) put(meta.domain, lower_ascii(text_of(*domain)));
  return put(meta.publisher, text_of(value));
}

bool put_related(FrontBlocks& blocks, const Tree& value, Article& article) {
  if (!value.is_list()) return false;
  const std::size_t before = blocks.related.size();
  for (const Tree& item : value.items)
    if (FrontRelated related = related_of(item, article); !related.title.empty() || !related.excerpt.empty())
      blocks.related.push_back(std::move(related));
  return blocks.related.size() > before;
}

bool put_paywall(Meta& meta, const Tree& value) {
  if (value.type != Tree::Type::boolean || meta.paywall) return false;
  meta.paywall = value.scalar == "true";
  return true;
}

// True when the value was of use; otherwise it stays in extra.
bool take(Role role, std::string_view key, const Tree& value, Article& article, FrontBlocks& blocks) {
  Meta& meta = article.meta;
  switch (role) {
    case Role::title:
      return put(blocks.title, text_of(value));
    case Role::subtitle:
      return put(blocks.subtitle, text_of(value));
    case Role::excerpt:
      return put(blocks.excerpt, text_of(value));
    case Role::published:
      return !meta.published && put(meta.published, date_of(value, key, article));
    case Role::modified:
      return !meta.modified && put(meta.modified, date_of(value, key, article));
    case Role::author:
      return put(meta.byline, names_of(value));
    case Role::publisher:
      return put_publisher(meta, value);
    case Role::domain:
      return put(meta.domain, lower_ascii(text_of(value)));
    case Role::url:
      return value.is_scalar() && put(meta.url, url_of(value));
    case Role::language: {
      std::string tag = text_of(value);
      std::replace(tag.begin(), tag.end(), '_', '-');
      return tag.size() <= 35 && tag.find(' ') == std::string::npos && put(meta.language, tag);
    }
    case Role::topics:
      return put(meta.topics, texts_of(value));
    case Role::section:
      return put(meta.section, text_of(value));
    case Role::image:
      return put(meta.image, url_of(value));
    case Role::place:
      return put(meta.place, text_of(value));
    case Role::related:
      return put_related(blocks, value, article);
    case Role::body:
      return value.type == Tree::Type::string && put(blocks.body, value.scalar);
    case Role::paywall:
      return put_paywall(meta, value);
  }
  return false;
}

// `key: value` lines at the left edge, for heads that YAML refuses ("title: Japan: the plan").
Tree tolerant(std::string_view head) {
  Tree tree;
  tree.type = Tree::Type::map;
  for (std::size_t at = 0; at < head.size();) {
    const std::size_t end = std::min(head.find('\n', at), head.size());
    const std::string_view line = head.substr(at, end - at);
    const auto colon = line.find(':');
    Tree value;
    value.offset = static_cast<std::uint32_t>(at + (colon == std::string_view::npos ? 0 : colon + 1));
    at = end + 1;
    if (colon == std::string_view::npos || colon == 0 || colon > 40 || line.front() == ' ' || line.front() == '\t' ||
        line.front() == '#')
      continue;
    std::string_view text = trim(line.substr(colon + 1));
    if (text.size() >= 2 && (text.front() == '"' || text.front() == '\'') && text.back() == text.front())
      text = text.substr(1, text.size() - 2);
    const std::string key(trim(line.substr(0, colon)));
    if (text.empty() || std::string_view("[{&*|>!").find(text.front()) != std::string_view::npos || tree.find(key) != nullptr)
      continue;
    value.type = text == "true" || text == "false" ? Tree::Type::boolean : Tree::Type::string;
    value.scalar = text;
    tree.members.emplace_back(key, std::move(value));
  }
  return tree;
}

Tree read_head(std::string_view head, std::string_view file, Article& article) {
  auto tree = yaml::parse(head, file);
  const auto place = [&] {
    return fmt::format("{} (line {}, column {})", tree.error().what, tree.error().place.line, tree.error().place.column);
  };
  if (!tree && tree.error().code == "Y003") {
    article.notes.push_back({"N011", "front matter: " + place() + "; the first one counts"});
    yaml::Limits limits;
    limits.duplicates = true;
    tree = yaml::parse(head, file, limits);
  }
  if (!tree && head.find("\n\t") != std::string_view::npos) {
    article.notes.push_back({"N011", "front matter: " + place() + "; tabs at line starts read as blanks"});
    std::string spaced(head);
    for (std::size_t at = spaced.find('\t'); at != std::string::npos; at = spaced.find('\t', at + 1))
      if (spaced.find_last_not_of("\t ", at) == std::string::npos || spaced[spaced.find_last_not_of("\t ", at)] == '\n')
        spaced.replace(at, 1, "  ");
    tree = yaml::parse(spaced, file);
  }
  if (tree && tree->is_map()) return std::move(*tree);
  article.notes.push_back(
      {"N011",
       fmt::format("front matter is not read as YAML: {}; its plain `key: value` lines were, and all of it is kept in extra",
                   tree ? "it holds no keys" : place())});
  const auto first = head.find('\n');
  set(article.meta.extra, "front_matter",
      std::string(trim(first == std::string_view::npos ? std::string_view() : head.substr(first))));
  return tolerant(head);
}

bool is_fence(std::string_view line, std::string_view fence) { return trim(line) == fence && line.starts_with(fence); }

}  // namespace

std::optional<FrontMatter> peel(std::string_view text, std::vector<Note>& notes) {
  const std::size_t first = text.find('\n');
  if (first == std::string_view::npos) return std::nullopt;
  if (is_fence(text.substr(0, first), "+++")) {
    notes.push_back({"N012", "front matter between +++ (TOML) is not read; it stands in the text"});
    return std::nullopt;
  }
  if (!is_fence(text.substr(0, first), "---")) return std::nullopt;
  bool any_key = false;
  for (std::size_t at = first + 1; at <= text.size() && at < kHeadAtMost;) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view line = text.substr(at, end - at);
    if (is_fence(line, "---") || is_fence(line, "...")) {
      // A ruled line above and below a paragraph is no front matter.
      if (!any_key && !trim(text.substr(first, at - first)).empty()) return std::nullopt;
      return FrontMatter{text.substr(0, at), text.substr(std::min(end + 1, text.size()))};
    }
    const auto colon = line.find(':');
    any_key =
        any_key || (colon != std::string_view::npos && colon > 0 && line.substr(0, colon).find(' ') == std::string_view::npos);
    at = end + 1;
  }
  if (any_key) notes.push_back({"N010", "front matter is never closed by ---; the text is read as it stands"});
  return std::nullopt;
}

FrontBlocks read_front_matter(const FrontMatter& front, std::string_view file, Article& article) {
  const Tree tree = read_head(front.head, file, article);
  struct Candidate {
    std::size_t rank;
    const std::pair<std::string, Tree>* member;
  };
  std::vector<Candidate> known;
  std::vector<const std::pair<std::string, Tree>*> used;
  for (const auto& pair : tree.members)
    if (const auto rank = rank_of(pair.first); rank && !pair.second.is_null()) known.push_back({*rank, &pair});
  std::stable_sort(known.begin(), known.end(), [](const Candidate& a, const Candidate& b) { return a.rank < b.rank; });
  FrontBlocks blocks;
  for (const Candidate& candidate : known) {
    const auto& [key, value] = *candidate.member;
    if (!take(role_of(candidate.rank), key, value, article, blocks)) continue;
    used.push_back(candidate.member);
    static constexpr std::array<std::string_view, 17> kRoleNames{
        "title",    "subtitle", "excerpt", "published", "modified", "byline",  "publisher", "domain", "url",
        "language", "topics",   "section", "image",     "place",    "related", "body",      "paywall"};
    article.meta.why.emplace_back(kRoleNames[static_cast<std::size_t>(role_of(candidate.rank))], "front matter: " + key);
  }
  for (const auto& pair : tree.members)
    if (std::find(used.begin(), used.end(), &pair) == used.end()) set(article.meta.extra, pair.first, to_scalar(pair.second));
  article.meta.title = blocks.title;
  return blocks;
}

void mark_front_matter(const FrontMatter& front, const FrontBlocks& found, Article& article) {
  struct Mark {
    Span span;
    Kind kind;
    Use use;
    std::optional<Date> published;
  };
  std::vector<Mark> marks;
  const auto mark = [&](const std::string& words, Kind kind, Use use, std::optional<Date> published = std::nullopt) {
    if (words.empty()) return;
    for (std::size_t at = front.head.find(words); at != std::string_view::npos; at = front.head.find(words, at + 1)) {
      const Span span{static_cast<std::uint32_t>(at), static_cast<std::uint32_t>(at + words.size())};
      if (std::any_of(marks.begin(), marks.end(), [&](const Mark& other) { return other.span.overlaps(span); })) continue;
      marks.push_back({span, kind, use, published});
      return;
    }
  };
  mark(found.title, Kind::title, Use::title);
  mark(found.subtitle, Kind::paragraph, Use::excerpt);
  mark(found.excerpt, Kind::paragraph, Use::excerpt);
  for (const FrontRelated& related : found.related) {
    mark(related.title, Kind::item, Use::related, related.published);
    mark(related.excerpt, Kind::item, Use::related, related.published);
  }
  std::sort(marks.begin(), marks.end(), [](const Mark& a, const Mark& b) { return a.span < b.span; });
  const auto closing = article.text.find('\n', front.head.size());
  const auto end = static_cast<std::uint32_t>(closing == std::string::npos ? article.text.size() : closing);
  std::uint32_t at = 0;
  const auto fill = [&](std::uint32_t until) {
    const std::string_view between = trim(std::string_view(article.text).substr(at, until - at));
    if (between.empty()) return;
    const auto begin = static_cast<std::uint32_t>(between.data() - article.text.data());
    article.blocks.push_back({{begin, begin + static_cast<std::uint32_t>(between.size())},
                              Kind::paragraph,
                              Use::boilerplate,
                              0,
                              "front matter",
                              std::nullopt});
  };
  for (const Mark& one : marks) {
    fill(one.span.begin);
    article.blocks.push_back({one.span, one.kind, one.use, 0, "front matter", one.published});
    at = one.span.end;
  }
  fill(end);
}

std::vector<std::string> split_names(std::string_view text) {
  std::vector<std::string> out;
  text = trim(text);
  if (text.size() > 3 && equals_ignoring_case(text.substr(0, 3), "by ")) text = trim(text.substr(3));
  while (!text.empty()) {
    std::size_t cut = text.size();
    std::size_t length = 0;
    for (std::string_view part : {" and ", " & ", ",", ";", " und ", " et ", " y ", " | "}) {
      const auto at = text.find(part);
      if (at >= cut) continue;
      cut = at;
      length = part.size();
    }
    const std::string_view name = trim(text.substr(0, cut));
    text.remove_prefix(cut + length);
    if (name.starts_with("and ")) {
      out.emplace_back(trim(name.substr(4)));
    } else if (!name.empty() && name.size() <= 120) {
      out.emplace_back(name);
    }
  }
  return out;
}

}  // namespace tearsheet
