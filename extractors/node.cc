// Node sizes: the reader behind rules/node.yaml: "7nm", "28/22nm", "0.18-micron", "N3E" to nanometres.
#include "extractors/node.h"

#include <optional>
#include <string>
#include <utility>

#include "extractors/number.h"
#include "extractors/rulebook.h"

namespace tearsheet {
namespace {

/// The light of exposure tools, in nanometres: argon and krypton fluoride, mercury lines, EUV. No process was ever named after
/// these.
bool is_light(const Decimal& nm) {
  for (const Decimal& light : {Decimal(135, -1), Decimal(157), Decimal(193), Decimal(248), Decimal(365), Decimal(436)})
    if (nm == light) return true;
  return false;
}

bool is_length(const Decimal& nm) { return nm >= Decimal(1, -1) && nm <= Decimal(1000) && !is_light(nm); }

/// A process is named in whole nanometres, or below 10 with one decimal: "1.8nm", not "16.25 nanometres".
bool is_node(const Decimal& nm) { return is_length(nm) && (nm.exponent() >= 0 || (nm.exponent() == -1 && nm < Decimal(10))); }

class NodeReader final : public Reader {
 public:
  explicit NodeReader(std::shared_ptr<const Lexicon> names) : names_(std::move(names)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out,
            std::string* refused) const override {
    const std::string_view text = document.text;
    const bool made = hit.text("name", text).empty() && hit.surface == nullptr ? read_length(hit, text, candidate, out)
                                                                               : read_name(hit, text, candidate, out);
    if (!made && refused != nullptr) *refused = "no length of a process node";
  }

 private:
  bool read_name(const Hit& hit, std::string_view text, Candidate candidate, std::vector<Candidate>& out) const {
    const std::string_view said = hit.span.of(text);
    const Surface* row = hit.surface != nullptr ? hit.surface : names_->find(hit.text("name", text));
    const auto nm = row == nullptr ? std::nullopt : Decimal::parse(names_->value(*row));
    if (!nm) return false;
    set(candidate.mention.fields, "nm", *nm);
    set(candidate.mention.fields, "name", said);
    out.push_back(std::move(candidate));
    return true;
  }

  bool read_length(const Hit& hit, std::string_view text, const Candidate& candidate, std::vector<Candidate>& out) const {
    const bool micron = hit.group("um").has_value();
    const auto last = number(hit.text(micron ? "um" : "nm", text), micron);
    if (!last) return false;
    Span rest = hit.span;
    for (const char* group : {"a", "b", "c"}) {
      const auto span = hit.group(group);
      if (!span) continue;
      const auto nm = number(span->of(text), micron);
      if (!nm) return false;
      Candidate item = candidate;
      item.mention.span = *span;
      set(item.mention.fields, "nm", *nm);
      out.push_back(std::move(item));
      rest.begin = hit.group(micron ? "um" : "nm")->begin;
    }
    if (const auto below = hit.group("below"); below && !starts_with_sub(below->of(text))) rest.begin = below->end;
    Candidate item = candidate;
    item.mention.span = rest;
    set(item.mention.fields, "nm", *last);
    describe(hit, text, *last, item.mention.fields);
    if (const auto under = hit.group("under")) item.mention.span.end = trimmed_end(text, rest.begin, under->begin);
    out.push_back(std::move(item));
    return true;
  }

  /// "sub-2nm" is one word; "below 2 nm" is a qualifier and a length.
  static bool starts_with_sub(std::string_view words) {
    return words.size() > 2 && (words[0] == 's' || words[0] == 'S') && words[1] == 'u' && words[2] == 'b';
  }

  static std::uint32_t trimmed_end(std::string_view text, std::uint32_t begin, std::uint32_t end) {
    while (end > begin && text[end - 1] == ' ') --end;
    return end;
  }

  static void describe(const Hit& hit, std::string_view text, const Decimal& nm, Fields& fields) {
    if (hit.group("plus")) set(fields, "name", nm.to_string() + "nm" + std::string(hit.text("plus", text)));
    if (hit.group("class")) set(fields, "class", nm.to_string() + "nm-class");
    if (hit.group("below")) set(fields, "modifier", "below");
    if (hit.group("under")) set(fields, "modifier", "max");
  }

  static std::optional<Decimal> number(std::string_view words, bool micron) {
    const auto value = read_number(words);
    if (!value) return std::nullopt;
    if (!micron) return is_node(*value) ? value : std::nullopt;
    const auto nm = value->times(Decimal(1000));
    return nm && is_length(*nm) ? nm : std::nullopt;
  }

  std::shared_ptr<const Lexicon> names_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_node_reader(const Rulebook& rules) {
  auto names = rules.lexicon("node");
  if (!names) return fail("R007", "the lexicon node must be declared", "the reader `node` looks the names of processes up in it");
  return std::make_unique<NodeReader>(std::move(names));
}

}  // namespace tearsheet
