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
