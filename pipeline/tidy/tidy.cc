// Tidy: the steps in their order.
#include "pipeline/tidy/tidy.h"

#include "pipeline/tidy/captions.h"
#include "pipeline/tidy/datelines.h"
#include "pipeline/tidy/language.h"
#include "pipeline/tidy/mastheads.h"
#include "pipeline/tidy/repeats.h"
#include "pipeline/tidy/tails.h"
#include "pipeline/tidy/tidy_rules.h"

namespace tearsheet {

void tidy(Article& article, const TidyRules& rules) {
  const TidyRules::Parts& parts = rules.parts();
  mark_by_words(article, parts);  // captions, bylines, furniture: what a block says of itself
  split_captions(article);
  mark_title(article, parts);
  split_datelines(article, parts);
  mark_tails(article, parts);
  mark_repeats(article, parts);
  settle_published(article);  // last: a weekday in what is body now proves the order of day and month
  settle_language(article);
}

}  // namespace tearsheet
