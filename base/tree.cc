// Trees: members found by key, nodes turned into field values.
#include "base/tree.h"

#include <charconv>

namespace tearsheet {
namespace {

// "007" stays a string: as a number it would lose what was written.
Scalar number(const std::string& spelling) {
  const std::size_t first = spelling.find_first_not_of("+-");
  const bool padded = first != std::string::npos && spelling[first] == '0' && first + 1 < spelling.size() &&
                      spelling[first + 1] >= '0' && spelling[first + 1] <= '9';
  if (padded) return spelling;
  std::int64_t value = 0;
  const char* begin = spelling.data() + (spelling.front() == '+' ? 1 : 0);
  const char* end = spelling.data() + spelling.size();
  const auto read = std::from_chars(begin, end, value);
  if (read.ec == std::errc() && read.ptr == end) return value;
  if (const auto decimal = Decimal::parse(spelling)) return *decimal;
  return spelling;
}

}  // namespace

const Tree* Tree::find(std::string_view key) const {
  for (const auto& [name, node] : members) {
    if (name == key) return &node;
  }
  return nullptr;
}

std::string_view Tree::text(std::string_view key) const {
  const Tree* node = find(key);
  return node && node->is_scalar() ? std::string_view(node->scalar) : std::string_view();
}

Scalar to_scalar(const Tree& tree) {
  switch (tree.type) {
    case Tree::Type::null: return {};
    case Tree::Type::boolean: return tree.scalar.starts_with('t') || tree.scalar.starts_with('T');
    case Tree::Type::number: return tree.scalar.empty() ? Scalar() : number(tree.scalar);
    case Tree::Type::string: return tree.scalar;
    case Tree::Type::list: {
      std::vector<Scalar> list;
      list.reserve(tree.items.size());
      for (const Tree& item : tree.items) list.push_back(to_scalar(item));
      return list;
    }
    case Tree::Type::map: break;
  }
  Fields fields;
  fields.reserve(tree.members.size());
  for (const auto& [name, node] : tree.members) fields.push_back({name, to_scalar(node)});
  return fields;
}

}  // namespace tearsheet
