// Figures: the reader behind percentages and quantities: whether a number is about, at most, up or down.
#include "extractors/figure.h"

#include <utility>

#include "extractors/qualifier.h"

namespace tearsheet {
namespace {

class FigureReader final : public Reader {
 public:
  explicit FigureReader(Qualifiers qualifiers) : qualifiers_(std::move(qualifiers)) {}

  void read(const Hit& hit, const Document& document, Candidate candidate, std::vector<Candidate>& out,
            std::string*) const override {
    Fields& fields = candidate.mention.fields;
    const Around around = qualifiers_.around(document.text, document.line_of(hit.span.begin), hit.span, ValueSort::share);
    const std::string_view said = text_of(fields, "modifier");
    if (!around.modifier.empty() && (said.empty() || said == "exact")) set(fields, "modifier", around.modifier);
    if (!around.change.empty()) set(fields, "change", around.change);
    out.push_back(std::move(candidate));
  }

  /// "down 46 cents, or 0.6%", "rose $3 (2%)": the same move said twice.
  void settle(const Document& document, std::vector<Candidate>& kept) const override {
    for (std::size_t i = 1; i < kept.size(); ++i) {
      Mention& now = kept[i].mention;
      const Mention& before = kept[i - 1].mention;
      if (now.type != "percent" && now.type != "quantity") continue;
      if (before.type != "money" && before.type != "percent" && before.type != "quantity") continue;
      if (now.span.begin < before.span.end || find(now.fields, "change") != nullptr) continue;
      const std::string_view between = document.text.substr(before.span.end, now.span.begin - before.span.end);
      if (between != ", or " && between != " or " && between != " (" && between != ", or about ") continue;
      const std::string change(text_of(before.fields, "change"));
      if (!change.empty()) set(now.fields, "change", change);
    }
  }

 private:
  Qualifiers qualifiers_;
};

}  // namespace

Result<std::unique_ptr<Reader>> make_figure_reader(const Rulebook& rules) {
  auto qualifiers = Qualifiers::make(rules);
  if (!qualifiers) return tl::unexpected(qualifiers.error());
  return std::make_unique<FigureReader>(std::move(*qualifiers));
}

}  // namespace tearsheet
