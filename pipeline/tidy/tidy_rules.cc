// Tidy rules: the file's tree checked key by key, each fault with its place.
#include "pipeline/tidy/tidy_rules.h"

#include <algorithm>
#include <charconv>

#include <fmt/format.h>

#include "base/suggest.h"
#include "base/utf8.h"

namespace tearsheet {
namespace {

class Compiler {
 public:
  explicit Compiler(const Settings& settings) : settings_(settings) {}

  std::unique_ptr<TidyRules::Parts> run(const Tree& settings) {
    auto parts = std::make_unique<TidyRules::Parts>();
    if (settings.is_null()) return parts;
    for (const auto& [key, value] : settings.members) {
      if (key == "thresholds")
        read_thresholds(value, parts->thresholds);
      else if (key == "marks")
        for (const Tree& item : list(value)) read_mark(item, *parts);
      else if (key == "datelines")
        for (const Tree& item : list(value)) read_dateline(item, parts->datelines);
      else if (key != "kind" && key != "version" && key != "schema")
        unknown(value, key, {"kind", "schema", "version", "thresholds", "marks", "datelines"});
    }
    for (const MarkRule& mark : parts->marks) parts->longest_mark = std::max(parts->longest_mark, std::size_t{mark.max_length});
    return parts;
  }

  std::vector<Error> errors;

 private:
  void complain(std::uint32_t offset, std::size_t length, std::string code, std::string what, std::string help = {}) {
    const Span span{offset, offset + static_cast<std::uint32_t>(length)};
    errors.push_back({std::move(code), std::move(what), settings_.place(offset), std::move(help), settings_.caret(span)});
  }

  void unknown(const Tree& value, const std::string& key, const std::vector<std::string>& known) {
    complain(value.key_offset, key.size(), "R001", fmt::format("no key is called {}", key), did_you_mean(key, known));
  }

  const std::vector<Tree>& list(const Tree& value) {
    if (!value.is_list()) complain(value.offset, 1, "R002", "a list is wanted here");
    return value.items;
  }

  std::optional<std::uint32_t> number(const Tree& value) {
    std::uint32_t out = 0;
    const char* end = value.scalar.data() + value.scalar.size();
    const auto read = std::from_chars(value.scalar.data(), end, out);
    if (value.is_scalar() && read.ec == std::errc() && read.ptr == end) return out;
    complain(value.offset, std::max<std::size_t>(value.scalar.size(), 1), "R002", "a whole number is wanted here");
    return std::nullopt;
  }

  std::vector<std::string> strings(const Tree& value) {
    std::vector<std::string> out;
    for (const Tree& item : list(value)) out.push_back(item.scalar);
    return out;
  }

  std::unique_ptr<Pattern> pattern(const Tree& value, bool fold) {
    std::string regex = fold ? "(?i)(?:" + value.scalar + ")" : "(?:" + value.scalar + ")";
    if (const auto problem = Pattern::check(regex)) {
      complain(value.offset, 1, "R004", fmt::format("the pattern is no RE2: {}", problem->what), problem->fragment);
      return nullptr;
    }
    return std::make_unique<Pattern>(std::move(regex));
  }

  void read_thresholds(const Tree& map, Thresholds& into) {
    const std::vector<std::pair<std::string, std::uint32_t*>> known = {
        {"tail_lines", &into.tail_lines},     {"tail_line_length", &into.tail_line_length}, {"title_case", &into.title_case},
        {"repeat_cover", &into.repeat_cover}, {"repeat_length", &into.repeat_length},       {"head_blocks", &into.head_blocks}};
    for (const auto& [key, value] : map.members) {
      const auto row = std::find_if(known.begin(), known.end(), [&key = key](const auto& one) { return one.first == key; });
      if (row == known.end()) {
        std::vector<std::string> names;
        for (const auto& one : known) names.push_back(one.first);
        unknown(value, key, names);
      } else if (const auto n = number(value)) {
        *row->second = *n;
      }
    }
  }

  void read_mark(const Tree& map, TidyRules::Parts& parts) {
    MarkRule mark;
    for (const auto& [key, value] : map.members) {
      if (key == "id")
        mark.id = value.scalar;
      else if (key == "pattern")
        mark.pattern = pattern(value, true);
      else if (key == "use")
        read_use(value, mark);
      else if (key == "where")
        read_where(value, mark);
      else if (key == "max_length")
        mark.max_length = number(value).value_or(mark.max_length);
      else if (key == "examples")
        mark.examples = strings(value);
      else if (key == "rejects")
        mark.rejects = strings(value);
      else if (key != "doc" && key != "version")
        unknown(value, key, {"id", "use", "doc", "where", "max_length", "pattern", "examples", "rejects"});
    }
    if (mark.id.empty() || (!mark.pattern && map.find("pattern") == nullptr))
      complain(map.offset, 1, "R003", "a mark needs `id`, `use` and `pattern`");
    if (!mark.pattern) return;
    parts.openings.add(map.text("pattern"));
    mark.openings.add(map.text("pattern"));
    parts.marks.push_back(std::move(mark));
  }

  void read_use(const Tree& value, MarkRule& mark) {
    if (const auto use = use_from(value.scalar))
      mark.use = *use;
    else
      complain(value.offset, value.scalar.size(), "R002", fmt::format("no use is called {}", value.scalar),
               did_you_mean(value.scalar,
                            {"body", "title", "excerpt", "byline", "dateline", "caption", "repeat", "related", "boilerplate"}));
  }

  void read_where(const Tree& value, MarkRule& mark) {
    if (value.scalar == "any")
      mark.where = Where::any;
    else if (value.scalar == "head")
      mark.where = Where::head;
    else if (value.scalar == "tail")
      mark.where = Where::tail;
    else
      complain(value.offset, value.scalar.size(), "R002", fmt::format("no place is called {}", value.scalar),
               did_you_mean(value.scalar, {"any", "head", "tail"}));
  }

  void read_dateline(const Tree& map, std::vector<DatelineRule>& into) {
    DatelineRule rule;
    for (const auto& [key, value] : map.members) {
      if (key == "id")
        rule.id = value.scalar;
      else if (key == "pattern")
        rule.pattern = pattern(value, false);
      else if (key == "unless")
        rule.unless = pattern(value, false);
      else if (key != "doc" && key != "version")
        unknown(value, key, {"id", "doc", "pattern", "unless"});
    }
    if (rule.id.empty() || map.find("pattern") == nullptr) complain(map.offset, 1, "R003", "a dateline needs `id` and `pattern`");
    if (!rule.pattern) return;
    rule.place = rule.pattern->group("place");
    rule.date = rule.pattern->group("date");
    if (rule.place < 0)
      complain(map.offset, 1, "R003", "a dateline's pattern needs the group (?P<place>...)");
    else
      into.push_back(std::move(rule));
  }

  const Settings& settings_;
};

}  // namespace

const MarkRule* TidyRules::Parts::mark_of(std::string_view words, bool in_head, bool in_tail) const {
  if ((words.size() > longest_mark && utf8::count(words) > longest_mark) || !openings.fits(words)) return nullptr;
  Pattern::Match match;
  const Span window{0, static_cast<std::uint32_t>(words.size())};
  std::optional<std::size_t> length;
  for (const MarkRule& mark : marks) {
    if ((mark.where == Where::head && !in_head) || (mark.where == Where::tail && !in_tail)) continue;
    if (words.size() > std::size_t{mark.max_length} * 4) continue;
    if (words.size() > mark.max_length) {
      if (!length) length = utf8::count(words);
      if (*length > mark.max_length) continue;
    }
    if (mark.openings.fits(words) && mark.pattern->find(words, window, Pattern::At::start, match)) return &mark;
  }
  return nullptr;
}

TidyRules::TidyRules(std::unique_ptr<Parts> parts) : parts_(std::move(parts)) {}
TidyRules::TidyRules(TidyRules&&) noexcept = default;
TidyRules& TidyRules::operator=(TidyRules&&) noexcept = default;
TidyRules::~TidyRules() = default;

tl::expected<TidyRules, std::vector<Error>> TidyRules::compile(const Tree& settings, std::string_view file,
                                                               std::string_view text) {
  const SettingsFile one{std::string(file), std::string(text), settings};
  return compile(Settings({&one}));
}

tl::expected<TidyRules, std::vector<Error>> TidyRules::compile(const Settings& settings) {
  Compiler compiler(settings);
  auto parts = compiler.run(settings.tree());
  if (!compiler.errors.empty()) return tl::unexpected(std::move(compiler.errors));
  return TidyRules(std::move(parts));
}

}  // namespace tearsheet
