// Rule example parse: examples, rejects and todo with their <<marks>>.
#include <algorithm>

#include "base/suggest.h"
#include "extractors/rule_parse.h"

namespace tearsheet {
namespace {

const std::vector<std::string> kGuards = {"pattern", "edges", "emit", "where", "unless", "requires", "conflict", "reader", "zones", "lang", "max_len", "unproven"};

/// Takes the marks out of `text` and notes the spans. False when they do not pair.
bool unmark(std::string_view marked, Example& example) {
  std::optional<std::uint32_t> open;
  for (std::size_t i = 0; i < marked.size(); ++i) {
    const auto at = static_cast<std::uint32_t>(example.text.size());
    if (marked.substr(i, 2) == "<<" && !open) {
      open = at;
      ++i;
    } else if (marked.substr(i, 2) == ">>" && open) {
      if (*open == at) return false;
      example.spans.push_back({*open, at});
      open.reset();
      ++i;
    } else {
      example.text += marked[i];
    }
  }
  return !open;
}

class ExampleParser {
 public:
  ExampleParser(std::string_view key, const RuleSource& source, std::vector<Error>& errors) : key_(key), source_(source), errors_(errors) {}

  std::optional<Example> parse(const Tree& node) {
    Example example;
    example.place = source_.place(node.offset);
    const Tree* text = node.is_scalar() ? &node : node.find("text");
    if (text == nullptr || !text->is_scalar()) {
      errors_.push_back(source_.error("R003", "an example needs a text", node, {}, "write it like { text: 'eyes <<$13bn>> in aid', want: { ... } }"));
      return std::nullopt;
    }
    if (!unmark(text->scalar, example)) errors_.push_back(source_.error("R016", "the marks << and >> do not pair", *text));
    const bool reject = key_ == "rejects";
    if (!reject && example.spans.empty()) {
      errors_.push_back(source_.error("R016", "no span is marked", *text, {}, "put << and >> around what must be found; what must not be found is a reject"));
    }
    if (reject && !example.spans.empty()) errors_.push_back(source_.error("R016", "a reject marks no span: nothing may be found", *text));
    if (node.is_map()) parse_members(node, example);
    return example;
  }

 private:
  void parse_members(const Tree& node, Example& example) {
    std::vector<std::string> known = {"text", "why", "date", "use", "lang", "domain"};
    known.push_back(key_ == "rejects" ? "by" : "want");
    check_keys(node, known, source_, errors_);
    example.why = node.text("why");
    example.date = node.text("date");
    example.lang = node.text("lang");
    example.domain = node.text("domain");
    if (const Tree* use = node.find("use")) {
      const auto known_use = use_from(use->scalar);
      if (!known_use) errors_.push_back(source_.error("R002", "no block has the use " + use->scalar, *use));
      example.use = known_use.value_or(Use::body);
    }
    if (!example.date.empty() && !Date::parse_iso(example.date)) errors_.push_back(source_.error("R002", "this is no ISO date", *node.find("date")));
    if (const Tree* by = node.find("by"); by != nullptr && key_ == "rejects") {
      example.by = by->scalar;
      if (std::find(kGuards.begin(), kGuards.end(), example.by) == kGuards.end()) {
        errors_.push_back(source_.error("R002", "no guard is called " + example.by, *by, did_you_mean(example.by, kGuards)));
      }
    }
    if (const Tree* want = node.find("want")) parse_want(*want, example);
  }

  void parse_want(const Tree& want, Example& example) {
    const auto add = [&](const Tree& map) {
      const Scalar value = to_scalar(map);
      if (const auto* fields = value.get<Fields>()) {
        example.want.push_back(*fields);
      } else if (map.is_null()) {
        example.want.emplace_back();
      } else {
        errors_.push_back(source_.error("R002", "want: is a map of fields, or a list of such maps, one for each mark", map));
      }
    };
    if (want.is_list()) {
      for (const Tree& map : want.items) add(map);
    } else {
      add(want);
    }
    if (example.want.size() > example.spans.size()) errors_.push_back(source_.error("R016", "want: has more entries than the text has marks", want));
  }

  std::string_view key_;
  const RuleSource& source_;
  std::vector<Error>& errors_;
};

}  // namespace

std::vector<Example> parse_examples(const Tree& list, std::string_view key, const RuleSource& source, std::vector<Error>& errors) {
  std::vector<Example> out;
  if (!list.is_list()) {
    errors.push_back(source.error("R002", std::string(key) + ": is a list", list));
    return out;
  }
  ExampleParser parser(key, source, errors);
  for (const Tree& node : list.items) {
    if (auto example = parser.parse(node)) out.push_back(std::move(*example));
  }
  return out;
}

}  // namespace tearsheet
