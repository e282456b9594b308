// YAML: yaml-cpp's events built into a Tree, its failures told with their place.
#include "base/yaml.h"

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include <algorithm>
#include <exception>
#include <istream>
#include <streambuf>
#include <unordered_map>

#include "base/lines.h"
#include "base/utf8.h"

namespace tearsheet::yaml {
namespace {

constexpr std::string_view kBom = "\xEF\xBB\xBF";

class ViewBuffer : public std::streambuf {
 public:
  explicit ViewBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // the get area is only read
    setg(begin, begin, begin + text.size());
  }
};

// Thrown through yaml-cpp by the builder, caught in parse().
struct Refused {
  std::string code;
  std::string what;
  std::string help;
  std::size_t offset = 0;
};

bool is_one_of(std::string_view word, std::initializer_list<std::string_view> words) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

// The core schema's decimal numbers. Hexadecimal, octal, .inf and .nan stay strings: no news value is written so.
bool is_number(std::string_view word) {
  std::size_t at = !word.empty() && (word[0] == '-' || word[0] == '+') ? 1 : 0;
  const auto digits = [&] {
    const std::size_t from = at;
    while (at < word.size() && word[at] >= '0' && word[at] <= '9') ++at;
    return at > from;
  };
  if (!digits()) return false;
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

Tree::Type type_of(std::string_view word) {
  if (word.empty() || is_one_of(word, {"~", "null", "Null", "NULL"})) return Tree::Type::null;
  if (is_one_of(word, {"true", "True", "TRUE", "false", "False", "FALSE"})) return Tree::Type::boolean;
  return is_number(word) ? Tree::Type::number : Tree::Type::string;
}

// Behind the quote that ends a quoted scalar, or npos: without one yaml-cpp takes the rest of the file for it and says nothing.
std::size_t quoted_end(std::string_view scalar) {
  const char quote = scalar.front();
  for (std::size_t at = 1; at < scalar.size(); ++at) {
    if (scalar[at] == '\\' && quote == '"') {
      ++at;
    } else if (scalar[at] == quote) {
      if (quote == '"' || scalar.substr(at + 1, 1) != "'") return at + 1;
      ++at;  // '' is an apostrophe
    }
  }
  return std::string_view::npos;
}

bool begins_quoted(std::string_view scalar) { return scalar.starts_with('\'') || scalar.starts_with('"'); }

// True when a colon follows the key that begins `rest`. yaml-cpp makes a lone word in a map a key without a value; YAML does not.
bool has_colon(std::string_view rest, std::string_view key) {
  std::size_t end = begins_quoted(rest) ? quoted_end(rest) : key.size();
  while (end < rest.size() && (rest[end] == ' ' || rest[end] == '\t')) ++end;
  return end < rest.size() && rest[end] == ':';
}

// Builds the tree. A frame is a list or map that is still open.
class Builder : public YAML::EventHandler {
 public:
  Builder(std::string_view text, std::size_t skipped, const Limits& limits, const Lines& lines)
      : text_(text), skipped_(skipped), limits_(limits), lines_(lines) {}

  Tree root;

  void OnDocumentStart(const YAML::Mark&) override {}
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    Tree node = start(mark, anchor);
    for (const std::string_view word : {"~", "null", "Null", "NULL"}) {  // a key called null keeps its spelling
      if (text_.substr(node.offset).starts_with(word)) node.scalar = word;
    }
    if (!wants_key()) {
      node.scalar.clear();
      refuse_unsaid_null(node.offset);
    }
    take(std::move(node), anchor);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor, const std::string& value) override {
    Tree node = start(mark, anchor);
    node.quoted = tag == "!" || tag == "tag:yaml.org,2002:str";
    const std::string_view written = text_.substr(node.offset);
    if (node.quoted && begins_quoted(written) && quoted_end(written) == std::string_view::npos) {
      throw Refused{"Y001", "a quote opens here and never closes", "close it, or put the text in the other quotes", node.offset};
    }
    node.type = node.quoted ? Tree::Type::string : type_of(value);
    if (node.type != Tree::Type::null || wants_key()) node.scalar = value;
    take(std::move(node), anchor);
  }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override {
    if (!limits_.anchors) refuse_anchor(offset_of(mark));
    const auto known = anchors_.find(anchor);
    if (known == anchors_.end()) {
      throw Refused{"Y002", "an alias stands inside the node that it names", {}, offset_of(mark)};
    }
    Tree copy = known->second;
    copy.offset = static_cast<std::uint32_t>(offset_of(mark));
    count(copy, frames_.size());
    take(std::move(copy), YAML::NullAnchor);
  }
  void OnSequenceStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Tree::Type::list, mark, anchor, style);
  }
  void OnMapStart(const YAML::Mark& mark, const std::string&, YAML::anchor_t anchor, YAML::EmitterStyle::value style) override {
    open(Tree::Type::map, mark, anchor, style);
  }
  void OnSequenceEnd() override { close(); }
  void OnMapEnd() override { close(); }

 private:
  struct Frame {
    Tree node;
    YAML::anchor_t anchor = YAML::NullAnchor;
    bool flow = false;  // in brackets
    bool has_key = false;
    bool passed_over = false;  // the value of a key said twice
    std::string key;
    std::uint32_t key_offset = 0;
    std::unordered_map<std::string, std::uint32_t> keys;  // key -> its offset
  };

  std::size_t offset_of(const YAML::Mark& mark) const {
    return std::min(text_.size(), skipped_ + static_cast<std::size_t>(std::max(mark.pos, 0)));
  }

  [[noreturn]] static void refuse_anchor(std::size_t offset) {
    throw Refused{"Y002", "anchors (&) and aliases (*) are refused here",
                  "write the value out; quote a text that begins with & or *", offset};
  }

  bool wants_key() const { return !frames_.empty() && frames_.back().node.is_map() && !frames_.back().has_key; }

  Tree start(const YAML::Mark& mark, YAML::anchor_t anchor) {
    Tree node;
    node.offset = static_cast<std::uint32_t>(offset_of(mark));
    if (anchor != YAML::NullAnchor && !limits_.anchors) refuse_anchor(node.offset);
    if (++nodes_ > limits_.nodes) too_many(node.offset);
    return node;
  }

  void too_many(std::size_t offset) const {
    throw Refused{"Y004", "more than " + std::to_string(limits_.nodes) + " nodes", "split the file", offset};
  }

  // An alias costs what its copy holds: nine lines of aliases can stand for a billion nodes.
  void count(const Tree& tree, std::size_t depth) {
    if (++nodes_ > limits_.nodes) too_many(tree.offset);
    if (depth > limits_.depth) too_deep(tree.offset);
    for (const Tree& item : tree.items) count(item, depth + 1);
    for (const auto& [key, node] : tree.members) count(node, depth + 1);
  }

  void too_deep(std::size_t offset) const {
    throw Refused{"Y004", "lists and maps nested more than " + std::to_string(limits_.depth) + " deep", {}, offset};
  }

  // Nulls that yaml-cpp makes up where YAML has an error: "[1,,2]", and a word alone among "key: value" lines.
  void refuse_unsaid_null(std::size_t offset) const {
    if (frames_.empty()) return;
    const Frame& frame = frames_.back();
    const std::string_view written = text_.substr(offset);
    if (frame.flow && frame.node.is_list() && (written.starts_with(',') || written.starts_with(']'))) {
      throw Refused{"Y001", "nothing stands between two commas", "take one out, or write null", offset};
    }
    if (frame.flow || !frame.node.is_map() || has_colon(text_.substr(frame.key_offset), frame.key)) return;
    throw Refused{"Y001", "there is no colon behind " + frame.key, "write 'key: value'", frame.key_offset};
  }

  void open(Tree::Type type, const YAML::Mark& mark, YAML::anchor_t anchor, YAML::EmitterStyle::value style) {
    Frame frame;
    frame.node = start(mark, anchor);
    frame.node.type = type;
    frame.anchor = anchor;
    frame.flow = style == YAML::EmitterStyle::Flow;
    // yaml-cpp descends once for each of these events, so stopping here bounds its recursion, too.
    if (frames_.size() >= limits_.depth) too_deep(frame.node.offset);
    if (wants_key()) {
      throw Refused{"Y001", "a list or a map stands where a key is wanted, or its bracket never closes", "close it; a key must be a word",
                    frame.node.offset};
    }
    frames_.push_back(std::move(frame));
  }

  void close() {
    Frame frame = std::move(frames_.back());
    frames_.pop_back();
    take(std::move(frame.node), frame.anchor);
  }

  void take(Tree node, YAML::anchor_t anchor) {
    if (anchor != YAML::NullAnchor) anchors_[anchor] = node;
    if (frames_.empty()) {
      root = std::move(node);
      return;
    }
    Frame& frame = frames_.back();
    if (frame.node.is_list()) {
      frame.node.items.push_back(std::move(node));
    } else if (!frame.has_key) {
      take_key(frame, node);
    } else {
      frame.has_key = false;
      node.key_offset = frame.key_offset;
      if (!frame.passed_over) frame.node.members.emplace_back(std::move(frame.key), std::move(node));
    }
  }

  void take_key(Frame& frame, const Tree& node) {
    if (!node.is_null() && !node.is_scalar()) {  // only an alias can bring one here
      throw Refused{"Y001", "a key must be a word, not a list or a map", "quote it", node.offset};
    }
    const auto [known, fresh] = frame.keys.emplace(node.scalar, node.offset);
    if (!fresh && !limits_.duplicates) {
      const Place first = lines_.place({}, known->second);
      throw Refused{"Y003",
                    "the key " + node.scalar + " is said twice; first in line " + std::to_string(first.line) + ", column " +
                        std::to_string(first.column),
                    "keep one of them", node.offset};
    }
    frame.has_key = true;
    frame.passed_over = !fresh;
    frame.key = node.scalar;
    frame.key_offset = node.offset;
  }

  std::string_view text_;
  std::size_t skipped_;
  const Limits& limits_;
  const Lines& lines_;
  std::uint32_t nodes_ = 0;
  std::vector<Frame> frames_;
  std::unordered_map<YAML::anchor_t, Tree> anchors_;
};

// yaml-cpp passes over a directive it does not know: "%a: 1" would be an empty document. Directives stand before everything but
// comments and empty lines.
std::optional<std::size_t> unknown_directive(const Lines& lines) {
  for (std::uint32_t number = 1; number <= lines.count(); ++number) {
    std::string_view line = lines.line(number);
    if (number == 1 && line.starts_with(kBom)) line.remove_prefix(kBom.size());
    const std::size_t word = line.find_first_not_of(" \t");
    if (word == std::string_view::npos || line[word] == '#') continue;
    if (line[0] != '%') return std::nullopt;
    if (!line.starts_with("%YAML ") && !line.starts_with("%TAG ")) return lines.offset(number, 1);
  }
  return std::nullopt;
}

// The words at `offset`, to put the caret under: up to a blank or a line end.
Span word_at(std::string_view text, std::size_t offset) {
  std::size_t end = offset;
  while (end < text.size() && text[end] != '\n' && text[end] != ' ' && text[end] != ':' && text[end] != ',') ++end;
  return {static_cast<std::uint32_t>(offset), static_cast<std::uint32_t>(end)};
}

tl::unexpected<Error> refuse(std::string_view text, std::string_view file, const Lines& lines, const Refused& refused) {
  return tl::unexpected<Error>(Error{refused.code, refused.what, lines.place(file, refused.offset), refused.help,
                                     lines.caret(word_at(text, std::min(refused.offset, text.size())))});
}

// yaml-cpp would take a zero byte for UTF-16 and a 0x04 for the end of the file.
std::optional<Refused> bad_bytes(std::string_view text) {
  for (std::size_t at = 0; at < text.size(); ++at) {
    const auto byte = static_cast<unsigned char>(text[at]);
    if (byte >= 0x20 && byte != 0x7F) continue;
    if (byte == '\n' || byte == '\t' || byte == '\r') continue;
    return Refused{"Y001", "a control character stands in the text", "write it as an escape in double quotes", at};
  }
  if (!utf8::is_valid(text)) {
    std::size_t at = 0;
    for (std::size_t after = 0; after < text.size(); at = after) {
      if (utf8::next(text, after) == 0xFFFD && !text.substr(at).starts_with("\xEF\xBF\xBD")) break;
    }
    return Refused{"Y001", "the text is not UTF-8", "save the file as UTF-8", at};
  }
  return std::nullopt;
}

// yaml-cpp's words for a tab depend on what stands around it, and seldom say tab. Looks at the line it stopped in and the one above.
std::optional<std::size_t> tab_near(const Lines& lines, std::size_t offset) {
  const std::uint32_t at = lines.place({}, offset).line;
  for (std::uint32_t number = at; number + 1 >= at && number > 0; --number) {
    const std::string_view line = lines.line(number);
    const std::size_t text_begin = std::min(line.find_first_not_of(" \t"), line.size());
    const std::size_t tab = line.find('\t');
    if (tab < text_begin && text_begin < line.size()) return lines.offset(number, 1) + tab;
  }
  return std::nullopt;
}

Refused from_yaml_cpp(const YAML::Exception& failure, const Lines& lines, std::string_view text, std::size_t skipped) {
  const std::size_t pos = failure.mark.is_null() ? text.size() : static_cast<std::size_t>(std::max(failure.mark.pos, 0));
  const std::size_t offset = std::min(text.size(), pos + skipped);
  if (const auto tab = tab_near(lines, offset)) {
    return {"Y001", "a tab in the indentation", "YAML is indented with blanks only", *tab};
  }
  if (failure.msg == YAML::ErrorMsg::END_OF_MAP) {
    return {"Y001", "this is neither 'key: value' nor the end of the map above", "check the indentation and the colon", offset};
  }
  return {"Y001", "this is not YAML: " + failure.msg, "quote texts that hold ': ', ' #', or begin with one of [ { & * ! | > % @ `",
          offset};
}

}  // namespace

Result<Tree> parse(std::string_view text, std::string_view file, const Limits& limits) {
  const Lines lines(text);
  if (const auto bad = bad_bytes(text)) return refuse(text, file, lines, *bad);
  if (const auto directive = unknown_directive(lines)) {
    return refuse(text, file, lines, {"Y001", "a line that begins with % is a directive", "quote the text", *directive});
  }
  const std::size_t skipped = text.starts_with(kBom) ? kBom.size() : 0;
  try {
    ViewBuffer buffer(text.substr(skipped));
    std::istream in(&buffer);
    YAML::Parser parser(in);
    Builder builder(text, skipped, limits, lines);
    if (!parser.HandleNextDocument(builder)) return Tree();
    Tree root = std::move(builder.root);
    Builder second(text, skipped, limits, lines);
    if (parser.HandleNextDocument(second)) {
      return refuse(text, file, lines, {"Y001", "a second document begins", "keep one document a file", second.root.offset});
    }
    return root;
  } catch (const Refused& refused) {
    return refuse(text, file, lines, refused);
  } catch (const YAML::Exception& failure) {
    return refuse(text, file, lines, from_yaml_cpp(failure, lines, text, skipped));
  } catch (const std::exception& failure) {
    return refuse(text, file, lines, {"Y001", std::string("yaml-cpp gave up: ") + failure.what(), {}, 0});
  }
}

}  // namespace tearsheet::yaml
