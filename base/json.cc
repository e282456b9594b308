// JSON: simdjson's tokens built into a Tree; writing in runs that need no escape.
#include "base/json.h"

#include <simdjson.h>

#include <array>
#include <charconv>
#include <cstring>
#include <unordered_map>

#include "base/fold.h"
#include "base/lines.h"
#include "base/utf8.h"

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
      case '"': return walk_string(value, token, node);
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

  static simdjson::error_code walk_string(ondemand::value value, std::string_view, Tree& node) {
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

tl::unexpected<Error> not_json(std::string_view text, std::string what, std::size_t offset) {
  const Lines lines(text);
  offset = std::min(offset, text.size());
  const auto at = static_cast<std::uint32_t>(offset);
  return tl::unexpected<Error>(Error{"J001", "this is not JSON: " + what, lines.place({}, offset), {}, lines.caret({at, at})});
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
  if (const auto error = at.parser.iterate(view).get(document)) return not_json(text, simdjson::error_message(error), 0);
  const auto stopped_at = [&]() -> std::size_t {
    const char* where = nullptr;
    if (document.current_location().get(where)) return text.size();
    return where > base ? static_cast<std::size_t>(where - base) - 1 : 0;
  };
  ondemand::array array;
  if (const auto error = document.get_array().get(array)) return not_json(text, simdjson::error_message(error), 0);
  Tree root;
  Walker walker(base, depth);
  std::size_t values = 0;
  for (auto item : array) {
    ondemand::value value;
    if (const auto error = item.get(value)) return not_json(text, simdjson::error_message(error), stopped_at());
    if (++values > 1) return not_json(text, "something follows the value", stopped_at());
    const auto error = walker.walk(value, root, 0);
    if (walker.too_deep) return fail("J002", "JSON nested more than " + std::to_string(depth) + " deep");
    if (error) return not_json(text, simdjson::error_message(error), stopped_at());
  }
  const char* where = nullptr;
  if (!document.current_location().get(where)) return not_json(text, "something follows the value", stopped_at());
  if (values == 0) return not_json(text, "there is nothing", 0);
  return root;
}

// ---- tolerant form

// Takes what pages wrap around JSON off both ends.
std::string_view unwrapped(std::string_view text) {
  constexpr std::array<std::string_view, 6> kBefore = {"\xEF\xBB\xBF", "<!--", "<![CDATA[", "//<![CDATA[", "/*<![CDATA[*/",
                                                       "// <![CDATA["};
  constexpr std::array<std::string_view, 7> kBehind = {"-->", "//-->", "]]>", "//]]>", "/*]]>*/", "// ]]>", ";"};
  for (bool more = true; more;) {
    more = false;
    text = trim(text);
    for (const std::string_view wrapper : kBefore) {
      if (!text.starts_with(wrapper)) continue;
      text.remove_prefix(wrapper.size());
      more = true;
    }
    for (const std::string_view wrapper : kBehind) {
      if (!text.ends_with(wrapper)) continue;
      text.remove_suffix(wrapper.size());
      more = true;
    }
  }
  return text;
}

bool is_hex4(std::string_view text) {
  if (text.size() < 4) return false;
  unsigned value = 0;
  return std::from_chars(text.data(), text.data() + 4, value, 16).ptr == text.data() + 4;
}

unsigned hex4(std::string_view text) {
  unsigned value = 0;
  std::from_chars(text.data(), text.data() + 4, value, 16);
  return value;
}

// Copies one escape at a backslash, mended: \' loses its backslash, a surrogate alone becomes U+FFFD.
void mend_escape(std::string_view text, std::size_t& at, std::string& out) {
  const char kind = at + 1 < text.size() ? text[at + 1] : '\0';
  if (kind == 'u' && is_hex4(text.substr(at + 2))) {
    const unsigned unit = hex4(text.substr(at + 2));
    const std::string_view behind = text.substr(at + 6);
    const bool pair = unit >= 0xD800 && unit < 0xDC00 && behind.starts_with("\\u") && is_hex4(behind.substr(2)) &&
                      hex4(behind.substr(2)) >= 0xDC00 && hex4(behind.substr(2)) < 0xE000;
    const bool alone = unit >= 0xD800 && unit < 0xE000 && !pair;
    out += alone ? std::string_view("\\uFFFD") : text.substr(at, pair ? 12 : 6);
    at += pair ? 12 : 6;
  } else if (kind != '\0' && std::strchr("\"\\/bfnrt", kind)) {
    out += text.substr(at, 2);
    at += 2;
  } else {
    ++at;
  }
}

// Copies one string from its quote on; raw line breaks and tabs are escaped, other control characters dropped.
void mend_string(std::string_view text, std::size_t& at, std::string& out) {
  out += text[at++];
  while (at < text.size()) {
    const char c = text[at];
    if (c == '\\') {
      mend_escape(text, at, out);
      continue;
    }
    ++at;
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (static_cast<unsigned char>(c) >= 0x20) {
      out += c;
    }
    if (c == '"') return;
  }
}

// The end of a comment that begins at `at`, or `at` when none does.
std::size_t comment_end(std::string_view text, std::size_t at) {
  const std::string_view rest = text.substr(at);
  if (rest.starts_with("/*")) {
    const std::size_t end = text.find("*/", at + 2);
    return end == std::string_view::npos ? text.size() : end + 2;
  }
  if (rest.starts_with("//")) return std::min(text.find('\n', at), text.size());
  return at;
}

std::string mended(std::string_view text) {
  std::string out;
  out.reserve(text.size() + 16);
  std::size_t comma = std::string::npos;  // in `out`, with nothing but blanks behind it
  for (std::size_t at = 0; at < text.size();) {
    const char c = text[at];
    if (const std::size_t end = comment_end(text, at); end != at) {
      at = end;
      continue;
    }
    if ((c == ']' || c == '}') && comma != std::string::npos) out[comma] = ' ';
    if (static_cast<unsigned char>(c) > 0x20) comma = std::string::npos;
    if (c == '"') {
      mend_string(text, at, out);
      continue;
    }
    if (c == ',') comma = out.size();
    out += static_cast<unsigned char>(c) < 0x20 ? ' ' : c;
    ++at;
  }
  return out;
}

// ---- writing

constexpr std::array<char, 256> kEscapes = [] {
  std::array<char, 256> table{};  // 0 = as it is, 'u' = \u00XX, else the letter behind the backslash
  for (std::size_t c = 0; c < 0x20; ++c) table[c] = 'u';
  table['"'] = '"';
  table['\\'] = '\\';
  table['\b'] = 'b';
  table['\f'] = 'f';
  table['\n'] = 'n';
  table['\r'] = 'r';
  table['\t'] = 't';
  return table;
}();

constexpr std::uint64_t every(std::uint64_t byte) { return 0x0101010101010101 * byte; }

// Not zero when one of eight bytes is a quote, a backslash or below a blank.
std::uint64_t has_escape(std::uint64_t word) {
  const std::uint64_t quote = word ^ every('"');
  const std::uint64_t slash = word ^ every('\\');
  const std::uint64_t found =
      ((word - every(0x20)) & ~word) | ((quote - every(1)) & ~quote) | ((slash - every(1)) & ~slash);
  return found & every(0x80);
}

std::size_t plain_until(std::string_view text, std::size_t at) {
  for (; at + 8 <= text.size(); at += 8) {
    std::uint64_t word = 0;
    std::memcpy(&word, text.data() + at, sizeof word);
    if (has_escape(word) != 0) break;
  }
  while (at < text.size() && kEscapes[static_cast<unsigned char>(text[at])] == 0) ++at;
  return at;
}

void append_number(std::string& out, std::int64_t value) {
  std::array<char, 24> digits{};
  const auto written = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  out.append(digits.data(), written.ptr);
}

void append_key(std::string& out, std::string_view name) {
  append_string(out, name);
  out += ':';
}

void append_text_or_null(std::string& out, std::string_view key, std::string_view text) {
  append_key(out, key);
  if (text.empty()) {
    out += "null";
  } else {
    append_string(out, text);
  }
}

void append_members(std::string& out, const Fields& fields, bool first) {
  for (const Field& field : fields) {
    if (!first) out += ',';
    first = false;
    append_key(out, field.name);
    append_value(out, field.value);
  }
}

void append_ref(std::string& out, const Ref& ref) {
  out += '{';
  append_text_or_null(out, "text", ref.text);
  out += ",\"span\":";
  if (ref.span) {
    out += '[';
    append_number(out, ref.span->begin);
    out += ',';
    append_number(out, ref.span->end);
    out += ']';
  } else {
    out += "null";
  }
  out += ",\"mention\":";
  if (ref.mention) {
    append_number(out, *ref.mention);
  } else {
    out += "null";
  }
  for (const auto& [key, text] : {std::pair{"type", &ref.type}, {"id", &ref.id}, {"name", &ref.name}, {"how", &ref.how}}) {
    out += ',';
    append_text_or_null(out, key, *text);
  }
  append_members(out, ref.more, false);
  out += '}';
}

void append_list(std::string& out, const std::vector<Scalar>& list) {
  out += '[';
  for (std::size_t i = 0; i < list.size(); ++i) {
    if (i != 0) out += ',';
    append_value(out, list[i]);
  }
  out += ']';
}

struct Writer {
  std::string& out;

  void operator()(std::monostate) const { out += "null"; }
  void operator()(bool value) const { out += value ? "true" : "false"; }
  void operator()(std::int64_t value) const { append_number(out, value); }
  void operator()(const Decimal& value) const { out.append("\"").append(value.to_string()).append("\""); }
  void operator()(const Date& value) const {
    if (value.grain == Grain::none) {
      out += "null";
    } else {
      out.append("\"").append(value.iso()).append("\"");
    }
  }
  void operator()(const std::string& value) const { append_string(out, value); }
  void operator()(const std::vector<Scalar>& value) const { append_list(out, value); }
  void operator()(const Fields& value) const { append_object(out, value); }
  void operator()(const std::shared_ptr<const Ref>& value) const {
    if (value) {
      append_ref(out, *value);
    } else {
      out += "null";
    }
  }
};

}  // namespace

Result<Tree> parse(std::string_view text, std::uint32_t depth) {
  if (text.size() > UINT32_MAX - 64) return fail("J001", "this is not JSON that can be read: it is larger than 4 GB");
  Desk& at = desk();
  Result<Tree> tree = parse_one(at, text, depth);
  if (at.padded.capacity() > kKeptBytes) at = Desk();
  return tree;
}

Result<Tree> parse_tolerant(std::string_view text, std::uint32_t depth) {
  const std::string_view inner = unwrapped(text);
  Result<Tree> tree = parse(inner, depth);
  if (tree || tree.error().code == "J002") return tree;
  std::string repaired = mended(inner);
  utf8::repair(repaired);
  return parse(repaired, depth);
}

void append_string(std::string& out, std::string_view text) {
  constexpr std::string_view kHex = "0123456789abcdef";
  out += '"';
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t end = plain_until(text, at);
    out.append(text, at, end - at);
    at = end;
    for (; at < text.size(); ++at) {
      const auto byte = static_cast<unsigned char>(text[at]);
      const char escape = kEscapes[byte];
      if (escape == 0) break;
      out += '\\';
      out += escape;
      if (escape == 'u') {
        out += "00";
        out += kHex[byte >> 4];
        out += kHex[byte & 15];
      }
    }
  }
  out += '"';
}

void append_value(std::string& out, const Scalar& value) { std::visit(Writer{out}, value.value); }

void append_object(std::string& out, const Fields& fields) {
  out += '{';
  append_members(out, fields, true);
  out += '}';
}

}  // namespace tearsheet::json
