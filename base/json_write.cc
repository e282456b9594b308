// JSON written by appending, in runs that need no escape.
#include <array>
#include <charconv>
#include <cstring>
#include <utility>

#include "base/json.h"

namespace tearsheet::json {
namespace {

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
