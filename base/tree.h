// Tree: a parsed YAML or JSON document, with the place of each node.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "tearsheet/value.h"

namespace tearsheet {

/// One node. A map keeps its order; a scalar keeps its spelling.
struct Tree {
  enum class Type : std::uint8_t { null, boolean, number, string, list, map };

  Type type = Type::null;
  bool quoted = false;         // a YAML scalar in quotes or a block scalar: always a string
  std::string scalar;          // spelling of boolean, number, string
  std::vector<Tree> items;     // of a list
  std::vector<std::pair<std::string, Tree>> members;  // of a map
  std::uint32_t offset = 0;    // byte offset of the node in its source
  std::uint32_t key_offset = 0;  // of a map member: byte offset of its key

  // Defined below, where a member's pair is whole: clang asks for that.
  inline Tree();
  inline Tree(const Tree&);
  inline Tree(Tree&&) noexcept;
  inline Tree& operator=(const Tree&);
  inline Tree& operator=(Tree&&) noexcept;
  inline ~Tree();

  bool is_null() const { return type == Type::null; }
  bool is_map() const { return type == Type::map; }
  bool is_list() const { return type == Type::list; }
  bool is_scalar() const { return !is_null() && !is_map() && !is_list(); }
  /// The member called `key`, or null. Linear.
  const Tree* find(std::string_view key) const;
  /// The scalar called `key`, or "" when there is none.
  std::string_view text(std::string_view key) const;
};

inline Tree::Tree() = default;
inline Tree::Tree(const Tree&) = default;
inline Tree::Tree(Tree&&) noexcept = default;
inline Tree& Tree::operator=(const Tree&) = default;
inline Tree& Tree::operator=(Tree&&) noexcept = default;
inline Tree::~Tree() = default;

/// The same as a field value: maps to Fields, lists to lists, numbers to int64 or Decimal where they fit, else strings.
Scalar to_scalar(const Tree& tree);

}  // namespace tearsheet
