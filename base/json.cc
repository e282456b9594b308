// JSON: simdjson's tokens built into a Tree.
#include "base/json.h"

#include <simdjson.h>

#include <unordered_map>

#include "base/lines.h"

namespace tearsheet::json {
namespace {

namespace ondemand = simdjson::ondemand;

constexpr std::size_t kKeptBytes = 4u << 20;  // a thread's buffers beyond this are given back after a large document

// simdjson wants padding behind the text and room of its own: kept between calls, for allocating them costs more than parsing a page.
struct Desk {
  ondemand::parser parser;
  std::string padded;
};

Desk& desk() {
  thread_local Desk mine;
  return mine;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// RFC 8259's number.
bool is_number(std::string_view word) {
  std::size_t at = !word.empty() && word[0] == '-' ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < word.size() && is_digit(word[at])) ++at;
    return at > from;
  };
  const std::size_t whole = at;
  if (!digits() || (word[whole] == '0' && at > whole + 1)) return false;
  if (at < word.size() && word[at] == '.') {
    ++at;
    if (!digits()) return false;
  }
  if (at < word.size() && (word[at] == 'e' || word[at] == 'E')) {
    ++at;
    if (at < word.size() && (word[at] == '-' || word[at] == '+')) ++at;
    if (!digits()) return false;
  }
  return at == word.size();
}

std::string_view without_blanks_behind(std::string_view token) {
  while (!token.empty() && (token.back() == ' ' || token.back() == '\n' || token.back() == '\r' || token.back() == '\t')) {
    token.remove_suffix(1);
  }
  return token;
}

// Puts members in, the last of two equal keys winning. Small objects are searched, large ones indexed.
class Members {
 public:
  explicit Members(std::vector<std::pair<std::string, Tree>>& into) : into_(into) {}
  Tree& at(std::string_view key) {
    if (into_.size() >= 16 && index_.empty()) {
      for (std::size_t i = 0; i < into_.size(); ++i) index_.emplace(into_[i].first, i);
    }
    if (index_.empty()) {
      for (auto& [name, node] : into_) {
        if (name == key) return node = Tree();
      }
    } else {
      const auto [known, fresh] = index_.emplace(std::string(key), into_.size());
      if (!fresh) return into_[known->second].second = Tree();
    }
    return into_.emplace_back(std::string(key), Tree()).second;
  }

 private:
  std::vector<std::pair<std::string, Tree>>& into_;
  std::unordered_map<std::string, std::size_t> index_;
};

// Walks simdjson's document. Its errors come back as codes; the first ends the walk.
class Walker {
 public:
  Walker(const char* base, std::uint32_t depth) : base_(base), limit_(depth) {}

  bool too_deep = false;

  simdjson::error_code walk(ondemand::value value, Tree& node, std::uint32_t depth) {
    const std::string_view token = without_blanks_behind(value.raw_json_token());
    node.offset = offset_of(token.data());
    switch (token.empty() ? '\0' : token.front()) {
      case '{': return walk_object(value, node, depth + 1);
      case '[': return walk_array(value, node, depth + 1);
      case '"': return walk_string(value, node);
      case 't': case 'f': {
        bool truth = false;
        if (const auto error = value.get_bool().get(truth)) return error;
        node.type = Tree::Type::boolean;
        node.scalar = truth ? "true" : "false";
        return simdjson::SUCCESS;
      }
      case 'n': {
        if (token != "null") return simdjson::N_ATOM_ERROR;
        bool nothing = false;
        return value.is_null().get(nothing);
      }
      default: {
        if (!is_number(token)) return simdjson::NUMBER_ERROR;
        double number = 0;  // read only to move on; the spelling is what is kept
        const auto error = value.get_double().get(number);
        if (error && error != simdjson::NUMBER_ERROR) return error;  // NUMBER_ERROR: a fine number that no double holds
        node.type = Tree::Type::number;
        node.scalar = token;
        return simdjson::SUCCESS;
      }
    }
  }

 private:
  // The text stands one byte behind the base: see parse().
  std::uint32_t offset_of(const char* at) const { return static_cast<std::uint32_t>(at - base_ - 1); }

  simdjson::error_code walk_object(ondemand::value value, Tree& node, std::uint32_t depth) {
    if (depth > limit_) return stop();
    node.type = Tree::Type::map;
    ondemand::object object;
    if (const auto error = value.get_object().get(object)) return error;
    Members members(node.members);
    for (auto field : object) {
      std::string_view key;
      const char* where = nullptr;
      if (const auto error = field.error()) return error;
      where = field.key().value_unsafe().raw();
      if (const auto error = field.unescaped_key().get(key)) return error;
      Tree& member = members.at(key);
      member.key_offset = offset_of(where) - 1;
      ondemand::value inner;
      if (const auto error = field.value().get(inner)) return error;
      if (const auto error = walk(inner, member, depth)) return error;
    }
    return simdjson::SUCCESS;
  }

  simdjson::error_code walk_array(ondemand::value value, Tree& node, std::uint32_t depth) {
    if (depth > limit_) return stop();
    node.type = Tree::Type::list;
    ondemand::array array;
    if (const auto error = value.get_array().get(array)) return error;
    for (auto item : array) {
      ondemand::value inner;
      if (const auto error = item.get(inner)) return error;
      if (const auto error = walk(inner, node.items.emplace_back(), depth)) return error;
    }
    return simdjson::SUCCESS;
  }

  static simdjson::error_code walk_string(ondemand::value value, Tree& node) {
    node.type = Tree::Type::string;
    std::string_view text;
    if (const auto error = value.get_string().get(text)) return error;
    node.scalar = text;
    return simdjson::SUCCESS;
  }

  simdjson::error_code stop() {
    too_deep = true;
    return simdjson::DEPTH_ERROR;
  }

  const char* base_;
  std::uint32_t limit_;
};

tl::unexpected<Error> not_json(std::string_view text, std::string_view what, std::size_t offset) {
  const Lines lines(text);
  offset = std::min(offset, text.size());
  const auto at = static_cast<std::uint32_t>(offset);
  return tl::unexpected<Error>(Error{"J001", "this is not JSON: " + std::string(what), lines.place({}, offset), {}, lines.caret({at, at})});
}

// simdjson's words are long and know its insides.
std::string_view words_for(simdjson::error_code error) {
  switch (error) {
    case simdjson::TAPE_ERROR: case simdjson::INCOMPLETE_ARRAY_OR_OBJECT:
      return "a comma, colon, key or closing bracket is missing, or one too many stands here";
    case simdjson::NUMBER_ERROR: case simdjson::INCORRECT_TYPE: return "no value begins like this";
    case simdjson::T_ATOM_ERROR: case simdjson::F_ATOM_ERROR: case simdjson::N_ATOM_ERROR:
      return "a word that is none of true, false and null";
    case simdjson::STRING_ERROR: return "an escape in this string is no escape";
    case simdjson::UNCLOSED_STRING: return "a string is opened but never closed";
    case simdjson::UNESCAPED_CHARS: return "a raw control character stands in a string";
    case simdjson::UTF8_ERROR: return "the text is not UTF-8";
    case simdjson::MEMALLOC: return "there is not memory enough";
    default: return simdjson::error_message(error);
  }
}

// The text stands in an array of one, "[" + text + "]": simdjson reads a value in an array and a value alone by different code, and
// so we need only the one. An array of two means that the text held a comma; a text that closes the array itself ends early.
Result<Tree> parse_one(Desk& at, std::string_view text, std::uint32_t depth) {
  at.padded.clear();
  at.padded.reserve(text.size() + 2 + simdjson::SIMDJSON_PADDING);
  at.padded.append("[").append(text).append("]");
  const char* base = at.padded.data();
  ondemand::document document;
  const simdjson::padded_string_view view(base, text.size() + 2, at.padded.capacity());
  if (const auto error = at.parser.iterate(view).get(document)) return not_json(text, words_for(error), 0);
  const auto stopped_at = [&]() -> std::size_t {
    const char* where = nullptr;
    if (document.current_location().get(where)) return text.size();
    return where > base ? static_cast<std::size_t>(where - base) - 1 : 0;
  };
  ondemand::array array;
  if (const auto error = document.get_array().get(array)) return not_json(text, words_for(error), 0);
  Tree root;
  Walker walker(base, depth);
  std::size_t values = 0;
  for (auto item : array) {
    ondemand::value value;
    if (const auto error = item.get(value)) return not_json(text, words_for(error), stopped_at());
    if (++values > 1) return not_json(text, "something follows the value", stopped_at());
    const auto error = walker.walk(value, root, 0);
    if (walker.too_deep) return fail("J002", "JSON nested more than " + std::to_string(depth) + " deep");
    if (error) return not_json(text, words_for(error), stopped_at());
  }
  const char* where = nullptr;
  if (!document.current_location().get(where)) return not_json(text, "something follows the value", stopped_at());
  if (values == 0) return not_json(text, "there is nothing", 0);
  return root;
}

}  // namespace

Result<Tree> parse(std::string_view text, std::uint32_t depth) {
  if (text.size() > UINT32_MAX - 64) return fail("J001", "this is not JSON that can be read: it is larger than 4 GB");
  Desk& at = desk();
  Result<Tree> tree = parse_one(at, text, depth);
  if (at.padded.capacity() > kKeptBytes) at = Desk();
  return tree;
}

}  // namespace tearsheet::json
