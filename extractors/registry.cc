// Registry: the one table of readers.
#include "extractors/registry.h"

#include <vector>

#include "extractors/date_reader.h"
#include "extractors/duration.h"
#include "extractors/figure.h"
#include "extractors/money.h"
#include "extractors/name.h"
#include "extractors/node.h"

namespace tearsheet {

std::span<const ReaderRow> readers() {
  static const std::vector<ReaderRow> kReaders = {
      {"money", "amounts with their currency: number, scale and unit joined, qualifiers read, currency decided by evidence", make_money_reader},
      {"date", "dates: what was said set on the calendar, against the article's date and the date named last", make_date_reader},
      {"duration", "lengths of time and how often, as TIMEX3 periods", make_duration_reader},
      {"name", "companies, organisations, countries and places: lists, legal forms, head words and cues, proof for ambiguous names, short forms", make_name_reader},
      {"figure", "percentages and quantities: what the words around a number say of it, up or down, about or at most", make_figure_reader},
      {"node", "process nodes of chips: lengths and makers' names in nanometres", make_node_reader},
  };
  return kReaders;
}

}  // namespace tearsheet
