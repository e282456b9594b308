// HTML select: right to left, as browsers do.
#include "pipeline/parse/html_select.h"

#include <algorithm>

#include "base/fold.h"
#include "pipeline/parse/blocks.h"

namespace tearsheet {
namespace {

bool is_name(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' || c == ':' ||
         static_cast<unsigned char>(c) >= 0x80;
}

class Parser {
 public:
  explicit Parser(std::string_view text) : text_(trim(text)) {}

  std::optional<Selector> run() {
    if (const auto at = text_.rfind('@'); at != std::string_view::npos && text_.find(']', at) == std::string_view::npos) {
      selector_.attribute = lower_ascii(trim(text_.substr(at + 1)));
      text_ = trim(text_.substr(0, at));
      if (selector_.attribute.empty()) return std::nullopt;
    }
    bool child = false;
    while (!text_.empty()) {
      if (text_.front() == '>') {
        if (child || selector_.steps.empty()) return std::nullopt;
        child = true;
        text_ = trim(text_.substr(1));
        continue;
      }
      Selector::Step step;
      step.child = child;
      child = false;
      if (!read(step)) return std::nullopt;
      selector_.steps.push_back(std::move(step));
      text_ = trim(text_);
    }
    if (child || selector_.steps.empty()) return std::nullopt;
    return std::move(selector_);
  }

 private:
  std::string name() {
    std::size_t end = 0;
    while (end < text_.size() && is_name(text_[end])) ++end;
    std::string out(text_.substr(0, end));
    text_.remove_prefix(end);
    return out;
  }

  bool read(Selector::Step& step) {
    step.tag = lower_ascii(name());
    bool any = !step.tag.empty();
    while (!text_.empty() && text_.front() != ' ' && text_.front() != '>') {
      const char sign = text_.front();
      text_.remove_prefix(1);
      any = true;
      if (sign == '[') {
        if (!attribute(step)) return false;
        continue;
      }
      if (sign == '*' && step.tag.empty()) continue;
      std::string word = name();
      if (word.empty() || (sign != '.' && sign != '#')) return false;
      if (sign == '.')
        step.classes.push_back(std::move(word));
      else
        step.id = std::move(word);
    }
    return any;
  }

  bool attribute(Selector::Step& step) {
    std::string key = lower_ascii(name());
    if (key.empty() || text_.empty()) return false;
    std::optional<std::string> value;
    if (text_.front() == '=') {
      const auto end = text_.find(']');
      if (end == std::string_view::npos) return false;
      std::string_view raw = text_.substr(1, end - 1);
      if (raw.size() >= 2 && (raw.front() == '"' || raw.front() == '\'') && raw.back() == raw.front())
        raw = raw.substr(1, raw.size() - 2);
      value = std::string(raw);
      text_.remove_prefix(end);
    }
    if (text_.empty() || text_.front() != ']') return false;
    text_.remove_prefix(1);
    step.attributes.emplace_back(std::move(key), std::move(value));
    return true;
  }

  std::string_view text_;
  Selector selector_;
};

bool has_word(std::string_view words, std::string_view word) {
  for (std::size_t at = words.find(word); at != std::string_view::npos; at = words.find(word, at + 1)) {
    const std::size_t end = at + word.size();
    if ((at == 0 || words[at - 1] == ' ' || words[at - 1] == '\n') &&
        (end == words.size() || words[end] == ' ' || words[end] == '\n'))
      return true;
  }
  return false;
}

bool fits(const Page& page, const PageNode& node, const Selector::Step& step) {
  if (node.is_text()) return false;
  if (!step.tag.empty() && page.tag_name(node) != step.tag) return false;
  if (!step.id.empty() && page.attribute(node, "id") != step.id) return false;
  for (const std::string& one : step.classes)
    if (!has_word(page.attribute(node, "class"), one)) return false;
  return std::all_of(step.attributes.begin(), step.attributes.end(), [&](const auto& asked) {
    const auto& [name, value] = asked;
    return page.has_attribute(node, name.c_str()) && (!value || page.attribute(node, name.c_str()) == *value);
  });
}

// Whether the steps before `step` fit the elements above `index`. A step "anywhere below" takes the nearest that fits: what lies
// further up has all of its ancestors, too, unless a `>` stands before it, which is then tried at each.
bool fits_above(const Page& page, std::uint32_t index, const Selector& selector, std::size_t step) {
  if (step == 0) return true;
  const bool child = selector.steps[step].child;
  for (std::uint32_t up = index; up != 0;) {
    up = page.nodes()[up].parent;
    const bool fit = fits(page, page.nodes()[up], selector.steps[step - 1]);
    if (fit && fits_above(page, up, selector, step - 1)) return true;
    if (child || (fit && !selector.steps[step - 1].child)) return false;
  }
  return false;
}

}  // namespace

std::optional<Selector> read_selector(std::string_view text) {
  constexpr std::size_t kStepsAtMost = 6;  // a `>` makes every ancestor be tried
  auto selector = Parser(text).run();
  return selector && selector->steps.size() <= kStepsAtMost ? std::move(selector) : std::nullopt;
}

std::vector<std::uint32_t> select(const Page& page, const Selector& selector) {
  std::vector<std::uint32_t> found;
  for (std::uint32_t i = 0; i < page.nodes().size(); ++i)
    if (fits(page, page.nodes()[i], selector.steps.back()) && fits_above(page, i, selector, selector.steps.size() - 1))
      found.push_back(i);
  return found;
}

std::string select_text(const Page& page, const std::vector<Selector>& selectors) {
  for (const Selector& selector : selectors)
    for (const std::uint32_t index : select(page, selector)) {
      const PageNode& node = page.nodes()[index];
      std::string text =
          selector.attribute.empty() ? page.words(index) : one_line(page.attribute(node, selector.attribute.c_str()));
      if (!text.empty()) return text;
    }
  return {};
}

}  // namespace tearsheet
