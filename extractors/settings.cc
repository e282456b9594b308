// Settings: the files of one kind from all layers, as one tree that still knows where each word stands.
#include "extractors/settings.h"

#include <algorithm>

namespace tearsheet {
namespace {

void shift(Tree& tree, std::size_t by) {
  tree.offset += static_cast<std::uint32_t>(by);
  tree.key_offset += static_cast<std::uint32_t>(by);
  for (Tree& item : tree.items) shift(item, by);
  for (auto& [key, value] : tree.members) shift(value, by);
}

bool has_ids(const Tree& list);

/// An upper layer's version belongs to its own entries: results name rules with the version of their file.
void keep_version(Tree& layer) {
  const Tree* version = layer.find("version");
  if (version == nullptr) return;
  const Tree own = *version;
  std::erase_if(layer.members, [](const auto& member) { return member.first == "version"; });
  for (auto& [key, value] : layer.members) {
    if (!has_ids(value)) continue;
    for (Tree& item : value.items) {
      if (item.find("version") == nullptr) item.members.emplace_back("version", own);
    }
  }
}

bool has_ids(const Tree& list) {
  return list.is_list() && std::any_of(list.items.begin(), list.items.end(), [](const Tree& item) { return item.find("id") != nullptr; });
}

/// An identifier: words that stand for themselves, and so are joined by name. Keys that are patterns are cues, which have an order.
bool is_name(std::string_view key) {
  return !key.empty() && std::all_of(key.begin(), key.end(), [](unsigned char c) { return std::isalnum(c) != 0 || c == '_'; });
}

bool is_cues(const Tree& map) {
  return std::any_of(map.members.begin(), map.members.end(), [](const auto& member) { return !is_name(member.first); });
}

}  // namespace

Settings::Settings(const std::vector<const SettingsFile*>& layers) {
  std::size_t base = 0;
  for (const SettingsFile* layer : layers) {
    files_.push_back({layer->path, base, Lines(layer->text)});
    Tree tree = layer->tree;
    shift(tree, base);
    if (files_.size() == 1) {
      tree_ = std::move(tree);
    } else {
      keep_version(tree);
      join(tree_, tree);
    }
    base += layer->text.size() + 1;
  }
  for (auto& [key, value] : tree_.members) {
    if (has_ids(value)) std::erase_if(value.items, [](const Tree& item) { return item.text("status") == "off"; });
  }
}

const Settings::File* Settings::file_of(std::size_t offset) const {
  const File* found = nullptr;
  for (const File& file : files_) {
    if (file.base <= offset) found = &file;
  }
  return found;
}

Place Settings::place(std::size_t offset) const {
  const File* file = file_of(offset);
  return file == nullptr ? Place{} : file->lines.place(file->path, offset - file->base);
}

std::string Settings::caret(Span span, std::string_view remark) const {
  const File* file = file_of(span.begin);
  if (file == nullptr) return {};
  const auto base = static_cast<std::uint32_t>(file->base);
  return file->lines.caret({span.begin - base, span.end - base}, remark);
}

void Settings::join(Tree& below, const Tree& above) {
  if (!below.is_map() || !above.is_map()) {
    below = above;
    return;
  }
  std::vector<std::pair<std::string, Tree>> fresh;
  for (const auto& [key, value] : above.members) {
    const auto known = std::find_if(below.members.begin(), below.members.end(), [&key = key](const auto& member) { return member.first == key; });
    if (known == below.members.end() && has_ids(value)) {
      Tree none;
      none.type = Tree::Type::list;
      none.offset = value.offset;
      join_list(none, value);
      fresh.emplace_back(key, std::move(none));
    } else if (known == below.members.end()) {
      fresh.emplace_back(key, value);
    } else if (has_ids(known->second) || has_ids(value)) {
      join_list(known->second, value);
    } else {
      join(known->second, value);
    }
  }
  const bool first = is_cues(above);
  below.members.insert(first ? below.members.begin() : below.members.end(), fresh.begin(), fresh.end());
}

void Settings::join_list(Tree& below, const Tree& above) {
  if (!above.is_list() || !below.is_list()) {
    below = above;
    return;
  }
  std::vector<Tree> fresh;
  for (const Tree& item : above.items) {
    const std::string_view id = item.text("id");
    const auto known = std::find_if(below.items.begin(), below.items.end(), [&](const Tree& one) { return !id.empty() && one.text("id") == id; });
    if (known == below.items.end()) {
      if (item.text("status") == "off") {
        ignored_.push_back({"W13", "nothing below is called " + std::string(id) + ", so status: off says nothing", place(item.offset), "name an id of a layer below", caret({item.offset, item.offset + 1})});
        continue;
      }
      fresh.push_back(item);
      continue;
    }
    for (const auto& [key, value] : item.members) {
      const auto old = std::find_if(known->members.begin(), known->members.end(), [&key = key](const auto& member) { return member.first == key; });
      if (old == known->members.end())
        known->members.emplace_back(key, value);
      else
        old->second = value;
    }
    known->offset = item.offset;  // the upper file is the one being edited
  }
  below.items.insert(below.items.begin(), fresh.begin(), fresh.end());
}

}  // namespace tearsheet
